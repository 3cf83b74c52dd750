"""A button with a word that does what an action does."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handwrite_gui.widgets.icon_button import WordButton


class ActionButton(WordButton):
    """A button for an action: enabled and checked when it is; its tooltip names the key of now.

    Thread:
        The window's.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action.icon(), action.iconText(), parent)
        self._action = action
        self.setCheckable(action.isCheckable())
        self._on_changed()
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
