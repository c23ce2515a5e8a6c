# SPDX-License-Identifier: GPL-3.0-or-later
"""What a hostile server does, a case each. A case's `twist (site, elsewhere)` gives the function that answers."""
import json
import os
import ssl
import subprocess
import zlib

import hostile_desk
from hostile_desk import COOKIE, NONCE
from hostile_site import Answer, head

CASES = []


class Case:
    number = 0

    def __init__(self, twist, name, *, statuses=(1, 3), says=None, add=False, greet=None, prepare=None, look=None,
                 heals=True, sends=False, slow=False, certificate=None, full=False, heavy=False):
        self.twist, self.name, self.statuses, self.says, self.heavy = twist, name, statuses, says, heavy
        self.add, self.greet, self.prepare, self.look = add, greet, prepare, look
        self.heals, self.sends, self.slow, self.certificate, self.full = heals, sends, slow, certificate, full

    def command(self, site):
        if self.add:
            return "blog", "add", "Another", "--provider", "wordpress", "--url", site.url, "--user", hostile_desk.USER
        return ("sync", "--full") if self.full else ("sync",)


def case(name=None, **more):
    def take(twist):
        CASES.append(Case(twist, name or twist.__name__.replace("_", "-"), **more))
        return twist
    return take


def on(match, answer):
    """The answer for requests that match, honest ones for the rest."""
    return lambda request, site: answer if match(request) else None


def reads(kind):
    return lambda request: request.lists(kind)


def any_read(request):
    return request.path.startswith("wp/v2/") and not request.is_write


def any_write(request):
    return request.is_write


def everything(_):
    return True


def sign_in(request):
    return request.path == "wp/v2/users/me"


def json_list(text):
    """A page that is these bytes, in its right length."""
    return Answer(text, headers=[("X-WP-Total", 1), ("X-WP-TotalPages", 1)])


def post(site, **more):
    base = dict(next(iter(site.posts.values())), id=9000)
    return {**base, **more}


# ---- redirects: nothing secret leaves, nothing is taken for done ------------------------------------------------------

for code in (301, 302, 303, 307, 308):
    @case(f"read-redirected-elsewhere-{code}", says="another address", sends=True)
    def _(site, elsewhere, code=code):
        return on(reads("posts"), Answer(b"", code, [("Location", elsewhere + "/stolen"), ("Set-Cookie", "a=" + COOKIE)]))

    @case(f"write-redirected-elsewhere-{code}")
    def _(site, elsewhere, code=code):
        return on(any_write, Answer(b"", code, [("Location", elsewhere + "/stolen")]))

    @case(f"write-redirected-within-{code}")
    def _(site, elsewhere, code=code):
        return on(any_write, Answer(b"", code, [("Location", site.url + "/wp-json/wp/v2/posts/1")]))


@case(says="another address")
def sign_in_redirected_elsewhere(site, elsewhere):
    return on(sign_in, Answer(b"", 302, [("Location", elsewhere + "/stolen")]))


@case(sends=True)
def redirected_to_files_and_programs(site, elsewhere):
    places = ["file:///etc/passwd", "ftp://127.0.0.1/", "http://blog.invalid/", "javascript:alert(1)", "//" + "x" * 5000,
              "http://a:b@127.0.0.1/", "\t", "http://[::1", "http://127.0.0.1:99999999/"]
    def twist(request, site):
        return Answer(b"", 302, [("Location", places[len(site.log) % len(places)])]) if request.lists("posts") else None
    return twist


@case(says="led around", sends=True)
def redirected_in_circles(site, elsewhere):
    return on(reads("posts"), Answer(b"", 302, [("Location", site.url + "/wp-json/wp/v2/posts?per_page=100&page=1")]))


@case(add=True)
def new_blog_redirected_elsewhere(site, elsewhere):
    return on(everything, Answer(b"", 302, [("Location", elsewhere + "/nothing-here")]))


