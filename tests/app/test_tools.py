"""Erasing and selecting in the whole program: what is read, kept, copied and remembered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.journal_records import read_journal
from handwrite_gui.storage.read_ink import read_ink

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Start = Callable[..., Any]


def points_of(ink: Ink) -> list[list[list[float]]]:
    return [stroke.points.tolist() for stroke in ink.strokes]


def shown(program: Any) -> list[list[list[float]]]:
    return points_of(program.draw_page.canvas.ink())


def kept(home: Path) -> list[list[list[float]]]:
    """What the running program's journal holds; nothing where there is none yet."""
    files = list((home / "data" / "journals").glob("*.journal"))
    return [stroke for file in files for stroke in points_of(read_journal(file).ink)]


def draw_two(program: Any) -> None:
    program.draw((100, 100), (150, 102), (200, 100))
    program.draw((100, 200), (150, 202), (200, 200))


def erase_a_part(program: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, KEY.Key_E, SHIFT)
    qtbot.keyClick(program.window, KEY.Key_E)
    program.draw((150, 80), (150, 120))


def erase_a_stroke(program: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, KEY.Key_E)
    program.draw((150, 80), (150, 120))


def move_all(program: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, KEY.Key_A, CONTROL)
    program.draw((150, 150), (170, 160))


def scale_all(program: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, KEY.Key_A, CONTROL)
    qtbot.keyClick(program.draw_page.canvas, KEY.Key_Plus)


