"""The drawing finder: drawings that were kept, looked for off the window's thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from handwrite_gui.domain.ink import Ink
from handwrite_gui.services.word_keeper import Run

if TYPE_CHECKING:
    from handwrite_gui.storage.journal_records import Kept


class DrawingFinder(QObject):
    """Finds what programs that have ended had on their paper.

    Args:
        data: The person's folder for what they made.
        journals: The folder in it where drawings are kept.
        run: Does the work.
        parent: Owner of this object.

    Signals:
        found: Ink that was kept, and its file.
        listed: The file of each drawing that is kept, and when it was drawn last, in seconds since
            1970; the newest first.
        loaded: Ink that was asked for.
        failed: A drawing is damaged, or gone; one sentence to the person.

    Thread:
        Lives in the window's.
    """

    found = Signal(Ink, Path)
    listed = Signal(object)
    loaded = Signal(Ink)
    failed = Signal(str)

    def __init__(self, data: Path, journals: Path, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data, self._journals, self._run = data, journals, run
        self._kept: Iterator[tuple[Path, Kept]] | None = None

    def find(self) -> None:
        """Look for what was kept; `found` tells the next drawing, if any, and `listed` all.

        The first time it may be one that was offered before; after that, one that never was.
        """
        self._run(self._find, "What was drawn last time", self._journals)
        self._run(self._list, "What was drawn last time", self._journals)

    def mark_offered(self, path: Path) -> None:
        """Remember that a kept drawing was offered; `listed` tells all that are kept then."""

        def mark() -> None:
            from handwrite_gui.storage.kept_drawings import mark_offered

            with contextlib.suppress(OSError):  # Then it is offered once more.
                mark_offered(path)
            self._list()

        self._run(mark, "The offer", path)

    def load(self, path: Path) -> None:
        """Read a drawing that was listed; `loaded` or `failed` follows."""

        def load() -> None:
            from handwrite_gui.storage.kept_drawings import read_kept

            ink = read_kept(path)
            if ink.strokes:
                self.loaded.emit(ink)
            else:
                self.failed.emit(
                    f"The drawing kept in {path} is gone or damaged: choose another one."
                )
                self._list()

        self._run(load, "The drawing", path)

    # In another thread

    def _list(self) -> None:
        from handwrite_gui.storage.kept_drawings import listed_drawings

        self.listed.emit(listed_drawings(self._journals))

    def _find(self) -> None:
        from handwrite_gui.storage.kept_drawings import (
            adopt_sheets,
            kept_drawings,
            mark_offered,
            was_offered,
        )

        is_first = self._kept is None
        if self._kept is None:
            with contextlib.suppress(OSError):  # They stay where they are.
                adopt_sheets(self._data, self._journals)
            self._kept = kept_drawings(self._journals)
        for path, kept in self._kept:
            if was_offered(path) and not is_first:
                return
            if not kept.is_whole and not was_offered(path):
                self.failed.emit(
                    f"The drawing kept in {path} is damaged: bring back what is left of it, if"
                    " that is offered, and draw the rest again."
                )
            if kept.ink.strokes:
                self.found.emit(kept.ink, path)
                return
            with contextlib.suppress(OSError):  # Then the damage is told of once more.
                mark_offered(path)
