#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fake Blogger answers as Google describes, and Google's own client can work with it.

usage: test-fake-blogger.py FAKE-BLOGGER
"""

import http.client
import sys
import time
import urllib.error
import urllib.request

from judge import Judged


def get(url, token="test-token", tries=3):
    """The status of an answer. The judge may find its own connection to the fake closed: it is asked again."""
    request = urllib.request.Request(url)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except http.client.RemoteDisconnected:
        if tries == 1:
            raise
        return get(url, token, tries - 1)


def main():
    with Judged(sys.argv[1]) as judged:
        done = judged.run_google_client()
        for _, line in done:
            print(line)
        assert len(done) >= 10, "Google's client did less than it does"
        assert all(ok for ok, _ in done), "Google's client failed"

        blog = f"{judged.root}/v3/blogs/{judged.blog}"
        assert get(f"{judged.root}/v3/users/self") == 200
        assert get(f"{judged.root}/v3/users/self/blogs?fetchUserInfo=true") == 200
        assert get(f"{judged.root}/v3/blogs/byurl?url=http%3A%2F%2Fexample.blogspot.com%2F") == 200
        assert get(f"{blog}/posts?maxResults=3&fields=nextPageToken%2Citems(id%2Creplies%2FtotalItems)") == 200
        assert get(f"{blog}/posts/search?q=Film") == 200
        assert get(f"{blog}/posts/1") == 404
        assert get(f"{blog}/posts", token="wrong") == 401
        assert judged.violations() == [], judged.violations()

        # That these judges can find faults.
        assert get(f"{blog}/posts?maxresults=3") == 200
        assert get(f"{blog}/posts?view=OWNER") == 200
        until = time.monotonic() + 20          # it judges an answer while that is read here
        while len(judged.violations()) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert len(judged.violations()) == 2, judged.violations()
    print("the fake answers as Google describes")


if __name__ == "__main__":
    main()
