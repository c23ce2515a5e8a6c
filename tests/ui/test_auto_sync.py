#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Balcony does without being asked, in the real window: preferences by keyboard, and notifications of comments.

    ui-session -- /usr/bin/python3 test_auto_sync.py path/to/balcony path/to/balconyctl
"""
import configparser
import glob
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, run, wait_for, write_at_once  # noqa: E402
from ui_notifications import Notifications  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
KEYFILE = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
SECTION = "io/github/balcony/Balcony"
PERIOD = 30            # more than the pause after saving, and a sync


class AutoSync(unittest.TestCase):
    daemon = None

    def setUp(self):
        if AutoSync.daemon is None:
            AutoSync.daemon = Notifications()
        self.daemon.shown.clear()
        self.daemon.told = 0
        if os.path.exists(KEYFILE):
            os.unlink(KEYFILE)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        self.edit("Night Ferry\n\nA slow ferry.\n")
        self.ctl("review", "publish", "1")
        self.ctl("sync")

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def edit(self, text):
        """Another review: a change that is to be sent."""
        path = os.path.join(self.folder, "review.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return self.ctl("review", "new", path)

    def open(self):
        # A leak of GLib's that no suppression can name: see test_journey.py.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, "GNOTIFICATION_BACKEND": "freedesktop"})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", "Night Ferry", timeout=10)
        return app

    # ---- preferences ----

    def setting(self, key):
        parser = configparser.ConfigParser()
        parser.read(KEYFILE)
        return parser.get(SECTION, key, fallback=None)

    def test_preferences_by_keyboard(self):
        app = self.open()
        app.key("ctrl+comma")
        app.wait_window("Preferences")
        for name in ("When Balcony Opens", "After Saving", "Notify of New Comments", "Curly Quotes and Dashes While Typing",
                     "Shorthand While Typing", "Check Spelling", "Formatting Bar Over Selected Text"):
            app.find("check box", name, exact=True)

        def focus_is_in(name):
            node = app.focused()
            while node is not None and name not in [n.name for n in node.walk()]:
                node = node.parent if node.role != "list item" else None
            return node is not None

        wait_for(lambda: focus_is_in("When Balcony Opens"), 5, "the first row to have the keyboard")
        app.key("space")
        wait_for(lambda: self.setting("sync-on-start") == "false", 5, "the first switch to be off")
        app.key("Down")
        wait_for(lambda: focus_is_in("Regularly"), 5, "the second row")
        app.key("Return")
        wait_for(lambda: any(x["override"] for x in app.x_windows()), 5, "the choices")
        app.key("Down")
        app.key("Return")
        wait_for(lambda: self.setting("sync-minutes") == "5", 5, "the one after Never to be chosen")
        app.key("Down")
        wait_for(lambda: focus_is_in("After Saving"), 5, "the third row")
        app.key("Return")
        wait_for(lambda: self.setting("sync-after-saving") == "false", 5, "the third switch to be off")

        app.key("Escape")
        app.gone("frame", "Preferences")
        app.key("ctrl+comma")
        app.wait_window("Preferences")
        app.find("check box", "After Saving", exact=True).wait_state("checked", on=False)
        app.find("label", "Every 5 minutes")
        app.key("Escape")
        app.gone("frame", "Preferences")

    # ---- notifications ----

    def hide(self, app):
        window = [x for x in app.x_windows() if not x["override"]][0]["id"]
        run("xdotool", "windowminimize", window)
        wait_for(lambda: not app.x_windows(), 5, "the window to be gone")
        return window

    def write_comments(self, *texts):
        post = glob.glob(os.path.join(self.blog, "posts", "*.html"))[0]
        path = post[:-len(".html")] + ".comments.json"
        comments = []
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                comments = json.load(f)
        for author, html in texts:
            comments.append({"id": f"reader-{len(comments)}", "author": author, "status": "pending",
                             "created": f"2024-05-01T10:00:0{len(comments)}Z", "html": html})
        write_at_once(path, json.dumps(comments))
        self.edit(f"Another one, {len(comments)}\n\nText.\n")

    def status(self):
        return {c["author"]: c["status"] for status in ("pending", "approved", "spam")
                for c in self.ctl("comment", "list", "--status", status)}

    def wait_shown(self, title):
        return wait_for(lambda: (found := self.daemon.look()) and found[1]["title"] == title and found, PERIOD,
                        lambda: f"{title!r}, not {self.daemon.look()}")

    def test_new_comments_are_told_and_decided(self):
        app = self.open()
        window = self.hide(app)
        self.write_comments(("Anna <b>", "<p>I <b>loved</b> this &amp; that: &lt;img src=x&gt; " + "word " * 60 + "</p>"))
        number, told = self.wait_shown("New comment by Anna ‹b›")
        self.assertTrue(told["body"].startswith("I loved this ＆ that: ‹img src=x› word word"), told["body"])
        self.assertLess(len(told["body"]), 160)
        self.assertEqual(list(told["buttons"]), ["Approve", "Spam", "Open"])
        self.assertTrue(told["default"])

        # One that is told of goes on being the only one.
        self.write_comments(("Bert", "Second"), ("Bert", "Third"))
        again, told = self.wait_shown("3 new comments wait")
        self.assertEqual(again, number)
        self.assertEqual(len(self.daemon.shown), 1)
        self.assertEqual((told["body"], list(told["buttons"])), ("By Anna ‹b›, Bert", ["Open"]))

        # The person comes: nothing is news any more, and Open is what leads to the queue.
        self.daemon.press(number, "default")
        app.find("list item", "Pending, 3", timeout=10)
        wait_for(lambda: "Balcony" in app.active_window(), 5, "the window to come back")
        wait_for(lambda: app.find_all("list item", "Pending, 3", state="selected"), 5, "the queue to be shown")

        run("xdotool", "windowminimize", window)
        wait_for(lambda: not app.x_windows(), 5, "the window to be gone")
        self.write_comments(("Carla", "Fourth"))
        number, told = self.wait_shown("New comment by Carla")
        self.daemon.press(number, told["buttons"]["Approve"])
        wait_for(lambda: self.status()["Carla"] == "approved", 10, "the comment to be approved")
        self.assertEqual(app.x_windows(), [])

        self.write_comments(("Dora", "Fifth"))
        number, told = self.wait_shown("New comment by Dora")
        self.daemon.press(number, told["buttons"]["Spam"])
        wait_for(lambda: self.status()["Dora"] == "spam", 10, "the comment to be spam")

        # Decided elsewhere: it goes by itself.
        self.write_comments(("Emil", "Sixth"))
        self.wait_shown("New comment by Emil")
        emil = next(c for c in self.ctl("comment", "list") if c["author"] == "Emil")
        self.ctl("comment", "trash", str(emil["id"]))
        wait_for(lambda: self.daemon.look() is None, 10, "the notification to go")

    def test_nothing_is_told_to_who_looks_or_does_not_want_it(self):
        app = self.open()
        self.write_comments(("Anna", "First"))
        app.find("list item", "Pending, 1", timeout=PERIOD)
        self.assertIsNone(self.daemon.look())

        app.key("ctrl+comma")
        app.wait_window("Preferences")
        app.find("check box", "Notify of New Comments", exact=True).do()
        wait_for(lambda: self.setting("notify-comments") == "false", 5, "the setting")
        app.key("Escape")
        app.gone("frame", "Preferences")
        self.hide(app)
        self.write_comments(("Bert", "Second"))
        wait_for(lambda: len(self.status()) == 2, PERIOD, "the comment to arrive")
        wait_for(lambda: not self.ctl("outbox", "list"), PERIOD, "the sync to end")
        app.settle()
        self.assertIsNone(self.daemon.look())
        self.assertEqual(self.daemon.told, 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
