#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits to be sent is read, taken back, tried again and given up in the real window, with the keyboard alone.

    ui-session -- /usr/bin/python3 test_outbox.py path/to/balcony path/to/balconyctl
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, wait_for, without_auto_sync  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]


class Outbox(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data, blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", blog)
        self.ferry = self.new("Night Ferry", "A ferry never lands.")
        self.wind = self.new("The Wind", "Prairie.")
        self.ctl("review", "publish", self.ferry)
        self.ctl("sync")
        with sqlite3.connect(os.path.join(self.data, "balcony.db")) as db:
            db.execute("INSERT INTO comment (id, blog_id, review_id, remote_id, author, mine, status, created, unanswered,"
                       " html) VALUES (1, 1, ?, 'c1', 'Anna', 0, 1, 1600000000, 1, '<p>Loved it.</p>')", (self.ferry,))
            db.execute("INSERT INTO comment_base (comment_id, blog_id, review_id, remote_id, author, mine, status, created)"
                       " VALUES (1, 1, ?, 'c1', 'Anna', 0, 1, 1600000000)", (self.ferry,))
        db.close()

    def new(self, title, text):
        path = os.path.join(self.folder, "review.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write(f"{title}\n\n{text}\n")
        return str(self.ctl("review", "new", path)["id"])

    def edit(self, number, html):
        path = os.path.join(self.folder, "body.html")
        with open(path, "w", encoding="utf-8") as f:
            f.write(html)
        self.ctl("review", "edit", number, "--body", path)

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args], stdout=subprocess.PIPE, text=True,
                              check=True)
        return json.loads(done.stdout) if done.stdout else None

    def labels(self):
        return [item["label"] for item in self.ctl("outbox", "list")]

    def wait_labels(self, *expected):
        wait_for(lambda: self.labels() == list(expected), 5, f"the outbox to hold {expected}")

    def shoot(self, name):
        if os.environ.get("UI_SCREENSHOTS"):
            self.app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def open_outbox(self, **env):
        # A leak of GLib's that no suppression can name: see test_journey.py.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        self.app = app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync(), **env})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", "Outbox", reachable=True).click()
        return app

    def row(self, name, **more):
        return self.app.find("list item", re.compile("^" + re.escape(name)), reachable=True, **more)

    def go_to_list(self):
        """From the sidebar, where the outbox was chosen, to its first row."""
        for _ in range(12):
            focused = self.app.focused()
            if focused is not None and focused.role == "list item" and "Waiting" in (focused.name or ""):
                return
            self.app.key("Tab")
        self.fail("Tab does not lead to the rows of the outbox")

    def test_each_waits_with_its_reason_and_is_taken_back_by_keyboard(self):
        self.edit(self.ferry, "<p>A ferry seldom lands.</p>")
        self.ctl("review", "trash", self.ferry)
        self.ctl("comment", "reply", "1", "Thank you, Anna!")
        self.wait_labels("Move “Night Ferry” to the trash", "Reply to Anna")
        app = self.open_outbox()
        self.row("Move “Night Ferry” to the trash, Moved to the trash · Changed text, Waiting for the next sync")
        self.row("Reply to Anna, Thank you, Anna!")
        self.go_to_list()
        app.key("Home")
        app.find("label", "Undo brings the review back as it was before. All else waits on.", reachable=True)
        self.shoot("outbox")

        app.key("ctrl+z")
        self.wait_labels("Changes to “Night Ferry”", "Reply to Anna")
        app.find("label", re.compile("^Undo brings back the text that the blog has"), reachable=True)
        self.row("Changes to “Night Ferry”")
        self.assertEqual(self.ctl("review", "show", self.ferry)["status"], "published")
        app.key("u")
        self.wait_labels("Reply to Anna")
        self.assertIn("never", self.ctl("review", "show", self.ferry)["html"])

        self.go_to_list()
        app.key("Home", "Return")
        app.find("text", "Body", exact=True, reachable=True).wait_text("never lands")
        reply = app.find("list item", re.compile("^Comment 1.1 by"))
        app.find(("icon", "image"), "Waiting for the next sync", within=reply)
        app.find("list item", "Outbox", reachable=True).click()
        self.go_to_list()
        app.key("Home", "ctrl+z")
        self.wait_labels()
        app.find("label", "Nothing Waits to Be Sent", reachable=True)
        self.shoot("outbox-empty")
        app.find("list item", "Reviews", exact=False, reachable=True).click()
        app.find("list item", re.compile("^Night Ferry"), reachable=True).click()
        app.find("text", "Your reply").wait_text("Thank you, Anna!")

    def test_several_are_given_up_after_a_question(self):
        self.edit(self.ferry, "<p>A ferry seldom lands.</p>")
        self.edit(self.wind, "<p>Steppe.</p>")
        app = self.open_outbox()
        self.go_to_list()
        app.key("Home", "shift+Down")
        app.find("label", "2 selected", reachable=True)
        self.shoot("outbox-several")
        app.key("Delete")
        app.find("label", "Discard 2 Changes?")
        app.key("Escape")
        app.gone("label", "Discard 2 Changes?")
        self.assertEqual(len(self.labels()), 2)
        app.key("Delete")
        app.find("push button", "Discard", exact=True)
        self.shoot("outbox-discard")
        app.key("alt+d")
        self.wait_labels()
        self.assertIn("never", self.ctl("review", "show", self.ferry)["html"])
        self.assertEqual(self.ctl("review", "history", self.ferry)[0]["html"], "<p>A ferry seldom lands.</p>")

    def test_what_was_sent_is_not_taken_back_and_what_stopped_says_why(self):
        self.edit(self.ferry, "<p>A ferry seldom lands.</p>")
        self.edit(self.wind, "<p>Steppe.</p>")
        with sqlite3.connect(os.path.join(self.data, "balcony.db")) as db:
            db.execute("UPDATE outbox SET state = 3, attempts = 1, error = 'The blog says: too long.' WHERE entity_id = ?",
                       (self.ferry,))
            db.execute("UPDATE outbox SET attempts = 2, not_before = 4102444800 WHERE entity_id = ?", (self.wind,))
        db.close()
        app = self.open_outbox()
        self.row("Changes to “The Wind”, Changed text, Next try at")
        self.row("Changes to “Night Ferry”, Changed text, Stopped: it needs you").click()
        app.find("label", "The blog says: too long.", reachable=True)
        app.find("push button", "Undo", exact=True).wait_state("sensitive", False)
        self.shoot("outbox-stopped")
        app.key("ctrl+z")
        app.find("label", re.compile("^This was sent to the blog already"))
        self.assertEqual(len(self.labels()), 2)
        app.find("list item", "All Reviews", reachable=True).click()
        self.row("Night Ferry").click()
        app.find("list item", re.compile("^Night Ferry, .*Needs you: see the outbox"))
        app.find("label", "Needs you: see the outbox", reachable=True)
        app.find("list item", "Outbox", reachable=True).click()
        app.find("push button", "Try All Again", exact=True, reachable=True).click()
        self.wait_labels()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
