"""The Pictures page: the opened pictures, the current one large, and beside it the answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.domain.confirming import Word
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.digit_keys import DigitKeys
from handwrite_gui.widgets.pictures.elided_label import ElidedLabel
from handwrite_gui.widgets.pictures.empty import EmptyPictures
from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.list_panel import ListPanel
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel
from handwrite_gui.widgets.pictures.numbers_work import NumbersWork
from handwrite_gui.widgets.pictures.picture_view import PictureView
from handwrite_gui.widgets.pictures.preview import preview
from handwrite_gui.widgets.theme import SPACING, font

LOADING = "It is read as soon as the model is loaded."
READING = "Reading…"


class PicturesPage(DigitKeys):
    """Where pictures are shown, read and put right.

    Each picture is listed with `add_picture`; `show_picture` and `show_reading`, or `show_error`,
    follow. What comes for a picture that was removed meanwhile is ignored.

    Signals:
        open_requested: A person wants to choose pictures.
        removed: The key of a picture that was taken off the page.
    """

    open_requested = Signal()
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[int, Entry] = {}
        self._waiting = LOADING
        #: Whether the next picture to be opened is gone to: the first of those added last.
        self._goes_to_next = False
        self._empty = EmptyPictures()
        self._panel = ListPanel()
        self._list = self._panel.list
        self._name = ElidedLabel()
        self._view = PictureView()
        self._caption = QLabel()
        self._answer = AnswerPanel()
        self.numbers = NumbersPanel()
        self.work = NumbersWork(self.numbers, self._view, self._answer)
        self._lay_out()
        self._empty.open_requested.connect(self.open_requested)
        self._panel.open_requested.connect(self.open_requested)
        self._panel.remove_requested.connect(self._on_remove_requested)
        self._list.currentItemChanged.connect(self._on_current_changed)
        self._list.digit_typed.connect(self.work.take_digit)
        self.digit_typed.connect(self.work.take_digit)
        self.work.words_changed.connect(self._on_words_changed)

    # What is shown

    def add_picture(self, key: int, name: str) -> None:
        """List a picture that is being opened; the one shown stays until it is."""
        self._entries[key] = Entry(key, name)
        self._list.add(key, name)
        self._goes_to_next = True
        self._update(key)
        self._pages.setCurrentWidget(self._content)

    def show_picture(self, key: int, picture: Picture) -> None:
        """Show a picture that was opened."""
        entry = self._entries.get(key)
        if entry is None:
            return
        entry.image, entry.size_px = preview(picture), picture.size
        self._list.show_thumbnail(key, entry.image)
        self._update(key)
        if self._goes_to_next:
            self._goes_to_next = False
            self._list.make_current(key)

    def show_reading(self, key: int, reading: Reading) -> None:
        """Show what was read in a picture."""
        entry = self._entries.get(key)
        if entry is None:
            return
        entry.take(reading)
        self._update(key)
        if entry is self._current and entry.is_one_digit:
            self._answer.announce()
        elif entry is self._current:
            announce(self, f"{entry.name}: {entry.status(self._waiting)}")

    def show_words(self, key: int, words: tuple[Word, ...]) -> None:
        """Show what a person said of a picture before it was opened this time."""
        if key in self._entries:
            self._entries[key].remember(words)
            self._update(key)

    def show_error(self, key: int, sentence: str) -> None:
        """Say why a picture could not be opened or read; the one shown stays."""
        if key not in self._entries:
            return
        self._entries[key].error = sentence
        self._update(key)
        self._list.bring_into_view(key)
        if self._list.current_key is None:
            self._list.make_current(key)
            self._goes_to_next = True  # There is no good one yet.

    def show_ready(self) -> None:
        """The model can answer from now on."""
        self._wait_for(READING)

    def show_failure(self, sentence: str) -> None:
        """Say why opened pictures are not read."""
        self._wait_for(sentence)

    def current_text(self) -> str:
        """What the current picture says, as text; empty where that is nothing."""
        entry = self._current
        return entry.text if entry else ""

    def copy(self) -> str:
        """Copy what the current picture says, a line for each row; return what to say of it."""
        text = self.current_text()
        if not text:
            return ""
        QGuiApplication.clipboard().setText(text)
        numbers = self._current.numbers if self._current else ()
        return f"Copied: {text}" if len(numbers) == 1 else f"Copied {len(numbers)} Numbers."

    @property
    def current_key(self) -> int | None:
        """The key of the picture that is shown, or None."""
        entry = self._current
        return entry.key if entry else None

    def readings(self) -> dict[int, Reading]:
        """What was read in each picture, as a person put it right, by the pictures' keys."""
        entries = self._entries.values()
        return {entry.key: entry.reading for entry in entries if entry.reading and entry.numbers}

    @property
    def _current(self) -> Entry | None:
        key = self._list.current_key
        return None if key is None else self._entries.get(key)

    def _wait_for(self, what: str) -> None:
        self._waiting = what
        for key in self._entries:
            self._update(key)

    def _update(self, key: int) -> None:
        entry = self._entries[key]
        self._list.show_status(key, entry.status(self._waiting), is_failed=bool(entry.error))
        self._show_count()
        if entry is self._current:
            self._show_current()

    def _show_count(self) -> None:
        entries = self._entries.values()
        failed = sum(entry.error is not None for entry in entries)
        opening = sum(not entry.is_opened and entry.error is None for entry in entries)
        self._panel.show_count(len(entries), opening, failed)

    def _show_current(self) -> None:
        entry = self._current
        if entry is None:
            self._name.show_text("")
            self._view.show_message("")
            self._caption.clear()
            self.work.show(None, "")
            return
        self._name.show_text(entry.name)
        if entry.is_opened:
            self._view.show_image(entry.image, entry.size_px, entry.name)
        else:
            self._view.show_message(entry.status(self._waiting))
        self._caption.setText(entry.caption())
        self.work.show(entry, self._waiting)

    # What a person does

    @Slot()
    def remove_all(self) -> None:
        """Empty the list."""
        self._on_remove_requested(self._list.keys)

    @Slot()
    def _on_current_changed(self) -> None:
        # The focus alone makes the first one current, but does not choose it.
        if self._list.selected_keys:
            self._goes_to_next = False
        self._show_current()

    @Slot(list)
    def _on_remove_requested(self, keys: list[int]) -> None:
        for key in keys:
            self._list.remove(key)
        for key in keys:
            del self._entries[key]
            self.removed.emit(key)
        self._show_count()
        if not self._entries:
            self._pages.setCurrentWidget(self._empty)
            self._empty.setFocus()

    @Slot(int)
    def _on_words_changed(self, key: int) -> None:
        entry = self._entries[key]
        self._list.show_status(key, entry.status(self._waiting), is_failed=bool(entry.error))
        self._caption.setText(entry.caption())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list above the picture where there is no room beside it, as at 200 % text."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()
            self._arrange()

    def _measure(self) -> None:
        # Two lines, so that the picture does not move when the second is needed.
        self._caption.setMinimumHeight(2 * self._caption.fontMetrics().lineSpacing())

    def _arrange(self) -> None:
        room = self.width() - self._answer_place.width()
        is_narrow = room < 2 * self._list.sizeHint().width() + 9 * SPACING
        orientation = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        self._splitter.setOrientation(orientation)
        self._panel.lay_buttons_out(room, is_stacked=is_narrow)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._lists.setOrientation(across if is_narrow else down)

    def _lay_out(self) -> None:
        self._name.setFont(font("heading"))
        self._caption.setWordWrap(True)
        self._caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._measure()
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown = QWidget()
        stack = QVBoxLayout(shown)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(SPACING)
        stack.addWidget(self._name)
        stack.addWidget(self._view, 1)
        stack.addWidget(self._caption)
        # The narrower form until it is seen: the other would widen the window for good.
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(2 * SPACING)
        self._lists = QSplitter(Qt.Orientation.Horizontal)
        self._lists.setChildrenCollapsible(False)
        self._lists.setHandleWidth(2 * SPACING)
        self._lists.addWidget(self._panel)
        self._lists.addWidget(self.numbers)
        self._lists.setStretchFactor(0, 1)
        self._lists.setStretchFactor(1, 3)
        self.numbers.hide()
        self._splitter.addWidget(self._lists)
        self._splitter.addWidget(shown)
        self._splitter.setStretchFactor(1, 1)
        self._answer_place = AnswerScroll(self._answer)
        self._content = QWidget()
        beside = QHBoxLayout(self._content)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(3 * SPACING)
        beside.addWidget(self._splitter, 1)
        beside.addWidget(self._answer_place)
        margins = QVBoxLayout(self)
        margins.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        self._pages = QStackedLayout()
        margins.addLayout(self._pages)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._content)
        self.setFocusProxy(self._list)
