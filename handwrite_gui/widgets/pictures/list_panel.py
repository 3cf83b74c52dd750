"""The list panel: the picture list, how many there are, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handwrite_gui.widgets.action_button import ActionButton
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.icon_button import WordButton
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.picture_list import PictureList
from handwrite_gui.widgets.theme import SPACING


class ListPanel(QWidget):
    """The picture list and its buttons.

    Signals:
        open_requested: A person wants to choose more pictures.
        remove_requested: The keys of the pictures that a person takes off the list.
        height_changed: More or less is said or offered around the list.
    """

    open_requested = Signal()
    remove_requested = Signal(list)
    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = PictureList()
        self._count = QLabel()
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        #: How far the reading of all pages is, or how it ended.
        self._progress = QLabel()
        self._progress.setWordWrap(True)
        self._progress.setTextFormat(Qt.TextFormat.PlainText)
        #: What could not be read: one line, for the list needs the room.
        self._failed = ElidedLabel()
        for label in (self._progress, self._failed):
            label.hide()
        add = WordButton(icon("open"), "Open…")
        add.setToolTip("Open more pictures")
        self._remove = WordButton(icon("close"), "Remove")
        self._remove.setToolTip(
            "Take the chosen pictures off this list (Delete); the files stay, Undo brings them back"
        )
        self._remove.setEnabled(False)
        remove_all = QPushButton("Remove all")
        remove_all.setToolTip("Empty this list; the files stay")
        self._in_row: list[QPushButton] = [add, self._remove, remove_all]
        #: What these say where there is room; elsewhere their icons are all that is seen.
        self._words: dict[QPushButton, str] = {each: each.text() for each in (add, self._remove)}
        for button, word in self._words.items():
            button.setAccessibleName(word)
        #: What there is for these across, where that is more than the list's own width.
        self._room = 0
        removes = QHBoxLayout()
        removes.setSpacing(SPACING)
        removes.addWidget(self._remove, 1)
        removes.addWidget(remove_all, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._buttons.setSpacing(SPACING)
        self._adds = QHBoxLayout()
        self._adds.setSpacing(SPACING)
        self._adds.addWidget(add, 1)
        self._buttons.addLayout(self._adds, 1)
        self._buttons.addLayout(removes, 2)
        self._read_all: ActionButton | None = None
        self._read_all_shown: tuple[str, str, str, bool] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._count)
        layout.addWidget(self._progress)
        layout.addWidget(self._failed)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._buttons)
        add.clicked.connect(self.open_requested)
        self._remove.clicked.connect(self._on_remove)
        remove_all.clicked.connect(self._on_remove_all)
        self.list.remove_requested.connect(self._on_remove)
        self.list.itemSelectionChanged.connect(self._on_selection_changed)

    def show_count(self, files: Iterable[PictureFile]) -> None:
        """Say how many pictures there are, and how many of them are not done or went wrong."""
        shown = [file.shown for file in files]
        failed = sum(entry.error is not None for entry in shown)
        opening = sum(not entry.is_opened and entry.error is None for entry in shown)
        parts = ["1 picture" if len(shown) == 1 else f"{len(shown)} pictures"]
        if opening:
            parts.append(f"{opening} to open")
        if failed:
            parts.append(f"{failed} failed")
        self._count.setText(", ".join(parts))

    def add_read_all(self, action: QAction) -> None:
        """Give a button to what reads all pages; it is seen while that can be done or stopped."""
        self._read_all = ActionButton(action)
        self._adds.addWidget(self._read_all, 1)
        self._read_all.hide()

    def show_read_all(self, text: str, progress: str, failed: str, *, can_do: bool) -> None:
        """Say how far the reading of all pages is.

        Args:
            text: What the button does now.
            progress: How far it is, or how it ended; empty for nothing.
            failed: What could not be read; empty for nothing.
            can_do: Whether the button does anything; if not, it is hidden.
        """
        shown = text, progress, failed, can_do
        if self._read_all is None or shown == self._read_all_shown:
            return
        self._read_all_shown = shown
        if self._read_all.hasFocus() and not can_do:
            self.list.setFocus()  # Qt would go anywhere.
        self._read_all.setText(text)
        if can_do == self._read_all.isHidden():
            (self._in_row.append if can_do else self._in_row.remove)(self._read_all)
            # First, for one row of all of them would widen the window.
            self.lay_buttons_out(self._room, is_stacked=self._room > 0)
        self._read_all.setVisible(can_do)
        self._buttons.setStretch(0, 2 if can_do else 1)
        self._progress.setText(progress)
        self._measure()
        self._progress.setVisible(bool(progress))
        self._failed.show_text(failed)
        self._failed.setVisible(bool(failed))
        self.height_changed.emit()

    def wanted_height(self, most: int) -> int:
        """The height at which all pictures are seen, in pixels; anything above `most` for more."""
        around = self.sizeHint().height() - self.list.sizeHint().height()
        return around + self.list.wanted_height(most)

    def lay_buttons_out(self, room: int, *, is_stacked: bool) -> None:
        """Lay the buttons out in one row where the panel lies on the picture and there is room.

        Each row takes height from the picture: some are icons before there are two.
        """
        self._room = room if is_stacked else 0
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        advance, row, words = self.fontMetrics().horizontalAdvance, 2 * SPACING, 0
        for button in self._in_row:
            row += button.sizeHint().width() + SPACING
            word = advance(self._words.get(button, ""))
            words += word
            row += 0 if button.text() else word
        fits_as_icons = row - words < self._room <= row
        for button, text in self._words.items():
            button.setText("" if fits_as_icons else text)
        self._buttons.setDirection(across if row - words < self._room else down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break what is said into other lines."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        # A splitter asks for no height at a width: the last lines would be taken from all others.
        height = self._progress.heightForWidth(self.width())  # -1 where nothing is said.
        self._progress.setMinimumHeight(max(height, 0))

    @Slot()
    def _on_remove(self) -> None:
        self.list.setFocus()  # With none left to remove the button is off: Qt would go anywhere.
        self.remove_requested.emit(self.list.selected_keys)

    @Slot()
    def _on_remove_all(self) -> None:
        self.remove_requested.emit(self.list.keys)

    @Slot()
    def _on_selection_changed(self) -> None:
        self._remove.setEnabled(bool(self.list.selected_keys))
