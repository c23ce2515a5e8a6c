#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job by the command line, on a blog that is a folder."""
import os
import sqlite3

from cli_test import Desk, REVIEW, run


def written(folder, **options):
    desk = Desk(folder)
    review = desk.json("review", "new", desk.write("ferry.txt", REVIEW), **options)
    return desk, review


def a_text_becomes_a_review_with_fields_and_thread(folder):
    desk, review = written(folder)
    assert review["title"] == "Late Shows: Night Ferry"
    assert (review["series"], review["film"], review["grade"]) == ("Late Shows", "Night Ferry", "A-")
    assert review["watched_on"] == "a festival screener"
    assert (review["quote"], review["quote_character"], review["quote_actor"]) == (
        "Nobody swims home.", "Captain", "Ada Quill")
    assert (review["status"], review["sync"], review["remote_id"]) == ("draft", "queued", None)
    assert review["comment_count"] == 3 and review["blog"] == "Home"
    thread = desk.json("comment", "list", "--review", str(review["id"]))
    assert [(c["number"], c["depth"], c["text"]) for c in thread] == [
        ("1", 0, "First thought."), ("1.1", 1, "An answer."), ("2", 0, "Second thought.")]
    assert thread[1]["parent_id"] == thread[0]["id"] and thread[0]["parent_id"] is None
    assert thread[0]["author"] == "Anonymous" and thread[1]["author"] != "Anonymous"


def what_was_written_comes_back_equal_from_the_blog(folder):
    desk, review = written(folder)
    desk.ok("review", "publish", str(review["id"]))
    result = desk.json("sync")
    assert result["reviews_sent"] == 1 and result["comments_sent"] == 3, result
    sent = desk.json("review", "show", str(review["id"]))
    assert sent["sync"] == "clean" and sent["remote_id"] and sent["status"] == "published"
    other = Desk(folder, blog=False)
    other.data = os.path.join(folder, "other")
    other.ok("blog", "add", "Same", "--provider", "folder", "--url", desk.blog)
    other.ok("sync")
    [pulled] = other.json("review", "list")
    same = ("title", "series", "film", "grade", "watched_on", "quote", "quote_character", "quote_actor", "html",
            "status", "labels", "comment_count")
    assert {k: pulled[k] for k in same} == {k: sent[k] for k in same}
    mine, theirs = (d.json("comment", "list", "--review", str(r["id"])) for d, r in ((desk, sent), (other, pulled)))
    same = ("number", "depth", "author", "status", "text", "html")
    assert [{k: c[k] for k in same} for c in mine] == [{k: c[k] for k in same} for c in theirs]


def an_edit_changes_only_what_it_says(folder):
    desk, review = written(folder)
    number = str(review["id"])
    edited = desk.json("review", "edit", number, "--grade", "B+", "--label", "drama", "--label", "sea")
    assert edited["grade"] == "B+" and edited["labels"] == ["drama", "sea"]
    assert edited["html"] == review["html"].replace("Grade: A-", "Grade: B+")
    edited = desk.json("review", "edit", number, "--series", "Early Shows")
    assert edited["title"] == "Early Shows: Night Ferry" and edited["film"] == "Night Ferry"
    edited = desk.json("review", "edit", number, "--title", "Early Shows: Day Ferry", "--series", "Early Shows")
    assert edited["title"] == "Early Shows: Day Ferry"
    edited = desk.json("review", "edit", number, "--body", desk.write("b.html", "<p>All <b>new</b>.</p>"))
    assert "<p>All <b>new</b>.</p>" in edited["html"] and edited["grade"] == "B+"
    history = desk.json("review", "history", number)
    assert any("Grade: A-" in (entry["html"] or "") for entry in history)


