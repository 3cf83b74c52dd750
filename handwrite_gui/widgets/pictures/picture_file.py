"""A file on the page: its pages, and what a person did to each of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from PySide6.QtGui import QImage

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.joining import joined
from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.pictures.entry import Entry


class PictureFile:
    """The entries of one file, of which one is shown.

    What was read of a page, and what a person said of it, is kept while others are shown, and so it
    is when a page is turned or cropped, for that can be undone.

    Attributes:
        key: The key of its first entry, and of the file in the list.
        page_count: How many pages it has; 1 until it is opened.
        page: The page that is shown, counted from 0.
        thumbnail: What is seen of it in the list, or None until it is opened.
    """

    def __init__(self, entry: Entry) -> None:
        self.key = entry.key
        self.page, self.page_count = 0, 1
        self.thumbnail: QImage | None = None
        #: For each page its entries, the newest last.
        self._pages = {0: [entry]}
        #: What was undone of each page and can be done again, the last one first.
        self._undone: dict[int, list[Entry]] = {}

    @property
    def shown(self) -> Entry:
        """The entry that is shown."""
        return self._pages[self.page][-1]

    @property
    def seen(self) -> Entry:
        """The entry whose picture is to be seen: until a turned one is opened, the one before."""
        opened = [entry for entry in self._pages[self.page] if entry.is_opened]
        return opened[-1] if opened else self.shown

    @property
    def latest(self) -> list[Entry]:
        """The newest entry of each page that was opened, in the order of the pages."""
        return [self._pages[page][-1] for page in sorted(self._pages)]

    @property
    def can_undo(self) -> bool:
        """Whether the page that is shown was turned or cropped, or a box of it read only."""
        return len(self._pages[self.page]) > 1

    @property
    def can_redo(self) -> bool:
        """Whether something of that was undone, and nothing else was done to the page since."""
        return bool(self._undone.get(self.page))

    def __iter__(self) -> Iterator[Entry]:
        """All entries, also what was undone."""
        for entries in (*self._pages.values(), *self._undone.values()):
            yield from entries

    def entry(self, page: int) -> Entry | None:
        """The newest entry of a page, or None where it was not opened."""
        return self._pages[page][-1] if page in self._pages else None

    def parts(self, page: int) -> list[Entry]:
        """The newest entry of a page of which all is read, and after it those of boxes in it."""
        entries = self._pages[page]
        boxes = takewhile(lambda entry: entry.excerpt.within is not None, reversed(entries))
        return entries[-1 - len(list(boxes)) :]

    def reading(self, page: int) -> Reading | None:
        """What was read of a page, and of boxes in it after that, or None until then."""
        whole, *boxes = self.parts(page)
        reading = whole.reading
        for entry in boxes:
            if entry.reading is not None and entry.excerpt.within is not None:
                reading = joined(reading or Reading(), entry.reading, entry.excerpt.within)
        return reading

    def add(self, entry: Entry, *, is_shown: bool = True) -> None:
        """Have another excerpt, and show it: a page not opened before, or this page changed."""
        page = entry.excerpt.page
        self._pages.setdefault(page, []).append(entry)
        if is_shown:
            self.page = page

    def forget_page(self, entry: Entry) -> bool:
        """Have a page as if it was never opened, unless it is shown or more was done to it.

        Args:
            entry: Of the page.

        Returns:
            Whether that could be.
        """
        page = entry.excerpt.page
        can_be = entry.key != self.key and page != self.page and not self._undone.get(page)
        if can_be and self._pages[page] == [entry]:
            del self._pages[page]
            return True
        return False

    def turn_to(self, page: int) -> Excerpt | None:
        """Show a page, or return what has to be opened first."""
        if page not in self._pages:
            return Excerpt(page)
        self.page = page
        return None

    def undo(self) -> Entry | None:
        """Show the page as it was before.

        Returns:
            What was shown until now, where it was not read to its end and thus is not kept.
        """
        entry = self._pages[self.page].pop()
        if not entry.is_read:
            return entry
        self._undone.setdefault(self.page, []).append(entry)
        return None

    def redo(self) -> None:
        """Show what was undone last of the page that is shown."""
        self._pages[self.page].append(self._undone[self.page].pop())

    def forget_undone(self, page: int) -> list[Entry]:
        """Let nothing be done again to a page, for something else is; return what was kept."""
        return self._undone.pop(page, [])
