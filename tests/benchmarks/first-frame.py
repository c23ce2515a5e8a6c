#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exec to first frame with rows shown, 5,000 reviews and 50,000 comments in the store, as a ratio to an empty
window built from a template and to gnome-text-editor, in interleaved rounds of one run.

    first-frame.py EMPTY-WINDOW BALCONY STORE-FILL [ROUNDS]
"""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
from ui_screen import X, memory  # noqa: E402

# Painted text has many shades; an empty pane has two or three.
SHADES_OF_TEXT = 6
LOOKED_AT = 150, 320


def shades(left, top):
    """Of a part of the screen that is as large for each program, so that looking costs each the same."""
    return len(set(memoryview(X.area(left, top, *LOOKED_AT)).cast("I")))


def start(argv, place, timeout=30):
    """Milliseconds from exec until that place of the screen shows text or controls."""
    X.open()
    deadline = time.monotonic() + timeout
    begun = time.monotonic()
    process = subprocess.Popen(argv, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        while shades(*place) < SHADES_OF_TEXT:
            if time.monotonic() > deadline or process.poll() is not None:
                raise SystemExit(f"{argv[0]} showed nothing")
            time.sleep(0.001)
        taken = (time.monotonic() - begun) * 1000
        time.sleep(0.5)
        return taken, memory(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        time.sleep(0.2)


def main():
    empty, balcony, fill = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 9
    X.open()
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        subprocess.run([fill, store, "5000", "50000"], check=True, stdout=subprocess.DEVNULL)
        # On a screen of 1280x800, with the window in the middle: the empty one's button and search entry, the rows of
        # Balcony's list, the editor's title.
        programs = {"empty window": ([empty], (95, 55)),
                    "balcony": ([balcony, "--data-dir", store], (300, 280)),
                    "gnome-text-editor": (["gnome-text-editor", "-s"], (565, 90))}
        if not shutil.which("gnome-text-editor"):
            del programs["gnome-text-editor"]
        times = {name: [] for name in programs}
        rss = {}
        for n in range(rounds + 1):
            for name, (argv, place) in programs.items():
                taken, used = start(argv, place)
                rss[name] = used["rss"] / 1024
                if n:  # the first round warms the caches
                    times[name].append(taken)
    medians = {name: statistics.median(all_) for name, all_ in times.items()}
    for name, median in medians.items():
        print(f"{name:18} {median:7.1f} ms to the first frame, median of {rounds}; {rss[name]:.0f} MiB RSS")
    for name in medians:
        if name != "balcony":
            print(f"balcony / {name}: {medians['balcony'] / medians[name]:.2f}")


main()
