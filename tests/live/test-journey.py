#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole job on a real WordPress, by the command line: pull a blog of 300 posts and 3,000 comments, edit, publish a
review with its thread, reply, moderate, pull what somebody changed in between, and survive lost answers."""
import http.cookiejar
import json
import os
import re
import struct
import sys
import tempfile
import urllib.parse
import urllib.request
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import Desk, REVIEW, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
WORLD = tempfile.TemporaryDirectory(prefix="balcony-live-")
PASSWORD = SITE.env["WP_APP_PASSWORD"]


class LiveDesk(Desk):
    def __init__(self, folder, name="data"):
        super().__init__(folder, blog=False)
        self.data = os.path.join(folder, name)
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD)

    def sync(self, *args, status=0):
        result = self.run("--json", "sync", *args, password=PASSWORD)
        assert result.status == status, f"sync: {result.status}: {result.err}{result.out}"
        return result.json()


MAIN = LiveDesk(WORLD.name)


def the_whole_blog_is_pulled(_folder):
    result = MAIN.sync()
    posts = SITE.count("posts?context=edit&status=any,trash")
    comments = SITE.count("comments?context=edit&status=any&type=comment")
    trashed = len(MAIN.json("review", "list", "--status", "trash"))
    assert len(MAIN.json("review", "list")) + trashed == posts, (posts, trashed)
    assert result["reviews_received"] == posts and posts >= 300
    stats = MAIN.json("stats")
    assert sum(stats["comments"].values()) == comments and comments >= 3000, (stats, comments)
    for review in MAIN.json("review", "list")[::37]:
        remote = SITE.api("GET", f"posts/{review['remote_id']}?context=edit")
        assert review["html"] == remote["content"]["raw"] and review["title"] == remote["title"]["raw"]
        assert review["sync"] == "clean"
        total = sum(SITE.count(f"comments?context=edit&post={review['remote_id']}&status={status}&type=comment")
                    for status in ("approve", "hold"))
        assert review["comment_count"] == total, (review["comment_count"], total)


def a_second_sync_finds_nothing_new(_folder):
    result = MAIN.sync()
    assert (result["reviews_received"], result["comments_received"], result["reviews_sent"]) == (0, 0, 0), result


def a_review_is_published_with_its_thread_and_reads_back_equal(folder):
    review = MAIN.json("review", "new", MAIN.write("ferry.txt", REVIEW))
    number = str(review["id"])
    MAIN.ok("review", "edit", number, "--label", "sea", "--label", "night & day", "--slug", "night-ferry",
            "--excerpt", "A ferry.")
    MAIN.ok("review", "publish", number)
    result = MAIN.sync()
    assert result["reviews_sent"] >= 1 and result["comments_sent"] == 3, result
    sent = MAIN.json("review", "show", number)
    assert sent["status"] == "published" and sent["sync"] == "clean", sent
    remote = SITE.api("GET", f"posts/{sent['remote_id']}?context=edit")
    assert remote["title"]["raw"] == "Late Shows: Night Ferry" and remote["status"] == "publish"
    assert remote["content"]["raw"] == sent["html"] and remote["slug"] == "night-ferry"
    assert remote["excerpt"]["raw"] == "A ferry." and len(remote["tags"]) == 2
    other = LiveDesk(folder)
    other.sync()
    [pulled] = [r for r in other.json("review", "list") if r["remote_id"] == sent["remote_id"]]
    same = ("title", "series", "film", "grade", "watched_on", "quote", "quote_character", "quote_actor", "html",
            "status", "comment_count", "slug", "excerpt", "url")
    assert sorted(pulled["labels"]) == sorted(sent["labels"]) == ["night & day", "sea"]
    assert not [(k, pulled[k], sent[k]) for k in same if pulled[k] != sent[k]], [
        (k, pulled[k], sent[k]) for k in same if pulled[k] != sent[k]]
    threads = [d.json("comment", "list", "--review", str(r["id"])) for d, r in ((MAIN, sent), (other, pulled))]
    same = ("number", "depth", "author", "status", "text", "mine")
    assert [[{k: c[k] for k in same} for c in t] for t in threads][0] == [{k: c[k] for k in same} for c in threads[1]]
    assert [(c["number"], c["text"]) for c in threads[1]] == [
        ("1", "First thought."), ("1.1", "An answer."), ("2", "Second thought.")]


def an_edit_changes_one_line_of_the_post(_folder):
    review = next(r for r in MAIN.json("review", "list") if r["grade"] and r["status"] == "published")
    before = SITE.api("GET", f"posts/{review['remote_id']}?context=edit")["content"]["raw"]
    MAIN.ok("review", "edit", str(review["id"]), "--grade", "F")
    MAIN.sync()
    after = SITE.api("GET", f"posts/{review['remote_id']}?context=edit")["content"]["raw"]
    ours = MAIN.json("review", "show", str(review["id"]))
    assert ours["html"] == after and ours["grade"] == "F" and before != after
    changed = [(a, b) for a, b in zip(before.split("\n"), after.split("\n")) if a != b]
    assert len(changed) == 1 and len(before.split("\n")) == len(after.split("\n")), changed


def moderation_and_a_reply_arrive(_folder):
    pending = [c for c in MAIN.json("comment", "list", "--status", "pending")][:3]
    assert len(pending) == 3
    spam, approve, answer = pending
    MAIN.ok("comment", "spam", str(spam["id"]))
    MAIN.ok("comment", "approve", str(approve["id"]))
    reply = MAIN.json("comment", "reply", str(answer["id"]), "Thank you <3 & see you")
    MAIN.sync()
    status = {c["id"]: SITE.api("GET", f"comments/{c['remote_id']}?context=edit") for c in pending}
    assert [status[c["id"]]["status"] for c in pending] == ["spam", "approved", "approved"]
    assert status[approve["id"]]["author_ip"] != "127.0.0.1", "the visitor's address was overwritten"
    sent = MAIN.json("comment", "show", str(reply["id"]))
    remote = SITE.api("GET", f"comments/{sent['remote_id']}?context=edit")
    assert remote["parent"] == int(answer["remote_id"]) and remote["status"] == "approved"
    assert "Thank you &lt;3 &amp; see you" in remote["content"]["raw"]
    assert sent["sync"] == "clean" and sent["text"] == "Thank you <3 & see you"


def what_others_changed_in_between_arrives(_folder):
    reviews = [r for r in MAIN.json("review", "list") if r["status"] == "published"]
    post, doomed = reviews[5], reviews[6]
    SITE.api("POST", f"posts/{post['remote_id']}", {"title": "Changed elsewhere", "content": post["html"] + "\n<p>More.</p>"})
    SITE.api("DELETE", f"posts/{doomed['remote_id']}")
    comment = next(c for c in MAIN.json("comment", "list", "--status", "pending"))
    SITE.api("POST", f"comments/{comment['remote_id']}", {"status": "approved"})
    new = SITE.api("POST", "comments", {"post": int(post["remote_id"]), "content": "From the web page"})
    MAIN.sync()
    got = MAIN.json("review", "show", str(post["id"]))
    assert got["title"] == "Changed elsewhere" and got["html"].endswith("<p>More.</p>")
    assert MAIN.json("review", "show", str(doomed["id"]))["status"] == "trash"
    assert MAIN.json("comment", "show", str(comment["id"]))["status"] == "approved"
    assert str(new["id"]) in [c["remote_id"] for c in MAIN.json("comment", "list", "--review", str(post["id"]))]


def a_deletion_elsewhere_is_found_by_a_full_sync_and_kept_in_the_history(_folder):
    review = [r for r in MAIN.json("review", "list") if r["status"] == "published"][20]
    SITE.api("DELETE", f"posts/{review['remote_id']}?force=true")
    MAIN.sync("--full")
    assert MAIN.run("review", "show", str(review["id"])).status == 1
    assert any(entry["html"] == review["html"] for entry in MAIN.json("review", "history", str(review["id"])))


def drafts_scheduled_private_and_trash_go_both_ways(_folder):
    made = {}
    for status in ("draft", "private", "published"):
        review = MAIN.json("review", "new", MAIN.write(f"{status}.txt", f"Kind {status}\n\nText.\n"), "--status", status)
        made[status] = review["id"]
    later = MAIN.json("review", "new", MAIN.write("later.txt", "Kind later\n\nText.\n"))
    MAIN.ok("review", "publish", str(later["id"]), "--at", "2036-01-02T03:04:05Z")
    MAIN.sync()
    wanted = {"draft": "draft", "private": "private", "published": "publish"}
    for status, number in made.items():
        remote_id = MAIN.json("review", "show", str(number))["remote_id"]
        assert SITE.api("GET", f"posts/{remote_id}?context=edit")["status"] == wanted[status]
    scheduled = MAIN.json("review", "show", str(later["id"]))
    remote = SITE.api("GET", f"posts/{scheduled['remote_id']}?context=edit")
    assert remote["status"] == "future" and remote["date_gmt"] == "2036-01-02T03:04:05"
    assert scheduled["status"] == "scheduled" and scheduled["published"] == "2036-01-02T03:04:05Z"
    number = str(made["published"])
    MAIN.ok("review", "trash", number)
    MAIN.sync()
    remote_id = MAIN.json("review", "show", number)["remote_id"]
    assert SITE.api("GET", f"posts/{remote_id}?context=edit")["status"] == "trash"
    MAIN.ok("review", "restore", number)
    MAIN.sync()
    assert SITE.api("GET", f"posts/{remote_id}?context=edit")["status"] == "publish"


def a_lost_answer_never_publishes_twice(_folder):
    for n in range(5):
        title = f"Only once {n}"
        review = MAIN.json("review", "new", MAIN.write("once.txt", f"{title}\n\nText.\n"), "--status", "published")
        SITE.flag("lose-response", value=str(n % 3 + 1))
        MAIN.run("sync", password=PASSWORD)
        SITE.flag("lose-response", on=False)
        MAIN.ok("outbox", "retry")
        result = MAIN.run("--json", "sync", password=PASSWORD)
        conflicts = [MAIN.json("conflict", "show", str(c["id"])) for c in MAIN.json("conflict", "list")]
        assert result.status == 0 and not conflicts, (n, conflicts)
        assert len(SITE.posts_by_title(title)) == 1
        shown = MAIN.json("review", "show", str(review["id"]))
        assert shown["status"] == "published" and shown["sync"] == "clean", shown


def a_wrong_password_waits_for_the_person(folder):
    desk = Desk(folder, blog=False)
    desk.fails("blog", "add", "W", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
               password="wrong")
    assert desk.json("blog", "list") == []
    MAIN.ok("review", "edit", "1", "--slug", "waits-here")
    result = MAIN.run("sync", password="wrong")
    assert result.status == 3 and len(result.err.strip().splitlines()) <= 1, result.err
    assert len(MAIN.json("outbox", "list")) == 1
    assert MAIN.sync()["reviews_sent"] == 1


def a_server_error_keeps_everything(_folder):
    MAIN.ok("review", "edit", "1", "--slug", "still-waits")
    SITE.flag("fail-status", value="503")
    result = MAIN.run("sync", password=PASSWORD)
    SITE.flag("fail-status", on=False)
    assert result.status == 1 and len(result.err.strip().splitlines()) == 1, result.err
    assert len(MAIN.json("outbox", "list")) == 1
    MAIN.ok("outbox", "retry")
    assert MAIN.sync()["reviews_sent"] == 1


def any_page_of_the_blog_leads_to_it(folder):
    page = next(r for r in MAIN.json("review", "list") if r["status"] == "published")["url"]
    for n, url in enumerate((page, SITE.url.replace("http://", ""), SITE.url + "/no/such/page", SITE.url + "/feed/")):
        desk = Desk(folder, blog=False)
        desk.data = os.path.join(folder, str(n))
        blog = desk.json("blog", "add", "W", "--provider", "wordpress", "--url", url, "--user", SITE.env["WP_USER"],
                         password=PASSWORD)
        assert blog["url"].rstrip("/") == SITE.url.rstrip("/"), (url, blog)


def picture(name, colour):
    """A small PNG file of one colour."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return MAIN.write(name, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
                      chunk(b"IDAT", zlib.compress((b"\0" + colour * 8) * 8)) + chunk(b"IEND", b""))


