#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A conflict is settled in the real window, with the keyboard alone.

    ui-session -- /usr/bin/python3 test_conflicts.py path/to/balcony path/to/balconyctl
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
from ui_drive import App, wait_for, without_auto_sync  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
BASE = ("<p>The sea in this film is a mood, never a place, and it stays so until the last reel.</p>\n"
        "<p>Two ships pass.</p>\n<p>Three men wait for rain on a pier that nobody built.</p>\n<p>It ends well.</p>")
MINE = (("The sea", "The lake"), ("Three men", "Three women"), ("ends well", "ends badly"))
THEIRS = (("The sea", "The pond"), ("Three men", "Three dogs"), ("Two ships", "Two grey ships"))


def change(text, words):
    for old, new in words:
        assert old in text
        text = text.replace(old, new)
    return text


class Conflicts(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        with open(os.path.join(folder.name, "review.txt"), "w", encoding="utf-8") as f:
            f.write("Title: Night Ferry\n\nNothing yet.\n")
        review = self.ctl("review", "new", f.name)
        self.number = str(review["id"])
        self.write(BASE)
        self.ctl("review", "publish", self.number)
        self.ctl("sync")
        [self.post] = glob.glob(os.path.join(self.blog, "posts", "*.html"))
        with open(self.post, encoding="utf-8") as f:
            text = f.read()
        with open(self.post, "w", encoding="utf-8") as f:
            f.write(change(text, THEIRS))
        self.write(change(BASE, MINE))
        self.assertEqual(self.run_ctl("sync").returncode, 3)

    def run_ctl(self, *args):
        return subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args], stdout=subprocess.PIPE, text=True,
                              check=False)

    def ctl(self, *args):
        done = self.run_ctl(*args)
        self.assertEqual(done.returncode, 0, args)
        return json.loads(done.stdout) if done.stdout else None

    def write(self, html):
        path = os.path.join(self.folder, "body.html")
        with open(path, "w", encoding="utf-8") as f:
            f.write(html)
        self.ctl("review", "edit", self.number, "--body", path)

    def html(self):
        return self.ctl("review", "show", self.number)["html"]

    def shoot(self, app, name):
        if os.environ.get("UI_ARTIFACTS"):
            app.screenshot(os.path.join(os.environ["UI_ARTIFACTS"], name + ".png"))

    def choice(self, name, chosen):
        self.app.find(("radio button", "check box"), name, exact=True).wait_state("checked", chosen)

    def test_settled_with_the_keyboard_alone(self):
        # A leak of GLib's that no suppression can name: see test_journey.py.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        self.app = app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", "Conflicts", reachable=True).click()
        app.find("list item", "Night Ferry", reachable=True).click()
        app.find(("radio button", "check box"), "Text, 1 of 2: Mine", exact=True, reachable=True)
        self.shoot(app, "conflict")

        app.reach("Tab", "Text, 1 of 2")
        self.choice("Text, 1 of 2: Mine", True)
        app.key("t")
        self.choice("Text, 1 of 2: The Blog’s", True)
        app.key("m")
        self.choice("Text, 1 of 2: Mine", True)
        app.key("Down")
        app.key("t")
        self.choice("Text, 2 of 2: The Blog’s", True)
        self.choice("Text, 1 of 2: Mine", True)
        self.shoot(app, "chosen")
        outcome = app.find("text", "What It Becomes")
        outcome.wait_text("dogs")
        self.assertIn("grey", outcome.text())
        self.assertNotIn("pond", outcome.text())

        app.key("ctrl+Return")
        undo = app.find("push button", re.compile("^Undo"), reachable=True).hover()
        self.assertEqual(self.ctl("conflict", "list"), [])
        self.assertIn("Three dogs", self.html())
        self.shoot(app, "settled")
        undo.click()
        wait_for(lambda: self.ctl("conflict", "list"), 5, "the conflict to be open again")
        self.assertIn("Three women", self.html())

        app.find("list item", "Night Ferry", reachable=True).click()
        app.find("push button", "Use All the Blog’s", exact=True, reachable=True).click()
        self.choice("Text, 1 of 2: The Blog’s", True)
        app.find("push button", "Apply", exact=True).do()
        wait_for(lambda: not self.ctl("conflict", "list"), 5, "the choice to be applied")
        for words in ("The pond", "Two grey ships", "Three dogs", "ends badly"):
            self.assertIn(words, self.html())
        self.assertEqual(self.run_ctl("sync").returncode, 0)
        with open(self.post, encoding="utf-8") as f:
            self.assertIn("ends badly", f.read())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
