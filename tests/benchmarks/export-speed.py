#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Export of a blog in each format: its memory, and its speed against SQLite that only reads the same rows from the same file
and writes their texts to another, in interleaved rounds of one run, by the processor's time: the disk is the same for both.

    export-speed.py BALCONYCTL [ROUNDS]

BENCH_BYTES says how much the blog has. Fails when an export needs more than 100 MB, or is slower than a quarter of the bare
reading.
"""
import importlib.util
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile

SPEC = importlib.util.spec_from_file_location("import_speed", os.path.join(os.path.dirname(__file__), "import-speed.py"))
IMPORTS = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(IMPORTS)

FORMATS = ["wxr", "atom", "json"]
MOST_MB, LEAST_RATE = 100, 0.25

# A process starts with the memory of the one that made it, so a small one measures.
MEASURE = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as f:
    print(status, used.ru_maxrss, used.ru_utime + used.ru_stime, file=f)
"""


def used():
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


def read_bare(data, path):
    """Seconds for all that an export writes, with its threads but without knowing what it is."""
    db = sqlite3.connect(os.path.join(data, "balcony.db"))
    begun = used()
    with open(path, "w", encoding="utf-8") as f:
        for row in db.execute("SELECT r.*, b.html FROM review r JOIN review_body b ON b.review_id = r.id ORDER BY r.sort_time, r.id"):
            f.write("\n".join(map(str, row)))
            for label in db.execute("SELECT kind, name FROM label WHERE review_id = ? ORDER BY kind, position", (row[0],)):
                f.write("\n".join(map(str, label)))
            for comment in db.execute("SELECT * FROM comment WHERE review_id = ? ORDER BY created", (row[0],)):
                f.write("\n".join(map(str, comment)))
        f.flush()
        os.fsync(f.fileno())
    db.close()
    return used() - begun


def write_out(balconyctl, data, path, how):
    """Seconds and MB."""
    figures = path + ".figures"
    subprocess.run([sys.executable, "-I", "-S", "-c", MEASURE, figures, balconyctl, "--data-dir", data, "export", path,
                    "--format", how], stdout=subprocess.DEVNULL, check=True)
    with open(figures, encoding="utf-8") as f:
        status, kib, taken = f.read().split()
    assert status in ("0", "3"), status
    return float(taken), int(kib) / 1024


def settle(balconyctl, data, path):
    """What is done when nothing else is to do (the index of words, the spam help) would otherwise be done beside the exports."""
    for _ in range(50):
        write_out(balconyctl, data, path, "json")
        remove(path)
        db = sqlite3.connect(os.path.join(data, "balcony.db"))
        marks = db.execute("SELECT (SELECT id FROM text_mark WHERE entity = 2), (SELECT known_id FROM person_help),"
                           " (SELECT trained_id FROM spam_help), (SELECT max(id) FROM comment)").fetchone()
        db.close()
        if len(set(marks)) == 1:
            return
    sys.exit("the store does not come to rest")


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    else:
        os.remove(path)


def main():
    balconyctl = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        source, data, out = (os.path.join(folder, name) for name in ("in.xml", "blog", "out"))
        IMPORTS.write_export(source, int(os.environ.get("BENCH_BYTES", 100 * 1000 * 1000)))
        IMPORTS.bring_in(balconyctl, folder, "blog", source)
        settle(balconyctl, data, out)
        bare, exports, memory = [], {how: [] for how in FORMATS}, 0
        for _ in range(rounds):
            bare.append(read_bare(data, out))
            remove(out)
            for how in FORMATS:
                taken, megabytes = write_out(balconyctl, data, out, how)
                exports[how].append(taken)
                memory = max(memory, megabytes)
                remove(out)
        rates = {how: statistics.median(bare) / statistics.median(exports[how]) for how in FORMATS}
        print(f"{os.path.getsize(source) / 1e6:.0f} MB: bare reading {statistics.median(bare):.2f} s; " +
              ", ".join(f"{how} {statistics.median(exports[how]):.2f} s: {rates[how]:.2f} of its rate" for how in FORMATS) +
              f"; at most {memory:.0f} MB of memory (median of {rounds})")
    if min(rates.values()) < LEAST_RATE or memory > MOST_MB:
        sys.exit(f"asked for are {LEAST_RATE} of the rate and {MOST_MB} MB")


main()