def a_featured_image_is_uploaded_once(_folder):
    before = SITE.count("media?context=edit")
    review = MAIN.json("review", "new", MAIN.write("image.txt", "With a picture\n\nText.\n"), "--status", "published")
    MAIN.ok("review", "edit", str(review["id"]), "--featured-image", picture("still.png", b"\x60\x20\x40"))
    MAIN.sync()
    MAIN.ok("review", "edit", str(review["id"]), "--excerpt", "Changed later.")
    MAIN.sync()
    shown = MAIN.json("review", "show", str(review["id"]))
    remote = SITE.api("GET", f"posts/{shown['remote_id']}?context=edit")
    assert remote["featured_media"] > 0 and shown["sync"] == "clean", remote["featured_media"]
    assert SITE.api("GET", f"media/{remote['featured_media']}?context=edit")["mime_type"] == "image/png"
    assert SITE.count("media?context=edit") == before + 1
    MAIN.fails("review", "edit", str(review["id"]), "--featured-image", "/no/such/picture.png")


def pictures_in_the_text_are_uploaded_once_each(_folder):
    """The answer to the first upload, to the second and to the post itself is lost, one in each sync."""
    title = "Two pictures"
    before = SITE.count("media?context=edit")
    number = str(MAIN.json("review", "new", MAIN.write("two.txt", f"{title}\n\nText.\n"))["id"])
    MAIN.ok("review", "image", number, picture("one.png", b"\x01\x20\x40"), "--alt", 'A "first" & only',
            "--caption", "One <1>")
    MAIN.ok("review", "image", number, picture("two.png", b"\x02\x20\x40"), "--alt", "Second")
    MAIN.ok("review", "publish", number)
    SITE.flag("lose-response", value="3")
    for n_lost, uploaded in enumerate((1, 2, 2), 1):
        MAIN.run("sync", password=PASSWORD)
        MAIN.ok("outbox", "retry")
        assert SITE.count("media?context=edit") == before + uploaded, (n_lost, uploaded)
    assert not os.path.exists(os.path.join(SITE.folder, "flag", "lose-response"))
    MAIN.sync()
    shown = MAIN.json("review", "show", number)
    [post] = SITE.posts_by_title(title)
    assert post["content"]["raw"] == shown["html"] and shown["sync"] == "clean", shown
    ids = [int(i) for i in re.findall(r'<!-- wp:image \{[^}]*"id":(\d+)', shown["html"])]
    media = [SITE.api("GET", f"media/{i}?context=edit") for i in ids]
    assert [m["alt_text"] for m in media] == ['A "first" & only', "Second"], (shown["html"], media)
    assert SITE.count("media?context=edit") == before + 2
    for one in media:
        assert f'src="{one["source_url"]}"' in shown["html"] and f'wp-image-{one["id"]}' in shown["html"]
    page = urllib.request.urlopen(shown["url"], timeout=300).read().decode()
    assert all(m["source_url"] in page for m in media) and "One &lt;1&gt;" in page and "media:" not in shown["html"]
    result = MAIN.sync("--full")
    assert (result["reviews_sent"], result["reviews_received"]) == (0, 0), result
    assert MAIN.json("review", "show", number)["html"] == shown["html"]