@case(add=True)
def new_blog_redirected_in_circles(site, elsewhere):
    return lambda request, site: Answer(b"", 302, [("Location", f"{site.url}/{len(site.log)}")])


# ---- writes whose answer is lost, and connections that die ------------------------------------------------------------

def carried_out_then(end):
    """The write is carried out; what comes back is something else."""
    def twist(request, site):
        if not request.is_write:
            return None
        site.answer(request)
        return end
    return lambda site, elsewhere: twist


for name, end in {
    "dropped": lambda connection: connection.reset(),
    "cut": lambda connection: (connection.send(head(201, length=9000) + b'{"id":'), connection.reset()),
    "a-gateway-s-page": Answer("<html>Gateway</html>", 502),
    "a-page": Answer("<html>Welcome</html>", 200),
    "no-words": Answer("", 204),
    "a-wrong-id": Answer({"id": "7"}, 201),
}.items():
    CASES.append(Case(carried_out_then(end), "write-done-and-" + name, sends=True, statuses=(0, 1, 3)))


@case()
def kept_connection_dies_with_each_write(site, elsewhere):
    return on(any_write, lambda connection: connection.reset())


# ---- challenges -------------------------------------------------------------------------------------------------------

for code, name in ((401, "WWW-Authenticate"), (407, "Proxy-Authenticate")):
    for kind in ('Digest realm="r", nonce="%s", domain="http:/foo"' % NONCE, 'NTLM', 'Basic realm="%s"' % ("x" * 9000),
                 'Digest realm="r", domain="///", algorithm=MD5-sess, qop="auth-int", nonce=', 'Negotiate //8='):
        @case(f"challenge-{code}-{kind[:6].strip().lower()}-{len(kind)}", heals=code == 407)
        def _(site, elsewhere, code=code, name=name, kind=kind):
            return on(any_read, Answer({"code": "x", "message": "No"}, code, [(name, kind)]))


# ---- cut short --------------------------------------------------------------------------------------------------------

def cut(data):
    return lambda connection: (connection.send(data), setattr(connection, "keep", False))


GOOD = b'[{"id":1,"title":{"raw":"'
for name, data in {
    "body-shorter-than-said": head(200, length=5000) + GOOD,
    "chunk-cut": head(200, [("Transfer-Encoding", "chunked")]) + b"40\r\n" + GOOD,
    "chunks-without-an-end": head(200, [("Transfer-Encoding", "chunked")]) + b"2\r\n[]\r\n",
    "chunk-of-a-wrong-size": head(200, [("Transfer-Encoding", "chunked")]) + b"zz\r\n[]\r\n0\r\n\r\n",
    "chunk-of-all-memory": head(200, [("Transfer-Encoding", "chunked")]) + b"ffffffffffffffff\r\n[]",
    "headers-cut": b"HTTP/1.1 200 OK\r\nContent-Ty",
    "status-cut": b"HTTP/1.1 2",
    "no-http": b"SSH-2.0-OpenSSH\r\n",
    "nothing-at-all": b"",
    "length-below-zero": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]",
    "length-beyond-64-bits": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n[]",
    "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n[]",
    "json-cut": head(200, length=len(GOOD)) + GOOD,
    "switched-protocols": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    "status-999": b"HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n",
    "part-of-it": head(206, [("Content-Range", "bytes 0-9/99")], 2) + b"[]",
}.items():
    # A cut that leaves a whole list is the one that can't be told from a short one.
    whole = name in ("chunks-without-an-end", "length-below-zero")
    CASES.append(Case(lambda site, elsewhere, data=data: on(reads("posts"), cut(data)), name,
                      statuses=(0, 1) if whole else (1, 3), sends=True))


# ---- more than fits ---------------------------------------------------------------------------------------------------

