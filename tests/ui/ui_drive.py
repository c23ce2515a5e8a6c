# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive a GTK 4 program the way a person does: look at it through AT-SPI, act with
the mouse, the keyboard or accessible actions, and take pictures of the screen.

Needs: a running session (see ui-session), python3-gi, xdotool, x11-utils (xwininfo).
Run with the system interpreter (/usr/bin/python3), the one that has python3-gi.

Talks plain D-Bus to the accessibility bus (GDBus), not through libatspi: no client-side
cache that can be stale, no 10+ s hangs on calls that GTK answers wrongly, and whole trees
are read with pipelined calls.

    with App(["./balcony"], app_id="io.github.balcony.Balcony") as app:
        app.find("push button", "New Review").click()
        app.find("text", "Title").type("The Perfection")
        app.find("text", "Body").set_text("Charlotte used to be a cello prodigy.")
        app.key("ctrl+s")
        app.find("label", "The Perfection", timeout=5)
        app.screenshot("written.png")
"""
import os
import re
import signal
import subprocess
import time

import gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

from ui_node import A11Y, PATIENCE, ROLES, ROOT, WINDOW_COORDS, Node, clean_name, matches, states_of, wait_for  # noqa: E402
from ui_rest import resting  # noqa: E402
from ui_screen import Picture, Timeout, X  # noqa: E402

ANSWER_MS = 30000                       # for a program to answer a question, however busy it is


def write_at_once(path, text):
    """For a program that may be reading it: there is the old file or the new one, never a part."""
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def run(*argv, check=True):
    return subprocess.run(argv, check=check, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout


class Bus:
    """The accessibility bus."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                    None, None, 0, ANSWER_MS, None).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.con = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, dest, path, iface, method, args=None, timeout=ANSWER_MS):
        return self.con.call_sync(dest, path, iface, method, args, None, 0, timeout, None).unpack()

    def calls(self, requests, timeout=ANSWER_MS):
        """Many calls at once: [(dest, path, iface, method, args)] -> [reply or None]."""
        out = [None] * len(requests)
        left = [len(requests)]

        def done(con, res, i):
            try:
                out[i] = con.call_finish(res).unpack()
            except GLib.Error:
                pass                     # the object went away, or has no such interface
            left[0] -= 1

        for i, (dest, path, iface, method, args) in enumerate(requests):
            self.con.call(dest, path, iface, method, args, None, 0, timeout, None, done, i)
        context = GLib.MainContext.default()
        while left[0]:
            context.iteration(True)
        return out


def without_auto_sync():
    """The environment of a Balcony that syncs only when it is told to: what a test queues stays in the outbox."""
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write("[io/github/balcony/Balcony]\nsync-on-start=false\nsync-minutes=uint32 0\nsync-after-saving=false\n")
    return {"GSETTINGS_BACKEND": "keyfile"}


