"""The list of opinions: what the model held it to be, one line after each change of mind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from handwrite_gui.domain.opinions import Opinion
from handwrite_gui.widgets.draw.replay.words import describe_opinion
from handwrite_gui.widgets.theme import SPACING

#: About as long as a line is.
_LONGEST = "No digit from 0.00 s, very sure"


class OpinionList(QListWidget):
    """Opinions as text; the one of the moment that is shown is the current one.

    Signals:
        sought: Since when the opinion was held that a person goes to, in ms.
    """

    sought = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opinions: Sequence[Opinion] = ()
        self.setAccessibleName("Changes of mind")
        self.setToolTip("What it was held to be, since when, and how surely at most")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.currentRowChanged.connect(self._on_row)
        self.itemClicked.connect(self._on_clicked)

    def show_opinions(self, opinions: Sequence[Opinion]) -> None:
        """List them; those that are there already stay as they are."""
        self.blockSignals(True)
        self._opinions = opinions
        while self.count() > len(opinions):
            self.takeItem(self.count() - 1)
        for row, opinion in enumerate(opinions):
            text = describe_opinion(opinion, opinions[row - 1] if row else None)
            if row == self.count():
                self.addItem(text)
            elif self.item(row).text() != text:
                self.item(row).setText(text)
        self.blockSignals(False)

    def show_moment(self, moment_ms: float) -> None:
        """Make the opinion of a moment the current one."""
        row = opinion_at(self._opinions, moment_ms)
        if row != self.currentRow():
            self.blockSignals(True)
            self.setCurrentRow(row)
            self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the lines; what types something is the panel's."""
        if event.text().strip() or event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Wide enough for a line; as high as the chart beside it."""
        width = self.fontMetrics().horizontalAdvance(_LONGEST) + 4 * SPACING
        return QSize(width, 6 * SPACING)

    def minimumSizeHint(self) -> QSize:
        """Half a line, for the chart needs its room."""
        return QSize(self.sizeHint().width() // 2, 6 * SPACING)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._opinions):
            self.sought.emit(self._opinions[row].since_ms)

    @Slot()
    def _on_clicked(self) -> None:
        self._on_row(self.currentRow())


def opinion_at(opinions: Sequence[Opinion], moment_ms: float) -> int:
    """Return the index of the opinion held at a moment; -1 where there is none."""
    return sum(opinion.since_ms <= moment_ms for opinion in opinions) - 1
