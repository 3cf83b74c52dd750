"""The contents of Help: its headings in a list beside the text, or above it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from handwrite_gui.widgets.theme import SPACING

#: Wide enough for most headings; longer ones have two lines.
_WIDE = 24
#: Qt's own bound, QWIDGETSIZE_MAX.
_NO_BOUND = 16_777_215
#: So many headings are seen above the text; the others are scrolled to.
_ROWS_ABOVE = 3


class HelpContents(QListWidget):
    """Headings, of which one is gone to by a click or Enter.

    Signals:
        chosen: Which of the headings is to be gone to, from 0.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSpacing(SPACING // 4)
        self.viewport().setAutoFillBackground(False)  # On the page's own ground, as the text is.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Contents")
        self.setAccessibleDescription("Enter goes to the heading.")
        self.itemClicked.connect(self._on_item_chosen)
        self.itemActivated.connect(self._on_item_chosen)

    def show_headings(self, headings: Iterable[str]) -> None:
        """List these headings; the current one stays where it is."""
        current = self.currentRow()
        self.clear()
        self.addItems(list(headings))
        self.setCurrentRow(current)

    def stand(self, *, is_above: bool) -> None:
        """Take the room that there is beside the text, or above it."""
        row = max(self.sizeHintForRow(0), self.fontMetrics().height()) + 2 * self.spacing()
        rows = _ROWS_ABOVE * row + 2 * self.frameWidth()
        self.setMaximumHeight(rows if is_above else _NO_BOUND)
        self.setMaximumWidth(_NO_BOUND if is_above else self.sizeHint().width())

    def sizeHint(self) -> QSize:
        """As wide as most headings."""
        return QSize(self.fontMetrics().horizontalAdvance("0") * _WIDE, super().sizeHint().height())

    @Slot(QListWidgetItem)
    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.row(item))
