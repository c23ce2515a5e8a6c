#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks find what they are for: each is run on a small tree that is sound, then on one with a fault."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SUMMARIZE, RUN = (HERE.parents[1] / "build-aux" / name for name in ("summarize-tests", "run-tests"))
SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"


class Checks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("src/model/bal-film.h", SPDX + "#include <glib-object.h>\n")
        self.write("src/store/bal-store.h", SPDX + '#include "bal-film.h"\n')
        self.write("src/store/bal-store.c", SPDX + '#include "bal-store.h"\n#include <sqlite3.h>\n')
        self.write("src/sync/bal-http.c", SPDX + "#include <libsoup/soup.h>\n#include <jansson.h>\n")
        self.write("src/ui/bal-window.c", SPDX + '#include "bal-store.h"\n#include <adwaita.h>\n')
        self.write("src/cli/bal-cli.h", SPDX)
        self.write("build-aux/hello", "#!/usr/bin/env bash\n# SPDX-License-Identifier: GPL-3.0-or-later\necho hello\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def check(self, name):
        run = subprocess.run([sys.executable, HERE / name, self.root], capture_output=True, text=True, check=False)
        return run.returncode, run.stdout

    def assert_found(self, name, words):
        status, output = self.check(name)
        self.assertEqual(status, 1, output)
        self.assertIn(words, output)

    def test_sound_tree_passes(self):
        for name in ("check-layers", "check-file-length", "check-spdx", "check-scripts"):
            status, output = self.check(name)
            self.assertEqual(status, 0, output)

    def test_empty_tree_fails(self):
        for path in sorted(self.root.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        for name in ("check-layers", "check-file-length", "check-spdx", "check-scripts"):
            self.assert_found(name, "found nothing to examine")

    def test_lower_layer_including_a_higher_one_is_found(self):
        self.write("src/model/bal-film.c", SPDX + '#include "bal-store.h"\n')
        self.assert_found("check-layers", "src/model/bal-film.c:2: model may not include bal-store.h")

    def test_interface_including_the_command_line_is_found(self):
        self.write("src/ui/bal-page.c", SPDX + '#include "bal-cli.h"\n')
        self.assert_found("check-layers", "ui may not include bal-cli.h")

    def test_library_in_the_wrong_layer_is_found(self):
        for layer, header in (("model", "sqlite3.h"), ("ui", "sqlite3.h"), ("store", "libsoup/soup.h"),
                              ("sync", "gtk/gtk.h"), ("cli", "adwaita.h"), ("providers", "libsecret/secret.h"),
                              ("store", "jansson.h"), ("sync", "json-glib/json-glib.h"), ("ui", "libxml/parser.h"),
                              ("store", "archive.h")):
            with self.subTest(layer=layer, header=header):
                self.write(f"src/{layer}/bal-wrong.c", SPDX + f"# include <{header}>\n")
                self.assert_found("check-layers", f"src/{layer}/bal-wrong.c:2: {layer} may not use {header}")
                (self.root / f"src/{layer}/bal-wrong.c").unlink()

    def test_long_file_is_found(self):
        self.write("src/model/bal-film.c", SPDX + "\n" * 699)
        self.assertEqual(self.check("check-file-length")[0], 0)
        self.write("src/model/bal-film.c", SPDX + "\n" * 700)
        self.assert_found("check-file-length", "bal-film.c: 701 lines")

    def test_missing_licence_is_found(self):
        self.write("src/model/bal-film.c", "\n" + SPDX)
        self.assert_found("check-spdx", "src/model/bal-film.c:1")
        self.write("src/model/bal-film.c", SPDX)
        self.write("build-aux/hello", "#!/usr/bin/env bash\necho hello\n")
        self.assert_found("check-spdx", "build-aux/hello")

    def test_broken_script_is_found(self):
        self.write("build-aux/hello", "#!/usr/bin/env bash\nif true; then\n")
        self.assert_found("check-scripts", "build-aux/hello: bash:")
        self.write("build-aux/hello", "#!/usr/bin/env bash\n")
        self.write("tests/broken.py", "def f(:\n")
        self.assert_found("check-scripts", "tests/broken.py:1")


class Summary(unittest.TestCase):
    def summarize(self, *results, meson=None, again=(), **more):
        """The status and the lines that are printed about tests with these results."""
        with tempfile.TemporaryDirectory() as folder:
            logs = [pathlib.Path(folder, name) for name in ("log.json", "again.json")]
            for log, some in zip(logs, (enumerate(results), again)):
                log.write_text("".join(json.dumps({"name": f"balcony:core / test {i}", "result": result, **more}) + "\n"
                                       for i, result in some))
            if meson is None:
                meson = sum(result not in ("OK", "SKIP") for result in results)
            run = subprocess.run([sys.executable, SUMMARIZE, logs[0], str(meson), logs[1]], capture_output=True, text=True,
                                 check=False)
        return run.returncode, run.stdout.splitlines()

    def assert_counts(self, expected, *results, **more):
        status, lines = self.summarize(*results, **more)
        self.assertEqual((status, lines[-1]), expected)

    def test_all_well_is_0(self):
        self.assert_counts((0, "2 passed, 0 failed, 1 skipped"), "OK", "OK", "SKIP")

    def test_every_other_result_is_a_failure(self):
        for result in ("FAIL", "TIMEOUT", "ERROR", "INTERRUPT", "UNEXPECTEDPASS", "something new"):
            self.assert_counts((1, "1 passed, 1 failed, 0 skipped"), "OK", result)

    def test_nothing_run_is_a_failure(self):
        self.assert_counts((1, "0 passed, 0 failed, 0 skipped"))
        self.assert_counts((1, "0 passed, 0 failed, 1 skipped"), "SKIP")

    def test_failure_of_meson_itself_is_not_lost(self):
        self.assert_counts((1, "1 passed, 0 failed, 0 skipped"), "OK", meson=2)
        self.assert_counts((1, "2 passed, 0 failed, 0 skipped"), "OK", "FAIL", meson=2, again=[(1, "OK")])

    def test_what_passes_when_run_again_is_told(self):
        status, lines = self.summarize("OK", "FAIL", again=[(1, "OK")], stderr="Bail out! ERROR:x.c:1: no (1 == 2)\n")
        self.assertEqual((status, lines[-1]), (0, "2 passed, 0 failed, 0 skipped"))
        self.assertEqual(lines[:-1], ["passed only when run again: balcony:core / test 1 (FAIL)",
                                      "    ERROR:x.c:1: no (1 == 2)"])
        for second in ("FAIL", "SKIP", "TIMEOUT"):
            self.assert_counts((1, "1 passed, 1 failed, 0 skipped"), "OK", "FAIL", again=[(1, second)])

    def test_failed_are_named_unless_interrupted(self):
        for results, names in ((("OK", "FAIL", "SKIP", "TIMEOUT"), "test 1\ntest 3\n"), (("FAIL", "INTERRUPT"), "")):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
                for i, result in enumerate(results):
                    log.write(json.dumps({"name": f"balcony:core+sync / test {i}", "result": result}) + "\n")
                log.flush()
                run = subprocess.run([sys.executable, SUMMARIZE, "--failed", log.name], capture_output=True, text=True,
                                     check=True)
            self.assertEqual(run.stdout, names)

    def test_cause_is_told_in_a_few_lines(self):
        trace = ("usage\nnot ok 1 first\n# Traceback (most recent call last):\n#   File \"/t/test_a.py\", line 3, in first\n"
                 "#     look()\n#   File \"/t/driver.py\", line 9, in look\n#     raise Timeout\n# Timeout: waited\n"
                 "# [frame] x\nnot ok 2 second\n")
        asan = ("==7==ERROR: AddressSanitizer: heap\n    #0 0x1 in g_free\n    #1 0x2 in bal_x ../src/ui/bal-x.c:7\n"
                "SUMMARY: AddressSanitizer: heap\n")
        for output, told in ((trace, ["not ok 1 first", 'File "/t/test_a.py", line 3, in first', "look()",
                                      "Timeout: waited"]),
                             (asan, ["==7==ERROR: AddressSanitizer: heap", "#1 0x2 in bal_x ../src/ui/bal-x.c:7",
                                     "SUMMARY: AddressSanitizer: heap"]),
                             ("one\ntwo\n\nthree\nfour\nfive\n", ["two", "three", "four", "five"])):
            for where in ("stdout", "stderr"):
                self.assertEqual(self.summarize("FAIL", **{where: output})[1][1:-1], ["    " + line for line in told])
        for n_failed in (3, 10, 60):
            lines = self.summarize(*["FAIL"] * n_failed, stderr=trace, stdout=asan)[1]
            self.assertLessEqual(len([line for line in lines if line.startswith("    ")]), 40)
            self.assertEqual(len([line for line in lines if line.startswith("failed: ")]), n_failed)


class RunningAgain(unittest.TestCase):
    """A build folder with tests that pass only when they are run for the second time, and others."""
    LATE = '#!/bin/sh\nif [ -e "$1" ]; then exit 0; fi\ntouch "$1"\necho "too late" >&2\nexit 1\n'
    SUITES = {"one": {"well": "find_program('true')", "late": None},
              "other": {"well-too": "find_program('true')", "late-too": None},
              "broken": {"fine": "find_program('true')", "never": "find_program('false')"},
              "many": {f"late-{i}": None for i in range(6)}}

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        (root / "late").write_text(cls.LATE)
        (root / "late").chmod(0o755)
        late = "find_program('late'), args: meson.current_build_dir() / '{}'"
        (root / "meson.build").write_text("project('scratch')\nadd_test_setup('quick')\nadd_test_setup('long')\n" + "".join(
            f"test('{name}', {program or late.format(name)}, suite: '{suite}')\n"
            for suite, tests in cls.SUITES.items() for name, program in tests.items()))
        cls.build = root / "_build"
        subprocess.run(["meson", "setup", cls.build, root], check=True, capture_output=True)

    def run_tests(self, suite, setup="quick"):
        run = subprocess.run([RUN, self.build, setup, "--suite", suite], capture_output=True, text=True, check=False)
        return run.returncode, run.stdout.splitlines()

    def test_second_run_counts_and_is_named(self):
        status, lines = self.run_tests("one")
        self.assertEqual((status, lines[-1]), (0, "2 passed, 0 failed, 0 skipped"))
        self.assertRegex(lines[-3], "^passed only when run again: scratch:one / late ")
        self.assertEqual(lines[-2], "    too late")

    def test_second_run_is_a_failure_where_there_is_time(self):
        status, lines = self.run_tests("other", "long")
        self.assertEqual((status, lines[-1]), (1, "2 passed, 0 failed, 0 skipped"))
        self.assertRegex(lines[-3], "^passed only when run again: scratch:other / late-too ")
        self.assertEqual(self.run_tests("other", "long")[0], 0)

    def test_failing_twice_fails(self):
        status, lines = self.run_tests("broken")
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed, 0 skipped"))

    def test_many_are_not_run_again(self):
        status, lines = self.run_tests("many")
        self.assertEqual((status, lines[-1]), (1, "0 passed, 6 failed, 0 skipped"))

if __name__ == "__main__":
    unittest.main()
