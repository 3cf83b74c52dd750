from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from handwrite_gui.settings import Settings
from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.key_choices import KeyChoices
from handwrite_gui.widgets.keys_dialog import KeysDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
UNDO = "Undo the last step"


@pytest.fixture
def actions(qapp: QApplication) -> Actions:
    return Actions(qapp)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def dialog(parent: QWidget, actions: Actions, tmp_path: Path, qtbot: QtBot) -> KeysDialog:
    dialog = KeysDialog(KeyChoices(Settings(tmp_path), actions), actions, parent)
    dialog.open()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    return dialog


def row(dialog: KeysDialog, what: str) -> QTreeWidgetItem:
    listed = dialog.findChild(QTreeWidget)
    (item,) = listed.findItems(what, Qt.MatchFlag.MatchExactly, 0)
    return item


def choose(dialog: KeysDialog, what: str) -> QTreeWidgetItem:
    item = row(dialog, what)
    dialog.findChild(QTreeWidget).setCurrentItem(item)
    return item


def press(dialog: KeysDialog, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    qtbot.keyClick(dialog.findChild(QKeySequenceEdit), key, held)


def click(parent: QWidget, qtbot: QtBot, text: str) -> None:
    button = next(b for b in parent.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(dialog: KeysDialog, qtbot: QtBot, text: str) -> str:
    """Answer a question, and return it."""
    box = dialog.findChild(QMessageBox)
    asked = str(box.text())
    click(box, qtbot, text)
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is None)
    return asked


def said(dialog: KeysDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def keys_of(actions: Actions, name: str) -> list[str]:
    return [key.toString() for key in getattr(actions, name).shortcuts()]


def test_every_action_is_listed_with_its_keys(dialog: KeysDialog, actions: Actions) -> None:
    assert row(dialog, UNDO).text(1) == "Ctrl+Z"
    assert row(dialog, "Redo what was undone").text(1) == "Ctrl+Shift+Z or Ctrl+Y"
    assert dialog.findChild(QTreeWidget).topLevelItemCount() == len(actions.default_keys())


def test_key_is_set_at_once(dialog: KeysDialog, actions: Actions, qtbot: QtBot) -> None:
    item = choose(dialog, UNDO)
    press(dialog, qtbot, Qt.Key.Key_F12)
    assert keys_of(actions, "undo") == ["F12"]
    assert item.text(1) == "F12"
    assert f"F12: {UNDO}." in said(dialog)


def test_key_of_another_is_taken_only_after_asking(
    dialog: KeysDialog, actions: Actions, qtbot: QtBot
) -> None:
    choose(dialog, "Take a blank sheet")
    press(dialog, qtbot, Qt.Key.Key_Z, CONTROL)
    assert keys_of(actions, "clear") == ["Ctrl+Del"]
    asked = answer(dialog, qtbot, "Cancel")
    assert asked == "Ctrl+Z is the key of “Undo”. Take it from there?"
    dialog.findChild(QKeySequenceEdit).editingFinished.emit()  # As when the focus comes back.
    assert not dialog.findChildren(QMessageBox, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert keys_of(actions, "clear") == ["Ctrl+Del"]
    assert dialog.findChild(QKeySequenceEdit).keySequence().toString() == "Ctrl+Del"
    press(dialog, qtbot, Qt.Key.Key_Z, CONTROL)
    answer(dialog, qtbot, "Take it")
    assert keys_of(actions, "clear") == ["Ctrl+Z"]
    assert keys_of(actions, "undo") == []
    assert row(dialog, UNDO).text(1) == "–"
    choose(dialog, UNDO)
    click(dialog, qtbot, "Reset")
    assert answer(dialog, qtbot, "Take it") == "Ctrl+Z is the key of “Clear”. Take it from there?"
    assert keys_of(actions, "undo") == ["Ctrl+Z"]


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_7, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space]
)
def test_key_that_must_stay_is_refused(
    dialog: KeysDialog, actions: Actions, qtbot: QtBot, key: Qt.Key
) -> None:
    choose(dialog, UNDO)
    press(dialog, qtbot, key)
    assert keys_of(actions, "undo") == ["Ctrl+Z"]
    assert any("stay" in sentence for sentence in said(dialog))
    assert dialog.findChild(QKeySequenceEdit).keySequence().toString() == "Ctrl+Z"
    assert dialog.isVisible()


def test_key_is_taken_away_and_reset(dialog: KeysDialog, actions: Actions, qtbot: QtBot) -> None:
    item = choose(dialog, UNDO)
    click(dialog, qtbot, "No key")
    assert keys_of(actions, "undo") == []
    assert item.text(1) == "–"
    click(dialog, qtbot, "Reset")
    assert keys_of(actions, "undo") == ["Ctrl+Z"]
    assert item.text(1) == "Ctrl+Z"


def test_all_keys_are_reset_after_asking(
    dialog: KeysDialog, actions: Actions, qtbot: QtBot
) -> None:
    choose(dialog, UNDO)
    press(dialog, qtbot, Qt.Key.Key_F12)
    click(dialog, qtbot, "Reset all…")
    answer(dialog, qtbot, "Cancel")
    assert keys_of(actions, "undo") == ["F12"]
    click(dialog, qtbot, "Reset all…")
    answer(dialog, qtbot, "Reset")
    assert keys_of(actions, "undo") == ["Ctrl+Z"]


def test_actions_are_found_by_words_and_keys(dialog: KeysDialog, qtbot: QtBot) -> None:
    find, listed = dialog.findChild(QLineEdit), dialog.findChild(QTreeWidget)

    def seen() -> list[str]:
        items = [listed.topLevelItem(n) for n in range(listed.topLevelItemCount())]
        return [item.text(0) for item in items if not item.isHidden()]

    qtbot.keyClicks(find, "LAST step")
    assert seen() == [UNDO]
    assert listed.currentItem().text(0) == UNDO
    find.clear()
    qtbot.keyClicks(find, "ctrl+y")
    assert seen() == ["Redo what was undone"]
    find.clear()
    qtbot.keyClicks(find, "no such thing")
    assert seen() == []
    assert not dialog.findChild(QKeySequenceEdit).isEnabled()
    find.clear()
    assert len(seen()) > 20


def test_whole_dialog_is_used_by_keys_alone(
    dialog: KeysDialog, actions: Actions, qtbot: QtBot
) -> None:
    def focus() -> QWidget:
        return QApplication.focusWidget()

    qtbot.waitUntil(lambda: isinstance(focus(), QLineEdit))
    qtbot.keyClicks(focus(), "last step")
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    assert isinstance(focus(), QTreeWidget)
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert isinstance(focus(), QKeySequenceEdit)
    assert focus().accessibleName() == f"New key for: {UNDO}"
    qtbot.keyClick(focus(), Qt.Key.Key_F12)
    assert keys_of(actions, "undo") == ["F12"]
    visited = []
    for _ in range(4):
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
        visited.append(focus().text())
    assert visited == ["No key", "Reset", "Reset all…", "Close"]
    qtbot.keyClick(focus(), Qt.Key.Key_Backtab)
    qtbot.keyClick(focus(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.usefixtures("large_text")
def test_dialog_fits_a_small_screen_at_twice_the_text(dialog: KeysDialog) -> None:
    assert dialog.minimumSizeHint().width() < 1280
    assert dialog.minimumSizeHint().height() < 800
