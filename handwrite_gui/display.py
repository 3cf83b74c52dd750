"""Whether a window can be opened here, found out before Qt is asked.

Qt ends the program with a core dump where it finds no display or lacks a system library. These
checks load what Qt would load a moment later anyway, so they cost next to nothing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

#: A server that is slower than this is taken for dead; one's own answers in a millisecond.
PATIENCE_S = 5.0

#: The libraries of the system that Qt's plugins for X11 and Wayland need, found by installing
#: them on a bare Debian 12 until both loaded; what these bring along themselves is left out.
_LIBRARIES = (
    "libEGL.so.1",
    "libGL.so.1",
    "libX11-xcb.so.1",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libglib-2.0.so.0",
    "libwayland-cursor.so.0",
    "libwayland-egl.so.1",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)
_WITHOUT_WINDOW = "without a window, handwrite-gui read FILE reads pictures."
#: Connections that proved that a server answers. They stay open: an X server whose only client
#: leaves may reset itself (Xserver(1), -noreset), just as Qt arrives.
_connections: list[object] = []


def find_problem(environ: Mapping[str, str] = os.environ) -> str | None:
    """Say why no window can be opened.

    Args:
        environ: The environment that names the display.

    Returns:
        One sentence to the person, or None where nothing speaks against a window.
    """
    if sys.platform != "linux":
        return None
    platforms = _platforms(environ)
    if not platforms:
        return (
            "No window can be opened, for there is no display (neither DISPLAY nor WAYLAND_DISPLAY"
            f" is set): log in to a desktop or use ssh -X; {_WITHOUT_WINDOW}"
        )
    problems = [_problem_with(platform, environ) for platform in platforms]
    return None if None in problems else problems[0]


def _platforms(environ: Mapping[str, str]) -> list[str]:
    """Names of the platform plugins that Qt would try, in Qt's order."""
    wanted = environ.get("QT_QPA_PLATFORM")
    if wanted:
        return [name.split(":")[0] for name in wanted.split(";")]
    wayland = environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland"
    return ["wayland"] * bool(wayland) + ["xcb"] * bool(environ.get("DISPLAY"))


def _problem_with(platform: str, environ: Mapping[str, str]) -> str | None:
    plugins = _plugins()
    if plugins and not any(_named(platform, plugins)):
        return (
            f"No window can be opened, for this Qt knows no platform {platform!r}: set"
            f" QT_QPA_PLATFORM to another or to none; {_WITHOUT_WINDOW}"
        )
    missing = _missing_libraries(platform, plugins)
    if missing:
        return (
            f"No window can be opened, for Qt lacks {', '.join(missing)} of the system: install it"
            f" (on Debian and Ubuntu: apt install {' '.join(map(_debian_package, missing))});"
            f" {_WITHOUT_WINDOW}"
        )
    if platform == "xcb" and not _x_answers(environ.get("DISPLAY", "")):
        return (
            f"No window can be opened, for the display {environ.get('DISPLAY', '')!r} does not"
            f" answer: see that DISPLAY names a running X server; {_WITHOUT_WINDOW}"
        )
    if platform.startswith("wayland") and not _wayland_answers(environ):
        return (
            "No window can be opened, for the Wayland display does not answer: see that"
            f" WAYLAND_DISPLAY and XDG_RUNTIME_DIR name a running one; {_WITHOUT_WINDOW}"
        )
    return None


def _plugins() -> list[Path]:
    """Qt's platform plugins; none where a Qt of the system's own keeps them elsewhere."""
    qt = importlib.util.find_spec("PySide6")
    if qt is None or qt.origin is None:
        return []
    return sorted((Path(qt.origin).parent / "Qt/plugins/platforms").glob("libq*.so"))


def _named(platform: str, plugins: list[Path]) -> Iterator[Path]:
    """The plugins that serve a platform, such as wayland and wayland-egl."""
    start = f"libq{platform.partition('-')[0]}"
    return (plugin for plugin in plugins if plugin.name.startswith(start))


def _missing_libraries(platform: str, plugins: list[Path]) -> list[str]:
    """Names of the system libraries for want of which the platform plugin cannot be loaded."""
    plugin = next(_named(platform, plugins), None)
    error = plugin and _load_error(str(plugin))
    if not error:
        return []
    # The loader names but one, and a bare system lacks them all.
    named = re.match(r"(?:.*/)?([^/:]*\.so[^/:]*): ", error)
    missing = [name for name in _LIBRARIES if _load_error(name)]
    return list(dict.fromkeys([named[1] if named else error, *missing]))


def _load_error(library: str) -> str | None:
    try:
        ctypes.CDLL(library)
    except OSError as error:
        return str(error)
    return None


def _debian_package(library: str) -> str:
    """The package that Debian's naming rule gives a library: libxcb-cursor.so.0, libxcb-cursor0."""
    if library == "libglib-2.0.so.0":
        return "libglib2.0-0"
    name, _, version = library.partition(".so.")
    return (name + "-" * name[-1:].isdigit() + version).lower()


def _x_answers(display: str) -> bool:
    """Connect to an X server as Qt will, its access control included."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    answers = []

    def connect() -> None:
        connection = xcb.xcb_connect(os.fsencode(display), None)
        _connections.append(connection)
        answers.append(xcb.xcb_connection_has_error(connection) == 0)

    # A server that accepts and then keeps silent would hold this thread, and Qt, for ever.
    attempt = threading.Thread(target=connect, daemon=True)
    attempt.start()
    attempt.join(PATIENCE_S)
    return answers == [True]


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    import socket  # Only here: most starts do without.

    if environ.get("WAYLAND_SOCKET"):
        return True
    folder = environ.get("XDG_RUNTIME_DIR", "/nonexistent")
    path = Path(folder, environ.get("WAYLAND_DISPLAY") or "wayland-0")
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(PATIENCE_S)
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True
