#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening a long post, and a key until it is painted: Balcony's editor against a bare GtkTextView with the same text,
in interleaved rounds of one run.

    text-speed.py TEXT-SPEED [ROUNDS]
"""
import ctypes
import os
import random
import select
import signal
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
from ui_screen import X  # noqa: E402

OPENINGS = 3
# Words that every English dictionary has; what underlines cost shows in the posts with names.
TEXT = ("the film never watches the camera and a silent score of the director is what remains of the haunting montage "
        "in a light that no other film has had before or since ")
KEYS = len(TEXT) - 5


class Program:
    """text-speed, and the lines that it prints."""

    def __init__(self, argv):
        self.process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.rest = b""

    def line(self, timeout):
        """The next line's words, or nothing when none came in time."""
        deadline = time.monotonic() + timeout
        while b"\n" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                return []
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                raise SystemExit("text-speed ended by itself")
            self.rest += piece
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode().split()

    def wait(self, word, timeout=120):
        words = self.line(timeout)
        while words and words[0] != word:
            words = self.line(timeout)
        if not words:
            raise SystemExit(f"text-speed never said {word}")
        return words[1:]

    def end(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def press(test, keysym):
    code = X.lib.XKeysymToKeycode(ctypes.c_void_p(X.display), ctypes.c_ulong(keysym))
    for down in (1, 0):
        test.XTestFakeKeyEvent(ctypes.c_void_p(X.display), code, down, ctypes.c_ulong(0))
    X.lib.XFlush(ctypes.c_void_p(X.display))


def type_keys(program, test):
    """Milliseconds from each key to its painting."""
    taken = []
    chance = random.Random(7)
    for n in range(KEYS + 5):
        time.sleep(0.035 + 0.03 * chance.random())
        while program.line(0):
            pass
        begun = time.monotonic()
        press(test, TEXT.encode()[n])
        painted = int(program.wait("painted", 30)[0]) / 1e6
        if n >= 5:
            taken.append((painted - begun) * 1000)
    return taken


def measure(argv, test):
    program = Program(argv)
    try:
        openings = [float(program.wait("opened")[0]) for _ in range(OPENINGS)]
        program.wait("ready")
        time.sleep(0.3)
        return statistics.median(openings), type_keys(program, test)
    finally:
        program.end()
        time.sleep(0.2)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main():
    tool = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    X.open()
    test = ctypes.CDLL("libXtst.so.6")
    openings = str(OPENINGS)
    posts = {"50 KB": ("50", "420", openings), "50 KB with names": ("50", "420", openings, "names"),
             "1 MB": ("1024", "420", openings), "50 KB paragraphs": ("200", "51200", openings)}
    opened, keys = {}, {}
    for n in range(rounds + 1):
        for size, arguments in posts.items():
            for which in ("bare", "editor"):
                opening, taken = measure([tool, which, *arguments], test)
                if n:  # the first round warms the caches
                    opened.setdefault((which, size), []).append(opening)
                    keys.setdefault((which, size), []).extend(taken)
    for size in posts:
        for which in ("bare", "editor"):
            times = keys[which, size]
            print(f"{which:6} {size:17} open {statistics.median(opened[which, size]):7.1f} ms, key to painted "
                  f"p50 {percentile(times, .5):6.2f}  p95 {percentile(times, .95):6.2f}  p99 {percentile(times, .99):6.2f} ms")
    for size in posts:
        print(f"{size}: editor / bare: open "
              f"{statistics.median(opened['editor', size]) / statistics.median(opened['bare', size]):.2f}, "
              f"key p95 {percentile(keys['editor', size], .95) / percentile(keys['bare', size], .95):.2f}")
    print(f"editor, 1 MB / 50 KB: key p95 "
          f"{percentile(keys['editor', '1 MB'], .95) / percentile(keys['editor', '50 KB'], .95):.2f}")


main()
