"""Where data lies: a list of files and folders that can be copied and opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from handwrite_gui.widgets.notice import Notice
from handwrite_gui.widgets.theme import SPACING


class PlacesList(QWidget):
    """A row for each place: its name, its path, and a button that opens the folder.

    Thread:
        The window's.
    """

    def __init__(self, places: Sequence[tuple[str, Path]], parent: QWidget | None = None) -> None:
        """Make the list.

        Args:
            places: What lies there, as it is to be shown, and where; it need not exist yet.
            parent: Owner of this widget.
        """
        super().__init__(parent)
        self._notice = Notice(self)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for row, (name, path) in enumerate(places):
            shown = QLineEdit(str(path), self)
            shown.setReadOnly(True)
            shown.setCursorPosition(0)
            label = QLabel(name, self)
            label.setBuddy(shown)
            button = QPushButton("Open folder", self)
            button.setAccessibleName(f"Open folder of: {name}")
            button.clicked.connect(partial(self._open, path))
            for column, widget in enumerate((label, shown, button)):
                layout.addWidget(widget, row, column)
            shown.setAccessibleName(name)
            shown.setToolTip(str(path))
        layout.addWidget(self._notice, len(places), 0, 1, 3)

    def _open(self, path: Path) -> None:
        # A folder is made only when something is written; until then the next higher one is shown.
        folder = next(place for place in (path, *path.parents) if place.is_dir())
        self._notice.clear()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self._notice.say(
                f"The folder {folder} cannot be opened from here: copy its path to a file browser."
            )
