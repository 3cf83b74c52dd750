"""The list of Numbers: typed over and confirmed, by keys and by the mouse."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Alternative, Number, Reading
from handwrite_gui.domain.reading_history import ReadingHistory
from handwrite_gui.widgets.pictures.number_editor import WHAT_IT_HOLDS
from handwrite_gui.widgets.pictures.numbers_panel import NO_NUMBER

Key = Qt.Key


def test_typing_overwrites_and_enter_confirms_and_goes_on(panel: Any, qtbot: QtBot) -> None:
    panel.list.select(1)
    panel.type_keys("-1.8")
    panel.press(Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said == [(1, "-1.8")])
    assert panel.list.current == 3
    assert panel.heard(1) == "-1.8, confirmed, row 1"
    qtbot.waitUntil(panel.list.hasFocus)
    panel.type_keys("6")
    with qtbot.waitSignal(panel.last_entered):
        panel.press(Key.Key_Enter)
    assert panel.said[1:] == [(3, "6")]


def test_enter_alone_confirms_what_was_read(panel: Any) -> None:
    panel.list.select(1)
    panel.press(Key.Key_Return)
    assert panel.said == [(1, "13")]
    assert panel.list.current == 3


def test_escape_leaves_the_number_as_it_was(panel: Any, qtbot: QtBot) -> None:
    panel.list.select(1)
    panel.type_keys("99")
    panel.press(Key.Key_Escape)
    qtbot.waitUntil(panel.list.hasFocus)
    assert panel.said == []
    assert panel.heard(1).startswith("13, doubtful")


def test_what_is_typed_is_kept_where_another_number_is_clicked_on(panel: Any, qtbot: QtBot) -> None:
    panel.list.select(1)
    panel.type_keys("18")
    panel.click(2)
    qtbot.waitUntil(lambda: panel.said == [(1, "18")])
    assert panel.list.current == 2


def test_no_letter_begins_a_number(panel: Any, qtbot: QtBot) -> None:
    panel.list.select(0)
    for letter in "ax !":
        qtbot.keyClicks(panel.list, letter)
    assert panel.list.findChild(QLineEdit) is None
    assert panel.said == []


def hint(panel: Any) -> QLabel:
    labels = panel.list.findChildren(QLabel)
    return next(label for label in labels if label.text() == WHAT_IT_HOLDS)


def test_what_can_be_no_number_stays_in_the_line_which_says_why(panel: Any, qtbot: QtBot) -> None:
    panel.list.select(1)
    panel.type_keys("-")
    assert not hint(panel).isVisible()  # A digit may be still to come.
    panel.press(Key.Key_Return)
    assert hint(panel).isVisible()
    editor = panel.list.findChild(QLineEdit)
    assert editor.text() == "-"
    assert not hint(panel).geometry().intersects(editor.geometry())
    panel.type_keys("5")
    assert not hint(panel).isVisible()
    panel.type_keys("a")
    assert hint(panel).isVisible()
    panel.press(Key.Key_Return)
    assert (editor.text(), panel.said, panel.list.current) == ("-5a", [], 1)
    panel.press(Key.Key_Backspace)
    panel.press(Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said == [(1, "-5")])


def test_what_can_be_no_number_is_there_again_where_another_one_was_gone_to(
    panel: Any, qtbot: QtBot
) -> None:
    panel.list.select(1)
    panel.type_keys("1a")
    panel.click(2)
    qtbot.waitUntil(lambda: panel.count == NO_NUMBER.format("1a"))
    assert panel.said == []
    panel.list.select(1)
    panel.list.edit(panel.list.currentIndex())
    assert panel.list.findChild(QLineEdit).text() == "1a"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_alternatives_are_offered_as_a_whole_with_their_chances(panel: Any, qtbot: QtBot) -> None:
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
    panel: Any, qtbot: QtBot, numbers: tuple[Number, ...]
) -> None:
    panel.list.select(1)
    panel.type_keys("18")
    moved = tuple(replace(each, box=(each.box[0] + 1, *each.box[1:])) for each in numbers)
    panel.history = ReadingHistory(Reading((numbers[3], *moved[:3])))
    panel.show_reading()
    assert panel.list.current == 2
    panel.press(Key.Key_Return)
    qtbot.waitUntil(lambda: panel.said == [(2, "18")])


@pytest.mark.parametrize("chance", [0.0002, 0.0009])
def test_alternative_that_is_offered_never_has_a_chance_of_nothing(
    panel: Any, numbers: tuple[Number, ...], chance: float
) -> None:
    unlikely = replace(numbers[1], alternatives=(Alternative("18", chance),))
    panel.show_numbers((unlikely,), (unlikely,))
    others = next(b for b in panel.findChildren(QPushButton))
    assert others.text() == "Or 18 (under 0.1 %)…"


def test_what_is_typed_stays_while_another_window_is_looked_at(panel: Any, qtbot: QtBot) -> None:
    panel.list.select(1)
    panel.type_keys("18")
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


def test_what_is_no_number_yet_is_told_also_where_nothing_else_is_doubtful(
    panel: Any, qtbot: QtBot
) -> None:
    for row in (1, 3):
        panel.list.select(row)
        panel.press(Key.Key_Return)
    panel.list.select(0)
    panel.type_keys("1a")
    assert panel.go_to_next_doubtful()  # Nobody is to be led away from it.
    qtbot.waitUntil(lambda: panel.count == NO_NUMBER.format("1a"))
    assert not panel.go_to_next_doubtful()
