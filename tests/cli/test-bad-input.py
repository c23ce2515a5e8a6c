#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input gives one clear sentence, a status, and loses nothing."""
import hashlib
import http.server
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import threading

from cli_test import Desk, REVIEW, run


def database(desk):
    return os.path.join(desk.data, "balcony.db")


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def wrong_usage_is_status_2(folder):
    desk = Desk(folder, blog=False)
    for words in (["frobnicate"], ["review", "show", "x"], ["review", "list", "--status", "lost"],
                  ["blog", "add", "A"], ["comment", "reply", "1"], ["review", "publish", "1", "--at", "soon"],
                  ["conflict", "resolve", "1", "ours"], ["sync", "--fast"], ["import"],
                  ["import", "x", "--format", "word"]):
        desk.fails(*words, status=2)
    assert desk.run("review").status == 2
    assert desk.run("--help").status == 0


def what_is_not_there_yet_says_so(folder):
    desk = Desk(folder)
    desk.fails("blog", "add", "G", "--provider", "ghost", "--url", "http://127.0.0.1:9")


def unknown_things_are_named(folder):
    desk = Desk(folder)
    for words in (["review", "show", "77"], ["comment", "approve", "77"], ["outbox", "discard", "77"], ["outbox", "undo", "77"],
                  ["conflict", "show", "77"], ["--blog", "Nowhere", "review", "list"],
                  ["review", "new", os.path.join(folder, "missing.txt")]):
        desk.fails(*words)


def an_address_without_a_blog(folder):
    desk = Desk(folder, blog=False)
    for url in ("not a url", "http://", "ftp://example.invalid/", "http://blog.example.invalid/"):
        desk.fails("blog", "add", "W", "--provider", "wordpress", "--url", url, "--user", "u", password="p")
    assert desk.json("blog", "list") == []


def a_server_that_is_down(folder):
    desk = Desk(folder, blog=False)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    desk.fails("blog", "add", "W", "--provider", "wordpress", "--url", f"http://127.0.0.1:{port}/",
               "--user", "u", password="p")


class Refusing(http.server.BaseHTTPRequestHandler):
    """A WordPress that knows nobody."""

    def answer(self):
        words = b'{"code": "incorrect_password", "message": "No.", "data": {"status": 401}}'
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    do_GET = do_POST = answer

    def log_message(self, *args):
        pass


def a_refused_password_names_the_blog_and_the_way(folder):
    desk = Desk(folder)
    desk.ok("review", "new", desk.write("ferry.txt", REVIEW))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever).start()
        with sqlite3.connect(database(desk)) as db:
            db.execute("UPDATE blog SET provider = 'wordpress', url = ?1, endpoint = ?1 || 'wp-json/', user = 'ada'",
                       (f"http://127.0.0.1:{server.server_port}/",))
        db.close()
        result = desk.run("sync", password="wrong")
        server.shutdown()
    assert result.status == 3, (result.status, result.out, result.err)
    assert "“Home” refused the password" in result.out and "BALCONY_PASSWORD" in result.err, result.out + result.err
    assert len(desk.json("outbox", "list")) == 4


def a_folder_that_is_gone_keeps_what_waits(folder):
    desk = Desk(folder)
    desk.ok("review", "new", desk.write("ferry.txt", REVIEW))
    os.rename(desk.blog, desk.blog + ".away")
    result = desk.run("sync")
    assert result.status == 1 and len(result.err.strip().splitlines()) == 1, result.err
    assert len(desk.json("outbox", "list")) == 4
    os.rename(desk.blog + ".away", desk.blog)
    desk.ok("review", "publish", "1")
    desk.ok("outbox", "retry")
    desk.ok("sync")
    assert desk.json("outbox", "list") == []


def a_damaged_database_is_left_as_it_is(folder):
    desk = Desk(folder)
    with open(database(desk), "r+b") as f:
        f.write(b"\x00" * 4096)
    before = digest(database(desk))
    desk.fails("review", "list")
    assert digest(database(desk)) == before


def a_later_schema_is_left_as_it_is(folder):
    desk = Desk(folder)
    with sqlite3.connect(database(desk)) as db:
        db.execute("PRAGMA user_version = 9999")
    db.close()
    before = digest(database(desk))
    desk.fails("review", "list")
    assert digest(database(desk)) == before


def a_file_where_the_folder_should_be(folder):
    desk = Desk(folder, blog=False)
    desk.write("data", "a file")
    desk.fails("blog", "list")


def a_read_only_folder(folder):
    desk = Desk(folder)
    if os.geteuid() != 0:
        os.chmod(desk.data, 0o500)
        os.chmod(database(desk), 0o400)
    elif subprocess.run(["mount", "--bind", desk.data, desk.data], check=False, capture_output=True).returncode or \
            subprocess.run(["mount", "-o", "remount,ro,bind", desk.data], check=False, capture_output=True).returncode:
        subprocess.run(["umount", desk.data], check=False, capture_output=True)
        return "mounting is not allowed here"
    try:
        desk.fails("review", "new", desk.write("ferry.txt", REVIEW))
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", desk.data], check=True)
        else:
            os.chmod(desk.data, 0o700)
            os.chmod(database(desk), 0o600)
    assert desk.json("review", "list") == []
    return None