def moderation_and_replies_reach_the_blog(folder):
    desk, review = written(folder)
    desk.ok("review", "publish", str(review["id"]))
    desk.ok("sync")
    first, _, second = desk.json("comment", "list", "--review", str(review["id"]))
    reply = desk.json("comment", "reply", str(second["id"]), "So it is.")
    assert reply["number"] == "2.1" and reply["parent_id"] == second["id"] and reply["mine"]
    desk.ok("comment", "spam", str(first["id"]))
    desk.ok("sync")
    other = Desk(folder, blog=False)
    other.data = os.path.join(folder, "other")
    other.ok("blog", "add", "Same", "--provider", "folder", "--url", desk.blog)
    other.ok("sync")
    assert [c["text"] for c in other.json("comment", "list", "--status", "spam")] == ["First thought."]
    assert "So it is." in [c["text"] for c in other.json("comment", "list")]
    [spam] = other.json("comment", "list", "--status", "spam")
    other.ok("comment", "restore", str(spam["id"]))
    other.ok("sync")
    desk.ok("sync")
    # What it was before was never told to the other desk: it waits for a decision.
    assert desk.json("comment", "show", str(first["id"]))["status"] == "pending"


def unanswered_are_those_without_the_last_word(folder):
    desk, review = written(folder)
    unanswered = desk.json("comment", "list", "--unanswered")
    assert [c["text"] for c in unanswered] == ["Second thought."]
    desk.ok("comment", "reply", str(unanswered[0]["id"]), "Done")
    assert desk.json("comment", "list", "--unanswered") == []
    [mine] = [c for c in desk.json("comment", "list", "--mine") if c["text"] == "Done"]
    assert mine["mine"] and desk.json("stats")["mine"] == len(desk.json("comment", "list", "--mine"))
    assert desk.json("stats")["unanswered"] == 0 and review["comment_count"] == 3


def what_needs_no_reply_is_not_unanswered(folder):
    desk, _ = written(folder)
    [comment] = desk.json("comment", "list", "--unanswered")
    desk.ok("comment", "dismiss", str(comment["id"]))
    assert desk.json("comment", "list", "--unanswered") == []
    shown = desk.json("comment", "show", str(comment["id"]))
    assert shown["dismissed"] and not shown["unanswered"]
    desk.ok("comment", "undismiss", str(comment["id"]))
    assert desk.json("stats")["unanswered"] == 1


def a_trashed_review_comes_back(folder):
    desk, review = written(folder)
    number = str(review["id"])
    desk.ok("review", "publish", number)
    desk.ok("sync")
    desk.ok("review", "trash", number)
    desk.ok("sync")
    assert desk.json("review", "list") == []
    assert [r["id"] for r in desk.json("review", "list", "--status", "trash")] == [review["id"]]
    assert desk.json("review", "restore", number)["status"] == "published"
    desk.ok("sync")
    assert desk.json("review", "show", number)["sync"] == "clean"


def a_change_made_elsewhere_arrives(folder):
    desk, review = written(folder)
    desk.ok("review", "publish", str(review["id"]))
    desk.ok("sync")
    [post] = [os.path.join(top, name) for top, _, names in os.walk(desk.blog) for name in names
              if name.endswith(".html") and os.sep + "posts" in top]
    with open(post, encoding="utf-8") as f:
        text = f.read()
    with open(post, "w", encoding="utf-8") as f:
        f.write(text.replace("Grade: A-", "Grade: D"))
    desk.ok("sync")
    assert desk.json("review", "show", str(review["id"]))["grade"] == "D"


def both_sides_changed_is_a_conflict_that_keeps_both(folder):
    desk, review = written(folder)
    number = str(review["id"])
    desk.ok("review", "publish", number)
    desk.ok("sync")
    [post] = [os.path.join(top, name) for top, _, names in os.walk(desk.blog) for name in names
              if name.endswith(".html") and os.sep + "posts" in top]
    with open(post, encoding="utf-8") as f:
        text = f.read()
    with open(post, "w", encoding="utf-8") as f:
        f.write(text.replace("never lands", "always lands"))
    desk.ok("review", "edit", number, "--body", desk.write("b.html", "<p>Mine.</p>"))
    result = desk.run("--json", "sync")
    assert result.status == 3 and result.json()["conflicts"] == 1, result.out + result.err
    [conflict] = desk.json("conflict", "list")
    both = desk.json("conflict", "show", str(conflict["id"]))
    assert "Mine." in both["mine"]["html"] and "always lands" in both["theirs"]["html"]
    desk.ok("conflict", "resolve", str(conflict["id"]), "theirs")
    assert "always lands" in desk.json("review", "show", number)["html"]
    assert any("Mine." in (entry["html"] or "") for entry in desk.json("review", "history", number))
    assert desk.ok("sync").status == 0


