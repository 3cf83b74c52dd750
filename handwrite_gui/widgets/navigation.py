"""The navigation at the window's side: a button for each page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.text_size import text_ratio
from handwrite_gui.widgets.theme import ICON_SIDE, SPACING

#: On a narrower screen, or in a narrower window, the pages' names are left to their tooltips: the
#: canvas and the picture need the room. At twice the text it is so at twice the width.
NARROW = 720


class Navigation(QWidget):
    """Buttons one below the other, some at the top and some at the bottom.

    Where there is little room they are icons only.
    """

    def __init__(self, top: Sequence[QAction], bottom: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._buttons: list[QToolButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING, 2 * SPACING, SPACING, 2 * SPACING)
        layout.setSpacing(SPACING)
        for action in top:
            layout.addWidget(self._button_for(action))
        layout.addStretch()
        for action in bottom:
            layout.addWidget(self._button_for(action))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Use the room that the window has."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's width."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.screen().availableSize().width()
        if self.window().isVisible():
            room = min(room, self.window().width())
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if room < NARROW * text_ratio():
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons:
            button.setToolButtonStyle(style)

    def _button_for(self, action: QAction) -> QToolButton:
        button = IconButton(ICON_SIDE)
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("navigation", True)
        self._buttons.append(button)
        return button
