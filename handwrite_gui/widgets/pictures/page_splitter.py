"""The lists of the Pictures page and the picture, as there is room for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from handwrite_gui.widgets.pictures.list_panel import ListPanel
from handwrite_gui.widgets.theme import SPACING


class PageSplitter(QSplitter):
    """Lays lists and picture beside each other, or above where there is no room beside it.

    Args:
        panel: The list of pictures.
        numbers: The list of the current picture's Numbers, hidden at first.
        shown: The current picture.

    Thread:
        The window's.
    """

    def __init__(self, panel: ListPanel, numbers: QWidget, shown: QWidget) -> None:
        # The narrower form until it is seen: the other would widen the window for good.
        super().__init__(Qt.Orientation.Vertical)
        self._panel = panel
        self._lists = QSplitter(Qt.Orientation.Horizontal)
        for splitter in (self, self._lists):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(2 * SPACING)
        self._lists.addWidget(panel)
        self._lists.addWidget(numbers)
        self._lists.setStretchFactor(0, 1)
        self._lists.setStretchFactor(1, 3)
        numbers.hide()
        self.addWidget(self._lists)
        self.addWidget(shown)
        self.setStretchFactor(1, 1)

    def arrange(self, room: int) -> None:
        """Lay them out for so many pixels across."""
        is_narrow = room < 2 * self._panel.list.sizeHint().width() + 9 * SPACING
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.setOrientation(down if is_narrow else across)
        self._lists.setOrientation(across if is_narrow else down)
        self._panel.lay_buttons_out(room, is_stacked=is_narrow)
