#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""faultproxy.mjs breaks what it is told to, once, and nothing else."""
import http.client
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import threading
import time
import unittest

PROXY = pathlib.Path(__file__).resolve().parent / "faultproxy.mjs"
BODY = json.dumps({"text": "x" * 900}).encode()


class Upstream(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = []

    def answer(self):
        sent = self.rfile.read(int(self.headers.get("content-length", 0)))
        Upstream.seen.append((self.command, self.path, sent))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    do_GET = do_POST = answer

    def log_message(self, *args):
        pass


class FaultProxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
        threading.Thread(target=cls.upstream.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{cls.upstream.server_port}"
        cls.proxy = subprocess.Popen(["node", PROXY, "0", url], stdout=subprocess.PIPE, text=True)
        cls.port = int(cls.proxy.stdout.readline().split()[-1])

    @classmethod
    def tearDownClass(cls):
        cls.proxy.terminate()
        cls.proxy.wait()
        cls.proxy.stdout.close()
        cls.upstream.shutdown()
        cls.upstream.server_close()

    def setUp(self):
        Upstream.seen.clear()
        self.ask("DELETE", "/__fault")

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def rule(self, **rule):
        self.ask("PUT", "/__fault", json.dumps([rule]))

    def assert_then_clean(self):
        self.assertEqual(self.ask("GET", "/after"), (200, BODY))

    def test_without_rules_everything_passes(self):
        self.assertEqual(self.ask("POST", "/posts", b"hello"), (200, BODY))
        self.assertEqual(Upstream.seen, [("POST", "/posts", b"hello")])
        self.assertEqual([e["url"] for e in json.loads(self.ask("GET", "/__log")[1])], ["/posts"])

    def test_status_never_reaches_upstream(self):
        self.rule(do="status", status=503, body="busy")
        self.assertEqual(self.ask("GET", "/posts"), (503, b"busy"))
        self.assertEqual(Upstream.seen, [])
        self.assert_then_clean()

    def test_refuse_never_reaches_upstream(self):
        self.rule(do="refuse")
        with self.assertRaises(ConnectionError):
            self.ask("POST", "/posts", b"x")
        self.assertEqual(Upstream.seen, [])
        self.assert_then_clean()

    def test_lost_answer_follows_work_done(self):
        self.rule(do="lost", match="^POST")
        self.assertEqual(self.ask("GET", "/first")[0], 200)
        with self.assertRaises((ConnectionError, http.client.HTTPException)):
            self.ask("POST", "/posts", b"x")
        self.assertEqual(Upstream.seen[-1], ("POST", "/posts", b"x"))
        self.assert_then_clean()

    def test_cut_and_stall_end_short(self):
        for what in ("cut", "stall"):
            self.rule(do=what, bytes=100, ms=50)
            with self.assertRaises(http.client.IncompleteRead) as caught:
                self.ask("GET", "/posts")
            self.assertEqual(caught.exception.partial, BODY[:100])
            self.assert_then_clean()

    def test_garble_is_well_formed_http(self):
        self.rule(do="garble", bytes=20)
        self.assertEqual(self.ask("GET", "/posts"), (200, BODY[:20]))
        self.assert_then_clean()

    def test_drip_is_whole_and_slow(self):
        self.rule(do="drip", bytes=300, ms=50)
        start = time.monotonic()
        self.assertEqual(self.ask("GET", "/posts"), (200, BODY))
        self.assertGreater(time.monotonic() - start, 0.1)

    def test_twice_is_seen_twice(self):
        self.rule(do="twice")
        self.assertEqual(self.ask("POST", "/posts", b"x"), (200, BODY))
        self.assertEqual(Upstream.seen, [("POST", "/posts", b"x")] * 2)

    def test_html_is_a_portal(self):
        self.rule(do="html")
        status, body = self.ask("GET", "/posts")
        self.assertEqual((status, body[:6]), (200, b"<html>"))

    def test_skip_and_n_count(self):
        self.rule(do="status", status=500, skip=1, n=2)
        self.assertEqual([self.ask("GET", "/x")[0] for _ in range(5)], [200, 500, 500, 200, 200])


if __name__ == "__main__":
    if not shutil.which("node"):
        print("node is not installed")
        sys.exit(77)
    unittest.main()