def a_conflict_is_shown_and_resolved_point_by_point(folder):
    desk, review = written(folder)
    number = str(review["id"])
    desk.ok("review", "edit", number, "--body", desk.write("a.html", "<p>One sea.</p>\n<p>Two.</p>\n<p>Three.</p>"))
    desk.ok("review", "publish", number)
    desk.ok("sync")
    [post] = [os.path.join(top, name) for top, _, names in os.walk(desk.blog) for name in names
              if name.endswith(".html") and os.sep + "posts" in top]
    with open(post, encoding="utf-8") as f:
        text = f.read()
    with open(post, "w", encoding="utf-8") as f:
        f.write(text.replace("One sea", "One pond").replace("Two.", "Two ships.").replace("Three.", "Three dogs."))
    desk.ok("review", "edit", number, "--body",
            desk.write("b.html", "<p>One lake.</p>\n<p>Two.</p>\n<p>Three cats.</p>"))
    assert desk.run("sync").status == 3
    [conflict] = desk.json("conflict", "list")
    ident = str(conflict["id"])
    points = desk.json("conflict", "show", ident)["points"]
    assert [(p["number"], p["field"], p["base"], p["mine"], p["theirs"]) for p in points] == [
        (1, "text", "One sea.", "One lake.", "One pond."), (2, "text", "Three.", "Three cats.", "Three dogs.")], points
    shown = desk.ok("conflict", "show", ident).out
    assert "[-lake-]" in shown and "{+pond+}" in shown and "Two" not in shown, shown
    for wrong in (["1=mine"], ["1=mine", "3=theirs"], ["1=ours", "2=mine"], ["title=mine"]):
        assert desk.run("conflict", "resolve", ident, *wrong).status == 2, wrong
    assert len(desk.json("conflict", "list")) == 1
    desk.ok("conflict", "resolve", ident, "1=mine", "2=theirs")
    assert desk.json("conflict", "list") == []
    assert "<p>One lake.</p>\n<p>Two ships.</p>\n<p>Three dogs.</p>" in desk.json("review", "show", number)["html"]
    kept = [entry["html"] or "" for entry in desk.json("review", "history", number) if entry["kind"] == "conflict"]
    assert len(kept) == 2 and any("cats" in html for html in kept) and any("pond" in html for html in kept)
    assert desk.ok("sync").status == 0
    with open(post, encoding="utf-8") as f:
        assert "One lake" in f.read()


def search_finds_words_in_reviews_and_comments(folder):
    desk, review = written(folder)
    assert [r["id"] for r in desk.json("search", "ferr")] == [review["id"]]
    assert desk.json("search", "submarine") == []
    assert len(desk.json("search", "--comments", "thought")) == 2


def a_backup_restores_everything(folder):
    desk, review = written(folder)
    copy = os.path.join(folder, "copy.db")
    desk.ok("backup", copy)
    desk.ok("review", "edit", str(review["id"]), "--title", "Other")
    desk.ok("check")
    desk.ok("restore", copy)
    assert desk.json("review", "show", str(review["id"]))["title"] == "Late Shows: Night Ferry"


def a_backup_has_the_pictures(folder):
    desk, review = written(folder)
    copy = os.path.join(folder, "copy.db")
    desk.ok("review", "image", str(review["id"]), desk.write("still.png", b"\x89PNG\r\n\x1a\nstill"))
    desk.ok("backup", copy)
    media = os.path.join(desk.data, "media")
    [name] = os.listdir(media)
    os.unlink(os.path.join(media, name))
    assert "still.png" in desk.fails("check")
    desk.ok("restore", copy)
    assert os.listdir(media) == [name]
    desk.ok("check")