def access_granted_in_the_browser_signs_in(folder):
    """What the window asks for on the blog's page; the browser, and the script on that page, are played by us."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def browse(path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        return opener.open(SITE.url.rstrip("/") + path, data, timeout=300).read().decode()

    browse("/wp-login.php")
    browse("/wp-login.php", {"log": SITE.env["WP_USER"], "pwd": SITE.env["WP_PASSWORD"], "testcookie": "1"})
    for attempt in ("1a2b", "3c4d"):
        asked = {"app_id": "46fa98dc-2d57-48e2-bf70-fea97b137e3c", "app_name": f"Balcony on here ({attempt})",
                 "success_url": f"balcony://auth?state={attempt}"}
        page = browse("/wp-admin/authorize-application.php?" + urllib.parse.urlencode(asked))
        script = json.loads(re.search(r"var authApp = (\{.*?\});", page)[1])
        assert script["success"] == asked["success_url"], script
        granted = SITE.api("POST", "users/me/application-passwords", {"name": asked["app_name"], "app_id": asked["app_id"]})
    desk = Desk(folder, blog=False)
    desk.ok("blog", "add", "Granted", "--provider", "wordpress", "--url", script["site_url"], "--user",
            script["user_login"], password=granted["password"])
    assert desk.json("blog", "list")[0]["signed_in"]


run([the_whole_blog_is_pulled, a_second_sync_finds_nothing_new,
     a_review_is_published_with_its_thread_and_reads_back_equal, an_edit_changes_one_line_of_the_post,
     moderation_and_a_reply_arrive, what_others_changed_in_between_arrives,
     a_deletion_elsewhere_is_found_by_a_full_sync_and_kept_in_the_history,
     drafts_scheduled_private_and_trash_go_both_ways, a_lost_answer_never_publishes_twice,
     a_wrong_password_waits_for_the_person, a_server_error_keeps_everything, any_page_of_the_blog_leads_to_it, a_featured_image_is_uploaded_once,
     pictures_in_the_text_are_uploaded_once_each,
     access_granted_in_the_browser_signs_in])
