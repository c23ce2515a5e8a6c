#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A blogger's day in the real window: a blog in a folder, a review written and published, comments
answered and moderated, and everything on the blog afterwards.

    ui-session -- /usr/bin/python3 test_journey.py path/to/balcony path/to/balconyctl
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, run, wait_for, without_auto_sync, write_at_once  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
FIELDS = {"Series": "Indie Gems", "Title": "The Perfection", "Grade": "B", "Watched on": "Netflix Instant",
          "Memorable quote": "It's what's expected of us.", "Character": "Lizzie", "Actor": "Logan Browning",
          "Labels": "horror, netflix"}
BODY = "Charlotte used to be a cello prodigy.\nThis one deserves your attention."


class Journey(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)

    def open(self, **env):
        # GLib gives up its first table of quarks when a program needs more than 2,048 of them, as this one does:
        # a leak by design, which no suppression can name. The widget tests look for ours.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **env})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        return app

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def test_write_publish_answer_moderate(self):
        app = self.open()
        self.add_blog(app)
        self.write_review(app)
        self.publish(app)
        self.answer_readers(app)
        app.close()
        self.look_at_the_blog()

    def test_what_was_typed_a_second_ago_survives_a_kill(self):
        """Also when the keys come on and on until then: no pause is waited for."""
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan})
        app.find("push button", "New Review", reachable=True).click()
        title = app.find("text", "Title", exact=True)
        wait_for(title.reachable, 5, "the new review on the page")
        title.type("Night Ferry")
        body = app.find("text", "Body", exact=True)
        body.type("One sentence.")
        body.wait_text("One sentence.")
        app.find("label", re.compile("Saved$"), timeout=5)

        stop = threading.Event()

        def type_on():
            for n in range(0, 5000, 5):
                if stop.is_set():
                    return
                run("xdotool", "type", "--delay", "40", "".join(f"w{i} " for i in range(n, n + 5)))

        typist = threading.Thread(target=type_on)
        typist.start()
        try:
            body.wait_text("w29 ")
            seen = body.text().strip()
            wait_for(lambda: seen in self.ctl("review", "list")[0]["html"], 3, "the words, while others are typed")
            self.assertTrue(typist.is_alive())
        finally:
            app.process.kill()
            app.process.wait()
            stop.set()
            typist.join()
        [review] = self.ctl("review", "list")
        self.assertEqual(review["title"], "Night Ferry")
        self.assertIn(seen, review["html"])
        self.assertEqual(self.ctl("check"), {"ok": True})

    def add_blog(self, app):
        app.find("push button", "Add a Blog", reachable=True).click()
        app.wait_window("Add a Blog")
        folder = wait_for(lambda: [n for n in app.find_all("list item") if "older" in n.name], 5, "the kinds of blogs")
        folder[0].click()
        app.find("text", "Folder", exact=True).type(self.blog)
        app.find("push button", "Continue", reachable=True).click()
        app.find("text", "Name in Balcony").type("Film Desk")
        app.find("push button", "Add Blog", exact=True, reachable=True).click()
        app.gone("frame", "Add a Blog")
        app.find("label", "Everything is up to date")
        self.shoot(app, "added")

    def write_review(self, app):
        app.find("push button", "New Review").click()
        title = app.find("text", "Title", exact=True)
        wait_for(lambda: title.has("focused") or title.reachable(), 5, "the new review on the page")
        for name, text in FIELDS.items():
            field = app.find(("text", "entry", "combo box"), name, exact=True)
            field.type(text)
            field.wait_text(text)
        body = app.find("text", "Body", exact=True)
        body.type(BODY)
        body.wait_text("attention.")
        self.shoot(app, "written")

    def publish(self, app):
        app.find("push button", "Publish", exact=True, reachable=True).click()
        wait_for(lambda: glob.glob(os.path.join(self.blog, "posts", "*.html")), 10, "the post on the blog")
        wait_for(lambda: [n for n in app.find_all("list item") if n.name.startswith("Indie Gems, The Perfection")], 5,
                 "the review in the list")
        self.shoot(app, "published")

    def answer_readers(self, app):
        """Two readers wrote meanwhile: one gets an answer, the other one goes to the spam."""
        review = self.ctl("review", "list")[0]
        post = glob.glob(os.path.join(self.blog, "posts", "*.html"))[0]
        comments = [{"id": f"reader-{n}", "author": author, "status": "pending",
                     "created": f"2024-05-0{n + 1}T10:00:00Z", "html": f"<p>{text}</p>"}
                    for n, (author, text) in enumerate([("Anna", "I loved this one."), ("Pills", "Buy now!")])]
        write_at_once(post[:-len(".html")] + ".comments.json", json.dumps(comments))
        self.assertEqual(review["status"], "published")

        sync = app.find("push button", "Sync", exact=True)
        sync.wait_state("sensitive")
        sync.click()
        app.find("list item", re.compile("^Comment 1 by Anna"), timeout=10)
        app.find("list item", re.compile("^Pending, 2"))

        anna = app.find("list item", "Comment 1 by Anna")
        self.scroll_to(app, app.find("push button", "Reply", exact=True, within=anna)).click()
        box = app.find("text", "Your reply").wait_state("focused")
        app.type("Thank you, Anna!")
        box.wait_text("Thank you, Anna!")
        app.key("ctrl+Return")
        app.find("list item", "Comment 1.1 by")

        pills = app.find("list item", re.compile("by Pills"))
        self.scroll_to(app, app.find("push button", "Spam", exact=True, within=pills)).click()
        app.find("push button", "Restore", exact=True)
        self.shoot(app, "answered")
        sync.wait_state("sensitive")
        sync.click()
        wait_for(lambda: not app.find_all("list item", re.compile("^Outbox, ")), 10, "everything to be sent")

    def scroll_to(self, app, node):
        """Turns the wheel over the page, down, until a person could click on it."""
        window = [x for x in app.x_windows() if not x["override"]][0]
        x, y = window["x"] + window["w"] * 3 // 4, window["y"] + window["h"] // 2

        def look():
            if node.reachable():
                return True
            app.click_at(x, y, button=5, count=2)
            return False
        wait_for(look, 10, f"{node!r} to come into view")
        return node

    def look_at_the_blog(self):
        review = self.ctl("review", "list")[0]
        review = self.ctl("review", "show", str(review["id"]))
        for name, value in (("series", "Indie Gems"), ("film", "The Perfection"), ("grade", "B"),
                            ("watched_on", "Netflix Instant"), ("quote", "It's what's expected of us."),
                            ("quote_character", "Lizzie"), ("quote_actor", "Logan Browning")):
            self.assertEqual(review[name], value)
        self.assertEqual(sorted(review["labels"]), ["horror", "netflix"])
        self.assertEqual((review["status"], review["sync"]), ("published", "clean"))
        for line in BODY.split("\n"):
            self.assertIn(line, review["html"])

        post = glob.glob(os.path.join(self.blog, "posts", "*.html"))[0]
        with open(post, encoding="utf-8") as f:
            html = f.read()
        for text in ("Grade: B", "Watched on: Netflix Instant", "Memorable Quote:", *BODY.split("\n")):
            self.assertIn(text, html)
        with open(post[:-len(".html")] + ".comments.json", encoding="utf-8") as f:
            by_text = {re.sub("<[^>]*>", "", c["html"]).strip(): c for c in json.load(f)}
        self.assertEqual(by_text["I loved this one."]["status"], "approved")
        self.assertEqual(by_text["Buy now!"]["status"], "spam")
        self.assertIn("Thank you, Anna!", by_text)

    def test_emptied_blog_asks_first(self):
        """More reviews are gone from the blog than anybody deletes by hand: nothing goes here unasked."""
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        for n in range(12):
            text = os.path.join(self.blog, "review.txt")
            with open(text, "w", encoding="utf-8") as f:
                f.write(f"<p>Review {n}</p>")
            self.ctl("review", "new", text)
        os.unlink(text)
        for review in self.ctl("review", "list"):
            self.ctl("review", "publish", str(review["id"]))
        self.ctl("sync")
        posts = glob.glob(os.path.join(self.blog, "posts", "*.html"))
        self.assertEqual(len(posts), 12)
        for post in posts:
            os.unlink(post)

        app = self.open()
        self.compare(app)
        app.find("push button", "Keep Them", reachable=True, timeout=10).click()
        app.gone("push button", "Keep Them", reachable=True)
        self.assertEqual(len(self.ctl("review", "list")), 12)
        self.compare(app)
        app.find("push button", "Remove Here Too", reachable=True, timeout=10).click()
        wait_for(lambda: not self.ctl("review", "list"), 10, "the reviews to go")

    def compare(self, app):
        app.find("push button", "Main Menu", reachable=True).click()
        app.find("menu item", "Compare With the Blog", reachable=True, state="sensitive").click()

    def test_an_earlier_version_comes_back_and_goes(self):
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        text = os.path.join(self.blog, "review.txt")
        with open(text, "w", encoding="utf-8") as f:
            f.write("Night Ferry\n\nA slow ferry.\n\nGrade: B\n")
        first = self.ctl("review", "new", text)
        os.unlink(text)
        number = str(first["id"])

        app = self.open(**without_auto_sync())       # what is sent in between makes more versions
        app.find("list item", re.compile("^Night Ferry")).click()
        app.find("text", "Title", exact=True, timeout=5).type("Day Ferry")
        body = app.find("text", "Body", exact=True)
        body.type("A fast ferry.")
        body.wait_text("A fast ferry.")

        app.key("ctrl+shift+h")
        app.wait_window("History")
        rows = wait_for(lambda: app.find_all("list item", re.compile("Before an edit here")), 5, "the versions")
        rows[-1].click()
        differences = app.find("text", "Differences")
        differences.wait_text("Title: Night Ferry → Day Ferry")
        differences.wait_text("A slowfast ferry.")
        self.shoot(app, "history")
        app.find("push button", "Restore This Version", state="sensitive", reachable=True).click()
        app.gone("frame", "History")
        body.wait_text("A slow ferry.")
        app.find("text", "Title", exact=True).wait_text("Night Ferry")
        restored = wait_for(lambda: self.shown(number, "A slow ferry."), 5, "the version in the store")
        self.assertEqual((restored["title"], restored["html"], restored["grade"]),
                         (first["title"], first["html"], first["grade"]))
        self.assertEqual(self.ctl("review", "history", number)[0]["title"], "Day Ferry")

        app.key("ctrl+z")
        body.wait_text("A fast ferry.")
        wait_for(lambda: self.shown(number, "A fast ferry."), 5, "the undoing in the store")

    def shown(self, number, text):
        review = self.ctl("review", "show", number)
        return review if text in review["html"] else None

    def test_panes_by_keyboard(self):
        app = self.open()
        self.add_blog(app)
        app.find("push button", "New Review").click()
        wait_for(lambda: app.find("text", "Title", exact=True).has("focused"), 5, "the new review on the page")
        for key, there in (("F6", "All Reviews"), ("F6", "Untitled"), ("F6", "Title"), ("shift+F6", "Untitled")):
            app.key(key)
            wait_for(lambda: there in getattr(app.focused(), "name", ""), 5, f"{key} to go to {there}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
