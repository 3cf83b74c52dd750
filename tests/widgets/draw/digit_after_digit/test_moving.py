from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal
from handwrite_gui.widgets.draw.digit_after_digit import DigitAfterDigit
from handwrite_gui.widgets.draw.digit_line import HINT
from handwrite_gui.widgets.draw.page import DrawPage

PAUSE_S = 0.05
#: Long enough for a pause to have ended if it had begun.
LONG_MS = 200
Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]


def no_digit(page: DrawPage) -> Reading:
    probabilities = np.full(11, 0.01)
    probabilities[NO_DIGIT] = 0.9
    seen = Digit((0, 0, 1, 1), np.zeros((28, 28), np.float32), Prediction(probabilities))
    return Reading((), Refusal.NO_DIGIT, (seen,), page.canvas.ink().revision)


def test_pause_moves_each_digit_into_the_line_and_clears_the_paper(writer: Any) -> None:
    for digit in (7, 3, 5):
        writer.write(digit)
        assert writer.page.canvas.is_blank
    assert writer.line.text() == "735"


def test_empty_line_says_what_to_do(writer: Any, mode: DigitAfterDigit) -> None:
    assert HINT in writer.said
    writer.write(7)
    assert HINT not in writer.said
    mode.set_on(True)
    assert HINT not in writer.said


def test_switched_off_nothing_moves_and_the_line_is_hidden(
    writer: Any, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
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
    writer: Any, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    writer.digit = 7
    draw(writer.page.canvas)
    mode.set_on(False)
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank


def test_pen_put_down_within_the_pause_goes_on_with_the_digit(
    writer: Any, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    mode.set_pause(0.3)
    writer.digit = 4
    draw(writer.page.canvas)
    draw(writer.page.canvas, (150, 100), (150, 200), lift=False)
    qtbot.wait(500)
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 2


def test_answer_to_less_ink_than_there_is_moves_nothing(
    writer: Any, draw: Draw, qtbot: QtBot, reading_of: ReadingOf
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


def test_without_live_reading_the_pause_asks(writer: Any, qtbot: QtBot) -> None:
    writer.page.set_live(False)
    writer.write(7)
    writer.write(3)
    assert writer.line.text() == "73"


def test_what_is_no_digit_stays_and_that_is_said_in_place(
    writer: Any, draw: Draw, qtbot: QtBot
) -> None:
    draw(writer.page.canvas)
    writer.page.show_reading(no_digit(writer.page))
    qtbot.waitUntil(lambda: any("not moved" in text for text in writer.said))
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 1
    assert "–" in [label.text() for label in writer.page.answer.findChildren(QLabel)]


def test_full_line_takes_no_more_and_the_ink_stays(writer: Any, draw: Draw, qtbot: QtBot) -> None:
    writer.line.setText("1" * writer.line.maxLength())
    writer.digit = 7
    draw(writer.page.canvas)
    qtbot.waitUntil(lambda: any("line is full" in text for text in writer.said))
    assert not writer.page.canvas.is_blank
    assert writer.line.text() == "1" * writer.line.maxLength()


def test_pasted_ink_is_not_moved(writer: Any, qtbot: QtBot) -> None:
    writer.digit = 7
    writer.page.canvas.put((Stroke.from_xy(np.array([[10.0, 10.0], [90.0, 90.0]])),))
    qtbot.wait(LONG_MS)
    assert not writer.page.canvas.is_blank


# Corrections


def test_digit_typed_before_the_move_is_what_moves(
    writer: Any, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    mode.set_pause(0.2)
    writer.digit = 9
    draw(writer.page.canvas)
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: writer.page.canvas.is_blank)
    assert writer.line.text() == "4"


def test_digit_typed_after_the_move_corrects_it(
    writer: Any, mode: DigitAfterDigit, qtbot: QtBot
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


def test_digit_typed_on_other_blank_paper_corrects_nothing(writer: Any, qtbot: QtBot) -> None:
    writer.write(7)
    writer.page.canvas.undo()
    writer.page.canvas.undo()
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_4)
    assert writer.line.text() == ""


def test_backspace_on_the_canvas_takes_the_last_digit_off(
    writer: Any, mode: DigitAfterDigit, qtbot: QtBot
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


def test_backspace_is_left_to_what_is_selected(writer: Any, draw: Draw, qtbot: QtBot) -> None:
    writer.write(7)
    writer.digit = None
    draw(writer.page.canvas)
    writer.page.canvas.selection.select_all()
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
    assert writer.line.text() == "7"
    writer.page.canvas.selection.clear()
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_Backspace)
    assert writer.line.text() == ""


# Numbers of several digits


def number(page: Any, text: str, refused: int = 0) -> Reading:
    """A Reading of the page's ink, a digit a stroke."""
    ink = page.take_ink()
    marks = [
        Digit(
            (40.0 * at, 0.0, 20.0, 40.0),
            np.zeros((28, 28), np.float32),
            Prediction(np.eye(11)[int(figure)]),
            (at,),
        )
        for at, figure in enumerate(text)
    ]
    whole, rest = marks[: len(marks) - refused], marks[len(marks) - refused :]
    found = Number(text[: len(whole)], 0.95, whole[0].box, tuple(whole))
    return Reading((found,), refused=tuple(rest), revision=ink.revision)


def write_three(page: Any, draw: Draw) -> None:
    for x in (40, 80, 120):
        draw(page.canvas, (x, 40), (x, 80))


def test_whole_number_moves_and_its_last_digit_is_corrected_there(
    writer: Any, mode: DigitAfterDigit, draw: Draw, qtbot: QtBot
) -> None:
    corrected: list[tuple[int, int, int]] = []
    mode.corrected.connect(lambda d, said, ink: corrected.append((d.digit, said, len(ink.strokes))))
    write_three(writer.page, draw)
    writer.page.show_reading(number(writer.page, "204"))
    qtbot.waitUntil(lambda: writer.line.text() == "204")
    qtbot.keyClick(writer.page.canvas, Qt.Key.Key_9)
    assert writer.line.text() == "209"
    assert corrected == [(4, 9, 1)]
    writer.page.canvas.undo()
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 3


def test_number_of_which_a_part_is_no_digit_stays(writer: Any, draw: Draw, qtbot: QtBot) -> None:
    write_three(writer.page, draw)
    writer.page.show_reading(number(writer.page, "204", refused=1))
    qtbot.waitUntil(lambda: any("a part of it is no digit" in text for text in writer.said))
    assert writer.line.text() == ""
    assert len(writer.page.canvas.ink().strokes) == 3


def test_number_moves_though_a_speck_lies_beside_it(writer: Any, draw: Draw, qtbot: QtBot) -> None:
    write_three(writer.page, draw)
    read = number(writer.page, "204", refused=1)
    speck = replace(read.refused[0], box=(300.0, 90.0, 1.0, 1.0))
    writer.page.show_reading(replace(read, refused=(speck,)))
    qtbot.waitUntil(lambda: writer.line.text() == "20")
    assert writer.page.canvas.is_blank
