# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk that meets a hostile server: the real balconyctl, its bounds, and that it lost nothing."""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys

from hostile_site import Site

# R: what holds whatever a server does.
MOST_SECONDS = 60
MOST_MIB = 150
LONGEST_SENTENCE = 700

USER, PASSWORD = "critic", "canary-pa55 word-7f3a"
NONCE, COOKIE = "canary-nonce-19c4", "canary-cookie-62de"
# As they are, and as the header that carries the password has it.
CANARIES = [PASSWORD, "canary-pa55", "Y3JpdGljOmNhbmFyeS1wYTU1IHdvcmQtN2YzYQ", NONCE, COOKIE]

DRAFT = "A draft that waits"
EDITED = "A title that was changed here"
REPLY = "An answer that waits."

# A process starts with the memory of the one that made it, so a small one does.
MEASURE = """
import os, resource, signal, subprocess, sys, time
begun = time.monotonic()
child = subprocess.Popen(sys.argv[3:])
try:
    child.wait(int(sys.argv[2]))
except subprocess.TimeoutExpired:
    child.kill()
status, seconds = child.wait(), time.monotonic() - begun
with open(sys.argv[1], "w") as f:
    print(status, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=f)
"""


class Done:
    def __init__(self, status, out, err, seconds, mib):
        self.status, self.out, self.err, self.seconds, self.mib = status, out, err, seconds, mib

    def lines(self):
        return [line for line in self.err.splitlines() if line]


def secrets_in(data):
    return [word for word in CANARIES if word.encode() in data]


