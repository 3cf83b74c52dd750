"""A button with a word that does what an action does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from handwrite_gui.widgets.icon_button import icon_size


class ActionButton(QPushButton):
    """A button for an action: enabled and checked when it is; its tooltip names the key of now.

    Thread:
        The window's.
    """

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action.icon(), action.iconText(), parent)
        self._action = action
        self.setIconSize(icon_size())
        self.setCheckable(action.isCheckable())
        self._on_changed()
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setIconSize(icon_size())

    @Slot()
    def _on_changed(self) -> None:
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
