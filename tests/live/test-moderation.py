#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody moderates in the web editor is found by the next ordinary sync, and what that costs is counted in the
log of a real WordPress."""
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), os.path.join(HERE, "..", "ui"), HERE]
from cli_test import BALCONYCTL, Desk, run  # noqa: E402
from live_site import Site  # noqa: E402
from ui_drive import wait_for  # noqa: E402

SITE = Site()
WORLD = tempfile.TemporaryDirectory(prefix="balcony-live-")
PASSWORD = SITE.env["WP_APP_PASSWORD"]
LOG = os.path.join(SITE.folder, "log", "access.log")
# Signing in (2), reviews (2), comments, and the five totals; the issue allows 12.
UNCHANGED = 10
FIRST = 0
ANY = "&context=edit&_fields=id,status"


def logged():
    with open(LOG, encoding="utf-8", errors="replace") as f:
        return f.readlines()


def requests(settled=True):
    """What the server was asked so far. Its one worker writes its log in the order in which it answers: when a file that is
    asked for last is in it, all is."""
    if settled:
        mark = f"dashicons.min.css?{time.monotonic_ns()}"
        urllib.request.urlopen(f"{SITE.url.rstrip('/')}/wp-includes/css/{mark}", timeout=300).close()
        wait_for(lambda: any(mark in line for line in logged()), timeout=30,
                 message=lambda: f"{mark}, which was answered, in {LOG}; it ends with {logged()[-1:]}")
    return sum("/wp/v2/" in line or "rest_route" in line for line in logged())


class CountingDesk(Desk):
    def __init__(self, folder):
        super().__init__(folder, blog=False)
        self.data = os.path.join(folder, "data")
        self.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
                password=PASSWORD)

    def sync(self, *args):
        """The result, and how many requests it took."""
        before = requests()
        result = self.run("--json", "sync", *args, password=PASSWORD)
        assert result.status == 0, f"sync: {result.status}: {result.err}{result.out}"
        return result.json(), requests() - before


DESK = CountingDesk(WORLD.name)


def totals():
    return {state: SITE.count(f"comments?context=edit&status={state}") for state in ("hold", "approve", "spam")}


def known():
    stats = DESK.json("stats")["comments"]
    return {"hold": stats["pending"], "approve": stats["approved"], "spam": stats["spam"]}


def nth(status, n):
    rows = SITE.api("GET", f"comments?status={status}&orderby=id&order=asc&per_page=1&offset={n}{ANY}")
    return rows[0]["id"]


def assert_found(n_changed, n_removed, most):
    result, n_requests = DESK.sync()
    assert (result["comments_received"], result["removed"]) == (n_changed, n_removed), result
    assert n_requests <= most, n_requests
    assert known() == totals(), (known(), totals())
    again, n_requests = DESK.sync()
    assert (again["comments_received"], n_requests) == (0, UNCHANGED), (again, n_requests)


def a_first_pull_that_was_killed_goes_on_where_it_was(folder):
    desk = CountingDesk(folder)
    before = requests()
    SITE.flag("delay-ms", value="300")
    with subprocess.Popen([BALCONYCTL, "--data-dir", desk.data, "sync", "--pull-only"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL,
                          env={**os.environ, "HOME": folder, "BALCONY_PASSWORD": PASSWORD}) as killed:
        while requests(settled=False) < before + FIRST - 6 and killed.poll() is None:
            time.sleep(0.05)
        SITE.flag("delay-ms", value="5000")     # it does not come to its end before it is killed
        killed.kill()
    SITE.flag("delay-ms", on=False)
    n_cut = requests() - before
    assert n_cut < FIRST, n_cut
    _result, n_rest = desk.sync("--pull-only")
    assert n_rest <= FIRST - 3, (n_cut, n_rest, FIRST)
    stats = desk.json("stats")["comments"]
    assert sum(stats.values()) == SITE.count("comments?context=edit&status=any"), stats
    print(f"# {FIRST} requests uncut; {n_cut} and {n_rest}")


def an_unchanged_blog_takes_few_requests(_folder):
    global FIRST
    _result, FIRST = DESK.sync()
    assert known() == totals(), (known(), totals())
    _result, n_requests = DESK.sync()
    assert n_requests == UNCHANGED, n_requests


def one_moderation_is_found_by_the_next_sync(_folder):
    for now, place, becomes in (("hold", 5, "approve"), ("hold", 11, "spam"), ("approve", 0, "spam"),
                                ("approve", 200, "trash"), ("approve", -1, "hold"), ("spam", 3, "approve")):
        number = nth(now, place if place >= 0 else SITE.count(f"comments?context=edit&status={now}") - 1)
        SITE.api("POST", f"comments/{number}", {"status": becomes})
        assert_found(1, 0, UNCHANGED + 8)


def one_deletion_is_found_by_the_next_sync(_folder):
    for state, place in (("approve", 150), ("spam", 0)):
        SITE.api("DELETE", f"comments/{nth(state, place)}?force=true")
        assert_found(0, 1, UNCHANGED + 12)


def emptied_spam_is_found_by_the_next_sync(_folder):
    number = SITE.count("comments?context=edit&status=spam")
    assert number > 10
    for row in SITE.api("GET", f"comments?status=spam&per_page=100{ANY}"):
        SITE.api("DELETE", f"comments/{row['id']}?force=true")
    assert_found(0, number, UNCHANGED + 4 + number)


def a_trashed_review_takes_its_comments_along(_folder):
    row = SITE.api("GET", "comments?status=approve&per_page=1&_fields=post&context=edit")[0]
    SITE.api("DELETE", f"posts/{row['post']}")
    DESK.sync()
    assert known() == totals(), (known(), totals())
    _result, n_requests = DESK.sync()
    assert n_requests <= UNCHANGED + 2, n_requests    # the review is news for two hours, with its labels


def comments_on_pages_cost_nothing(_folder):
    page = SITE.api("POST", "pages", {"title": "About", "status": "publish", "comment_status": "open"})["id"]
    comments = [SITE.api("POST", "comments", {"post": page, "content": f"Hello, {i}."})["id"] for i in range(5)]
    DESK.sync()
    _result, n_requests = DESK.sync()
    assert n_requests <= UNCHANGED + 2, n_requests
    SITE.api("POST", f"comments/{comments[2]}", {"status": "spam"})
    number = nth("approve", 20)
    SITE.api("POST", f"comments/{number}", {"status": "hold"})
    result, n_requests = DESK.sync()
    assert result["comments_received"] == 1, result
    assert n_requests <= UNCHANGED + 12, n_requests
    _result, n_requests = DESK.sync()
    assert n_requests <= UNCHANGED + 2, n_requests


def equal_totals_are_found_when_everything_is_compared(_folder):
    pending, approved = nth("hold", 2), nth("approve", 60)
    SITE.api("POST", f"comments/{pending}", {"status": "approve"})
    SITE.api("POST", f"comments/{approved}", {"status": "hold"})
    result, _n_requests = DESK.sync()
    assert result["comments_received"] == 0, result
    result, n_requests = DESK.sync("--full")
    assert result["comments_received"] == 2, result
    # Everything is listed once, as it was at first: what is missing is seen from that.
    print(f"# {n_requests} requests, {FIRST} at first")
    assert n_requests <= FIRST + 2, (n_requests, FIRST)


run([an_unchanged_blog_takes_few_requests, a_first_pull_that_was_killed_goes_on_where_it_was, one_moderation_is_found_by_the_next_sync,
     one_deletion_is_found_by_the_next_sync, emptied_spam_is_found_by_the_next_sync,
     a_trashed_review_takes_its_comments_along, comments_on_pages_cost_nothing,
     equal_totals_are_found_when_everything_is_compared])
