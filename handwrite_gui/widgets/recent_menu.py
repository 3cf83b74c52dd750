"""The menu of files that were opened lately."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handwrite_gui.widgets.theme import SPACING

#: So many files are listed, each at most so many digits wide.
MOST_LISTED, MOST_WIDE = 10, 60


class RecentMenu(QMenu):
    """Files that are still there by their names, newest first, and what forgets them.

    Signals:
        chosen: A list of one path.
        gone: The path of a file that was chosen and is there no more.
        cleared: A person wants none of them listed any more.
    """

    chosen = Signal(list)
    gone = Signal(Path)
    cleared = Signal()

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
        there = (path for path in map(Path, self._recent) if os.path.exists(path))
        listed = list(islice(there, MOST_LISTED))
        metrics = self.fontMetrics()
        wide = MOST_WIDE * metrics.horizontalAdvance("0")
        for path, name in zip(listed, names_of(listed), strict=True):
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, wide)
            action = self.addAction(shown.replace("&", "&&"))
            action.setToolTip(str(path))
            action.setData(str(path))
        if listed:
            self.addSeparator()
            self.addAction("&Clear this list")
        else:
            self.addAction("None yet").setEnabled(False)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if not action.data():
            self.cleared.emit()
        elif os.path.exists(action.data()):
            self.chosen.emit([Path(action.data())])
        else:
            self.gone.emit(Path(action.data()))


def names_of(paths: Sequence[Path]) -> list[str]:
    """Name files, those of one name with as much of their folders as tells them apart."""
    return [_named(path, [other for other in paths if other.name == path.name]) for path in paths]


def _named(path: Path, of_one_name: Sequence[Path]) -> str:
    if len(of_one_name) == 1:
        return path.name
    for depth in range(1, len(path.parent.parts) + 1):
        end = path.parent.parts[-depth:]
        if sum(other.parent.parts[-depth:] == end for other in of_one_name) == 1:
            return f"{path.name} ({Path(*end)})"
    return f"{path.name} ({path.parent})"
