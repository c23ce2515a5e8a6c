# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports from the command line: what is written, the report, the statuses."""
import json
import os
import signal
import subprocess
import time

from cli_test import BALCONYCTL, Desk, run

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "exchange", "data")
ALL = os.path.join(DATA, "everything.json")
WXR = os.path.join(DATA, "small.wxr.xml")


def everything_is_written_and_comes_in_again(folder):
    desk = Desk(folder)
    desk.run("import", ALL)
    target = os.path.join(folder, "out.json")
    report = desk.json("export", target, "--format", "json")
    assert (report["format"], report["reviews"], report["comments"], report["pictures"]) == ("json", 1, 2, 1), report
    assert report["left_out"] == report["changed"] == 0 and report["notes"] == [], report
    with open(target, encoding="utf-8") as f:
        written = json.load(f)
    assert written["format"] == "balcony" and written["version"] == 2, written
    kinds = [item["type"] for item in written["items"]]
    assert kinds == ["person", "saved_reply", "filter", "spam_memory", "picture", "review", "comment", "comment", "place"], kinds
    os.makedirs(os.path.join(folder, "second"))
    second = Desk(os.path.join(folder, "second"))
    assert "1 review came in" in second.ok("import", target).out
    shown = second.json("review", "show", "1")
    assert shown["html"].startswith("<p>A ferry never lands.</p>\n<p><img src=\"media:1\">"), shown


def posts(desk):
    return sorted(name for _, _, names in os.walk(desk.blog) for name in names if name.endswith(".html"))


def what_waits_is_sent_once_by_whoever_sends_it(folder):
    desk = Desk(folder)
    desk.ok("import", ALL)
    desk.ok("sync")
    desk.ok("review", "edit", "1", "--title", "Edited before the move")
    desk.run("import", WXR)
    waiting = [(item["op"], item["entity"], item["label"]) for item in desk.json("outbox", "list")]
    assert len(waiting) > 2, waiting
    target = os.path.join(folder, "out.json")
    desk.ok("export", target, "--format", "json")

    os.makedirs(os.path.join(folder, "second"))
    second = Desk(os.path.join(folder, "second"), blog=False)
    preview = second.json("import", target, "--whole", "--preview")
    report = second.json("import", target, "--whole")
    assert (report["reviews"], report["comments"]) == (preview["reviews"], preview["comments"]), (preview, report)
    assert report["skipped"] == report["repaired"] == report["kept"] == 0, report
    assert [(item["op"], item["entity"], item["label"]) for item in second.json("outbox", "list")] == waiting

    # What is new waits for a person, as a blog may not tell whether it has it; the rest is compared and done.
    before = posts(desk)
    second.run("sync")
    left = second.json("outbox", "list")
    assert left and all(item["op"] == "create" and item["state"] == "parked" for item in left), left
    assert "Look at your blog" in left[0]["error"], left
    assert posts(desk) == before

    # The store that it is from sends all of it; here it is tried again.
    desk.ok("sync")
    sent = [(item["title"], item["status"]) for item in desk.json("review", "list")]
    n_comments = len(desk.json("comment", "list"))
    assert len(posts(desk)) > len(before)
    second.ok("outbox", "retry")
    second.ok("sync")
    assert second.json("outbox", "list") == []
    assert second.json("conflict", "list") == []
    assert sorted((item["title"], item["status"]) for item in second.json("review", "list")) == sorted(sent)
    desk.ok("sync")
    assert [(item["title"], item["status"]) for item in desk.json("review", "list")] == sent
    assert len(desk.json("comment", "list")) == len(second.json("comment", "list")) == n_comments


