# SPDX-License-Identifier: GPL-3.0-or-later
"""A blog on Blogger by the command line: signing in with a browser, syncing, signing in again.

usage: test-blogger.py BALCONYCTL FAKE-BLOGGER
"""
import json
import os
import subprocess
import sys
import urllib.request

from cli_test import BALCONYCTL, Desk, run

PNG = b"\x89PNG\r\n\x1a\n" + b"still"
FAKE = os.path.abspath(sys.argv[2])
GRANT = json.dumps({"client_id": "desktop-client", "client_secret": "not-really-secret", "refresh_token": "refresh-0"})


class Blogger:
    def __enter__(self):
        self.fake = subprocess.Popen([FAKE, "0", "12", "20"], stdout=subprocess.PIPE, text=True)
        self.root = self.fake.stdout.readline().split()[1]
        return self

    def __exit__(self, *unused):
        self.fake.terminate()
        self.fake.wait(timeout=120)
        self.fake.stdout.close()

    def env(self, **more):
        return {"BALCONY_BLOGGER_SERVER": self.root, **more}


def by_browser(desk, blogger, *args, secret="not-really-secret"):
    """Runs a command that asks for a browser, and plays the browser. (status, standard error)"""
    world = {**os.environ, "HOME": desk.folder, **blogger.env(BALCONY_CLIENT_SECRET=secret)}
    world.pop("DBUS_SESSION_BUS_ADDRESS", None)
    program = subprocess.Popen([BALCONYCTL, "--data-dir", desk.data, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, env=world)
    heard = []
    for line in program.stderr:
        heard.append(line)
        if line.startswith("http://"):
            with urllib.request.urlopen(line.strip(), timeout=120) as page:
                page.read()
    program.stderr.close()
    program.stdout.read()
    program.stdout.close()
    return program.wait(timeout=120), "".join(heard)


def test_browser_signs_in_and_everything_comes_in(folder):
    desk = Desk(folder, blog=False)
    with Blogger() as blogger:
        status, heard = by_browser(desk, blogger, "blog", "add", "B", "--provider", "blogger", "--url",
                                   "example.blogspot.com", "--client-id", "desktop-client")
        assert status == 0, heard
        assert "not-really-secret" not in heard and "refresh-" not in heard
        assert desk.json("blog", "list")[0]["name"] == "B"
        desk.ok("sync", password=GRANT, env=blogger.env())
        assert len(desk.json("review", "list")) == 12
        status, heard = by_browser(desk, blogger, "blog", "sign-in", "B", "--client-id", "desktop-client")
        assert status == 0, heard


def test_wrong_secret_is_told_and_no_blog_is_added(folder):
    desk = Desk(folder, blog=False)
    with Blogger() as blogger:
        status, heard = by_browser(desk, blogger, "blog", "add", "B", "--provider", "blogger", "--url",
                                   "example.blogspot.com", "--client-id", "desktop-client", secret="wrong")
        assert status == 1 and "client ID" in heard, heard
        assert desk.json("blog", "list") == []


def test_other_address_is_told(folder):
    desk = Desk(folder, blog=False)
    with Blogger() as blogger:
        status, heard = by_browser(desk, blogger, "blog", "add", "B", "--provider", "blogger", "--url",
                                   "other.blogspot.com", "--client-id", "desktop-client")
        assert status == 1 and "example.blogspot.com" in heard, heard


def test_pictures_get_a_place_and_are_shown_from_there(folder):
    desk = Desk(folder)
    served = os.path.join(folder, "served")
    os.makedirs(served)
    with Blogger() as blogger:
        by_browser(desk, blogger, "blog", "add", "B", "--provider", "blogger", "--url", "example.blogspot.com",
                   "--client-id", "desktop-client")
        assert "Pictures go nowhere" in desk.ok("blog", "show", "B").out
        number = str(desk.json("--blog", "B", "review", "new", desk.write("words.txt", "Words.\n"))["id"])
        warned = desk.ok("review", "image", number, desk.write("ferry.png", PNG))
        assert "“B” takes no pictures" in warned.err, warned.err
        desk.ok("review", "publish", number)
        desk.run("--blog", "B", "sync", password=GRANT, env=blogger.env())
        [item] = desk.json("--blog", "B", "outbox", "list")
        assert item["state"] == "parked" and "Pictures…" in item["error"], item

        # What is of no use is told, and changes nothing.
        for wrong in (["--image-host", "B"], ["--image-host", "Nobody"], ["--image-host", served],
                      ["--image-host", "Home"], ["--image-url", "https://b.example"],
                      ["--image-host", served, "--image-url", "b.example"]):
            desk.fails("blog", "set", "B", *wrong)
        desk.fails("blog", "set", "Home", "--image-host", "B")
        assert desk.json("blog", "show", "B")["image_host"] is None

        # A blog in a folder, then a folder alone; with the place the review is offered again.
        desk.ok("blog", "set", "B", "--image-host", "Home", "--image-url", "https://b.example/media")
        assert "“Home”" in desk.ok("blog", "show", "B").out
        told = desk.ok("blog", "set", "B", "--image-host", served + "/", "--image-url", "https://b.example/pictures/").out
        assert "https://b.example/pictures" in told, told
        desk.ok("--blog", "B", "sync", password=GRANT, env=blogger.env())
        [name] = os.listdir(served)
        assert f'src="https://b.example/pictures/{name}"' in desk.json("review", "show", number)["html"]
        assert desk.json("--blog", "B", "outbox", "list") == []

        # A blog that goes says who is left without a place.
        desk.ok("blog", "set", "B", "--image-host", "Home", "--image-url", "https://b.example/media")
        assert "“B”" in desk.ok("blog", "remove", "Home").err
        assert desk.json("blog", "show", "B")["image_host"] is None


def test_an_import_is_sent_once_and_its_comments_stay_here(folder):
    desk = Desk(folder, blog=False)
    wxr = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "exchange", "data", "small.wxr.xml")
    with Blogger() as blogger:
        by_browser(desk, blogger, "blog", "add", "B", "--provider", "blogger", "--url", "example.blogspot.com",
                   "--client-id", "desktop-client")
        desk.ok("sync", password=GRANT, env=blogger.env())
        there = len(desk.json("review", "list"))
        report = desk.run("--json", "import", wxr, "--send").json()
        assert report["reviews"]["new"] == 3 and report["comments"]["new"] == 3, report
        assert [n for n in report["notes"] if "other people’s names" in n["reason"]], report["notes"]
        desk.ok("sync", password=GRANT, env=blogger.env())
        assert desk.json("outbox", "list") == []
        night = [r for r in desk.json("review", "list") if r["title"] == "Late Shows: Night Ferry"]
        assert len(night) == 1 and night[0]["status"] == "published", night
        assert night[0]["published"].startswith("2019-05-30T18:04:00") and night[0]["sync"] == "clean", night

        # Once more, and on a second computer: Blogger has each of them once.
        again = desk.run("--json", "import", wxr, "--send").json()
        assert again["reviews"]["new"] == 0 and again["comments"]["new"] == 0, again
        os.makedirs(os.path.join(folder, "second"))
        other = Desk(os.path.join(folder, "second"), blog=False)
        by_browser(other, blogger, "blog", "add", "B", "--provider", "blogger", "--url", "example.blogspot.com",
                   "--client-id", "desktop-client")
        other.ok("sync", password=GRANT, env=blogger.env())
        assert len(other.json("review", "list")) == there + 3


