# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports from the command line: preview, statuses, the report."""

import json
import os
import signal
import subprocess
import time

from cli_test import BALCONYCTL, Desk, REVIEW, run

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "exchange", "data")
WXR = os.path.join(DATA, "small.wxr.xml")


def a_preview_writes_nothing(folder):
    desk = Desk(folder)
    report = desk.run("--json", "import", WXR, "--preview")
    assert report.status == 3, report.err
    report = report.json()
    assert report["preview"] and report["format"] == "wxr", report
    assert report["reviews"] == {"new": 3, "there": 0} and report["comments"]["new"] == 3, report
    assert desk.json("review", "list") == []


def what_is_left_out_is_listed_and_status_3(folder):
    desk = Desk(folder)
    done = desk.run("--json", "import", WXR)
    assert done.status == 3, done.err
    report = done.json()
    reasons = [note["reason"] for note in report["notes"] if note["kind"] == "skipped"]
    assert report["skipped"] == len(reasons) == 3, report
    assert any("page" in reason for reason in reasons), reasons
    assert len(desk.json("review", "list")) == 3
    again = desk.run("--json", "import", WXR).json()
    assert again["reviews"] == {"new": 0, "there": 3} and len(desk.json("review", "list")) == 3, again
    desk.ok("check")


def a_text_is_a_review_with_its_thread(folder):
    desk = Desk(folder)
    assert "1 review came in" in desk.ok("import", desk.write("night.txt", REVIEW)).out
    review = desk.json("review", "list")[0]
    assert review["grade"] == "A-" and review["status"] == "draft", review


def it_goes_into_the_blog_that_is_named(folder):
    desk = Desk(folder)
    os.makedirs(os.path.join(folder, "other"))
    desk.ok("blog", "add", "Other", "--provider", "folder", "--url", "file://" + os.path.join(folder, "other"))
    desk.run("import", WXR, "--into", "Other")
    assert {review["blog"] for review in desk.json("review", "list")} == {"Other"}
    desk.fails("import", WXR, "--into", "Nowhere")
    desk.fails("import", WXR)


def a_folder_of_pages_goes_out_to_a_folder(folder):
    desk = Desk(folder)
    desk.run("import", os.path.join(DATA, "site"))
    desk.ok("sync")
    desk.ok("sync")
    assert len(desk.json("review", "list")) == 5
    assert desk.json("outbox", "list") == []
    posts = [name for _, _, names in os.walk(desk.blog) for name in names]
    assert any("night-ferry" in name for name in posts), posts
    assert desk.run("--json", "import", os.path.join(DATA, "site")).json()["reviews"] == {"new": 0, "there": 5}


def stopped_by_the_keyboard_it_goes_on(folder):
    desk = Desk(folder)
    item = ("<item><title>T%d</title><wp:post_id>%d</wp:post_id><wp:post_type>post</wp:post_type>"
            "<content:encoded><![CDATA[" + "<p>word word</p>" * 200 + "]]></content:encoded></item>\n")
    path = desk.write("big.xml", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' "
                      "xmlns:wp='http://wordpress.org/export/1.2/'><channel>" +
                      "".join(item % (i, i) for i in range(1, 4001)) + "</channel></rss>")
    process = subprocess.Popen([BALCONYCTL, "--data-dir", desk.data, "--json", "import", path], stdout=subprocess.PIPE,
                               text=True)
    deadline = time.monotonic() + 300
    while not desk.json("review", "list", "--limit", "1") and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out = process.communicate(timeout=300)[0]
    first = 4000
    if process.returncode == 1:
        report = json.loads(out)
        assert report["stopped"], report
        first = report["reviews"]["new"]
        assert 0 < first <= 4000, report    # the last batch may be on its way already
    rest = desk.json("import", path)
    assert rest["reviews"] == {"new": 4000 - first, "there": first}, rest


def an_import_is_taken_back(folder):
    desk = Desk(folder)
    desk.fails("import", "--undo")
    desk.fails("import", WXR, "--undo", status=2)
    desk.fails("import", status=2)
    desk.run("import", WXR)
    reviews = desk.json("review", "list")
    desk.ok("review", "edit", str(reviews[0]["id"]), "--title", "Mine now")
    report = desk.json("import", "--undo")
    assert report["file"] == "small.wxr.xml" and report["taken_back"]["reviews"] == 2, report
    assert report["kept"] == {"reviews": 1, "comments": 0}, report
    assert [review["title"] for review in desk.json("review", "list")] == ["Mine now"]
    desk.fails("import", "--undo")
    desk.ok("check")


def what_is_nothing_says_so(folder):
    desk = Desk(folder)
    desk.fails("import", desk.write("x.bin", b"\0\1\2"))
    desk.fails("import", os.path.join(folder, "missing.xml"))
    desk.fails("import", desk.write("empty.xml", b""))


run([an_import_is_taken_back, a_preview_writes_nothing, what_is_left_out_is_listed_and_status_3, a_text_is_a_review_with_its_thread,
     it_goes_into_the_blog_that_is_named, a_folder_of_pages_goes_out_to_a_folder, stopped_by_the_keyboard_it_goes_on,
     what_is_nothing_says_so])
