#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The spam help as a script meets it."""
import math
import os
import sqlite3

from cli_test import Desk, run

GOOD = ["The ending of this film surprised me.", "I liked the music in the last scene.", "The book is slower, I think."]
SPAM = ["Cheap watches, free shipping http://watches.example now!", "Free casino bonus, click http://casino.example now!",
        "Buy cheap pills now, free shipping http://pills.example"]


def taught(folder, n=24):
    """A desk with comments that were decided on, and four that wait: spam, good, spam, good."""
    desk = Desk(folder)
    lines = [text for i in range(n) for text in (SPAM[i % 3], GOOD[i % 3])] + [SPAM[0], GOOD[0], SPAM[1], GOOD[1]]
    text = "Late Shows: Night Ferry\n\nA ferry never lands.\n\nGrade: A-\n\n" + \
        "".join(f"  {i}. {line}\n\n" for i, line in enumerate(lines, 1))
    desk.ok("import", desk.write("review.txt", text))
    comments = sorted(desk.json("comment", "list"), key=lambda comment: comment["id"])
    assert len(comments) == len(lines), comments
    ids = [comment["id"] for comment in comments]
    with sqlite3.connect(os.path.join(desk.data, "balcony.db")) as database:
        # As if readers had written them, and nobody had decided yet.
        database.executescript("UPDATE comment SET mine = 0, status = 0; DELETE FROM spam_lesson; DELETE FROM spam_sign;"
                               "UPDATE spam_help SET n_spam = 0, n_good = 0")
    database.close()
    desk.ok("comment", "approve", *map(str, ids[1:2 * n:2]))
    desk.ok("comment", "spam", *map(str, ids[0:2 * n:2]))
    return desk, ids[2 * n:]


def pending_ones_have_a_score(folder):
    desk, (spam, good, spam2, good2) = taught(folder)
    scores = {comment["id"]: comment["spam_score"] for comment in desk.json("comment", "list", "--status", "pending")}
    assert min(scores[spam], scores[spam2]) > 0.9 and 0 < max(scores[good], scores[good2]) < 0.1, scores

    likely = desk.json("comment", "list", "--likely-spam")
    assert {comment["id"] for comment in likely} == {spam, spam2}, likely
    assert likely[0]["spam_score"] >= likely[1]["spam_score"]
    desk.fails("comment", "list", "--likely-spam", "--status", "approved", status=2)


def why_is_told(folder):
    desk, (spam, good, *_) = taught(folder)
    told = desk.json("comment", "explain", str(spam))
    score, total = told["spam_score"], sum(reason["weight"] for reason in told["reasons"])
    assert math.isclose(1 / (1 + math.exp(-total)), score, rel_tol=1e-9), (score, total)
    assert told["lessons"] == {"spam": 24, "good": 24} and not told["mine"] and not told["moved_by_help"]
    assert any(reason["text"] == "a link to watches.example" for reason in told["reasons"]), told

    words = desk.ok("comment", "explain", str(spam)).out
    assert "takes this for spam at 99 %" in words and "For spam:" in words, words
    words = desk.ok("comment", "explain", str(good)).out
    assert "takes this for spam at 1 %" in words and "Against it:" in words, words
    desk.fails("comment", "explain", "9999")


def little_is_said_before_much_is_learnt(folder):
    desk, (spam, *_) = taught(folder, n=4)
    assert desk.json("comment", "list", "--status", "pending")[0]["spam_score"] is None
    assert desk.json("comment", "explain", str(spam))["spam_score"] is None
    assert "still learning" in desk.ok("comment", "explain", str(spam)).out


def a_restored_one_is_unlearnt(folder):
    desk, (spam, *_) = taught(folder)
    before = desk.json("spam", "threshold")["lessons"]
    desk.ok("comment", "spam", str(spam))
    assert desk.json("spam", "threshold")["lessons"] == {"spam": before["spam"] + 1, "good": before["good"]}
    desk.ok("comment", "restore", str(spam))
    assert desk.json("spam", "threshold")["lessons"] == before


def the_threshold_is_off_until_it_is_set(folder):
    desk = Desk(folder)
    assert desk.json("spam", "threshold")["threshold"] is None
    assert "nothing by itself" in desk.ok("spam", "threshold").out
    assert desk.json("spam", "threshold", "0.99")["threshold"] == 0.99
    for wrong in ("0.5", "1", "1.5", "nan", "on", "-1", "0.99x", ""):
        desk.fails("spam", "threshold", wrong, status=2)
    assert desk.json("spam", "threshold")["threshold"] == 0.99
    assert "from 0.99 to spam" in desk.ok("spam", "threshold").out
    assert desk.json("spam", "threshold", "off")["threshold"] is None
    assert desk.json("spam", "threshold")["threshold"] is None


run([pending_ones_have_a_score, why_is_told, little_is_said_before_much_is_learnt, a_restored_one_is_unlearnt,
     the_threshold_is_off_until_it_is_set])
