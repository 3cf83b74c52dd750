"""The shown picture: a file's name, one of its pages large, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.widgets.action_button import ActionButton
from handwrite_gui.widgets.pictures.entry import OPENING, READING
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.picture_view import PictureView
from handwrite_gui.widgets.pictures.title_row import TitleRow
from handwrite_gui.widgets.theme import SPACING

#: Lower than so many lines of text, it has little room.
_LOW_LINES = 12


class ShownPicture(QWidget):
    """Shows a file, and lets a person turn its pages, turn them round, and cut them.

    Signals:
        excerpt_wanted: The key of an entry, and another Excerpt of its file that is to be opened.
        pixels_wanted: The key of an entry of which only reduced pixels are there, or none.
        page_turned: Another entry is to be shown that was opened before.
        undone: The key of an entry that a person wants no more.
        changed: Something else is shown, or can be done.

    Attributes:
        view: The picture.
        can_stop: Whether it is being read.
        can_read_on: Whether that was stopped.

    Thread:
        The window's.
    """

    excerpt_wanted = Signal(int, object)
    pixels_wanted = Signal(int)
    page_turned = Signal()
    undone = Signal(int)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PictureView()
        self._file: PictureFile | None = None
        self._stop: ActionButton | None = None
        #: Offers to turn the page, by the quarters to the right.
        self._turns: dict[int, ActionButton] = {}
        self.can_stop = self.can_read_on = False
        #: The entry of which all pixels are there or asked for, and those, once they are there.
        self._whole_key: int | None = None
        self._whole: Levels | None = None
        self._title, self._caption = TitleRow(), QLabel()
        self._lay_out()
        self.view.page_wanted.connect(self.turn_page)
        self.view.box_changed.connect(self.changed)

    def add_stop(self, action: QAction) -> None:
        """Give a button to what stops the reading; it is seen where that can be done."""
        self._stop = ActionButton(action)
        self._below.addWidget(self._stop, alignment=Qt.AlignmentFlag.AlignTop)
        self._show_stop(READING)

    def add_turns(self, left: QAction, right: QAction) -> None:
        """Give buttons to what turns a page that seems to lie on its side, seen only then."""
        self._turns = {-1: ActionButton(left), 1: ActionButton(right)}
        for button in self._turns.values():
            self._below.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
            button.hide()

    def add_tools(
        self, tools: list[QAction], previous_page: QAction, go_to: QAction, next_page: QAction
    ) -> None:
        """Give buttons to what can be done with the picture."""
        self._title.add_tools(tools, previous_page, go_to, next_page)
        self.view.addActions(tools)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # What is shown

    def show_file(self, file: PictureFile | None, waiting: str) -> None:
        """Show a file, or none.

        Args:
            file: The file.
            waiting: What is said of a picture that is opened and not read yet.
        """
        self._file = file
        if file is None:
            self._title.show_name("")
            self.view.show_message("")
            self._caption.clear()
        else:
            self._show(file, waiting)
        self._title.show_page(self.page, self.page_count)
        self._show_stop(waiting)
        for quarters, button in self._turns.items():
            self._show_button(button, file is not None and file.shown.quarters == quarters)
        self.changed.emit()

    def show_pixels(self, key: int, levels: Levels) -> None:
        """Take all pixels of an entry, which is shown, or is to be shown next."""
        self._whole_key, self._whole = key, levels

    def _show(self, file: PictureFile, waiting: str) -> None:
        entry, seen = file.shown, file.seen
        self._title.show_name(entry.name)
        if seen.is_opened:
            if self._whole_key != seen.key:
                self._whole_key, self._whole = seen.key, None
                if not seen.levels.is_whole:
                    self.pixels_wanted.emit(seen.key)
            # Whoever has a box of it read goes on looking at the same place.
            same = file.key, seen.excerpt.page, seen.excerpt.edits
            levels = self._whole or seen.levels
            if levels.is_empty:
                self.view.show_message(seen.lost or OPENING, same)
            else:
                self.view.show_picture(levels, entry.name, same)
            self.view.show_within(entry.excerpt.within)
            self._caption.setText(entry.caption() if entry.is_opened else entry.status(waiting))
        else:
            self.view.show_message(entry.status(waiting))
            self._caption.clear()  # It is said in the picture's place.

    def _show_stop(self, waiting: str) -> None:
        shown = self._file.shown if self._file else None
        is_begun = shown is not None and (waiting == READING or shown.progress is not None)
        self.can_stop = is_begun and shown is not None and shown.is_being_read
        self.can_read_on = shown is not None and shown.is_stopped
        if self._stop is not None:
            self._stop.setText("Read on" if self.can_read_on else "Stop reading")
            self._show_button(self._stop, self.can_stop or self.can_read_on)

    def _show_button(self, button: QPushButton, is_shown: bool) -> None:
        """Show a button, or hide it and go on with the picture: Qt would go anywhere."""
        if button.hasFocus() and not is_shown:
            self.view.setFocus()
        button.setVisible(is_shown)

    # What a person does

    @property
    def can_edit(self) -> bool:
        """Whether there is a picture that can be turned."""
        is_seen = not self.view.levels.is_empty
        return is_seen and self._file is not None and self._file.shown.is_opened

    @property
    def can_cut(self) -> bool:
        """Whether a box is drawn on it."""
        return self.can_edit and self.view.box is not None

    @property
    def can_undo(self) -> bool:
        """Whether the page was turned or cropped, or a box of it read only."""
        return self._file is not None and self._file.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether that was undone, and can be done again."""
        return self._file is not None and self._file.can_redo

    @property
    def page(self) -> int:
        """Which page of the file is shown, counted from 0."""
        return self._file.page if self._file else 0

    @property
    def page_count(self) -> int:
        """How many pages the file has; 0 where there is none."""
        return self._file.page_count if self._file else 0

    def can_turn_page(self, further: int) -> bool:
        """Whether there is a page so many further on."""
        return 0 <= self.page + further < self.page_count

    @Slot(int)
    def turn_page(self, further: int) -> None:
        """Show the next page (1), the one before (-1), or one further on, if there is one."""
        if self._file is None or not self.can_turn_page(further):
            return
        wanted = self._file.turn_to(self._file.page + further)
        if wanted is not None:
            self.excerpt_wanted.emit(self._file.shown.key, wanted)
        else:
            self.page_turned.emit()

    def turn(self, quarters: int) -> None:
        """Turn the picture by quarters to the right, and have it read again."""
        if self._file is not None and self.can_edit:
            self._want(self._file.shown.excerpt.turned(quarters))

    def crop(self) -> None:
        """Cut off all but the box that is drawn, and have that read."""
        if self._file is not None and self.can_edit and self.view.box is not None:
            shown = self._file.shown
            self._want(shown.excerpt.cropped(self.view.box, shown.levels.size_px))

    def read_box(self) -> None:
        """Have only the box read that is drawn."""
        if self._file is not None and self.can_edit and self.view.box is not None:
            shown = self._file.shown
            self._want(shown.excerpt.reading_only(self.view.box, shown.levels.size_px))

    def undo(self) -> None:
        """Show the page as it was before it was turned or cropped, with what was read then."""
        if self._file is not None and self._file.can_undo:
            gone = self._file.undo()
            if gone is None:
                self.page_turned.emit()
            else:
                self.undone.emit(gone.key)

    def redo(self) -> None:
        """Turn or crop the page again as it was before that was undone."""
        if self._file is not None and self._file.can_redo:
            self._file.redo()
            self.page_turned.emit()

    def _want(self, excerpt: Excerpt) -> None:
        if self._file is not None:
            self.view.clear_box()
            self.view.box_left.emit()
            self.excerpt_wanted.emit(self._file.shown.key, excerpt)

    # The widget

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the picture the room of what is said elsewhere, too, where there is little."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        line = self._caption.fontMetrics().lineSpacing()
        is_low = self.height() < _LOW_LINES * line
        self._title.set_named(not is_low)  # The list has it.
        # Two lines, so that the picture does not move when the second is needed.
        self._caption.setMinimumHeight(line if is_low else 2 * line)

    def _lay_out(self) -> None:
        self._caption.setWordWrap(True)
        self._caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._measure()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(SPACING)
        stack.addWidget(self._title)
        stack.addWidget(self.view, 1)
        self._below = QHBoxLayout()
        self._below.setSpacing(SPACING)
        self._below.addWidget(self._caption, 1)
        stack.addLayout(self._below)
