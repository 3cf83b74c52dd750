import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from handwrite_gui.widgets.digit_keys import typed_digit

MODIFIER = Qt.KeyboardModifier


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.mark.parametrize(
    "modifiers", [MODIFIER.NoModifier, MODIFIER.KeypadModifier, MODIFIER.ShiftModifier]
)
def test_digit_is_typed_on_any_keyboard(modifiers: Qt.KeyboardModifier) -> None:
    assert typed_digit(press(Qt.Key.Key_Apostrophe, modifiers, "4")) == 4


@pytest.mark.parametrize(
    ("modifiers", "text"),
    [
        (MODIFIER.ControlModifier, "1"),
        (MODIFIER.AltModifier, "1"),
        (MODIFIER.NoModifier, "a"),
        (MODIFIER.NoModifier, ""),
        (MODIFIER.NoModifier, "²"),
    ],
)
def test_other_keys_are_no_digits(modifiers: Qt.KeyboardModifier, text: str) -> None:
    assert typed_digit(press(Qt.Key.Key_A, modifiers, text)) is None
