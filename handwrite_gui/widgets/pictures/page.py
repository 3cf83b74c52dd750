"""The Pictures page: the opened pictures, the current one large, and beside it the answer."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.digit_keys import DigitKeys
from handwrite_gui.widgets.pictures.empty import EmptyPictures
from handwrite_gui.widgets.pictures.entry import READING, Entry
from handwrite_gui.widgets.pictures.fitting import thumbnail
from handwrite_gui.widgets.pictures.held_pixels import let_far_go
from handwrite_gui.widgets.pictures.kept_words import KeptWords
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.list_panel import ListPanel
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel
from handwrite_gui.widgets.pictures.numbers_work import NumbersWork
from handwrite_gui.widgets.pictures.page_content import PageContent
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.picture_files import PictureFiles
from handwrite_gui.widgets.pictures.reading_progress import ReadingProgress
from handwrite_gui.widgets.pictures.removal import Removal
from handwrite_gui.widgets.pictures.shown_picture import ShownPicture
from handwrite_gui.widgets.theme import SPACING

LOADING = "It is read as soon as the model is loaded."


class PicturesPage(DigitKeys):
    """Where pictures are shown, read and put right.

    Each picture is listed with `add_picture`; `show_picture` and `show_reading`, or `show_error`,
    follow. What comes for a picture that was removed meanwhile is ignored.

    Attributes:
        files: All pictures.
        panel: Their list, and what can be done with all of them.
        list: Their list.
        removal: Takes them off the page.
        progress: Says how far their reading has come.
        words: Brings back what a person said of them before.

    Signals:
        open_requested: A person wants to choose pictures.
    """

    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = PictureFiles()
        self._waiting = LOADING
        #: Whether the next picture to be opened is gone to: the first of those added last.
        self._goes_to_next = False
        self.empty = EmptyPictures()
        self.panel = ListPanel()
        self.list = self.panel.list
        self.shown = ShownPicture()
        self._answer = AnswerPanel()
        self.numbers = NumbersPanel()
        self.work = NumbersWork(self.numbers, self.shown.view, self._answer)
        self._lay_out()
        self.removal = Removal(self.files, self.list)
        self.empty.open_requested.connect(self.open_requested)
        self.empty.back_requested.connect(self.bring_back)
        self.panel.open_requested.connect(self.open_requested)
        self.panel.remove_requested.connect(self.remove)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.digit_typed.connect(self.work.take_digit)
        self.digit_typed.connect(self.work.take_digit)
        self.work.words_changed.connect(self._on_words_changed)
        self.work.corrected.connect(self.removal.count_act)
        self.shown.page_turned.connect(self._on_page_turned)
        self.shown.undone.connect(self._on_undone)
        self.progress = ReadingProgress(self, self)
        self.words = KeptWords(self, self.files, self.work)

    # What is shown

    def add_picture(self, key: int, name: str) -> None:
        """List a picture that is being opened; the one shown stays until it is."""
        self.removal.end()
        self.files.add(Entry(key, name))
        self.list.add(key, name)
        self._goes_to_next = True
        self._update(key)
        self._pages.setCurrentWidget(self._content)

    def add_excerpt(self, key: int, new: int, excerpt: Excerpt, *, is_shown: bool = True) -> None:
        """Show another page of a picture's file, or the picture changed, as soon as it is opened.

        Args:
            key: Of the picture.
            new: Of the other one.
            excerpt: What that is of the file.
            is_shown: False for a page that is read while others are shown.
        """
        file = self.files[key]
        if file.entry(excerpt.page):
            self.removal.count_act()
        for undone in file.forget_undone(excerpt.page):
            self.removal.forget(undone.key)
        self.files.add(Entry(new, file.shown.name, excerpt), file, is_shown=is_shown)
        self._update(new)

    def show_picture(self, key: int, picture: Picture) -> None:
        """Show a picture that was opened."""
        entry = self.entry(key)
        if entry is None:
            return
        file, levels = self.files[key], Levels.of(picture)
        # Others may be opened meanwhile: to be read and not shown, or once more.
        is_next = self._goes_to_next and entry is file.shown and not entry.is_opened
        entry.open(levels.small())
        file.page_count = picture.page_count
        entry.is_one_of_many = picture.page_count > 1
        if is_next or (file is self._current_file and entry is file.seen):
            self.shown.show_pixels(key, levels)
        if entry is file.shown:
            self._show_thumbnail(file)
        self._update(key)
        if is_next:
            self._goes_to_next = False
            self.list.make_current(file.key)
        let_far_go(self.files, self._current_file)

    def show_reading(self, key: int, reading: Reading) -> None:
        """Show what was read in a picture."""
        entry = self.entry(key)
        if entry is None:
            return
        entry.take(reading)
        self._update(key)
        if entry is self._current and entry.is_one_digit:
            self._answer.announce()
        elif entry is self._current:
            announce(self, f"{entry.name}: {entry.status(self._waiting)}")

    def show_error(self, key: int, sentence: str) -> None:
        """Say why a picture could not be opened or read; what is shown or read already stays."""
        entry = self.entry(key)
        if entry is None or not entry.fail(sentence):
            return
        self._update(key)
        if entry is not self.files[key].shown:
            return
        self.list.bring_into_view(self.files[key].key)
        if self.list.current_key is None:
            self.list.make_current(key)
            self._goes_to_next = True  # There is no good one yet.

    def show_ready(self) -> None:
        """The model can answer from now on."""
        self._wait_for(READING)

    def show_failure(self, sentence: str) -> None:
        """Say why opened pictures are not read."""
        self._wait_for(sentence)

    def entry(self, key: int) -> Entry | None:
        """The entry of a picture, or None where it was removed."""
        return self.files.entry(key)

    def current_text(self) -> str:
        """What the current picture says, as text; empty where that is nothing."""
        entry = self._current
        return entry.text if entry else ""

    @property
    def current_key(self) -> int | None:
        """The key of the picture that is shown, or None."""
        entry = self._current
        return entry.key if entry else None

    @property
    def _current_file(self) -> PictureFile | None:
        return self.files.file(self.list.current_key)

    @property
    def _current(self) -> Entry | None:
        file = self._current_file
        return file.shown if file else None

    def _wait_for(self, what: str) -> None:
        self._waiting = what
        for entry in self.files.entries:
            self._update(entry.key)

    def _update(self, key: int) -> None:
        file = self.files[key]
        self._show_status(file)
        self.panel.show_count(self.files)
        if file is self._current_file and file.shown.key == key:
            self._show_current()

    def show_state(self, entry: Entry, *, is_read_on: bool) -> None:
        """Say how far a picture has come.

        Args:
            entry: Of the picture.
            is_read_on: Whether there are more Numbers than before, which are to be shown.
        """
        file = self.files[entry.key]
        if is_read_on:
            self._update(entry.key)
        elif file.shown is entry:
            self._show_status(file)
            if file is self._current_file:
                self.shown.show_file(file, self._waiting)

    def _show_status(self, file: PictureFile) -> None:
        entry = file.shown
        self.list.show_status(file.key, entry.status(self._waiting), is_failed=bool(entry.error))

    def _show_thumbnail(self, file: PictureFile) -> None:
        if file.shown.has_pixels:
            file.thumbnail = thumbnail(file.shown.levels.thumbnail())
        if file.thumbnail is not None:
            self.list.show_thumbnail(file.key, file.thumbnail)

    def _show_current(self) -> None:
        self.shown.show_file(self._current_file, self._waiting)
        self.work.show(self._current, self._waiting)

    # What a person does

    @Slot()
    def remove_all(self) -> None:
        """Empty the list."""
        self.remove(self.list.keys)

    @Slot()
    def _on_current_changed(self) -> None:
        # The focus alone makes the first one current, but does not choose it.
        if self.list.selected_keys:
            self._goes_to_next = False
        self._show_current()

    @Slot(list)
    def remove(self, keys: list[int], *, for_good: bool = False) -> None:
        """Take pictures off the list; they can be brought back, or not."""
        self.work.finish_typing()
        self.removal.remove(keys, for_good=for_good)
        self.panel.show_count(self.files)
        if not len(self.files):
            self.empty.offer_back(self.removal.count)
            self._pages.setCurrentWidget(self.empty)
            self.empty.setFocus()
            self.work.changed.emit()

    @Slot()
    def bring_back(self) -> None:
        """Show the pictures again that were removed last, if others were not opened since."""
        is_empty, files = not len(self.files), self.removal.undo()
        for file in files:
            self._show_thumbnail(file)
            self._update(file.shown.key)
        if files and is_empty:
            self._pages.setCurrentWidget(self._content)
            self.list.setFocus()

    @Slot(int)
    def _on_undone(self, key: int) -> None:
        self.work.finish_typing()
        self.removal.forget(key)
        self._on_page_turned()

    @Slot()
    def _on_page_turned(self) -> None:
        if file := self._current_file:
            self._show_thumbnail(file)
            self._update(file.shown.key)

    @Slot(int)
    def _on_words_changed(self, key: int) -> None:
        file = self.files[key]
        self._show_status(file)
        if file is self._current_file:
            self.shown.show_file(file, self._waiting)

    def _lay_out(self) -> None:
        answer = AnswerScroll(self._answer)
        self._content = PageContent(self.panel, self.numbers, self.shown, answer)
        self.set_lists_share = self._content.set_lists_share
        self.lists_share_changed = self._content.lists_share_changed
        margins = QVBoxLayout(self)
        margins.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        self._pages = QStackedLayout()
        margins.addLayout(self._pages)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._content)
        self.setFocusProxy(self.list)
