#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program is killed (kill -9) at any moment while it writes and syncs with a real WordPress, again and again.
What it had reported as done is on the blog, exactly once; what it had not, at most once; the database is sound.

LIVE_KILLS=N kills it so many times; BALCONY_SEED=N repeats the choices (not the moments of a busy computer)."""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import BALCONYCTL, Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
PASSWORD = SITE.env["WP_APP_PASSWORD"]
KILLS = int(os.environ.get("LIVE_KILLS", "20"))
SEED = int(os.environ.get("BALCONY_SEED", random.randrange(1 << 32)))


class Victim(Desk):
    """A desk whose program may be killed; it knows what was reported as done."""

    def __init__(self, folder):
        super().__init__(folder, blog=False)
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD)
        self.random = random.Random(SEED)
        self.done, self.asked = {}, {}   # number of a review -> the words last saved; asked for since then
        self.titles = {}                 # title -> whether it was reported as written
        self.replies = {}                # words -> whether it was reported
        self.kills = 0
        self.durations = {}              # command -> seconds it takes

    def die(self, *args):
        """Runs a command and kills it at some moment. Returns whether it had ended well before."""
        world = {**os.environ, "HOME": self.folder, "XDG_DATA_HOME": self.folder, "BALCONY_PASSWORD": PASSWORD}
        world.pop("DBUS_SESSION_BUS_ADDRESS", None)
        started = time.monotonic()
        with subprocess.Popen([BALCONYCTL, "--data-dir", self.data, *args], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=world) as child:
            usual = self.durations.get(args[0], 1.0)
            try:
                child.wait(timeout=self.random.uniform(0, 1) * usual)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
            words = child.stderr.read().decode(errors="replace")
        assert "Sanitizer" not in words and "CRITICAL" not in words, words
        if child.returncode == -signal.SIGKILL:
            self.kills += 1
            return False
        assert child.returncode in (0, 3), (args, child.returncode, words)
        # The longest: those that end before they are killed are the short ones.
        self.durations[args[0]] = max(usual, time.monotonic() - started)
        return child.returncode == 0

    def write_review(self, number):
        title = f"Killed {number}"
        path = self.write("review.txt", f"{title}\n\nWords {number}.\n")
        self.titles[title] = self.die("review", "new", path, "--status", "published")

    def edit_review(self, number):
        reviews = [r for r in self.json("review", "list") if r["title"].startswith("Killed ")]
        if not reviews:
            return
        chosen = self.random.choice(reviews)["id"]
        words = f"<p>Edit {number}.</p>"
        self.asked.setdefault(chosen, []).append(words)
        if self.die("review", "edit", str(chosen), "--body", self.write("body.html", words)):
            self.done[chosen] = words
            self.asked[chosen] = []

    def reply(self, number):
        comment = self.random.choice(self.comments)
        words = f"Reply {number}."
        self.replies[words] = self.die("comment", "reply", str(comment), words)

    def settle(self):
        for _ in range(3):
            self.ok("outbox", "retry")
            result = self.run("--json", "sync", "--full", password=PASSWORD)
            assert result.status == 0, (result.status, result.err, result.out)
            if not self.json("outbox", "list"):
                return
        raise AssertionError(self.json("outbox", "list"))


def check(desk):
    posts = SITE.all("posts?status=any,trash")
    count = {}
    for post in posts:
        count[post["title"]["raw"]] = count.get(post["title"]["raw"], 0) + 1
    for title, reported in desk.titles.items():
        there = count.get(title, 0)
        assert there == 1 if reported else there <= 1, (
            title, reported, [(p["id"], p["slug"], p["status"], p["modified_gmt"]) for p in posts if p["title"]["raw"] == title],
            [r for r in desk.json("review", "list") if r["title"] == title])
    local = {r["remote_id"]: r for r in desk.json("review", "list")}
    assert len(local) == len(posts), (len(local), len(posts))
    for post in posts:
        if post["title"]["raw"] not in desk.titles:
            continue
        mine = desk.json("review", "show", str(local[str(post["id"])]["id"]))
        assert mine["html"] == post["content"]["raw"], (mine["html"], post["content"]["raw"])
        number = mine["id"]
        if number in desk.done:
            accepted = [desk.done[number], *desk.asked.get(number, [])]
            assert mine["html"] in accepted, (mine["html"], accepted)
    words = [c["content"]["raw"] for c in SITE.all("comments?status=all&type=comment")]
    for reply, reported in desk.replies.items():
        there = sum(reply in w for w in words)
        assert there == 1 if reported else there <= 1, (reply, reported, [w for w in words if "Reply" in w])


def what_was_done_is_there_once_however_often_the_program_dies(folder):
    desk = Victim(folder)
    started = time.monotonic()
    desk.settle()
    desk.durations["sync"] = time.monotonic() - started
    desk.comments = [c["id"] for c in desk.json("comment", "list", "--status", "approved")][:50]
    number = 0
    while desk.kills < KILLS:
        number += 1
        desk.random.choice([desk.write_review, desk.write_review, desk.edit_review, desk.reply])(number)
        desk.run("outbox", "retry")
        desk.die("sync")
        if number % 10 == 0:
            assert "sound" in desk.ok("check").out
    assert "sound" in desk.ok("check").out
    desk.settle()
    check(desk)
    print(f"# seed {SEED}: {desk.kills} kills, {len(desk.titles)} reviews, {len(desk.done)} of them edited, "
          f"{len(desk.replies)} replies, {time.monotonic() - started:.0f} s")


run([what_was_done_is_there_once_however_often_the_program_dies])
