# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges from outside for the fake Blogger: one made of Google's own description of the API, and Google's own client.

They do not travel with the repository: they are looked for in the folder BALCONY_SHARED.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile

SKIP = 77


def find_judges():
    """The script that starts the judges; ends the test as skipped where there is none."""
    script = os.path.join(os.environ.get("BALCONY_SHARED", ""), "tools/servers/blogger")
    if not os.access(script, os.X_OK):
        print("SKIP: no judges in $BALCONY_SHARED/tools/servers")
        sys.exit(SKIP)
    if subprocess.run([script, "install"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        print("SKIP: the judges can't be installed (no npm, or no network)")
        sys.exit(SKIP)
    return script


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Judged:
    """The fake, and the judge in front of it."""

    def __init__(self, fake, posts=25, comments=60):
        self.script = find_judges()
        self.fake = subprocess.Popen([fake, "0", str(posts), str(comments)], stdout=subprocess.PIPE, text=True)
        _, self.upstream, self.blog = self.fake.stdout.readline().split()
        self.port = str(free_port())
        self.log = os.path.join(tempfile.mkdtemp(prefix="balcony-judge-"), "violations.jsonl")
        subprocess.run([self.script, "judge", self.port, self.upstream, self.log], check=True)
        self.root = "http://127.0.0.1:" + self.port

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        subprocess.run([self.script, "stop", self.port], check=False)
        self.fake.terminate()
        self.fake.wait(timeout=20)
        self.fake.stdout.close()

    def violations(self):
        with open(self.log, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    def run_google_client(self):
        """What Google's own client could do, as (ok, line)."""
        out = subprocess.run([self.script, "google", self.root + "/", self.blog], text=True, check=True,
                             stdout=subprocess.PIPE, timeout=60).stdout
        return [(bool(re.match(r"ok\b", line)), line) for line in out.splitlines()]
