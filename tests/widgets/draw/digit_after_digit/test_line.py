"""The line of digits, and whoever edits it while digits come and go."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.draw.digit_line import WHAT_IT_HOLDS
from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]
#: Long enough for a pause to have ended if it had begun.
LONG_MS = 200


def test_line_is_corrected_by_typing_without_touching_the_canvas(writer: Any, qtbot: QtBot) -> None:
    writer.write(7)
    writer.line.setFocus()
    qtbot.keyClicks(writer.line, " 41")
    assert writer.line.text() == "7 41"
    assert writer.page.answer.text == ""
    writer.write(5)
    assert writer.line.text() == "7 415"


@pytest.mark.parametrize("how", ["typed", "pasted"])
def test_line_takes_what_numbers_hold_and_says_so_of_all_else(
    writer: Any, qtbot: QtBot, how: str
) -> None:
    writer.write(7)
    writer.line.setFocus()
    if how == "typed":
        qtbot.keyClicks(writer.line, "a")
    else:
        QGuiApplication.clipboard().setText("41 pieces")
        writer.line.paste()
    assert writer.line.text() == "7"
    assert writer.page.digit_line._note.text() == WHAT_IT_HOLDS
    qtbot.keyClicks(writer.line, " -1,5 $")
    assert writer.line.text() == "7 -1,5 $"


def test_line_that_was_kept_with_letters_is_shown_and_can_be_corrected(
    writer: Any, qtbot: QtBot
) -> None:
    writer.page.digit_line.restore("7a")
    writer.line.setFocus()
    qtbot.keyClick(writer.line, Qt.Key.Key_Backspace)
    assert writer.line.text() == "7"


@pytest.fixture
def late(writer: Any, draw: Draw, reading_of: ReadingOf, qtbot: QtBot) -> Callable[[], None]:
    """After "12", moves a 3 only when this is called."""
    writer.write(1)
    writer.write(2)
    writer.digit = None
    draw(writer.page.canvas)
    reading = reading_of(writer.page, 3)
    qtbot.wait(LONG_MS)
    writer.line.setFocus()
    return lambda: writer.page.show_reading(reading)


def test_digits_that_come_and_go_while_the_line_is_edited_leave_the_cursor(
    writer: Any, late: Callable[[], None], qtbot: QtBot
) -> None:
    writer.line.setCursorPosition(1)
    late()
    assert (writer.line.text(), writer.line.cursorPosition()) == ("123", 1)
    writer.page.canvas.undo()
    assert (writer.line.text(), writer.line.cursorPosition()) == ("12", 1)
    writer.page.canvas.redo()
    qtbot.keyClicks(writer.line, "9")
    assert writer.line.text() == "1923"


@pytest.mark.parametrize(("anchor", "cursor"), [(0, 2), (2, 0), (1, 2)])
def test_digits_that_come_and_go_leave_what_is_selected_in_the_line(
    writer: Any, late: Callable[[], None], qtbot: QtBot, anchor: int, cursor: int
) -> None:
    writer.line.setSelection(anchor, cursor - anchor)
    selected = writer.line.selectedText()
    for change in (late, writer.page.canvas.undo, writer.page.canvas.redo):
        change()
        assert writer.line.selectedText() == selected
        assert writer.line.cursorPosition() == cursor
    qtbot.keyClicks(writer.line, "9")
    assert writer.line.text() == "123".replace(selected, "9")


def test_selection_that_undo_takes_off_in_part_is_what_is_left_of_it(
    writer: Any, late: Callable[[], None]
) -> None:
    late()
    writer.line.setSelection(3, -2)
    writer.page.canvas.undo()
    assert writer.line.selectedText() == "2"
    assert writer.line.cursorPosition() == 1
    writer.page.canvas.redo()
    writer.line.setSelection(2, 1)
    writer.page.canvas.undo()
    assert (writer.line.text(), writer.line.selectedText()) == ("12", "")
    assert writer.line.cursorPosition() == 2


def test_line_is_copied_and_emptied_and_brought_back(writer: Any, qtbot: QtBot) -> None:
    writer.write(7)
    writer.write(3)
    writer.click("Copy line")
    assert QGuiApplication.clipboard().text() == "73"
    assert "Copied: 73" in writer.said
    writer.click("Empty line")
    assert writer.line.text() == ""
    assert writer.line.hasFocus()
    qtbot.keyClick(writer.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert writer.line.text() == "73"
    writer.line.selectAll()
    qtbot.keyClick(writer.line, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert writer.line.text() == ""
    qtbot.keyClick(writer.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert writer.line.text() == "73"
    QGuiApplication.clipboard().clear()


def test_buttons_of_an_empty_line_are_off(writer: Any) -> None:
    buttons = {each.text(): each for each in writer.page.digit_line.findChildren(QAbstractButton)}
    assert not any(button.isEnabled() for button in buttons.values())
    writer.write(7)
    assert all(button.isEnabled() for button in buttons.values())


def test_each_move_is_announced(writer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtGui import QAccessible

    told: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append(event.message())
    )
    writer.write(7)
    writer.write(3)
    moves = [text for text in told if "moved" in text]
    assert moves == ["7 moved: 7", "3 moved: 73"]


def test_with_the_line_the_page_fits_a_small_screen_at_200_percent_text(
    large_text: None, page: DrawPage
) -> None:
    page.digit_line.show()
    assert page.minimumSizeHint().width() <= 1040
    assert page.minimumSizeHint().height() <= 660
