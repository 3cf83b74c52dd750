"""The list of Numbers: looked through, from one that is doubtful to the next."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Number, Reading
from handwrite_gui.domain.reading_history import ReadingHistory
from handwrite_gui.widgets.answer_panel import OF_NUMBER
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.pictures import numbers_delegate
from handwrite_gui.widgets.pictures.numbers_model import Index, NumbersModel
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel

Key = Qt.Key
NO_KEY = Qt.KeyboardModifier.NoModifier


def test_each_number_says_what_it_reads_how_surely_and_where(panel: Any) -> None:
    assert [panel.heard(row) for row in range(4)] == [
        "2047, very sure, 99.9 %, row 1",
        "13, doubtful, 60.0 %, row 1",
        "007, very sure, 99.5 %, row 2",
        "5, doubtful, 20.0 %, row 3",
    ]
    assert panel.count == "4 numbers, 2 doubtful"


def test_doubt_has_a_mark_beside_its_colour(panel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    marks: list[str] = []

    def marking(name: str) -> QIcon:
        marks.append(name)
        return icon(name)

    monkeypatch.setattr(numbers_delegate, "icon", marking)
    panel.list.viewport().grab(panel.list.visualRect(panel.list.model().index(2, 0)))
    assert marks == []
    panel.list.viewport().grab(panel.list.visualRect(panel.list.model().index(3, 0)))
    assert marks == ["warning"]


def test_per_cent_in_the_list_say_what_they_are_of(panel: Any) -> None:
    def tip() -> str | None:
        return panel.list.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)

    assert tip() == OF_NUMBER
    panel.confirmed.emit(1, "13")
    assert tip() is None
    assert panel.findChild(QPushButton).toolTip() == OF_NUMBER


def test_next_doubtful_goes_round_and_tells_when_no_other_is_left(panel: Any) -> None:
    gone_to = []
    for _ in range(3):
        assert panel.go_to_next_doubtful()
        gone_to.append(panel.list.current)
    assert gone_to == [1, 3, 1]
    panel.press(Key.Key_Return)
    assert not panel.go_to_next_doubtful()
    assert panel.list.current == 3
    panel.press(Key.Key_Return)
    assert not panel.go_to_next_doubtful()


@pytest.fixture
def doubtful_first(panel: Any, numbers: tuple[Number, ...]) -> Any:
    panel.history = ReadingHistory(Reading(numbers[1:]))
    panel.show_reading()
    assert panel.list.current == 0
    return panel


def test_next_doubtful_is_the_first_one_where_nobody_has_gone_to_a_number(
    doubtful_first: Any,
) -> None:
    told: list[tuple[int, int]] = []
    doubtful_first.current_changed.connect(lambda *where: told.append(where))
    doubtful_first.go_to_next_doubtful()
    doubtful_first.go_to_next_doubtful()
    assert told == [(0, 0), (2, 0)]


@pytest.mark.parametrize("way", ["click", "key", "picture"])
def test_next_doubtful_is_after_a_doubtful_one_that_a_person_went_to(
    doubtful_first: Any, way: str
) -> None:
    listed = doubtful_first.list
    if way == "click":
        doubtful_first.click(0)
    elif way == "key":
        doubtful_first.press(Key.Key_Down)
        doubtful_first.press(Key.Key_Up)
    else:
        listed.select(0, 0)
    doubtful_first.go_to_next_doubtful()
    assert listed.current == 2


def test_next_doubtful_begins_at_the_number_that_is_chosen_where_that_is_confirmed(
    doubtful_first: Any,
) -> None:
    doubtful_first.list.select(2)
    doubtful_first.confirmed.emit(2, "5")
    doubtful_first.go_to_next_doubtful()
    assert doubtful_first.list.current == 0


def test_current_number_stays_in_view_where_the_list_gets_lower(panel: Any) -> None:
    listed = panel.list
    listed.resize(listed.width(), listed.height_of(3))
    listed.select(2)
    listed.resize(listed.width(), listed.height_of(2))
    assert listed.viewport().rect().contains(listed.visualRect(listed.currentIndex()))
    listed.verticalScrollBar().setValue(0)  # Who has scrolled elsewhere stays there.
    listed.resize(listed.width(), listed.height_of(2) - 1)
    assert listed.verticalScrollBar().value() == 0


def test_left_and_right_go_from_digit_to_digit_and_so_does_a_click(
    panel: Any, qtbot: QtBot
) -> None:
    told: list[tuple[int, int]] = []
    panel.current_changed.connect(lambda index, digit: told.append((index, digit)))
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Down):
        panel.press(key)
    assert told == [(0, 1), (0, 2), (0, 1), (1, 0)]
    row = panel.list.visualRect(panel.list.model().index(0, 0))
    text = panel.list._delegate.text_rect(row)
    advance = panel.list.fontMetrics().horizontalAdvance("0")
    place = QPoint(text.left() + int(2.5 * advance), text.top() + 4)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told[-1] == (0, 2)


def test_signs_are_gone_to_as_digits_are_and_blanks_are_not(
    panel: Any, number_of: Callable[..., Number]
) -> None:
    numbers = (number_of("1 -2", 0.999),)
    panel.show_numbers(numbers, numbers)
    told: list[int] = []
    panel.current_changed.connect(lambda _, place: told.append(place))
    for key in (*[Key.Key_Right] * 3, *[Key.Key_Left] * 3):
        panel.press(key)
    assert told == [2, 3, 3, 2, 0, 0]


def test_rows_without_numbers_are_not_counted(panel: Any, number_of: Callable[..., Number]) -> None:
    apart = (number_of("2047", 0.999), number_of("13", 0.6, 2), number_of("5", 0.2, 5))
    panel.show_numbers(apart, apart)
    assert [panel.heard(row)[-5:] for row in range(3)] == ["row 1", "row 2", "row 3"]


def test_of_a_doubtful_number_the_least_sure_digit_is_looked_at_first(
    panel: Any, numbers: tuple[Number, ...]
) -> None:
    def with_a_blurred_digit(number: Number) -> Number:
        blurred = replace(number.digits[1], prediction=Prediction(np.full(11, 1 / 11)))
        sure = replace(number.digits[0], prediction=Prediction(np.eye(11)[int(number.text[0])]))
        return replace(number, digits=(sure, blurred, *number.digits[2:]))

    two = tuple(with_a_blurred_digit(number) for number in numbers[:2])
    panel.show_numbers(two, two)
    assert two[0].is_sure
    assert (panel.list.current, panel.list.place) == (0, 0)
    panel.go_to_next_doubtful()
    assert (panel.list.current, panel.list.place) == (1, 1)


def test_of_ten_thousand_numbers_only_those_that_are_seen_are_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, number_of: Callable[..., Number]
) -> None:
    many = tuple(number_of(f"{n % 1000}", 0.999 if n % 10 else 0.5, n // 5) for n in range(10_000))
    asked: list[int] = []
    data = NumbersModel.data

    def counting(model: NumbersModel, index: Index, role: int = 0) -> object:
        asked.append(role)
        return data(model, index, role)

    monkeypatch.setattr(NumbersModel, "data", counting)
    panel = NumbersPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 500)
    panel.show()
    panel.show_numbers(many, many)
    panel.grab()
    for _ in range(20):
        panel.go_to_next_doubtful()
        panel.grab()
    assert panel.list.current == 190
    assert len(asked) < 10_000


def test_digit_spoken_of_is_one_of_a_number_that_is_shorter_now(panel: Any) -> None:
    panel.list.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, NO_KEY))
    panel.list.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, NO_KEY))
    assert (panel.list.current, panel.list.place) == (0, 2)
    panel.confirmed.emit(0, "12")
    assert (panel.list.current, panel.list.place) == (0, 1)
