"""A digit in ink that was misread as a sign: it is chosen as digits are, and put right."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.draw.page import DrawPage

Bar = Callable[[DrawPage, int], QAbstractButton]
DigitOf = Callable[..., Digit]
Labels = Callable[[DrawPage], list[QWidget]]
NumberOf = Callable[..., Number]
Said = Callable[[DrawPage], list[tuple[str, str, bool]]]


@pytest.fixture
def misread(written: DrawPage, digit_of: DigitOf, number_of: NumberOf) -> DrawPage:
    """The page with 204, of which the 0 was read as a dash."""
    ink = written.take_ink()
    two, dash, four = digit_of(ink, (0,), 2), digit_of(ink, (1,), 0), digit_of(ink, (2, 3), 4)
    number = replace(number_of(two, four), text="2-4", signs=(dash,))
    written.show_reading(Reading((number,), revision=ink.revision))
    return written


def test_sign_is_under_its_ink_and_keys_go_to_it(misread: DrawPage, said: Said) -> None:
    assert said(misread) == [("2", "", False), ("-", "", False), ("4", "", False)]
    misread.digits.select_next(1)
    misread.digits.select_next(-1)
    assert said(misread)[1] == ("-", "", True)
    assert (misread.answer.text, misread.answer.words) == ("2-4", "very sure")
    assert misread.answer.note == "“-” was read here, a sign and no digit."


def test_bars_tell_how_likely_it_is_each_digit_and_put_it_right(
    misread: DrawPage, bar: Bar, said: Said
) -> None:
    misread.digits.select(misread.digits.all[1])
    assert bar(misread, 0).accessibleName() == "0: 99.5 %"  # And not “the best”.
    spoken = QAccessible.queryAccessibleInterface(misread.answer._bars)
    assert spoken.text(QAccessible.Text.Name).endswith(". The answer is a sign")
    bar(misread, 0).click()
    assert misread.canvas.ink().standing_corrections == {(1,): 0}
    assert misread.answer.text == "204"
    assert said(misread)[1] == ("0", "said", True)


def test_digits_key_says_it_and_undo_takes_it_back(misread: DrawPage, said: Said) -> None:
    misread.set_live(False)
    told: list[int | None] = []
    misread.corrected.connect(lambda _, said, ink: told.append(said))
    misread.digits.select(misread.digits.all[1])
    QTest.keyClick(misread.canvas, Qt.Key.Key_7)
    assert misread.answer.text == "274"
    misread.canvas.undo()
    assert misread.answer.text == "2-4"
    assert said(misread)[1] == ("-", "", True)
    misread.canvas.redo()
    assert misread.answer.text == "274"
    assert told == [7, None, 7]


def test_where_labels_meet_the_nearer_is_meant(misread: DrawPage, labels: Labels) -> None:
    two, dash, _ = labels(misread)
    dash.move(two.pos() + QPoint(two.width() // 2, 0))
    for label, digit in zip((two, dash), misread.digits.all, strict=False):
        assert misread.labels.digit_at(QPointF(label.geometry().center())) is digit


def test_sign_that_is_written_last_is_not_in_question_by_itself(
    written: DrawPage, digit_of: DigitOf, number_of: NumberOf
) -> None:
    ink = written.take_ink()
    four, dash = digit_of(ink, (0, 1), 4), digit_of(ink, (2, 3), 0)
    number = replace(number_of(four), text="4-", signs=(dash,))
    written.show_reading(Reading((number,), revision=ink.revision))
    assert written.digits.in_question is four
