"""Reading all pages of all open pictures in the whole program, and what happens meanwhile."""

import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Progress, Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.pictures import held_pixels

Start = Callable[..., Any]
#: A black stroke of 9 by 54 points on a page of 144 by 72.
STROKE = "0 g {} 9 9 54 re f"
WAIT_MS = 20_000


class Pace:
    """Lets the pages be read, in two slices each, and says in which order they were begun."""

    def __init__(self, slices: Callable[..., Any]) -> None:
        self._slices = slices
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.begun: list[tuple[str, int]] = []

    def slices(
        self, reader: Reader, picture: Picture, within: object = None
    ) -> Generator[Progress | None, None, Reading]:
        self.begun.append((picture.name, picture.page + 1))
        yield Progress(1, 2, Reading())
        assert self.may_go_on.wait(30)
        reading: Reading = yield from self._slices(reader, picture, within)
        return reading


@pytest.fixture
def pace(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pace]:
    pace = Pace(Reader.picture_slices)
    monkeypatch.setattr(Reader, "picture_slices", lambda *asked: pace.slices(*asked))
    yield pace
    pace.may_go_on.set()


@pytest.fixture
def make(pdf: Callable[..., bytes], tmp_path: Path) -> Callable[[str, int], Path]:
    """Makes a PDF of a name and so many pages, a stroke on each."""

    def make(name: str, pages: int) -> Path:
        strokes = (STROKE.format(20 + 10 * page) for page in range(pages))
        (tmp_path / name).write_bytes(pdf(*strokes))
        return tmp_path / name

    return make


@pytest.fixture
def program(start: Start, make: Callable[[str, int], Path], pace: Pace, qtbot: QtBot) -> Any:
    """The program at the first of five pages, which is read."""
    program = start()
    program.window.activateWindow()
    with qtbot.waitSignal(program.recognition.picture_read, timeout=WAIT_MS):
        program.open_files([make("five.pdf", 5)])
    qtbot.waitUntil(program.window.actions_.read_all.isEnabled)
    return program


def pages_read(program: Any) -> list[tuple[str, int]]:
    files = program.pictures.files
    latest = (entry for file in files for entry in file.latest)
    return [(entry.name, entry.excerpt.page + 1) for entry in latest if entry.is_read]


def button(program: Any) -> QPushButton:
    every = program.pictures.panel.findChildren(QPushButton)
    return next(each for each in every if each.text() in ("Read all", "Stop all"))


def said(program: Any, qtbot: QtBot, sentence: str) -> None:
    qtbot.waitUntil(lambda: sentence in program.texts, timeout=WAIT_MS)


def test_all_pages_are_read_while_the_first_is_looked_at(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    assert button(program).isVisible()
    pace.may_go_on.clear()
    program.press("Ctrl+Shift+A")
    said(program, qtbot, "Reading all: 1 of 5 pages")
    assert button(program).text() == "Stop all"
    pace.may_go_on.set()
    said(program, qtbot, "Read 5 of 5 pages.")
    assert program.status == "Read 5 of 5 pages."
    assert pages_read(program) == [("five.pdf", page) for page in range(1, 6)]
    assert pace.begun == pages_read(program)
    assert program.pictures.shown.page == 0
    assert not button(program).isVisible()
    assert not program.window.actions_.read_all.isEnabled()
    assert len(program.pictures.files.readings()) == 5


def test_pixels_of_far_pages_are_let_go_meanwhile(
    program: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_pixels, "MOST_BYTES", 1_500_000)
    program.press("Ctrl+Shift+A")
    said(program, qtbot, "Read 5 of 5 pages.")
    held = [each.excerpt.page for each in program.pictures.files.entries if each.has_pixels]
    assert held == [0, 1]


@pytest.mark.parametrize("by_button", [True, False])
def test_stopping_keeps_what_was_read(
    program: Any, pace: Pace, qtbot: QtBot, by_button: bool
) -> None:
    pace.may_go_on.clear()
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: len(pace.begun) == 2, timeout=WAIT_MS)
    file = next(iter(program.pictures.files))
    qtbot.waitUntil(lambda: file.entry(1).progress is not None, timeout=WAIT_MS)
    if by_button:
        qtbot.mouseClick(button(program), Qt.MouseButton.LeftButton)
    else:
        program.press("Ctrl+.")
    said(program, qtbot, "Stopped after 1 of 5 pages.")
    assert [entry.excerpt.page for entry in file.latest] == [0, 1]
    assert file.entry(1).status("") == "Stopped after 1 of 2"
    pace.may_go_on.set()
    qtbot.wait(200)
    assert len(pace.begun) == 2
    program.press("Ctrl+Shift+A")  # And now all the others.
    said(program, qtbot, "Read 5 of 5 pages.")
    assert len(pages_read(program)) == 5


