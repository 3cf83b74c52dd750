"""The Draw page's layout: the paper with its tools, what is below it, and the answer beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from handwrite_gui.widgets.action_button import ActionButton
from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.theme import SPACING


class PageLayout:
    """Places the page's widgets, for a right hand or a left one."""

    def __init__(self) -> None:
        self._columns, self._paper_row = QHBoxLayout(), QHBoxLayout()
        self._tools, self._below = QHBoxLayout(), QHBoxLayout()
        self._gap = 0

    def add_tools(self, buttons: QWidget) -> None:
        """Place the tools' buttons by the paper; before `place`, for Tab goes to them first."""
        self._paper_row.insertWidget(0, buttons)

    def add_actions(
        self, undo: QAction, redo: QAction, replay: QAction, clear: QAction, predict: QAction
    ) -> None:
        """Make a button for each action."""
        tools = self._tools
        tools.setSpacing(SPACING)
        tools.addStretch()
        for action in (undo, redo):
            tools.addWidget(_button(action))
        tools.addSpacing(SPACING)
        tools.addWidget(ActionButton(clear))
        self._gap = tools.count()
        tools.addStretch()
        main = ActionButton(predict)
        main.setProperty("accent", True)
        main.setIcon(icon("predict", on_accent=True))
        tools.addWidget(main)
        play = _button(replay)
        play.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._below.addStretch()
        self._below.addWidget(play)

    def place(
        self,
        page: QWidget,
        paper: QWidget,
        beneath: Iterable[QWidget],
        switch: QWidget,
        answer: QWidget,
    ) -> None:
        """Place everything on the page.

        Args:
            page: The page.
            paper: What takes all the room there is.
            beneath: From top to bottom.
            switch: Below the buttons.
            answer: Beside all that.
        """
        self._paper_row.setSpacing(SPACING)
        self._paper_row.addWidget(paper, 1)
        left = QVBoxLayout()
        left.setSpacing(SPACING)
        left.addLayout(self._paper_row, 1)
        for widget in beneath:
            left.addWidget(widget)
        left.addLayout(self._tools)
        self._below.insertWidget(0, switch)
        left.addLayout(self._below)
        page.setLayout(self._columns)
        self._columns.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        self._columns.setSpacing(3 * SPACING)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(answer)
        self.set_left_handed(False)

    def set_left_handed(self, on: bool) -> None:
        """Lay the answer at the left and the tools at the right, clear of a left hand that writes.

        What is written from left to right stays so.
        """
        direction = QBoxLayout.Direction
        for row in (self._columns, self._paper_row, self._below):
            row.setDirection(direction.RightToLeft if on else direction.LeftToRight)
        self._tools.setStretch(0, int(on))
        self._tools.setStretch(self._gap, int(not on))


def _button(action: QAction) -> QToolButton:
    button = IconButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    return button
