# SPDX-License-Identifier: GPL-3.0-or-later
"""The real WordPress that run-live started, and its REST interface as a second person would use it."""
import base64
import json
import os
import subprocess
import sys
import urllib.parse
import urllib.request


class Site:
    def __init__(self):
        self.env = os.environ
        if "WP_URL" not in self.env:
            print("1..0 # SKIP no WordPress is installed here")
            sys.exit(0)
        self.folder = self.env["WP_DIR"]
        self.url = self.env["WP_URL"]
        self.total = 0

    def flag(self, name, on=True, value=""):
        """A switch that every request reads: flood, moderate, fail-status, lose-response, …"""
        path = os.path.join(self.folder, "flag", name)
        if on:
            with open(path, "w", encoding="utf-8") as f:
                f.write(value)
        elif os.path.exists(path):
            os.remove(path)

    def server(self, command):
        """Stops or starts it."""
        done = subprocess.run([self.env["WP_SERVER"], command, self.folder], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 0, f"wordpress-server {command}: {done.stderr}"

    def api(self, method, path, body=None):
        """JSON of one call as the administrator; raises urllib's HTTPError. Totals are in self.total."""
        secret = base64.b64encode(f"{self.env['WP_USER']}:{self.env['WP_APP_PASSWORD']}".encode()).decode()
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url.rstrip("/") + "/index.php?rest_route=/wp/v2/" + path.replace("?", "&"),
                                         data=data, method=method,
                                         headers={"Authorization": "Basic " + secret, "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=300) as answer:
            self.total = int(answer.headers.get("X-WP-Total") or 0)
            return json.loads(answer.read())

    def count(self, path):
        self.api("GET", path + ("&" if "?" in path else "?") + "per_page=1&_fields=id")
        return self.total

    def all(self, path):
        """Every post or comment of a listing."""
        found, page = [], 1
        while True:
            found += self.api("GET", f"{path}&context=edit&per_page=100&page={page}")
            if len(found) >= self.total:
                return found
            page += 1

    def posts_by_title(self, title):
        return [p for p in self.api("GET", "posts?context=edit&status=any&per_page=100&search=" + urllib.parse.quote(title))
                if p["title"]["raw"] == title]
