#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the real program sends to Blogger, and what comes back, is as Google describes it.

usage: test-blogger-judged.py BALCONYCTL FAKE-BLOGGER
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../servers/blogger"))
from judge import Judged  # noqa: E402

BALCONYCTL, FAKE = sys.argv[1:3]
GRANT = json.dumps({"client_id": "desktop-client", "client_secret": "not-really-secret", "refresh_token": "refresh-0"})


class Desk:
    def __init__(self, folder, judged):
        self.folder = folder
        self.env = {**os.environ, "HOME": folder, "BALCONY_PASSWORD": GRANT, "BALCONY_CLIENT_SECRET": "not-really-secret",
                    "BALCONY_BLOGGER_SERVER": judged.root}
        self.env.pop("DBUS_SESSION_BUS_ADDRESS", None)

    def start(self, *args, **more):
        return subprocess.Popen([BALCONYCTL, "--data-dir", os.path.join(self.folder, "data"), "--json", *args], text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env, **more)

    def run(self, *args, data=""):
        program = self.start(*args)
        out, err = program.communicate(data, timeout=120)
        assert program.returncode in (0, 3), f"{args}: {program.returncode}: {err}"
        return json.loads(out) if out.strip() else None

    def add(self):
        program = self.start("blog", "add", "B", "--provider", "blogger", "--url", "example.blogspot.com",
                             "--client-id", "desktop-client")
        for line in program.stderr:
            if line.startswith("http://"):
                with urllib.request.urlopen(line.strip(), timeout=20) as page:
                    page.read()
        program.stdout.read()
        program.stdout.close()
        program.stderr.close()
        program.stdin.close()
        assert program.wait(timeout=60) == 0


def write(desk):
    """Every kind of write there is."""
    text = os.path.join(desk.folder, "review.html")
    with open(text, "w", encoding="utf-8") as file:
        file.write("Late Shows: Night Ferry\n\nA ferry\nnever lands.\n\nGrade: A-\n")
    new = desk.run("review", "new", text)
    number = str(new["id"])
    desk.run("sync")
    desk.run("review", "publish", number, "--at", "2100-01-01T20:00:00Z")
    desk.run("sync")
    desk.run("review", "unpublish", number)
    desk.run("sync")
    desk.run("review", "publish", number)
    desk.run("sync")
    desk.run("review", "edit", number, "--title", "Night Ferry & Co.", "--label", "drama", "--label", "1950s")
    desk.run("sync")
    desk.run("review", "trash", number)
    desk.run("sync")
    comments = desk.run("comment", "list", "--status", "pending")
    for verb, comment in zip(("approve", "spam", "trash", "delete"), comments):
        desk.run("comment", verb, str(comment["id"]))
    desk.run("sync")
    desk.run("sync", "--full")


def main():
    with Judged(FAKE, posts=120, comments=400) as judged, tempfile.TemporaryDirectory() as folder:
        desk = Desk(folder, judged)
        desk.add()
        desk.run("sync")
        assert len(desk.run("review", "list")) == 120
        write(desk)
        told = [v for v in judged.violations() if not v["request"].split(" ")[1].startswith(("/o/oauth2/", "/token", "/revoke"))]
        assert told == [], json.dumps(told, indent=1)
        assert len(judged.violations()) > len(told), "the judge saw nothing"
    print("what is sent and what comes back is as Google describes it")


if __name__ == "__main__":
    main()
