"""The focus stays among the pictures, whatever takes away what had it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot


def test_focus_stays_where_a_picture_is_turned(program: Any, qtbot: QtBot) -> None:
    program.press("F8")
    page = program.pictures
    assert page.numbers.isAncestorOf(program.window.focusWidget())
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.actions_.turn_right.trigger()
    assert page.isAncestorOf(program.window.focusWidget())
    with qtbot.waitSignal(page.work.corrected):
        qtbot.keyClick(program.window.focusWidget(), Qt.Key.Key_5)
        program.press("Return")


def test_focus_goes_to_the_list_where_a_picture_is_removed(
    program: Any, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("second.png")])
    page = program.pictures
    remove = next(each for each in page.findChildren(QPushButton) if each.text() == "Remove")
    remove.setFocus()
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert page.list.count() == 1
    assert program.window.focusWidget() is page.list
