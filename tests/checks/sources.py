# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks share: the files of the source tree, and how a check reports."""
import pathlib
import sys

SKIPPED = {".git", ".cache", "__pycache__", "practice-blog"}


def root_from_argv():
    """The folder to check: the first argument, or the source tree that this file is in."""
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1])
    return pathlib.Path(__file__).resolve().parents[2]


def files(root):
    """Every file of the tree that people wrote, as paths relative to root, sorted."""
    def walk(folder):
        for path in sorted(folder.iterdir()):
            if path.is_symlink() or path.name in SKIPPED or path.name.startswith("_build"):
                continue
            if path.is_dir():
                if (path / "build.ninja").exists() or path.relative_to(root).as_posix() == "tests/data":
                    continue
                yield from walk(path)
            else:
                yield path.relative_to(root)
    return list(walk(root))


def report(check, examined, faults):
    """Print the faults and leave: 0 when all is well, 1 when there are faults or there was nothing to look at."""
    for fault in faults:
        print(fault)
    if not examined:
        print(f"{check}: found nothing to examine")
        sys.exit(1)
    print(f"{check}: {examined} files examined, {len(faults)} faults")
    sys.exit(1 if faults else 0)
