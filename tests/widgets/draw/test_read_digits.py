"""Several digits on the paper: each has its reading under it, is selected, and corrected."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.answer_text import AnswerText
from handwrite_gui.widgets.draw import digit_labels
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.theme import font

Draw = Callable[..., None]
LEFT = Qt.MouseButton.LeftButton
#: Where each digit of "204" is drawn; the 4 in two strokes.
STROKES = ((60, 100), (60, 160)), ((120, 100), (120, 160)), ((180, 100), (180, 160))
FOURTH = (200, 100), (200, 160)


def digit_of(ink: Ink, strokes: tuple[int, ...], value: int | None, sure: float = 0.995) -> Digit:
    probabilities = np.full(11, (1.0 - sure) / 10)
    probabilities[NO_DIGIT if value is None else value] = sure
    box = Ink(tuple(ink.strokes[index] for index in strokes)).box
    return Digit(box, np.zeros((28, 28), np.float32), Prediction(probabilities), strokes)


def number_of(*digits: Digit, row: int = 0) -> Number:
    text = "".join(str(digit.digit) for digit in digits)
    sure = min((digit.prediction.confidence for digit in digits), default=1.0)
    return Number(text, sure, digits[0].box, digits, row=row)


@pytest.fixture
def written(ready_page: DrawPage, draw: Draw) -> DrawPage:
    """A page on which 204 is written and read, all of it one Number."""
    for places in (*STROKES, FOURTH):
        draw(ready_page.canvas, *places)
    read(ready_page)
    return ready_page


def read(page: DrawPage, third: int | None = 4, sure: float = 0.995) -> None:
    ink = page.take_ink()
    digits = [digit_of(ink, (0,), 2), digit_of(ink, (1,), 0), digit_of(ink, (2, 3), third, sure)]
    refused = tuple(digit for digit in digits if digit.digit is None)
    found = [digit for digit in digits if digit.digit is not None]
    page.show_reading(Reading((number_of(*found),), refused=refused, revision=ink.revision))


def labels(page: DrawPage) -> list[QWidget]:
    """The readings under the ink, from left to right."""
    children = page.canvas.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    found = [w for w in children if type(w).__name__ == "DigitLabel" and w.isVisible()]
    return sorted(found, key=lambda w: w.x())


def said(page: DrawPage) -> list[tuple[str, str, bool]]:
    return [label._said for label in labels(page)]  # type: ignore[attr-defined]


def bar(page: DrawPage, digit: int) -> QAbstractButton:
    buttons = page.answer.findChildren(QAbstractButton)
    return next(button for button in buttons if button.toolTip().startswith(f"It was a {digit}"))


def key(page: DrawPage, key: Qt.Key) -> None:
    QTest.keyClick(page.canvas, key)


def test_each_digit_has_its_reading_under_it(written: DrawPage) -> None:
    assert [text for text, _, _ in said(written)] == ["2", "0", "4"]
    assert [label.geometry().center().x() for label in labels(written)] == pytest.approx(
        [60, 120, 190], abs=1
    )
    assert all(label.y() > 160 for label in labels(written))
    assert written.answer.text == "204"


def test_doubt_is_marked_by_more_than_colour(written: DrawPage) -> None:
    before = labels(written)[2].grab().toImage()
    read(written, sure=0.6)
    assert said(written)[2][:2] == ("4", "doubtful")
    assert labels(written)[2].grab().toImage() != before


def test_doubt_is_marked_where_the_answer_says_it(written: DrawPage) -> None:
    read(written, sure=0.97)
    assert [mark for _, mark, _ in said(written)] == ["", "", "doubtful"]
    assert written.answer.words == "doubtful"
    read(written, sure=0.99)
    assert [mark for _, mark, _ in said(written)] == ["", "", ""]
    assert written.answer.words == "very sure"


def test_mark_that_is_no_digit_says_so_and_becomes_what_a_person_says(
    written: DrawPage,
) -> None:
    narrow = labels(written)[2].geometry()
    read(written, third=None)
    assert [text for text, _, _ in said(written)] == ["2", "0", "no digit"]
    words, label = QFontMetrics(font("strong")).horizontalAdvance("no digit"), labels(written)[2]
    assert label.width() >= words
    assert label.geometry().center().x() == pytest.approx(narrow.center().x(), abs=1)
    key(written, Qt.Key.Key_7)
    assert labels(written)[2].geometry() == narrow
    assert said(written)[2][:2] == ("7", "said")
    assert written.reading is not None
    assert written.reading.text == "20\t7"


def test_mark_that_is_no_digit_has_a_dash_where_words_would_cover_other_readings(
    ready_page: DrawPage, draw: Draw
) -> None:
    for x in (60, 105, 150):
        draw(ready_page.canvas, (x, 100), (x, 160))
    ink = ready_page.take_ink()
    ends, middle = [digit_of(ink, (n,), 1) for n in (0, 2)], digit_of(ink, (1,), None)
    numbers = tuple(number_of(digit) for digit in ends)
    ready_page.show_reading(Reading(numbers, refused=(middle,), revision=ink.revision))
    places = [label.geometry() for label in labels(ready_page)]
    assert [place.width() for place in places] == [places[0].width()] * 3
    ready_page.canvas.view_control.zoom_to(2.0, QPointF(105, 130))  # There is room now.
    places = [label.geometry() for label in labels(ready_page)]
    assert places[1].width() > places[0].width()
    assert not places[1].intersects(places[0])
    assert not places[1].intersects(places[2])


def test_readings_stay_where_they_are_while_a_stroke_is_drawn(
    written: DrawPage, draw: Draw
) -> None:
    before = [label.geometry() for label in labels(written)]
    draw(written.canvas, (300, 100), (300, 160), lift=False)
    ink = written.take_ink()
    grown = [digit_of(ink, (0, 4), 8), digit_of(ink, (1,), 0), digit_of(ink, (2, 3), 4)]
    written.show_reading(Reading((number_of(*grown),), revision=ink.revision))
    assert [label.geometry() for label in labels(written)] == before
    assert said(written)[0][0] == "8"  # What it says is live.
    written.canvas.finish_stroke()
    ink = written.take_ink()
    digits = (
        [digit_of(ink, (n,), n) for n in (0, 1)],
        digit_of(ink, (2, 3), 4),
        digit_of(ink, (4,), 1),
    )
    written.show_reading(Reading((number_of(*digits[0], *digits[1:]),), revision=ink.revision))
    assert [label.geometry() for label in labels(written)[:3]] == before
    assert len(labels(written)) == 4


def test_label_goes_with_its_ink_at_once(written: DrawPage) -> None:
    written.canvas.undo()
    written.canvas.undo()
    assert len(labels(written)) == 2


def test_labels_follow_the_view(written: DrawPage) -> None:
    written.canvas.view_control.move_by(40.0, 30.0)
    assert labels(written)[0].geometry().center().x() == pytest.approx(100, abs=1)


def test_bars_are_about_the_digit_last_written_or_the_one_selected(written: DrawPage) -> None:
    assert "▸" not in bar(written, 4).text()
    assert bar(written, 4).accessibleName().endswith("the best")
    written.digits.select(written.digits.all[0])
    assert bar(written, 2).accessibleName().endswith("the best")
    assert [is_selected for _, _, is_selected in said(written)] == [True, False, False]
    key(written, Qt.Key.Key_Escape)
    assert bar(written, 4).accessibleName().endswith("the best")


def test_click_on_a_label_tells_of_its_digit_and_draws_nothing(
    written: DrawPage, qtbot: QtBot
) -> None:
    at = labels(written)[1].geometry().center()
    with qtbot.waitSignal(written.labels.tapped) as tapped:
        QTest.mouseClick(written.canvas, LEFT, pos=at)
    assert tapped.args[0] is written.digits.all[1]
    assert len(written.canvas.ink().strokes) == 4


def test_stroke_may_begin_on_a_label(written: DrawPage, draw: Draw) -> None:
    at = labels(written)[1].geometry().center()
    draw(written.canvas, (at.x(), at.y()), (at.x() + 2, at.y()), (at.x() + 60, at.y() + 50))
    assert written.canvas.ink().strokes[-1].xy.tolist() == [
        [at.x(), at.y()],
        [at.x() + 2, at.y()],
        [at.x() + 60, at.y() + 50],
    ]


def test_digit_typed_corrects_the_selected_digit_and_is_undone(written: DrawPage) -> None:
    told: list[tuple[int | None, int]] = []
    written.corrected.connect(lambda _, said, ink: told.append((said, len(ink.strokes))))
    written.digits.select(written.digits.all[1])
    key(written, Qt.Key.Key_8)
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


def test_click_on_a_bar_corrects_the_digit_last_written(written: DrawPage) -> None:
    bar(written, 9).click()
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}
    assert written.answer.text == "209"


def test_correction_outlasts_more_ink_and_falls_with_its_stroke(
    written: DrawPage, draw: Draw
) -> None:
    bar(written, 9).click()
    draw(written.canvas, (300, 100), (300, 160))
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}
    written.canvas.put(written.canvas.ink().strokes[:3])
    assert written.canvas.ink().standing_corrections == {}
    written.canvas.undo()
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}


def test_correction_goes_along_as_its_ink_is_moved(written: DrawPage) -> None:
    bar(written, 9).click()
    written.canvas.choose_tool("select")
    written.canvas.selection.select_all()
    key(written, Qt.Key.Key_Right)
    assert written.canvas.ink().standing_corrections == {(2, 3): 9}


def test_correction_is_shown_without_live_reading_too(written: DrawPage) -> None:
    written.set_live(False)
    bar(written, 9).click()
    assert written.answer.text == "209"
    assert written.is_answered
    written.canvas.undo()
    assert written.answer.text == "204"


def test_keys_go_from_digit_to_digit(written: DrawPage) -> None:
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


def test_readings_can_be_hidden_but_for_the_selected_one(written: DrawPage) -> None:
    written.labels.set_on(False)
    assert said(written) == []
    written.digits.select(written.digits.all[0])
    assert [text for text, _, _ in said(written)] == ["2"]
    written.labels.set_on(True)
    assert len(said(written)) == 3


def test_other_numbers_are_named_beside_the_one_in_question(
    written: DrawPage,
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


def test_dot_beside_a_number_does_not_take_the_answers_place(written: DrawPage, draw: Draw) -> None:
    draw(written.canvas, (400, 300), (402, 302))
    ink = written.take_ink()
    digits = [digit_of(ink, (0,), 2), digit_of(ink, (1,), 0), digit_of(ink, (2, 3), 4)]
    dot = digit_of(ink, (4,), None)
    reading = Reading((number_of(*digits),), refused=(dot,), revision=ink.revision)
    written.show_reading(reading)
    assert written.answer.text == "204"
    key(written, Qt.Key.Key_7)  # Said of the 4, not of the dot.
    assert written.answer.text == "207"
    draw(written.canvas, (400, 300), (450, 360), (400, 360))
    ink = written.take_ink()
    large = replace(reading, refused=(dot, digit_of(ink, (5,), None)), revision=ink.revision)
    written.show_reading(large)
    assert written.answer.text == ""  # What is as large as a digit may be one.


def test_long_number_is_smaller_in_the_same_place_and_heard_whole(written: DrawPage) -> None:
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


def test_press_on_paper_beside_labels_draws(written: DrawPage) -> None:
    QTest.mouseClick(written.canvas, LEFT, pos=QPoint(350, 250))
    assert len(written.canvas.ink().strokes) == 5


def test_pointer_says_that_a_label_can_be_clicked(written: DrawPage) -> None:
    def point(at: QPoint) -> None:
        QTest.mouseMove(written.windowHandle(), written.canvas.mapTo(written, at))

    point(labels(written)[0].geometry().center())
    assert written.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    point(QPoint(350, 250))
    assert written.canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_stroke_that_crosses_labels_costs_no_painting_of_them(
    written: DrawPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    label: Any = labels(written)[0]
    written.grab()
    painted: list[int] = []
    monkeypatch.setattr(type(label), "paintEvent", lambda *_: painted.append(1))
    QTest.mousePress(written.canvas, LEFT, pos=QPoint(60, 20))
    QTest.mouseMove(written.canvas, QPoint(300, 20))
    QTest.qWait(50)
    assert painted == []
    written.canvas.finish_stroke()


def test_label_and_list_say_what_the_number_says(written: DrawPage) -> None:
    """What stands beside a digit may make another of it than what it looks like most."""
    ink = written.take_ink()
    digits = digit_of(ink, (0,), 2), digit_of(ink, (1,), None), digit_of(ink, (2, 3), 4)
    number = Number("204", 0.9, digits[0].box, digits)
    written.show_reading(Reading((number,), revision=ink.revision))
    assert [text for text, _, _ in said(written)] == ["2", "0", "4"]
    assert said(written)[1][1] == "doubtful"
    written.digits.select(written.digits.all[1])
    assert "The 0 might also be no digit (99.5 %)." in written.answer.note


def test_digit_typed_while_the_pen_is_down_ends_the_stroke_and_is_kept(
    ready_page: DrawPage, draw: Draw, reading_of: Any
) -> None:
    draw(ready_page.canvas, lift=False)
    ready_page.show_reading(reading_of(ready_page, 7))
    key(ready_page, Qt.Key.Key_3)
    ready_page.show_reading(reading_of(ready_page, 7))
    assert ready_page.canvas.ink().standing_corrections == {(0,): 3}
    assert ready_page.answer.text == "3"


@pytest.mark.parametrize("erased", [2, 0], ids=["the one meant", "another"])
def test_digit_typed_while_ink_is_read_is_for_the_digit_that_was_meant(
    written: DrawPage, erased: int
) -> None:
    strokes = written.canvas.sheet.strokes
    gone = strokes[2:] if erased == 2 else strokes[:1]
    written.canvas.sheet.put(tuple(each for each in strokes if each not in gone))
    key(written, Qt.Key.Key_7)
    ink = written.take_ink()
    left = [(0,), (1,)] if erased == 2 else [(0,), (1, 2)]
    digits = [digit_of(ink, strokes, 0) for strokes in left]
    written.show_reading(Reading((number_of(*digits),), revision=ink.revision))
    assert written.canvas.ink().standing_corrections == ({} if erased == 2 else {(1, 2): 7})


def test_digit_typed_before_the_newest_was_read_is_for_the_newest(
    written: DrawPage, draw: Draw
) -> None:
    draw(written.canvas, (300, 100), (300, 160))
    key(written, Qt.Key.Key_7)
    ink = written.take_ink()
    digits = [digit_of(ink, (2, 3), 4), digit_of(ink, (4,), 1)]
    written.show_reading(Reading((number_of(*digits),), revision=ink.revision))
    assert written.canvas.ink().standing_corrections == {(4,): 7}


def test_of_very_many_digits_only_the_one_selected_has_its_reading_under_it(
    written: DrawPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digit_labels, "MOST_LABELS", 2)
    read(written)
    assert said(written) == []
    written.digits.select(written.digits.all[1])
    assert said(written) == [("0", "", True)]
