#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window is killed (kill -9) at any moment, from its first second on, while somebody types, saves, publishes,
answers and syncs with a real WordPress. What it showed as kept is in the store each time, which is sound; and in the end
all of it is on the blog, once.

LIVE_KILLS=N kills it so many times; BALCONY_SEED=N repeats the choices (not the moments of a busy computer).

    run-live ui-session -- /usr/bin/python3 test-window-kills.py BALCONY BALCONYCTL
"""
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BALCONY, BALCONYCTL = (os.path.abspath(path) for path in sys.argv[1:3])
sys.argv[1:] = [BALCONYCTL]
sys.path[:0] = [os.path.join(HERE, "..", "cli"), os.path.join(HERE, "..", "ui"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402
from ui_drive import App, Timeout, wait_for  # noqa: E402

from gi.repository import GLib  # noqa: E402

SITE = Site()
PASSWORD = SITE.env["WP_APP_PASSWORD"]
KILLS = int(os.environ.get("LIVE_KILLS", "5"))
SEED = int(os.environ.get("BALCONY_SEED", random.randrange(1 << 32)))


class Prey(App):
    """A window that dies so many seconds after it was started."""

    def __init__(self, writer, argv, delay, **more):
        self.writer, self.delay, self.killer = writer, delay, None
        super().__init__(argv, **more)

    def _appear(self):
        if self.killer is None:
            self.writer.prey = self
            self.killer = threading.Timer(self.delay, self.process.kill)
            self.killer.start()
        return super()._appear()


class Writer(Desk):
    """Somebody who writes in one window after another, and knows what it showed as kept."""

    def __init__(self, folder):
        super().__init__(folder, blog=False)
        self.random = random.Random(SEED)
        # The keyring that the window asks is behind the session bus.
        bus = {"DBUS_SESSION_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]}
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD, env=bus)
        self.n_words = 0
        self.titles = []        # of new reviews
        self.kept = []          # words that the window showed as kept
        self.typed = []         # those and the ones that it was killed over
        self.kept_answers = []  # the same of replies to comments
        self.answered = []
        self.app = self.prey = None
        self.misses = 0

    def run(self, *args, **more):
        more.setdefault("password", PASSWORD)
        return super().run(*args, **more)

    # ---- at the window ----

    def type_words(self, field):
        """Adds a line to a text. Done when the window no longer says that it is being written."""
        self.n_words += 1
        words = f"Words {self.n_words} here."
        self.typed.append(words)
        self.app.key("ctrl+End", "Return")
        self.app.type(words)
        field.wait_text(words)
        self.app.gone("label", "Writing…", exact=True, timeout=10)
        self.kept.append(words)

    def open_review(self):
        for tries_left in (2, 1, 0):
            rows = wait_for(lambda: self.app.find_all("list item", re.compile("^(Killed|Seed|Indie|The) "), reachable=True),
                            5, "the reviews")
            try:
                self.random.choice(rows).click()
                break
            except Timeout:
                # What was saved or synced meanwhile moved the row out of view: a person looks again.
                if tries_left == 0:
                    raise
        body = self.app.find("text", "Body", exact=True, reachable=True)
        body.click()
        return body

    def write(self):
        body = self.open_review()
        for _ in range(self.random.randint(1, 3)):
            self.type_words(body)

    def write_new(self):
        title = f"Killed {len(self.titles) + 1}"
        self.app.key("ctrl+n")
        field = self.app.find("text", "Title", exact=True)
        self.app.focus("Title")
        self.titles.append(title)
        field.type(title)
        body = self.app.find("text", "Body", exact=True, reachable=True)
        body.click()
        self.type_words(body)

    def answer(self):
        self.open_review()
        buttons = [b for b in self.app.find_all("push button", "Reply", exact=True) if b.has("sensitive")]
        if not buttons:
            return
        self.random.choice(buttons).do()
        box = self.app.find("text", "Your reply")
        self.n_words += 1
        words = f"Answer {self.n_words} here."
        self.answered.append(words)
        box.type(words)
        box.wait_text(words)
        self.app.key("ctrl+Return")
        self.app.gone("text", "Your reply")
        self.kept_answers.append(words)

    def save(self):
        self.app.key("ctrl+s")

    def publish(self):
        self.app.key("ctrl+shift+Return")

    def sync(self):
        self.app.key("F5")

    def act(self):
        act = self.random.choice([self.write, self.write, self.write_new, self.answer, self.save, self.publish, self.sync])
        try:
            act()
            self.misses = 0
        except (GLib.GError, LookupError):
            # A sync took a row away, or busied a button, while it was looked at: a person looks again.
            self.misses += 1
            if self.misses > 5:
                raise

    def sit_down(self, delay):
        """Opens the window and works in it until it is killed."""
        asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
        try:
            self.app = Prey(self, [BALCONY, "--data-dir", self.data], delay, env={"ASAN_OPTIONS": asan})
            self.sync()
            while self.app.process.poll() is None:
                self.act()
        except Exception:  # pylint: disable=broad-except
            # Whatever was looked for in a window that died meanwhile (or while it opened); else it is a fault.
            if not self.has_died():
                raise

    def has_died(self):
        if self.prey is None:
            return False
        try:
            return self.prey.process.wait(timeout=5) == -signal.SIGKILL
        except subprocess.TimeoutExpired:
            return False

    # ---- afterwards ----

    def check_words(self, reviews, comments):
        """What was kept is in @reviews or @comments once; the rest, which the window was killed over, at most once."""
        for texts, kept, typed in ((reviews, self.kept, self.typed), (comments, self.kept_answers, self.answered)):
            text = "\n".join(texts)
            wrong = [(words, text.count(words)) for words in typed if text.count(words) != 1]
            assert not [pair for pair in wrong if pair[0] in kept or pair[1] > 1], wrong

    def check_store(self):
        assert "sound" in self.ok("check").out
        with sqlite3.connect(f"file:{os.path.join(self.data, 'balcony.db')}?mode=ro", uri=True) as db:
            texts = [[row[0] for row in db.execute(f"SELECT html FROM {table}")] for table in ("review_body", "comment")]
        db.close()
        self.check_words(*texts)

    def settle(self):
        """Offers also what was only kept, and sends all but new reviews in which nothing was written: WordPress has none."""
        waiting = {(item["entity"], item["entity_id"]): item["id"] for item in self.json("outbox", "list")}
        for review in self.json("review", "list"):
            if review["title"]:
                self.ok("review", "publish", str(review["id"]))
            else:
                self.ok("outbox", "discard", str(waiting["review", review["id"]]))
        for _ in range(3):
            self.ok("outbox", "retry")
            result = self.run("--json", "sync", "--full")
            assert result.status == 0, (result.status, result.err, result.out, self.json("outbox", "list"))
            if not self.json("outbox", "list"):
                return
        raise AssertionError(self.json("outbox", "list"))

    def check_blog(self):
        assert self.json("conflict", "list") == []
        posts = SITE.all("posts?status=any,trash")
        local = {r["remote_id"]: r for r in self.json("review", "list")}
        assert len(local) == len(posts), (len(local), len(posts))
        for title in self.titles:
            there = sum(post["title"]["raw"] == title for post in posts)
            assert there <= 1, (title, there)
        for post in posts:
            mine = self.json("review", "show", str(local[str(post["id"])]["id"]))
            assert mine["html"] == post["content"]["raw"], (mine["html"], post["content"]["raw"])
        comments = SITE.all("comments?status=all&type=comment")
        self.check_words([post["content"]["raw"] for post in posts], [c["content"]["raw"] for c in comments])


def what_the_window_showed_as_kept_is_there_once_however_often_it_dies(folder):
    print(f"# seed {SEED}", flush=True)
    writer = Writer(folder)
    started = time.monotonic()
    writer.ok("sync")
    for _ in range(KILLS):
        writer.app = writer.prey = None
        writer.sit_down(writer.random.uniform(0.5, 25))
        writer.check_store()
    writer.settle()
    writer.check_store()
    writer.check_blog()
    print(f"# {KILLS} kills, {len(writer.titles)} new reviews, {len(writer.kept)} of {len(writer.typed)} texts and "
          f"{len(writer.kept_answers)} of {len(writer.answered)} replies shown as kept, {time.monotonic() - started:.0f} s")


run([what_the_window_showed_as_kept_is_there_once_however_often_it_dies])