def test_the_page_that_is_gone_to_is_read_first(program: Any, pace: Pace, qtbot: QtBot) -> None:
    pace.may_go_on.clear()
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: pace.begun[1:] == [("five.pdf", 2)], timeout=WAIT_MS)
    program.pictures.shown.turn_page(4)
    entry = program.pictures.entry(program.pictures.current_key)
    qtbot.waitUntil(lambda: entry.is_opened, timeout=WAIT_MS)
    with qtbot.waitSignal(program.recognition.picture_read, timeout=WAIT_MS):
        pace.may_go_on.set()
    assert pages_read(program) == [("five.pdf", 1), ("five.pdf", 5)]
    assert program.pictures.shown.page == 4
    said(program, qtbot, "Read 5 of 5 pages.")
    assert program.pictures.shown.page == 4


def test_ink_is_read_meanwhile_and_a_page_is_put_right(
    program: Any, pace: Pace, qtbot: QtBot
) -> None:
    program.press("Ctrl+Shift+A")
    qtbot.keyClick(program.pictures.focusProxy(), Qt.Key.Key_1)
    program.show_page("draw")
    program.draw()
    qtbot.waitUntil(lambda: program.is_answered)
    program.show_page("pictures")
    said(program, qtbot, "Read 5 of 5 pages.")
    assert program.numbers == ["1"]
    program.press("Ctrl+Z")
    assert program.numbers == ["7"]


def test_files_that_are_opened_meanwhile_are_read_too(
    program: Any, pace: Pace, make: Callable[[str, int], Path], qtbot: QtBot
) -> None:
    pace.may_go_on.clear()
    program.press("Ctrl+Shift+A")
    program.open_files([make("three.pdf", 3)])
    qtbot.waitUntil(lambda: program.pictures.shown.page_count == 3, timeout=WAIT_MS)
    pace.may_go_on.set()
    said(program, qtbot, "Read 8 of 8 pages.")
    assert len(pages_read(program)) == 8
    assert program.pictures.list.currentRow() == 1


def test_what_is_removed_meanwhile_is_read_no_more(program: Any, pace: Pace, qtbot: QtBot) -> None:
    pace.may_go_on.clear()
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: len(pace.begun) == 2, timeout=WAIT_MS)
    program.pictures.remove_all()
    pace.may_go_on.set()
    qtbot.wait(200)
    assert len(pace.begun) == 2
    assert not program.window.actions_.read_all.isEnabled()
    program.press("Ctrl+Z")
    qtbot.waitUntil(lambda: program.window.actions_.read_all.isEnabled())
    program.press("Ctrl+Shift+A")
    said(program, qtbot, "Read 5 of 5 pages.")


