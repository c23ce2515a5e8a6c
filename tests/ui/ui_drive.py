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

from ui_rest import resting  # noqa: E402
from ui_screen import Picture, Timeout, X  # noqa: E402

A11Y = "org.a11y.atspi."
ROOT = "/org/a11y/atspi/accessible/root"
WINDOW_COORDS = 1                       # screen coordinates (0) make GTK 4 warn and are wrong
LAYER_POPUP, LAYER_WINDOW = 5, 7

# AT-SPI role numbers are stable, the names that toolkits report for them are not.
ROLES = {
    2: "alert", 7: "check box", 8: "check menu item", 11: "combo box", 14: "desktop frame", 16: "dialog",
    18: "drawing area", 20: "filler", 23: "frame", 25: "html container", 26: "icon", 27: "image", 29: "label",
    31: "list", 32: "list item", 33: "menu", 34: "menu bar", 35: "menu item", 36: "option pane",
    37: "page tab", 38: "page tab list", 39: "panel", 40: "password text", 41: "popup menu",
    42: "progress bar", 43: "push button", 44: "radio button", 45: "radio menu item", 48: "scroll bar",
    49: "scroll pane", 50: "separator", 51: "slider", 52: "spin button", 53: "split pane", 54: "status bar",
    55: "table", 56: "table cell", 57: "table column header", 58: "table row header", 60: "terminal",
    61: "text", 62: "toggle button", 63: "tool bar", 64: "tool tip", 65: "tree", 66: "tree table",
    67: "unknown", 69: "window", 71: "header", 72: "footer", 73: "paragraph", 75: "application", 79: "entry",
    81: "caption", 83: "heading", 85: "section", 87: "form", 88: "link", 90: "table row", 91: "tree item",
    95: "document web", 98: "list box", 99: "grouping", 101: "notification", 102: "info bar", 103: "level bar",
    104: "title bar", 110: "landmark", 116: "static", 129: "push button menu", 130: "switch",
}
STATES = {
    1: "active", 3: "busy", 4: "checked", 7: "editable", 8: "enabled", 9: "expandable", 10: "expanded",
    11: "focusable", 12: "focused", 14: "horizontal", 16: "modal", 17: "multi line", 20: "pressed",
    22: "selectable", 23: "selected", 24: "sensitive", 25: "showing", 26: "single line", 29: "vertical",
    30: "visible", 32: "indeterminate", 33: "required", 36: "invalid entry", 41: "checkable", 42: "has popup",
    43: "read only",
}

# That a machine has other work, too, is no fault: what is waited for may take so many times as long.
PATIENCE = 4
ANSWER_MS = 30000                       # for a program to answer a question, however busy it is


def wait_for(what, timeout=10.0, message=None, every=0.03):
    """Call what() until it returns something true; return that. Errors count as 'not yet'.

    Timeouts are what an idle machine may need at most; a machine at work gets PATIENCE times as long."""
    timeout *= PATIENCE
    end = time.monotonic() + timeout
    last = None
    while True:
        try:
            value = what()
            if value:
                return value
        except (LookupError, GLib.Error, subprocess.CalledProcessError) as error:
            last = error
        if time.monotonic() > end:
            try:
                text = message() if callable(message) else message
            except (AttributeError, LookupError, GLib.Error) as error:
                text = f"{what} ({error})"
            raise Timeout(f"waited {timeout} s for {text or what}" + (f" ({last})" if last else ""))
        time.sleep(every)


def write_at_once(path, text):
    """For a program that may be reading it: there is the old file or the new one, never a part."""
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def clean_name(name):
    """GTK 4.8 names a button made with a mnemonic '_Send Send'; newer ones 'Send'."""
    half = re.fullmatch(r"(.*_.*) (.*)", name, re.S)
    if half:
        for cut in (i for i, c in enumerate(name) if c == " "):
            left, right = name[:cut], name[cut + 1:]
            if left.replace("_", "", 1) == right:
                return right
    return name


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


