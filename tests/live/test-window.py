#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window and a real WordPress: a review is written, published, commented on by readers, answered, moderated and
changed on the web page, all in one sitting; then its fields and thread are read back equal by somebody else's Balcony.

    run-live ui-session -- /usr/bin/python3 test-window.py BALCONY BALCONYCTL
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BALCONY, BALCONYCTL = (os.path.abspath(path) for path in sys.argv[1:3])
sys.argv[1:] = [BALCONYCTL]
sys.path[:0] = [os.path.join(HERE, "..", "cli"), os.path.join(HERE, "..", "ui"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402
from ui_drive import App, wait_for  # noqa: E402

SITE = Site()
FIELDS = {"Series": "Late Shows", "Title": "Night Ferry", "Grade": "A-", "Watched on": "The Rialto",
          "Memorable quote": "Nobody swims home.", "Character": "Captain", "Actor": "Ada Quill", "Labels": "sea, night"}
TOLD = {"series": "Late Shows", "film": "Night Ferry", "grade": "A-", "watched_on": "The Rialto",
        "quote": "Nobody swims home.", "quote_character": "Captain", "quote_actor": "Ada Quill"}
BODY = "A ferry never lands.\nNobody on board asks why."


class LiveDesk(Desk):
    def __init__(self, folder, name):
        super().__init__(folder, blog=False)
        self.data = os.path.join(folder, name)

    def run(self, *args, **more):
        more.setdefault("password", SITE.env["WP_APP_PASSWORD"])
        return super().run(*args, **more)


def fill(app, name, text):
    field = app.find(("text", "entry", "combo box"), name, exact=True)
    field.type(text)
    field.wait_text(text.split("\n")[-1])


def sign_in(app):
    app.find("push button", "Add a Blog", reachable=True).click()
    app.wait_window("Add a Blog")
    kinds = wait_for(lambda: [n for n in app.find_all("list item") if "WordPress" in n.name], 5, "the kinds of blogs")
    kinds[0].click()
    app.find("text", "Address", exact=True).type(SITE.url + "/no/such/page/")
    app.find("push button", "Continue", reachable=True).click()
    app.find("text", "User Name", timeout=15).type(SITE.env["WP_USER"])
    app.find(("text", "password text"), re.compile("Password")).type(SITE.env["WP_APP_PASSWORD"])
    app.find("push button", "Add Blog", exact=True, reachable=True).click()
    app.gone("frame", "Add a Blog", timeout=20)


def published():
    return next((p for p in SITE.posts_by_title("Late Shows: Night Ferry") if p["status"] == "publish"), None)


def write(app):
    app.find("push button", "New Review", reachable=True).click()
    title = app.find("text", "Title", exact=True)
    wait_for(title.reachable, 5, "the new review on the page")
    for name, text in FIELDS.items():
        fill(app, name, text)
    fill(app, "Body", BODY)
    app.find("push button", "Publish", exact=True, reachable=True).click()
    return wait_for(published, 30, "the review on the blog")


def synchronise(app):
    sync = app.find("push button", "Sync", exact=True)
    sync.wait_state("sensitive")
    sync.click()


def click_in_page(app, node):
    """Turns the wheel over the page until a person could click on it; a toast may have to go first."""
    window = [x for x in app.x_windows() if not x["override"]][0]
    x, y = window["x"] + window["w"] * 3 // 4, window["y"] + window["h"] // 2

    def look():
        if not node.reachable():
            app.click_at(x, y, button=5, count=2)
            return False
        return not app.find_all("label", re.compile("received|sent$"))
    wait_for(look, 15, f"{node!r} to come into view")
    node.click()


def moderate(app, post):
    """Two readers wrote; one is answered, the other's comment goes to the spam."""
    ids = [SITE.api("POST", "comments", {"post": post["id"], "author_name": name, "author_email": name + "@example.org",
                                         "content": text, "status": "hold"})["id"]
           for name, text in (("Anna", "I loved this one."), ("Pills", "Buy now!"))]
    synchronise(app)
    anna = app.find("list item", re.compile("^Comment 1 by Anna"), timeout=30)
    click_in_page(app, app.find("push button", "Reply", exact=True, within=anna))
    box = app.find("text", "Your reply").wait_state("focused")
    app.type("Thank you, Anna!")
    box.wait_text("Thank you, Anna!")
    app.key("ctrl+Return")
    app.find("list item", "Comment 1.1 by", timeout=10)
    pills = app.find("list item", re.compile("by Pills"))
    click_in_page(app, app.find("push button", "Spam", exact=True, within=pills))
    app.find("push button", "Restore", exact=True)
    synchronise(app)
    wait_for(lambda: SITE.api("GET", f"comments/{ids[1]}?context=edit")["status"] == "spam", 30, "the spam on the blog")
    wait_for(lambda: SITE.api("GET", f"comments/{ids[0]}?context=edit")["status"] == "approved", 30, "the approval")
    wait_for(lambda: SITE.count(f"comments?context=edit&parent={ids[0]}&status=approve"), 30, "the reply on the blog")


def change_elsewhere(app, post):
    raw = SITE.api("GET", f"posts/{post['id']}?context=edit")["content"]["raw"]
    SITE.api("POST", f"posts/{post['id']}", {"content": raw.replace("never lands", "seldom lands")})
    synchronise(app)
    app.find("text", "Body", exact=True).wait_text("seldom lands", timeout=30)


def a_review_written_in_the_window_is_on_the_blog_and_reads_back_equal(folder):
    here, there = LiveDesk(folder, "here"), LiveDesk(folder, "there")
    asan = ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "detect_leaks=0"]))
    with App([BALCONY, "--data-dir", here.data], env={"ASAN_OPTIONS": asan}) as app:
        sign_in(app)
        app.find("push button", "New Review", reachable=True, timeout=30)
        post = write(app)
        moderate(app, post)
        change_elsewhere(app, post)
        if os.environ.get("UI_SCREENSHOTS"):
            app.screenshot(os.path.join(os.environ["UI_SCREENSHOTS"], "wordpress.png"))
        assert app.warnings() == [], app.warnings()
        assert app.close() == 0, app.errors()
    there.ok("blog", "add", "There", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"])
    there.ok("sync")
    mine, theirs = ([r for r in d.json("review", "list") if r["remote_id"] == str(post["id"])][0] for d in (here, there))
    assert {k: theirs[k] for k in TOLD} == TOLD, theirs
    same = (*TOLD, "title", "html", "status", "slug", "url", "comment_count", "sync")
    assert not [k for k in same if mine[k] != theirs[k]], (mine, theirs)
    assert sorted(mine["labels"]) == sorted(theirs["labels"]) == ["night", "sea"]
    threads = [[(c["number"], c["author"], c["status"], c["text"]) for c in d.json("comment", "list", "--review", str(r["id"]))]
               for d, r in ((here, mine), (there, theirs))]
    assert threads[0] == threads[1] and [c[0] for c in threads[0]] == ["1", "1.1"], threads


run([a_review_written_in_the_window_is_on_the_blog_and_reads_back_equal])