def a_full_disk_loses_nothing(folder):
    desk = Desk(folder)
    desk.ok("review", "new", desk.write("ferry.txt", REVIEW))
    size = max(os.path.getsize(os.path.join(desk.data, name)) for name in os.listdir(desk.data)
               if os.path.isfile(os.path.join(desk.data, name)))
    big = desk.write("big.txt", "Big\n\n" + "\n\n".join(f"Paragraph {i} of many words." for i in range(20000)))

    def small_disk():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100 * 1024, size + 100 * 1024))

    desk.fails("review", "new", big, before=small_disk)
    assert [r["title"] for r in desk.json("review", "list")] == ["Late Shows: Night Ferry"]
    desk.ok("check")
    desk.ok("review", "new", desk.write("again.txt", REVIEW))


def not_a_text_file(folder):
    desk = Desk(folder)
    desk.fails("review", "new", desk.write("a.txt", b"PNG\0\1\2"))
    desk.fails("review", "new", desk.write("empty.txt", "  \n"))
    assert desk.json("review", "list") == []
    before = desk.json("review", "new", desk.write("ferry.txt", REVIEW))["html"]
    desk.fails("review", "edit", "1", "--body", desk.write("nul.html", b"<p>a</p>\0<p>tail</p>"))
    desk.fails("review", "edit", "1", "--body", desk.write("latin.html", b"<p>caf\xe9</p>"))
    assert desk.json("review", "show", "1")["html"] == before


def a_file_that_is_no_backup(folder):
    desk = Desk(folder)
    desk.ok("review", "new", desk.write("ferry.txt", REVIEW))
    desk.fails("restore", desk.write("no.db", "no backup"))
    desk.fails("restore", os.path.join(folder, "missing.db"))
    assert len(desk.json("review", "list")) == 1


def two_blogs_of_one_name(folder):
    desk = Desk(folder)
    other = os.path.join(folder, "second")
    os.makedirs(other)
    desk.fails("blog", "add", "Home", "--provider", "folder", "--url", other)
    desk.ok("blog", "add", "Second", "--provider", "folder", "--url", other)
    desk.fails("review", "new", desk.write("ferry.txt", REVIEW))
    desk.ok("--blog", "Second", "review", "new", desk.write("ferry.txt", REVIEW))


def only_another_backup_is_replaced_by_a_backup(folder):
    desk = Desk(folder)
    desk.ok("review", "new", desk.write("ferry.txt", REVIEW))
    letter = desk.write("letter.txt", "Dear Ada")
    desk.fails("backup", letter)
    with open(letter, encoding="utf-8") as f:
        assert f.read() == "Dear Ada"
    os.symlink(database(desk), os.path.join(folder, "link.db"))
    desk.fails("backup", database(desk))
    desk.fails("backup", os.path.join(folder, "link.db"))
    copy = os.path.join(folder, "copy.db")
    desk.ok("backup", copy)
    desk.ok("backup", copy)
    desk.ok("review", "publish", "1")
    assert desk.json("review", "show", "1")["status"] == "published"
    desk.ok("check")


def what_could_not_be_written_out_is_told(folder):
    desk = Desk(folder)
    desk.ok("review", "new", desk.write("ferry.txt", REVIEW))
    for words in (["review", "list"], ["--json", "review", "list"], ["review", "show", "1", "--html"],
                  ["document", desk.write("a.html", "<p>a</p>")]):
        result = desk.run(*words, before=lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 1))
        assert result.status == 1 and len(result.err.splitlines()) == 1, result.err
    result = desk.run("review", "publish", "1", before=lambda: (os.close(0), os.close(1)))
    assert result.status == 1, result.err
    assert desk.json("review", "show", "1")["status"] == "published"
    desk.ok("check")


def an_empty_place_is_no_place(folder):
    desk = Desk(folder)
    before = sorted(os.listdir("."))
    for words in (["--data-dir", ""], ["--data-dir="], ["--blog="], ["--blog", ""], ["--blog"]):
        desk.fails("review", "list", *words, status=2)
    assert sorted(os.listdir(".")) == before
    desk.fails("blog", "add", b"\xff", "--provider", "folder", "--url", folder, status=2)
    desk.fails("comment", "list", "--review", "0", status=2)
    desk.fails("review", "publish", "1", "--at", "9999-12-31T23:59:59-12:00", status=2)
    desk.fails("review", "history", "77")


run([wrong_usage_is_status_2, what_is_not_there_yet_says_so, unknown_things_are_named, an_address_without_a_blog,
     a_server_that_is_down, a_refused_password_names_the_blog_and_the_way,
     a_folder_that_is_gone_keeps_what_waits, a_damaged_database_is_left_as_it_is,
     a_later_schema_is_left_as_it_is, a_file_where_the_folder_should_be, a_read_only_folder,
     a_full_disk_loses_nothing, not_a_text_file, a_file_that_is_no_backup, two_blogs_of_one_name,
     only_another_backup_is_replaced_by_a_backup, what_could_not_be_written_out_is_told, an_empty_place_is_no_place])
