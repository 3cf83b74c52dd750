"""Digit keys: whichever key a keyboard has a digit on, wherever on a page the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from handwrite_gui.widgets.accessibility import AccessibleRole

_SHORTCUTS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def typed_digit(event: QKeyEvent) -> int | None:
    """Return the digit that a key typed, or None. On French keyboards digits need Shift."""
    text = event.text()
    if len(text) != 1 or text not in "0123456789" or event.modifiers() & _SHORTCUTS:
        return None
    return int(text)


class DigitKeys(QWidget):
    """A page that hears which digit's key was pressed, whatever on it has the focus.

    Signals:
        digit_typed: The digit.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Pane"
    digit_typed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit's key."""
        digit = typed_digit(event)
        if digit is None:
            super().keyPressEvent(event)
        else:
            self.digit_typed.emit(digit)
