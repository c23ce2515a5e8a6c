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


def two_versions_are_compared(folder):
    desk = Desk(folder, blog=False)
    old = desk.write("old.html", "<p>Stays</p><p>A good film</p><p><b>Bold</b></p><p>Gone</p>")
    new = desk.write("new.html", "<p>Stays</p><p>A great film</p><p>Bold</p><h2>New \x1b[31m</h2>")
    out = desk.ok("document", old, "--diff", new).out
    assert out == ("  Stays\n- A [-good-] film\n+ A {+great+} film\n~ Bold\n- Gone\n+ New [31m\n"), out
    told = desk.json("document", old, "--diff", new)
    assert [c["change"] for c in told] == ["same", "altered", "altered", "removed", "added"], told
    assert [(p["change"], p["text"]) for p in told[1]["pieces"]] == [
        ("same", "A "), ("removed", "good"), ("added", "great"), ("same", " film")], told
    assert told[2]["restyled"] and not told[1]["restyled"]
    assert all(c["change"] == "same" for c in desk.json("document", old, "--diff", old))
    desk.fails("document", old, "--diff", os.path.join(folder, "none.html"), status=1)


def two_versions_are_merged(folder):
    desk = Desk(folder, blog=False)
    base = desk.write("base.html", "<p>one</p>\n<p>two</p>\n")
    mine = desk.write("mine.html", "<p>uno</p>\n<p>two</p>\n")
    theirs = desk.write("theirs.html", "<p>one</p>\n<p class='x'>dos</p>\n")
    assert desk.ok("document", mine, "--merge", base, theirs).out == "<p>uno</p>\n<p class='x'>dos</p>\n"
    other = desk.write("other.html", "<p>un</p>\n<p>deux</p>\n")
    result = desk.run("document", mine, "--merge", base, other)
    assert result.status == 3 and "1 place" in result.err, (result.status, result.err)
    assert result.out == "<p>uno</p>\n<p>deux</p>\n", result.out
    desk.fails("document", mine, "--merge", base, status=2)
    desk.fails("document", mine, "--merge", "--text", base, theirs, status=2)


def text_is_what_a_reader_reads(folder):
    desk = Desk(folder, blog=False)
    path = desk.write("x.html", "<p>One &amp; two</p><script>alert(1)</script><p>th\u202eree</p>")
    assert desk.ok("document", path, "--text").out.splitlines()[0] == "One & two"
    safe = desk.ok("document", path, "--safe").out
    assert "alert" not in safe and "\u202e" not in safe and "three" in safe, safe


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


run([the_same_bytes_come_out, one_paragraph_changes_alone, blocks_are_told, two_versions_are_compared,
     two_versions_are_merged, text_is_what_a_reader_reads, every_shared_sample_survives])
