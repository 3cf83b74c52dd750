"""The menu of themes."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from handwrite_gui.widgets.actions import Actions


class ThemeMenu(QMenu):
    """The themes, the one in force marked.

    Signals:
        chosen: "system", "light" or "dark".
    """

    chosen = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("&Theme", parent)
        self._themes = {
            "system": actions.theme_system,
            "light": actions.theme_light,
            "dark": actions.theme_dark,
        }
        group = QActionGroup(self)
        for action in self._themes.values():
            group.addAction(action)
            self.addAction(action)
        group.triggered.connect(self._on_triggered)

    def mark(self, name: str) -> None:
        """Mark the theme in force."""
        self._themes[name].setChecked(True)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(next(name for name, its in self._themes.items() if its is action))
