# SPDX-License-Identifier: GPL-3.0-or-later
"""More cases: lists without end, totals that lie, words and names that are traps, answers to pictures."""
import re
import zlib

from hostile_cases import CASES, Case, any_read, any_write, case, everything, on, reads
from hostile_desk import COOKIE, NONCE
from hostile_site import Answer, head

# ---- without end ------------------------------------------------------------------------------------------------------

LONG = 1 << 30


def listed(items, total=LONG, pages=LONG):
    return Answer(items, headers=[("X-WP-Total", total), ("X-WP-TotalPages", pages)])


def new_items(site, kind, size, total=LONG):
    """Pages of things that were never seen before, for ever."""
    some = dict(next(iter((site.posts if kind == "posts" else site.comments).values())))

    def twist(request, site):
        if not request.lists(kind):
            return None
        first = 100000 + size * int(request.query.get("page", 1))
        return listed([{**some, "id": first + n} for n in range(size)], total)
    return twist


for kind in ("posts", "comments"):
    CASES.append(Case(lambda site, elsewhere, kind=kind: on(reads(kind), listed([])), f"empty-{kind}-without-end", sends=True))
    CASES.append(Case(lambda site, elsewhere, kind=kind: on(reads(kind), listed([list(
        (site.posts if kind == "posts" else site.comments).values())[0]])), f"the-same-{kind}-without-end",
        statuses=(0, 1), sends=True))
    CASES.append(Case(lambda site, elsewhere, kind=kind: new_items(site, kind, 1), f"new-{kind}-one-by-one-without-end",
                      sends=True))
    CASES.append(Case(lambda site, elsewhere, kind=kind: new_items(site, kind, 100), f"new-{kind}-without-end",
                      sends=True, heals=False, heavy=True, says="more than Balcony takes"))
    CASES.append(Case(lambda site, elsewhere, kind=kind: new_items(site, kind, 100),
                      f"new-{kind}-without-end-in-full", full=True, sends=True, heals=False, heavy=True))
    CASES.append(Case(lambda site, elsewhere, kind=kind: new_items(site, kind, 100, 50),
                      f"more-{kind}-than-were-announced", full=True, sends=True, heals=False, says="announced"))

for name, headers in {
    "nonsense": [("X-WP-Total", "many"), ("X-WP-TotalPages", "-1")],
    "huge": [("X-WP-Total", 2 ** 63), ("X-WP-TotalPages", 2 ** 64)],
    "none": [],
    "zero": [("X-WP-Total", 0), ("X-WP-TotalPages", 0)],
    "doubled": [("X-WP-Total", 5), ("X-WP-Total", 9), ("X-WP-TotalPages", 1), ("X-WP-TotalPages", 7)],
}.items():
    def twist(request, site, headers=headers):
        if request.is_write or not request.path.startswith("wp/v2/") or request.path.count("/") > 2:
            return None
        answer = site.answer(request)
        answer.headers = headers
        return answer
    CASES.append(Case(lambda site, elsewhere, twist=twist: twist, f"totals-{name}", statuses=(0, 1), sends=True))


@case(sends=True)
def totals_that_fall(site, elsewhere):
    """Each page tells of fewer rows than the one before, as if some had gone: so it is read again, and again."""
    def twist(request, site):
        if not (request.lists("posts") or request.lists("comments")):
            return None
        return Answer(site.answer(request).body, headers=[("X-WP-Total", max(1, 90000 - len(site.log))), ("X-WP-TotalPages", 900)])
    return twist


@case(sends=True, full=True)
def totals_that_fall_in_full(site, elsewhere):
    return totals_that_fall(site, elsewhere)


@case(sends=True)
def terms_without_end(site, elsewhere):
    some = {**next(iter(site.posts.values())), "modified_gmt": "2100-01-01T00:00:00"}

    def twist(request, site):
        if not request.lists("posts"):
            return None
        page = int(request.query.get("page", 1))
        return listed([{**some, "id": 100000 + page, "tags": list(range(page * 100000, page * 100000 + 90000))}])
    return twist


# ---- words ------------------------------------------------------------------------------------------------------------

EVIL = ("<script>alert(1)</script><b onclick=x>\x1b[31mred\x1b[0m\r\nbalconyctl: all is well.\x07\u202egnp.exe\u202c"
        "\u200b\u2066[{\x9b" + "https://user:pw@evil.example/?" + "x" * 5000)
