from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Digit, Reading, Refusal
from handwrite_gui.widgets.draw.digit_after_digit import DigitAfterDigit
from handwrite_gui.widgets.draw.digit_line import HINT
from handwrite_gui.widgets.draw.page import DrawPage

PAUSE_S = 0.05
#: Long enough for a pause to have ended if it had begun.
LONG_MS = 200
Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]


@pytest.fixture
def mode(ready_page: DrawPage) -> DigitAfterDigit:
    mode = DigitAfterDigit(ready_page, ready_page)
    mode.set_pause(PAUSE_S)
    mode.set_on(True)
    return mode


class Writer(QObject):
    """Writes on the page; the model says what is wanted, at once."""

    def __init__(self, page: DrawPage, draw: Draw, reading_of: ReadingOf, qtbot: QtBot) -> None:
        super().__init__(page)
        self.page, self.reading_of, self._draw, self._qtbot = page, reading_of, draw, qtbot
        self.digit: int | None = None
        page.reading_requested.connect(self.answer)

    def answer(self) -> None:
        if self.digit is not None:
            self.page.show_reading(self.reading_of(self.page, self.digit))

    def write(self, digit: int) -> None:
        """Write a digit, and wait until it is in the line."""
        self.digit, before = digit, len(self.line.text())
        self._draw(self.page.canvas)
        self._qtbot.waitUntil(lambda: len(self.line.text()) > before)

    @property
    def line(self) -> QLineEdit:
        return self.page.digit_line.findChild(QLineEdit)

    def click(self, text: str) -> None:
        buttons = self.page.findChildren(QAbstractButton)
        self._qtbot.mouseClick(
            next(button for button in buttons if button.text() == text), Qt.MouseButton.LeftButton
        )

    @property
    def said(self) -> list[str]:
        return [label.text() for label in self.page.digit_line.findChildren(QLabel)]


@pytest.fixture
def writer(
    mode: DigitAfterDigit, ready_page: DrawPage, draw: Draw, reading_of: ReadingOf, qtbot: QtBot
) -> Writer:
    return Writer(ready_page, draw, reading_of, qtbot)


def no_digit(page: DrawPage) -> Reading:
    probabilities = np.full(11, 0.01)
    probabilities[NO_DIGIT] = 0.9
    seen = Digit((0, 0, 1, 1), np.zeros((28, 28), np.float32), Prediction(probabilities))
    return Reading((), Refusal.NO_DIGIT, (seen,), page.canvas.ink().revision)


def test_pause_moves_each_digit_into_the_line_and_clears_the_paper(writer: Writer) -> None:
    for digit in (7, 3, 5):
        writer.write(digit)
        assert writer.page.canvas.is_blank
    assert writer.line.text() == "735"


def test_empty_line_says_what_to_do(writer: Writer, mode: DigitAfterDigit) -> None:
    assert HINT in writer.said
    writer.write(7)
    assert HINT not in writer.said
    mode.set_on(True)
    assert HINT not in writer.said


