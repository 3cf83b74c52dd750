"""The progress of reading: how far it has come with each picture, while it is read or stopped."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Slot
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.reading import Progress
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.pictures.entry import ON_ITS_SIDE, Entry

#: What was read of a picture is shown so often while more of it is read: more often costs the
#: reading more than it tells.
SHOWN_EVERY_MS = 500


class Page(Protocol):
    """Shows pictures."""

    def entry(self, key: int) -> Entry | None:
        """The entry of a picture, or None where it was removed."""

    def show_state(self, entry: Entry, *, is_read_on: bool) -> None:
        """Say how far a picture has come, and show its Numbers where there are more."""


class ReadingProgress(QObject):
    """Tells a page how far the reading has come.

    Thread:
        The window's.
    """

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._widget = page, parent
        self._since_shown = QElapsedTimer()

    @Slot(int, object)
    def show(self, key: int, progress: Progress) -> None:
        """Show how much of a picture is read, and now and then what."""
        entry = self._page.entry(key)
        if entry is None:
            return
        since = self._since_shown
        is_shown = not since.isValid() or since.hasExpired(SHOWN_EVERY_MS)
        if is_shown:
            since.start()
        entry.go_on(progress, is_shown=is_shown)
        self._page.show_state(entry, is_read_on=is_shown and bool(progress.reading.numbers))

    @Slot(int)
    def show_stopped(self, key: int) -> None:
        """Say that no more of a picture is read."""
        if entry := self._page.entry(key):
            entry.stop()
            self._page.show_state(entry, is_read_on=True)
            announce(self._widget, f"{entry.name}: {entry.status('')}")

    @Slot(int)
    def show_begun_again(self, key: int) -> None:
        """Say that a picture is being read once more."""
        if entry := self._page.entry(key):
            entry.begin_again()
            self._page.show_state(entry, is_read_on=False)

    @Slot(int, str)
    def show_lost(self, key: int, sentence: str) -> None:
        """Say why a picture cannot be seen any more where its pixels were let go."""
        if entry := self._page.entry(key):
            entry.lost = sentence
            self._page.show_state(entry, is_read_on=True)
            if not entry.has_pixels:
                announce(self._widget, sentence)

    @Slot(int, int)
    def show_on_its_side(self, key: int, quarters: int) -> None:
        """Ask whether a picture's page lies on its side, and offer to turn it."""
        if entry := self._page.entry(key):
            entry.quarters = quarters
            self._page.show_state(entry, is_read_on=False)
            announce(self._widget, f"{entry.name}: {ON_ITS_SIDE}")
