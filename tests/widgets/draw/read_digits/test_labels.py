"""Several digits on the paper: each has its reading under it."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.draw import digit_labels
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.theme import font

Draw = Callable[..., None]
LEFT = Qt.MouseButton.LeftButton
Read = Callable[..., None]
DigitOf = Callable[..., Digit]
NumberOf = Callable[..., Number]
Labels = Callable[[DrawPage], list[QWidget]]
Said = Callable[[DrawPage], list[tuple[str, str, bool]]]


def test_each_digit_has_its_reading_under_it(written: DrawPage, labels: Labels, said: Said) -> None:
    assert [text for text, _, _ in said(written)] == ["2", "0", "4"]
    assert [label.geometry().center().x() for label in labels(written)] == pytest.approx(
        [60, 120, 190], abs=1
    )
    assert all(label.y() > 160 for label in labels(written))
    assert written.answer.text == "204"


def test_doubt_is_marked_by_more_than_colour(
    written: DrawPage, read: Read, labels: Labels, said: Said
) -> None:
    before = labels(written)[2].grab().toImage()
    read(written, sure=0.6)
    assert said(written)[2][:2] == ("4", "doubtful")
    assert labels(written)[2].grab().toImage() != before


def test_doubt_is_marked_where_the_answer_says_it(
    written: DrawPage, read: Read, said: Said
) -> None:
    read(written, sure=0.97)
    assert [mark for _, mark, _ in said(written)] == ["", "", "doubtful"]
    assert written.answer.words == "doubtful"
    read(written, sure=0.99)
    assert [mark for _, mark, _ in said(written)] == ["", "", ""]
    assert written.answer.words == "very sure"


def test_mark_that_is_no_digit_says_so_and_becomes_what_a_person_says(
    written: DrawPage, read: Read, labels: Labels, said: Said
) -> None:
    narrow = labels(written)[2].geometry()
    read(written, third=None)
    assert [text for text, _, _ in said(written)] == ["2", "0", "no digit"]
    words, label = QFontMetrics(font("strong")).horizontalAdvance("no digit"), labels(written)[2]
    assert label.width() >= words
    assert label.geometry().center().x() == pytest.approx(narrow.center().x(), abs=1)
    QTest.keyClick(written.canvas, Qt.Key.Key_7)
    assert labels(written)[2].geometry() == narrow
    assert said(written)[2][:2] == ("7", "said")
    assert written.reading is not None
    assert written.reading.text == "20\t7"


def test_mark_that_is_no_digit_has_a_dash_where_words_would_cover_other_readings(
    ready_page: DrawPage, draw: Draw, digit_of: DigitOf, number_of: NumberOf, labels: Labels
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
    written: DrawPage,
    draw: Draw,
    digit_of: DigitOf,
    number_of: NumberOf,
    labels: Labels,
    said: Said,
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


def test_label_goes_with_its_ink_at_once(written: DrawPage, labels: Labels) -> None:
    written.canvas.undo()
    written.canvas.undo()
    assert len(labels(written)) == 2


def test_labels_follow_the_view(written: DrawPage, labels: Labels) -> None:
    written.canvas.view_control.move_by(40.0, 30.0)
    assert labels(written)[0].geometry().center().x() == pytest.approx(100, abs=1)


def test_click_on_a_label_tells_of_its_digit_and_draws_nothing(
    written: DrawPage, qtbot: QtBot, labels: Labels
) -> None:
    at = labels(written)[1].geometry().center()
    with qtbot.waitSignal(written.labels.tapped) as tapped:
        QTest.mouseClick(written.canvas, LEFT, pos=at)
    assert tapped.args[0] is written.digits.all[1]
    assert len(written.canvas.ink().strokes) == 4


def test_stroke_may_begin_on_a_label(written: DrawPage, draw: Draw, labels: Labels) -> None:
    at = labels(written)[1].geometry().center()
    draw(written.canvas, (at.x(), at.y()), (at.x() + 2, at.y()), (at.x() + 60, at.y() + 50))
    assert written.canvas.ink().strokes[-1].xy.tolist() == [
        [at.x(), at.y()],
        [at.x() + 2, at.y()],
        [at.x() + 60, at.y() + 50],
    ]


def test_readings_can_be_hidden_but_for_the_selected_one(written: DrawPage, said: Said) -> None:
    written.labels.set_on(False)
    assert said(written) == []
    written.digits.select(written.digits.all[0])
    assert [text for text, _, _ in said(written)] == ["2"]
    written.labels.set_on(True)
    assert len(said(written)) == 3


def test_press_on_paper_beside_labels_draws(written: DrawPage) -> None:
    QTest.mouseClick(written.canvas, LEFT, pos=QPoint(350, 250))
    assert len(written.canvas.ink().strokes) == 5


def test_pointer_says_that_a_label_can_be_clicked(written: DrawPage, labels: Labels) -> None:
    def point(at: QPoint) -> None:
        QTest.mouseMove(written.windowHandle(), written.canvas.mapTo(written, at))

    point(labels(written)[0].geometry().center())
    assert written.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    point(QPoint(350, 250))
    assert written.canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_stroke_that_crosses_labels_costs_no_painting_of_them(
    written: DrawPage, monkeypatch: pytest.MonkeyPatch, labels: Labels
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


def test_of_very_many_digits_only_the_one_selected_has_its_reading_under_it(
    written: DrawPage, monkeypatch: pytest.MonkeyPatch, read: Read, said: Said
) -> None:
    monkeypatch.setattr(digit_labels, "MOST_LABELS", 2)
    read(written)
    assert said(written) == []
    written.digits.select(written.digits.all[1])
    assert said(written) == [("0", "", True)]
