"""A hint: what a setting does, in quiet words beneath it."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel


def hint(text: str) -> QLabel:
    """Make a label that is as wide as its place, and as muted as a placeholder."""
    made = QLabel(text)
    made.setWordWrap(True)
    made.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return made