def bomb():
    """1 GiB of blanks in 1 MiB: one block that can stand any number of times."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeeze.compress(b" " * (1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + block * 1024


def send_bomb(connection):
    data = bomb()
    connection.send(head(200, [("Content-Encoding", "gzip")], len(data)))
    connection.send(data)


@case(says="larger", sends=True)
def gzip_bomb(site, elsewhere):
    return on(reads("posts"), send_bomb)


@case(sends=True)
def gzip_bomb_for_a_new_blog_s_terms(site, elsewhere):
    for item in site.posts.values():
        item["tags"], item["modified_gmt"] = [77], "2100-01-01T00:00:00"
    return on(lambda r: r.path == "wp/v2/tags", send_bomb)


CASES.append(Case(carried_out_then(send_bomb), "write-done-and-a-gzip-bomb", statuses=(0, 1, 3), sends=True))
CASES.append(Case(lambda site, elsewhere: on(everything, send_bomb), "new-blog-with-a-gzip-bomb", add=True))


@case(statuses=(0, 1), sends=True)
def gzip_that_is_none(site, elsewhere):
    return on(reads("posts"), Answer(b"[]", headers=[("Content-Encoding", "gzip")]))


@case(sends=True)
def endless_body(site, elsewhere):
    return on(reads("comments"), lambda c: (c.send(head(200)), c.send(b"["), c.pour(b"0," * 30000)))


@case(sends=True)
def one_endless_header(site, elsewhere):
    return on(reads("posts"), lambda c: (c.send(b"HTTP/1.1 200 OK\r\nX-A: "), c.pour(b"a" * 60000)))


@case(sends=True)
def headers_without_end(site, elsewhere):
    return on(reads("posts"), lambda c: (c.send(b"HTTP/1.1 200 OK\r\n"), c.pour(b"X-A: b\r\n" * 8000)))


@case(sends=True)
def go_on_without_end(site, elsewhere):
    return on(reads("posts"), lambda c: c.pour(b"HTTP/1.1 100 Continue\r\n\r\n" * 500))


@case(statuses=(0, 1), sends=True)
def trailers_without_end(site, elsewhere):
    return on(reads("posts"), lambda c: (c.send(head(200, [("Transfer-Encoding", "chunked")]) + b"2\r\n[]\r\n0\r\n"),
                                         c.pour(b"X-A: b\r\n" * 8000)))


@case(statuses=(0, 1), sends=True)
def one_endless_trailer(site, elsewhere):
    return on(reads("posts"), lambda c: (c.send(head(200, [("Transfer-Encoding", "chunked")]) + b"2\r\n[]\r\n0\r\nX: "),
                                         c.pour(b"b" * 60000)))


@case(sends=True)
def chunk_of_endless_size(site, elsewhere):
    return on(reads("posts"), lambda c: (c.send(head(200, [("Transfer-Encoding", "chunked")])), c.pour(b"0" * 60000)))


@case(sends=True)
def blank_lines_without_end(site, elsewhere):
    return on(reads("posts"), lambda c: c.pour(b"\r\n" * 8000))


def flood(name, lead, chunk, times, end):
    """@times chunks: what a parser makes of them is far more than they are."""
    def answer(connection):
        connection.send(head(200))
        connection.send(lead)
        connection.pour(chunk, times)
        connection.send(end)
    for kind in ("posts", "comments"):
        CASES.append(Case(lambda site, elsewhere, kind=kind: on(reads(kind), answer), f"{name}-of-{kind}", sends=True))


flood("millions-of-lists", b"[", b"[]," * 20000, 500, b"[]]")
flood("millions-of-objects", b"[", b"{}," * 20000, 500, b"{}]")
flood("millions-of-numbers", b"[", b"1," * 30000, 500, b"1]")
flood("endless-key", b'[{"', b"k" * 65536, 500, b'":1}]')


# ---- slow -------------------------------------------------------------------------------------------------------------

for name, match, lead in (
    ("slow-headers", reads("posts"), b"HTTP/1.1 200 OK\r\nX-"),
    ("slow-body", reads("posts"), head(200, length=100000) + b"["),
    ("slow-comments", reads("comments"), head(200, length=100000) + b"["),
    ("slow-sign-in", sign_in, b""),
    ("slow-count", lambda r: r.query.get("per_page") == "1", b"HTTP/1.1 2"),
    ("slow-write", any_write, b"HTTP/1.1 201 Created\r\n"),
    ("slow-single-post", lambda r: r.path.startswith("wp/v2/posts/") and not r.is_write, b"HTTP/1.1 200 OK\r\n"),
):
    CASES.append(Case(lambda site, elsewhere, match=match, lead=lead:
                      on(match, lambda c: (c.send(lead), c.drip())), name, slow=True, says="too long|not known|so slowly",
                      sends=name in ("slow-headers", "slow-body", "slow-comments", "slow-count", "slow-single-post")))

CASES.append(Case(lambda site, elsewhere: on(everything, lambda c: c.gone()), "silence", slow=True))
CASES.append(Case(lambda site, elsewhere: on(everything, lambda c: c.drip()), "slow-new-blog", slow=True, add=True))
CASES.append(Case(lambda site, elsewhere: on(lambda r: "/wp-json/" in r.target, lambda c: c.drip()),
                  "slow-root-of-a-new-blog", slow=True, add=True))
CASES.append(Case(lambda site, elsewhere: None, "no-word-after-connecting", slow=True, greet=lambda c: c.gone()))


def late(seconds, match, answer=None):
    """Each within the time of one call, and all together without end."""
    def twist(request, site):
        if not match(request):
            return None
        given = answer(request, site) if answer else site.answer(request)
        return lambda connection: (site.over.wait(seconds), given(connection))
    return twist


def one_more_post(request, site):
    return Answer([post(site, id=10000 + int(request.query["page"]))],
                  headers=[("X-WP-Total", 1 << 30), ("X-WP-TotalPages", 1 << 30)])


CASES.append(Case(lambda site, elsewhere: late(44, everything), "each-answer-late", slow=True, says="so slowly"))
CASES.append(Case(lambda site, elsewhere: late(7, lambda r: not r.is_write), "each-read-late", slow=True, says="so slowly",
                  sends=True, look=lambda desk, site, done: some_was_sent(desk, site)))
CASES.append(Case(lambda site, elsewhere: late(44, everything), "each-answer-to-a-new-blog-late", slow=True, add=True, says="so slowly"))
CASES.append(Case(lambda site, elsewhere: late(6, reads("posts"), one_more_post), "each-of-endless-posts-late", slow=True,
                  says="so slowly", sends=True, look=lambda desk, site, done: kept_what_came(desk)))


def some_was_sent(desk, site):
    assert any(hostile_desk.REPLY in c["content"]["raw"] for c in site.comments.values()), "nothing was sent"


def kept_what_came(desk):
    n = sum(review["title"] == "Review 0" for review in desk.json("review", "list"))
    assert n > 1, "what came is not there"


# ---- TLS, and http without it -----------------------------------------------------------------------------------------

def certificates(folder):
    """Server contexts: unknown issuer; long expired; another's name."""
    def openssl(*args):
        subprocess.run(["openssl", *args], check=True, capture_output=True, cwd=folder)

    made = {}
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem")
    for name, subject, days in (("unknown", "IP:127.0.0.1", 30), ("expired", "IP:127.0.0.1", -1),
                                ("other", "DNS:elsewhere.example", 30)):
        with open(os.path.join(folder, "names"), "w", encoding="utf-8") as f:
            f.write("subjectAltName=" + subject + "\n")
        openssl("req", "-new", "-key", "key.pem", "-subj", "/CN=" + subject.split(":")[1], "-out", "request.pem")
        openssl("x509", "-req", "-in", "request.pem", "-signkey", "key.pem", "-days", str(days), "-extfile", "names",
                "-out", name + ".pem")
        made[name] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made[name].load_cert_chain(os.path.join(folder, name + ".pem"), os.path.join(folder, "key.pem"))
    return made


