"""The navigation at the window's side: a button for each page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.theme import ICON_SIDE, SPACING

#: On a narrower screen the pages' names are left to their tooltips: the canvas needs the room.
NARROW_SCREEN = 720


class Navigation(QWidget):
    """Buttons one below the other, some at the top and some at the bottom."""

    def __init__(self, top: Sequence[QAction], bottom: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if self.screen().availableSize().width() < NARROW_SCREEN:
            self._style = Qt.ToolButtonStyle.ToolButtonIconOnly
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING, 2 * SPACING, SPACING, 2 * SPACING)
        layout.setSpacing(SPACING)
        for action in top:
            layout.addWidget(self._button_for(action))
        layout.addStretch()
        for action in bottom:
            layout.addWidget(self._button_for(action))

    def _button_for(self, action: QAction) -> QToolButton:
        button = IconButton(ICON_SIDE)
        button.setDefaultAction(action)
        button.setToolButtonStyle(self._style)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("navigation", True)
        return button
