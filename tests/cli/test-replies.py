#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers, saved ones, edits and their history as a script meets them."""
from cli_test import Desk, run

TEXT = "Late Shows: Night Ferry\n\nA ferry never lands.\n\nGrade: A-\n\n  1. I liked it.\n\n  2. So did I.\n\n"


def desk_with_comments(folder):
    desk = Desk(folder)
    desk.ok("import", desk.write("review.txt", TEXT))
    comments = sorted(desk.json("comment", "list"), key=lambda comment: comment["id"])
    assert len(comments) == 2, comments
    return desk, str(comments[0]["id"]), str(comments[1]["id"])


def saved_replies_are_added_edited_moved_and_removed(folder):
    desk = Desk(folder)
    desk.ok("snippet", "add", "Thanks", "Thank you, {name}!\n\nSee you.")
    desk.ok("snippet", "add", "Sorry", "--html", desk.write("sorry.html", "I am <b>sorry</b>."))
    assert [s["name"] for s in desk.json("snippet", "list")] == ["Thanks", "Sorry"]
    assert desk.json("snippet", "show", "THANKS")["text"] == "Thank you, {name}!\n\nSee you."
    desk.ok("snippet", "edit", "sorry", "--name", "Apology")
    assert desk.json("snippet", "show", "apology")["html"] == "I am <b>sorry</b>."
    desk.ok("snippet", "edit", "Apology", "Sorry!")
    desk.ok("snippet", "move", "Apology", "1")
    assert [s["name"] for s in desk.json("snippet", "list")] == ["Apology", "Thanks"]
    assert desk.run("snippet", "add", "thanks", "Again").status == 1
    assert desk.run("snippet", "add", "Nothing").status == 2
    assert desk.run("snippet", "remove", "None").status == 1
    assert "Sorry!" in desk.ok("snippet", "remove", "Apology").out
    assert [s["name"] for s in desk.json("snippet", "list")] == ["Thanks"]


def a_saved_reply_is_filled_and_sent(folder):
    desk, first, _ = desk_with_comments(folder)
    desk.ok("snippet", "add", "Thanks", "Thank you for “{film}”, {other}, & <you>.")
    reply = desk.json("comment", "reply", first, "--snippet", "thanks")
    assert reply["text"] == "Thank you for “Night Ferry”, {other}, & <you>.", reply
    assert reply["parent_id"] == int(first) and reply["sync"] == "queued", reply
    assert desk.run("comment", "reply", first).status == 2
    assert desk.run("comment", "reply", first, "Text", "--snippet", "Thanks").status == 2
    html = desk.json("comment", "reply", first, "--html", desk.write("r.html", "<em>Yes</em> &amp; no"))
    assert html["html"] == "<em>Yes</em> &amp; no" and html["text"] == "Yes & no", html


def an_edit_keeps_the_original_and_goes_back(folder):
    desk, first, second = desk_with_comments(folder)
    before = desk.json("comment", "show", first)
    edited = desk.json("comment", "edit", first, "--html", desk.write("e.html", "I <b>loved</b> it."))
    assert edited["edited"] and not before["edited"] and edited["html"] == "I <b>loved</b> it.", edited
    versions = desk.json("comment", "history", first)
    assert [v["html"] for v in versions] == [before["html"]] and versions[0]["kind"] == "edit", versions
    number = str(versions[0]["id"])
    assert desk.ok("comment", "history", first, "--show", number).out == before["html"]
    back = desk.json("comment", "restore-version", first, number)
    assert back["html"] == before["html"] and not back["edited"], back
    assert desk.run("comment", "restore-version", second, number).status == 1
    assert len(desk.json("comment", "history", first)) == 2
    assert desk.json("comment", "history", second) == [] and desk.json("comment", "drafts") == []


run([saved_replies_are_added_edited_moved_and_removed, a_saved_reply_is_filled_and_sent,
     an_edit_keeps_the_original_and_goes_back])
