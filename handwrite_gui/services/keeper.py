"""The keeper: writes ink and corrections to the disk, off the pen's path."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from handwrite_gui.domain.confirming import Word, is_inside
from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box, Digit, Number
from handwrite_gui.imaging.errors import PictureError

if TYPE_CHECKING:
    from handwrite_gui.storage.journal import Journal
    from handwrite_gui.storage.journal_records import Kept

_log = logging.getLogger(__name__)


class Keeper(QObject):
    """Keeps the ink and the corrections, and finds the ink that was kept before.

    Every change to the ink is journalled, and every correction written, in order. What writes is
    imported when first used, for the window is to be seen at once.

    Args:
        data: The person's folder for what they made; it need not exist.
        parent: Owner of this object.

    Signals:
        kept_found: Ink that a program which has ended had on its paper, and its file.
        line_found: The line of digits that was kept; empty where there was none.
        words_found: A picture's key, and the Words that a person said of it before.
        saved: The path of a file that a person wanted written.
        corrections_deleted: There are no corrections any more.
        failed: Something could not be written, or is damaged; one sentence to the person. Said
            once for each cause, so that a full disk does not repeat itself at every stroke.

    Thread:
        Lives in the window's. Ink is written in a thread of its own, so that it waits for nothing,
        and synced to the disk in a second one; all else is written in a third.
    """

    kept_found = Signal(Ink, Path)
    line_found = Signal(str)
    words_found = Signal(int, object)
    saved = Signal(str)
    corrections_deleted = Signal()
    failed = Signal(str)
    _write_failed = Signal(str, str)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data, self._journals = data, data / "journals"
        self._corrections, self._line = data / "corrections.jsonl", data / "line.txt"
        self._words = data / "numbers"
        #: Of each picture its id and what was kept of it last; used in the third thread alone.
        self._pictures: dict[int, tuple[str, tuple[Word, ...]]] = {}
        self._lock = Lock()
        self._waiting: list[Ink] = []
        self._journal: Journal | None = None
        self._kept: Iterator[tuple[Path, Kept]] | None = None
        self._said: set[str] = set()
        self._ink_writer, self._syncer, self._writer = (QThreadPool(self) for _ in range(3))
        for pool in (self._ink_writer, self._syncer, self._writer):
            pool.setMaxThreadCount(1)
        self._ink_writer.setExpiryTimeout(-1)  # A new thread would be late for its ink.
        self._write_failed.connect(self._on_write_failed, Qt.ConnectionType.QueuedConnection)

    def keep_ink(self, ink: Ink) -> None:
        """Journal how the paper looks now; returns at once."""
        with self._lock:
            self._waiting.append(ink)
            is_first = len(self._waiting) == 1
        if is_first:
            self._do(self._write_ink, "Your drawing", self._journals, self._ink_writer)

    def find_kept(self) -> None:
        """Look for what was kept; `kept_found` tells the next drawing, if there is one.

        The first time it may be one that was offered before; after that, one that never was.
        """
        self._do(self._find_kept, "What was drawn last time", self._journals, self._syncer)

    def mark_offered(self, path: Path) -> None:
        """Remember that a kept drawing was offered."""

        def mark() -> None:
            from handwrite_gui.storage.kept_drawings import mark_offered

            with contextlib.suppress(OSError):  # Then it is offered once more.
                mark_offered(path)

        self._do(mark, "The offer", path, self._syncer)

    def keep_line(self, text: str) -> None:
        """Write the line of digits, before any ink that is kept after it; returns at once."""

        def write() -> None:
            from handwrite_gui.storage.kept_line import sync_line, write_line

            write_line(self._line, text)
            self._do(lambda: sync_line(self._line), "Your line", self._line, self._syncer)

        self._do(write, "Your line", self._line, self._ink_writer)

    def find_line(self) -> None:
        """Look for the line of digits that was kept; `line_found` tells it."""

        def read() -> None:
            from handwrite_gui.storage.kept_line import read_line

            with contextlib.suppress(OSError):  # A line that cannot be read is not there.
                self.line_found.emit(read_line(self._line))

        self._do(read, "Your line", self._line, self._syncer)

    def keep_correction(self, digit: Digit, said: int | None, ink: Ink | None = None) -> None:
        """Write what a person said a digit was, or that they took it back."""

        def append() -> None:
            from handwrite_gui.storage.corrections import append_correction

            append_correction(self._corrections, digit, said, ink)

        self._do(append, "Your correction", self._corrections)

    def keep_said(self, now: Number, before: Number) -> None:
        """Write what a person says each digit of a Number is, where it is known which ink is it.

        Args:
            now: The Number as the person says it reads, or as it was read, after an undo.
            before: The same Number until then.
        """
        said = now.digits if now.is_confirmed else ()
        until_then = before.digits if before.is_confirmed else ()
        still = {id(digit.image) for digit in said}  # The image is the ink that was read.
        gone = [digit for digit in until_then if id(digit.image) not in still]
        for digit in (*said, *gone):
            if digit.image.any():
                self.keep_correction(digit, digit.said if id(digit.image) in still else None)

    def find_words(self, key: int, picture: Picture, within: Box | None = None) -> None:
        """Look for what a person said of a picture before; `words_found` tells it, if it is any.

        It is told once for each key, for later there is what they said since. What was said outside
        the box `within` is left alone, here and by `keep_words`.
        """

        def find() -> None:
            from handwrite_gui.storage.kept_words import picture_id, read_words

            if key in self._pictures:
                return
            name = picture_id(picture)
            words: tuple[Word, ...] = ()
            with contextlib.suppress(OSError):  # Words that cannot be read are not there.
                words = read_words(self._words, name)
            if within is not None:
                words = tuple(word for word in words if is_inside(word, within))
            self._pictures[key] = name, words
            if words:
                self.words_found.emit(key, words)

        self._do(find, "What you said of a picture", self._words)

    def keep_words(self, key: int, words: Sequence[Word]) -> None:
        """Write all that a person says of a picture, after `find_words` was asked about it.

        Where the same picture is open twice, what is said of either is kept.
        """

        def write() -> None:
            from handwrite_gui.storage.kept_words import change_words

            name, before = self._pictures[key]
            change_words(self._words, name, before, words)
            self._pictures[key] = name, tuple(words)

        self._do(write, "Your correction", self._words)

    def save(
        self, path: Path, content: bytes | Callable[[], bytes], what: str = "The drawing"
    ) -> None:
        """Write a file where a person wants it; `saved` or `failed` says how it went.

        Args:
            path: Of the file.
            content: What it is to hold, or how that is made, off the window's thread.
            what: What it is, as a sentence about it begins.
        """

        def write() -> None:
            from handwrite_gui.storage.atomic import write_atomically

            write_atomically(path, content() if callable(content) else content)
            self.saved.emit(str(path))

        self._said.clear()  # A person who asks again is to be told again.
        self._do(write, what, path)

    def delete_corrections(self) -> None:
        """Delete all corrections, and forget what was said of pictures."""

        def delete() -> None:
            from handwrite_gui.storage.corrections import delete_corrections
            from handwrite_gui.storage.kept_words import delete_words

            delete_corrections(self._corrections)
            delete_words(self._words)
            self.corrections_deleted.emit()

        self._do(delete, "The deletion", self._corrections)

    def close(self) -> None:
        """Write what waits, and end."""
        self._writer.waitForDone()
        self._ink_writer.waitForDone()
        self._syncer.waitForDone()  # Last, for writing has something synced.
        if self._journal is not None:
            self._journal.close()

    # In other threads

    def _write_ink(self) -> None:
        from handwrite_gui.storage.journal import Journal

        with self._lock:
            inks, self._waiting = self._waiting, []
        self._journal = self._journal or Journal(self._journals)
        self._journal.write(inks)
        self._do(self._journal.sync, "Your drawing", self._journals, self._syncer)

    def _find_kept(self) -> None:
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
                self.kept_found.emit(kept.ink, path)
                return
            with contextlib.suppress(OSError):  # Then the damage is told of once more.
                mark_offered(path)

    def _do(
        self,
        write: Callable[[], None],
        what: str,
        path: Path,
        writer: QThreadPool | None = None,
    ) -> None:
        def attempt() -> None:
            try:
                write()
            except OSError as error:
                reason = error.strerror or str(error)
                sentence = (
                    f"{what} could not be kept in {path} ({reason}); "
                    "make room there or allow writing, and go on meanwhile."
                )
                _log.warning("%s", sentence)
                self._write_failed.emit(f"{what}: {reason}", sentence)
            except PictureError as error:
                self._write_failed.emit(str(error), str(error))
            except Exception:  # The thread's edge: a bug must not end the program.
                _log.exception("%s could not be kept", what)
                sentence = f"{what} could not be kept in {path} because of a fault in Handwrite; "
                self._write_failed.emit(what, f"{sentence}the log says more (Help, About).")

        (writer or self._writer).start(attempt)

    @Slot(str, str)
    def _on_write_failed(self, cause: str, sentence: str) -> None:
        if cause not in self._said:
            self._said.add(cause)
            self.failed.emit(sentence)
