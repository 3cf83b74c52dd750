"""Digit keys: whichever key a keyboard has a digit on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_SHORTCUTS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def typed_digit(event: QKeyEvent) -> int | None:
    """Return the digit that a key typed, or None. On French keyboards digits need Shift."""
    text = event.text()
    if len(text) != 1 or text not in "0123456789" or event.modifiers() & _SHORTCUTS:
        return None
    return int(text)
