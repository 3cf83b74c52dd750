"""Several digits on the paper: one is selected, and corrected."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]
Read = Callable[..., None]
DigitOf = Callable[..., Digit]
NumberOf = Callable[..., Number]
Said = Callable[[DrawPage], list[tuple[str, str, bool]]]
Bar = Callable[[DrawPage, int], QAbstractButton]


def test_digit_typed_corrects_the_selected_digit_and_is_undone(
    written: DrawPage, read: Read, said: Said
) -> None:
    told: list[tuple[int | None, int]] = []
    written.corrected.connect(lambda _, said, ink: told.append((said, len(ink.strokes))))
    written.digits.select(written.digits.all[1])
    QTest.keyClick(written.canvas, Qt.Key.Key_8)
    assert written.answer.text == "284"
    assert said(written)[1][:2] == ("8", "said")
    assert written.canvas.ink().standing_corrections == {(1,): 8}
    read(written)  # The model still says 0.
    assert written.answer.text == "284"
    written.canvas.undo()
    assert written.answer.text == "204"
    assert said(written)[1][:2] == ("0", "")
    written.canvas.redo()
    assert written.answer.text == "284"
    assert told == [(8, 1), (None, 1), (8, 1)]


def test_click_on_a_bar_corrects_the_digit_last_written(written: DrawPage, bar: Bar) -> None:
    bar(written, 9).click()
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}
    assert written.answer.text == "209"


def test_correction_outlasts_more_ink_and_falls_with_its_stroke(
    written: DrawPage, draw: Draw, bar: Bar
) -> None:
    bar(written, 9).click()
    draw(written.canvas, (300, 100), (300, 160))
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}
    written.canvas.put(written.canvas.ink().strokes[:3])
    assert written.canvas.ink().standing_corrections == {}
    written.canvas.undo()
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}


def test_correction_goes_along_as_its_ink_is_moved(written: DrawPage, bar: Bar) -> None:
    bar(written, 9).click()
    written.canvas.choose_tool("select")
    written.canvas.selection.select_all()
    QTest.keyClick(written.canvas, Qt.Key.Key_Right)
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}


def test_correction_is_shown_without_live_reading_too(written: DrawPage, bar: Bar) -> None:
    written.set_live(False)
    bar(written, 9).click()
    assert written.answer.text == "209"
    assert written.is_answered
    written.canvas.undo()
    assert written.answer.text == "204"


def test_keys_go_from_digit_to_digit(written: DrawPage, said: Said) -> None:
    seen = []
    for _ in range(4):
        written.digits.select_next(1)
        seen.append([is_selected for _, _, is_selected in said(written)].index(True))
    assert seen == [2, 0, 1, 2]  # From the digit last written on, and round.
    written.digits.select_next(-1)
    assert said(written)[1][2]


def test_selection_ends_as_somebody_writes_on(written: DrawPage, draw: Draw) -> None:
    written.digits.select(written.digits.all[0])
    draw(written.canvas, (300, 100), (300, 160))
    assert written.digits.selected is None


def test_digit_typed_while_the_pen_is_down_ends_the_stroke_and_is_kept(
    ready_page: DrawPage, draw: Draw, reading_of: Any
) -> None:
    draw(ready_page.canvas, lift=False)
    ready_page.show_reading(reading_of(ready_page, 7))
    QTest.keyClick(ready_page.canvas, Qt.Key.Key_3)
    ready_page.show_reading(reading_of(ready_page, 7))
    assert ready_page.canvas.ink().standing_corrections == {(0,): 3}
    assert ready_page.answer.text == "3"


@pytest.mark.parametrize("erased", [2, 0], ids=["the one meant", "another"])
def test_digit_typed_while_ink_is_read_is_for_the_digit_that_was_meant(
    written: DrawPage, erased: int, digit_of: DigitOf, number_of: NumberOf
) -> None:
    strokes = written.canvas.sheet.strokes
    gone = strokes[2:] if erased == 2 else strokes[:1]
    written.canvas.sheet.put(tuple(each for each in strokes if each not in gone))
    QTest.keyClick(written.canvas, Qt.Key.Key_7)
    ink = written.take_ink()
    left = [(0,), (1,)] if erased == 2 else [(0,), (1, 2)]
    digits = [digit_of(ink, strokes, 0) for strokes in left]
    written.show_reading(Reading((number_of(*digits),), revision=ink.revision))
    assert written.canvas.ink().standing_corrections == ({} if erased == 2 else {(1, 2): 7})


def test_digit_typed_before_the_newest_was_read_is_for_the_newest(
    written: DrawPage, draw: Draw, digit_of: DigitOf, number_of: NumberOf
) -> None:
    draw(written.canvas, (300, 100), (300, 160))
    QTest.keyClick(written.canvas, Qt.Key.Key_7)
    ink = written.take_ink()
    digits = [digit_of(ink, (2, 3), 4), digit_of(ink, (4,), 1)]
    written.show_reading(Reading((number_of(*digits),), revision=ink.revision))
    assert written.canvas.ink().standing_corrections == {(4,): 7}