def the_outbox_tells_what_waits_and_can_be_emptied(folder):
    desk, review = written(folder)
    waiting = desk.json("outbox", "list")
    assert {item["op"] for item in waiting} == {"create"} and len(waiting) == 4
    desk.ok("review", "publish", str(review["id"]))
    desk.ok("sync")
    assert desk.json("outbox", "list") == []
    desk.ok("review", "edit", str(review["id"]), "--grade", "F")
    [item] = desk.json("outbox", "list")
    assert (item["entity"], item["op"], item["state"]) == ("review", "update", "pending")
    desk.ok("outbox", "discard", str(item["id"]))
    assert desk.json("review", "show", str(review["id"]))["grade"] == "A-"


def an_act_that_has_not_left_is_taken_back_alone(folder):
    desk, review = written(folder)
    number = str(review["id"])
    desk.ok("review", "publish", number)
    desk.ok("sync")
    desk.ok("review", "edit", number, "--grade", "F")
    desk.ok("review", "trash", number)
    [item] = desk.json("outbox", "list")
    assert item["label"] == "Move “Late Shows: Night Ferry” to the trash"
    [item] = desk.json("outbox", "undo", str(item["id"]))
    assert item["label"] == "Changes to “Late Shows: Night Ferry”"
    shown = desk.json("review", "show", number)
    assert (shown["status"], shown["grade"]) == ("published", "F")
    assert desk.json("outbox", "undo", str(item["id"])) == []
    assert desk.json("review", "show", number)["grade"] == "A-"
    assert desk.run("outbox", "undo", str(item["id"])).status == 1


def what_was_sent_is_not_taken_back(folder):
    desk, review = written(folder)
    number = str(review["id"])
    desk.ok("review", "publish", number)
    desk.ok("sync")
    desk.ok("review", "edit", number, "--grade", "F")
    [item] = desk.json("outbox", "list")
    with sqlite3.connect(os.path.join(desk.data, "balcony.db")) as db:
        db.execute("UPDATE outbox SET state = 2, attempts = 1")
    db.close()
    result = desk.run("outbox", "undo", str(item["id"]))
    assert result.status == 1 and "sent to the blog already" in result.err, (result.status, result.err)
    assert desk.json("review", "show", number)["grade"] == "F"


def a_conflict_with_a_deletion_has_one_side(folder):
    desk, review = written(folder)
    with sqlite3.connect(os.path.join(desk.data, "balcony.db")) as db:
        db.execute("INSERT INTO conflict (blog_id, entity, entity_id, created, what, is_gone, status, published,"
                   " updated) VALUES (1, 1, ?, 1, 'html', 1, 0, 0, 0)", (review["id"],))
    db.close()
    result = desk.ok("--json", "conflict", "show", "1")
    assert result.json()["theirs"] is None and result.json()["mine"]["id"] == review["id"] and result.err == ""
    assert "CRITICAL" not in desk.ok("conflict", "show", "1").err


def what_a_conflict_or_a_discard_takes_back_stays_in_the_history(folder):
    desk, review = written(folder)
    number = str(review["id"])
    desk.ok("review", "publish", number)
    desk.ok("sync")
    desk.ok("review", "edit", number, "--excerpt", "A ferry, told slowly.", "--label", "sea", "--label", "night")
    [item] = desk.json("outbox", "list")
    desk.ok("outbox", "discard", str(item["id"]))
    assert desk.json("review", "show", number)["excerpt"] is None
    newest = desk.json("review", "history", number)[0]
    assert newest["excerpt"] == "A ferry, told slowly." and newest["labels"] == ["sea", "night"]


