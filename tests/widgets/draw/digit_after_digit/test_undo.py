"""Undo and redo of a digit's way into the line, also where a person has changed the line."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

Draw = Callable[..., None]
#: Long enough for a pause to have ended if it had begun.
LONG_MS = 200


def test_undo_brings_the_ink_back_and_takes_the_digit_off(writer: Any, qtbot: QtBot) -> None:
    canvas = writer.page.canvas
    writer.write(7)
    writer.write(3)
    canvas.undo()
    assert writer.line.text() == "7"
    assert len(canvas.ink().strokes) == 1
    qtbot.wait(LONG_MS)  # It stays until somebody draws on.
    assert writer.line.text() == "7"
    canvas.redo()
    assert writer.line.text() == "73"
    assert canvas.is_blank
    for _ in range(4):
        canvas.undo()
    assert writer.line.text() == ""
    assert canvas.is_blank
    for _ in range(4):
        canvas.redo()
    assert writer.line.text() == "73"


def test_clearing_what_undo_brought_back_adds_nothing(writer: Any) -> None:
    writer.write(7)
    writer.page.canvas.undo()
    writer.page.canvas.clear()
    assert writer.line.text() == ""


def test_undo_leaves_what_a_person_has_changed(writer: Any, qtbot: QtBot) -> None:
    writer.write(7)
    writer.write(7)
    writer.line.setFocus()
    qtbot.keyClick(writer.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(writer.line, "9")
    writer.page.canvas.undo()
    assert writer.line.text() == "79"
    writer.page.canvas.redo()
    assert writer.line.text() == "79"


def test_undo_leaves_an_equal_digit_before_the_one_that_a_person_has_deleted(
    writer: Any, qtbot: QtBot
) -> None:
    writer.write(7)
    writer.write(7)
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
    writer.page.canvas.undo()
    assert writer.line.text() == "7"
    writer.page.canvas.redo()
    assert writer.line.text() == "7"


@pytest.mark.parametrize(
    ("keys", "undone"),
    [
        ((Qt.Key.Key_Home, Qt.Key.Key_9), "912"),
        ((Qt.Key.Key_Home, Qt.Key.Key_Delete), "2"),
        ((Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Backspace, Qt.Key.Key_5), "52"),
        ((Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space), "12 "),
    ],
)
def test_undo_and_redo_follow_the_line_where_a_person_has_corrected_it_before(
    writer: Any, qtbot: QtBot, keys: tuple[Qt.Key, ...], undone: str
) -> None:
    for digit in (1, 2, 3):
        writer.write(digit)
    writer.line.setFocus()
    for key in keys:
        qtbot.keyClick(writer.line, key)
    writer.page.canvas.undo()
    assert writer.line.text() == undone
    assert "3 is on the paper again." in writer.said
    writer.page.canvas.redo()
    assert writer.line.text() == f"{undone}3"
    assert writer.page.canvas.is_blank
    writer.page.canvas.undo()
    assert writer.line.text() == undone


def test_what_is_said_of_the_ink_goes_with_it(writer: Any) -> None:
    said = "3 is on the paper again."
    writer.write(3)
    writer.page.canvas.undo()
    assert said in writer.said
    writer.page.canvas.undo()
    assert writer.page.canvas.is_blank
    assert said not in writer.said


def test_what_is_said_of_the_line_goes_with_its_text(writer: Any, qtbot: QtBot) -> None:
    writer.write(3)
    writer.click("Empty line")
    assert any(text.startswith("The line is empty") for text in writer.said)
    writer.line.undo()
    assert not any(text.startswith("The line is empty") for text in writer.said)
    qtbot.keyClicks(writer.line, "x")
    assert any(text.startswith("The line holds") for text in writer.said)
    qtbot.keyClicks(writer.line, "5")
    assert not any(text.startswith("The line holds") for text in writer.said)


def test_redo_onto_a_full_line_leaves_the_ink_on_the_paper(writer: Any, qtbot: QtBot) -> None:
    canvas = writer.page.canvas
    writer.write(7)
    canvas.undo()
    full = "7" * writer.line.maxLength()
    writer.line.setText(full)
    for _ in range(2):
        canvas.redo()
        assert writer.line.text() == full
        assert len(canvas.ink().strokes) == 1
        assert any("not moved, for the line is full" in text for text in writer.said)
    qtbot.wait(LONG_MS)
    assert len(canvas.ink().strokes) == 1
    writer.click("Empty line")
    canvas.redo()
    assert writer.line.text() == "7"
    assert canvas.is_blank


def test_drawing_on_after_undo_moves_it_anew(writer: Any, draw: Draw, qtbot: QtBot) -> None:
    writer.write(1)
    writer.page.canvas.undo()
    writer.write(4)
    assert writer.line.text() == "4"
    writer.page.canvas.undo()
    assert len(writer.page.canvas.ink().strokes) == 2
