"""The buttons of the tools."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.theme import SPACING


class ToolButtons(QWidget):
    """A button for each tool of the canvas; the eraser's has a menu.

    Thread:
        The window's.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING // 2)
        for action in (actions.pen, actions.eraser, actions.select):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setProperty("tool", True)
            if action is actions.eraser:
                menu = QMenu(button)
                menu.addAction(actions.erase_parts)
                button.setMenu(menu)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
            line.addWidget(button)
