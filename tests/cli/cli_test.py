# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: running balconyctl in a world of its own, and TAP."""
import json
import os
import subprocess
import sys
import tempfile
import traceback

BALCONYCTL = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "balconyctl"


class Result:
    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    def json(self):
        return json.loads(self.out)


class Desk:
    """A data folder and, beside it, a blog that is a folder."""

    def __init__(self, folder, blog=True):
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.blog = os.path.join(folder, "blog")
        if blog:
            os.makedirs(self.blog, exist_ok=True)
            self.ok("blog", "add", "Home", "--provider", "folder", "--url", "file://" + self.blog)

    def run(self, *args, data=None, password=None, env=None, text=True, before=None):
        world = {**os.environ, "HOME": self.folder, "XDG_DATA_HOME": self.folder, **(env or {})}
        if "DBUS_SESSION_BUS_ADDRESS" not in (env or {}):
            world.pop("DBUS_SESSION_BUS_ADDRESS", None)
        world.pop("BALCONY_PASSWORD", None)
        if password is not None:
            world["BALCONY_PASSWORD"] = password
        done = subprocess.run([BALCONYCTL, "--data-dir", self.data, *args], input=data if data is not None else ("" if text else b""),
                              capture_output=True, text=text, env=world, timeout=600, preexec_fn=before)
        if done.returncode < 0:
            raise AssertionError(f"{args} died of signal {-done.returncode}: {done.stderr[-3000:]}")
        return Result(done)

    def ok(self, *args, **more):
        result = self.run(*args, **more)
        assert result.status == 0, f"{args}: status {result.status}: {result.err}"
        return result

    def json(self, *args, **more):
        return self.ok("--json", *args, **more).json()

    def fails(self, *args, status=1, **more):
        """One clear sentence, nothing else."""
        result = self.run(*args, **more)
        assert result.status == status, f"{args}: status {result.status}, not {status}: {result.err}{result.out}"
        lines = result.err.strip().splitlines()
        assert len(lines) == 1 and lines[0].startswith("balconyctl: ") and len(lines[0]) > 20, result.err
        assert "Sanitizer" not in result.err and "CRITICAL" not in result.err, result.err
        return lines[0]

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return path


REVIEW = """Late Shows: Night Ferry

A ferry (Ada Quill) never lands.

“Slow”, I thought – then it isn't.

Grade: A-

Watched on: a festival screener

Memorable Quote: "Nobody swims home." - Captain (Ada Quill)


  1. First thought.

    1. An answer.

  2. Second thought.
"""


def run(tests):
    """Each test gets a fresh folder; TAP on standard output."""
    print(f"1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", "-")
        with tempfile.TemporaryDirectory() as folder:
            try:
                skip = test(folder)
                print(f"ok {number} {name}" + (f" # SKIP {skip}" if skip else ""), flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"not ok {number} {name}")
                print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
                print(f"{name}: {traceback.format_exc()}", file=sys.stderr, flush=True)     # all that meson shows
    sys.exit(1 if failed else 0)