def test_switched_off_nothing_moves_and_the_line_is_hidden(
    writer: Writer, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    writer.write(7)
    assert writer.line.isVisible()
    mode.set_on(False)
    assert not writer.line.isVisible()
    draw(writer.page.canvas)
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank
    assert writer.line.text() == "7"


def test_switching_off_within_the_pause_keeps_the_ink(
    writer: Writer, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    writer.digit = 7
    draw(writer.page.canvas)
    mode.set_on(False)
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank


def test_pen_put_down_within_the_pause_goes_on_with_the_digit(
    writer: Writer, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    mode.set_pause(0.3)
    writer.digit = 4
    draw(writer.page.canvas)
    draw(writer.page.canvas, (150, 100), (150, 200), lift=False)
    qtbot.wait(500)
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 2


def test_answer_to_less_ink_than_there_is_moves_nothing(
    writer: Writer, draw: Draw, qtbot: QtBot, reading_of: ReadingOf
) -> None:
    draw(writer.page.canvas)
    older = reading_of(writer.page, 1)
    draw(writer.page.canvas, (150, 100), (150, 200))
    qtbot.wait(LONG_MS)
    writer.page.show_reading(older)
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 2
    writer.page.show_reading(reading_of(writer.page, 4))
    assert writer.line.text() == "4"


def test_while_the_model_is_loading_a_digit_waits_for_its_answer(
    page: DrawPage, draw: Draw, reading_of: ReadingOf, qtbot: QtBot
) -> None:
    mode = DigitAfterDigit(page, page)
    mode.set_pause(PAUSE_S)
    mode.set_on(True)
    draw(page.canvas)
    qtbot.wait(LONG_MS)
    assert not page.canvas.is_blank
    page.show_ready()
    page.show_reading(reading_of(page, 7))
    assert page.canvas.is_blank
    assert page.digit_line.text == "7"


def test_without_live_reading_the_pause_asks(writer: Writer, qtbot: QtBot) -> None:
    writer.page.set_live(False)
    writer.write(7)
    writer.write(3)
    assert writer.line.text() == "73"


def test_what_is_no_digit_stays_and_that_is_said_in_place(
    writer: Writer, draw: Draw, qtbot: QtBot
) -> None:
    draw(writer.page.canvas)
    writer.page.show_reading(no_digit(writer.page))
    qtbot.waitUntil(lambda: any("not moved" in text for text in writer.said))
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 1
    assert "–" in [label.text() for label in writer.page.answer.findChildren(QLabel)]


def test_full_line_takes_no_more_and_the_ink_stays(
    writer: Writer, draw: Draw, qtbot: QtBot
) -> None:
    writer.line.setText("1" * writer.line.maxLength())
    writer.digit = 7
    draw(writer.page.canvas)
    qtbot.waitUntil(lambda: any("line is full" in text for text in writer.said))
    assert not writer.page.canvas.is_blank
    assert writer.line.text() == "1" * writer.line.maxLength()


def test_nothing_moves_where_the_paper_is_not_seen(
    writer: Writer, draw: Draw, qtbot: QtBot
) -> None:
    writer.digit = 7
    draw(writer.page.canvas)
    writer.page.canvas.hide()
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank
    writer.page.canvas.show()
    writer.write(4)
    assert writer.line.text() == "4"


# Undo


def test_undo_brings_the_ink_back_and_takes_the_digit_off(writer: Writer, qtbot: QtBot) -> None:
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


def test_clearing_what_undo_brought_back_adds_nothing(writer: Writer) -> None:
    writer.write(7)
    writer.page.canvas.undo()
    writer.page.canvas.clear()
    assert writer.line.text() == ""


def test_undo_leaves_what_a_person_has_changed(writer: Writer, qtbot: QtBot) -> None:
    writer.write(7)
    writer.write(7)
    writer.line.setFocus()
    qtbot.keyClick(writer.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(writer.line, "9")
    writer.page.canvas.undo()
    assert writer.line.text() == "79"
    qtbot.keyClick(writer.line, Qt.Key.Key_Backspace)
    writer.page.canvas.redo()
    assert writer.line.text() == "77"


def test_drawing_on_after_undo_moves_it_anew(writer: Writer, draw: Draw, qtbot: QtBot) -> None:
    writer.write(1)
    writer.page.canvas.undo()
    writer.write(4)
    assert writer.line.text() == "4"
    writer.page.canvas.undo()
    assert len(writer.page.canvas.ink().strokes) == 2


def test_pasted_ink_is_not_moved(writer: Writer, qtbot: QtBot) -> None:
    writer.digit = 7
    writer.page.canvas.put((Stroke.from_xy(np.array([[10.0, 10.0], [90.0, 90.0]])),))
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank


# Corrections


def test_digit_typed_before_the_move_is_what_moves(
    writer: Writer, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    mode.set_pause(0.2)
    writer.digit = 9
    draw(writer.page.canvas)
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: writer.page.canvas.is_blank)
    assert writer.line.text() == "4"


def test_digit_typed_after_the_move_corrects_it(
    writer: Writer, mode: DigitAfterDigit, qtbot: QtBot
) -> None:
    corrected: list[tuple[Digit, int, int]] = []
    mode.corrected.connect(lambda d, said, ink: corrected.append((d, said, len(ink.strokes))))
    writer.write(7)
    writer.write(9)
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_4)
    assert writer.line.text() == "74"
    ((digit, said, strokes),) = corrected
    assert (said, strokes) == (4, 1)
    assert np.argmax(digit.prediction.probabilities) == 9
    writer.page.canvas.undo()
    assert writer.line.text() == "7"


def test_digit_typed_on_other_blank_paper_corrects_nothing(writer: Writer, qtbot: QtBot) -> None:
    writer.write(7)
    writer.page.canvas.undo()
    writer.page.canvas.undo()
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_4)
    assert writer.line.text() == ""


def test_backspace_on_the_canvas_takes_the_last_digit_off(
    writer: Writer, mode: DigitAfterDigit, qtbot: QtBot
) -> None:
    writer.write(7)
    writer.write(3)
    for left in ("7", "", ""):
        qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
        assert writer.line.text() == left
    writer.line.setText("1")
    mode.set_on(False)
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
    assert writer.line.text() == "1"


def test_backspace_is_left_to_what_is_selected(writer: Writer, draw: Draw, qtbot: QtBot) -> None:
    writer.write(7)
    writer.digit = None
    draw(writer.page.canvas)
    writer.page.canvas.selection.select_all()
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
    assert writer.line.text() == "7"
    writer.page.canvas.selection.clear()
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
    assert writer.line.text() == ""


# The line


def test_line_is_corrected_by_typing_without_touching_the_canvas(
    writer: Writer, qtbot: QtBot
) -> None:
    writer.write(7)
    writer.line.setFocus()
    qtbot.keyClicks(writer.line, " 41")
    assert writer.line.text() == "7 41"
    assert writer.page.answer.text == ""
    writer.write(5)
    assert writer.line.text() == "7 415"


def test_digit_that_moves_while_the_line_is_edited_leaves_the_cursor(
    writer: Writer, draw: Draw, reading_of: ReadingOf, qtbot: QtBot
) -> None:
    writer.write(7)
    draw(writer.page.canvas)
    late = reading_of(writer.page, 3)
    writer.digit = None
    writer.page.canvas.undo()
    draw(writer.page.canvas)
    late = reading_of(writer.page, 3)
    qtbot.wait(LONG_MS)
    writer.line.setFocus()
    writer.line.setCursorPosition(0)
    writer.page.show_reading(late)
    qtbot.keyClicks(writer.line, "1")
    assert writer.line.text() == "173"


def test_line_is_copied_and_emptied_and_brought_back(writer: Writer, qtbot: QtBot) -> None:
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


def test_buttons_of_an_empty_line_are_off(writer: Writer) -> None:
    buttons = {each.text(): each for each in writer.page.digit_line.findChildren(QAbstractButton)}
    assert not any(button.isEnabled() for button in buttons.values())
    writer.write(7)
    assert all(button.isEnabled() for button in buttons.values())


def test_each_move_is_announced(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
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
