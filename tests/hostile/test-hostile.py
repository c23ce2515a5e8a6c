#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real balconyctl against a blog whose server wants harm.

    test-hostile.py BALCONYCTL PLAIN [--heavy] [--figures]

PLAIN is a build without sanitizers. Whatever the server does, the program ends within a minute, tells what is wrong in
one sentence, prints and keeps no secret, and loses nothing; once the server behaves again, what waited arrives, once.
When both programs are the same one, it also stays below 150 MiB: the sanitizers take a multiple, and how many times as
much is theirs depends on what is done. --heavy runs the cases that keep a processor at work for a while, --figures shows
what is printed otherwise for failures alone, and BALCONY_HOSTILE=NAME[,NAME] runs some cases."""
import concurrent.futures
import os
import sys
import tempfile
import threading
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

# pylint: disable=wrong-import-position
import hostile_cases
import hostile_cases_content  # adds its own
import hostile_desk
from hostile_site import Answer, Site


def meet(case, seed, folder, context, elsewhere):
    """One case; returns what it took."""
    site = Site(context=context)
    try:
        hostile_desk.fill(site)
        desk = seed.copy_to(os.path.join(folder, case.name))
        desk.turn_to(site.url)
        if case.prepare:
            case.prepare(desk, site)
        before = desk.snapshot()
        site.twist, site.greet = case.twist(site, elsewhere.url) if case.twist else None, case.greet
        done = desk.run(*case.command(site), program=desk.tested)
        is_plain = desk.tested == desk.plain
        desk.assert_bounds(done, case.statuses, hostile_desk.MOST_MIB if is_plain else None)
        desk.assert_sentence(done, case.says)
        site.twist = site.greet = None
        desk.assert_no_secret_kept()
        desk.assert_kept(before, case.sends)
        if case.look:
            case.look(desk, site, done)
        if case.heals:
            desk.assert_arrives_once(site)
        return done
    finally:
        site.close()


def main():
    tested, plain = (os.path.abspath(path) for path in sys.argv[1:3])
    wanted = os.environ.get("BALCONY_HOSTILE", "").split(",")
    cases = [case for case in hostile_cases.CASES
             if case.name in wanted or (wanted == [""] and case.heavy == ("--heavy" in sys.argv))]
    cases.sort(key=lambda case: not case.slow)
    print(f"1..{len(cases)}", flush=True)
    elsewhere, lock = Site(lambda request, site: Answer("<html>Thanks</html>", 404)), threading.Lock()
    failed = n_shown = 0
    most = []                           # (MiB, seconds, name)
    with tempfile.TemporaryDirectory() as folder:
        seed = hostile_desk.Desk(os.path.join(folder, "seed"), tested, plain)
        os.makedirs(seed.folder)
        seed.seed()
        contexts = hostile_cases.certificates(folder)

        def run(case):
            nonlocal failed, n_shown
            held = True
            try:
                done = meet(case, seed, folder, contexts.get(case.certificate), elsewhere)
                most.append((done.mib, done.seconds, case.name))
                told = f"{case.name} # {done.mib:.0f} MiB, {done.seconds:.1f} s"
                if "--figures" in sys.argv:
                    told += f", {done.status}: {' '.join(done.lines())}"
            except Exception:  # pylint: disable=broad-except
                held = False
                why = "".join(f"# {line}\n" for line in traceback.format_exc().splitlines())
                told = case.name + "\n" + why.rstrip()
                print(f"{case.name}\n{why}", end="", file=sys.stderr, flush=True)     # all that meson shows of a failure
            with lock:
                n_shown += 1            # as they end: numbers out of order are an error to who reads them
                failed += not held
                print(f"{'ok' if held else 'not ok'} {n_shown} {told}", flush=True)

        # Who waits for a slow server needs no processor.
        n_slow = sum(case.slow for case in cases)
        with concurrent.futures.ThreadPoolExecutor(n_slow + 1) as slow, \
             concurrent.futures.ThreadPoolExecutor(6) as quick:
            for case in cases:
                (slow if case.slow else quick).submit(run, case)
    if "--figures" in sys.argv and most:
        longest = max(most, key=lambda figures: figures[1])
        print(f"# most memory: {max(most)[0]:.0f} MiB ({max(most)[2]}); longest: {longest[1]:.1f} s ({longest[2]})")
    leaked = hostile_desk.secrets_in("\n".join(elsewhere.log).encode())
    if leaked or failed:
        print(f"Bail out! Another server was told {leaked}" if leaked else f"# {failed} failed")
    sys.exit(1 if failed or leaked else 0)


main()
