#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A blog at Blogger whose pictures go to a real WordPress, each with its own password from the keyring.

usage: test-image-host.py BALCONYCTL FAKE-BLOGGER
"""
import os
import re
import struct
import subprocess
import sys
import urllib.request
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import BALCONYCTL, Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
FAKE = os.path.abspath(sys.argv[2])
N_POSTS = 5


def png(shade):
    """A picture of one dot."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(bytes([0, shade, shade, shade]))) + chunk(b"IEND", b""))


class Guest(Desk):
    """Signed in to both; the keyring of the session has the passwords."""

    def __init__(self, folder, root):
        super().__init__(folder, blog=False)
        self.world = {"BALCONY_BLOGGER_SERVER": root, "DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]}
        self.ok("blog", "add", "Host", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=SITE.env["WP_APP_PASSWORD"], env=self.world)
        world = {**os.environ, "HOME": folder, **self.world, "BALCONY_CLIENT_SECRET": "not-really-secret"}
        with subprocess.Popen([BALCONYCTL, "--data-dir", self.data, "blog", "add", "Guest", "--provider", "blogger", "--url",
                               "example.blogspot.com", "--client-id", "desktop-client"], stderr=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, text=True, env=world) as adding:
            heard = []
            for line in adding.stderr:
                heard.append(line)
                if line.startswith("http://"):
                    with urllib.request.urlopen(line.strip(), timeout=300) as page:
                        page.read()
        assert adding.returncode == 0, heard

    def write_review(self, title, picture):
        number = str(self.json("--blog", "Guest", "review", "new", self.write("words.txt", title + "\n\nWords.\n"))["id"])
        path = os.path.join(self.folder, "still.png")
        with open(path, "wb") as file:
            file.write(picture)
        self.ok("review", "image", number, path, "--alt", "A still")
        self.ok("review", "publish", number)
        return number

    def sync(self):
        return self.run("--blog", "Guest", "sync", env=self.world)

    def sync_until_done(self):
        for _ in range(12):
            self.run("outbox", "retry")
            self.sync()
            if not self.json("outbox", "list"):
                return
        raise AssertionError(self.json("outbox", "list"))

    def check_shown(self, number, picture):
        """The review shows it from the host, by the address at which it is found there, and has no number of the host's."""
        html = self.json("review", "show", number)["html"]
        [address] = re.findall(r'<img[^>]* src="([^"]+)"', html)
        assert address.startswith("http") and "wp-image-" not in html, html
        with urllib.request.urlopen(address, timeout=300) as answer:
            assert answer.read() == picture, address


def with_blogger(test):
    def wrapped(folder):
        with subprocess.Popen([FAKE, "0", str(N_POSTS), "0"], stdout=subprocess.PIPE, text=True) as fake:
            try:
                test(Guest(folder, fake.stdout.readline().split()[1]))
            finally:
                SITE.flag("lose-response", on=False)
                fake.terminate()
    wrapped.__name__ = test.__name__
    return wrapped


@with_blogger
def each_picture_is_uploaded_once_whatever_is_lost(desk):
    desk.ok("blog", "set", "Guest", "--image-host", "Host")
    before, posts = SITE.count("media"), SITE.count("posts?status=any")
    for shade, lost in enumerate(("", "1", "2"), 1):
        picture = png(shade)
        number = desk.write_review(f"Film {shade}", picture)
        if lost:
            SITE.flag("lose-response", value=lost)
        desk.sync()
        desk.sync_until_done()
        SITE.flag("lose-response", on=False)
        desk.check_shown(number, picture)
        assert SITE.count("media") == before + shade, (SITE.count("media"), before, shade)
    assert SITE.count("posts?status=any") == posts
    titles = [review["title"] for review in desk.json("--blog", "Guest", "review", "list")]
    assert len(titles) == N_POSTS + 3 and len(set(titles)) >= 4, titles


@with_blogger
def a_host_that_is_away_is_waited_for(desk):
    desk.ok("blog", "set", "Guest", "--image-host", "Host")
    picture = png(99)
    number = desk.write_review("Waits", picture)
    SITE.flag("fail-status", value="503")
    desk.sync()
    SITE.flag("fail-status", on=False)
    [item] = desk.json("outbox", "list")
    assert item["state"] == "pending" and "“Host”" in item["error"], item
    desk.sync_until_done()
    desk.check_shown(number, picture)


run([each_picture_is_uploaded_once_whatever_is_lost, a_host_that_is_away_is_waited_for])
