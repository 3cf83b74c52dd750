"""Buttons whose icons grow with the text: who needs large letters needs large icons, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from handwrite_gui.widgets.text_size import text_ratio

#: How large icons are beside text of the system's size, in pixels.
_SIDE = 16

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # A class can have only one of Qt's own beneath it.


class _GrowsWithText(_Button):
    """What makes a button's icon no smaller than text is."""

    _side_px = _SIDE

    def grow_from(self, side_px: int) -> None:
        """Let the icon have this side; with larger text it may be more."""
        self._side_px = side_px
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def _grow(self) -> None:
        side = max(self._side_px, round(_SIDE * text_ratio()))
        self.setIconSize(QSize(side, side))


class IconButton(_GrowsWithText, QToolButton):
    """A tool button whose icon is no smaller than text is.

    Args:
        side_px: The icon's side; with larger text it may be more.
        parent: Owner of this widget.
    """

    def __init__(self, side_px: int = _SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grow_from(side_px)


class WordButton(_GrowsWithText, QPushButton):
    """A button with an icon and a word, which are alike in size.

    Args:
        icon: Beside the word.
        word: What it does.
        parent: Owner of this widget.
    """

    def __init__(self, icon: QIcon, word: str, parent: QWidget | None = None) -> None:
        super().__init__(icon, word, parent)
        self.grow_from(_SIDE)
