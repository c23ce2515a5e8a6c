#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queues of a million comments: opening one against its bare query, and how long the main loop is held by deciding on
one comment and on ten thousand; and the memory that this takes.

    triage-speed.py TRIAGE-SPEED STORE-FILL [ROUNDS]

BENCH_COMMENTS makes it smaller; BENCH_STORE is a folder whose store is made once and kept.
"""
import collections
import os
import statistics
import subprocess
import sys
import tempfile

FRAME = 1000 / 60


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    tool, fill = sys.argv[1:3]
    rounds = sys.argv[3] if len(sys.argv) > 3 else "7"
    temporary = tempfile.TemporaryDirectory()
    folder = os.environ.get("BENCH_STORE") or os.path.join(temporary.name, "store")
    if not os.path.exists(os.path.join(folder, "balcony.db")):
        subprocess.run([fill, folder, "5000", os.environ.get("BENCH_COMMENTS", "1000000"), "2000"], check=True)
    output = subprocess.run([tool, folder, rounds], stdout=subprocess.PIPE, text=True, check=True).stdout
    times = collections.defaultdict(list)
    for line in output.splitlines():
        word, value = line.split()
        times[word].append(float(value))

    bare, opened = statistics.median(times["bare"]), statistics.median(times["opened"])
    print(f"bare query {bare:.0f} ms, queue opened {opened:.0f} ms")
    print(f"queue / bare query: {opened / bare:.2f}")
    print(f"one comment: main loop held for p50 {percentile(times['one'], .5) / FRAME:.2f} p99 "
          f"{percentile(times['one'], .99) / FRAME:.2f} frames")
    print(f"ten thousand: main loop held for p99 {percentile(times['many'], .99) / FRAME:.2f} most "
          f"{max(times['many']) / FRAME:.2f} frames; all of them in {times['whole'][0]:.0f} ms, back in {times['whole'][1]:.0f} ms")
    small, queue, after = (times[word][0] / 1024 for word in ("small", "queue", "after"))
    print(f"memory: {small:.0f} MiB with the hundredth that is pending, {queue:.0f} with the queue, {after:.0f} at the end")
    print(f"queue / its hundredth: {queue / small:.2f}")
    if times["writer"]:
        print(f"others wait to write: p50 {percentile(times['writer'], .5):.0f} most {max(times['writer']):.0f} ms")


main()
