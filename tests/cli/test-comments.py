#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comments from scripts: many at once, what waits for a person, counts."""
import glob
import json
import os

from cli_test import Desk, run


def filled(folder, n=5):
    """A desk with a review on the blog and comments of readers that wait."""
    desk = Desk(folder)
    review = desk.json("review", "new", desk.write("review.txt", "Night Ferry\n\nA slow ferry.\n"))
    desk.ok("review", "publish", str(review["id"]))
    desk.ok("sync")
    [post] = glob.glob(os.path.join(desk.blog, "posts", "*.html"))
    thread = post[:-len(".html")] + ".comments.json"
    with open(thread, "w", encoding="utf-8") as f:
        json.dump([{"id": f"c{i}", "author": f"Reader {i}", "status": "pending", "created": f"2024-05-01T10:00:0{i}Z",
                    "html": f"<p>Comment {i}.</p>"} for i in range(n)], f)
    desk.ok("sync")
    ids = [comment["id"] for comment in desk.json("comment", "list", "--status", "pending")]
    assert len(ids) == n
    return desk, ids, thread


def a_list_is_piped_into_a_decision(folder):
    desk, ids, _ = filled(folder)
    listed = desk.ok("comment", "list", "--status", "pending").out
    assert desk.ok("comment", "spam", "-", data=listed).out == "5 comments changed.\n"
    assert desk.json("stats")["comments"]["spam"] == 5

    # Each once, blank lines are none, and arguments may stand beside it.
    assert desk.json("comment", "restore", str(ids[0]), "-", data=f"\n  {ids[1]}  x\n{ids[0]}\n{ids[1]}\n\n") == ids[:2]
    assert desk.json("stats")["comments"] == {"pending": 2, "approved": 0, "spam": 3, "trash": 0}


def of_a_bad_list_nothing_is_done(folder):
    desk, ids, _ = filled(folder)
    desk.fails("comment", "trash", "-", data=f"{ids[0]}\nnonsense\n", status=2)
    desk.fails("comment", "trash", "-", data=f"{ids[0]}\n-1\n", status=2)
    desk.fails("comment", "trash", "-", data=f"{ids[0]}\n99999\n")
    assert desk.json("stats")["comments"]["pending"] == 5
    # Nobody has anything to decide: no failure, so that it can stand behind any list.
    assert desk.json("comment", "trash", "-", data="") == []


def ten_thousand_lines_are_one_decision(folder):
    desk, ids, _ = filled(folder)
    lines = "".join(f"{ids[i % 5]}\tsome words\n" for i in range(10000))
    assert sorted(desk.json("comment", "approve", "-", data=lines)) == sorted(ids)


def what_waits_for_a_person_is_status_3(folder):
    desk, ids, thread = filled(folder)
    reply = desk.json("comment", "reply", str(ids[0]), "Thank you.")
    desk.ok("sync")
    desk.ok("comment", "edit", str(reply["id"]), "Thank you so much.")
    with open(thread, encoding="utf-8") as f:
        comments = json.load(f)
    for comment in comments:
        if "Thank you" in comment["html"]:
            comment["html"] = "<p>Thanks, all of you.</p>"
    with open(thread, "w", encoding="utf-8") as f:
        json.dump(comments, f)
    assert desk.run("sync").status == 3
    assert len(desk.json("conflict", "list")) == 1

    result = desk.run("comment", "trash", str(reply["id"]), str(ids[1]))
    assert result.status == 3 and result.out == "2 comments changed.\n", (result.status, result.out)
    assert result.err.startswith("balconyctl: 1 of them is not sent before you decide"), result.err
    result = desk.run("--json", "comment", "edit", str(reply["id"]), "Thank you, really.")
    assert result.status == 3 and result.json()["text"] == "Thank you, really.", result.out
    # The others do not wait.
    desk.ok("comment", "approve", str(ids[2]))


def counts_tell_what_there_is_to_do(folder):
    desk, ids, _ = filled(folder)
    desk.ok("comment", "reply", str(ids[0]), "Thank you.")
    counts = dict(line.rsplit(None, 1) for line in desk.ok("stats").out.splitlines())
    assert counts["Unanswered"] == "4" and counts["Mine"] == "1" and counts["Outbox"] == "2" and counts["Conflicts"] == "0", counts
    stats = desk.json("stats")
    assert (stats["unanswered"], stats["mine"], stats["outbox"]) == (4, 1, 2), stats


run([a_list_is_piped_into_a_decision, of_a_bad_list_nothing_is_done, ten_thousand_lines_are_one_decision,
     what_waits_for_a_person_is_status_3, counts_tell_what_there_is_to_do])
