"""The place button: which page of a file is shown, and the way to another one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget


class PlaceButton(QToolButton):
    """Says which page is shown; an action's own button could not, for its text is the action's.

    Thread:
        The window's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        self.setProperty("field", True)

    def show_place(self, page: int, page_count: int) -> None:
        """Say which page is shown, counted from 0, of how many."""
        self.setText(f"Page {page + 1} of {page_count}")

    def start(self, action: QAction) -> None:
        """Start an action when it is clicked; the tooltip names the action's key of now."""
        self._action = action
        self._on_changed()
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        if self._action is not None:
            self.setToolTip(self._action.toolTip())
            self.setEnabled(self._action.isEnabled())