def heard_nothing(desk, site, done):
    assert not site.log, site.log


for name in ("unknown", "expired", "other"):
    CASES.append(Case(None, f"certificate-{name}", certificate=name, says="prove its identity", look=heard_nothing, heals=False))
    CASES.append(Case(None, f"certificate-{name}-of-a-new-blog", certificate=name, says="prove its identity", add=True,
                      look=heard_nothing, heals=False))


def over_plain_http(desk, site):
    desk.alter("UPDATE blog SET endpoint = 'http://blog.example/wp-json/'")


CASES.append(Case(None, "http-beyond-this-computer", prepare=over_plain_http, says="not be private", look=heard_nothing,
                  heals=False))


@case(add=True)
def root_over_plain_http(site, elsewhere):
    """Of another server, while the usual places have none."""
    return on(everything, Answer("<html></html>", headers=[("Link", '<http://blog.invalid/>; rel="https://api.w.org/"')] * 50))


# ---- JSON -------------------------------------------------------------------------------------------------------------

for name, text in {
    "nested-lists": "[" * 100000 + "]" * 100000,
    "nested-objects": '[{"a":' * 50000 + "1" + "}]" * 50000,
    "nested-without-end": "[" * 100000,
    "html": "<html><body>" + "<b>Sign in</b>" * 100 + "</body></html>",
    "object-for-a-list": "{}",
    "text-for-a-list": '"posts"',
    "null": "null",
    "trailing-bytes": "[] []",
    "not-a-number": '[{"id":NaN}]',
    "no-utf8": b'[{"id":9,"title":{"raw":"\xff\xfe\xed\xa0\x80"},"content":{"raw":""}}]',
    "nul-byte": b'[]\0[{"id":9}]',
    "nul-in-a-name": '[{"id\\u0000x":9}]',
    "id-beyond-63-bits": '[{"id":9223372036854775808,"title":{"raw":"a"},"content":{"raw":"b"}}]',
    "id-below-zero": '[{"id":-9,"title":{"raw":"a"},"content":{"raw":"b"}}]',
    "id-as-text": '[{"id":"9","title":{"raw":"a"},"content":{"raw":"b"}}]',
    "no-text": '[{"id":9,"title":{"raw":"a"}}]',
    "texts-that-are-none": '[{"id":9,"title":{"raw":["a"]},"content":{"raw":7}}]',
    "lone-surrogate": '[{"id":9,"title":{"raw":"\\ud800"},"content":{"raw":""}}]',
    "huge-number": '[{"id":' + "9" * 100000 + "}]",
}.items():
    for kind in ("posts", "comments"):
        CASES.append(Case(lambda site, elsewhere, text=text, kind=kind: on(reads(kind), json_list(text)),
                          f"json-{name}-of-{kind}", sends=True))
    CASES.append(Case(carried_out_then(json_list(text)), f"json-{name}-after-a-write",
                      statuses=(0, 1, 3), sends=True))

for name, text in {"html": "<html>Sign in</html>", "list": "[]", "nested": "[" * 100000, "empty": "",
                   "odd": '{"id":{},"name":[],"capabilities":7}'}.items():
    CASES.append(Case(lambda site, elsewhere, text=text: on(sign_in, Answer(text)), f"signed-in-by-{name}"))


@case()
def captive_portal(site, elsewhere):
    return on(everything, Answer("<html><body>Pay for the net <form></body></html>", 200, [("Content-Type", "text/html")]))


@case()
def captive_portal_511(site, elsewhere):
    return on(everything, Answer("<html>Log in</html>", 511))


@case(add=True, says="no WordPress blog")
def captive_portal_for_a_new_blog(site, elsewhere):
    return on(everything, Answer("<html><body>Pay for the net <form></body></html>", 200, [("Content-Type", "text/html")]))