def delete_one(program: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(program.window, KEY.Key_S)
    program.draw((150, 201))
    qtbot.keyClick(program.window, KEY.Key_Delete)


STEPS = (erase_a_part, erase_a_stroke, move_all, scale_all, delete_one)


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_read_undone_and_redone(
    start: Start, qtbot: QtBot, step: Callable[..., None]
) -> None:
    program = start()
    draw_two(program)
    qtbot.waitUntil(lambda: program.answer == "7")
    before = shown(program)
    step(program, qtbot)
    after = shown(program)
    assert after != before
    qtbot.waitUntil(lambda: program.is_answered)
    qtbot.keyClick(program.window, KEY.Key_Z, CONTROL)
    assert shown(program) == before
    qtbot.waitUntil(lambda: program.is_answered)
    qtbot.keyClick(program.window, KEY.Key_Y, CONTROL)
    assert shown(program) == after


def test_answer_follows_the_eraser(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    qtbot.waitUntil(lambda: program.is_answered)
    before = program.draw_page.reading
    qtbot.keyClick(program.window, KEY.Key_E)
    program.draw((150, 80), (150, 120), lift=False)
    qtbot.waitUntil(lambda: program.is_answered and program.draw_page.reading is not before)
    assert len(shown(program)) == 1
    QTest.mouseRelease(program.draw_page.canvas, LEFT, pos=QPoint(150, 120))


# The journal


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_journalled_as_the_pen_lifts(
    start: Start, home: Path, qtbot: QtBot, step: Callable[..., None]
) -> None:
    program = start()
    draw_two(program)
    step(program, qtbot)
    qtbot.waitUntil(lambda: kept(home) == shown(program))
    qtbot.keyClick(program.window, KEY.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: kept(home) == shown(program))
    assert len(kept(home)) == 2


def test_what_was_done_comes_back_at_the_next_start(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    for step in (erase_a_part, move_all, scale_all):
        step(program, qtbot)
    last = shown(program)
    assert len(last) == 3
    program.close()

    again = start()
    buttons = again.window.findChildren(QPushButton)
    offer = next(button for button in buttons if button.text() == "Bring it back")
    qtbot.waitUntil(offer.isVisible)
    qtbot.mouseClick(offer, LEFT)
    assert shown(again) == last


@pytest.mark.parametrize("tool", ["select", "eraser"])
def test_until_the_pen_lifts_the_old_ink_is_kept(
    start: Start, home: Path, qtbot: QtBot, tool: str
) -> None:
    """What is dragged or erased as the program is killed is there as it was."""
    program = start()
    draw_two(program)
    before = shown(program)
    qtbot.waitUntil(lambda: kept(home) == before)
    program.draw_page.canvas.choose_tool(tool)
    program.draw((150, 95), (150, 110), (180, 130), lift=False)
    qtbot.wait(50)
    assert kept(home) == before
    QTest.mouseRelease(program.draw_page.canvas, LEFT, pos=QPoint(180, 130))
    qtbot.waitUntil(lambda: kept(home) == shown(program))
    assert shown(program) != before


def test_program_that_is_closed_in_mid_drag_keeps_the_strokes(
    start: Start, home: Path, qtbot: QtBot
) -> None:
    program = start()
    draw_two(program)
    program.draw_page.canvas.choose_tool("select")
    program.draw((150, 101), (180, 131), lift=False)
    program.close()
    assert len(shown(program)) == 2
    assert kept(home) == shown(program)


# The clipboard


def test_only_what_is_selected_is_copied(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    qtbot.waitUntil(lambda: program.answer == "7")
    qtbot.keyClick(program.window, KEY.Key_S)
    program.draw((150, 201))
    qtbot.keyClick(program.window, KEY.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    (stroke,) = read_ink(bytes(data.data("application/inkml+xml").data())).ink.strokes
    assert len(stroke.points) == 3
    assert not data.hasText()  # The answer is about more than this.
    assert program.status == "Copied the selected ink."
    qtbot.keyClick(program.window, KEY.Key_A, CONTROL)
    qtbot.keyClick(program.window, KEY.Key_C, CONTROL)
    assert program.status == "Copied: 7 7"


def test_what_is_cut_is_gone_and_pasted_selected(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    canvas = program.draw_page.canvas
    first, second = canvas.ink().strokes
    qtbot.keyClick(program.window, KEY.Key_S)
    program.draw((150, 201))
    qtbot.keyClick(program.window, KEY.Key_X, CONTROL)
    assert canvas.ink().strokes == (first,)
    assert program.status == "Cut the selected ink."
    qtbot.keyClick(program.window, KEY.Key_P)
    qtbot.keyClick(program.window, KEY.Key_V, CONTROL)
    qtbot.waitUntil(lambda: program.status == "Pasted the ink.")
    assert canvas.selection.strokes == canvas.ink().strokes[1:]
    assert program.window.actions_.select.isChecked()
    assert canvas.ink().strokes[1].xy == pytest.approx(second.xy, abs=0.01)
    program.draw((150, 201), (180, 221))
    assert canvas.ink().strokes[1].xy == pytest.approx(second.xy + np.array([30, 20]), abs=0.01)
    for _ in range(3):
        qtbot.keyClick(program.window, KEY.Key_Z, CONTROL)
    assert canvas.ink().strokes == (first, second)


# What is remembered


def test_how_it_erases_is_remembered_and_the_tool_is_not(start: Start, qtbot: QtBot) -> None:
    program = start()
    qtbot.keyClick(program.window, KEY.Key_E, SHIFT)
    qtbot.keyClick(program.window, KEY.Key_E)
    program.close()
    again = start()
    assert again.window.actions_.pen.isChecked()
    assert again.window.actions_.erase_parts.isChecked()
    draw_two(again)
    qtbot.keyClick(again.window, KEY.Key_E)
    again.draw((150, 80), (150, 120))
    assert len(shown(again)) == 3
    again.settings.reset()
    assert not again.window.actions_.erase_parts.isChecked()


def test_pasted_ink_is_seen_beside_what_it_was_copied_from(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    canvas = program.draw_page.canvas
    qtbot.keyClick(program.window, KEY.Key_C, CONTROL)
    for copies in (2, 3):
        qtbot.keyClick(program.window, KEY.Key_V, CONTROL)
        qtbot.waitUntil(lambda copies=copies: len(canvas.ink().strokes) == 2 * copies)
    starts = [stroke.xy[0] for stroke in canvas.ink().strokes]
    assert np.allclose(np.subtract(starts[2:4], starts[:2]), 16, atol=0.01)
    assert np.allclose(np.subtract(starts[4:], starts[:2]), 32, atol=0.01)


def test_hidden_ink_cannot_be_deleted(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    qtbot.keyClick(program.window, KEY.Key_A, CONTROL)
    program.show_page("replay")
    before = shown(program)
    qtbot.keyClick(program.window, KEY.Key_Delete)
    qtbot.keyClick(program.window, KEY.Key_X, CONTROL)
    assert shown(program) == before
    program.show_page("draw")
    qtbot.keyClick(program.window, KEY.Key_Delete)
    assert shown(program) == []


def test_what_is_said_of_a_selection_takes_nothing_else_away(start: Start, qtbot: QtBot) -> None:
    program = start()
    draw_two(program)
    qtbot.keyClick(program.window, KEY.Key_A, CONTROL)
    assert program.status.startswith("2 strokes are selected")
    program.window.say("Your drawing could not be kept.")
    qtbot.keyClick(program.draw_page.canvas, KEY.Key_Escape)
    assert program.status == "Your drawing could not be kept."


def test_hand_that_holds_the_paper_is_seen_until_it_is_let_go(start: Start, qtbot: QtBot) -> None:
    program = start()
    canvas, middle = program.draw_page.canvas, Qt.MouseButton.MiddleButton
    QTest.mousePress(canvas, middle, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(120, 130))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(120, 130),
        canvas.mapToGlobal(QPointF(120, 130)),
        Qt.MouseButton.NoButton,
        middle,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.view.left != 0
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(canvas, middle, pos=QPoint(120, 130))
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
