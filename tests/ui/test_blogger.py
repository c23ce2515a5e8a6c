#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adding a blog on Blogger in the real window: the client, the browser, a refusal, the blog that comes in, the keyring.

    ui-session -- /usr/bin/python3 test_blogger.py path/to/balcony path/to/balconyctl path/to/fake-blogger
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
BROWSER = """[Desktop Entry]
Type=Application
Name=Browser
Exec=curl --silent --location --max-time 20 %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""


class Blogger(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = os.path.join(folder.name, "data")
        self.fake = subprocess.Popen([FAKE, "0", "30", "40"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.fake.stdout.close)
        self.addCleanup(lambda: self.fake.wait(timeout=120))
        self.addCleanup(self.fake.terminate)
        self.root = self.fake.stdout.readline().split()[1]
        self.install_browser()

    @staticmethod
    def install_browser():
        """One that agrees to everything and follows where it is sent."""
        apps = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
        os.makedirs(apps, exist_ok=True)
        with open(os.path.join(apps, "browser.desktop"), "w", encoding="utf-8") as file:
            file.write(BROWSER)
        with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w", encoding="utf-8") as file:
            file.write("[Default Applications]\nx-scheme-handler/http=browser.desktop\n")

    def open(self):
        # About this leak see test_journey.py.
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        app = App([BALCONY, "--data-dir", self.data], env={"ASAN_OPTIONS": asan, "BALCONY_BLOGGER_SERVER": self.root})
        self.addCleanup(lambda: self.assertEqual(app.close(), 0, app.errors()))
        self.addCleanup(lambda: self.assertEqual(app.warnings(), []))
        return app

    def ctl(self, *args):
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, "--json", *args], stdout=subprocess.PIPE, text=True,
                              check=True, env={**os.environ, "BALCONY_BLOGGER_SERVER": self.root})
        return json.loads(done.stdout)

    def shoot(self, app, name):
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], name + ".png"))

    def test_browser_brings_the_blog_in(self):
        app = self.open()
        app.find("push button", "Add a Blog", reachable=True).click()
        app.wait_window("Add a Blog")
        wait_for(lambda: [n for n in app.find_all("list item") if "Blogger" in n.name], 5, "the kinds of blogs")[0].click()
        app.find("text", "Address", exact=True).type("example.blogspot.com")
        app.find("push button", "Continue", reachable=True).click()

        # Nothing can be pressed before there is a client; a wrong secret is told, and may be tried again.
        sign_in = app.find("push button", "Sign In with Google")
        self.assertFalse(sign_in.has("sensitive"))
        app.find("text", "Client ID", exact=True).type("desktop-client")
        app.find(("password text", "text"), "Client Secret", exact=True).type("wrong")
        self.shoot(app, "blogger-form")
        sign_in.wait_state("sensitive")
        sign_in.click()
        app.find("alert", "does not know this client ID", timeout=20)
        self.shoot(app, "blogger-refused")

        app.find(("password text", "text"), "Client Secret", exact=True).type("not-really-secret", clear=True)
        app.find("push button", "Sign In with Google").click()
        app.gone("frame", "Add a Blog", timeout=20)
        wait_for(lambda: len(self.ctl("review", "list")) == 30, 30, "the reviews")
        self.shoot(app, "blogger-added")

        # The keyring keeps the sign-in: the command line gets in without asking.
        self.ctl("sync")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
