#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An export goes into a real WordPress through WordPress's own importer, and what is there then is what was here.

tests/servers/wordpress-importer has WordPress's importer, once it was fetched.
"""
import datetime
import html
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli"), HERE]
from cli_test import Desk, run  # noqa: E402
from live_site import Site  # noqa: E402

IMPORTER = subprocess.run([os.path.join(HERE, "..", "servers", "wordpress-importer"), "path"], stdout=subprocess.PIPE, text=True,
                          check=False).stdout.strip()
if not IMPORTER:
    print("1..0 # SKIP WordPress's importer is not here: tests/servers/wordpress-importer fetch")
    sys.exit(0)
SITE = Site()

STATUS = {"draft": "draft", "scheduled": "future", "published": "publish", "private": "private", "trash": "trash"}
APPROVED = {"pending": "0", "approved": "1", "spam": "spam", "trash": "trash"}
TEXTS = [
    "<p>A ferry never lands.</p>\n<p>Grade: A-</p>",
    "<!-- wp:paragraph -->\n<p>It ends ]]> like ]]]]> this, <![CDATA[ and & &amp; &lt;b&gt;.</p>\n<!-- /wp:paragraph -->",
    "<p>Carriage\r\nreturns\rand\ttabs\n\n\nstay</p>",
    "<pre>back\\slash \\n \\u0041 'quotes' \"two\"</pre>",
    "<p>日本語 é \u202e 🎬 \u00a0 \u200b</p>\n<!--more-->\n<p>More.</p>",
    "<p>Watched on: <em>tape</em></p><img src=\"https://example.com/a.jpg?x=1&amp;y=2\" alt=\"]]&gt;\">",
]


def make_items():
    items = []
    for i, text in enumerate(TEXTS * 2):
        status = list(STATUS)[i % 5]
        items.append({"type": "review", "key": f"r{i}", "status": status, "slug": f"review-{i}",
                      "title": f"Film & <b>{i}</b> ]]> 'x' \\ 日本",
                      "published": f"{2090 if status == 'scheduled' else 2012}-01-{i + 1:02}T10:20:30Z",
                      "updated": f"2013-02-{i + 1:02}T01:02:03Z", "excerpt": f"Short & {i} ]]>",
                      "labels": [f"Label {i % 3}", "Q", "Q++", "日本"], "categories": ["Films & <TV>", f"Year {i % 2}"],
                      "html": text})
        for j in range(4):
            items.append({"type": "comment", "key": f"c{i}.{j}", "review": f"r{i}",
                          **({"parent": f"c{i}.{j - 1}"} if j in (1, 2) else {}),
                          "status": list(APPROVED)[(i + j) % 4], "created": f"2014-03-{i + 1:02}T0{j}:00:00Z",
                          "author": f"Reader {j} & co", "author_email": f"reader{j}@example.com",
                          "author_url": "https://example.com/?a=1", "author_ip": "192.0.2.7", "mine": False,
                          "html": f"<p>It & ]]> that {i}.{j}</p>\n<p>\\slash 🎬</p>"})
    return items


def local(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def compare_comments(wanted, there):
    by_text = {c["comment_content"]: c for c in there}
    assert len(there) == len(wanted) == len(by_text), (len(there), len(wanted))
    for comment in wanted:
        found = by_text[comment["html"]]
        assert html.unescape(found["comment_author"]) == comment["author"], found    # WordPress keeps names escaped
        assert found["comment_author_email"] == comment["author_email"]
        assert found["comment_author_url"] == comment["author_url"]
        assert found["comment_author_IP"] == comment["author_ip"]
        assert found["comment_approved"] == APPROVED[comment["status"]], found
        assert local(found["comment_date_gmt"] + "Z") == local(comment["created"])
        parent = next((c for c in wanted if c["key"] == comment.get("parent")), None)
        assert str(found["comment_parent"]) == (by_text[parent["html"]]["comment_ID"] if parent else "0"), found


def wordpress_takes_it_whole(folder):
    desk = Desk(folder, blog=False)
    items = make_items()
    source, target = os.path.join(folder, "in.json"), os.path.join(folder, "out.xml")
    with open(source, "w", encoding="utf-8") as f:
        json.dump({"format": "balcony", "version": 1, "blog": {"name": "Home"}, "items": items}, f)
    os.mkdir(os.path.join(folder, "home"))
    desk.ok("blog", "add", "Home", "--provider", "folder", "--url", os.path.join(folder, "home"))
    desk.ok("import", source)
    desk.ok("export", target, "--format", "wxr")

    done = subprocess.run([SITE.env["WP_SERVER"], "php", SITE.folder, os.path.join(HERE, "import-wxr.php"), IMPORTER, target],
                          stdout=subprocess.PIPE, check=True)
    answer = json.loads(done.stdout)
    by_title = {p["post"]["post_title"]: p for p in answer["posts"]}
    for item in [i for i in items if i["type"] == "review"]:
        there = by_title[item["title"]]
        post = there["post"]
        assert post["post_content"] == item["html"], (post["post_content"], item["html"])
        assert post["post_excerpt"] == item["excerpt"]
        assert post["post_status"] == STATUS[item["status"]], post
        assert post["post_name"].startswith(item["slug"]), post
        assert local(post["post_date_gmt"] + "Z") == local(item["published"]), post
        assert sorted(there["tags"]) == sorted(item["labels"]), there["tags"]
        names = [html.unescape(name) for name in there["categories"]]
        assert len(names) == 2 and f"Year {int(item['key'][1:]) % 2}" in names, there["categories"]
        if "Grade: A-" in item["html"]:
            assert there["meta"]["balcony_grade"] == "A-", there["meta"]
        compare_comments([c for c in items if c["type"] == "comment" and c["review"] == item["key"]], there["comments"])


run([wordpress_takes_it_whole])
