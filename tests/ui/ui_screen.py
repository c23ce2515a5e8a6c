# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen of a test session: its pixels, its keyboard map, and how quickly a program shows itself."""
import collections
import ctypes
import os
import re
import struct
import subprocess
import time
import zlib


class Timeout(AssertionError):
    """Something that a test waited for did not happen."""


class _XImage(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int),
                ("format", ctypes.c_int), ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int),
                ("bitmap_unit", ctypes.c_int), ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int),
                ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int), ("bits_per_pixel", ctypes.c_int)]


def longest_run(numbers):
    best, here = [], []
    for n in numbers:
        here = here + [n] if here and n == here[-1] + 1 else [n]
        best = max(best, here, key=len)
    return best


class X:
    """The few calls of Xlib that no small command offers."""
    lib = display = None
    spare, mapped = [], {}

    @classmethod
    def open(cls):
        if cls.display:
            return
        p, n, u = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
        cls.lib = x = ctypes.CDLL("libX11.so.6")
        for name, result, args in (
                ("XOpenDisplay", p, [ctypes.c_char_p]), ("XDefaultRootWindow", u, [p]), ("XFree", n, [p]),
                ("XDisplayWidth", n, [p, n]), ("XDisplayHeight", n, [p, n]), ("XSync", n, [p, n]),
                ("XGetImage", ctypes.POINTER(_XImage), [p, u, n, n, ctypes.c_uint, ctypes.c_uint, u, n]),
                ("XDisplayKeycodes", n, [p, ctypes.POINTER(n), ctypes.POINTER(n)]),
                ("XGetKeyboardMapping", ctypes.POINTER(u), [p, ctypes.c_ubyte, n, ctypes.POINTER(n)]),
                ("XStringToKeysym", u, [ctypes.c_char_p]),
                ("XChangeKeyboardMapping", n, [p, n, n, ctypes.POINTER(u), n])):
            f = getattr(x, name)
            f.restype, f.argtypes = result, args
        cls.display = x.XOpenDisplay(None)
        if not cls.display:
            raise OSError("no X display")
        low, high, per = n(), n(), n()
        x.XDisplayKeycodes(cls.display, low, high)
        table = x.XGetKeyboardMapping(cls.display, low.value, high.value - low.value + 1, per)
        rows = [[table[i * per.value + j] for j in range(per.value)] for i in range(high.value - low.value + 1)]
        # keys without a symbol, and the multimedia keys, which nobody types here
        cls.spare = longest_run([low.value + i for i, row in enumerate(rows) if not any(row) or row[0] >= 0x1008FF00])
        x.XFree(table)

    @classmethod
    def map_characters(cls, text):
        """Give each character beyond ASCII a key of its own; returns how many characters of text can be
        typed now."""
        return cls.map_symbols([ord(c) if ord(c) < 256 else 0x1000000 | ord(c) if ord(c) >= 127 else 0 for c in text])

    @classmethod
    def map_names(cls, names):
        """The same for keys such as "dead_acute", all of them."""
        cls.open()
        cls.map_symbols([cls.lib.XStringToKeysym(name.encode()) for name in names])

    @classmethod
    def map_symbols(cls, symbols):
        """(xdotool maps and unmaps such a key around every symbol, and a program that is slow
        to look then finds another one or none: letters get lost under load.)"""
        cls.open()
        new = []
        for n, symbol in enumerate(symbols):
            if symbol < 127 or symbol in cls.mapped or symbol in new:
                continue
            if len(new) + len(cls.mapped) == len(cls.spare):
                if n == 0:
                    cls.mapped.clear()            # start over with all spare keys
                else:
                    symbols = symbols[:n]
                    break
            new.append(symbol)
        if new:
            time.sleep(0.3)                       # what was typed before is in by now
            key = cls.spare[len(cls.mapped)]      # neighbours: one request, so one event for everybody
            cls.lib.XChangeKeyboardMapping(cls.display, key, 1, (ctypes.c_ulong * len(new))(*new), len(new))
            cls.mapped.update((symbol, key + i) for i, symbol in enumerate(new))
            cls.lib.XSync(cls.display, 0)
            time.sleep(0.3)
        return len(symbols)

    @classmethod
    def screen(cls):
        cls.open()
        w, h = cls.lib.XDisplayWidth(cls.display, 0), cls.lib.XDisplayHeight(cls.display, 0)
        return w, h, cls.area(0, 0, w, h)

    @classmethod
    def area(cls, left, top, w, h):
        root = cls.lib.XDefaultRootWindow(cls.display)
        image = cls.lib.XGetImage(cls.display, root, left, top, w, h, 0xFFFFFFFF, 2)
        i = image.contents
        if i.bits_per_pixel != 32 or i.byte_order != 0 or i.bytes_per_line != 4 * w:
            raise ValueError("run Xvfb with depth 24")
        raw = ctypes.string_at(i.data, 4 * w * h)
        cls.lib.XFree(i.data)
        cls.lib.XFree(image)
        return raw


