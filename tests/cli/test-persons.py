#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commenters as a script meets them."""
import glob
import json
import os

from cli_test import Desk, run

ANN = {"author": "Ann Lee", "email": "ann@mail.example", "url": "https://ann.example"}


def comment(i, status, **who):
    return {"id": f"c{i}", "status": status, "created": f"2024-05-{i + 1:02}T10:00:00Z", "html": f"<p>Thought {i}.</p>", **who}


class Persons(Desk):
    def __init__(self, folder):
        super().__init__(folder)
        path = self.write("review.txt", "Night Ferry\n\nA slow ferry.\n\nGrade: B\n")
        self.ok("review", "publish", str(self.json("review", "new", path)["id"]))
        self.ok("sync")
        self.comments = [comment(0, "approved", **ANN), comment(1, "spam", author="ANN", email=" Ann@Mail.Example "),
                         comment(2, "pending", **ANN), comment(3, "pending", author="Pip"),
                         comment(4, "pending", author="Anonymous"), comment(5, "trash", author="Pip\u001b[31m")]
        self.receive()

    def receive(self):
        [post] = glob.glob(os.path.join(self.blog, "posts", "*.html"))
        with open(post[:-len(".html")] + ".comments.json", "w", encoding="utf-8") as f:
            json.dump(self.comments, f)
        return self.json("sync", "--pull-only")

    def comment_by(self, author):
        for status in ("pending", "approved", "spam", "trash"):
            for found in self.json("comment", "list", "--status", status):
                if found["author"] == author:
                    return str(found["id"])

    def who(self, search):
        [person] = self.json("person", "list", "--search", search)
        return person


def they_are_listed_and_shown(folder):
    desk = Persons(folder)
    assert len(desk.json("person", "list")) == 3
    assert len(desk.json("person", "list", "--limit", "1")) == 1
    ann = desk.who("ann@mail")
    assert ann["id"].startswith("p") and ann["trust"] == "neutral" and ann["note"] is None, ann
    shown = desk.json("person", "show", ann["id"])
    assert shown["figures"] == {"pending": 1, "approved": 1, "spam": 1, "trash": 0, "approval_rate": 0.5, "spam_rate": 0.5,
                                "first_seen": "2024-05-01T10:00:00Z", "last_seen": "2024-05-03T10:00:00Z"}, shown
    assert [c["text"] for c in shown["comments"]] == ["Thought 2.", "Thought 1.", "Thought 0."], shown
    assert desk.json("person", "show", desk.comment_by("Ann Lee"))["id"] == ann["id"]
    words = desk.ok("person", "show", ann["id"]).out
    assert "Approved: 1, waiting: 1, spam: 1" in words and "ann@mail.example" in words, words
    assert "\x1b" not in desk.ok("person", "list").out


def who_is_not_known_is_said(folder):
    desk = Persons(folder)
    assert "anonymous" in desk.fails("person", "show", desk.comment_by("Anonymous"))
    desk.fails("person", "show", "p999")
    desk.fails("person", "show", "999")
    for wrong in ("px", "p", "-1", "", "p-1"):
        desk.fails("person", "show", wrong, status=2)
    desk.fails("person", "list", "--trusted", "--blocked", status=2)
    desk.fails("person", "split", desk.comment_by("Pip"), status=2)


def what_is_decided_is_kept(folder):
    desk = Persons(folder)
    ann = desk.who("ann@mail")["id"]
    assert desk.json("person", "note", ann, "Met in May")["note"] == "Met in May"
    assert [p["id"] for p in desk.json("person", "list", "--noted")] == [ann]
    assert desk.json("person", "note", ann, "")["note"] is None

    # One of her comments waits for what was said of her.
    assert desk.run("person", "trust", ann).status == 3
    assert [p["id"] for p in desk.json("person", "list", "--trusted")] == [ann]
    assert desk.json("person", "trust", ann, "--approve", "--automatic")["approves_automatically"]
    assert len(desk.json("outbox", "list")) == 1
    assert desk.json("person", "neutral", ann)["trust"] == "neutral"
    assert desk.json("person", "list", "--trusted") == []
    assert desk.json("person", "block", desk.comment_by("Pip"), "--trash")["figures"]["trash"] >= 1
    assert len(desk.json("person", "list", "--blocked")) == 1


def what_arrives_is_treated_as_was_wished(folder):
    desk = Persons(folder)
    desk.ok("person", "trust", desk.who("ann@mail")["id"], "--automatic", "--approve")
    desk.ok("person", "block", desk.comment_by("Pip"), "--trash")
    before = len(desk.json("outbox", "list"))
    desk.comments[2]["status"] = "approved"
    desk.comments += [comment(6, "pending", **ANN), comment(7, "pending", author="Pip"), comment(8, "pending", author="Zoe")]
    told = desk.receive()
    assert (told["approved_by_trust"], told["trashed_by_block"]) == (1, 1), told
    labels = [item["label"] for item in desk.json("outbox", "list")]
    assert "Approve the comment by Ann Lee, whom you trust" in labels, labels
    assert "Move the comment by Pip, whom you blocked, to the trash" in labels, labels
    assert len(labels) <= before + 2
    desk.ok("sync")
    [post] = glob.glob(os.path.join(desk.blog, "posts", "*.comments.json"))
    with open(post, encoding="utf-8") as f:
        there = {c["id"]: c["status"] for c in json.load(f)}
    assert (there["c6"], there["c7"], there["c8"]) == ("approved", "trash", "pending"), there


def names_are_merged_and_split(folder):
    desk = Persons(folder)
    ann, pip = desk.who("ann@mail")["id"], desk.comment_by("Pip")
    merged = desk.json("person", "merge", ann, pip)
    assert len(merged["names"]) == 2 and merged["figures"]["pending"] == 2, merged
    assert ann in [p["id"] for p in desk.json("person", "list", "--search", "pip")]
    desk.fails("person", "merge", ann, pip)
    split = desk.json("person", "split", merged["names"][1]["id"])
    assert len(split["names"]) == 1 and split["name"] == "Pip", split
    desk.fails("person", "split", split["id"])


def nothing_of_it_reaches_the_blog(folder):
    desk = Persons(folder)
    desk.ok("person", "note", desk.who("ann@mail")["id"], "Secretly a critic")
    desk.ok("sync")
    for path in glob.glob(os.path.join(desk.blog, "**"), recursive=True):
        if os.path.isfile(path):
            with open(path, "rb") as f:
                assert b"Secretly" not in f.read(), path


run([they_are_listed_and_shown, who_is_not_known_is_said, what_is_decided_is_kept, what_arrives_is_treated_as_was_wished,
     names_are_merged_and_split, nothing_of_it_reaches_the_blog])
