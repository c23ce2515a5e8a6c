#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""First pull of 5,000 reviews and 50,000 comments from a real WordPress, as a ratio to the time that curl needs for
the same pages one after another, in interleaved rounds of one run.

    first-pull.py BALCONYCTL WORDPRESS-SERVER [ROUNDS]

BENCH_POSTS and BENCH_COMMENTS (a post) make it smaller.
"""
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time


def environment(folder):
    """The variables that the server wrote for us."""
    values = {}
    with open(os.path.join(folder, "env"), encoding="utf-8") as f:
        for line in f:
            match = re.match(r"(?:export )?(\w+)=(.*)$", line.strip())
            if match:
                values[match[1]] = "".join(shlex.split(match[2]))
    return values


def requests(log):
    """The listing requests of the last pull, from the server's own log."""
    with open(log, encoding="utf-8", errors="replace") as f:
        found = re.findall(r'"GET (\S+) HTTP', f.read())
    return [path for path in found if re.search(r"/wp/v2/(posts|comments|categories|tags)\b", path)]


def pull(balconyctl, env, data_dir):
    call = [balconyctl, "--data-dir", data_dir]
    password = {**os.environ, "BALCONY_PASSWORD": env["WP_APP_PASSWORD"]}
    subprocess.run([*call, "blog", "add", "Bench", "--provider", "wordpress", "--url", env["WP_URL"], "--user",
                    env["WP_USER"]], env=password, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    begun = time.monotonic()
    done = subprocess.run([*call, "--json", "sync", "--pull-only"], env=password, check=True, stdout=subprocess.PIPE)
    return time.monotonic() - begun, json.loads(done.stdout)


def fetch(env, paths, folder):
    """The same pages by one curl over one connection, one after another."""
    base = re.match(r"https?://[^/]+", env["WP_URL"])[0]
    config = os.path.join(folder, "curl.conf")
    with open(config, "w", encoding="utf-8") as f:
        for path in paths:
            f.write(f'url = "{base}{path}"\noutput = "/dev/null"\n')
    begun = time.monotonic()
    subprocess.run(["curl", "-s", "-f", "--compressed", "--globoff", "-u",
                    f"{env['WP_USER']}:{env['WP_APP_PASSWORD']}", "-K", config], check=True)
    return time.monotonic() - begun


def main():
    balconyctl, server = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    posts, comments = os.environ.get("BENCH_POSTS", "5000"), os.environ.get("BENCH_COMMENTS", "10")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        site = os.path.join(folder, "site")
        subprocess.run([server, "install"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([server, "start", site, "--owner", str(os.getpid())], check=True, stdout=subprocess.DEVNULL)
        try:
            subprocess.run([server, "seed", site, posts, comments], check=True, stdout=subprocess.DEVNULL)
            env = environment(site)
            log = os.path.join(site, "log", "access.log")
            pulls, curls = [], []
            for n in range(rounds):
                open(log, "w", encoding="utf-8").close()
                taken, result = pull(balconyctl, env, os.path.join(folder, f"store{n}"))
                pulls.append(taken)
                paths = requests(log)
                curls.append(fetch(env, paths, folder))
            print(f"{result['reviews_received']} reviews and {result['comments_received']} comments in {len(paths)} requests")
        finally:
            subprocess.run([server, "stop", site], check=False, stdout=subprocess.DEVNULL)
    print(f"balconyctl sync {statistics.median(pulls):6.2f} s, curl {statistics.median(curls):6.2f} s, medians of {rounds}")
    print(f"balconyctl / curl: {statistics.median(pulls) / statistics.median(curls):.2f}")


main()
