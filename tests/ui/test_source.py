#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML source of a review and finding words in it, by keyboard alone, in the real window.

    ui-session -- /usr/bin/python3 test_source.py path/to/balcony path/to/balconyctl
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, wait_for  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
HTML = ('<p class="lead">Charlotte used to be a <em>cello</em> prodigy.</p>\n\n<p>A cello is no toy.</p>\n'
        "<ul>\n<li>The cello</li>\n</ul>\n")


class Source(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", blog)
        draft, body = os.path.join(folder.name, "draft.txt"), os.path.join(folder.name, "body.html")
        with open(draft, "w", encoding="utf-8") as f:
            f.write("The Perfection\n\nText.\n")
        with open(body, "w", encoding="utf-8") as f:
            f.write(HTML)
        self.ctl("review", "new", draft)
        self.ctl("review", "edit", str(self.review()["id"]), "--body", body)
        self.html = self.review()["html"]
        self.assertIn('class="lead"', self.html)

        # As in test_journey.py: the leak checker takes GLib's first table of quarks for a leak.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        self.app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan})
        self.addCleanup(lambda: self.assertEqual(self.app.close(), 0, self.app.errors()))
        self.addCleanup(lambda: self.assertEqual(self.app.warnings(), []))
        self.app.find("label", "The Perfection", reachable=True, timeout=10).click()
        self.body = self.app.find("text", "Body", exact=True)
        self.body.wait_text("Charlotte")
        self.body.click()

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def review(self):
        [review] = self.ctl("review", "list")
        return self.ctl("review", "show", str(review["id"]))

    def shoot(self, name):
        if os.environ.get("UI_SCREENSHOTS"):
            self.app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def wait_kept(self, html):
        wait_for(lambda: self.review()["html"] == html, 10, lambda: f"{html!r}, not {self.review()['html']!r}", every=0.2)

    def focused(self, name):
        wait_for(lambda: getattr(self.app.focused(), "name", "") == name, 5, f"{name} to have the focus")

    def test_edit_the_source_and_take_it_back(self):
        self.app.key("ctrl+Home")
        self.app.key(*["Right"] * 3)
        self.app.key("ctrl+alt+h")
        self.focused("HTML source")
        self.app.type("X<b>Y</b>")
        changed = self.html.replace("Charlotte", "ChaX<b>Y</b>rlotte")
        self.app.find("text", "HTML source", exact=True).wait_text("ChaX<b>Y</b>rlotte")
        self.shoot("source")
        self.wait_kept(changed)
        self.app.key("ctrl+alt+h")
        self.focused("Body")
        self.body.wait_text("ChaXYrlotte used")
        self.app.type("Z")
        self.body.wait_text("ChaXYZrlotte used")
        self.app.key("ctrl+z", "ctrl+z")
        self.body.wait_text("Charlotte used")
        self.wait_kept(self.html)

    def test_find_and_replace(self):
        self.app.key("ctrl+Home")
        self.app.key("ctrl+f")
        self.focused("Find")
        self.app.type("CELLO")
        self.app.find("label", "1 of 3", exact=True)
        self.app.key("Return")
        self.app.find("label", "2 of 3", exact=True)
        self.shoot("find")
        self.app.key("ctrl+h")
        self.app.find("text", "Replace with", exact=True, reachable=True).type("viola")
        self.app.find("push button", "Replace All", reachable=True).click()
        self.app.find("label", "3 replaced", exact=True)
        self.shoot("replace")
        self.wait_kept(self.html.replace("cello", "viola"))
        self.app.find("text", "Find", exact=True).click()
        self.app.key("Escape")
        self.focused("Body")
        self.app.key("ctrl+z")
        self.body.wait_text("A cello is no toy")
        self.wait_kept(self.html)

    def test_ctrl_f_elsewhere_searches_the_list(self):
        self.app.find("list item", "All Reviews").click()
        self.app.key("ctrl+f")
        wait_for(lambda: re.search("[Ss]earch", getattr(self.app.focused(), "name", "")), 5,
                 lambda: f"the list's search, not {self.app.focused()!r}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