for status in (400, 403, 409, 413, 418, 429, 500, 503):
    for kind, match in (("read", reads("posts")), ("write", any_write)):
        CASES.append(Case(lambda site, elsewhere, status=status, match=match: on(match, Answer(
            {"code": "x_" + EVIL, "message": EVIL * 20, "data": {"status": [status]}}, status,
            [("Retry-After", "99999999999999999999"), ("Allow", "a" * 8000)])), f"words-of-a-{status}-to-a-{kind}", sends=True))


@case(statuses=(0,), sends=True)
def headers_that_are_traps(site, elsewhere):
    """Cookies and nonces that nobody asked for, links that lead away."""
    def twist(request, site):
        answer = site.answer(request)
        answer.headers += [("Set-Cookie", f"session={COOKIE}; Max-Age=99999999999999999999; Expires=\x01"),
                           ("X-WP-Nonce", NONCE), ("Link", '<' + elsewhere + '/stolen>; rel="next"'),
                           ("Link", "<" * 20000), ("Refresh", "0; url=" + elsewhere + "/stolen"),
                           ("Strict-Transport-Security", "max-age=99999999"), ("Alt-Svc", 'h2=":1"; ma=9999'),
                           ("Content-Location", elsewhere + "/stolen"), ("Content-Disposition", 'attachment; filename="../../x')]
        return answer
    return twist


def no_cookie_went_back(desk, site, done):
    assert not any(word in request for request in site.log for word in (COOKIE, NONCE)), "a cookie or nonce was sent back"


CASES[-1].look = no_cookie_went_back

MARKS = "o" + "\u0301" * 10000
TRAPS = ["A" * 10000, MARKS, "line<br>" * 20000, "\u202eevil\u202c\u2066x\u2069\u200b\u200f" * 2000, "<span size='99999999'>" * 500,
         "&#x202e;&#0;&lt;script&gt;&amp;#xD800;" * 500, "\u0000\u0001\u001b[2J\u009b", "%s%n%d" * 100, "'; DROP TABLE review; --",
         '" OR NEAR(', "../../../etc/passwd", "\ufffe\uffff\ue000\U000e0041", "<b>" * 20000, "<!-- wp:" * 5000, "&" * 50000,
         "<img src=x onerror=alert(1)>" * 200, "[" * 20000, "\r\nX-Injected: 1\r\n"]
MILLION = "Enormous " * 110000


def texts_that_are_traps(site, elsewhere):
    for n, trap in enumerate(TRAPS):
        item = site.add_post(trap, f"<p>{trap}</p>", slug=trap, link="javascript:" + trap, excerpt={"raw": trap},
                             modified_gmt="2100-01-01T00:00:00")
        site.add_comment(item["id"], trap, author_name=trap, author_url="javascript:" + trap, author_email=trap,
                         author_ip=trap, author_user_agent=trap, link="data:" + trap, date_gmt=trap)
        site.terms["tags"][n + 1] = site.terms["categories"][n + 1] = trap
        item["tags"] = item["categories"] = [n + 1]
    return None


def enormous_texts(site, elsewhere):
    item = site.add_post(MILLION, MILLION, slug=MILLION, excerpt={"raw": MILLION}, modified_gmt="2100-01-01T00:00:00")
    for _ in range(3):
        site.add_comment(item["id"], MILLION, author_name=MILLION, author_url=MILLION)
    return None


def shown_without_traps(desk, site, done):
    """What lists print goes to a terminal."""
    for command in (("review", "list"), ("comment", "list"), ("search", "evil"), ("outbox", "list")):
        out = "\n".join(line for line in desk.ok(*command).out.splitlines() if "DEBUG" not in line)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out), command
        assert max(map(len, out.splitlines()), default=0) < 400, command


for maker in (texts_that_are_traps, enormous_texts):
    CASES.append(Case(maker, maker.__name__.replace("_", "-"), statuses=(0,), sends=True, look=shown_without_traps))


