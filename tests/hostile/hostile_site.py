# SPDX-License-Identifier: GPL-3.0-or-later
"""A small blog that speaks like WordPress over bare sockets, so that a test can make any answer of it a hostile one.

It keeps what it is sent, as a real blog does: whether something arrived twice is seen in its posts and comments."""
import json
import re
import socket
import socketserver
import threading
import time
import urllib.parse

OLD = "2020-01-02T03:04:05"


def head(status=200, headers=(), length=None):
    lines = [f"HTTP/1.1 {status} Status", "Content-Type: application/json; charset=UTF-8",
             "Date: " + time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())]
    lines += [f"{name}: {value}" for name, value in headers]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


class Answer:
    """A whole answer. A body that is no bytes and no text becomes JSON."""

    def __init__(self, body=b"", status=200, headers=()):
        if isinstance(body, str):
            body = body.encode()
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.headers = status, list(headers)

    def bytes(self):
        return head(self.status, self.headers, len(self.body)) + self.body

    def __call__(self, connection):
        connection.send(self.bytes())


class Request:
    def __init__(self, raw, body):
        self.raw, self.body = raw.decode("latin-1"), body
        first = (self.raw.split("\r\n", 1)[0].split(" ") + ["", ""])[:2]
        self.method, self.target = first
        parts = urllib.parse.urlsplit(self.target)
        self.path = re.sub(r"^.*/wp-json/", "", parts.path) if "/wp-json/" in parts.path else parts.path
        self.query = dict(urllib.parse.parse_qsl(parts.query))

    @property
    def is_write(self):
        return self.method not in ("GET", "HEAD")

    def lists(self, kind):
        """A page of all that there is, as a pull asks for it."""
        return self.method == "GET" and self.path == f"wp/v2/{kind}" and "page" in self.query \
            and not any(name in self.query for name in ("author", "parent", "offset"))


class Connection:
    """What an answer is written to. `gone()` waits until the other side, or the test, has had enough."""

    def __init__(self, sock, site):
        self.sock, self.site, self.keep = sock, site, True

    def send(self, data):
        try:
            self.sock.sendall(data)
            return not self.site.over.is_set()
        except OSError:
            return False

    def drip(self, data=b"x", pause=0.2):
        """A byte now and then, without end."""
        self.keep = False
        while self.send(data) and not self.site.over.wait(pause):
            pass

    def pour(self, chunk, times=1 << 30):
        self.keep = False
        for _ in range(times):
            if not self.send(chunk):
                break

    def gone(self):
        self.keep = False
        self.sock.settimeout(0.5)
        while not self.site.over.is_set():
            try:
                if not self.sock.recv(4096):
                    return
            except socket.timeout:
                continue
            except OSError:
                return

    def reset(self):
        """Ends it as a crashed server does."""
        self.keep = False
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


class Handler(socketserver.BaseRequestHandler):
    def read(self):
        while b"\r\n\r\n" not in self.buffer:
            got = self.request.recv(65536)
            if not got:
                return None
            self.buffer += got
        raw, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        found = re.search(rb"(?i)\r\ncontent-length: (\d+)", raw)
        length = int(found[1]) if found else 0
        while len(self.buffer) < length:
            got = self.request.recv(65536)
            if not got:
                return None
            self.buffer += got
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return Request(raw, body)

    def handle(self):
        site = self.server.site
        connection = Connection(self.request, site)
        self.buffer = b""
        try:
            if site.greet is not None:
                site.greet(connection)
            while connection.keep and (request := self.read()) is not None:
                with site.lock:
                    site.log.append(request.raw + "\r\n\r\n" + request.body.decode("latin-1"))
                answer = site.twist(request, site) if site.twist else None
                (answer or site.answer(request))(connection)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address, request_queue_size = True, True, 64

    def __init__(self, site, context):
        self.site, self.context = site, context
        super().__init__(("127.0.0.1", 0), Handler)

    def get_request(self):
        sock, address = super().get_request()
        sock.settimeout(90)
        return sock, address

    def finish_request(self, request, client_address):
        if self.context is not None:
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, request, client_address):
        pass                           # a client that hangs up is what many cases want


