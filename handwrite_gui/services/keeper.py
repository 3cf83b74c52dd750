"""The keeper: writes ink and corrections to the disk, off the pen's path."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.services.drawing_finder import DrawingFinder
from handwrite_gui.services.word_keeper import WordKeeper

if TYPE_CHECKING:
    from handwrite_gui.storage.journal import Journal

_log = logging.getLogger(__name__)


class Keeper(QObject):
    """Keeps the ink and the corrections, and finds the ink that was kept before.

    Every change to the ink is journalled, and every correction written, in order. What writes is
    imported when first used, for the window is to be seen at once.

    Args:
        data: The person's folder for what they made; it need not exist.
        parent: Owner of this object.

    Attributes:
        drawings: Finds the drawings that were kept.
        words: Keeps what is said of pictures.

    Signals:
        line_found: The line of digits that was kept; empty where there was none.
        saved: A file that a person wanted is written; one sentence to them.
        corrections_deleted: There are no corrections any more.
        failed: Something could not be written, or is damaged; one sentence to the person. Said
            once for each cause, so that a full disk does not repeat itself at every stroke.

    Thread:
        Lives in the window's. Ink is written in a thread of its own, so that it waits for nothing,
        and synced to the disk in a second one; all else is written in a third.
    """

    line_found = Signal(str)
    saved = Signal(str)
    corrections_deleted = Signal()
    failed = Signal(str)
    _write_failed = Signal(str, str)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data, self._journals = data, data / "journals"
        self._corrections, self._line = data / "corrections.jsonl", data / "line.txt"
        self._words = data / "numbers"
        self.words = WordKeeper(self._words, self._do, self)
        self._lock = Lock()
        self._waiting: list[Ink] = []
        self._journal: Journal | None = None
        self._said: set[str] = set()
        self._ink_writer, self._syncer, self._writer = (QThreadPool(self) for _ in range(3))
        for pool in (self._ink_writer, self._syncer, self._writer):
            pool.setMaxThreadCount(1)
        self._ink_writer.setExpiryTimeout(-1)  # A new thread would be late for its ink.
        sync = partial(self._do, writer=self._syncer)
        self.drawings = DrawingFinder(data, self._journals, sync, self)
        self.drawings.failed.connect(self.failed)
        self._write_failed.connect(self._on_write_failed, Qt.ConnectionType.QueuedConnection)

    def keep_ink(self, ink: Ink) -> None:
        """Journal how the paper looks now; returns at once."""
        with self._lock:
            self._waiting.append(ink)
            is_first = len(self._waiting) == 1
        if is_first:
            self._do(self._write_ink, "Your drawing", self._journals, self._ink_writer)

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
        said = [digit for digit in now.digits if digit.said is not None]
        until_then = [digit for digit in before.digits if digit.said is not None]
        still = {id(digit.image) for digit in said}  # The image is the ink that was read.
        gone = [digit for digit in until_then if id(digit.image) not in still]
        for digit in (*said, *gone):
            if digit.image.any():
                self.keep_correction(digit, digit.said if id(digit.image) in still else None)

    def save(
        self,
        path: Path,
        content: bytes | Callable[[], bytes],
        what: str = "The drawing",
        said: str = "",
    ) -> None:
        """Write a file where a person wants it; `saved` or `failed` says how it went.

        Args:
            path: Of the file.
            content: What it is to hold, or how that is made, off the window's thread.
            what: What it is, as a sentence about it begins.
            said: What is said when it is written; by default where it lies.
        """

        def write() -> None:
            from handwrite_gui.storage.atomic import write_atomically

            write_atomically(path, content() if callable(content) else content)
            self.saved.emit(said or f"Saved as {path}.")

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

        self.words.forget()  # What is said from now on is kept again.
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
