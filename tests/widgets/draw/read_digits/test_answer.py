"""Several digits on the paper: what is said of them beside it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.answer_text import AnswerText
from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]
DigitOf = Callable[..., Digit]
NumberOf = Callable[..., Number]
Said = Callable[[DrawPage], list[tuple[str, str, bool]]]
Bar = Callable[[DrawPage, int], QAbstractButton]


def test_bars_are_about_the_digit_last_written_or_the_one_selected(
    written: DrawPage, said: Said, bar: Bar
) -> None:
    assert "▸" not in bar(written, 4).text()
    assert bar(written, 4).accessibleName().endswith("the best")
    written.digits.select(written.digits.all[0])
    assert bar(written, 2).accessibleName().endswith("the best")
    assert [is_selected for _, _, is_selected in said(written)] == [True, False, False]
    QTest.keyClick(written.canvas, Qt.Key.Key_Escape)
    assert bar(written, 4).accessibleName().endswith("the best")


def test_other_numbers_are_named_beside_the_one_in_question(
    written: DrawPage, digit_of: DigitOf, number_of: NumberOf
) -> None:
    ink = written.take_ink()
    first, second = (
        number_of(digit_of(ink, (0,), 2), digit_of(ink, (1,), 0)),
        number_of(digit_of(ink, (2, 3), 4), row=1),
    )
    written.show_reading(Reading((first, second), revision=ink.revision))
    assert written.answer.text == "4"
    assert any(label.text() == "Also here: 20" for label in written.findChildren(QLabel))
    assert written.answer.spoken == "4, very sure, 99.5 %. Also here: 20."
    written.digits.select(written.digits.all[0])
    assert written.answer.text == "20"
    assert "read as 20, very sure. Also here: 4." in written.canvas.accessibleDescription()


def test_dot_beside_a_number_does_not_take_the_answers_place(
    written: DrawPage, draw: Draw, digit_of: DigitOf, number_of: NumberOf
) -> None:
    draw(written.canvas, (400, 300), (402, 302))
    ink = written.take_ink()
    digits = [digit_of(ink, (0,), 2), digit_of(ink, (1,), 0), digit_of(ink, (2, 3), 4)]
    dot = digit_of(ink, (4,), None)
    reading = Reading((number_of(*digits),), refused=(dot,), revision=ink.revision)
    written.show_reading(reading)
    assert written.answer.text == "204"
    QTest.keyClick(written.canvas, Qt.Key.Key_7)  # Said of the 4, not of the dot.
    assert written.answer.text == "207"
    draw(written.canvas, (400, 300), (450, 360), (400, 360))
    ink = written.take_ink()
    large = replace(reading, refused=(dot, digit_of(ink, (5,), None)), revision=ink.revision)
    written.show_reading(large)
    assert written.answer.text == ""  # What is as large as a digit may be one.


def test_long_number_is_smaller_in_the_same_place_and_heard_whole(
    written: DrawPage, digit_of: DigitOf, number_of: NumberOf
) -> None:
    shown = written.findChild(AnswerText)
    place, (_, step) = shown.geometry(), shown.shown
    ink = written.take_ink()
    three = digit_of(ink, (0,), 2), digit_of(ink, (1,), 0), digit_of(ink, (2, 3), 4)
    number = number_of(*three * 20)
    written.show_reading(Reading((number,), revision=ink.revision))
    text, smaller = shown.shown
    assert shown.geometry() == place
    assert smaller < step
    assert text.endswith("…")
    assert shown.accessibleName() == f"Answer: {'204' * 20}"
    assert shown.toolTip() == "204" * 20


def test_label_and_list_say_what_the_number_says(
    written: DrawPage, digit_of: DigitOf, said: Said
) -> None:
    """What stands beside a digit may make another of it than what it looks like most."""
    ink = written.take_ink()
    digits = digit_of(ink, (0,), 2), digit_of(ink, (1,), None), digit_of(ink, (2, 3), 4)
    number = Number("204", 0.9, digits[0].box, digits)
    written.show_reading(Reading((number,), revision=ink.revision))
    assert [text for text, _, _ in said(written)] == ["2", "0", "4"]
    assert said(written)[1][1] == "doubtful"
    written.digits.select(written.digits.all[1])
    assert "The 0 might also be no digit (99.5 %)." in written.answer.note