def an_older_version_is_shown_compared_and_restored(folder):
    desk, review = written(folder)
    number = str(review["id"])
    body = desk.write("b.html", "<p>Half an \x1b[31mhour of rain.</p>")
    desk.ok("review", "edit", number, "--title", "Early Shows: Day Ferry", "--body", body, "--label", "sea")
    [first] = desk.json("review", "history", number)
    which = str(first["id"])
    assert desk.ok("review", "history", number, "--show", which).out == review["html"]
    assert desk.json("review", "history", number, "--show", which) == first
    lines = desk.ok("review", "history", number, "--diff", which).out.splitlines()
    assert lines[1] == "+ {+Early+} Shows: {+Day+} Ferry", lines
    assert "+ {+Half an [31mhour of rain+}." in lines and not any("Grade" in line for line in lines), lines
    told = desk.json("review", "history", number, "--diff", which)
    assert {"change": "added", "text": "Day"} in told["title"], told
    assert [block["change"] for block in told["blocks"]] == ["altered", "removed"], told

    restored = desk.json("review", "restore-version", number, which)
    for name in ("title", "html", "labels", "grade", "excerpt"):
        assert restored[name] == review[name], name
    newest, oldest = desk.json("review", "history", number)
    assert newest["kind"] == "restored" and "hour of rain" in newest["html"] and newest["labels"] == ["sea"]
    assert oldest == first
    assert desk.json("review", "history", number, "--diff", which)["blocks"] == []

    other = str(desk.json("review", "new", desk.write("o.txt", "<p>Other</p>"))["id"])
    for words in (("review", "history", other, "--show", which), ("review", "restore-version", other, which),
                  ("review", "history", number, "--diff", "999"), ("review", "restore-version", number, "999")):
        desk.fails(*words)
    desk.fails("review", "history", number, "--show", which, "--diff", which, status=2)
    desk.fails("review", "restore-version", number, status=2)
    assert len(desk.json("review", "history", number)) == 2


def options_and_texts_stand_anywhere(folder):
    desk, review = written(folder)
    number = str(review["id"])
    assert desk.ok("review", "show", number, "--json").json() == desk.ok("review", "--json", "show", number).json()
    for words in (["reply", "1", "--", "--json is a word"], ["reply", "--", "1", "--json is a word"],
                  ["edit", "1", "--", "--"]):
        text = desk.json("comment", *words)["text"]
        assert text == words[-1], text
    desk.ok("comment", "delete", "3", "3")
    many = [str(desk.json("comment", "reply", "1", f"Answer {i}")["id"]) for i in range(3)] * 2000
    assert len(desk.json("comment", "spam", *many)) == 3


def letters_beyond_ascii_pass_in_the_plain_locale(folder):
    desk, review = written(folder)
    plain = {"LC_ALL": "C", "LANG": "C"}
    edited = desk.json("review", "edit", str(review["id"]), "--title", "Été: Ça", "--label", "häßlich", env=plain)
    assert (edited["title"], edited["labels"]) == ("Été: Ça", ["häßlich"])
    assert "Été: Ça" in desk.ok("review", "list", env=plain).out


def a_blog_knows_its_language(folder):
    desk = Desk(folder)
    assert desk.json("blog", "show")["language"] is None
    assert desk.json("blog", "set", "Home", "--language", "de-AT")["language"] == "de_AT"
    assert desk.json("blog", "show", "Home")["language"] == "de_AT"
    assert "de_AT" in desk.ok("blog", "show").out
    desk.fails("blog", "set", "Home", "--language", "German, please", status=2)
    desk.fails("blog", "set", "Home", status=2)
    desk.fails("blog", "set", "Nowhere", "--language", "en_US")
    assert desk.json("blog", "show")["language"] == "de_AT"
    desk.ok("blog", "set", "Home", "--language", "auto")
    assert desk.json("blog", "show")["language"] is None


run([a_text_becomes_a_review_with_fields_and_thread, what_was_written_comes_back_equal_from_the_blog,
     an_edit_changes_only_what_it_says, moderation_and_replies_reach_the_blog,
     unanswered_are_those_without_the_last_word, what_needs_no_reply_is_not_unanswered,
     a_trashed_review_comes_back, a_change_made_elsewhere_arrives,
     both_sides_changed_is_a_conflict_that_keeps_both, a_conflict_is_shown_and_resolved_point_by_point,
     search_finds_words_in_reviews_and_comments,
     a_backup_restores_everything, a_backup_has_the_pictures, the_outbox_tells_what_waits_and_can_be_emptied,
     an_act_that_has_not_left_is_taken_back_alone, what_was_sent_is_not_taken_back,
     a_conflict_with_a_deletion_has_one_side, what_a_conflict_or_a_discard_takes_back_stays_in_the_history,
     an_older_version_is_shown_compared_and_restored, options_and_texts_stand_anywhere,
     letters_beyond_ascii_pass_in_the_plain_locale, a_blog_knows_its_language])
