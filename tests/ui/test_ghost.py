#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding a blog on Ghost in the real window: the address, where the key is found, a wrong key, the blog, the keyring.

    ui-session -- /usr/bin/python3 test_ghost.py path/to/balcony path/to/balconyctl path/to/fake-ghost
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ui_drive import App, wait_for  # noqa: E402

BALCONY, BALCONYCTL, FAKE = sys.argv[1:4]


class Ghost(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "data")
        self.fake = subprocess.Popen([FAKE, "0"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.fake.stdout.close)
        self.addCleanup(lambda: self.fake.wait(timeout=120))
        self.addCleanup(self.fake.terminate)
        self.root, self.key = self.fake.stdout.readline().split()[1:3]

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args], stdout=subprocess.PIPE, text=True,
                              check=True)
        return json.loads(done.stdout)

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def test_key_brings_the_blog_in(self):
        # About this leak see test_journey.py.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))

        app.find("push button", "Add a Blog", reachable=True).click()
        app.wait_window("Add a Blog")
        self.shoot(app, "ghost-kinds")
        wait_for(lambda: [n for n in app.find_all("list item") if "Ghost" in n.name], 5, "the kinds of blogs")[0].click()
        app.find("text", "Address", exact=True).type(self.root + "/some/post/")
        app.find("push button", "Continue", reachable=True).click()
        key = app.find(("password text", "text"), "Admin API Key", exact=True, reachable=True, timeout=15)
        self.assertEqual([n for n in app.find_all(("text", "entry"), "User Name", exact=True) if n.has("showing")], [])
        app.find("label", "Integrations", reachable=True)
        self.shoot(app, "ghost-key")

        # What is no key is told at once; a wrong one by the blog.
        key.type("nonsense")
        app.find("push button", "Add Blog", reachable=True).click()
        app.find("alert", "That is no Admin API key", timeout=15)
        key.type(self.key[:-4] + "0000")
        app.find("push button", "Add Blog", reachable=True).click()
        app.find("alert", "does not accept this Admin API key", timeout=15)
        self.shoot(app, "ghost-refused")
        key.type(self.key)
        app.find("push button", "Add Blog", reachable=True).click()
        app.gone("frame", "Add a Blog", timeout=20)
        blog = self.ctl("blog", "list")[0]
        self.assertEqual((blog["provider"], blog["name"], blog["user"]), ("ghost", "Test blog", "owner@example.test"))

        # Another program reads the key from the keyring.
        self.ctl("sync")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
