"""The keeper: writes ink and corrections to the disk, off the pen's path."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit

_log = logging.getLogger(__name__)


class Keeper(QObject):
    """Keeps the sheet and the corrections.

    Of sheets only the newest is written; corrections are written all, in order. What writes is
    imported when first used, for the window is to be seen at once.

    Signals:
        saved: The path of a file that a person wanted written.
        corrections_deleted: There are no corrections any more.
        failed: Something could not be written; one sentence to the person. Said once for each
            cause, so that a full disk does not repeat itself at every stroke.

    Thread:
        Lives in the window's; writes in one of its own.
    """

    saved = Signal(str)
    corrections_deleted = Signal()
    failed = Signal(str)
    _write_failed = Signal(str, str)

    def __init__(self, sheet: Path, corrections: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._corrections = sheet, corrections
        self._lock = Lock()
        self._newest: Ink | None = None
        self._said: set[str] = set()
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._write_failed.connect(self._on_write_failed, Qt.ConnectionType.QueuedConnection)

    def keep_sheet(self, ink: Ink) -> None:
        """Write the sheet soon; a newer one asked for before that is written instead."""
        with self._lock:
            waits = self._newest is not None
            self._newest = ink
        if not waits:
            self._do(self._write_sheet, "Your drawing", self._sheet)

    def keep_correction(self, digit: Digit, said: int, ink: Ink | None = None) -> None:
        """Write what a person said a digit was."""

        def append() -> None:
            from handwrite_gui.storage.corrections import append_correction

            append_correction(self._corrections, digit, said, ink)

        self._do(append, "Your correction", self._corrections)

    def save(self, path: Path, content: bytes | Callable[[], bytes]) -> None:
        """Write a file where a person wants it; `saved` or `failed` says how it went.

        Args:
            path: Of the file.
            content: What it is to hold, or how that is made, off the window's thread.
        """

        def write() -> None:
            from handwrite_gui.storage.atomic import write_atomically

            write_atomically(path, content() if callable(content) else content)
            self.saved.emit(str(path))

        self._said.clear()  # A person who asks again is to be told again.
        self._do(write, "The drawing", path)

    def delete_corrections(self) -> None:
        """Delete all corrections."""

        def delete() -> None:
            from handwrite_gui.storage.corrections import delete_corrections

            delete_corrections(self._corrections)
            self.corrections_deleted.emit()

        self._do(delete, "The deletion", self._corrections)

    def close(self) -> None:
        """Write what waits, and end."""
        self._writer.waitForDone()

    def _write_sheet(self) -> None:
        from handwrite_gui.storage.sheet import save_sheet

        with self._lock:
            ink, self._newest = self._newest, None
        if ink is not None:
            save_sheet(self._sheet, ink)

    def _do(self, write: Callable[[], None], what: str, path: Path) -> None:
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
            except Exception:  # The thread's edge: a bug must not end the program.
                _log.exception("%s could not be kept", what)

        self._writer.start(attempt)

    @Slot(str, str)
    def _on_write_failed(self, cause: str, sentence: str) -> None:
        if cause not in self._said:
            self._said.add(cause)
            self.failed.emit(sentence)
