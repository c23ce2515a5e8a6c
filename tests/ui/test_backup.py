#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup is made, everything changes, and it is restored: in the real window, by the main menu.

    ui-session -- /usr/bin/python3 test_backup.py path/to/balcony path/to/balconyctl
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, wait_for  # noqa: E402

BALCONY, BALCONYCTL = sys.argv[1:3]


class Backup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.data = folder.name, os.path.join(folder.name, "data")
        blog = os.path.join(folder.name, "blog")
        os.mkdir(blog)
        self.ctl("blog", "add", "Film Desk", "--provider", "folder", "--url", blog)
        draft = os.path.join(folder.name, "draft.txt")
        with open(draft, "w", encoding="utf-8") as f:
            f.write("The Perfection\n\nText.\n")
        self.ctl("review", "new", draft)
        still = os.path.join(folder.name, "still.png")
        with open(still, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\nstill")
        self.ctl("review", "image", "1", still)

        # As in test_journey.py: the leak checker takes GLib's first table of quarks for a leak.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        self.environment = {"ASAN_OPTIONS": asan}

    def start(self):
        self.app = App([BALCONY, "--data-dir", self.data], env=self.environment)
        self.addCleanup(lambda: self.assertEqual(self.app.warnings(), []))
        self.addCleanup(lambda: self.assertEqual(self.app.close(), 0, self.app.errors()))

    def ctl(self, *args, check=True):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=check)
        return json.loads(done.stdout) if done.stdout else done.stderr

    def shoot(self, name):
        if os.environ.get("UI_SCREENSHOTS"):
            self.app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def find(self, role, name, **more):
        return self.app.find(role, name, reachable=True, timeout=20, **more)

    def choose_verb(self, verb, picture=None):
        self.app.wait_window("Balcony", timeout=20)
        self.app.key("F10")
        item = self.find("menu item", verb)
        if picture:
            self.shoot(picture)
        item.click()

    def choose_file(self, path, typed):
        """In the file chooser, which takes a path by keyboard. @typed: it has a field for it from the start."""
        if typed:
            self.app.focus("Name", timeout=20)
            self.app.key("ctrl+a")
        else:
            self.app.wait_window("Restore a Backup", timeout=20)
        self.app.type(path)
        self.app.key("Return")

    def answer(self, heading, name):
        self.find("label", heading)
        if name == "Close":     # as the window's own button
            self.app.key("Escape")
        else:
            self.find("push button", name, exact=True).click()
        self.app.gone("label", heading, reachable=True, timeout=20)

    def title(self):
        return self.ctl("review", "show", "1")["title"]

    def media(self):
        return os.listdir(os.path.join(self.data, "media"))

    def backup(self):
        path = os.path.join(self.folder, "mine.db")
        self.choose_verb("Make a Backup…", "backup-menu")
        self.choose_file(path, True)
        self.find("label", "Backup saved as “mine.db”")
        self.shoot("backup-made")
        return path

    def restore(self, path, shot=None):
        self.choose_file(path, False)
        heading = f"Restore “{os.path.basename(path)}”?"
        if shot:
            self.find("label", heading)
            self.shoot(shot)
        self.answer(heading, "Restore")

    def test_what_was_backed_up_comes_back(self):
        self.start()
        self.find("label", "The Perfection")
        path = self.backup()
        before = self.media()
        self.ctl("review", "edit", "1", "--title", "Something Else")
        os.unlink(os.path.join(self.data, "media", before[0]))
        self.find("label", "Something Else")

        self.choose_verb("Restore a Backup…")
        self.choose_file(path, False)
        self.answer("Restore “mine.db”?", "Cancel")
        self.assertEqual(self.title(), "Something Else")

        self.choose_verb("Restore a Backup…")
        self.restore(path, "backup-restore")
        self.find("label", "The Perfection")
        self.find("label", "Restored. What was here before is among the backups.")
        self.shoot("backup-restored")
        self.assertEqual(self.title(), "The Perfection")
        self.assertEqual(self.media(), before)
        self.assertEqual(self.ctl("check"), {"ok": True})
        kept = [n for n in os.listdir(os.path.join(self.data, "backups")) if n.startswith("replaced-")]
        self.assertEqual(len([n for n in kept if n.endswith(".db")]), 1)

    def test_what_is_no_backup_replaces_nothing(self):
        self.start()
        self.find("label", "The Perfection")
        letter = os.path.join(self.folder, "letter.db")
        with open(letter, "w", encoding="utf-8") as f:
            f.write("Dear Ada")
        self.choose_verb("Restore a Backup…")
        self.restore(letter)
        self.find("label", "is not a backup of Balcony")
        self.shoot("backup-not-restored")
        self.answer("Nothing Was Restored", "Close")
        self.find("label", "The Perfection")
        self.assertEqual(self.title(), "The Perfection")

    def test_a_damaged_desk_is_replaced(self):
        path = os.path.join(self.folder, "mine.db")
        self.ctl("backup", path)
        with open(os.path.join(self.data, "balcony.db"), "wb") as f:
            f.write(b"not a database " * 1000)
        self.start()
        self.find("label", "Your Desk Is Damaged")
        self.shoot("backup-damaged")
        self.find("push button", "Restore a Backup…").click()
        self.restore(path)
        self.find("label", "The Perfection")
        self.assertEqual(self.title(), "The Perfection")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
