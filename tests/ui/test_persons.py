#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""About a commenter, by keyboard alone: from the triage to their dossier, trust, note, another name, all comments.

    ui-session -- /usr/bin/python3 test_persons.py path/to/balcony path/to/balconyctl
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, run, wait_for, without_auto_sync  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
ANN = {"author": "Ann Lee", "email": "ann@mail.example", "url": "https://ann.example/films"}
OTHERS = [{"author": "Annie", "email": "annie@post.example"}, {"author": "Pip"}, {"author": "Anonymous"}]


class Persons(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)
        self.fill()

    def ctl(self, *args, status=0):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args], stdout=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, status, args)
        return json.loads(done.stdout)

    def write(self, comments):
        [post] = glob.glob(os.path.join(self.blog, "posts", "*.html"))
        with open(post[:-len(".html")] + ".comments.json", "w", encoding="utf-8") as f:
            json.dump(comments, f)

    def fill(self):
        """A review with comments: nine by Ann, three of which wait, and some by others that wait, the newest Ann's."""
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        text = os.path.join(self.blog, "review.txt")
        with open(text, "w", encoding="utf-8") as f:
            f.write("Night Ferry\n\nA slow ferry.\n\nGrade: B\n")
        self.ctl("review", "publish", str(self.ctl("review", "new", text)["id"]))
        os.unlink(text)
        self.ctl("sync")
        signed = [OTHERS[i % 3] for i in range(6)] + [ANN] * 9
        self.comments = [dict(who, id=f"c{i}", status="pending" if i < 6 or i > 11 else "approved" if i < 11 else "spam",
                              created=f"2024-05-{i + 1:02}T10:00:00Z", html=f"<p>Thought number {i} about the ferry.</p>")
                         for i, who in enumerate(signed)]
        self.write(self.comments)
        self.ctl("sync")

    def open(self):
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", re.compile("^All Reviews"), timeout=20)
        app.reach("F6", "All Reviews")
        app.reach("Down", "Pending")
        app.find("list item", re.compile("^Ann Lee,"), timeout=10)
        app.key("F6")
        app.focus("Ann Lee,")
        app.key("j")
        return app

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def ann(self):
        return self.ctl("person", "list", "--search", "ann@mail.example")[0]

    def test_about_a_commenter_by_keys_alone(self):
        app = self.open()
        app.key("i")
        app.wait_window("Ann Lee")
        app.find("label", "5 (83 %)", timeout=10)
        app.find("label", "1 (17 %)")
        self.shoot(app, "person")

        app.reach("Tab", "Neutral")
        app.key("Down", "space")
        wait_for(lambda: self.ann()["trust"] == "trusted", 10, "the trust to be kept")
        app.find("push button", "Approve 3 Waiting Comments", timeout=10)
        self.assertEqual(self.ctl("outbox", "list"), [])
        app.reach("Tab", "Approve Automatically")
        app.key("space")
        wait_for(lambda: self.ann()["approves_automatically"], 10, "the wish to be kept")
        app.reach("Tab", "Approve 3 Waiting Comments")
        self.shoot(app, "person-trusted")
        app.key("Return")
        wait_for(lambda: len(self.ctl("outbox", "list")) == 3, 10, "three comments to be approved")
        app.gone("push button", "Approve 3 Waiting Comments", timeout=10)

        app.reach("Tab", "Private Note")
        app.type("Met at the festival")
        wait_for(lambda: self.ann()["note"] == "Met at the festival", 10, "the note to be kept")

        app.reach("Tab", "Merge With")
        app.key("space")
        app.reach("Tab", "Search for a Commenter")
        app.type("annie")
        app.find("list item", re.compile("^Annie"), timeout=10)
        self.shoot(app, "person-merge")
        app.key("Return")
        wait_for(lambda: len(self.ctl("person", "list")) == 2, 10, "Annie to be merged")
        app.find("push button", "Split “Annie”: this is somebody else", timeout=10)
        self.shoot(app, "person-merged")

        app.key("ctrl+z")
        wait_for(lambda: len(self.ctl("person", "list")) == 3, 10, "the merge to be undone")

        app.key("alt+2")
        app.find("list item", re.compile("^Ann Lee,.*You trust this person. You have a note"), timeout=10)
        self.shoot(app, "person-comments")
        app.key("Down", "Return")
        app.find("list item", re.compile(r"^Comment [\d.]+ by Ann Lee$"), timeout=15)
        wait_for(lambda: len(app.windows()) == 1, 10, "the dossier to be closed")
        self.shoot(app, "person-review")

    def test_closing_keeps_what_was_typed(self):
        app = self.open()
        app.key("ctrl+i")
        app.wait_window("Ann Lee")
        app.reach("Tab", "Private Note")
        app.type("Writes about ferries")
        app.key("Escape")
        wait_for(lambda: self.ann()["note"] == "Writes about ferries", 10, "the note to be kept")
        wait_for(lambda: len(app.windows()) == 1, 10, "the dossier to be closed")

    def test_tabs_are_below_where_the_window_is_narrow(self):
        app = self.open()
        app.key("i")
        app.wait_window("Ann Lee")
        [window] = [w["id"] for w in app.x_windows() if w["title"] == "Ann Lee"]

        def tab_is(place):
            tab = app.find("page tab", "Comments (9)", reachable=True, timeout=10)
            return (tab.extents()[1] > 250) == (place == "below")
        for width, place in ((640, "above"), (330, "below"), (640, "above")):
            run("xdotool", "windowsize", window, str(width), "500")
            wait_for(lambda: tab_is(place), 10, f"the tabs {place}")

    def test_anonymous_is_nobody(self):
        app = self.open()
        app.reach("j", "Anonymous")
        app.key("i")
        app.find("label", "This comment is anonymous: nothing tells who wrote it", timeout=10)
        self.assertEqual(len(app.windows()), 1)

    def test_what_arrives_shows_who_did_it(self):
        self.ctl("person", "trust", str(self.ctl("comment", "list")[0]["id"]), "--automatic", "--approve")
        self.ctl("sync")
        for comment in self.comments[12:]:
            comment["status"] = "approved"
        self.comments.append(dict(ANN, id="c99", status="pending", created="2024-06-01T10:00:00Z", html="<p>New.</p>"))
        self.write(self.comments)
        self.assertEqual(self.ctl("sync", "--pull-only")["approved_by_trust"], 1)
        [waiting] = self.ctl("outbox", "list")
        app = self.open_review()
        app.find("label", "Approved because you trust this person", timeout=15)
        self.shoot(app, "person-acted")

        # Until it is sent it can be taken back.
        self.ctl("outbox", "undo", str(waiting["id"]))
        app.gone("label", "Approved because you trust this person", timeout=15)
        [pending] = [c for c in self.ctl("comment", "list", "--status", "pending") if c["author"] == "Ann Lee"]

    def open_review(self):
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", re.compile("^Night Ferry"), timeout=20).click()
        return app


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
