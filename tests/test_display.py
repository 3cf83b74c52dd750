"""Where no window can be opened: said in one sentence, and Qt is not let to abort."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from handwrite_gui import display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only: X11 and Wayland")

DEAD = ":9873"


@pytest.fixture
def wayland(tmp_path: Path) -> dict[str, str]:
    """The environment of a Wayland display that answers for as long as the test lasts."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "wayland-7"))
    server.listen()
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    yield environ
    server.close()


def test_no_display() -> None:
    problem = display.find_problem({})
    assert problem is not None
    assert "DISPLAY" in problem
    assert "handwrite-gui read" in problem


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "offscreen;xcb"])
def test_platform_without_a_screen_needs_no_display(platform: str) -> None:
    assert display.find_problem({"QT_QPA_PLATFORM": platform}) is None


@pytest.mark.parametrize("address", [DEAD, "localhost:3873.0", "nonsense"])
def test_dead_x_display(address: str) -> None:
    problem = display.find_problem({"DISPLAY": address})
    assert problem is not None
    assert f"display '{address}' does not answer" in problem


def test_x_server_that_accepts_and_keeps_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "PATIENCE_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        problem = display.find_problem({"DISPLAY": f"127.0.0.1:{port - 6000}"})
    assert problem is not None
    assert "does not answer" in problem


def test_wayland_display(wayland: dict[str, str]) -> None:
    assert display.find_problem(wayland) is None
    problem = display.find_problem({**wayland, "WAYLAND_DISPLAY": "wayland-8"})
    assert problem is not None
    assert "Wayland display does not answer" in problem


def test_one_display_of_two_is_enough(wayland: dict[str, str]) -> None:
    assert display.find_problem({**wayland, "DISPLAY": DEAD}) is None
    assert display.find_problem({**wayland, "DISPLAY": DEAD, "QT_QPA_PLATFORM": "xcb"}) is not None


def test_relative_wayland_name_without_runtime_folder() -> None:
    assert display.find_problem({"WAYLAND_DISPLAY": "wayland-7"}) is not None


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libEGL.so.1", "libegl1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
    ],
)
def test_debian_package_of_a_library(library: str, package: str) -> None:
    assert display._debian_package(library) == package


def start_window(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start the program as a person would, with these variables in place of the display's."""
    names = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    environ = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "handwrite_gui"],
        env={**environ, "HANDWRITE_HOME": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"DISPLAY": DEAD},
        {"WAYLAND_DISPLAY": "wayland-8"},
        {"QT_QPA_PLATFORM": "nonsense"},
    ],
)
def test_program_without_display_says_one_sentence(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    done = start_window(tmp_path, **variables)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "handwrite-gui read" in done.stderr


@pytest.mark.parametrize("library", ["libxcb-cursor.so.0", "libEGL.so.1"])
def test_program_without_a_system_library_names_it(tmp_path: Path, library: str) -> None:
    # An empty file that is found first is as useless to the loader as none.
    (tmp_path / library).touch()
    done = start_window(tmp_path, DISPLAY=DEAD, LD_LIBRARY_PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"lacks {library} of the system" in done.stderr
    assert f"apt install {display._debian_package(library)})" in done.stderr
    assert "handwrite-gui read" in done.stderr
