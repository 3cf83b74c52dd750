"""What the Pictures page shows: lists, picture and answer, as there is room for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.pictures.list_panel import ListPanel
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel
from handwrite_gui.widgets.pictures.page_splitter import PageSplitter
from handwrite_gui.widgets.theme import SPACING

#: Between the picture and the answer.
_BETWEEN = 3 * SPACING


class PageContent(QWidget):
    """Lays the lists beside the picture, or above it where there is no room, as at 200 % text.

    In a small window the answer gives way to the picture, too, until each has half of it.

    Args:
        panel: The list of pictures.
        numbers: The current picture's Numbers.
        shown: The current picture.
        answer: What is told of one of its digits; its width changes with the window's only.

    Signals:
        lists_share_changed: The share of the width that a person gives the lists, above 0 and
            below 1.

    Thread:
        The window's.
    """

    lists_share_changed = Signal(float)

    def __init__(
        self, panel: ListPanel, numbers: NumbersPanel, shown: QWidget, answer: AnswerScroll
    ) -> None:
        super().__init__()
        self._answer, self._numbers = answer, numbers
        self._splitter = PageSplitter(panel, numbers, shown, answer)
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(_BETWEEN)
        beside.addWidget(self._splitter, 1)
        beside.addWidget(self._splitter.answer_column)
        self._splitter.splitterMoved.connect(self._on_moved)

    def set_lists_share(self, share: float) -> None:
        """Give the lists this share of the width, or with 0 just what they need."""
        self._splitter.set_lists_share(share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        half = (self.width() - _BETWEEN) // 2
        self._answer.limit(max(half, self._numbers.minimumSizeHint().width()))
        self._splitter.arrange(self.width() - self._answer.width())

    @Slot()
    def _on_moved(self) -> None:
        share = self._splitter.lists_share
        if share:
            self.lists_share_changed.emit(share)
