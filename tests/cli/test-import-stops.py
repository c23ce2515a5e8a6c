# SPDX-License-Identifier: GPL-3.0-or-later
"""An import, its taking back and an export that are killed in the middle: what is whole stays, nothing is there twice, and the
same command goes on."""

import json
import os
import signal
import sqlite3
import subprocess
import time

from cli_test import BALCONYCTL, Desk, run

REVIEWS = 800
PATIENCE = 300      # seconds; what takes longer never comes


class Victim(Desk):
    def __init__(self, folder):
        super().__init__(folder)
        item = ("<item><title>T%d</title><wp:post_id>%d</wp:post_id><wp:post_type>post</wp:post_type><content:encoded><![CDATA[" +
                "<p>word word</p>" * 40 + "]]></content:encoded><wp:comment><wp:comment_id>%d</wp:comment_id>"
                "<wp:comment_content>c%d</wp:comment_content></wp:comment></item>\n")
        self.file = self.write("big.xml", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' "
                               "xmlns:wp='http://wordpress.org/export/1.2/'><channel>" +
                               "".join(item % (i, i, i, i) for i in range(1, REVIEWS + 1)) + "</channel></rss>")

    def count(self, table="review"):
        """What is committed, without a program."""
        db = sqlite3.connect(f"file:{self.data}/balcony.db?mode=ro", uri=True, timeout=PATIENCE)
        try:
            return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        finally:
            db.close()

    def until(self, *args, happens, sign=signal.SIGKILL):
        """Sends @sign as soon as @happens. Returns the exit status."""
        with subprocess.Popen([BALCONYCTL, "--data-dir", self.data, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
            deadline = time.monotonic() + PATIENCE
            while child.poll() is None and not happens() and time.monotonic() < deadline:
                time.sleep(0.002)
            child.send_signal(sign)
            words = child.communicate()[1].decode(errors="replace")
        assert "Sanitizer" not in words and "CRITICAL" not in words, words
        return child.returncode

    def bring_rest(self, first):
        done = self.json("import", self.file)
        assert done["reviews"] == {"new": REVIEWS - first, "there": first}, (first, done)
        assert sum(done["comments"].values()) == REVIEWS, done
        assert self.count() == REVIEWS and self.count("comment") == REVIEWS
        self.ok("check")


def an_import_that_is_killed_goes_on(folder):
    desk = Victim(folder)
    desk.until("import", desk.file, happens=desk.count)
    desk.ok("check")
    first = desk.count()
    assert 0 < first <= REVIEWS, first
    desk.bring_rest(first)


def what_a_killed_import_brought_is_taken_back(folder):
    desk = Victim(folder)
    desk.until("import", desk.file, happens=desk.count)
    first = desk.count()
    done = desk.json("import", "--undo")
    assert done["taken_back"]["reviews"] == first, (first, done)
    assert desk.count() == 0 and desk.count("comment") == 0
    desk.bring_rest(0)


def a_taking_back_that_is_stopped_goes_on(folder):
    desk = Victim(folder)
    for sign in (signal.SIGKILL, signal.SIGINT):
        before = desk.count()
        if before < REVIEWS:
            desk.bring_rest(before)
        status = desk.until("import", "--undo", happens=lambda: desk.count() < REVIEWS, sign=sign)
        desk.ok("check")
        left = desk.count()
        assert left < REVIEWS, left
        assert status in (0, 1, -sign), status
        if left > 0:
            done = desk.json("import", "--undo")
            assert done["taken_back"]["reviews"] == left and done["kept"]["reviews"] == 0, (left, done)
        assert desk.count() == 0 and desk.count("comment") == 0
        desk.fails("import", "--undo")
    desk.bring_rest(0)


def an_export_that_is_killed_leaves_nothing_under_its_name(folder):
    desk = Victim(folder)
    desk.ok("import", desk.file)
    top = os.path.join(folder, "out")
    os.mkdir(top)
    for file_format, name in (("json", "all.json"), ("markdown", "pages"), ("wxr", "all.xml")):
        target = os.path.join(top, name)

        def begun():
            return any(files for path, _, files in os.walk(top) if path != top)

        status = desk.until("export", target, "--format", file_format, happens=begun)
        if status == -signal.SIGKILL:
            assert not os.path.lexists(target), os.listdir(top)
        else:
            assert os.path.lexists(target), status
        # The next one takes away what was left.
        again = os.path.join(top, "again")
        desk.run("export", again, "--format", "json")
        with open(again, encoding="utf-8") as f:
            assert len([i for i in json.load(f)["items"] if i["type"] == "review"]) == REVIEWS
        assert set(os.listdir(top)) <= {"again", name}, os.listdir(top)
        os.remove(again)
    desk.ok("check")


run([an_import_that_is_killed_goes_on, what_a_killed_import_brought_is_taken_back, a_taking_back_that_is_stopped_goes_on,
     an_export_that_is_killed_leaves_nothing_under_its_name])
