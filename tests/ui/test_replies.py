#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers by keyboard alone: rich text, quotes, saved replies, drafts that outlive the program, others' comments edited.

    ui-session -- /usr/bin/python3 test_replies.py path/to/balcony path/to/balconyctl
"""
import glob
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, wait_for, without_auto_sync  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]


class Replies(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, self.blog = os.path.join(folder.name, "data"), os.path.join(folder.name, "blog")
        os.mkdir(self.blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", self.blog)
        text = os.path.join(self.blog, "review.txt")
        with open(text, "w", encoding="utf-8") as f:
            f.write("Night Ferry\n\nA slow ferry.\n\nGrade: B\n")
        self.ctl("review", "publish", str(self.ctl("review", "new", text)["id"]))
        os.unlink(text)
        self.ctl("sync")
        [post] = glob.glob(os.path.join(self.blog, "posts", "*.html"))
        comments = [{"id": f"c{i}", "author": f"Anna Berg {'I' * i}".strip(), "status": "approved",
                     "created": f"2024-05-01T1{9 - i}:00:00Z",
                     "html": f"<p>Comment <span lang=\"en\">number</span> {i}. It is about ferries.</p>"} for i in range(3)]
        with open(post[:-len(".html")] + ".comments.json", "w", encoding="utf-8") as f:
            json.dump(comments, f)
        self.ctl("sync")

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    def start(self):
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        return App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()})

    def go_to_first(self, app):
        """The newest comment on the desk, with the focus in the list."""
        app.find("list item", re.compile("^All Reviews"), timeout=20)
        app.reach("F6", "All Reviews")
        app.reach("Down", "Unanswered")
        app.find("list item", re.compile("^Anna Berg,"), timeout=10)
        app.key("F6")
        app.focus("Anna Berg,")
        app.key("j")
        app.find("list item", re.compile(r"^Comment [\d.]+ by Anna Berg$"), timeout=10)

    def open(self):
        app = self.start()
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        self.go_to_first(app)
        return app

    def write(self, app, key="r", name="Your reply"):
        app.key(key)
        box = app.find("text", name, timeout=5)
        wait_for(lambda: box.has("focused"), 5, "the cursor in the box")
        return box

    def mine(self):
        return self.ctl("comment", "list", "--mine")

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def test_rich_text_a_link_and_a_quote_by_keys_alone(self):
        app = self.open()
        box = self.write(app)
        app.key("ctrl+shift+q")
        box.wait_text("It is about ferries.")
        app.type("So ")
        app.key("ctrl+b")
        app.type("true")
        app.key("ctrl+b")
        app.type(", see here")
        app.key("ctrl+shift+Left", "ctrl+k")
        address = app.find("text", "Link address", timeout=5)
        wait_for(lambda: address.has("focused"), 5, "the address to be asked for")
        app.type("example.org/x")
        self.shoot(app, "reply-link")
        app.key("Return")
        wait_for(lambda: box.has("focused"), 5, "the cursor back in the box")
        app.key("End")
        app.type(" now")
        app.key("ctrl+z")
        wait_for(lambda: " now" not in box.text(), 5, "the last word to be taken back")
        app.key("ctrl+shift+z")
        box.wait_text("here now")
        self.shoot(app, "reply-rich")
        app.key("ctrl+Return")
        wait_for(self.mine, 10, "the answer")
        [reply] = self.mine()
        self.assertEqual(reply["html"], "<blockquote>\n<p>Comment number 0. It is about ferries.</p>\n</blockquote>\n"
                         "<p>So <strong>true</strong>, see <a href=\"https://example.org/x\">here</a> now</p>")
        wait_for(lambda: self.ctl("comment", "drafts") == [], 5, "the draft to be gone")

    def test_draft_outlives_the_program_and_an_escape(self):
        app = self.start()
        self.go_to_first(app)
        box = self.write(app)
        app.type("Words that must stay")
        box.wait_text("must stay")
        wait_for(lambda: any("Words that must stay" in d["html"] for d in self.ctl("comment", "drafts")), 10, "the draft")
        os.kill(app.process.pid, signal.SIGKILL)
        app.process.wait()
        [draft] = self.ctl("comment", "drafts")
        self.assertIn("Words that must stay", draft["html"])
        app.__exit__(None, None, None)

        app = self.open()
        box = app.find("text", "Your reply", timeout=10)
        box.wait_text("Words that must stay")
        box = self.write(app)
        app.key("Escape")
        app.gone("text", "Your reply")
        chip = app.find("push button", "Draft of a Reply", reachable=True)
        self.shoot(app, "draft")
        chip.click()
        app.find("text", "Your reply").wait_text("Words that must stay")
        app.find("push button", "Discard", reachable=True).click()
        undo = app.find("push button", "Undo", reachable=True).hover()
        app.gone("text", "Your reply")
        wait_for(lambda: self.ctl("comment", "drafts") == [], 5, "the draft to be forgotten")
        undo.click()
        app.find("text", "Your reply").wait_text("Words that must stay")
        wait_for(lambda: len(self.ctl("comment", "drafts")) == 1, 5, "the draft to be back")

    def test_saved_replies_are_written_and_put_in(self):
        app = self.open()
        box = self.write(app)
        app.key("ctrl+shift+s")
        edit = app.find("push button", "Edit Saved Replies…", reachable=True)
        edit.click()
        app.wait_window("Saved Replies")
        app.find("push button", "New Saved Reply", reachable=True)
        app.key("ctrl+n")
        name = app.find("text", "Name", exact=True)
        wait_for(lambda: name.has("focused"), 5, "the name to be asked for")
        app.type("Thanks")
        app.key("Tab")
        text = app.find("text", "Text of the saved reply")
        wait_for(lambda: text.has("focused"), 5, "the text to be asked for")
        app.type("Thank you, {name}, for liking {film}!")
        self.shoot(app, "snippet-edit")
        app.key("ctrl+s")
        app.find("list item", "Thanks", exact=True)
        self.shoot(app, "snippet-list")
        app.key("Escape")
        app.gone("frame", "Saved Replies")
        [saved] = self.ctl("snippet", "list")
        self.assertEqual(saved["text"], "Thank you, {name}, for liking {film}!")

        box.click()
        wait_for(lambda: box.has("focused"), 5, "the cursor in the box")
        app.key("ctrl+shift+s")
        row = app.find("list item", "Thanks", exact=True, reachable=True)
        wait_for(lambda: row.has("focused"), 5, "the saved reply to be at hand")
        self.shoot(app, "snippet-menu")
        app.key("Return")
        box.wait_text("Thank you, Anna, for liking Night Ferry!")
        app.key("ctrl+Return")
        wait_for(self.mine, 10, "the answer")
        self.assertEqual(self.mine()[0]["text"], "Thank you, Anna, for liking Night Ferry!")

    def test_saved_replies_are_managed_without_a_thread(self):
        app = self.start()
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        self.addCleanup(app.close)
        app.find("list item", re.compile("^All Reviews"), timeout=20)
        app.key("F10")
        item = app.find("menu item", re.compile("^Saved Replies"), reachable=True)
        item.click()
        app.wait_window("Saved Replies")
        app.key("Escape")
        app.gone("frame", "Saved Replies")
        app.key("ctrl+shift+r")
        app.wait_window("Saved Replies")
        app.key("ctrl+n")
        name = app.find("text", "Name", exact=True)
        wait_for(lambda: name.has("focused"), 10, "the name to be asked for")
        app.type("Half")
        for key in "ctrl+w", "ctrl+q":
            app.key(key)
            app.wait_window("Save This Reply?")
            app.key("Escape")
            app.gone("dialog", "Save This Reply?")
            app.wait_window("Saved Replies")
            self.assertEqual(name.text(), "Half")
        app.key("ctrl+q")
        app.wait_window("Save This Reply?")
        app.key("alt+d")
        self.assertEqual(app.wait_exit(), 0, app.errors())

    def test_each_window_closes_by_keys(self):
        app = self.start()
        self.addCleanup(app.close)
        app.find("list item", re.compile("^All Reviews"), timeout=20)
        for key, title in ("ctrl+o", "Import"), ("ctrl+shift+e", "Export"), ("ctrl+comma", "Preferences"), \
                ("ctrl+shift+r", "Saved Replies"), ("ctrl+question", "Shortcuts"):
            app.key(key)
            wait_for(lambda: len(app.windows()) == 2, 10, title)
            app.key("ctrl+w")
            wait_for(lambda: len(app.windows()) == 1, 10, f"{title} to close")
        app.key("ctrl+question")
        wait_for(lambda: len(app.windows()) == 2, 10, "Shortcuts")
        app.key("ctrl+q")
        self.assertEqual(app.wait_exit(), 0, app.errors())

    def test_where_the_blog_takes_none_the_text_is_copied_and_kept(self):
        with sqlite3.connect(os.path.join(self.data, "balcony.db")) as database:
            database.execute("UPDATE blog SET capabilities = capabilities & ~1")
        database.close()
        app = self.open()
        self.write(app)
        app.key("ctrl+shift+q")
        app.type("By hand")
        app.find("push button", "Copy and Open Page", reachable=True)
        self.shoot(app, "by-hand")
        app.key("ctrl+Return")
        wait_for(self.mine, 10, "the reply that is kept")
        [reply] = self.mine()
        self.assertEqual(reply["sync"], "parked")
        app.find("label", re.compile("^The text is copied"))
        # Pasted, it is what was written, as plain text.
        app.key("ctrl+shift+f")
        app.focus("Search")
        search = app.focused()
        app.key("ctrl+v")
        self.assertIn("> Comment number 0. It is about ferries.", search.wait_text("By hand"))

    def test_edit_of_anothers_comment_keeps_bytes_and_the_original(self):
        app = self.open()
        box = self.write(app, "e", "Text of the comment")
        box.wait_text("Comment number 0. It is about ferries.")
        app.key("ctrl+End")
        app.type(" And boats.")
        box.wait_text("And boats.")
        app.key("ctrl+Return")

        def edited():
            return [c for c in self.ctl("comment", "list") if c["edited"]]
        wait_for(edited, 10, "the edit")
        [comment] = edited()
        self.assertEqual(comment["html"],
                         "<p>Comment <span lang=\"en\">number</span> 0. It is about ferries. And boats.</p>")
        self.assertFalse(comment["mine"])
        button = app.find(("push button", "toggle button"), re.compile("Show Original"), reachable=True)
        button.click()
        restore = app.find("push button", "Restore", exact=True, reachable=True)
        self.shoot(app, "original")
        restore.click()
        wait_for(lambda: not edited(), 10, "the original")
        self.assertEqual(len(self.ctl("comment", "history", str(comment["id"]))), 2)

    def test_edit_of_what_changed_meanwhile_is_not_saved_unseen(self):
        app = self.open()
        box = self.write(app, "e", "Text of the comment")
        app.key("ctrl+End")
        app.type(" Mine.")
        box.wait_text("Mine.")
        [comment] = [c for c in self.ctl("comment", "list") if c["author"] == "Anna Berg"]
        self.ctl("comment", "edit", str(comment["id"]), "Said otherwise.")
        app.find("label", "Said otherwise.", timeout=15)
        app.key("ctrl+Return")
        app.find("label", re.compile("^This comment was changed meanwhile"))
        self.assertEqual(self.ctl("comment", "show", str(comment["id"]))["text"], "Said otherwise.")
        wait_for(lambda: len(self.ctl("comment", "drafts")) == 1, 5, "the draft to be kept")
        wait_for(lambda: box.has("sensitive"), 5, "the box to be there still")
        box.click()
        app.key("ctrl+Return")
        wait_for(lambda: "Mine." in self.ctl("comment", "show", str(comment["id"]))["text"], 10, "the edit")
        self.assertIn("Said otherwise.", self.ctl("comment", "history", str(comment["id"]))[0]["html"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
