"""The real program in a process of its own, on a real X server that shows nothing."""

import ctypes
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from ctypes.util import find_library
from pathlib import Path
from typing import Any, ClassVar

import pytest

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.journal_records import read_journal

CHECKOUT = Path(__file__).resolve().parent.parent.parent
#: How long anything may take on a machine that is busy.
PATIENCE_S = 60.0


class _Attributes(ctypes.Structure):
    """XWindowAttributes of Xlib, up to the last that is wanted here, and room for the others."""

    _fields_: ClassVar = [
        *((name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", c_void_p),
        ("root", c_ulong),
        *((name, c_int) for name in ("class_", "bit_gravity", "win_gravity", "backing_store")),
        *((name, c_ulong) for name in ("backing_planes", "backing_pixel")),
        ("save_under", c_int),
        ("colormap", c_ulong),
        *((name, c_int) for name in ("map_installed", "map_state")),
        ("others", c_long * 8),
    ]


class _Message(ctypes.Structure):
    """XClientMessageEvent of Xlib, as large as any XEvent."""

    _fields_: ClassVar = [
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("others", c_long * 12),
    ]


_CLIENT_MESSAGE, _IS_VIEWABLE, _REVERT_TO_PARENT = 33, 2, 2


class Person:
    """Somebody before an X display: sees windows, moves the mouse, types and closes.

    Works through Xlib and its XTEST extension, so that a program cannot tell it from a real one.
    """

    def __init__(self, display: str) -> None:
        self._x, self._test = (ctypes.CDLL(find_library(name)) for name in ("X11", "Xtst"))
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XDefaultRootWindow.restype = self._x.XInternAtom.restype = c_ulong
        self._x.XStringToKeysym.restype = c_ulong
        self._display = c_void_p(self._x.XOpenDisplay(display.encode()))
        assert self._display, f"the display {display} does not answer"
        self._root = c_ulong(self._x.XDefaultRootWindow(self._display))
        # Xlib would end this process where a window is gone before it is asked for.
        self._ignore = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda *_: 0)
        self._x.XSetErrorHandler(self._ignore)

    def window(self, name: str = "Handwrite") -> int | None:
        """The window of that name, if it is seen."""
        root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        self._x.XQueryTree(
            self._display, self._root, byref(root), byref(parent), byref(children), byref(count)
        )
        windows = children[: count.value]
        self._x.XFree(children)
        for window in windows:
            about, called = _Attributes(), c_char_p()
            self._x.XGetWindowAttributes(self._display, c_ulong(window), byref(about))
            self._x.XFetchName(self._display, c_ulong(window), byref(called))
            if about.map_state == _IS_VIEWABLE and called.value == name.encode():
                return window
        return None

    def focus(self, window: int) -> None:
        """Let the keyboard's keys go to a window, as a window manager would."""
        self._x.XSetInputFocus(self._display, c_ulong(window), _REVERT_TO_PARENT, c_ulong(0))
        self._x.XSync(self._display, 0)

    def close(self, window: int) -> None:
        """Ask for a window to be closed, as the button on its frame does."""
        protocols, delete = (
            self._x.XInternAtom(self._display, name, 0)
            for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
        )
        message = _Message(_CLIENT_MESSAGE, 0, 1, self._display, window, protocols, 32)
        message.data[0] = delete
        self._x.XSendEvent(self._display, c_ulong(window), 0, c_long(0), byref(message))
        self._x.XSync(self._display, 0)

    def move(self, x: int, y: int) -> None:
        """Move the mouse to a place on the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, c_ulong(0))
        self._x.XFlush(self._display)

    def press(self, *, down: bool, button: int = 1) -> None:
        """Press a button of the mouse, or let it go: 1 is left, 2 the middle."""
        self._test.XTestFakeButtonEvent(self._display, button, int(down), c_ulong(0))
        self._x.XSync(self._display, 0)

    def turn(self, notches: int) -> None:
        """Turn the mouse's wheel, away from the hand by more than 0; X calls that buttons."""
        for _ in range(abs(notches)):
            for down in (True, False):
                self.press(down=down, button=4 if notches > 0 else 5)

    def hold(self, key: str, *, down: bool) -> None:
        """Press a key by its name in X, or let it go."""
        sym = c_ulong(self._x.XStringToKeysym(key.encode()))
        code = self._x.XKeysymToKeycode(self._display, sym) & 0xFF
        self._test.XTestFakeKeyEvent(self._display, code, int(down), c_ulong(0))
        self._x.XSync(self._display, 0)

    def type(self, *keys: str) -> None:
        """Press keys together, by their names in X, and let them go."""
        syms = [c_ulong(self._x.XStringToKeysym(key.encode())) for key in keys]
        codes = [self._x.XKeysymToKeycode(self._display, sym) & 0xFF for sym in syms]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, 1, c_ulong(0))
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, 0, c_ulong(0))
        self._x.XSync(self._display, 0)


