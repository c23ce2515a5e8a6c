#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures in the text of a review, by the command line, on a blog that is a folder."""
import os
import re

from cli_test import Desk, REVIEW, run

PNG = b"\x89PNG\r\n\x1a\n"


def written(folder):
    desk = Desk(folder)
    review = desk.json("review", "new", desk.write("ferry.txt", REVIEW))
    return desk, str(review["id"]), review


def a_picture_goes_behind_the_text_and_then_to_the_blog(folder):
    desk, number, review = written(folder)
    still = desk.write("still one.png", PNG + b"one")
    shown = desk.json("review", "image", number, still, "--alt", 'A "ferry" & sea', "--caption", "Night <1>")
    assert 'src="media:1"' in shown["html"] and shown["grade"] == review["grade"], shown["html"]
    desk.ok("review", "image", number, desk.write("two.png", PNG + b"two"))
    os.unlink(still)
    desk.ok("review", "publish", number)
    desk.json("sync")
    sent = desk.json("review", "show", number)
    assert sent["sync"] == "clean" and "media:" not in sent["html"], sent["html"]
    names = re.findall(r'src="media/([^"]+)"', sent["html"])
    assert len(names) == 2 and "Night &lt;1&gt;" in sent["html"], sent["html"]
    assert 'alt="A &quot;ferry&quot; &amp; sea"' in sent["html"] and 'alt=""' in sent["html"]
    kept = [open(os.path.join(desk.blog, "media", name), "rb").read() for name in names]
    assert kept == [PNG + b"one", PNG + b"two"]
    assert len(os.listdir(os.path.join(desk.blog, "media"))) == 2
    # All that was there before is there still: the pictures are all that came.
    rest = re.sub(r"\n?<figure>.*?</figure>", "", sent["html"])
    assert rest == review["html"], (rest, review["html"])
    for field in ("grade", "watched_on", "quote", "quote_character", "quote_actor", "title"):
        assert sent[field] == review[field], field
    assert desk.json("sync")["reviews_sent"] == 0


def a_picture_that_vanished_is_named(folder):
    desk, number, _ = written(folder)
    desk.ok("review", "image", number, desk.write("gone.png", PNG))
    [copy] = os.listdir(os.path.join(desk.data, "media"))
    os.unlink(os.path.join(desk.data, "media", copy))
    desk.run("sync")
    [item] = [i for i in desk.json("outbox", "list") if i["state"] == "parked"]
    assert "“gone.png”" in item["error"], item
    assert 'src="media:1"' in desk.json("review", "show", number)["html"]


def what_is_no_file_changes_nothing(folder):
    desk, number, review = written(folder)
    desk.fails("review", "image", number, os.path.join(folder, "missing.png"))
    desk.fails("review", "image", "77", desk.write("a.png", PNG))
    desk.fails("review", "image", number, status=2)
    assert desk.json("review", "show", number)["html"] == review["html"]


run([a_picture_goes_behind_the_text_and_then_to_the_blog, a_picture_that_vanished_is_named,
     what_is_no_file_changes_nothing])
