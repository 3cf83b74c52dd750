"""The list of Numbers: looked through, typed over and confirmed, by keys and by the mouse."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Alternative, Digit, Number, Reading
from handwrite_gui.domain.reading_history import ReadingHistory
from handwrite_gui.widgets.answer_panel import OF_NUMBER
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.pictures import numbers_delegate
from handwrite_gui.widgets.pictures.number_editor import WHAT_IT_HOLDS
from handwrite_gui.widgets.pictures.numbers_list import NumbersList
from handwrite_gui.widgets.pictures.numbers_model import Index, NumbersModel
from handwrite_gui.widgets.pictures.numbers_panel import NO_NUMBER, NONE_LEFT, NumbersPanel

Key = Qt.Key
NO_KEY = Qt.KeyboardModifier.NoModifier


def number(text: str, confidence: float, row: int = 0, *others: str) -> Number:
    probabilities = np.full(11, 0.05)
    probabilities[7] = 0.5
    digits = [
        Digit((0, 0, 1, 1), np.ones((28, 28), np.float32), Prediction(probabilities))
        for letter in text
        if letter.isdigit()
    ]
    alternatives = tuple(Alternative(other, 0.1 / n) for n, other in enumerate(others, start=1))
    box = (10.0 * len(text), 100.0 * row, 10.0, 10.0)
    return Number(text, confidence, box, tuple(digits), alternatives, row)


NUMBERS = (
    number("2047", 0.999),
    number("13", 0.6, 0, "18", "73"),
    number("007", 0.995, 1),
    number("5", 0.2, 2),
)


class Worked(NumbersPanel):
    """The panel as the page uses it: what a person says is shown at once."""

    def __init__(self) -> None:
        super().__init__()
        self.history = ReadingHistory(Reading(NUMBERS))
        self.said: list[tuple[int, str]] = []
        self.confirmed.connect(self._on_confirmed)
        self._show()

    def _on_confirmed(self, index: int, text: str) -> None:
        self.said.append((index, text))
        self.history.confirm(index, text)
        self._show()

    def _show(self) -> None:
        self.show_numbers(self.history.reading.numbers, self.history.as_read)


@pytest.fixture
def panel(qtbot: QtBot) -> Worked:
    panel = Worked()
    qtbot.addWidget(panel)
    panel.resize(300, 500)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus)
    return panel


def heard(listed: NumbersList, row: int) -> str:
    return listed.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def count(panel: NumbersPanel) -> str:
    return panel.findChild(QLabel).text()


def type_keys(qtbot: QtBot, text: str) -> None:
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


def press(qtbot: QtBot, key: Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_each_number_says_what_it_reads_how_surely_and_where(panel: Worked) -> None:
    assert [heard(panel.list, row) for row in range(4)] == [
        "2047, very sure, 99.9 %, row 1",
        "13, doubtful, 60.0 %, row 1",
        "007, very sure, 99.5 %, row 2",
        "5, doubtful, 20.0 %, row 3",
    ]
    assert count(panel) == "4 numbers, 2 doubtful"


def test_doubt_has_a_mark_beside_its_colour(
    panel: Worked, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    marks: list[str] = []

    def marking(name: str) -> QIcon:
        marks.append(name)
        return icon(name)

    monkeypatch.setattr(numbers_delegate, "icon", marking)
    panel.list.viewport().grab(panel.list.visualRect(panel.list.model().index(2, 0)))
    assert marks == []
    panel.list.viewport().grab(panel.list.visualRect(panel.list.model().index(3, 0)))
    assert marks == ["warning"]


def test_per_cent_in_the_list_say_what_they_are_of(panel: Worked) -> None:
    def tip() -> str | None:
        return panel.list.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)

    assert tip() == OF_NUMBER
    panel.confirmed.emit(1, "13")
    assert tip() is None
    assert panel.findChild(QPushButton).toolTip() == OF_NUMBER


def test_next_doubtful_goes_round_and_says_when_none_is_left(panel: Worked, qtbot: QtBot) -> None:
    gone_to = []
    for _ in range(3):
        panel.go_to_next_doubtful()
        gone_to.append(panel.list.current)
    assert gone_to == [1, 3, 1]
    press(qtbot, Key.Key_Return)
    press(qtbot, Key.Key_Return)
    panel.go_to_next_doubtful()
    assert count(panel) == NONE_LEFT


@pytest.fixture
def doubtful_first(panel: Worked) -> Worked:
    panel.history = ReadingHistory(Reading(NUMBERS[1:]))
    panel._show()
    assert panel.list.current == 0
    return panel


def test_next_doubtful_is_the_first_one_where_nobody_has_gone_to_a_number(
    doubtful_first: Worked,
) -> None:
    told: list[tuple[int, int]] = []
    doubtful_first.current_changed.connect(lambda *where: told.append(where))
    doubtful_first.go_to_next_doubtful()
    doubtful_first.go_to_next_doubtful()
    assert told == [(0, 0), (2, 0)]


@pytest.mark.parametrize("way", ["click", "key", "picture"])
def test_next_doubtful_is_after_a_doubtful_one_that_a_person_went_to(
    doubtful_first: Worked, qtbot: QtBot, way: str
) -> None:
    listed = doubtful_first.list
    if way == "click":
        place = listed.visualRect(listed.model().index(0, 0)).center()
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    elif way == "key":
        press(qtbot, Key.Key_Down)
        press(qtbot, Key.Key_Up)
    else:
        listed.select(0, 0)
    doubtful_first.go_to_next_doubtful()
    assert listed.current == 2


def test_next_doubtful_begins_at_the_number_that_is_chosen_where_that_is_confirmed(
    doubtful_first: Worked,
) -> None:
    doubtful_first.list.select(2)
    doubtful_first.confirmed.emit(2, "5")
    doubtful_first.go_to_next_doubtful()
    assert doubtful_first.list.current == 0


def test_typing_overwrites_and_enter_confirms_and_goes_on(panel: Worked, qtbot: QtBot) -> None:
    panel.list.select(1)
    type_keys(qtbot, "-1.8")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said == [(1, "-1.8")])
    assert panel.list.current == 3
    assert heard(panel.list, 1) == "-1.8, confirmed, row 1"
    qtbot.waitUntil(panel.list.hasFocus)
    type_keys(qtbot, "6")
    press(qtbot, Key.Key_Enter)
    qtbot.waitUntil(lambda: panel.said[1:] == [(3, "6")])
    assert count(panel) == NONE_LEFT


def test_enter_alone_confirms_what_was_read(panel: Worked, qtbot: QtBot) -> None:
    panel.list.select(1)
    press(qtbot, Key.Key_Return)
    assert panel.said == [(1, "13")]
    assert panel.list.current == 3


def test_escape_leaves_the_number_as_it_was(panel: Worked, qtbot: QtBot) -> None:
    panel.list.select(1)
    type_keys(qtbot, "99")
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(panel.list.hasFocus)
    assert panel.said == []
    assert heard(panel.list, 1).startswith("13, doubtful")


def test_what_is_typed_is_kept_where_another_number_is_clicked_on(
    panel: Worked, qtbot: QtBot
) -> None:
    panel.list.select(1)
    type_keys(qtbot, "18")
    place = panel.list.visualRect(panel.list.model().index(2, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: panel.said == [(1, "18")])
    assert panel.list.current == 2


def test_no_letter_begins_a_number(panel: Worked, qtbot: QtBot) -> None:
    panel.list.select(0)
    for letter in "ax !":
        qtbot.keyClicks(panel.list, letter)
    assert panel.list.findChild(QLineEdit) is None
    assert panel.said == []


def hint(panel: Worked) -> QLabel:
    labels = panel.list.findChildren(QLabel)
    return next(label for label in labels if label.text() == WHAT_IT_HOLDS)


def test_what_can_be_no_number_stays_in_the_line_which_says_why(
    panel: Worked, qtbot: QtBot
) -> None:
    panel.list.select(1)
    type_keys(qtbot, "-")
    assert not hint(panel).isVisible()  # A digit may be still to come.
    press(qtbot, Key.Key_Return)
    assert hint(panel).isVisible()
    editor = panel.list.findChild(QLineEdit)
    assert editor.text() == "-"
    assert not hint(panel).geometry().intersects(editor.geometry())
    type_keys(qtbot, "5")
    assert not hint(panel).isVisible()
    type_keys(qtbot, "a")
    assert hint(panel).isVisible()
    press(qtbot, Key.Key_Return)
    assert (editor.text(), panel.said, panel.list.current) == ("-5a", [], 1)
    press(qtbot, Key.Key_Backspace)
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said == [(1, "-5")])


def test_what_can_be_no_number_is_there_again_where_another_one_was_gone_to(
    panel: Worked, qtbot: QtBot
) -> None:
    panel.list.select(1)
    type_keys(qtbot, "1a")
    place = panel.list.visualRect(panel.list.model().index(2, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: count(panel) == NO_NUMBER.format("1a"))
    assert panel.said == []
    panel.list.select(1)
    panel.list.edit(panel.list.currentIndex())
    assert panel.list.findChild(QLineEdit).text() == "1a"


def test_left_and_right_go_from_digit_to_digit_and_so_does_a_click(
    panel: Worked, qtbot: QtBot
) -> None:
    told: list[tuple[int, int]] = []
    panel.current_changed.connect(lambda index, digit: told.append((index, digit)))
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Down):
        press(qtbot, key)
    assert told == [(0, 1), (0, 2), (0, 1), (1, 0)]
    row = panel.list.visualRect(panel.list.model().index(0, 0))
    text = panel.list._delegate.text_rect(row)
    advance = panel.list.fontMetrics().horizontalAdvance("0")
    place = QPoint(text.left() + int(2.5 * advance), text.top() + 4)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told[-1] == (0, 2)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_alternatives_are_offered_as_a_whole_with_their_chances(
    panel: Worked, qtbot: QtBot
) -> None:
    panel.list.select(1)
    others = next(b for b in panel.findChildren(QPushButton))
    assert others.text() == "Or 18 (10.0 %)…"
    others.click()
    menu = panel.findChild(QMenu)
    assert [each.text() for each in menu.actions()] == ["&1   18\t10.0 %", "&2   73\t5.0 %"]
    qtbot.keyClick(menu, Key.Key_2)
    assert panel.said == [(1, "73")]
    panel.list.select(1)
    assert [each.text for each in panel.alternatives()] == ["13", "18"]
    panel.list.select(0)
    assert not others.isEnabled()


def test_what_is_typed_goes_on_where_the_number_has_another_box(
    panel: Worked, qtbot: QtBot
) -> None:
    panel.list.select(1)
    type_keys(qtbot, "18")
    moved = tuple(replace(each, box=(each.box[0] + 1, *each.box[1:])) for each in NUMBERS)
    panel.history = ReadingHistory(Reading((NUMBERS[3], *moved[:3])))
    panel._show()
    assert panel.list.current == 2
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said == [(2, "18")])


def test_rows_without_numbers_are_not_counted(panel: Worked) -> None:
    apart = (number("2047", 0.999), number("13", 0.6, 2), number("5", 0.2, 5))
    panel.show_numbers(apart, apart)
    assert [heard(panel.list, row)[-5:] for row in range(3)] == ["row 1", "row 2", "row 3"]


def test_of_a_doubtful_number_the_least_sure_digit_is_looked_at_first(panel: Worked) -> None:
    def with_a_blurred_digit(number: Number) -> Number:
        blurred = replace(number.digits[1], prediction=Prediction(np.full(11, 1 / 11)))
        sure = replace(number.digits[0], prediction=Prediction(np.eye(11)[int(number.text[0])]))
        return replace(number, digits=(sure, blurred, *number.digits[2:]))

    numbers = tuple(with_a_blurred_digit(number) for number in NUMBERS[:2])
    panel.show_numbers(numbers, numbers)
    assert numbers[0].is_sure
    assert (panel.list.current, panel.list.digit) == (0, 0)
    panel.go_to_next_doubtful()
    assert (panel.list.current, panel.list.digit) == (1, 1)


def test_alternative_that_is_offered_never_has_a_chance_of_nothing(panel: Worked) -> None:
    unlikely = replace(NUMBERS[1], alternatives=(Alternative("18", 0.0002),))
    panel.show_numbers((unlikely,), (unlikely,))
    others = next(b for b in panel.findChildren(QPushButton))
    assert others.text() == "Or 18 (under 0.1 %)…"


def test_what_is_typed_stays_while_another_window_is_looked_at(panel: Worked, qtbot: QtBot) -> None:
    panel.list.select(1)
    type_keys(qtbot, "18")
    other = QLabel("another window")
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    editor = panel.list.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "18"
    assert panel.said == []


def test_of_ten_thousand_numbers_only_those_that_are_seen_are_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(number(f"{n % 1000}", 0.999 if n % 10 else 0.5, n // 5) for n in range(10_000))
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


def test_digit_spoken_of_is_one_of_a_number_that_is_shorter_now(panel: Worked) -> None:
    panel.list.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, NO_KEY))
    panel.list.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Key.Key_Right, NO_KEY))
    assert (panel.list.current, panel.list.digit) == (0, 2)
    panel.confirmed.emit(0, "12")
    assert (panel.list.current, panel.list.digit) == (0, 1)
