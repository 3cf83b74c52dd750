"""Removal: takes pictures off the page, and brings them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.picture_files import PictureFiles
from handwrite_gui.widgets.pictures.picture_list import PictureList


@dataclass(eq=False, slots=True)
class _Step:
    """Files that were removed at once.

    Attributes:
        files: These, in their order.
        current: The key of the one that was current then, or None.
        acts: How much was done to other pictures since, and before the next step.
    """

    files: list[PictureFile]
    current: int | None
    acts: int = 0


class Removal(QObject):
    """Takes files and entries away, and keeps the files that a person took away.

    They are brought back step by step, the last ones first, until others are opened.

    Args:
        files: All files on the page.
        listed: Their list.

    Signals:
        removed: The key of an entry that is no longer there.
        brought_back: The key of one that is there again.
        changed: Others can be brought back than before, or none.

    Thread:
        The window's.
    """

    removed = Signal(int)
    brought_back = Signal(int)
    changed = Signal()

    def __init__(self, files: PictureFiles, listed: PictureList) -> None:
        super().__init__(listed)
        self._files, self._list = files, listed
        self._steps: list[_Step] = []

    @property
    def count(self) -> int:
        """How many files can be brought back at once."""
        return len(self._steps[-1].files) if self._steps else 0

    @property
    def is_latest(self) -> bool:
        """Whether a person has done nothing to a picture since they removed others."""
        return bool(self._steps) and self._steps[-1].acts == 0

    def remove(self, keys: list[int], *, for_good: bool) -> None:
        """Take files away, of which these are the keys, and perhaps keep nothing of them."""
        gone, current = [self._files[key] for key in keys], self._list.current_key
        for key in keys:
            self._list.remove(key)
        for file in gone:
            for entry in file:
                self.forget(entry.key)
        if gone and not for_good:
            for file in self._steps[-1].files if self._steps else ():
                for entry in file:
                    entry.let_go()  # Or their pixels would add up.
            self._steps.append(_Step(gone, current))
        self.changed.emit()

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
        """Bring the files back that were removed last, and return them."""
        if not self._steps:
            return []
        step = self._steps.pop()
        for file in step.files:
            self._files.put_back(file)
            self._list.put_back(file.key, file.shown.name)
            for entry in file:
                self.brought_back.emit(entry.key)
        first, current = step.files[0], step.current
        if current is None or current not in self._list.keys:
            current = first.key
        self._list.make_current(current)
        count = len(step.files)
        what = f"“{first.shown.name}” is" if count == 1 else f"{count} pictures are"
        announce(self._list, f"{what} back.")
        self.changed.emit()
        return step.files

    @Slot()
    def count_act(self) -> None:
        """Count something that a person did to a picture, which is to be undone first."""
        if self._steps:
            self._steps[-1].acts += 1

    def undo_act(self, undo: Callable[[], None]) -> None:
        """Undo something that a person did to a picture, as `undo` does."""
        acts = self._steps[-1].acts if self._steps else 0
        undo()
        if self._steps:
            self._steps[-1].acts = max(acts - 1, 0)

    def end(self) -> None:
        """Keep nothing any more, for there are other files."""
        self._steps.clear()
        self.changed.emit()