class Node:
    """One accessible object, as it was when the tree was read; methods ask again."""

    def __init__(self, app, path, parent):
        self.app, self.path, self.parent = app, path, parent
        self.children, self.name, self.role, self.description = [], "", "", ""
        self.states, self.interfaces = frozenset(), frozenset()
        self.query = None                # what find() looked for

    def __repr__(self):
        return f"<{self.role} {self.name!r}>"

    # ---- looking -------------------------------------------------------
    def _call(self, iface, method, args=None):
        return self.app.bus.call(self.app.dest, self.path, A11Y + iface, method, args)

    def _get(self, iface, prop):
        args = GLib.Variant("(ss)", (A11Y + iface, prop))
        return self.app.bus.call(self.app.dest, self.path, "org.freedesktop.DBus.Properties", "Get", args)[0]

    def walk(self):
        yield self
        for c in self.children:
            yield from c.walk()

    def refresh(self):
        """Name and states as they are now."""
        self.name = clean_name(self._get("Accessible", "Name"))
        self.states = states_of(self._call("Accessible", "GetState")[0])
        return self

    def has(self, state):
        return state in self.refresh().states

    def text(self):
        """The text of an entry, text view or label (GTK 4.8 returns nothing for an end of -1)."""
        count = self._get("Text", "CharacterCount")
        return self._call("Text", "GetText", GLib.Variant("(ii)", (0, count)))[0]

    def caret(self):
        return self._get("Text", "CaretOffset")

    def value(self):
        return self._get("Value", "CurrentValue")

    def texts(self):
        """All label texts inside, in order: a row's content."""
        return [n.name for n in self.walk() if n.role == "label" and n.name]

    def window(self):
        n = self
        while n.parent is not None and n.parent.path != ROOT:
            n = n.parent
        return n

    def extents(self):
        """(x, y, w, h) in the coordinates of the toplevel's content (wrong inside popovers in 4.8)."""
        return self._call("Component", "GetExtents", GLib.Variant("(u)", (WINDOW_COORDS,)))[0]

    def screen_rect(self):
        """(x, y, w, h) on the screen: AT-SPI extents plus the X window that holds the widget.

        Extents inside a popover are relative to the widget that the popover hangs on, so they
        are taken relative to the popover itself, whose X window is found by its size."""
        x, y, w, h = self.extents()
        z = self.app.scale
        n = self
        while n is not None and n.path != ROOT:
            layer = 0
            if "Component" in n.interfaces:
                try:
                    layer = n._call("Component", "GetLayer")[0]
                except GLib.Error:
                    pass
            if layer == LAYER_POPUP and self.app.gtk < (4, 10):
                px, py, pw, ph = n.extents()
                for win in self.app.x_windows():
                    if win["override"] and (win["w"], win["h"]) == (pw * z, ph * z):
                        return win["x"] + (x - px) * z, win["y"] + (y - py) * z, w * z, h * z
            elif layer == LAYER_WINDOW or n.parent is None or n.parent.path == ROOT:
                fx, fy, fw, fh = n.extents()
                win = self.app.x_window_of(n, fw * z, fh * z)
                # the border that GTK draws itself is the same on all sides (no shadow: see ui-session)
                return (win["x"] + (win["w"] - fw * z) // 2 + (x - fx) * z,
                        win["y"] + (win["h"] - fh * z) // 2 + (y - fy) * z, w * z, h * z)
            n = n.parent
        raise LookupError(f"no window for {self!r}")

    def reachable(self):
        """True when a click in the middle would reach self: mapped, in view, not covered inside its window.

        AT-SPI states do not tell in GTK 4.8 ('visible' is always set, 'showing' only on windows), and rows
        that were scrolled away keep old extents. Component.Contains is false for unmapped widgets, and
        GetAccessibleAtPoint names what GTK would pick (null when that is an inner, unexposed widget)."""
        try:
            x, y, w, h = self.extents()
        except GLib.Error:
            return False
        if w <= 0 or h <= 0:
            return False
        if self.app.gtk >= (4, 10):       # newer GTK tells by state, and its Contains never holds (4.18)
            return self.has("showing")
        x, y = x + w // 2, y + h // 2
        at = GLib.Variant("(iiu)", (x, y, WINDOW_COORDS))
        chain, n = [], self
        while n is not None and n.path != ROOT:
            chain.append(n)
            n = n.parent
        top = chain[-1]
        for n in chain:                   # inside self and not clipped by what holds it
            if "Component" not in n.interfaces:
                continue
            if not n._call("Component", "Contains", at)[0]:
                return False
            if n._call("Component", "GetLayer")[0] in (LAYER_POPUP, LAYER_WINDOW):
                top = n                   # a popover is a window of its own
                break
        hit = top._call("Component", "GetAccessibleAtPoint", at)[0][1]
        return hit.endswith("/null") or hit in {n.path for n in self.walk()} or hit in {n.path for n in chain[1:]}

    # ---- acting --------------------------------------------------------
    def actions(self):
        names = []
        for i in range(self._get("Action", "NActions")):
            try:
                names.append(self._call("Action", "GetName", GLib.Variant("(i)", (i,)))[0])
            except GLib.Error:
                names.append("")
        return names

    def do(self, action=None):
        """Do an accessible action by name; the first one without a name."""
        names = self.actions()
        if not names:
            raise LookupError(f"{self!r} has no accessible action")
        i = 0 if action is None else names.index(action)
        if not self._call("Action", "DoAction", GLib.Variant("(i)", (i,)))[0]:
            raise LookupError(f"{self!r} did not do {names[i]!r} (insensitive?)")
        return self

    def click(self, button=1, count=1, timeout=5):
        """A real mouse click in the middle, once the widget can be reached and stands still with the pointer on it."""
        wait_for(self._is_itself, timeout, f"{self!r} to be there still")
        if "sensitive" not in self.states:
            wait_for(lambda: self._is_itself() and self.has("sensitive"), timeout, f"{self!r} to become sensitive")
        wait_for(self._under_pointer, timeout, f"{self!r} to be reachable by the mouse and to stand still")
        self.app.press_button(button, count)
        return self

    def _is_itself(self):
        """Rows of lists come and go, and are used again for others: what find() found is looked for once more then."""
        try:
            if self.query is None or matches(self.refresh(), *self.query[:3]):
                return True
        except GLib.Error:
            if self.query is None:
                raise
        role, name, exact, more = self.query
        found = self.app.look(role, name, exact=exact, **more)
        if found is None:
            return False
        self.path, self.parent, self.children, self.name = found.path, found.parent, found.children, found.name
        self.role, self.states, self.interfaces = found.role, found.states, found.interfaces
        return True

    def _under_pointer(self):
        """Goes there as a hand does, before the click: what the pointer's coming changes is done then. (GTK loses a
        click that comes with the pointer's jump into a popover.)"""
        self.app.settle()
        if not self._is_itself() or not self.reachable():
            return False
        x, y, w, h = rect = self.screen_rect()
        for step in (2, 1, 0):
            self.app.point_at(x + w // 2 + step, y + h // 2)
            self.app.settle()
        return self._is_itself() and self.reachable() and self.screen_rect() == rect

    def hover(self):
        """Puts the pointer on it at once: a toast is there for five seconds, or for as long as the pointer is on it."""
        x, y, w, h = self.screen_rect()
        for step in (2, 0):
            self.app.point_at(x + w // 2 + step, y + h // 2)
        return self

    def type(self, text, clear=True):
        """Click into the field and type with the keyboard."""
        self.click()
        wait_for(lambda: self.has("focused") or any(n.has("focused") for n in self.walk()), 5,
                 f"{self!r} to be focused")
        if clear:
            self.app.key("ctrl+a")
            self.app.key("BackSpace")
        self.app.type(text)
        return self

    def set_text(self, text):
        """Replace the whole text through EditableText: exact for any script, does not test the keyboard."""
        self._call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))
        return self

    def insert_text(self, at, text):
        """GTK takes the length as bytes, not as characters."""
        self._call("EditableText", "InsertText", GLib.Variant("(isi)", (at, text, len(text.encode()))))
        return self

    def set_value(self, value):
        args = GLib.Variant("(ssv)", (A11Y + "Value", "CurrentValue", GLib.Variant("d", value)))
        self.app.bus.call(self.app.dest, self.path, "org.freedesktop.DBus.Properties", "Set", args)
        return self

    def select_child(self, index):
        """Select by position among the exposed children (of a list: only rows that exist as widgets)."""
        if not self._call("Selection", "SelectChild", GLib.Variant("(i)", (index,)))[0]:
            raise LookupError(f"{self!r} did not select {index}")
        return self

    def rows(self):
        """The rows of a list whose middle a person can see and click now, from the top."""
        self.app.read(self)
        x, y, w, h = self.extents()
        out = []
        for n, box in zip(self.children, self.app.boxes(self.children)):
            if n.role in ("list item", "table row", "tree item", "table cell") and box \
                    and y <= box[1] + box[3] // 2 < y + h and n.reachable():
                out.append((box[1], box[0], n))
        return [n for _, _, n in sorted(out, key=lambda t: t[:2])]

    def wait_text(self, part, timeout=5):
        return wait_for(lambda: part in self.text() and self.text(), timeout,
                        lambda: f"{part!r} in {self!r}, which has {self.text()!r}")

    def wait_state(self, state, on=True, timeout=5):
        wait_for(lambda: self.has(state) == on, timeout, f"{self!r} to be {'' if on else 'not '}{state}")
        return self


def matches(node, role, name, exact):
    if role is not None and node.role not in (role if isinstance(role, tuple) else (role,)):
        return False
    if isinstance(name, re.Pattern):
        return name.search(node.name) is not None
    return name is None or (node.name == name if exact else name in node.name)


def states_of(words):
    bits = words[0] | ((words[1] if len(words) > 1 else 0) << 32)
    return frozenset(name for bit, name in STATES.items() if bits >> bit & 1)


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
