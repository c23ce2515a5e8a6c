#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comments desk by keyboard alone: two hundred comments that wait are sorted out, taken back, answered.

    ui-session -- /usr/bin/python3 test_triage.py path/to/balcony path/to/balconyctl
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, wait_for, without_auto_sync  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
N_REVIEWS, N_COMMENTS = 5, 200


class Triage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def fill(self, n_comments):
        """Reviews on the blog with comments that wait; the newest is "Reader 0"."""
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        text = os.path.join(self.blog, "review.txt")
        for n in range(N_REVIEWS):
            with open(text, "w", encoding="utf-8") as f:
                f.write(f"Night Ferry {n}\n\nA slow ferry.\n\nGrade: B\n")
            self.ctl("review", "publish", str(self.ctl("review", "new", text)["id"]))
        os.unlink(text)
        self.ctl("sync")
        posts = sorted(glob.glob(os.path.join(self.blog, "posts", "*.html")))
        self.assertEqual(len(posts), N_REVIEWS)
        for n, post in enumerate(posts):
            comments = []
            for i in range(n, n_comments, N_REVIEWS):
                minute = n_comments - i
                comments.append({"id": f"c{i}", "author": f"Reader {i}", "status": "pending",
                                 "created": f"2024-05-01T{10 + minute // 60:02}:{minute % 60:02}:00Z",
                                 "html": f"<p>Comment number {i}.</p>"})
            with open(post[:-len(".html")] + ".comments.json", "w", encoding="utf-8") as f:
                json.dump(comments, f)
        self.ctl("sync")
        self.assertEqual(self.statuses(), {"pending": n_comments})

    def statuses(self):
        comments = self.ctl("stats")["comments"]
        return {status: n for status, n in comments.items() if n}

    def wait_statuses(self, timeout=15, **expected):
        wait_for(lambda: self.statuses() == expected, timeout, lambda: f"{expected}, there is {self.statuses()}")

    def status_of(self, reader):
        [comment] = [c for s in ("pending", "approved", "spam", "trash") for c in self.ctl("comment", "list", "--status", s)
                     if c["author"] == f"Reader {reader}"]
        return comment["status"]

    def open(self, place):
        """The list of a place, with the keyboard's focus on its first comment."""
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", re.compile("^All Reviews"), timeout=20)
        app.reach("F6", "All Reviews")
        app.reach("Down", place)
        app.find("list item", re.compile("^Reader 0,"), timeout=10)
        app.key("F6")
        app.focus("Reader 0,")
        app.key("j")
        self.card(app, 0)
        return app

    def card(self, app, reader):
        """The comment is on the page, marked."""
        return app.find("list item", re.compile(rf"^Comment [\d.]+ by Reader {reader}$"), timeout=10)

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def test_two_hundred_by_keys_alone(self):
        self.fill(N_COMMENTS)
        app = self.open("Pending")
        self.shoot(app, "triage")
        keys = "aasda"
        done = collections.Counter()
        for i in range(N_COMMENTS):
            key = keys[i % len(keys)]
            app.key(key, settle=False)                   # as quickly as keys can be pressed
            done[key] += 1
        self.wait_statuses(60, approved=done["a"], spam=done["s"], trash=done["d"])
        for reader, status in ((0, "approved"), (2, "spam"), (3, "trash"), (N_COMMENTS - 1, "approved")):
            self.assertEqual(self.status_of(reader), status)
        app.find("label", "No Comments Here", timeout=10)
        app.find("list item", re.compile("^Pending$|^Pending, 0"), timeout=10)

        # The last one comes back into the empty queue, and the one before it beside it.
        app.key("u")
        app.focus(f"Reader {N_COMMENTS - 1},")
        app.key("u")
        app.focus(f"Reader {N_COMMENTS - 2},")
        self.wait_statuses(approved=done["a"] - 1, spam=done["s"], trash=done["d"] - 1, pending=2)
        for _ in range(N_COMMENTS - 2):
            app.key("ctrl+z", settle=False)
        self.wait_statuses(60, pending=N_COMMENTS)
        self.assertEqual(self.ctl("outbox", "list"), [])

    def test_ranges_marks_and_all(self):
        self.fill(60)
        app = self.open("Pending")
        app.key("j", "shift+j", "shift+Down")            # 1 to 3
        app.find("label", "3 selected")
        self.shoot(app, "range")
        app.key("shift+k")
        app.find("label", "2 selected")
        app.key("s")                                     # 1 and 2
        self.wait_statuses(pending=58, spam=2)
        app.focus("Reader 3,")
        app.key("x", "j", "j", "x", "j", "x", "x")       # 3 and 5; 6 was marked and let go
        app.find("label", "2 selected")
        app.key("Delete")
        self.wait_statuses(pending=56, spam=2, trash=2)
        self.assertEqual([self.status_of(n) for n in (1, 3, 4, 5, 6)], ["spam", "trash", "pending", "trash", "pending"])
        app.key("ctrl+a")
        app.find("label", "56 selected")
        self.shoot(app, "all")
        app.find("push button", "Approve", exact=True, state="sensitive", reachable=True,
                 within=app.find("filler", "BalBulkBar")).click()
        self.wait_statuses(approved=56, spam=2, trash=2)
        app.key("u")
        self.wait_statuses(pending=56, spam=2, trash=2)
        app.key("u", "u")
        self.wait_statuses(pending=60)

    def test_keys_are_letters_in_a_text(self):
        self.fill(10)
        app = self.open("Pending")
        app.key("r")
        box = app.find("text", "Your reply", timeout=5)
        wait_for(lambda: box.has("focused"), 5, "the reply to be written")
        app.type("as dad used to jerk")
        box.wait_text("as dad used to jerk")
        self.shoot(app, "reply")
        self.assertEqual(self.statuses(), {"pending": 10})
        app.key("ctrl+Return")
        # It is approved with the answer, and the next one is on the desk.
        self.wait_statuses(pending=9, approved=2)
        app.focus("Reader 1,")
        self.card(app, 1)
        [mine] = self.ctl("comment", "list", "--mine")
        self.assertEqual(mine["text"], "as dad used to jerk")

        app.key("ctrl+shift+f")
        app.focus("Search")
        app.type("asdu")
        wait_for(lambda: app.focused().text() == "asdu", 5, "the words in the search")
        app.key("Escape")
        self.assertEqual(self.statuses(), {"pending": 9, "approved": 2})

    def menu_item(self, app, name):
        return app.find("menu item", name, exact=True, reachable=True, timeout=10)

    def test_menus_of_a_comment(self):
        self.fill(10)
        app = self.open("Pending")
        app.find("list item", re.compile("^Reader 3,"), reachable=True).click(button=3)
        self.menu_item(app, "Reply")
        self.shoot(app, "menu-queue")
        self.menu_item(app, "Spam").click()
        self.wait_statuses(pending=9, spam=1)
        self.assertEqual(self.status_of(3), "spam")
        app.focus("Reader 4,")                     # as after the key

        app.key("shift+F10")
        self.menu_item(app, "Trash")
        app.key("Escape")
        app.gone("menu item", "Trash", exact=True, timeout=10)
        app.focus("Reader 4,")
        app.key("ctrl+a")
        app.find("label", "9 selected")
        app.key("Menu")
        self.assertEqual(app.find_all("menu item", "Reply", exact=True), [])
        self.menu_item(app, "Approve").click()
        self.wait_statuses(approved=9, spam=1)
        app.key("u")
        self.wait_statuses(pending=9, spam=1)

        # On the page it is that of the comment.
        app.find("list item", re.compile("^Reader 5,"), reachable=True).click()
        self.card(app, 5).click(button=3)
        self.menu_item(app, "Edit")
        self.shoot(app, "menu-row")
        self.menu_item(app, "Trash").click()
        self.wait_statuses(pending=8, spam=1, trash=1)
        self.assertEqual(self.status_of(5), "trash")

    def test_enter_opens_the_review_at_the_comment(self):
        self.fill(10)
        app = self.open("Unanswered")
        app.key("n")
        wait_for(lambda: self.ctl("stats")["unanswered"] == 9, 10, "one that needs no reply")
        app.focus("Reader 1,")
        app.key("u")
        wait_for(lambda: self.ctl("stats")["unanswered"] == 10, 10, "it to wait for one again")
        app.focus("Reader 0,")
        app.key("Return")
        wait_for(lambda: "Night Ferry" in app.find("text", "Title", exact=True).text(), 10, "the review")
        wait_for(self.card(app, 0).reachable, 10, "its comment in view")
        self.shoot(app, "review")

    def test_what_the_blog_has_stays(self):
        self.fill(10)
        app = self.open("Pending")
        app.key("a")
        self.wait_statuses(pending=9, approved=1)
        self.ctl("sync")
        app.key("u")
        app.find("label", re.compile("The blog has this already"), timeout=10)
        self.assertEqual(self.statuses(), {"pending": 9, "approved": 1})
        app.key("u")
        app.find("label", re.compile("There is nothing to undo"), timeout=10)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
