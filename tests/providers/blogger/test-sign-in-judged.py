#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with a certified OpenID provider, which others wrote. It does not travel with the repository.

usage: test-sign-in-judged.py TEST-BLOGGER-SIGN-IN
"""

import os
import socket
import subprocess
import sys

SKIP = 77


def main():
    script = os.path.join(os.environ.get("BALCONY_SHARED", ""), "tools/servers/oauth")
    if not os.access(script, os.X_OK):
        print("SKIP: no OpenID provider in $BALCONY_SHARED/tools/servers")
        sys.exit(SKIP)
    if subprocess.run([script, "install"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        print("SKIP: the OpenID provider can't be installed (no npm, or no network)")
        sys.exit(SKIP)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    subprocess.run([script, "start", port], check=True)
    try:
        done = subprocess.run([sys.argv[1], "-p", "/blogger/sign-in/judge-agrees"], timeout=100, text=True,
                              env={**os.environ, "BALCONY_OAUTH_JUDGE": "http://127.0.0.1:" + port},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(done.stdout)
        assert done.returncode == 0
        assert "ok 1 /blogger/sign-in/judge-agrees" in done.stdout and "SKIP" not in done.stdout
    finally:
        subprocess.run([script, "stop", port], check=False)


if __name__ == "__main__":
    main()