def test_a_page_that_cannot_be_read_is_told_of_and_gone_over(
    program: Any, pace: Pace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, died = subprocess.run, list[int]()

    def dies(*args: Any, **options: Any) -> Any:
        """Draws the third page in a process that ends before it has said anything."""
        done = run(*args, **options)
        if '"page": 2,' in args[0][-1]:
            died.append(2)
            ends = [sys.executable, "-c", "import os; os.abort()"]
            return run(ends, capture_output=True, check=False)
        return done

    monkeypatch.setattr(subprocess, "run", dies)
    program.press("Ctrl+Shift+A")
    said(program, qtbot, "Read 4 of 5 pages.")
    assert program.status == "Read 4 of 5 pages. 1 failed: page 3 of “five.pdf”."
    assert died == [2]
    assert ("five.pdf", 3) not in pages_read(program)
    assert program.pictures.shown.page == 0
    assert button(program).isVisible()  # It may be tried again.
    program.pictures.shown.turn_page(2)
    assert "damaged" in program.pictures.shown.view.accessibleDescription()


def test_a_file_that_has_changed_is_not_read_on_with(
    program: Any, make: Callable[[str, int], Path], qtbot: QtBot
) -> None:
    make("five.pdf", 4)
    program.press("Ctrl+Shift+A")
    said(program, qtbot, "Read 1 of 5 pages.")
    failed = "4 failed, the first is page 2 of “five.pdf”."
    assert program.status == f"Read 1 of 5 pages. {failed}"
    assert program.pictures.current_text() == "7"


def test_the_window_can_be_closed_meanwhile(program: Any, pace: Pace, qtbot: QtBot) -> None:
    program.press("Ctrl+Shift+A")
    qtbot.waitUntil(lambda: len(pace.begun) >= 2, timeout=WAIT_MS)
    program.window.close()
    qtbot.waitUntil(program.stop, timeout=WAIT_MS)  # A page may be being opened.
    begun = len(pace.begun)
    qtbot.wait(200)
    assert len(pace.begun) == begun


def test_nothing_is_read_where_there_is_no_model(
    start: Start, model: Any, make: Callable[[str, int], Path], qtbot: QtBot
) -> None:
    model.may_load.clear()
    program = start(make("five.pdf", 5), ready=False)
    qtbot.waitUntil(program.window.actions_.read_all.isEnabled, timeout=WAIT_MS)
    program.window.actions_.read_all.trigger()
    said(program, qtbot, "Reading all: 0 of 5 pages")
    model.load_error = RuntimeError("as a test wants it")
    model.may_load.set()
    qtbot.waitUntil(lambda: not button(program).isVisible(), timeout=WAIT_MS)
    assert not any("Reading all" in text for text in program.texts)
    qtbot.waitUntil(lambda: all(each.is_opened for each in program.pictures.files.entries))


def test_the_first_page_stays_where_its_reading_is_stopped_twice(
    start: Start, make: Callable[[str, int], Path], model: Any, qtbot: QtBot
) -> None:
    model.may_load.clear()  # Nothing is begun.
    program = start(make("three.pdf", 3), make("one.pdf", 1), ready=False)
    page = program.pictures
    qtbot.waitUntil(lambda: all(each.is_opened for each in page.files.entries), timeout=WAIT_MS)
    program._desk.stop_reading(0)
    page.shown.turn_page(1)
    program.window.actions_.read_all.trigger()
    program.window.actions_.read_all.trigger()
    said(program, qtbot, "Stopped after 0 of 4 pages.")
    assert [entry.status("") for entry in page.files[0].latest][:1] == ["Stopped"]
    page.shown.turn_page(-1)
    model.may_load.set()
    qtbot.waitUntil(lambda: program.window.actions_.read_all.isEnabled(), timeout=WAIT_MS)
    program.window.actions_.read_all.trigger()
    said(program, qtbot, "Read 4 of 4 pages.")


def test_a_file_that_is_opened_is_gone_to_whatever_else_is_opened_meanwhile(
    program: Any, make: Callable[[str, int], Path], qtbot: QtBot
) -> None:
    program.window.actions_.read_all.trigger()
    program._desk.open_again(0)
    program.open_files([make("three.pdf", 3)])
    said(program, qtbot, "Read 8 of 8 pages.")
    assert program.pictures.list.currentRow() == 1
