"""Kept words: what a person said of pictures before, as the Pictures page shows it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from handwrite_gui.domain.confirming import Word
from handwrite_gui.widgets.pictures.numbers_work import NumbersWork
from handwrite_gui.widgets.pictures.picture_files import PictureFiles
from handwrite_gui.widgets.pictures.reading_progress import Page


class KeptWords(QObject):
    """Brings what is kept of pictures to the page that shows them, and takes it away.

    Args:
        page: Shows the pictures.
        files: All pictures.
        work: Where a person puts their Numbers right.

    Thread:
        The window's.
    """

    def __init__(self, page: Page, files: PictureFiles, work: NumbersWork) -> None:
        super().__init__(work)
        self._page, self._files, self._work = page, files, work

    @Slot(int, object)
    def show(self, key: int, words: tuple[Word, ...]) -> None:
        """Show what a person said of a picture before it was opened this time."""
        entry = self._files.entry(key)
        if entry is None:
            return
        entry.remember(words)
        self._page.show_state(entry, is_read_on=True)
        if entry.history is not None:  # What was said since may have been kept in its place.
            self._work.words_changed.emit(key, entry.history.words)

    @Slot()
    def forget(self) -> None:
        """Keep showing what a person said until now, but not as what is to be kept."""
        self._work.finish_typing()
        for entry in self._files.entries:
            entry.forget_words()