class App:
    """A program under test. Use as a context manager; it is ended by its pid."""
    started = 0

    def __init__(self, argv, app_id=None, env=None, timeout=20, log=None, cwd=None):
        self.argv, self.app_id = argv, app_id
        App.started += 1
        self.log = log or os.path.join(os.environ.get("UI_SESSION_DIR", "/tmp"), f"app-{os.getpid()}-{App.started}.log")
        self._log = open(self.log, "ab")
        self.bus = Bus()
        self.scale = int((env or {}).get("GDK_SCALE") or os.environ.get("GDK_SCALE") or 1)
        self.process = subprocess.Popen(argv, env={**os.environ, **(env or {})}, stderr=self._log, cwd=cwd)
        self.pid = self.process.pid
        self.dest = None
        try:
            wait_for(self._appear, timeout, lambda: f"{argv[0]} to appear on the accessibility bus\n{self.errors()}")
            wait_for(lambda: self.x_windows() and self.windows(), timeout, "a window")
        except BaseException:
            self.close()
            raise

    def _appear(self):
        if self.process.poll() is not None:
            raise Timeout(f"{self.argv[0]} ended with {self.process.returncode}:\n{self.errors()}")
        refs = self.bus.call(A11Y + "Registry", ROOT, A11Y + "Accessible", "GetChildren")[0]
        for dest, _ in refs:
            pid = self.bus.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                "GetConnectionUnixProcessID", GLib.Variant("(s)", (dest,)))[0]
            if pid in self._pids():
                args = GLib.Variant("(ss)", (A11Y + "Application", "Version"))
                version = self.bus.call(dest, ROOT, "org.freedesktop.DBus.Properties", "Get", args)[0]
                self.gtk = tuple(int(n) for n in re.findall(r"\d+", version)[:2])
                self.dest = dest
                return True
        return False

    def _pids(self):
        """The process and its children (a wrapper such as valgrind or a shell may be in between)."""
        pids, todo = {self.pid}, [self.pid]
        while todo:
            try:
                p = todo.pop()
                with open(f"/proc/{p}/task/{p}/children") as f:
                    more = [int(word) for word in f.read().split()]
                pids.update(more)
                todo += more
            except OSError:
                pass
        return pids

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and os.environ.get("UI_ARTIFACTS"):
            os.makedirs(os.environ["UI_ARTIFACTS"], exist_ok=True)
            base = os.path.join(os.environ["UI_ARTIFACTS"], f"failure-{self.pid}")
            try:
                self.screenshot(base + ".png")
                with open(base + ".txt", "w") as f:
                    f.write(self.dump() + "\n" + self.errors())
            except Exception as e:         # the app may be gone
                print("ui_drive: no failure report:", e)
        self.close()

    def close(self, timeout=15):
        """TERM, then KILL; returns the exit status. Leak checks and coverage need a program that ends
        cleanly on TERM (g_unix_signal_add), or to be quit through its own action before."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.wait_exit(timeout)
            except subprocess.TimeoutExpired as slow:
                self._log.write(f"ui_drive: killed, it did not end: {slow}\n".encode())
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
        self._log.close()
        return self.process.returncode

    def wait_exit(self, timeout=15):
        return self.process.wait(timeout * PATIENCE)

    def errors(self):
        with open(self.log, errors="replace") as f:
            return f.read()

    def warnings(self):
        """GLib warnings and criticals that the app has printed, but for GTK's own: of a text view in a scrolled window it
        may lay text out while it draws (4.8), and then finds the scrollbar's trough not allocated until the next frame."""
        return [line for line in self.errors().splitlines() if re.search(r"-(WARNING|CRITICAL|ERROR) \*\*", line)
                and "Trying to snapshot GtkGizmo" not in line]

    # ---- the tree --------------------------------------------------------
    def read(self, top=None, everything=False):
        """Read the tree below top (the whole app without): one round of pipelined calls a level, then one
        Cache.GetItems for all names, roles and states.

        GtkListView keeps about 200 rows as widgets, most of them outside the view. In lists with more than
        LONG children only those that were laid out are read further, unless everything is set."""
        if top is None:
            top = Node(self, ROOT, None)
            top.role = "application"
        top.children = []
        level, by_path = [top], {top.path: top}
        while level:
            replies = self.bus.calls([(self.dest, n.path, A11Y + "Accessible", "GetChildren", None) for n in level])
            below = []
            for n, reply in zip(level, replies):
                for dest, path in (reply[0] if reply else ()):
                    if dest == self.dest and path not in by_path and not path.endswith("/null"):
                        child = by_path[path] = Node(self, path, n)
                        n.children.append(child)
                if len(n.children) > self.LONG and not everything:
                    below += [c for c, box in zip(n.children, self.boxes(n.children)) if box and box[2] and box[3]]
                else:
                    below += n.children
            level = below
        items = self.bus.call(self.dest, "/org/a11y/atspi/cache", A11Y + "Cache", "GetItems")[0]
        seen = set()
        for ref, _, _, _, _, ifaces, name, role, description, states in items:
            n = by_path.get(ref[1])
            if n is not None:
                seen.add(n.path)
                n.name, n.role, n.description = clean_name(name), ROLES.get(role, f"role {role}"), description
                n.states = states_of(states)
                n.interfaces = frozenset(i.rsplit(".", 1)[1] for i in ifaces)
        for n in by_path.values():         # not in the cache: ask
            if n.path not in seen and n.path != ROOT:
                try:
                    n.role = ROLES.get(n._call("Accessible", "GetRole")[0], "?")
                    n.interfaces = frozenset(i.rsplit(".", 1)[1] for i in n._call("Accessible", "GetInterfaces")[0])
                    n.refresh()
                except GLib.Error:
                    pass
        return top

    LONG = 60

    def boxes(self, nodes):
        """The extents of many nodes, None where there are none."""
        args = GLib.Variant("(u)", (WINDOW_COORDS,))
        return [r and r[0] for r in self.bus.calls(
            [(self.dest, n.path, A11Y + "Component", "GetExtents", args) for n in nodes])]

    def windows(self):
        return self.read().children

    def dump(self):
        """The tree as text, long lists cut short."""
        lines = []

        def show(n, depth):
            lines.append("  " * depth + f"[{n.role}] {n.name!r} {' '.join(sorted(n.states - {'visible', 'sensitive'}))}")
            for c in n.children[:12]:
                show(c, depth + 1)
            if len(n.children) > 12:
                lines.append("  " * depth + f"  ... and {len(n.children) - 12} more")

        show(self.read(), 0)
        return "\n".join(lines)

    def find_all(self, role=None, name=None, exact=False, state=None, within=None, reachable=False):
        """Nodes by role (or a tuple of roles) and name (part of it, or a compiled pattern, or all of it
        with exact)."""
        top = self.read(within) if within is not None else self.read()
        found = []
        for n in top.walk():
            if n.path == ROOT or not matches(n, role, name, exact):
                continue
            if state is not None and state not in n.states:
                continue
            if reachable and not n.reachable():
                continue
            found.append(n)
        return found

    def look(self, role=None, name=None, exact=False, **more):
        """What find() waits for, or None."""
        found = self.find_all(role, name, exact=exact, **more)
        best = [n for n in found if n.name == name]
        for node in (best or found)[:1]:
            node.query = (role, name, exact, more)
            return node
        return None

    def find(self, role=None, name=None, timeout=5, **more):
        """The first such node; waits for it. On failure the error carries the whole tree.

        With several matches an exact name wins, then the first in the tree. What is not to be seen is in
        the tree too (AdwMessageDialog has every button twice, for wide and narrow): say reachable=True."""
        return wait_for(lambda: self.look(role, name, **more), timeout,
                        lambda: f"{role or 'anything'} {name!r} {more or ''}\n{self.dump()}")

    def gone(self, role=None, name=None, timeout=5, **more):
        wait_for(lambda: not self.find_all(role, name, **more), timeout, f"{role} {name!r} to go away")

    def focused(self, timeout=5):
        """The widget with the keyboard focus (the deepest one), or None: where it is when all that was pressed is done."""
        self.settle(timeout)
        found = [n for n in self.read().walk() if "focused" in n.states]
        return found[-1] if found else None

    def focus(self, name, timeout=15):
        """Waits until the focus is on what is called so, or begins so."""
        wait_for(lambda: self._focus_name().startswith(name), timeout,
                 lambda: f"the focus on {name}, it is on {self.focused()}")

    def reach(self, key, name, timeout=60):
        """Presses the key until the focus is there: each time only after what the last press did was seen, so that a
        machine at work is not taken past it."""
        timeout *= PATIENCE
        end = time.monotonic() + timeout
        while not (before := self._focus_name()).startswith(name):
            if time.monotonic() > end:
                raise Timeout(f"pressed {key} for {timeout} s to come to {name}, the focus is on {self.focused()}")
            self.key(key, settle=False)          # it has settled for the look
            until = time.monotonic() + 1
            while self._focus_name() == before and time.monotonic() < until:
                time.sleep(0.05)

    def _focus_name(self):
        return wait_for(lambda: [getattr(self.focused(), "name", None) or ""])[0]

    # ---- X windows ---------------------------------------------------------
    def x_windows(self):
        """Mapped X windows of the app: id, title, x, y, w, h, override (popovers)."""
        out = []
        for pid in self._pids():
            for wid in run("xdotool", "search", "--onlyvisible", "--pid", str(pid), check=False).split():
                info = run("xwininfo", "-id", wid, check=False)
                m = {k: int(v) for k, v in re.findall(
                    r"^ *(Absolute upper-left X|Absolute upper-left Y|Width|Height): +(-?\d+)", info, re.M)}
                if len(m) == 4 and m["Width"] > 1:
                    out.append({"id": wid, "title": (re.search(r'"(.*)"', info.splitlines()[1]) or [0, ""])[1],
                                "x": m["Absolute upper-left X"], "y": m["Absolute upper-left Y"],
                                "w": m["Width"], "h": m["Height"],
                                "override": "Override Redirect State: yes" in info})
        return out

    def x_window_of(self, node, w, h):
        """The X window of a toplevel node: by title, then by the closest size."""
        wins = [x for x in self.x_windows() if not x["override"] and x["w"] >= w and x["h"] >= h]
        wins.sort(key=lambda x: (x["title"] != node.name, x["w"] - w + x["h"] - h))
        if not wins:
            raise LookupError(f"no X window for {node!r}")
        return wins[0]

    def active_window(self):
        """Title of the window that has the keyboard."""
        return run("xdotool", "getactivewindow", "getwindowname", check=False).strip()

    def wait_window(self, title, timeout=5):
        """Wait until the window with this title has the keyboard: before keys meant for a dialog."""
        wait_for(lambda: title in self.active_window(), timeout, f"window {title!r} to become active")

    def activate_window(self, title=None):
        """Give a window the keyboard."""
        for x in self.x_windows():
            if not x["override"] and (title is None or title in x["title"]):
                run("xdotool", "windowfocus", "--sync", x["id"])
                return
        raise LookupError(f"no window {title!r}")

    # ---- mouse and keyboard --------------------------------------------------
    def settle(self, timeout=5):
        """Waits until the program and its session have nothing to do: what was pressed before is dealt with, and what it
        changed is laid out and drawn. AT-SPI does not tell that: its questions are answered before what is waiting to be
        laid out. A program that never rests is waited for that long only."""
        end = time.monotonic() + timeout
        while not resting(self._pids()) and time.monotonic() < end:
            pass

    def point_at(self, x, y):
        run("xdotool", "mousemove", str(x), str(y))

    def press_button(self, button=1, count=1):
        run("xdotool", "click", "--repeat", str(count), "--delay", "20", str(button))

    def click_at(self, x, y, button=1, count=1):
        self.settle()
        self.point_at(x, y)
        self.settle()
        self.press_button(button, count)

    def drag(self, x1, y1, x2, y2, steps=10):
        self.settle()
        run("xdotool", "mousemove", str(x1), str(y1), "mousedown", "1")
        for i in range(1, steps + 1):
            run("xdotool", "mousemove", str(x1 + (x2 - x1) * i // steps), str(y1 + (y2 - y1) * i // steps))
            time.sleep(0.02)
        run("xdotool", "mouseup", "1")

    def wheel(self, node, clicks):
        """Turn the wheel over a node; positive scrolls down."""
        self.settle()
        x, y, w, h = node.screen_rect()
        run("xdotool", "mousemove", str(x + w // 2), str(y + h // 2), "click", "--delay", "10", "--repeat",
            str(abs(clicks)), "5" if clicks > 0 else "4")

    def key(self, *combos, settle=True):
        """Keys such as 'ctrl+Return', 'F10', 'Tab', 'Escape', 'dead_acute', one after the other: the first when the program
        has dealt with what was before."""
        if settle:
            self.settle()
        X.map_names([name for combo in combos for name in combo.split("+") if name.startswith("dead_")])
        run("xdotool", "key", "--clearmodifiers", "--delay", "15", *combos)

    def type(self, text, delay=12):
        """Type into whatever has the keyboard. Newlines go as Return: 'xdotool type' drops them."""
        self.settle()
        for i, line in enumerate(text.split("\n")):
            if i:
                self.key("Return", settle=False)
            while line:
                n = X.map_characters(line)
                run("xdotool", "type", "--clearmodifiers", "--delay", str(delay), "--", line[:n])
                line = line[n:]

    # ---- GActions over D-Bus ---------------------------------------------------
    def action(self, name, *params, window=1):
        """Activate 'app.NAME' or 'win.NAME' through org.gtk.Actions. Only actions in the GActionMap of the
        application or window are there, not those of gtk_widget_class_install_action."""
        scope, action = name.split(".", 1)
        path = "/" + self.app_id.replace(".", "/").replace("-", "_") + (f"/window/{window}" if scope == "win" else "")
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        args = GLib.Variant("(sava{sv})", (action, list(params), {}))
        session.call_sync(self.app_id, path, "org.gtk.Actions", "Activate", args, None, 0, ANSWER_MS, None)

    # ---- pictures ----------------------------------------------------------------
    def picture(self, node=None, settle=True):
        """The screen, or a node's rectangle on it, once two pictures in a row are equal."""
        box = node.screen_rect() if node is not None else None
        last = Picture.grab()
        for _ in range(40 if settle else 0):
            time.sleep(0.04)
            new = Picture.grab()
            if new.raw == last.raw:
                break
            last = new
        return last.crop(*box) if box else last

    def screenshot(self, path, node=None):
        return self.picture(node).save(path)
