"""Keys in the whole program: each starts its action, also after it was changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QKeySequenceEdit,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.theme import DARK, LIGHT, colours

Start = Callable[..., Any]
SaveDigit = Callable[[str], Path]


def press(program: Any, key: str) -> None:
    QTest.keySequence(program.window, QKeySequence(key))


def dialog_of(program: Any) -> QDialog:
    return next(d for d in program.window.findChildren(QDialog) if d.isVisible())


def change(program: Any, qtbot: QtBot, what: str, key: Qt.Key) -> None:
    """Change a key in the dialog, as a person does."""
    press(program, "Ctrl+K")
    dialog = dialog_of(program)
    listed = dialog.findChild(QTreeWidget)
    listed.setCurrentItem(listed.findItems(what, Qt.MatchFlag.MatchExactly, 0)[0])
    qtbot.keyClick(dialog.findChild(QKeySequenceEdit), key)
    qtbot.keyClick(dialog.findChild(QTreeWidget), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(d.isVisible() for d in program.window.findChildren(QDialog)))


def test_changed_key_works_at_once_is_shown_everywhere_and_is_remembered(
    start: Start, qtbot: QtBot
) -> None:
    program = start()
    press(program, "F1")
    help_text = program.window.page_if_made("help").findChild(QTextBrowser).toPlainText
    assert "Ctrl+Z" in help_text()
    press(program, "Ctrl+1")
    change(program, qtbot, "Undo the last step", Qt.Key.Key_F12)
    assert "Ctrl+Z" not in help_text()
    assert "Undo the last step\nF12" in help_text()
    assert "(F12)" in program.window.actions_.undo.toolTip()

    program.draw()
    press(program, "Ctrl+Z")
    assert not program.draw_page.canvas.is_blank
    press(program, "F12")
    assert program.draw_page.canvas.is_blank
    program.close()

    again = start()
    again.draw()
    press(again, "F12")
    assert again.draw_page.canvas.is_blank


def test_tooltips_of_buttons_follow(start: Start, qtbot: QtBot) -> None:
    program = start()
    change(program, qtbot, "Read the drawing now", Qt.Key.Key_F12)
    (predict,) = (b for b in program.draw_page.findChildren(QPushButton) if b.text() == "Predict")
    assert predict.toolTip() == "Read the drawing now (F12)"


def test_switches_have_keys_and_follow_the_settings(start: Start) -> None:
    program = start()
    for key, name in (
        ("Shift+F5", "live_reading"),
        ("Ctrl+F5", "careful"),
        ("Ctrl+Shift+P", "pen_only"),
        ("Ctrl+Shift+M", "draw_by_moving"),
        ("Ctrl+Shift+H", "left_handed"),
    ):
        before = program.settings.value(name)
        press(program, key)
        assert program.settings.value(name) is not before
        program.settings.set_value(name, before)
        assert getattr(program.window.actions_, name).isChecked() is before


def test_themes_have_keys(start: Start) -> None:
    program = start()
    for key, theme in (("Ctrl+F9", DARK), ("Ctrl+F8", LIGHT)):
        press(program, key)
        assert colours() is theme
    press(program, "Ctrl+F7")
    assert program.settings.value("theme") == "system"


@pytest.mark.parametrize(("key", "asked"), [("Ctrl+Shift+R", "Reset"), ("Ctrl+Shift+Del", "Del")])
def test_what_cannot_be_undone_is_asked_first(start: Start, key: str, asked: str) -> None:
    program = start()
    program.settings.set_value("pen_width", 20.0)
    press(program, key)
    assert program.window.page == "settings"
    box = dialog_of(program)
    assert isinstance(box, QMessageBox)
    assert box.text().startswith(asked)
    box.reject()
    assert program.settings.value("pen_width") == 20.0


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_kept_drawing_is_brought_back_by_its_key(start: Start, qtbot: QtBot) -> None:
    first = start()
    first.draw()
    first.close()
    again = start()
    restore = again.window.actions_.restore
    qtbot.waitUntil(restore.isEnabled)
    press(again, "Ctrl+Shift+B")
    assert not again.draw_page.canvas.is_blank
    again.draw_page.canvas.clear()
    again.window.show_page("pictures")
    press(again, "Ctrl+Shift+B")
    assert QApplication.activePopupWidget() is again.window.kept
    qtbot.keyClick(again.window.kept, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not again.draw_page.canvas.is_blank)
    assert again.window.page == "draw"


def test_pictures_are_removed_by_a_key(start: Start, save_digit: SaveDigit, qtbot: QtBot) -> None:
    program = start()
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([save_digit("one.png")])
    page = program.window.page_if_made("pictures")
    assert page.current_text() == "7"
    press(program, "Ctrl+Shift+W")
    assert page.current_text() == ""
    program.window.show_page("draw")
    assert not program.window.actions_.remove_all.isEnabled()
