# SPDX-License-Identifier: GPL-3.0-or-later
"""What AT-SPI tells of one widget of a GTK 4 program, and what can be done to it: see ui_drive."""
import re
import subprocess
import time

import gi
gi.require_version("Gio", "2.0")
from gi.repository import GLib  # noqa: E402

from ui_screen import Timeout  # noqa: E402

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


def clean_name(name):
    """GTK 4.8 names a button made with a mnemonic '_Send Send'; newer ones 'Send'."""
    half = re.fullmatch(r"(.*_.*) (.*)", name, re.S)
    if half:
        for cut in (i for i, c in enumerate(name) if c == " "):
            left, right = name[:cut], name[cut + 1:]
            if left.replace("_", "", 1) == right:
                return right
    return name


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
        """Puts the pointer on it at once: a toast is there for five seconds, or for as long as the pointer is on it. As it
        slides in, it may be elsewhere by then."""
        place = None
        while place != self.screen_rect():
            x, y, w, h = place = self.screen_rect()
            for step in (2, 0):
                self.app.point_at(x + w // 2 + step, y + h // 2)
            self.app.settle(1)
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
