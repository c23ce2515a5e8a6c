#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching comments, and searches that are kept, as a script meets them."""
import os
import sqlite3

from cli_test import Desk, run

COMMENTS = [
    # author, e-mail, text, status (0 pending … 3 trash), day
    ("Ana Müller", "ana@example.com", "A perfect mirror of its time.", 1, "2019-12-31"),
    ("Bob", None, "See https://bob.example for more.", 0, "2020-05-17"),
    ("Bob", None, "映画館で見た", 1, "2020-06-01"),
    ("Ёлкин", None, "Новогодняя ёлка", 2, "2021-03-04"),
]


def desk_with_comments(folder):
    """Comments as readers wrote them, whose texts are indexed as those of an older version would be."""
    desk = Desk(folder)
    text = "Late Shows: Night Ferry\n\nA ferry never lands.\n\nGrade: A-\n\n" + \
        "".join(f"  {i}. {text}\n\n" for i, (_, _, text, _, _) in enumerate(COMMENTS, 1))
    desk.ok("import", desk.write("review.txt", text))
    ids = sorted(comment["id"] for comment in desk.json("comment", "list"))
    with sqlite3.connect(os.path.join(desk.data, "balcony.db")) as database:
        for number, (author, mail, _, status, day) in zip(ids, COMMENTS):
            database.execute("UPDATE comment SET author = ?, author_email = ?, mine = 0, status = ?,"
                             " created = unixepoch (? || 'T12:00:00') WHERE id = ?", (author, mail, status, day, number))
        database.execute("UPDATE text_mark SET id = 0")
    database.close()
    desk.ok("stats")
    return desk, ids


def a_line_is_a_filter(folder):
    desk, (mirror, link, cinema, tree) = desk_with_comments(folder)
    for line, expected in {
            "mirr": {mirror}, "from:muller": {mirror}, "from:ana@example.com": {mirror}, "-from:bob": {mirror},
            "has:link": {link}, "from:bob -has:link": {cinema}, "status:spam": {tree}, "status:all елка": {tree},
            "before:2020": {mirror}, "after:2020-05-17 before:2020-06": {link}, "on:2020": {link, cinema},
            "映画館": {cinema}, "review:ferry is:pending": {link}, "review:nothing": set(), '"perfect mirror"': {mirror},
            '"mirror perfect"': set(), "blog:home mirror": {mirror}, "blog:elsewhere": set()}.items():
        for command in (("search", "--comments", "--", line), ("comment", "list", "--filter", line)):
            found = {comment["id"] for comment in desk.json(*command)}
            assert found == expected, (command, found, expected)
    assert "Bob" in desk.ok("search", "--comments", "has:link").out


def what_is_no_date_is_told(folder):
    desk, _ = desk_with_comments(folder)
    for wrong in ("after:soon", "before:2020-13", "on:2020-02-30", "status:foo", "has:foo", "is:foo"):
        for command in (("search", "--comments", wrong), ("comment", "list", "--filter", wrong), ("filter", "add", "x", wrong)):
            told = desk.fails(*command, status=2)
            assert wrong.split(":")[1] in told, told
    assert desk.json("filter", "list") == []


def saved_ones_are_kept(folder):
    desk, (mirror, link, *_) = desk_with_comments(folder)
    assert desk.json("filter", "list") == []
    desk.ok("filter", "add", "Links", "has:link")
    assert desk.json("filter", "add", "Ana", 'from:"ana m"') == [
        {"name": "Links", "line": "has:link"}, {"name": "Ana", "line": 'from:"ana m"'}]
    assert [comment["id"] for comment in desk.json("comment", "list", "--saved", "Links")] == [link]
    assert [comment["id"] for comment in desk.json("comment", "list", "--saved", "Ana")] == [mirror]
    assert desk.json("filter", "rename", "Ana", "Müller")[1]["name"] == "Müller"
    assert "Müller" in desk.ok("filter", "list").out and "has:link" in desk.ok("filter", "list").out
    assert [kept["name"] for kept in desk.json("filter", "remove", "Links")] == ["Müller"]

    desk.fails("filter", "add", "Müller", "x")
    desk.fails("filter", "add", "  ", "x")
    desk.fails("filter", "rename", "nobody", "x")
    desk.fails("filter", "remove", "Links")
    desk.fails("comment", "list", "--saved", "Links")
    desk.fails("comment", "list", "--saved", "Müller", "--filter", "x", status=2)
    desk.fails("filter", "add", "x", status=2)
    assert [kept["name"] for kept in desk.json("filter", "list")] == ["Müller"]


run([a_line_is_a_filter, what_is_no_date_is_told, saved_ones_are_kept])