def largest_page(connection):
    """As large as a page may be, in a hundred posts, packed."""
    connection.keep = False
    squeeze = zlib.compressobj(1, zlib.DEFLATED, 31)
    text = ("A long review, and a <b>bold</b> one. " * 5000)[:82000]
    connection.send(head(200, [("Content-Encoding", "gzip"), ("X-WP-Total", "100"), ("X-WP-TotalPages", "1")]))
    for n in range(100):
        item = '%s{"id":%d,"title":{"raw":"Long %d"},"content":{"raw":"%s"},"status":"publish","tags":[],"categories":[]}' % (
            "[" if n == 0 else ",", 5000 + n, n, text)
        connection.send(squeeze.compress(item.encode()))
    connection.send(squeeze.compress(b"]") + squeeze.flush())


CASES.append(Case(lambda site, elsewhere: on(reads("posts"), largest_page), "a-page-as-large-as-may-be", statuses=(0,), sends=True,
                  heals=False))


PIECES = 127      # of 64 KiB


def one_huge(kind, rest, opening, closing, piece=b"t", most=1 << 30):
    """All that an answer may be in one text of one item, which begins with @most pieces."""
    chunk = piece * (65536 // len(piece))
    lead = piece * most if most * len(piece) < PIECES * 65536 else b""
    filler = chunk if not lead else b"t" * 65536

    def answer(connection):
        connection.keep = False
        connection.send(head(200, [("X-WP-Total", "1"), ("X-WP-TotalPages", "1")]))
        connection.send(('[{"id":5000,' + rest + opening).encode())
        connection.send(lead)
        connection.pour(filler, PIECES - len(lead) // 65536)
        connection.send(closing.encode())
    return on(reads(kind), answer)


POST = {"title": '"title":{"raw":"T"},', "content": '"content":{"raw":"C"},', "excerpt": '"excerpt":{"raw":"E"},'}
for name in ("title", "content", "excerpt", "slug", "link"):
    rest = "".join(text for member, text in POST.items() if member != name) + '"status":"publish",'
    ends = (f'"{name}":{{"raw":"', '"}}]') if name in POST else (f'"{name}":"', '"}]')
    CASES.append(Case(lambda site, elsewhere, rest=rest, ends=ends: one_huge("posts", rest, *ends),
                      f"a-post-s-{name}-as-large-as-may-be", statuses=(0, 1), sends=True, heals=False))
for name in ("content", "author_name", "author_url", "author_user_agent"):
    rest = '"post":1,' + ("" if name == "content" else '"content":{"raw":"C"},')
    ends = ('"content":{"raw":"', '"}}]') if name == "content" else (f'"{name}":"', '"}]')
    CASES.append(Case(lambda site, elsewhere, rest=rest, ends=ends: one_huge("comments", rest, *ends),
                      f"a-comment-s-{name}-as-large-as-may-be", statuses=(0, 1), sends=True, heals=False))

# What a reader makes of it is far more than the text: pieces of so many tokens, more than is taken apart, and nearly that.
for name, n_tokens, piece in (("tags", 1, b"<b>"), ("paragraphs", 3, b"<p>a</p>"), ("lines", 2, b"a\\n\\n"),
                              ("blocks", 2, b"<!-- wp:a --><!-- /wp:a -->"), ("cells", 2, b"<td>1")):
    for kind, rest in (("posts", POST["title"] + POST["excerpt"] + '"status":"publish",'), ("comments", '"post":1,')):
        for many, most in (("millions", 1 << 30), ("thousands", 149000 // n_tokens)):
            CASES.append(Case(lambda site, elsewhere, kind=kind, rest=rest, piece=piece, most=most: one_huge(
                kind, rest, '"content":{"raw":"', '"}}]', piece, most), f"{many}-of-{name}-in-{kind}", statuses=(0, 1),
                sends=True, heals=False))


def one_too_large(site, number):
    """One post of that blog is larger than any answer may be, and a list without its text is not."""
    def twist(request, site):
        asked = request.query.get("_fields", "")
        if request.is_write or not request.path.startswith("wp/v2/posts"):
            return None
        if request.path == f"wp/v2/posts/{number}":
            return lambda connection: (connection.send(head(200)), connection.pour(b" " * 65536, 160))
        if not request.lists("posts"):
            return None
        found = site.select(request, "posts", site.posts)
        size, page = int(request.query["per_page"]), int(request.query["page"])
        shown = found[(page - 1) * size:page * size]
        if "content" in asked and any(post["id"] == number for post in shown):
            return lambda connection: (connection.send(head(200)), connection.pour(b" " * 65536, 160))
        return Answer([{k: v for k, v in post.items() if "content" in asked or k in asked.split(",")} for post in shown],
                      headers=[("X-WP-Total", len(found)), ("X-WP-TotalPages", -(-len(found) // size))])
    return twist


def with_more_posts(desk, site):
    """Twelve that are new, with comments, the sixth of which is the large one."""
    site.large = [site.add_post(f"New {n}", f"<p>New {n}</p>", modified_gmt="2100-01-01T00:00:00")["id"] for n in range(12)][5]
    site.add_comment(site.large, "<p>On the large one.</p>")


def all_but_the_large_one(desk, site, done):
    titles = sorted(review["title"] for review in desk.json("review", "list", "--limit", "1000"))
    wanted = [f"New {n}" for n in range(12) if n != 5]
    assert [t for t in titles if t.startswith("New ")] == sorted(wanted), titles
    assert f"number {site.large} there" in done.err, done.err
    assert sum(title.startswith("Review ") or title == "A title that was changed here" for title in titles) == 3, titles


for full in (False, True):
    CASES.append(Case(lambda site, elsewhere: one_too_large(site, site.large), "a-post-too-large-to-come-in" + ("-in-full" if full else ""),
                      statuses=(1,), says="larger than Balcony takes in", sends=True, prepare=with_more_posts,
                      look=all_but_the_large_one, full=full))


def the_last_grows(desk, site):
    site.large = max(site.posts)


@case(full=True, sends=True, says="larger than Balcony takes in", prepare=the_last_grows,
      look=lambda desk, site, done: kept_what_was_here(desk))
def a_known_post_grows_too_large(site, elsewhere):
    return one_too_large(site, site.large)


def kept_what_was_here(desk):
    assert len([r for r in desk.json("review", "list") if re.match("Review|A title", r["title"])]) == 3


# ---- pictures ---------------------------------------------------------------------------------------------------------

PNG = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\3\1\1\0\xc9\xfe\x92\xef"
       b"\0\0\0\0IEND\xaeB`\x82")


def with_picture(desk, site):
    review = next(r for r in desk.json("review", "list") if r["title"] == "Review 1")
    picture = desk.write('a"\r\nX-Injected: yes\r\n\u202egnp.png', PNG)
    desk.ok("review", "image", str(review["id"]), picture, "--alt", "An\r\nX-Injected: alt <b>\"&\u202e")


def upload(request):
    return request.method == "POST" and request.path == "wp/v2/media"


def nothing_injected(desk, site, done):
    for request in site.log:
        headers = request.split("\r\n\r\n", 1)[0]
        assert not re.search(r"(?im)^x-injected", headers), headers
    for item in list(site.posts.values()) + [r for r in desk.json("review", "list")]:
        html = item["content"]["raw"] if "content" in item else item["html"]
        assert "<script" not in html and "onerror" not in html and "javascript:" not in html, html


def picture_case(name, answer, **more):
    CASES.append(Case(lambda site, elsewhere: on(upload, answer) if answer else None, "picture-" + name, prepare=with_picture,
                      look=nothing_injected, sends=True, **more))


picture_case("with-a-hostile-name", None, statuses=(0,))
for name, answer in {
    "answered-by-html": Answer("<html>Uploaded</html>", 201),
    "answered-by-nothing": Answer("", 201),
    "without-id": Answer({"source_url": "https://blog.example/a.png"}, 201),
    "refused": Answer({"code": "rest_upload_sideload_error", "message": "<b>No\x1b</b>"}, 500),
    "too-large": Answer("<html>413</html>", 413),
    "sent-elsewhere": Answer("", 302, [("Location", "http://127.0.0.1:1/stolen")]),
    "and-a-dropped-connection": lambda connection: connection.reset(),
}.items():
    picture_case(name, answer)
for name, url in {"script": "javascript:alert(1)", "markup": 'https://blog.example/a.png"><script>alert(1)</script>',
                  "data": "data:text/html,<script>alert(1)</script>", "enormous": "https://blog.example/" + "a" * 3000000,
                  "line-breaks": "https://blog.example/a\r\n\u202e.png"}.items():
    picture_case("at-" + name, Answer({"id": 4711, "source_url": url}, 201), statuses=(0, 1, 3), heals=False)
picture_case("answered-slowly", lambda connection: connection.drip(), slow=True)
