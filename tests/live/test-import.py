#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports into a real WordPress with --send: each review there once, with its status, its date and its thread."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
PASSWORD = SITE.env["WP_APP_PASSWORD"]
ITEM = """<item><title>{title}</title><wp:post_id>{id}</wp:post_id><wp:status>{status}</wp:status>
<wp:post_type>post</wp:post_type><wp:post_date_gmt>{date}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>
<content:encoded><![CDATA[<p>Words of {title}.</p>]]></content:encoded>
<category domain="post_tag" nicename="ferry">ferry</category>{comments}</item>"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>{author}</wp:comment_author>
<wp:comment_author_email>{author}@example.org</wp:comment_author_email>
<wp:comment_date_gmt>2019-06-0{id} 09:00:00</wp:comment_date_gmt><wp:comment_content>Said by {author}.</wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""
FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://old.example</link>{}</channel></rss>"""
KINDS = {"publish": "2019-05-30T18:04:00", "draft": "2019-05-31T18:04:00", "private": "2019-06-01T18:04:00",
         "future": "2099-06-02T18:04:00", "trash": "2019-06-03T18:04:00"}


def export(name):
    """A review of each status; a thread below the one that is published, with spam in it."""
    thread = (COMMENT.format(id=1, author="Ann", approved=1, parent=0) + COMMENT.format(id=2, author="Bob", approved=1, parent=1)
              + COMMENT.format(id=3, author="Cyd", approved=0, parent=0)
              + COMMENT.format(id=4, author="Pills", approved="spam", parent=0))
    return FEED.format("".join(
        ITEM.format(title=f"{name} {status}", id=number, status=status, date=date.replace("T", " "), slug=f"{name.lower()}-{status}",
                    comments=thread if status == "publish" else "")
        for number, (status, date) in enumerate(KINDS.items(), 1)))


class LiveDesk(Desk):
    def __init__(self, folder):
        super().__init__(folder, blog=False)
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD)
        self.ok("sync", password=PASSWORD)

    def sync_until_done(self):
        for _ in range(12):
            self.run("outbox", "retry")
            self.run("sync", password=PASSWORD)
            if not self.json("outbox", "list"):
                return
        raise AssertionError(self.json("outbox", "list"))


def check_there(name):
    """What the site has of it."""
    for status, date in KINDS.items():
        found = SITE.posts_by_title(f"{name} {status}")
        if status == "trash":
            # It is not wanted anywhere, and stays here.
            assert found == [], found
            continue
        assert len(found) == 1, (status, [post["id"] for post in found])
        post = found[0]
        assert post["status"] == status, (status, post["status"])
        assert f"Words of {name} {status}." in post["content"]["raw"], post["content"]["raw"]
        if status != "draft":
            assert post["date_gmt"] == date, (status, post["date_gmt"])
        if status == "publish":
            check_thread(post["id"])


def check_thread(post):
    rows = {c["author_name"]: c for c in SITE.api("GET", f"comments?post={post}&context=edit&status=any&per_page=100")}
    for status in ("hold", "spam"):
        rows.update({c["author_name"]: c for c in SITE.api("GET", f"comments?post={post}&context=edit&status={status}")})
    assert sorted(rows) == ["Ann", "Bob", "Cyd"], sorted(rows)
    assert rows["Bob"]["parent"] == rows["Ann"]["id"], rows["Bob"]
    assert rows["Ann"]["author_email"] == "Ann@example.org" and rows["Ann"]["status"] == "approved", rows["Ann"]
    assert rows["Ann"]["date_gmt"] == "2019-06-01T09:00:00" and rows["Cyd"]["status"] == "hold", rows


def what_is_sent_is_there_once_as_it_was(folder):
    desk = LiveDesk(folder)
    path = desk.write("export.xml", export("Whole"))
    report = desk.json("import", path, "--send")
    assert report["reviews"]["new"] == 5 and report["comments"]["new"] == 4, report
    desk.sync_until_done()
    check_there("Whole")

    # Once more, here and on another desk that has only what the site tells: nothing is new.
    again = desk.json("import", path, "--send")
    assert again["reviews"]["new"] == 0 and again["comments"]["new"] == 0, again
    desk.sync_until_done()
    os.makedirs(os.path.join(folder, "second"))
    other = LiveDesk(os.path.join(folder, "second"))
    report = other.run("--json", "import", path, "--send").json()
    assert report["reviews"]["there"] == 4 and report["comments"]["new"] == 0, report
    desk.ok("check")


def lost_answers_double_nothing(folder):
    desk = LiveDesk(folder)
    path = desk.write("export.xml", export("Lost"))
    desk.ok("import", path, "--send")
    for _ in range(4):
        SITE.flag("lose-response", value="2")
        desk.run("outbox", "retry")
        desk.run("sync", password=PASSWORD)
    SITE.flag("lose-response", on=False)
    desk.sync_until_done()
    check_there("Lost")


def without_send_nothing_leaves(folder):
    desk = LiveDesk(folder)
    desk.ok("import", desk.write("export.xml", export("Kept")))
    desk.sync_until_done()
    assert all(SITE.posts_by_title(f"Kept {status}") == [] for status in KINDS)
    kept = [review for review in desk.json("review", "list") if review["title"].startswith("Kept")]
    assert {review["status"] for review in kept} <= {"draft", "trash"} and len(kept) >= 4, kept
    report = desk.json("import", "--undo")
    assert report["taken_back"] == {"reviews": 5, "comments": 4}, report


run([what_is_sent_is_there_once_as_it_was, lost_answers_double_nothing, without_send_nothing_leaves])
