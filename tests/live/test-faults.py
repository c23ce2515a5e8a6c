#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each kind of write to a real WordPress, with each kind of fault between: whatever happened to the request or to its
answer, the blog has it once in the end, and nothing is lost here."""
import atexit
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
PASSWORD = SITE.env["WP_APP_PASSWORD"]
WORLD = tempfile.TemporaryDirectory(prefix="balcony-faults-")

FAULTS = {
    "lost": {"do": "lost"},
    "lost-reset": {"do": "lost", "rst": True},
    "cut-body": {"do": "cut", "bytes": 60},
    "cut-head": {"do": "cut", "bytes": 30, "head": False},
    "twice": {"do": "twice"},
    "stall": {"do": "stall", "bytes": 20, "ms": 1500},
    "garble": {"do": "garble", "bytes": 40},
    "portal": {"do": "html"},
    "refused": {"do": "refuse"},
    "too-many": {"do": "status", "status": 429, "headers": {"retry-after": "1"}},
    "error": {"do": "status", "status": 500},
    "overload": {"do": "status", "status": 503},
}


class Proxy:
    """tests/servers/faultproxy.mjs before the site."""

    def __init__(self):
        self.process = subprocess.Popen(["node", os.path.join(HERE, "..", "servers", "faultproxy.mjs"), "0", SITE.url],
                                        stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.terminate)
        self.url = "http://127.0.0.1:" + self.process.stdout.readline().split()[-1]

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method,
                                         data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.loads(answer.read())


PROXY = Proxy()
SITE.flag("public-url", value=PROXY.url)


class FaultyDesk(Desk):
    def __init__(self, folder):
        super().__init__(folder, blog=False)
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", PROXY.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD)
        assert self.json("blog", "list")[0]["url"].rstrip("/") == PROXY.url
        self.ok("sync", password=PASSWORD)

    def sync_broken(self, match, fault, skip=0):
        """One sync in which the matching request meets the fault."""
        PROXY.ask("DELETE", "/__fault")
        PROXY.ask("PUT", "/__fault", [{"match": match, "skip": skip, **FAULTS[fault]}])
        result = self.run("sync", password=PASSWORD)
        met = [e for e in PROXY.ask("GET", "/__log") if e["do"] not in ("none", "pass")]
        assert len(met) == 1, (fault, match, skip, met, result.err)
        assert result.status in (0, 1, 3) and len(result.err.strip().splitlines()) <= 1, (fault, result.status, result.err)
        assert "Sanitizer" not in result.err and "CRITICAL" not in result.err, result.err
        PROXY.ask("DELETE", "/__fault")

    def keep_for_again(self, match):
        """Whatever matches in the syncs to come is answered, and arrives once more with deliver_again()."""
        PROXY.ask("DELETE", "/__fault")
        PROXY.ask("PUT", "/__fault", [{"match": match, "do": "again", "n": -1}])

    def deliver_again(self):
        PROXY.ask("DELETE", "/__fault")
        return PROXY.ask("POST", "/__again")

    def settle(self):
        """Without faults all of it goes out, and then nothing is left to do."""
        for _ in range(3):
            self.run("outbox", "retry")
            result = self.run("--json", "sync", password=PASSWORD)
            assert result.status == 0, (result.status, result.err, result.out)
            if not self.json("outbox", "list"):
                break
        assert not self.json("outbox", "list") and not self.json("conflict", "list")

    def is_level(self):
        """Compared whole, there is no difference."""
        again = self.ok("--json", "sync", "--full", password=PASSWORD).json()
        assert (again["reviews_sent"], again["reviews_received"]) == (0, 0), again

    def new_review(self, title, status="published"):
        return str(self.json("review", "new", self.write("new.txt", f"{title}\n\nText of {title}.\n"),
                             "--status", status)["id"])

    def equals_blog(self, number, title):
        shown = self.json("review", "show", number)
        [post] = SITE.posts_by_title(title)
        assert str(post["id"]) == shown["remote_id"] and shown["sync"] == "clean", (post["id"], shown)
        assert post["content"]["raw"] == shown["html"] and post["status"] == "publish", (post, shown)
        assert len([r for r in self.json("review", "list") if r["title"] == title]) == 1
        return post


DESK = FaultyDesk(WORLD.name)


def each_fault(work):
    failed = []
    for fault in FAULTS:
        try:
            work(fault)
        except (AssertionError, ValueError) as error:
            failed.append(f"{fault}: {type(error).__name__}: {error}")
            print("#", failed[-1][:2000].replace("\n", "\n# "))
            DESK.run("sync", password=PASSWORD)
    assert not failed, "\n".join(failed)
    DESK.is_level()


def a_new_review_is_there_once(_folder):
    def work(fault):
        for skip in (0, 1):
            title = f"New {fault} {skip}"
            number = DESK.new_review(title)
            DESK.sync_broken(r"^POST .*wp/v2/posts", fault, skip)
            DESK.settle()
            DESK.equals_blog(number, title)
    each_fault(work)


def a_create_delivered_again_after_its_answer_leaves_one_review(_folder):
    """WordPress makes a second draft of it; it goes into the trash, but for one that somebody has made another of."""
    numbers = {}
    DESK.keep_for_again(r"^POST .*wp/v2/posts([?&]|$)")
    for title in ("Again a draft", "Again published", "Again edited here", "Again edited there"):
        numbers[title] = DESK.new_review(title, "draft" if title == "Again a draft" else "published")
    DESK.settle()
    DESK.ok("review", "edit", numbers["Again edited here"], "--body", DESK.write("again.html", "<p>Another text.</p>"))
    DESK.settle()
    assert DESK.deliver_again() == len(numbers)

    for title in numbers:
        posts = SITE.posts_by_title(title)
        assert len(posts) == 2, (title, posts)
        if title == "Again edited there":
            [second] = [p for p in posts if p["status"] == "draft"]
            SITE.api("POST", f"posts/{second['id']}", {"content": "<p>Quite another.</p>"})
    told = DESK.ok("--json", "sync", password=PASSWORD).json()
    assert (told["doubled"], told["reviews_received"], told["error"]) == (3, 1, None), told
    for title, number in numbers.items():
        shown = [r for r in DESK.json("review", "list") if r["title"] == title and r["status"] != "trash"]
        assert len(shown) == (2 if title == "Again edited there" else 1), (title, shown)
        posts = {str(p["id"]): p["status"] for p in SITE.api("GET", "posts?context=edit&status=any,trash&per_page=100")
                 if p["title"]["raw"] == title}
        first = posts.pop(DESK.json("review", "show", number)["remote_id"])
        assert first == ("draft" if title == "Again a draft" else "publish"), (title, first)
        assert list(posts.values()) == (["draft"] if title == "Again edited there" else ["trash"]), (title, posts)
    DESK.is_level()


def a_changed_review_is_changed_once(_folder):
    title = "Changed under faults"
    number = DESK.new_review(title)
    DESK.settle()

    def work(fault):
        body = DESK.write("body.html", f"<p>Now with {fault}.</p>")
        DESK.ok("review", "edit", number, "--body", body)
        DESK.sync_broken(r"^POST .*wp/v2/posts/\d+", fault)
        DESK.settle()
        assert f"Now with {fault}." in DESK.equals_blog(number, title)["content"]["raw"]
    each_fault(work)


def comments_of(post):
    return SITE.api("GET", f"comments?context=edit&post={post}&per_page=100&status=any&type=comment")


def a_reply_is_there_once(_folder):
    title = "Replied under faults"
    number = DESK.new_review(title)
    DESK.settle()
    post = DESK.equals_blog(number, title)["id"]
    SITE.api("POST", "comments", {"post": post, "content": "What was the last scene?", "author_name": "Reader",
                                  "author_email": "reader@example.org"})
    DESK.settle()
    [comment] = DESK.json("comment", "list", "--review", number)

    def work(fault):
        DESK.ok("comment", "reply", str(comment["id"]), f"Said with {fault}.")
        DESK.sync_broken(r"^POST .*wp/v2/comments", fault)
        DESK.settle()
        here = [c for c in DESK.json("comment", "list", "--review", number) if c["text"] == f"Said with {fault}."]
        there = [c for c in comments_of(post) if f"Said with {fault}." in c["content"]["raw"]]
        assert [c["remote_id"] for c in here] == [str(c["id"]) for c in there] and len(there) == 1, (here, there)
        assert here[0]["sync"] == "clean", here
    each_fault(work)


def moderation_arrives(_folder):
    title = "Moderated under faults"
    number = DESK.new_review(title)
    DESK.settle()
    post = DESK.equals_blog(number, title)["id"]
    made = {}
    for fault in FAULTS:
        made[fault] = [SITE.api("POST", "comments", {"post": post, "content": f"{word} {fault}", "author_name": "Reader",
                                                     "author_email": "reader@example.org", "status": "hold"})["id"]
                       for word in ("Approve", "Delete")]
    DESK.settle()
    ids = {c["remote_id"]: str(c["id"]) for c in DESK.json("comment", "list", "--review", number)}

    def work(fault):
        approved, deleted = made[fault]
        DESK.ok("comment", "approve", ids[str(approved)])
        DESK.sync_broken(rf"^POST .*wp/v2/comments/{approved}", fault)
        DESK.settle()
        DESK.ok("comment", "delete", ids[str(deleted)])
        DESK.sync_broken(rf"^DELETE .*wp/v2/comments/{deleted}", fault)
        DESK.settle()
        there = {c["id"]: c["status"] for c in comments_of(post)}
        assert there.get(approved) == "approved" and deleted not in there, there
        shown = DESK.json("comment", "show", ids[str(approved)])
        assert shown["status"] == "approved" and shown["sync"] == "clean", shown
        DESK.fails("comment", "show", ids[str(deleted)])
    each_fault(work)


def picture(name, colour):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return DESK.write(name, b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
                      chunk(b"IDAT", zlib.compress((b"\0" + colour * 8) * 8)) + chunk(b"IEND", b""))


def a_picture_is_uploaded_once(_folder):
    def work(fault):
        title = f"Picture {fault}"
        before = SITE.count("media?context=edit")
        number = DESK.new_review(title)
        DESK.ok("review", "image", number, picture(f"{fault}.png", bytes([len(fault), 32, 64])), "--alt", fault)
        DESK.sync_broken(r"^POST .*wp/v2/media", fault)
        DESK.settle()
        html = DESK.equals_blog(number, title)["content"]["raw"]
        [used] = re.findall(r"wp-image-(\d+)", html)
        media = SITE.api("GET", f"media/{used}?context=edit")
        assert media["source_url"] in html and media["alt_text"] == fault, (html, media)
        assert SITE.count("media?context=edit") == before + 1, SITE.count("media?context=edit") - before
    each_fault(work)


def a_label_is_made_once(_folder):
    def work(fault):
        name = f"Made with {fault}"
        number = DESK.new_review(f"Labelled {fault}")
        DESK.ok("review", "edit", number, "--label", name)
        DESK.sync_broken(r"^POST .*wp/v2/tags", fault)
        DESK.settle()
        post = DESK.equals_blog(number, f"Labelled {fault}")
        tags = [t for t in SITE.api("GET", "tags?per_page=100&search=" + urllib.parse.quote(name)) if t["name"] == name]
        assert len(tags) == 1 and post["tags"] == [tags[0]["id"]], (tags, post["tags"])
    each_fault(work)


def other_creates_delivered_again_change_nothing_that_is_shown(_folder):
    """WordPress refuses the same words and the same name; a picture it takes, and no text shows it."""
    title = "All again"
    number = DESK.new_review(title)
    DESK.settle()
    post = DESK.equals_blog(number, title)["id"]
    SITE.api("POST", "comments", {"post": post, "content": "And then?", "author_name": "Reader",
                                  "author_email": "reader@example.org"})
    DESK.settle()
    [comment] = DESK.json("comment", "list", "--review", number)
    n_media = SITE.count("media?context=edit")
    DESK.keep_for_again(r"^POST .*wp/v2/(comments|media|tags)([?&]|$)")
    DESK.ok("comment", "reply", str(comment["id"]), "Then it ends.")
    DESK.ok("review", "edit", number, "--label", "All again")
    DESK.ok("review", "image", number, picture("again.png", b"\x20\x40\x60"), "--alt", "again")
    DESK.settle()
    html = DESK.equals_blog(number, title)["content"]["raw"]
    assert DESK.deliver_again() == 3

    DESK.is_level()
    assert DESK.equals_blog(number, title)["content"]["raw"] == html
    assert len(comments_of(post)) == len(DESK.json("comment", "list", "--review", number)) == 2, comments_of(post)
    assert [t["name"] for t in SITE.api("GET", "tags?search=All+again")] == ["All again"]
    assert SITE.count("media?context=edit") == n_media + 2


def reading_goes_on_where_it_was_broken(_folder):
    def work(fault):
        title = f"Read {fault}"
        SITE.api("POST", "posts", {"title": title, "content": f"<p>{fault}</p>", "status": "publish"})
        DESK.sync_broken(r"^GET .*wp/v2/posts", fault)
        DESK.settle()
        [shown] = [r for r in DESK.json("review", "list") if r["title"] == title]
        assert DESK.json("review", "show", str(shown["id"]))["html"] == f"<p>{fault}</p>"
    each_fault(work)


run([a_new_review_is_there_once, a_create_delivered_again_after_its_answer_leaves_one_review,
     a_changed_review_is_changed_once, a_reply_is_there_once, moderation_arrives, a_picture_is_uploaded_once,
     a_label_is_made_once, other_creates_delivered_again_change_nothing_that_is_shown,
     reading_goes_on_where_it_was_broken])