def what_members_read_is_marked_and_not_published(folder):
    desk = Desk(folder)
    desk.ok("import", ALL)
    target = os.path.join(folder, "out.json")
    desk.ok("export", target, "--format", "json")
    with open(target, encoding="utf-8") as f:
        written = json.load(f)
    review, = [item for item in written["items"] if item["type"] == "review"]
    assert "audience" not in review and desk.json("review", "show", "1")["audience"] == "everyone"
    review.update(audience="members", status="published")
    with open(target, "w", encoding="utf-8") as f:
        json.dump(written, f)

    os.makedirs(os.path.join(folder, "second"))
    second = Desk(os.path.join(folder, "second"), blog=False)
    second.ok("import", target, "--whole")
    assert second.json("review", "list")[0]["audience"] == "members"
    assert "  members" in second.ok("review", "list").out and "  members" in second.ok("review", "show", "1").out
    report = second.run("--json", "export", os.path.join(folder, "site"), "--format", "html").json()
    assert (report["reviews"], report["left_out"]) == (0, 1), report
    assert "Not everyone may read it" in report["notes"][0]["reason"], report


def a_blog_that_is_here_is_not_made_anew(folder):
    desk = Desk(folder)
    desk.ok("import", ALL)
    desk.ok("sync")
    desk.run("import", WXR)
    target = os.path.join(folder, "out.json")
    desk.ok("export", target, "--format", "json")
    before = desk.json("review", "list"), desk.json("comment", "list"), desk.json("outbox", "list")
    assert "is here already" in desk.fails("import", target, "--whole")
    report = desk.json("import", target)
    assert report["reviews"]["new"] == report["comments"]["new"] == report["others"] == 0, report
    assert (desk.json("review", "list"), desk.json("comment", "list"), desk.json("outbox", "list")) == before
    assert "made anew" in desk.fails("import", target, "--whole", "--send", status=2)


def a_file_of_an_earlier_version_makes_no_blog_anew(folder):
    desk = Desk(folder, blog=False)
    assert "earlier version" in desk.fails("import", ALL, "--whole")
    assert desk.json("blog", "list") == []
    assert "" != desk.fails("import", WXR, "--whole")


def what_a_format_can_not_hold_is_told_and_status_3(folder):
    desk = Desk(folder)
    desk.run("import", WXR)
    done = desk.run("--json", "export", os.path.join(folder, "out.xml"), "--format", "atom")
    assert done.status == 3, done.err
    report = done.json()
    assert report["left_out"] == 1 and report["comments"] == 2, report
    assert [n["name"] for n in report["notes"] if n["kind"] == "left-out"] == ["Pills: Buy"], report


def nothing_is_overwritten(folder):
    desk = Desk(folder)
    path = desk.write("mine.txt", "mine")
    assert "is there already" in desk.fails("export", path, "--format", "json")
    with open(path, encoding="utf-8") as f:
        assert f.read() == "mine"
    assert "no folder" in desk.fails("export", os.path.join(folder, "none", "out.json"), "--format", "json")


def the_format_must_be_said(folder):
    desk = Desk(folder)
    assert "--format" in desk.fails("export", os.path.join(folder, "out"), status=2)
    assert "no format" in desk.fails("export", os.path.join(folder, "out"), "--format", "stone", status=2)
    assert not os.path.exists(os.path.join(folder, "out"))


def an_interrupted_export_leaves_nothing(folder):
    desk = Desk(folder)
    items = [{"type": "review", "key": str(n), "title": f"T{n}", "html": "<p>" + "long " * 2000 + "</p>"} for n in range(500)]
    desk.ok("import", desk.write("in.json", json.dumps({"format": "balcony", "items": items})))
    before = sorted(os.listdir(folder))
    with subprocess.Popen([BALCONYCTL, "--data-dir", desk.data, "export", os.path.join(folder, "out.json"), "--format", "json"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline and sorted(os.listdir(folder)) == before:
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        process.communicate()
    if process.returncode == 0:
        return "it was done before"
    assert sorted(os.listdir(folder)) == before, os.listdir(folder)
    return None


run([everything_is_written_and_comes_in_again, what_a_format_can_not_hold_is_told_and_status_3, nothing_is_overwritten,
     the_format_must_be_said, an_interrupted_export_leaves_nothing, what_waits_is_sent_once_by_whoever_sends_it,
     what_members_read_is_marked_and_not_published, a_blog_that_is_here_is_not_made_anew, a_file_of_an_earlier_version_makes_no_blog_anew])
