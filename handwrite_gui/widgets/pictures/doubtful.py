"""Doubtful Numbers of all pages that are read: from one to the next, from page to page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.unread import place_in_words, read_in_words

if TYPE_CHECKING:
    from handwrite_gui.widgets.main_window import MainWindow

GOES_ON = "No doubtful number is left here. “Next doubtful” goes on to {}."


class Doubtful(QObject):
    """Goes to the next Number to be looked at: of the page that is shown first, then of others.

    These follow in the order of the list, and after the last comes the first. Who enters a Number
    stays on its page, and is told where others are.

    Args:
        window: Says what there is no place for on the page.
        page: Shows the pictures.

    Thread:
        The window's.
    """

    def __init__(self, window: MainWindow, page: PicturesPage) -> None:
        super().__init__(page)
        self._window, self._page, self._numbers = window, page, page.numbers
        #: What was said of a page, and the page's key.
        self._said: tuple[str, int] | None = None
        page.numbers.last_entered.connect(self._on_last_entered)
        page.shown.changed.connect(self._on_shown)
        for signal in (page.list.model().rowsInserted, page.list.model().rowsRemoved):
            signal.connect(self._show_place)

    @Slot()
    def go_on(self) -> None:
        """Go to the next Number to be looked at, or say that there is none."""
        # Where there is no more than a digit, it is shown, and there is no list to go to it in.
        if not self._numbers.isHidden() and self._numbers.go_to_next_doubtful():
            return
        entry = self._next_entry()
        if entry is None:
            self._say(self._none_left)
        else:
            self._go_to(entry)

    def _next_entry(self) -> Entry | None:
        """Return the next page with such a Number, but not the one that is shown."""
        entries = [entry for file in self._page.files for entry in file.latest]
        keys = [entry.key for entry in entries]
        shown = self._page.current_key
        after = keys.index(shown) + 1 if shown in keys else 0
        others = (*entries[after:], *entries[: max(after - 1, 0)])
        return next((entry for entry in others if _has_doubtful(entry)), None)

    def _go_to(self, entry: Entry) -> None:
        page, file = self._page, self._page.files[entry.key]
        page.work.finish_typing()  # While its own page is shown.
        file.turn_to(entry.excerpt.page)
        if page.list.current_key != file.key:
            page.list.make_current(file.key)
        page.shown.page_turned.emit()
        if self._numbers.isHidden():
            page.list.setFocus()
        else:
            self._numbers.go_to_next_doubtful()
        place = place_in_words(file, entry)
        self._said = f"{place[0].upper()}{place[1:]}.", entry.key
        self._window.said.say_now(self._said[0])

    @property
    def _none_left(self) -> str:
        shown = self._page.entry(key) if (key := self._page.current_key) is not None else None
        other = "other " if shown is not None and _has_doubtful(shown) else ""
        how_many, _ = read_in_words(self._page.files)
        read = f": {how_many}" if how_many else ""
        but = ", but for what lies outside of a box" if self._is_any_outside else ""
        return f"No {other}doubtful number is left in what was read{read}{but}."

    @property
    def _is_any_outside(self) -> bool:
        """Whether there is a doubtful Number on a page beyond the box that alone is shown."""
        boxed = [
            (file, entry)
            for file in self._page.files
            for entry in file.latest
            if entry.excerpt.within is not None
        ]
        for file, entry in boxed:
            seen = {number.box for number in entry.numbers}
            reading = file.reading(entry.excerpt.page)
            every = reading.numbers if reading else ()
            if any(not number.is_sure and number.box not in seen for number in every):
                return True
        return False

    @Slot()
    def _on_last_entered(self) -> None:
        entry = self._next_entry()
        if entry is None:
            self._say(self._none_left)
        else:
            is_here = self._page.files[entry.key].key == self._page.list.current_key
            place = f"page {entry.excerpt.page + 1}" if is_here else "another picture"
            self._say(GOES_ON.format(place))  # A long name would widen the list.

    @Slot()
    def _on_shown(self) -> None:
        """Say of a page where it is no more once another one is shown."""
        if self._said is not None and self._said[1] != self._page.current_key:
            self._window.said.unsay(self._said[0])
            self._said = None
        self._show_place()

    @Slot()
    def _show_place(self) -> None:
        """Let what is said of the Numbers be about no more than the page that is shown."""
        key = self._page.current_key
        entry = None if key is None else self._page.entry(key)
        is_part = self._page.list.count() > 1 or (entry is not None and bool(entry.place))
        self._numbers.show_place("here" if is_part else "")  # More would take a second line.

    def _say(self, sentence: str) -> None:
        if self._numbers.isHidden():
            self._window.said.say_now(sentence)
        else:
            self._numbers.say(sentence)


def _has_doubtful(entry: Entry) -> bool:
    return any(not number.is_sure for number in entry.numbers)
