"""What a replay leaves of the ink, and what is done to the ink ends the replay."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
Start = Callable[..., Any]
Open = Callable[[], tuple[Any, Any]]
SeenOf = Callable[[Any], Any]


def test_escape_gives_the_canvas_back_as_it_was(open_replay: Open, changing: Any) -> None:
    program, seen = open_replay()
    canvas = program.draw_page.canvas
    ink, revision = canvas.ink(), canvas.revision
    program.press("Home")
    assert seen.answers == [""]
    program.press("Esc")
    assert not seen.is_open
    assert seen.answers == ["7"]
    assert (canvas.ink().strokes, canvas.revision) == (ink.strokes, revision)
    assert canvas.hasFocus()
    program.draw((20, 20), (60, 60))
    assert len(canvas.ink().strokes) == 3


def test_nobody_draws_on_the_replay(open_replay: Open) -> None:
    program, seen = open_replay()
    strokes = program.draw_page.canvas.ink().strokes
    QTest.mousePress(seen.paper, LEFT, pos=QPoint(50, 50))
    QTest.mouseMove(seen.paper, QPoint(90, 90))
    QTest.mouseRelease(seen.paper, LEFT, pos=QPoint(90, 90))
    assert seen.is_open
    assert program.draw_page.canvas.ink().strokes == strokes
    assert seen.moment_ms < 1000  # It plays again, from the beginning.
    QTest.mouseClick(seen.paper, LEFT, pos=QPoint(90, 90))
    paused = seen.moment_ms
    QTest.qWait(60)
    assert seen.moment_ms == paused


def test_stroke_under_the_pen_is_finished_and_replayed(
    start: Start, changing: Any, seen_of: SeenOf
) -> None:
    program = start()
    program.draw((20, 20), (60, 60), lift=False)
    program.press("Ctrl+R")
    seen = seen_of(program)
    assert seen.is_open
    canvas = program.draw_page.canvas
    assert [stroke.xy.tolist() for stroke in canvas.ink().strokes] == [[[20, 20], [60, 60]]]
    QTest.mouseRelease(seen.paper, LEFT, pos=QPoint(90, 90))
    program.press("Esc")
    QTest.mouseMove(canvas, QPoint(150, 150))
    assert not canvas.is_drawing


@pytest.mark.parametrize(
    ("does", "strokes"),
    [
        (lambda program: program.press("Ctrl+Z"), 0),
        (lambda program: program.press("Ctrl+Del"), 0),
        (lambda program: program.press("F5"), 2),
        (lambda program: program.draw_page.restore_requested.emit(), 2),
    ],
)
def test_what_is_done_to_the_ink_is_seen(
    open_replay: Open, does: Callable[[Any], None], strokes: int
) -> None:
    program, seen = open_replay()
    does(program)
    if seen.is_open:  # Nothing was kept that could be restored.
        program.draw_page.canvas.put(program.draw_page.canvas.ink().strokes)
    assert not seen.is_open
    assert len(program.draw_page.canvas.ink().strokes) == strokes
    assert not seen.panel.isVisible()


def test_pasted_ink_is_seen(open_replay: Open, qtbot: QtBot) -> None:
    program, seen = open_replay()
    QGuiApplication.clipboard().setText("<svg><path d='M0 0L9 9'/></svg>")
    program.press("Ctrl+V")
    qtbot.waitUntil(lambda: not seen.is_open)
    assert len(program.draw_page.canvas.ink().strokes) == 3


def test_opened_ink_is_seen_and_can_be_replayed(
    open_replay: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    program, seen = open_replay()
    (tmp_path / "a.svg").write_text("<svg><path d='M0 0L9 9'/></svg>")
    program.open_files([tmp_path / "a.svg"])
    qtbot.waitUntil(lambda: not seen.is_open)
    assert len(program.draw_page.canvas.ink().strokes) == 1
    program.press("Ctrl+R")
    assert seen.is_open
    even = "This ink tells no times: it is written here at an even speed."
    assert even in program.texts
    qtbot.waitUntil(lambda: seen.is_read)


def test_copying_and_saving_are_of_the_whole_ink(open_replay: Open) -> None:
    program, seen = open_replay()
    program.press("Home")
    program.press("Ctrl+C")
    assert QGuiApplication.clipboard().mimeData().text() == "7"
    assert seen.is_open
