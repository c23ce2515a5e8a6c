#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters of a million comments: each kind against its bare query, in one run.

    filter-speed.py FILTER-SPEED STORE-FILL [ROUNDS]

BENCH_COMMENTS makes it smaller; BENCH_STORE is a folder whose store is made once and kept.
"""
import os
import sqlite3
import subprocess
import sys
import tempfile
import time


def is_indexed(folder):
    with sqlite3.connect(os.path.join(folder, "balcony.db")) as database:
        [(behind,)] = database.execute("SELECT (SELECT max(id) FROM comment) - id FROM text_mark WHERE entity = 2")
    database.close()
    return behind <= 0


def main():
    tool, fill = sys.argv[1:3]
    rounds = sys.argv[3] if len(sys.argv) > 3 else "7"
    temporary = tempfile.TemporaryDirectory()
    folder = os.environ.get("BENCH_STORE") or os.path.join(temporary.name, "store")
    if not os.path.exists(os.path.join(folder, "balcony.db")):
        subprocess.run([fill, folder, "5000", os.environ.get("BENCH_COMMENTS", "1000000"), "2000"], check=True)
    while not is_indexed(folder):            # each run indexes some seconds' worth as it closes
        subprocess.run([tool, folder, "0"], check=False, stdout=subprocess.DEVNULL)
        time.sleep(0.1)

    output = subprocess.run([tool, folder, rounds], stdout=subprocess.PIPE, text=True, check=True).stdout
    worst = extra = 0
    for line in output.splitlines():
        words = line.split("\t")
        if len(words) == 2:
            print(f"{words[0]}: {float(words[1]):.1f} ms")
            continue
        name, bare, opened, found = words[0], float(words[1]), float(words[2]), int(words[3])
        print(f"{name}: bare {bare:.1f} ms, opened {opened:.1f} ms, {found} found: {opened / bare:.2f}")
        if bare >= 20:
            worst = max(worst, opened / bare)
        else:                                # the way to the other thread and back, and the first rows, are the most of it
            extra = max(extra, opened - bare)
    print(f"opened / bare query, at most: {worst:.2f}; where that takes less than 20 ms, at most {extra:.1f} ms more")


main()
