"""A digit that waits for its pause or its answer moves in the end, whatever comes between."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.reading import Reading
from handwrite_gui.domain.transform import Transform
from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]
#: Long enough for a pause to have ended if it had begun.
LONG_MS = 200


def test_nothing_moves_unseen_but_it_does_once_the_paper_is_shown_again(
    writer: Any, draw: Draw, qtbot: QtBot
) -> None:
    writer.digit = 7
    draw(writer.page.canvas)
    writer.page.show_instead(QLabel("Another"))
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank
    writer.page.show_instead(None)
    assert not writer.page.canvas.is_blank  # Only after the pause, or it would seem to vanish.
    qtbot.waitUntil(lambda: writer.line.text() == "7")
    assert writer.page.canvas.is_blank


def test_digit_trimmed_within_the_pause_moves_after_it(
    writer: Any, draw: Draw, qtbot: QtBot
) -> None:
    canvas = writer.page.canvas
    canvas.set_erases_parts(True)
    writer.digit = 7
    draw(canvas)
    canvas.choose_tool("eraser")
    draw(canvas, (180, 200), (210, 200))
    assert not canvas.is_blank
    qtbot.waitUntil(lambda: writer.line.text() == "7")
    assert canvas.is_blank


def test_digit_trimmed_while_its_answer_is_waited_for_moves_after_a_pause(
    writer: Any, draw: Draw, reading_of: ReadingOf, qtbot: QtBot
) -> None:
    canvas = writer.page.canvas
    draw(canvas)
    qtbot.wait(LONG_MS)
    canvas.selection.select_all()
    canvas.selection.transform(Transform((5.0, 0.0)))
    writer.page.show_reading(reading_of(writer.page, 7))
    assert writer.line.text() == ""
    qtbot.waitUntil(lambda: writer.line.text() == "7")


@pytest.mark.parametrize("change", ["move", "delete"])
def test_selection_moved_or_deleted_within_the_pause_lets_the_digit_move_after_it(
    writer: Any, draw: Draw, qtbot: QtBot, change: str
) -> None:
    canvas = writer.page.canvas
    writer.digit = 4
    draw(canvas)
    draw(canvas, (150, 100), (150, 200))
    canvas.choose_tool("select")
    canvas.selection.select(canvas.ink().strokes[1:])
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    if change == "delete":
        canvas.delete_selection()
    assert len(canvas.ink().strokes) == (1 if change == "delete" else 2)
    qtbot.waitUntil(lambda: writer.line.text() == "4")
    assert canvas.is_blank


@pytest.mark.parametrize("live", [True, False])
def test_eraser_that_is_held_over_the_pause_and_erases_nothing_only_delays_the_digit(
    writer: Any, draw: Draw, qtbot: QtBot, live: bool
) -> None:
    canvas = writer.page.canvas
    writer.page.set_live(live)
    writer.digit = 7
    draw(canvas)
    canvas.choose_tool("eraser")
    draw(canvas, (20, 250), (30, 250), lift=False)
    qtbot.wait(LONG_MS)
    assert writer.line.text() == ""
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(30, 250))
    qtbot.waitUntil(lambda: writer.line.text() == "7")


@pytest.mark.parametrize("change", ["undo", "clear", "open", "paste"])
def test_undone_cleared_and_foreign_ink_waits_for_the_pen(
    writer: Any, draw: Draw, qtbot: QtBot, change: str
) -> None:
    canvas = writer.page.canvas
    writer.digit = 7
    draw(canvas)
    draw(canvas, (150, 100), (150, 200))
    foreign = Stroke.from_xy(np.array([[10.0, 10.0], [90.0, 90.0]]))
    changes: dict[str, Callable[[], None]] = {
        "undo": canvas.undo,
        "clear": canvas.clear,
        "open": lambda: canvas.put((foreign,)),
        "paste": lambda: canvas.put((*canvas.ink().strokes, foreign)),
    }
    changes[change]()
    left = canvas.ink().strokes
    qtbot.wait(LONG_MS)
    assert writer.line.text() == ""
    assert canvas.ink().strokes == left
