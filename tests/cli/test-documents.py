#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""balconyctl document: HTML in, the same bytes out, and one paragraph changed alone."""
import os
import random

from cli_test import Desk, run

SAMPLES = [
    "", "\n", "plain", "<p>One</p>\n<p>Two &amp; <b>three</b></p>\n",
    "<!-- wp:paragraph -->\n<p>Block</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:embed {\"url\":\"x\"} /-->",
    "First\n\nSecond\nline\n\n<!--more-->\n\n[caption]x[/caption]",
    "<div class=\"separator\"><br /></div>One<br /><br />Two<div>Three</div>",
    "<p>un<b>closed <i>and</b> crossed</i>", "\r\n<P CLASS=x>upper</P>\r\n", "<![CDATA[ x ]]><!doctype x><? y ?>",
]


def the_same_bytes_come_out(folder):
    desk = Desk(folder, blog=False)
    seeded = random.Random(7)
    for sample in SAMPLES:
        data = sample.encode()
        for _ in range(4):
            path = desk.write("x.html", data)
            assert desk.ok("document", path, text=False).out == data, data
            data = bytearray(data)
            for _ in range(3):
                data.insert(seeded.randrange(len(data) + 1), seeded.choice(b"<>&\"'/-! \n\0\xff"))
            data = bytes(data)


def one_paragraph_changes_alone(folder):
    desk = Desk(folder, blog=False)
    html = "<h2>Head</h2>\n<p class='a'>One</p>\n\n<p>Two</p><iframe src=x></iframe>\n"
    path = desk.write("x.html", html)
    out = desk.ok("document", path, "--set-paragraph", "2", "Zwei & mehr").out
    assert out == html.replace("<p>Two</p>", "<p>Zwei &amp; mehr</p>"), out
    out = desk.ok("document", path, "--set-paragraph", "1", "Eins").out
    assert out == html.replace("One", "Eins"), out
    assert desk.ok("document", "--set-paragraph", "1", "Eins", path).out == out
    assert "<p>-x</p>" in desk.ok("document", path, "--set-paragraph", "2", "-x").out
    desk.fails("document", path, "--set-paragraph", "3", "x", status=2)
    desk.fails("document", path, "--set-paragraph", "3", status=2)


def blocks_are_told(folder):
    desk = Desk(folder, blog=False)
    path = desk.write("x.html", "<h2>Head</h2><p>One</p><ul><li>a</li><li>b</li></ul><iframe src='x'></iframe>")
    told = desk.json("document", path, "--blocks")
    assert [b["kind"] for b in told["blocks"]] == ["heading", "paragraph", "list", "opaque"], told
    assert [c["text"] for c in told["blocks"][2]["children"]] == ["a", "b"]


def every_shared_sample_survives(folder):
    shared = os.environ.get("BALCONY_SHARED") or os.path.join(os.path.dirname(__file__), "../../../shared")
    top = os.path.join(shared, "data", "html")
    if not os.path.isdir(top):
        return "the shared samples are not here"
    desk = Desk(folder, blog=False)
    paths = sorted(os.path.join(where, name) for where, _, names in os.walk(top) for name in names)
    for path in paths[::max(1, len(paths) // 60)]:
        with open(path, "rb") as f:
            assert desk.ok("document", path, text=False).out == f.read(), path
    return None


run([the_same_bytes_come_out, one_paragraph_changes_alone, blocks_are_told, every_shared_sample_survives])
