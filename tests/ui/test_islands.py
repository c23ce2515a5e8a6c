#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is no text in a review, by keyboard alone: HTML, a picture and a table are put in, edited where they
stand, and are in the review with exactly what was changed.

    ui-session -- /usr/bin/python3 test_islands.py path/to/balcony path/to/balconyctl
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
PICTURE = '<img src="https://example.org/boat.png">'
TABLE = '<table  class="cast"><tr><td>Role</td><td><i>Actor</i></td></tr></table>'


class Islands(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", blog)
        # As in the journey: GLib gives up its first table of quarks in a program with more than 2,048.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        self.app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan})
        self.addCleanup(lambda: self.assertEqual(self.app.close(), 0, self.app.errors()))
        self.addCleanup(lambda: self.assertEqual(self.app.warnings(), []))

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def html(self):
        return self.ctl("review", "list")[0]["html"] or ""

    def wait_html(self, part):
        wait_for(lambda: part in self.html(), 10, f"{part} in the review")

    def insert_html(self, source):
        app = self.app
        app.find(("push button", "toggle button", "push button menu"), "Insert", exact=True, reachable=True).click()
        app.find("menu item", "HTML…", reachable=True).click()
        app.wait_window("Insert HTML")
        app.find("text", "HTML source", exact=True).wait_state("focused")
        app.type(source)
        app.key("ctrl+Return")
        app.gone("frame", "Insert HTML")

    def test_islands_by_keyboard(self):
        app = self.app
        app.find("push button", "New Review", reachable=True).click()
        title = app.find("text", "Title", exact=True)
        wait_for(title.reachable, 5, "the new review on the page")
        title.type("Night Ferry")
        body = app.find("text", "Body", exact=True)
        body.type("One line.")
        body.wait_text("One line.")

        self.insert_html(PICTURE)
        self.wait_html(PICTURE)
        app.key("Up", "alt+Return")
        app.find("text", "Description", exact=True, reachable=True).wait_state("focused")
        app.type("A boat")
        app.key("Return")
        self.wait_html('<img src="https://example.org/boat.png" alt="A boat">')

        app.key("ctrl+End")
        self.insert_html(TABLE)
        self.wait_html(TABLE)
        app.key("Up", "alt+Return")
        app.find("text", "Row 1, column 1", exact=True).wait_state("focused")
        app.type("Part")
        app.key("Tab")
        app.find("text", "Row 1, column 2", exact=True).wait_state("focused")
        app.key("End")
        app.type(" & more")
        edited = TABLE.replace("Role", "Part").replace("<i>Actor</i>", "<i>Actor &amp; more</i>")
        self.wait_html(edited)
        app.key("ctrl+z", "ctrl+z")
        self.wait_html(TABLE)
        app.key("ctrl+shift+z", "ctrl+shift+z")
        self.wait_html(edited)

    def test_an_open_element_is_refused_and_kept(self):
        app = self.app
        app.find("push button", "New Review", reachable=True).click()
        wait_for(app.find("text", "Title", exact=True).reachable, 5, "the new review on the page")
        app.find(("push button", "toggle button", "push button menu"), "Insert", exact=True, reachable=True).click()
        app.find("menu item", "HTML…", reachable=True).click()
        app.wait_window("Insert HTML")
        source = app.find("text", "HTML source", exact=True)
        source.wait_state("focused")
        app.type("<iframe>")
        app.key("ctrl+Return")
        app.find("label", re.compile("^With this, the text around it would be lost"), reachable=True)
        self.assertEqual(source.text(), "<iframe>")
        app.type("</iframe>")
        app.key("ctrl+Return")
        app.gone("frame", "Insert HTML")
        self.wait_html("<iframe></iframe>")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
