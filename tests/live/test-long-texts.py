#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real WordPress whose hundred newest posts are longer, together, than any answer may be: they come in smaller pages."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

SITE = Site()
PASSWORD = SITE.env["WP_APP_PASSWORD"]
LOG = os.path.join(SITE.folder, "log", "access.log")
N_POSTS = 120
BYTES = 130_000

# Each text is another, so that one in another's place is seen.
MAKE = f"""<?php
for ($i = 1; $i <= {N_POSTS}; $i++)
  wp_insert_post (['post_title' => "Long $i", 'post_status' => 'publish', 'post_author' => 1,
                   'post_content' => substr (str_repeat ("Film $i has <b>words</b>. ", {BYTES // 20}), 0, {BYTES})]);
"""


def long_posts_come_in_smaller_pages(folder):
    subprocess.run([SITE.env["WP_SERVER"], "php", SITE.folder, "-"], input=MAKE.encode(), check=True)
    desk = Desk(folder, blog=False)
    desk.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
            password=PASSWORD)
    with open(LOG, encoding="utf-8", errors="replace") as f:
        before = len(f.readlines())
    desk.ok("sync", password=PASSWORD)
    here = {r["remote_id"]: r for r in desk.json("review", "list", "--limit", "1000")}
    there = SITE.all("posts?status=any&_fields=id,title,content.raw")
    assert len(here) == len(there) > N_POSTS, (len(here), len(there))
    n_long = 0
    for post in there:
        shown = desk.json("review", "show", str(here[str(post["id"])]["id"]))
        assert shown["html"] == post["content"]["raw"], post["id"]
        if post["title"]["raw"].startswith("Long "):
            assert shown["html"].startswith("Film " + post["title"]["raw"].split()[1] + " has"), post["title"]
            assert len(shown["html"]) > BYTES - 100, len(shown["html"])
            n_long += 1
    assert n_long == N_POSTS, n_long

    with open(LOG, encoding="utf-8", errors="replace") as f:
        asked = [line for line in f.readlines()[before:] if "per_page=" in line and "content.raw" in line]
    assert any("per_page=100&" in line for line in asked) and any("per_page=50&" in line for line in asked), asked
    assert len(asked) < 10, asked
    again = desk.ok("--json", "sync", "--full", password=PASSWORD).json()
    assert (again["reviews_received"], again["reviews_sent"]) == (0, 0), again


def a_post_that_no_answer_may_hold_stays_there_alone(folder):
    """Around it everything comes in; shortened, so does it; and it is never taken for deleted."""
    make = """<?php
for ($i = 1; $i <= 12; $i++)
  echo wp_insert_post (['post_title' => "Beside $i", 'post_status' => 'publish', 'post_author' => 1,
                        'post_content' => str_repeat ("Film $i. ", $i == 7 ? 1200000 : 10)]), "\n";
"""
    done = subprocess.run([SITE.env["WP_SERVER"], "php", SITE.folder, "-"], input=make.encode(), check=True, capture_output=True)
    large = int(done.stdout.split()[6])
    SITE.api("POST", "comments", {"post": large, "content": "On the large one.", "author_name": "Reader",
                                  "author_email": "reader@example.org"})
    desk = Desk(folder, blog=False)
    desk.ok("blog", "add", "Live", "--provider", "wordpress", "--url", SITE.url, "--user", SITE.env["WP_USER"],
            password=PASSWORD)

    def titles():
        return {r["title"] for r in desk.json("review", "list", "--limit", "1000") if r["title"].startswith("Beside ")}

    first = desk.run("sync", password=PASSWORD)
    assert first.status == 1 and f"number {large} there" in first.err, (first.status, first.err)
    assert titles() == {f"Beside {n}" for n in range(1, 13) if n != 7}, titles()
    assert desk.run("sync", password=PASSWORD).status == 0, "told twice"
    again = desk.run("sync", "--full", password=PASSWORD)
    assert again.status == 1 and f"number {large} there" in again.err, (again.status, again.err)

    SITE.api("POST", f"posts/{large}", {"content": "<p>Shorter.</p>"})
    assert desk.run("sync", "--full", password=PASSWORD).status == 0
    [shown] = [r for r in desk.json("review", "list", "--limit", "1000") if r["title"] == "Beside 7"]
    assert [c["text"] for c in desk.json("comment", "list", "--review", str(shown["id"]))] == ["On the large one."]

    # Here already, and grown there: it stays as it was known.
    grow = f"<?php wp_update_post (['ID' => {large}, 'post_content' => str_repeat ('Film. ', 1600000)]);"
    subprocess.run([SITE.env["WP_SERVER"], "php", SITE.folder, "-"], input=grow.encode(), check=True)
    for args in ([], ["--full"]):
        assert desk.run("sync", *args, password=PASSWORD).status == 1
        assert desk.json("review", "show", str(shown["id"]))["html"] == "<p>Shorter.</p>"
    SITE.api("POST", f"posts/{large}", {"content": "<p>Shorter.</p>"})


run([a_post_that_no_answer_may_hold_stays_there_alone, long_posts_come_in_smaller_pages])
