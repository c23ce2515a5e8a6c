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
SUMMARIZE = HERE.parents[1] / "build-aux" / "summarize-tests"
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
    def summarize(self, *results, meson=0):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
            for i, result in enumerate(results):
                log.write(json.dumps({"name": f"test {i}", "result": result}) + "\n")
            log.flush()
            run = subprocess.run([sys.executable, SUMMARIZE, log.name, str(meson)], capture_output=True, text=True,
                                 check=False)
        return run.returncode, run.stdout.splitlines()[-1]

    def test_all_well_is_0(self):
        self.assertEqual(self.summarize("OK", "OK", "SKIP"), (0, "2 passed, 0 failed, 1 skipped"))

    def test_every_other_result_is_a_failure(self):
        for result in ("FAIL", "TIMEOUT", "ERROR", "INTERRUPT", "UNEXPECTEDPASS", "something new"):
            self.assertEqual(self.summarize("OK", result), (1, "1 passed, 1 failed, 0 skipped"))

    def test_nothing_run_is_a_failure(self):
        self.assertEqual(self.summarize(), (1, "0 passed, 0 failed, 0 skipped"))
        self.assertEqual(self.summarize("SKIP"), (1, "0 passed, 0 failed, 1 skipped"))

    def test_failure_of_meson_itself_is_not_lost(self):
        self.assertEqual(self.summarize("OK", meson=2), (1, "1 passed, 0 failed, 0 skipped"))


if __name__ == "__main__":
    unittest.main()
