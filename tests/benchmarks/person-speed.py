#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commenters of a million comments: opening one's list against its bare query, what the schema's step takes, and what
looking for trusted ones adds to a pull.

    person-speed.py PERSON-SPEED STORE-FILL [ROUNDS]

BENCH_COMMENTS makes it smaller; BENCH_STORE is a folder whose store is made once, and altered.
"""
import collections
import os
import statistics
import subprocess
import sys
import tempfile


def main():
    tool, fill = sys.argv[1:3]
    rounds = sys.argv[3] if len(sys.argv) > 3 else "5"
    temporary = tempfile.TemporaryDirectory()
    folder = os.environ.get("BENCH_STORE") or os.path.join(temporary.name, "store")
    n_comments = os.environ.get("BENCH_COMMENTS", "1000000")
    if not os.path.exists(os.path.join(folder, "balcony.db")):
        subprocess.run([fill, folder, "5000", n_comments, "2000"], check=True)
    output = subprocess.run([tool, folder, rounds], stdout=subprocess.PIPE, text=True, check=True).stdout
    times = collections.defaultdict(list)
    for line in output.splitlines():
        word, value = line.split()
        times[word].append(float(value))

    median = {word: statistics.median(values) for word, values in times.items()}
    print(f"{n_comments} comments: the step takes {median['migrate']:.1f} ms, opening {median['open']:.0f} ms; "
          f"all authors known after {median['complete'] / 1000:.1f} s of the idle writer")
    print(f"one of {median['comments']:.0f} comments: bare query {median['bare']:.2f} ms, list {median['opened']:.2f} ms, "
          f"figures {median['count']:.2f} ms; merged from fifty: {median['big-bare']:.0f} ms, {median['big-opened']:.0f} ms")
    print(f"list / bare query: {median['opened'] / median['bare']:.2f}, merged from fifty: "
          f"{median['big-opened'] / median['big-bare']:.2f}")
    print(f"taking in five thousand: {median['plain']:.0f} ms of the processor; looking for trusted ones, there is none: "
          f"{median['neutral'] / median['plain']:.3f}, there are two hundred: {median['treated'] / median['plain']:.3f}")


main()
