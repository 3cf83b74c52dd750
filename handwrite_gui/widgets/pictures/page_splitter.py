"""The lists of the Pictures page and the picture, as there is room for them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from handwrite_gui.widgets.pictures.list_panel import ListPanel
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel
from handwrite_gui.widgets.theme import SPACING

#: The lists have this share of the height where they lie above the picture, or what they need.
SHARE_ABOVE = 0.25
#: The pictures have at least this share of the height that both lists have, if they need it.
LEAST_FOR_PICTURES = 1 / 3


class PageSplitter(QSplitter):
    """Lays lists and picture beside each other, or above where there is no room beside it.

    The Numbers are below the list of pictures, or above the answer where that is narrow. Where they
    need less room than there is, the pictures have it, until a person moves what parts both.

    Args:
        panel: The list of pictures.
        numbers: The current picture's Numbers, hidden at first.
        shown: The current picture.
        answer: What is told of one of its digits.

    Attributes:
        answer_column: What the answer is in, to be laid beside this.

    Thread:
        The window's.
    """

    def __init__(
        self, panel: ListPanel, numbers: NumbersPanel, shown: QWidget, answer: QWidget
    ) -> None:
        # The narrower form until it is seen: the other would widen the window for good.
        super().__init__(Qt.Orientation.Vertical)
        self._panel, self._numbers = panel, numbers
        numbers.hide()
        self._lists, self.answer_column = QSplitter(), QSplitter()
        for splitter in (self._lists, self.answer_column):
            splitter.setOrientation(Qt.Orientation.Vertical)
        for splitter in (self, self._lists, self.answer_column):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(2 * SPACING)
        self._lists.addWidget(panel)
        self.answer_column.addWidget(numbers)
        self.answer_column.addWidget(answer)
        self.addWidget(self._lists)
        self.addWidget(shown)
        self.setStretchFactor(1, 1)
        self._share = 0.0
        self._is_share_due = True
        # The lists may be so narrow only after they were laid out.
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._keep_share)
        self._is_height_chosen = False
        self._heights_soon = QTimer(self, singleShot=True)
        self._heights_soon.timeout.connect(self._share_height)
        self._lists.splitterMoved.connect(self._on_lists_moved)
        for model in (panel.list.model(), numbers.list.model()):
            for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
                changed.connect(self._heights_soon.start)
        panel.list.model().dataChanged.connect(self._heights_soon.start)
        panel.height_changed.connect(self._heights_soon.start)

    @property
    def lists_share(self) -> float:
        """The share of the width that the lists have; 0 where they lie above the picture."""
        lists, shown = self.sizes()
        is_beside = self.orientation() == Qt.Orientation.Horizontal
        return lists / (lists + shown) if is_beside and lists and shown else 0.0

    def set_lists_share(self, share: float) -> None:
        """Give the lists this share of the width, or with 0 just what they need."""
        if share != self.lists_share:
            self._share, self._is_share_due = share, True
            self._soon.start()

    def arrange(self, room: int) -> None:
        """Lay them out for so many pixels across."""
        is_narrow = room < 2 * self._panel.list.sizeHint().width() + 5 * SPACING
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        orientation = down if is_narrow else across
        self._is_share_due |= orientation != self.orientation()
        if (
            not is_narrow
        ):  # First, for one row of buttons beside the picture would widen the window.
            self._panel.lay_buttons_out(room, is_stacked=False)
        self.setOrientation(orientation)
        self._put_numbers_into(self.answer_column if is_narrow else self._lists)
        if is_narrow:
            self._panel.lay_buttons_out(room, is_stacked=True)
        self._heights_soon.start()
        if self._is_share_due:
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the lists their share."""
        super().showEvent(event)
        self._soon.start()
        self._heights_soon.start()

    @Slot()
    def _keep_share(self) -> None:
        if not self._is_share_due or not self.isVisible():
            return
        self._is_share_due = False
        if self.orientation() == Qt.Orientation.Vertical:
            lists = round(SHARE_ABOVE * self.height())
            self.setSizes([lists, self.height() - self.handleWidth() - lists])
            return
        room = self.width() - self.handleWidth()
        least = self._panel.list.sizeHint().width()
        lists = round(self._share * room) if self._share else least
        self.setSizes([lists, room - lists])

    @Slot()
    def _share_height(self) -> None:
        """Give the pictures what they need and the Numbers do not."""
        is_between = self._numbers.parent() is self._lists and not self._numbers.isHidden()
        if self._is_height_chosen or not is_between or not self.isVisible():
            return
        room = self._lists.height() - self._lists.handleWidth()
        left = max(round(LEAST_FOR_PICTURES * room), room - self._numbers.wanted_height)
        pictures = min(self._panel.wanted_height(left), left)
        self._lists.setSizes([pictures, room - pictures])

    @Slot()
    def _on_lists_moved(self) -> None:
        self._is_height_chosen = True

    def _put_numbers_into(self, column: QSplitter) -> None:
        if self._numbers.parent() is column:
            return
        focus = self.window().focusWidget()
        column.insertWidget(column.indexOf(self._panel) + 1, self._numbers)
        column.setSizes([1000, 2000])  # Of the column's height, whatever that is.
        if focus is not None and self._numbers.isAncestorOf(focus):
            focus.setFocus()