class Program:
    """The program in its window, and what a person does with it."""

    def __init__(self, display: str, home: Path, *words: str) -> None:
        self.home = home
        home.mkdir(exist_ok=True)
        environ = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(CHECKOUT)]))
        environ |= {"DISPLAY": display, "HANDWRITE_HOME": str(home), "PYTHONPATH": path}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "handwrite_gui", *words],
            cwd=home,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.person = Person(display)
        self.window: int = self.until(self.person.window, "a window")
        self.person.focus(self.window)

    def draw(self, *places: tuple[int, int], lift: bool = True) -> None:
        """Draw with the mouse, slowly; without a window manager the window is at the corner."""
        self.person.move(*places[0])
        self.person.press(down=True)
        for place in places[1:]:
            time.sleep(0.005)
            self.person.move(*place)
        if lift:
            self.person.press(down=False)

    def say(self, digit: int) -> list[dict[str, Any]]:
        """Press a digit's key until that has put an answer right; return such corrections."""
        file = self.home / "data" / "corrections.jsonl"
        before = len(_lines(file))

        def corrected() -> bool:
            self.person.type(str(digit))
            # Keys that were repeated before may still be written, so the label counts too.
            return any(json.loads(line)["label"] == digit for line in _lines(file)[before:])

        self.until(corrected, "an answer", every_s=0.3)
        lines = [json.loads(line) for line in _lines(file)]
        return [line for line in lines if line["label"] == digit]

    def kept(self, *, offered: bool = False) -> list[Ink]:
        """What the journals hold: of programs that run or were not offered, or were offered."""
        journals = self.home.glob(f"data/journals/*.{'offered' if offered else 'journal'}")
        return [read_journal(file).ink for file in journals]

    def close(self) -> tuple[float, float]:
        """Close the window; return how many seconds it, and the process, took to be gone."""
        start = time.monotonic()
        self.person.close(self.window)
        return self.wait_for_end(start)

    def wait_for_end(self, start: float) -> tuple[float, float]:
        """Wait until window and process are gone; return the seconds that each took."""
        self.until(lambda: self.person.window() is None, "the window to go", every_s=0.001)
        window_s = time.monotonic() - start
        self.process.wait(PATIENCE_S)
        return window_s, time.monotonic() - start

    def assert_clean(self) -> None:
        """Check that a program that has ended has nothing to complain of."""
        output, errors = self.process.communicate()
        log = (self.home / "log" / "handwrite.log").read_text(encoding="utf-8")
        complaints = [
            line
            for line in log.splitlines()
            if " qt." in line or "Traceback" in line or " CRITICAL " in line
        ]
        assert (self.process.returncode, output, errors, complaints) == (0, "", "", [])

    def until(self, find: Callable[[], Any], what: str, every_s: float = 0.01) -> Any:
        end = time.monotonic() + PATIENCE_S
        while not (found := find()):
            if self.process.poll() is not None:
                pytest.fail(f"{what}: the program has ended: {self.process.communicate()}")
            if time.monotonic() > end:
                pytest.fail(f"waited in vain for {what}")
            time.sleep(every_s)
        return found


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of an X display that is there for these tests alone."""
    lacking = [name for name in ("Xvfb",) if shutil.which(name) is None]
    lacking += [f"lib{name}" for name in ("X11", "Xtst") if find_library(name) is None]
    if lacking:
        pytest.skip(f"needs {', '.join(lacking)} (Debian and Ubuntu: apt install xvfb libxtst6)")
    told, tell = os.pipe()
    screen = ["-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), *screen],
        pass_fds=[tell],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    ready, _, _ = select.select([told], [], [], PATIENCE_S)
    assert ready, "Xvfb does not start"
    yield f":{os.read(told, 16).decode().strip()}"
    server.terminate()
    server.wait()
    os.close(told)


@pytest.fixture
def start(display: str, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Starts the program with words of the command line."""
    started: list[Program] = []

    def start(*words: str) -> Program:
        started.append(Program(display, tmp_path / "home", *words))
        return started[-1]

    yield start
    for program in started:
        program.process.kill()
        program.process.communicate()
        program.person.press(down=False)
