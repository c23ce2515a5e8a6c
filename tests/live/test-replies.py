#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers and edits against a real WordPress: written in the window while the blog is out of reach, sent later, read back
equal; and what its filters keep of them.

    run-live ui-session -- /usr/bin/python3 test-replies.py BALCONY BALCONYCTL
"""
import contextlib
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BALCONY, BALCONYCTL = (os.path.abspath(path) for path in sys.argv[1:3])
sys.argv[1:] = [BALCONYCTL]
sys.path[:0] = [os.path.join(HERE, "..", "cli"), os.path.join(HERE, "..", "ui"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402
from ui_drive import App, wait_for, without_auto_sync  # noqa: E402

SITE = Site()
READERS = "I loved <q cite=\"https://example.org/q\">this</q> one.\n\nAnd the [b]music[/b] &amp; the sea, too."
REPLY = ("<blockquote>I loved this one.\n\nAnd the [b]music[/b] &amp; the sea, too.</blockquote>\n\n"
         "So <strong>true</strong>, see <a href=\"https://example.org/x\">here</a>\n\nSee you")


class LiveDesk(Desk):
    def __init__(self, folder, name):
        super().__init__(folder, blog=False)
        self.data = os.path.join(folder, name)

    def run(self, *args, **more):
        more.setdefault("password", SITE.env["WP_APP_PASSWORD"])
        return super().run(*args, **more)

    def sign_in(self):
        self.ok("blog", "add", "Site", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"])
        self.ok("sync")


def commented_post():
    post = SITE.api("POST", "posts", {"title": "Night Ferry", "content": "<p>A slow ferry.</p>", "status": "publish"})
    anna = SITE.api("POST", "comments", {"post": post["id"], "author_name": "Anna", "author_email": "anna@example.org",
                                         "content": READERS, "status": "approve"})
    return post, anna


def raw(comment_id):
    return SITE.api("GET", f"comments/{comment_id}?context=edit")["content"]["raw"]


def without_rel(html):
    """WordPress 6.1 marks each link of a comment (wp_rel_ugc)."""
    return re.sub(r' rel="[^"]*"', "", html)


@contextlib.contextmanager
def without_server():
    """The site is out of reach meanwhile, and there again afterwards whatever happened."""
    SITE.server("stop")
    try:
        yield
    finally:
        SITE.server("start")


def show_newest(app):
    app.find("list item", re.compile("^Unanswered"), timeout=30).click()
    app.find("list item", re.compile("^Anna,"), timeout=10).click()
    app.find("list item", re.compile(r"^Comment [\d.]+ by Anna$"), timeout=10)
    app.key("F6", "F6", "F6", "F6", "F6")


def write_reply(app):
    app.find("push button", "Reply", exact=True, reachable=True).click()
    box = app.find("text", "Your reply")
    wait_for(lambda: box.has("focused"), 5, "the cursor in the box")
    app.key("ctrl+shift+q")
    box.wait_text("the sea, too.")
    app.type("So ")
    app.key("ctrl+b")
    app.type("true")
    app.key("ctrl+b")
    app.type(", see here")
    app.key("ctrl+shift+Left", "ctrl+k")
    address = app.find("text", "Link address")
    wait_for(lambda: address.has("focused"), 5, "the address to be asked for")
    app.type("example.org/x")
    app.key("Return")
    wait_for(lambda: box.has("focused"), 5, "the cursor back in the box")
    app.key("End", "Return")
    app.type("See you")
    box.wait_text("See you")
    app.key("ctrl+Return")


def edit_readers(app):
    app.find("list item", re.compile("^Approved"), reachable=True).click()
    app.find("list item", re.compile("^Anna,"), timeout=10).click()
    app.find("push button", "Edit", exact=True, reachable=True).click()
    box = app.find("text", "Text of the comment")
    wait_for(lambda: box.has("focused"), 5, "the cursor in the box")
    app.key("ctrl+End")
    app.type(" Bye.")
    box.wait_text("Bye.")
    app.key("ctrl+Return")
    app.gone("text", "Text of the comment")


def what_is_written_offline_reads_back_equal(folder):
    post, anna = commented_post()
    desk = LiveDesk(folder, "here")
    desk.sign_in()
    asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
    with without_server(), App([BALCONY, "--data-dir", desk.data], env={"ASAN_OPTIONS": asan, **without_auto_sync()}) as app:
        show_newest(app)
        write_reply(app)
        wait_for(lambda: desk.json("comment", "list", "--mine"), 10, "the answer")
        edit_readers(app)
        assert app.warnings() == [], app.warnings()
        assert app.close() == 0, app.errors()
    [mine] = [c for c in desk.json("comment", "list", "--mine") if c["parent_id"]]
    assert mine["html"] == REPLY, mine
    desk.ok("sync")

    [there] = SITE.api("GET", f"comments?context=edit&parent={anna['id']}")
    assert without_rel(there["content"]["raw"]) == REPLY, there["content"]["raw"]
    assert there["content"]["rendered"].count("<p>") >= 2 and "<blockquote>" in there["content"]["rendered"], there
    assert raw(anna["id"]) == READERS + " Bye.", raw(anna["id"])
    here = {c["remote_id"]: c for c in desk.json("comment", "list", "--review", str(mine["review_id"]))}
    assert here[str(there["id"])]["html"] == there["content"]["raw"] and here[str(there["id"])]["sync"] == "clean", here
    edited = here[str(anna["id"])]
    assert edited["html"] == READERS + " Bye." and edited["sync"] == "clean" and edited["edited"], edited
    assert [v["html"] for v in desk.json("comment", "history", str(edited["id"])) if v["kind"] == "edit"] == [READERS]

    # Somebody else's Balcony reads the same.
    other = LiveDesk(folder, "there")
    other.sign_in()
    texts = {c["remote_id"]: (c["html"], c["text"]) for c in other.json("comment", "list", "--review", str(
        [r for r in other.json("review", "list") if r["remote_id"] == str(post["id"])][0]["id"]))}
    assert texts == {k: (c["html"], c["text"]) for k, c in here.items()}, texts


def what_comments_may_have_passes_the_filters(folder):
    """WordPress 6.1 filters comments that come by its REST interface, an administrator's too."""
    _, anna = commented_post()
    filtered = SITE.api("POST", f"comments/{anna['id']}", {"content": "<p class=\"x\">One</p>\n\n<u>two</u>"})
    assert "<p class" not in raw(filtered["id"]) and "<u>" not in raw(filtered["id"]), raw(filtered["id"])
    desk = LiveDesk(folder, "filters")
    desk.sign_in()
    [comment] = [c for c in desk.json("comment", "list") if c["remote_id"] == str(anna["id"])]
    html = "<blockquote>Q\n\nR</blockquote>\n\nSo <strong>b</strong> <em>i</em> <code>c</code> <s>s</s>\nline\n\n" \
        "<a href=\"https://example.org/x?a=1&amp;b=2\">here</a>"
    reply = desk.json("comment", "reply", str(comment["id"]), "--html", desk.write("reply.html", html))
    desk.ok("sync")
    [there] = SITE.api("GET", f"comments?context=edit&parent={anna['id']}")
    assert without_rel(there["content"]["raw"]) == html, there
    assert desk.json("comment", "show", str(reply["id"]))["text"] == reply["text"], reply


run([what_is_written_offline_reads_back_equal, what_comments_may_have_passes_the_filters])
