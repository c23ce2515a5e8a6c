#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The feel of writing, in the real window with mouse and keyboard.

    ui-session -- /usr/bin/python3 test_writing.py path/to/balcony path/to/balconyctl
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, Gio, wait_for  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]
QUIET = 0.6            # longer than the bar waits


class Writing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data, blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", blog)
        # A leak of GLib's that no suppression can name: see test_journey.py.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        self.app = app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, "GTK_IM_MODULE": "simple"})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        app.find("push button", "New Review", reachable=True).click()
        title = app.find("text", "Title", exact=True)
        wait_for(title.reachable, 5, "the new review on the page")
        title.type("Night Ferry")
        self.body = app.find("text", "Body", exact=True)
        self.body.click()

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def html(self):
        return self.ctl("review", "list")[0]["html"]

    def wait_text(self, text):
        wait_for(lambda: self.body.text().rstrip("\n") == text, 5, lambda: f"{text!r}, not {self.body.text()!r}")

    def wait_html(self, html):
        wait_for(lambda: self.html().replace("\n", "") == html, 5, lambda: f"{html!r}, not {self.html()!r}")

    def bar(self):
        """The floating bar's window, if it is shown."""
        return next((x for x in self.app.x_windows() if x["override"]), None)

    def bar_button(self, name):
        found = self.app.find_all(("push button", "toggle button"), name, exact=True)
        self.assertTrue(found, name)
        return found[-1]            # the first is in the toolbar

    def test_typing_makes_blocks_and_undo_brings_back_what_was_typed(self):
        app = self.app
        app.type("## Plot\nA ship.\n- one\ntwo\n\n---\nEnd")
        self.wait_html("<h2>Plot</h2><p>A ship.</p><ul><li>one</li><li>two</li></ul><hr><p>End</p>")

        app.key("ctrl+End")
        app.type("\n> ")
        self.wait_html("<h2>Plot</h2><p>A ship.</p><ul><li>one</li><li>two</li></ul><hr><p>End</p>")
        app.key("ctrl+z")
        app.type("x ")
        self.wait_html("<h2>Plot</h2><p>A ship.</p><ul><li>one</li><li>two</li></ul><hr><p>End</p><p>&gt; x </p>")
        app.type("\n# ")
        app.key("BackSpace")
        app.type("y")
        wait_for(lambda: self.body.text().rstrip("\n").endswith("> x \n# y"), 5, lambda: repr(self.body.text()))

    def test_dead_keys_are_no_shorthand(self):
        app = self.app
        app.type("caf")
        app.key("dead_acute", "e")
        app.type(" ")
        app.key("dead_acute", "space")
        self.wait_text("café '")

    def test_bar_over_what_is_selected(self):
        app = self.app
        app.type("One two three")
        self.wait_text("One two three")
        app.key("ctrl+Home", "shift+ctrl+Right")
        bar = wait_for(self.bar, 5, "the bar")
        _, y, _, _ = self.body.screen_rect()
        self.assertLess(bar["y"], y)
        app.focus("Body")

        bold = self.bar_button("Bold")
        bold.click()
        bold.wait_state("pressed")
        self.wait_html("<p><strong>One</strong> two three</p>")
        self.assertIsNotNone(self.bar())
        app.key("shift+ctrl+Right")
        bold.wait_state("pressed", on=False)
        app.type("x")
        wait_for(lambda: self.bar() is None, 5, "the bar to go")
        self.assertIn("x", self.body.text())

    def test_bar_is_for_the_mouse_too_and_never_in_the_way(self):
        app = self.app
        app.type("One two three")
        self.wait_text("One two three")
        time.sleep(QUIET)
        self.assertIsNone(self.bar())
        x, y, _, _ = self.body.screen_rect()
        app.click_at(x + 10, y + 14, count=2)
        wait_for(self.bar, 5, "the bar")
        app.key("Escape")
        wait_for(lambda: self.bar() is None, 5, "the bar to go")
        app.drag(x + 60, y + 14, x + 4, y + 14)
        wait_for(self.bar, 5, "the bar")
        app.type("New")
        wait_for(lambda: self.body.text().startswith("New"), 5, lambda: self.body.text())
        wait_for(lambda: self.bar() is None, 5, "the bar to go")

        app.key("ctrl+a")
        app.find("text", "Title", exact=True).click(count=2)
        time.sleep(QUIET)
        self.assertIsNone(self.bar())

    def test_distraction_free(self):
        app = self.app
        app.type("One two three")
        grade = app.find(("text", "entry", "combo box"), "Grade", exact=True, reachable=True)
        app.key("F11")
        wait_for(lambda: not grade.reachable(), 5, "the fields to go")
        app.gone("push button", "New Review", reachable=True)
        app.gone("push button", "Publish", reachable=True)
        app.find("text", "Title", exact=True, reachable=True)
        app.type(" four")
        self.wait_text("One two three four")

        subprocess.run(["xdotool", "mousemove", "600", "300", "mousemove", "600", "0"], check=True)
        app.find("push button", "Publish", exact=True, reachable=True)
        subprocess.run(["xdotool", "mousemove", "600", "400"], check=True)
        wait_for(lambda: not app.find_all("push button", "Publish", reachable=True), 5, "the header to go")

        app.key("Escape")
        wait_for(grade.reachable, 5, "the fields")
        app.find("push button", "New Review", reachable=True)
        app.focus("Body")
        app.key("F11")
        wait_for(lambda: not grade.reachable(), 5, "the fields to go")
        app.key("F11")
        wait_for(grade.reachable, 5, "the fields")

    def test_words_and_reading_time(self):
        app = self.app
        app.type("One two three")
        app.find("label", "Draft · 3 words · 1 min read · Saved", exact=True)
        app.key("shift+ctrl+Left")
        app.find("label", "Draft · 1 of 3 words · Saved", exact=True)
        app.key("Left")
        app.find("label", "Draft · 3 words · 1 min read · Saved", exact=True)

    def opener(self, scheme):
        """Makes a program that opens this scheme from now on; returns what tells what it was asked to open."""
        opened = os.path.join(self.folder, "opened")
        folder = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "opener.desktop"), "w", encoding="utf-8") as f:
            f.write(f"[Desktop Entry]\nType=Application\nName=Opener\nExec=sh -c 'echo \"$0\" >> {opened}' %u\n"
                    f"MimeType=x-scheme-handler/{scheme};\n")
        with open(os.path.join(folder, "mimeapps.list"), "w", encoding="utf-8") as f:
            f.write(f"[Default Applications]\nx-scheme-handler/{scheme}=opener.desktop\n")

        def read():
            if os.path.exists(opened):
                with open(opened, encoding="utf-8") as f:
                    return f.read().strip()
        return read

    def test_help_opens_or_says_what_is_missing(self):
        app = self.app
        if Gio.AppInfo.get_default_for_uri_scheme("help") is None:
            app.key("F1")
            app.find("label", "The guide could not be opened. Install a help viewer, such as Yelp, to read it.",
                     exact=True)
        read = self.opener("help")
        wait_for(lambda: Gio.AppInfo.get_default_for_uri_scheme("help"), 5, "the viewer")
        app.key("F1")
        self.assertEqual(wait_for(read, 10, "the guide to open"), "help:balcony")

    def test_links_open_with_control(self):
        app, read = self.app, self.opener("https")

        app.type("Onetwothree")
        app.key("ctrl+Home", "shift+End", "ctrl+k")
        entry = app.find("text", "Link address", reachable=True)
        app.key("Escape")
        app.focus("Body")
        app.key("ctrl+k")
        wait_for(entry.reachable, 5, "the link's address")
        entry.type("javascript:alert(1)")
        button = app.find("push button", "Open Link", reachable=True)
        button.wait_state("sensitive", on=False)
        app.key("ctrl+a")
        app.type("example.org/film\n")
        self.wait_html('<p><a href="https://example.org/film">Onetwothree</a></p>')

        x, y, _, _ = self.body.screen_rect()
        app.click_at(x + 30, y + 14)
        app.settle()
        self.assertIsNone(read())
        subprocess.run(["xdotool", "keydown", "ctrl", "mousemove", str(x + 32), str(y + 14), "click", "1", "keyup", "ctrl"],
                       check=True)
        self.assertEqual(wait_for(read, 10, "the link to open"), "https://example.org/film")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
