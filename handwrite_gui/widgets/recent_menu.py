"""The menu of files that were opened lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handwrite_gui.widgets.theme import SPACING


class RecentMenu(QMenu):
    """Files by their names, newest first.

    Signals:
        chosen: A list of one path.
    """

    chosen = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Open &recent", parent)
        self._recent: list[str] = []
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._on_about_to_show)
        self.triggered.connect(self._on_triggered)

    def set_recent(self, recent: list[str]) -> None:
        """List these paths, newest first."""
        self._recent = recent

    def show_on(self, widget: QWidget) -> None:
        """Show the menu by itself at a widget's corner, ready for Enter or the arrows."""
        self.popup(widget.mapToGlobal(QPoint(2 * SPACING, 2 * SPACING)))
        self.setActiveAction(self.actions()[0])

    @Slot()
    def _on_about_to_show(self) -> None:
        self.clear()
        for path in self._recent:
            action = self.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.setData(path)
        if not self._recent:
            self.addAction("None yet").setEnabled(False)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit([Path(action.data())])
