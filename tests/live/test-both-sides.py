#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A comment that the person and the web editor of a real WordPress decide about, unseen by each other."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
PASSWORD = SITE.env["WP_APP_PASSWORD"]


class LiveDesk(Desk):
    def __init__(self, folder):
        super().__init__(folder, blog=False)
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD)
        self.ok("sync", password=PASSWORD)

    def sync(self, status=0):
        result = self.run("sync", password=PASSWORD)
        assert result.status == status, (result.status, result.out, result.err)

    def comment(self, remote_id):
        [row] = [c for c in self.json("comment", "list") if c["remote_id"] == str(remote_id)]
        return row

    def settle(self, side):
        """The one conflict that there is."""
        [conflict] = self.json("conflict", "list")
        assert self.json("conflict", "show", str(conflict["id"]))
        self.ok("conflict", "resolve", str(conflict["id"]), side)
        self.run("outbox", "retry")
        self.sync()
        assert not self.json("conflict", "list") and not self.json("outbox", "list")


def new_comment(status, text):
    post = SITE.api("GET", "posts?per_page=1&_fields=id")[0]["id"]
    return SITE.api("POST", "comments", {"post": post, "author_name": "Ann", "author_email": "ann@example.org",
                                         "content": text, "status": status})["id"]


def there(number):
    return SITE.api("GET", f"comments/{number}?context=edit")


def answers_to(number):
    return SITE.api("GET", f"comments?parent={number}&context=edit&status=any")


def reply_to_what_they_put_away(folder):
    """The reply approved the comment here, the web editor marked it as spam or put it in the trash."""
    desk = LiveDesk(folder)
    for theirs, side, outcome in (("spam", "theirs", "spam"), ("spam", "mine", "approved"), ("trash", "theirs", "trash"),
                                  ("trash", "mine", "approved")):
        text = f"Pending, then {theirs}, {side}"
        number = new_comment("hold", text)
        desk.sync()
        here = str(desk.comment(number)["id"])
        desk.ok("comment", "reply", here, f"Answer to {text}")
        SITE.api("POST", f"comments/{number}", {"status": theirs})
        desk.sync(3)
        [answer] = answers_to(number)
        assert f"Answer to {text}" in answer["content"]["raw"], answer
        desk.settle(side)
        shown = desk.json("comment", "show", here)
        assert there(number)["status"] == outcome == shown["status"], (there(number), shown)
        assert len(answers_to(number)) == 1


def text_that_both_edited(folder):
    desk = LiveDesk(folder)
    for side in ("mine", "theirs"):
        number = new_comment("approved", f"First words, {side}")
        desk.sync()
        desk.ok("comment", "edit", str(desk.comment(number)["id"]), "What I made of it")
        SITE.api("POST", f"comments/{number}", {"content": "What they made of it"})
        desk.sync(3)
        desk.settle(side)
        wanted = "What I made of it" if side == "mine" else "What they made of it"
        assert wanted in there(number)["content"]["raw"] and wanted in desk.comment(number)["text"], there(number)


def approved_here_and_deleted_there(folder):
    desk = LiveDesk(folder)
    number = new_comment("hold", "Soon gone")
    desk.sync()
    desk.ok("comment", "approve", str(desk.comment(number)["id"]))
    SITE.api("DELETE", f"comments/{number}?force=true")
    desk.sync()
    assert not desk.json("outbox", "list") and not desk.json("conflict", "list")
    assert all(c["remote_id"] != str(number) for c in desk.json("comment", "list"))


run([reply_to_what_they_put_away, text_that_both_edited, approved_here_and_deleted_there])