class Site:
    """`twist (request, site)` gives the hostile answer, or None for the honest one; `greet` comes before any request."""

    def __init__(self, twist=None, context=None):
        self.twist, self.greet = twist, None
        self.over, self.lock, self.log = threading.Event(), threading.RLock(), []
        self.posts, self.comments, self.media, self.terms = {}, {}, {}, {"categories": {}, "tags": {}}
        self.next_id = 1
        self.server = Server(self, context)
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    # ---- what is there ----

    def take_id(self):
        self.next_id += 1
        return self.next_id - 1

    def add_post(self, title, html, **more):
        post = {"id": self.take_id(), "title": {"raw": title}, "content": {"raw": html}, "excerpt": {"raw": ""},
                "slug": "", "status": "publish", "link": self.url + "/p", "date_gmt": OLD, "modified_gmt": OLD,
                "featured_media": 0, "categories": [], "tags": [], **more}
        self.posts[post["id"]] = post
        return post

    def add_comment(self, post, html, **more):
        comment = {"id": self.take_id(), "post": post, "parent": 0, "author": 0, "author_name": "A reader",
                   "author_url": "", "author_email": "reader@example.invalid", "author_ip": "192.0.2.7",
                   "author_user_agent": "", "date_gmt": OLD, "content": {"raw": html}, "status": "approved",
                   "link": self.url + "/c", **more}
        self.comments[comment["id"]] = comment
        return comment

    # ---- honest answers ----

    def page(self, items, request):
        size, number = int(request.query.get("per_page", 10)), int(request.query.get("page", 1))
        pages = -(-len(items) // size)
        return Answer(items[(number - 1) * size:number * size],
                      headers=[("X-WP-Total", len(items)), ("X-WP-TotalPages", pages)])

    def answer(self, request):
        with self.lock:
            if not request.path.startswith("wp/v2/"):
                return self.root(request)
            kind, _, number = request.path[len("wp/v2/"):].partition("/")
            if kind == "users":
                return Answer({"id": 1, "name": "Critic", "capabilities": dict.fromkeys(
                    ("read", "edit_posts", "delete_posts", "publish_posts", "upload_files", "moderate_comments"), True)})
            if kind in self.terms:
                return self.answer_terms(request, self.terms[kind])
            return self.answer_items(request, kind, number)

    def root(self, request):
        if "/wp-json/" in request.target:
            return Answer({"name": "A blog", "url": self.url, "home": self.url, "namespaces": ["wp/v2"],
                           "authentication": []})
        return Answer("<html><head></head><body>A blog</body></html>",
                      headers=[("Link", f'<{self.url}/wp-json/>; rel="https://api.w.org/"')])

    def answer_terms(self, request, terms):
        if request.method == "POST":
            number = self.take_id()
            terms[number] = json.loads(request.body)["name"]
            return Answer({"id": number, "name": terms[number]}, 201)
        wanted = [int(n) for n in request.query.get("include", "").split(",") if n]
        return self.page([{"id": n, "name": terms[n]} for n in (wanted or terms) if n in terms], request)

    def answer_items(self, request, kind, number):
        items = {"posts": self.posts, "comments": self.comments, "media": self.media}.get(kind)
        if items is None or (number and int(number) not in items):
            return Answer({"code": f"rest_{kind.rstrip('s')}_invalid_id", "message": "No such thing."}, 404)
        if request.method == "DELETE":
            items[int(number)]["status"] = "trash"
            return Answer(items[int(number)])
        if request.method == "POST":
            return self.store(request, kind, items, int(number or 0))
        return Answer(items[int(number)]) if number else self.page(self.select(request, kind, items), request)

    def store(self, request, kind, items, number):
        if kind == "media":
            number = self.take_id()
            items[number] = {"id": number, "slug": request.query.get("slug"), "source_url": f"{self.url}/{number}.png"}
            return Answer(items[number], 201)
        body = json.loads(request.body)
        for name in ("title", "content", "excerpt"):
            if name in body:
                body[name] = {"raw": body[name]}
        if not number:
            if kind == "posts":
                number = self.add_post("", "", status="draft")["id"]
            else:
                author = {"author": 0} if "author_name" in body else {"author": 1, "author_name": "Critic"}
                number = self.add_comment(body["post"], "", **author)["id"]
        items[number].update({k: v for k, v in body.items() if v is not None})
        items[number]["modified_gmt"] = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
        return Answer(items[number], 201)

    def select(self, request, kind, items):
        query, found = request.query, sorted(items.values(), key=lambda item: item["id"])
        states = query.get("status", "any").split(",")
        states += {"approve": ["approved"]}.get(states[0], [])
        if "any" not in states:
            found = [item for item in found if item.get("status") in states]
        for name, member in (("modified_after", "modified_gmt"), ("after", "date_gmt")):
            if name in query:
                found = [item for item in found if item[member] > query[name].rstrip("Z")]
        for name in ("post", "parent"):
            if name in query:
                found = [item for item in found if str(item[name]) == query[name]]
        if "slug" in query:
            found = [item for item in found if item["slug"] in query["slug"].split(",")]
        return found[::-1] if query.get("order") == "desc" else found
