"""Buttons whose icons grow with the text: who needs large letters needs large icons, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QToolButton, QWidget

from handwrite_gui.widgets.text_size import text_ratio

#: How large icons are beside text of the system's size, in pixels.
_SIDE = 16


class IconButton(QToolButton):
    """A tool button whose icon is no smaller than text is.

    Args:
        side_px: The icon's side; with larger text it may be more.
        parent: Owner of this widget.
    """

    def __init__(self, side_px: int = _SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side_px = side_px
        self.setIconSize(icon_size(side_px))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setIconSize(icon_size(self._side_px))


def icon_size(side_px: int = _SIDE) -> QSize:
    """How large an icon is now that is so large or more."""
    side = max(side_px, round(_SIDE * text_ratio()))
    return QSize(side, side)
