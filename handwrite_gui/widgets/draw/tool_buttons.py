"""The buttons of the tools."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.theme import SPACING


class ToolButtons(QWidget):
    """A button for each tool of the canvas below each other, and for each way to work with them.

    Thread:
        The window's.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING // 2)
        modes = actions.erase_parts, actions.digit_after_digit
        for action in (actions.pen, actions.eraser, actions.select, *modes):
            if action in modes:
                column.addSpacing(SPACING)
            button = IconButton()
            button.setDefaultAction(action)
            button.setProperty("tool", True)
            column.addWidget(button)
        column.addStretch()
