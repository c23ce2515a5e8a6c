# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether programs rest: what the kernel tells of their threads, however slow the machine is."""
import os
import time

QUIET = 0.05            # longer than the time between two frames


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            return {int(word) for word in f.read().split()}
    except OSError:
        return set()


def session():
    """Those that ui-session started beside the test: display, window manager, buses."""
    return children(os.getppid()) - {os.getpid()}


def work(pids):
    """{thread: nanoseconds that it ran}; None when one runs, waits for its turn or for the disk."""
    done = {}
    for pid in pids:
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/stat", encoding="utf-8", errors="replace") as f:
                    if f.read().rsplit(")", 1)[1].split()[0] in "RD":
                        return None
                with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as f:
                    done[thread] = int(f.read().split()[0])
        except OSError:
            pass                # it has just ended
    return done


def resting(pids):
    """True when these processes and the session's did nothing for a moment."""
    pids = session() | set(pids)
    before = work(pids)
    time.sleep(QUIET if before is not None else QUIET / 5)
    return before is not None and work(pids) == before
