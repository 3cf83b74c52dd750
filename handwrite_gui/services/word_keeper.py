"""The word keeper: what a person said of pictures is kept and found again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.confirming import Word, is_inside
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box

#: Runs a piece of work after all that came before, in one other thread: what it does, what it is
#: about as a sentence to the person begins, and where that is kept.
Run = Callable[[Callable[[], None], str, Path], None]


class WordKeeper(QObject):
    """Keeps what is said of each picture that is open.

    Args:
        folder: Where words are kept.
        run: Does the work.
        parent: Owner of this object.

    Signals:
        found: A picture's key, and the Words that a person said of it before.
        forgotten: Nothing that was said until now is kept any more.

    Thread:
        Lives in the window's.
    """

    found = Signal(int, object)
    forgotten = Signal()
    _read = Signal(int, object, int)

    def __init__(self, folder: Path, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._run = folder, run
        #: All that the window knows to be kept of each picture.
        self._known: dict[int, tuple[Word, ...]] = {}
        self._times_forgotten = 0
        # In the other thread alone: each picture's id, and words to be replaced that still are not.
        self._ids: dict[int, str] = {}
        self._unwritten: dict[int, set[Word]] = {}
        self._read.connect(self._on_read)

    def find(self, key: int, picture: Picture, within: Box | None = None) -> None:
        """Look for what a person said of a picture before; `found` tells it, if it is any.

        It is told once for each key, for later there is what they said since. What was said outside
        the box `within` is left alone, here and by `keep`.
        """
        times = self._times_forgotten

        def find() -> None:
            from handwrite_gui.storage.kept_words import picture_id, read_words

            if key in self._ids:
                return
            self._ids[key] = picture_id(picture)
            words: tuple[Word, ...] = ()
            with contextlib.suppress(OSError):  # Words that cannot be read are not there.
                words = read_words(self._folder, self._ids[key])
            if within is not None:
                words = tuple(word for word in words if is_inside(word, within))
            if words:
                self._read.emit(key, words, times)

        self._run(find, "What you said of a picture", self._folder)

    def keep(self, key: int, words: Sequence[Word]) -> None:
        """Write all that a person says of a picture, after `find` was asked about it.

        Where the same picture is open twice, what is said of either is kept, and so is what was
        said before and is not found yet.
        """
        before, now = self._known.get(key, ()), tuple(words)
        self._known[key] = now

        def write() -> None:
            from handwrite_gui.storage.kept_words import change_words

            replaced = self._unwritten.setdefault(key, set())
            replaced.update(before)
            change_words(self._folder, self._ids[key], tuple(replaced), now)
            replaced.clear()

        self._run(write, "Your correction", self._folder)

    def forget(self) -> None:
        """Keep nothing of what was said until now, whoever keeps it open."""
        self._times_forgotten += 1
        self._known.clear()
        self.forgotten.emit()

    @Slot(int, object, int)
    def _on_read(self, key: int, words: tuple[Word, ...], times: int) -> None:
        if times == self._times_forgotten:
            self._known[key] = (*words, *self._known.get(key, ()))
            self.found.emit(key, words)