class Desk:
    """@tested is the program that meets the server; @plain, a build without sanitizers, looks after it quickly."""

    def __init__(self, folder, tested, plain):
        self.folder, self.tested, self.plain = folder, tested, plain
        self.data = os.path.join(folder, "data")

    def environment(self):
        world = {**os.environ, "HOME": self.folder, "XDG_DATA_HOME": self.folder, "BALCONY_PASSWORD": PASSWORD,
                 "G_MESSAGES_DEBUG": "all", "LC_ALL": "C.UTF-8"}
        for name in ("DBUS_SESSION_BUS_ADDRESS", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            world.pop(name, None)
        return world

    def run(self, *args, program=None):
        """Runs it to its end, or for as long as it may take."""
        out, err, figures = (os.path.join(self.folder, name) for name in ("out", "err", "figures"))
        with open(out, "wb") as o, open(err, "wb") as e:
            subprocess.run([sys.executable, "-I", "-S", "-c", MEASURE, figures, str(MOST_SECONDS), program or self.plain,
                            "--data-dir", self.data, *args],
                           stdin=subprocess.DEVNULL, stdout=o, stderr=e, env=self.environment(), cwd=self.folder, check=True)
        texts = []
        for path in (out, err, figures):
            with open(path, "rb") as f:
                texts.append(f.read())
            leaked = secrets_in(texts[-1])
            assert not leaked, f"{args}: a secret was printed: {leaked}"
        status, seconds, kib = texts.pop().split()
        return Done(int(status), *(t.decode("utf-8", "replace") for t in texts), float(seconds), int(kib) / 1024)

    def ok(self, *args):
        done = self.run(*args)
        assert done.status == 0, f"{args}: {done.status}: {done.err}"
        return done

    def json(self, *args):
        out = self.ok("--json", *args).out
        return json.loads(out[re.search(r"^[\[{]", out, re.M).start():])    # behind the messages for debugging

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def alter(self, statement, *values):
        with sqlite3.connect(os.path.join(self.data, "balcony.db")) as db:
            db.execute(statement, values)
        db.close()

    # ---- a desk with work that waits ----

    def seed(self):
        """Pulls a small blog, then writes: a new review, a changed one, an answer, a moderation."""
        site = Site()
        try:
            fill(site)
            self.ok("blog", "add", "Blog", "--provider", "wordpress", "--url", site.url, "--user", USER)
            self.ok("sync")
            text = self.write("draft.txt", f"Late Shows: {DRAFT}\n\nIts text, which nobody else has yet.\n".encode())
            self.ok("review", "new", text)
            first = next(r for r in self.json("review", "list") if r["title"] == "Review 0")
            self.ok("review", "edit", str(first["id"]), "--title", EDITED)
            comments = self.json("comment", "list")
            self.ok("comment", "reply", str(comments[0]["id"]), REPLY)
            self.ok("comment", "spam", str(comments[1]["id"]))
        finally:
            site.close()
        self.url = site.url

    def copy_to(self, folder):
        os.makedirs(folder)
        desk = Desk(folder, self.tested, self.plain)
        shutil.copytree(self.data, desk.data)
        desk.url = self.url
        return desk

    def turn_to(self, url):
        self.alter("UPDATE blog SET url = replace (url, ?, ?), endpoint = replace (endpoint, ?, ?)",
                   self.url, url, self.url, url)
        self.url = url

    def snapshot(self):
        """Everything that a person would miss."""
        with sqlite3.connect(f"file:{self.data}/balcony.db?mode=ro", uri=True) as db:
            found = {
                "reviews": db.execute("SELECT r.id, r.title, b.html FROM review r JOIN review_body b "
                                      "ON b.review_id = r.id").fetchall(),
                "comments": db.execute("SELECT id, html, author, status FROM comment").fetchall(),
                "outbox": db.execute("SELECT entity, entity_id, op FROM outbox").fetchall(),
            }
        db.close()
        return {name: set(rows) for name, rows in found.items()}

    # ---- what must hold ----

    def assert_bounds(self, done, statuses, limit_mib):
        assert done.status != -signal.SIGKILL, f"still at it after {MOST_SECONDS} s"
        assert done.status >= 0, f"died of signal {-done.status}: {done.err[-3000:]}"
        assert "Sanitizer" not in done.err and "runtime error" not in done.err, done.err[-3000:]
        assert done.status in statuses, f"status {done.status}, not of {statuses}: {done.err}{done.out[-2000:]}"
        assert done.seconds < MOST_SECONDS
        assert limit_mib is None or done.mib < limit_mib, f"{done.mib:.0f} MiB of memory"

    def assert_sentence(self, done, pattern=None):
        """One line that a person understands, none of the server's bytes."""
        lines = done.lines()
        if done.status == 3 and not lines:             # done, but for what the report itself tells
            lines = ["balconyctl: " + done.out.splitlines()[-1]]
            assert "attention" in lines[0] or "conflict" in lines[0], lines
        assert len(lines) == (1 if done.status != 0 else 0), f"{len(lines)} lines: {done.err[:2000]!r}"
        for line in lines:
            assert line.startswith("balconyctl: ") and 30 < len(line) < LONGEST_SENTENCE, line
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069<>]", line), repr(line)
            assert not re.search(r"[{}\[\]]", re.sub("“.*?”", "", line)), line     # the server's words are quoted
            assert pattern is None or re.search(pattern, line), f"{line!r} does not tell {pattern!r}"

    def assert_kept(self, before, may_send):
        """What is sent has left the outbox, and a picture in a text has got its address."""
        self.ok("check")
        after = self.snapshot()
        before = {**before, "reviews": {row for row in before["reviews"] if "media:" not in row[2]}}
        for name in ("reviews", "comments") if may_send else ("reviews", "comments", "outbox"):
            assert before[name] <= after[name], f"{name} lost: {before[name] - after[name]}"

    def assert_no_secret_kept(self):
        for folder, _, names in os.walk(self.data):
            for name in names:
                with open(os.path.join(folder, name), "rb") as f:
                    leaked = secrets_in(f.read())
                assert not leaked, f"{name} holds {leaked}"

    def assert_arrives_once(self, site):
        """The server has come to its senses: what waited is sent, and nothing twice."""
        site.twist = site.greet = None
        self.ok("outbox", "retry")
        self.alter("UPDATE outbox SET not_before = 0")
        done = self.run("sync")
        assert done.status == 0, f"the sync afterwards: {done.status}: {done.err}"
        assert not self.json("outbox", "list"), self.json("outbox", "list")
        titles = [post["title"]["raw"] for post in site.posts.values()]
        replies = [c for c in site.comments.values() if REPLY in c["content"]["raw"]]
        assert sum(DRAFT in title for title in titles) == 1, titles
        assert titles.count(EDITED) == 1 and len(replies) == 1, (titles, replies)
        assert sum(c["status"] == "spam" for c in site.comments.values()) == 1


def fill(site):
    for n in range(3):
        post = site.add_post(f"Review {n}", f"<p>What is said of film {n}.</p>")
        for m in range(2):
            site.add_comment(post["id"], f"<p>Comment {m} on {n}.</p>")
