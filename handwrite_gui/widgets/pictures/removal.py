"""Removal: takes pictures off the page, and brings them back where none was left."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.picture_files import PictureFiles
from handwrite_gui.widgets.pictures.picture_list import PictureList


class Removal(QObject):
    """Takes files and entries away, and keeps the files that were taken away last.

    Where others are left, undoing is about these, and whoever wants a file back opens it again.

    Args:
        files: All files on the page.
        listed: Their list.

    Signals:
        removed: The key of an entry that is no longer there.
        brought_back: The key of one that is there again.

    Thread:
        The window's.
    """

    removed = Signal(int)
    brought_back = Signal(int)

    def __init__(self, files: PictureFiles, listed: PictureList) -> None:
        super().__init__(listed)
        self._files, self._list = files, listed
        self._kept: list[PictureFile] = []
        self._current: int | None = None

    @property
    def count(self) -> int:
        """How many files can be brought back."""
        return len(self._kept)

    def remove(self, keys: list[int], *, for_good: bool) -> None:
        """Take files away, of which these are the keys, and perhaps keep nothing of them."""
        gone, self._current = [self._files[key] for key in keys], self._list.current_key
        for key in keys:
            self._list.remove(key)
        for file in gone:
            for entry in file:
                self.forget(entry.key)
        self._kept = [] if for_good or len(self._files) else gone

    def forget(self, key: int) -> None:
        """Take an entry away."""
        self._files.forget(key)
        self.removed.emit(key)

    def forget_page(self, entry: Entry) -> bool:
        """Take an entry away, and return whether it could be, as `PictureFile.forget_page`."""
        can_be = self._files[entry.key].forget_page(entry)
        if can_be:
            self.forget(entry.key)
        return can_be

    def undo(self) -> list[PictureFile]:
        """Bring the files back, and return them."""
        files, self._kept = self._kept, []
        for file in files:
            self._files.put_back(file)
            self._list.add(file.key, file.shown.name)
            for entry in file:
                self.brought_back.emit(entry.key)
        if files:
            self._list.make_current(files[0].key if self._current is None else self._current)
        return files

    def end(self) -> None:
        """Keep nothing any more, for there are other files."""
        self._kept = []
