#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comments are searched, filtered and sorted out by keyboard alone, and searches are kept.

    ui-session -- /usr/bin/python3 test_search.py path/to/balcony path/to/balconyctl
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

COMMENTS = [
    ("Ana Müller", "approved", "2019-12-31", "<p>A perfect mirror of its time, in a naïve way.</p>"),
    ("Bob", "pending", "2020-05-17", "<p>Cheap tickets at <a href=\"https://tickets.example/\">this place</a>!</p>"),
    ("Bob", "approved", "2020-06-01", "<p>映画館で見た</p>"),
    ("Ёлкин", "pending", "2021-03-04", "<p>Новогодняя ёлка</p>"),
    ("Pia", "spam", "2021-03-05", "<p>Look: https://spam.example</p>"),
    ("Pia", "pending", "2021-03-06", "<p>The ferry again? See www.ferry.example</p>"),
]


class Search(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)
        self.fill()

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def fill(self):
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        text = os.path.join(self.blog, "review.txt")
        with open(text, "w", encoding="utf-8") as f:
            f.write("Night Ferry\n\nA slow ferry.\n\nGrade: B\n")
        self.ctl("review", "publish", str(self.ctl("review", "new", text)["id"]))
        os.unlink(text)
        self.ctl("sync")
        [post] = glob.glob(os.path.join(self.blog, "posts", "*.html"))
        with open(post[:-len(".html")] + ".comments.json", "w", encoding="utf-8") as f:
            json.dump([{"id": f"c{i}", "author": author, "status": status, "created": f"{day}T10:00:00Z", "html": html}
                       for i, (author, status, day, html) in enumerate(COMMENTS)], f)
        self.ctl("sync")
        self.assertEqual(len(self.ctl("comment", "list", "--filter", "status:all")), len(COMMENTS))

    def open(self, place):
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("list item", re.compile("^All Reviews"), timeout=20)
        app.reach("F6", "All Reviews")
        app.reach("Down", place)
        return app

    def search(self, app, line):
        app.key("ctrl+shift+f")
        app.focus("Search")
        app.key("ctrl+a")
        app.type(line)

    def entry(self, app):
        return app.find("entry", "Search", exact=True)

    def found(self, app, n):
        app.find("label", f"{n} found", exact=True, timeout=10)

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def status_of(self, line):
        [comment] = self.ctl("comment", "list", "--filter", "status:all " + line)
        return comment["status"]

    def test_what_is_found_is_sorted_out(self):
        app = self.open("All Comments")
        app.find("list item", re.compile("^Pia,"), timeout=10)
        self.search(app, "has:link from:pia")
        self.found(app, 1)
        self.shoot(app, "search")
        app.key("Return")
        app.key("j")
        app.focus("Pia,")
        app.key("s")
        wait_for(lambda: self.status_of("ferry") == "spam", 10, "it to be spam")
        app.find("label", "Nothing Found", timeout=10)
        self.shoot(app, "nothing")
        app.find("label", re.compile("Nothing in “All Comments” is like “has:link from:pia”"), timeout=10)
        app.key("u")
        wait_for(lambda: self.status_of("ferry") == "pending", 10, "it to be back")
        app.focus("Pia,")

        # In a queue its status is part of the search, unless the line says otherwise.
        self.search(app, "status:spam")
        self.found(app, 1)
        self.search(app, "елк")
        self.found(app, 1)
        self.search(app, "映画館")
        self.found(app, 1)
        app.key("Escape")
        app.gone("label", re.compile("found$"), timeout=10)

    def test_what_is_no_date_is_told(self):
        app = self.open("Pending")
        self.search(app, "after:soon")
        app.find("label", re.compile("^“soon” is no date"), timeout=10)
        self.shoot(app, "no-date")
        self.search(app, "after:2021-03-05")
        self.found(app, 1)
        app.gone("label", re.compile("is no date"), timeout=10)
        self.search(app, "nobodywrotethat")
        app.find("label", "Nothing Found", timeout=10)
        app.find("push button", "Clear the Search", timeout=5).click()
        app.find("list item", re.compile("^Ёлкин,"), timeout=10)

    def test_fields_write_the_line_and_it_is_kept(self):
        app = self.open("Pending")
        app.key("ctrl+shift+f")
        app.reach("Tab", "Filter")
        app.key("Return")
        app.focus("From")
        self.shoot(app, "fields")
        app.type("bo")
        search = self.entry(app)
        wait_for(lambda: search.text() == "from:bo", 5, "the line")
        self.found(app, 1)
        app.key("alt+v")                                 # nothing is saved yet, and the dialog can be left
        app.focus("Name")
        app.key("Escape")
        app.gone("text", "Name", exact=True, timeout=10)
        app.key("ctrl+shift+f")
        app.reach("Tab", "Filter")
        app.key("Return")
        app.focus("From")
        app.key("alt+p")                                 # approved ones too
        wait_for(lambda: search.text() == "from:bo status:pending,approved", 5, lambda: search.text())
        self.found(app, 2)
        app.key("ctrl+s")
        app.focus("Name")
        self.shoot(app, "save")
        app.type("All of Bob")
        app.key("Return")
        app.find("list item", re.compile(r"^All of Bob, 2$"), timeout=10)
        self.assertEqual(self.ctl("filter", "list"), [{"name": "All of Bob", "line": "from:bo status:pending,approved"}])

    def test_kept_ones_are_places(self):
        self.ctl("filter", "add", "Links", "has:link status:all")
        self.ctl("filter", "add", "Long ago", "before:2020")
        app = self.open("Links")
        app.find("list item", "Links, 3", exact=True, timeout=10)
        self.found(app, 3)
        self.assertEqual(self.entry(app).text(), "has:link status:all")
        self.shoot(app, "kept")
        self.search(app, "nobodywrotethat")
        app.find("label", "Nothing Found", timeout=10)
        app.key("Escape")
        self.found(app, 3)
        app.reach("F6", "Links")

        app.key("alt+Down")
        wait_for(lambda: [kept["name"] for kept in self.ctl("filter", "list")] == ["Long ago", "Links"], 10, "another order")
        app.focus("Links")
        app.key("F2")
        app.focus("Name")
        app.key("ctrl+a")
        app.type("With links")
        app.key("Return")
        app.find("list item", "With links, 3", exact=True, timeout=10)
        app.reach("F6", "With links")
        app.key("Delete")
        undo = app.find("push button", re.compile("^Undo"), reachable=True, timeout=10).hover()
        app.find("label", re.compile("^“With links” is no longer"))
        app.focus("All Comments")                  # the sidebar has followed, so Undo can't come before that
        app.gone("list item", re.compile("^With links"), timeout=10)
        self.shoot(app, "removed")
        undo.click()
        app.find("list item", "With links, 3", exact=True, timeout=10)
        self.assertEqual([kept["name"] for kept in self.ctl("filter", "list")], ["Long ago", "With links"])

        # Another line under the same name, and back.
        app.reach("F6", "All Comments")
        app.reach("Down", "With links")
        self.found(app, 3)
        self.search(app, "has:link status:spam")
        self.found(app, 1)
        app.reach("Tab", "Filter")
        app.key("Return")
        app.focus("From")
        app.key("ctrl+s")
        app.focus("Name")
        app.key("Return")
        undo = app.find("push button", re.compile("^Undo"), reachable=True, timeout=10).hover()
        app.find("list item", "With links, 1", exact=True, timeout=10)
        undo.click()
        app.find("list item", "With links, 3", exact=True, timeout=10)

        # Live: what is decided elsewhere counts here too.
        self.ctl("comment", "delete", str(self.ctl("comment", "list", "--filter", "status:spam")[0]["id"]))
        app.find("list item", "With links, 2", exact=True, timeout=15)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
