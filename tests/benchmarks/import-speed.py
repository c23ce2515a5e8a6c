#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import of a WordPress export of 1 GB: its memory, and its speed against SQLite that only inserts the same rows, in one
run. Interleaved rounds of a smaller file compare the speeds; the large one follows once, for the memory.

    import-speed.py BALCONYCTL [ROUNDS]

BENCH_BYTES and BENCH_SMALL_BYTES (of the large and the small file) make it smaller. Fails when the import needs more than
100 MB, or is slower than a quarter of the bare inserts.
"""
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

COMMENTS = 10
MOST_MB, LEAST_RATE = 100, 0.25
WORDS = ["ferry", "night", "slow", "harbour", "light", "never", "lands", "quiet", "camera", "story", "actor", "scene"]

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Bench</title><link>https://bench.example</link><wp:base_blog_url>https://bench.example</wp:base_blog_url>
"""
POST = """<item><title>Late Shows: Film {n} (2019)</title><link>https://bench.example/film-{n}/</link>
<content:encoded><![CDATA[{html}]]></content:encoded><wp:post_id>{n}</wp:post_id><wp:post_date_gmt>{date}</wp:post_date_gmt>
<wp:post_name>film-{n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="a"><![CDATA[drama]]></category>
"""
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[Reader {id}]]></wp:comment_author>
<wp:comment_date_gmt>{date}</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>
"""

# A process starts with the memory of the one that made it, so a small one measures it; and the time, or its own start would
# count.
MEASURE = """
import resource, subprocess, sys, time
begun = time.monotonic()
with subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE) as process:
    report = process.stdout.readline()
    taken = time.monotonic() - begun
    report += process.stdout.read()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stdout.buffer.write(report)
with open(sys.argv[1], "w") as f:
    print(process.returncode, taken, used.ru_maxrss, used.ru_utime + used.ru_stime, file=f)
"""


def posts(size):
    """Posts until they have so many bytes: number, date, text, comments."""
    rng, n, written = random.Random(size), 0, 0
    while written < size:
        n += 1
        paragraphs = ("<p>" + " ".join(rng.choices(WORDS, k=80)) + ".</p>" for _ in range(5))
        html = "\n".join(paragraphs) + "\n<p>Grade: B+</p>"
        date = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1000000000 + n * 5000))
        comments = [(n * COMMENTS + i, " ".join(rng.choices(WORDS, k=40))) for i in range(COMMENTS)]
        yield n, date, html, comments
        written += len(html) + sum(len(text) + 350 for _, text in comments) + 450


def write_export(path, size):
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEAD)
        for n, date, html, comments in posts(size):
            f.write(POST.format(n=n, date=date, html=html))
            for i, (number, text) in enumerate(comments):
                f.write(COMMENT.format(id=number, date=date, text=text, parent=number - 1 if i % 2 else 0))
            f.write("</item>\n")
        f.write("</channel></rss>\n")


def bring_in(balconyctl, folder, name, path):
    """Seconds until it reports, MB, the report, and seconds of work. The index of words, which is made when nothing else is to do, is left for
    later in both."""
    data, blog, figures = (os.path.join(folder, name + part) for part in ("", "-blog", "-figures"))
    os.makedirs(blog)
    call = [balconyctl, "--data-dir", data]
    subprocess.run([*call, "blog", "add", "Bench", "--provider", "folder", "--url", "file://" + blog], check=True,
                   stdout=subprocess.DEVNULL)
    report = subprocess.run([sys.executable, "-I", "-S", "-c", MEASURE, figures, *call, "import", path], check=True,
                            stdout=subprocess.PIPE, text=True).stdout
    with open(figures, encoding="utf-8") as f:
        status, taken, kib, work = f.read().split()
    assert status == "0", status
    return float(taken), int(kib) / 1024, " · ".join(report.split("\n")).strip(" ·"), float(work)


def insert(folder, name, size):
    """Seconds, and those of work. The same rows into tables with the indexes that lists need, and nothing else; 200 to a transaction, each on disk."""
    rows = list(posts(size))
    db = sqlite3.connect(os.path.join(folder, name), isolation_level=None)
    db.executescript("""
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE review (id INTEGER PRIMARY KEY, title TEXT, slug TEXT, published TEXT, status INTEGER);
        CREATE TABLE body (id INTEGER PRIMARY KEY, html TEXT);
        CREATE TABLE comment (id INTEGER PRIMARY KEY, review_id INTEGER, author TEXT, created TEXT, status INTEGER, html TEXT);
        CREATE INDEX a ON review (published, id, status); CREATE INDEX b ON review (title, id, status);
        CREATE INDEX c ON comment (review_id, status, created); CREATE INDEX d ON comment (created, id, status);
        CREATE INDEX e ON review (slug); CREATE INDEX f ON comment (status, created, id);
        """)
    begun, worked = time.monotonic(), time.process_time()
    for start in range(0, len(rows), 20):
        part = rows[start:start + 20]
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO review VALUES (?, ?, ?, ?, 2)", [(n, f"Late Shows: Film {n} (2019)", f"film-{n}", date)
                                                                     for n, date, _, _ in part])
        db.executemany("INSERT INTO body VALUES (?, ?)", [(n, html) for n, _, html, _ in part])
        db.executemany("INSERT INTO comment VALUES (?, ?, ?, ?, 1, ?)",
                       [(number, n, f"Reader {number}", date, text) for n, date, _, comments in part
                        for number, text in comments])
        db.execute("COMMIT")
    taken = time.monotonic() - begun, time.process_time() - worked
    db.close()
    return taken


def main():
    balconyctl = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    large = int(os.environ.get("BENCH_BYTES", 1000 * 1000 * 1000))
    small = int(os.environ.get("BENCH_SMALL_BYTES", 40 * 1000 * 1000))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "small.xml")
        write_export(path, small)
        imports, inserts, work, bare_work = [], [], [], []
        for n in range(rounds):
            seconds, used = insert(folder, f"bare{n}.db", small)
            inserts.append(seconds)
            bare_work.append(used)
            seconds, _, _, used = bring_in(balconyctl, folder, f"small{n}", path)
            imports.append(seconds)
            work.append(used)
        rate = statistics.median(inserts) / statistics.median(imports)
        each = ", ".join(f"{bare / taken:.2f}" for bare, taken in zip(inserts, imports))
        print(f"{os.path.getsize(path) / 1e6:.0f} MB: import {statistics.median(imports):.2f} s, bare inserts "
              f"{statistics.median(inserts):.2f} s: {rate:.2f} of the rate of bare inserts (more is better, {LEAST_RATE} are asked "
              f"for; the {rounds} rounds: {each})", flush=True)
        # On a busy computer these two tell more: an import works in two threads, one of which is left to wait then.
        print(f"work of the processor: import {statistics.median(work):.2f} s, bare inserts {statistics.median(bare_work):.2f} s "
              f"(load {os.getloadavg()[0]:.1f})", flush=True)

        path = os.path.join(folder, "large.xml")
        write_export(path, large)
        taken, megabytes, report, _ = bring_in(balconyctl, folder, "large", path)
        print(f"{os.path.getsize(path) / 1e6:.0f} MB in {taken:.0f} s with {megabytes:.0f} MB of memory: {report}")
    if rate < LEAST_RATE or megabytes > MOST_MB:
        sys.exit(f"asked for are {LEAST_RATE} of the rate and {MOST_MB} MB")


if __name__ == "__main__":
    main()