def test_test_server_is_on_this_computer_alone(folder):
    """No variable of the environment sends tokens away."""
    for server in ("http://127.0.0.1.example.org", "http://127.0.0.1:80@example.org", "https://example.org"):
        check_that_google_is_asked(Desk(folder, blog=False), server)


def check_that_google_is_asked(desk, server):
    world = {**os.environ, "HOME": desk.folder, "BALCONY_BLOGGER_SERVER": server, "BALCONY_CLIENT_SECRET": "x"}
    world.pop("DBUS_SESSION_BUS_ADDRESS", None)
    program = subprocess.Popen([BALCONYCTL, "--data-dir", desk.data, "blog", "add", "B", "--provider", "blogger", "--url",
                                "example.blogspot.com", "--client-id", "x"], stderr=subprocess.PIPE, text=True, env=world)
    line = next(line for line in program.stderr if line.startswith("http"))
    program.terminate()
    program.wait(timeout=120)
    program.stderr.close()
    assert line.startswith("https://accounts.google.com/"), line


run([test_browser_signs_in_and_everything_comes_in, test_wrong_secret_is_told_and_no_blog_is_added,
     test_other_address_is_told, test_pictures_get_a_place_and_are_shown_from_there,
     test_an_import_is_sent_once_and_its_comments_stay_here, test_test_server_is_on_this_computer_alone])
