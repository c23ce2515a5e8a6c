# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification daemon (org.freedesktop.Notifications) for the private bus of a ui-session: it shows nothing, remembers
what it was told, and presses buttons."""
from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""
PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"


class Notifications:
    def __init__(self):
        self.shown = {}                 # id -> {"title", "body", "buttons": {label: action}, "default"}
        self.told = 0                   # how often something was shown, or shown anew
        self.last_id = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        info = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object(PATH, info, self._called, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (NAME, 4)), None, 0, 5000, None)

    def _called(self, bus, sender, path, interface, method, args, invocation):
        if method == "Notify":
            _, replaces, _, title, body, actions, _, _ = args.unpack()
            if replaces == 0:
                self.last_id += 1
                replaces = self.last_id
            pairs = dict(zip(actions[::2], actions[1::2]))
            self.shown[replaces] = {"title": title, "body": body, "default": "default" in pairs,
                                    "buttons": {label: key for key, label in pairs.items() if key != "default"}}
            self.told += 1
            invocation.return_value(GLib.Variant("(u)", (replaces,)))
        elif method == "CloseNotification":
            self.shown.pop(args.unpack()[0], None)
            invocation.return_value(None)
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body", "body-markup"],)))
        else:
            invocation.return_value(GLib.Variant("(ssss)", ("Test", "Balcony", "1", "1.2")))

    def look(self):
        """What is shown now: (id, notification), or None. Answers those who wait."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        return next(iter(self.shown.items()), None)

    def press(self, number, action):
        """A button, or "default" for the notification itself; it goes, as on a desktop."""
        for signal, value in (("ActionInvoked", GLib.Variant("(us)", (number, action))),
                              ("NotificationClosed", GLib.Variant("(uu)", (number, 2)))):
            self.bus.emit_signal(None, PATH, NAME, signal, value)
        self.bus.flush_sync(None)
        self.shown.pop(number, None)