class Picture:
    """Pixels of the screen. Values are 0xRRGGBB."""

    def __init__(self, width, height, raw):
        self.width, self.height, self.raw = width, height, raw     # raw: 4 bytes a pixel, B G R x

    @classmethod
    def grab(cls):
        """What the screen shows, from the X server itself (about 10 ms). Not through xwd -root: with windows
        of several depths, as GTK makes them, it pastes their contents without what the compositor draws."""
        return cls(*X.screen())

    @classmethod
    def load(cls, path):
        import gi
        gi.require_version("GdkPixbuf", "2.0")
        from gi.repository import GdkPixbuf
        p = GdkPixbuf.Pixbuf.new_from_file(path)
        w, h, n, stride, data = p.get_width(), p.get_height(), p.get_n_channels(), p.get_rowstride(), p.get_pixels()
        raw = bytearray(4 * w * h)
        for i in range(h):
            row = data[i * stride:i * stride + n * w]
            for to, of in ((0, 2), (1, 1), (2, 0)):
                raw[4 * w * i + to:4 * w * (i + 1):4] = row[of::n]
        return cls(w, h, bytes(raw))

    def save(self, path):
        rgb = bytearray(3 * self.width * self.height)
        for to, of in ((0, 2), (1, 1), (2, 0)):
            rgb[to::3] = self.raw[of::4]
        n = 3 * self.width
        rows = b"".join(b"\0" + bytes(rgb[i:i + n]) for i in range(0, len(rgb), n))

        def chunk(kind, body):
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        with open(path, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", self.width, self.height, 8, 2, 0, 0, 0))
                    + chunk(b"IDAT", zlib.compress(rows, 3)) + chunk(b"IEND", b""))
        return path

    def crop(self, x, y, w, h):
        x, y = max(0, x), max(0, y)
        w, h = min(w, self.width - x), min(h, self.height - y)
        n = 4 * self.width
        return Picture(w, h, b"".join(self.raw[n * (y + i) + 4 * x:n * (y + i) + 4 * (x + w)] for i in range(h)))

    def pixel(self, x, y):
        i = 4 * (y * self.width + x)
        return self.raw[i + 2] << 16 | self.raw[i + 1] << 8 | self.raw[i]

    def colours(self):
        """{colour: how many pixels}: a blank or unpainted area has very few."""
        count = collections.Counter(memoryview(self.raw).cast("I"))
        out = collections.Counter()
        for value, n in count.items():     # little-endian B G R x
            out[value & 0xFFFFFF] += n
        return out

    def share(self, colour, tolerance=8):
        """The share of pixels (0 to 1) close to a colour: is the button blue, is the page dark?"""
        hits = sum(n for c, n in self.colours().items()
                   if all(abs((c >> s & 255) - (colour >> s & 255)) <= tolerance for s in (0, 8, 16)))
        return hits / max(1, self.width * self.height)

    def differs(self, other, tolerance=8):
        """How many pixels differ in some channel by more than tolerance; all when the sizes differ."""
        if (self.width, self.height) != (other.width, other.height):
            return self.width * self.height
        n, bad = 4 * self.width, 0
        for i in range(0, len(self.raw), n):
            a, b = self.raw[i:i + n], other.raw[i:i + n]
            if a != b:
                for j in range(0, n, 4):
                    if a[j:j + 3] != b[j:j + 3] and any(abs(a[j + k] - b[j + k]) > tolerance for k in (0, 1, 2)):
                        bad += 1
        return bad


# ---- measuring ---------------------------------------------------------------------------------
def first_frame(argv, env=None, timeout=30, hold=1.0):
    """Start a program on an empty screen; (seconds until its window shows something, memory in KiB).

    Needs no help from the program: looks at the middle of the screen every 2 ms."""
    X.open()
    x, y = X.lib.XDisplayWidth(X.display, 0) // 2 - 40, X.lib.XDisplayHeight(X.display, 0) // 2 - 40
    before = X.area(x, y, 80, 80)
    start = time.monotonic()
    process = subprocess.Popen(argv, env={**os.environ, **(env or {})}, stderr=subprocess.DEVNULL)
    try:
        while X.area(x, y, 80, 80) == before:
            if time.monotonic() - start > timeout or process.poll() is not None:
                raise Timeout(f"{argv[0]} showed nothing")
            time.sleep(0.002)
        taken = time.monotonic() - start
        time.sleep(hold)
        return taken, memory(process.pid)
    finally:
        process.terminate()
        process.wait()


def memory(pid):
    """Rss, Pss and private memory of a process in KiB."""
    with open(f"/proc/{pid}/smaps_rollup") as f:
        m = {k: int(v) for k, v in re.findall(r"^(\w+): +(\d+) kB", f.read(), re.M)}
    return {"rss": m["Rss"], "pss": m["Pss"], "private": m["Private_Clean"] + m["Private_Dirty"]}


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as f:
        words = f.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
