"""The journal: every change to the paper, on the disk as soon as it is made."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.atomic import sync_folder
from handwrite_gui.storage.file_lock import lock
from handwrite_gui.storage.journal_records import FIRST_LINE, Recorder

SUFFIX = ".journal"
#: A journal that holds this much which is on the paper no longer is written anew.
MOST_SPENT_BYTES = 1 << 20


class Journal:
    """The changes to one paper, in a file of this program's own that no other one writes to.

    The file is made at the first change, is locked while the program runs, and stays behind when
    it ends, however it ends, unless the paper is blank then. Where it cannot be written to, holds
    too much that is gone, or was deleted, a new one with all that is on the paper takes its place.

    What is written outlasts the program, and what is synced a loss of power, too. A disk may take a
    second to sync: the two may be done by two threads, so that no stroke waits for the one before.

    Args:
        folder: Where the journals of all programs lie; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: _File | None = None
        self._old: list[_File] = []

    def write(self, inks: Sequence[Ink]) -> None:
        """Write what was on the paper, one after the other.

        Raises:
            OSError: The place cannot be written to, or the disk is full. The next call tries again,
                with all that is on the paper then.
        """
        file = self._file
        if file is None or not file.is_sound:
            if file is None and not any(ink.strokes for ink in inks):
                return  # Blank paper was blank before.
            self._begin_anew(inks)
            return
        if file.was_synced and file.spent_bytes > MOST_SPENT_BYTES + file.recorder.paper_bytes:
            # Where that fails there may still be room for a little more in the old one.
            with contextlib.suppress(OSError):
                self._begin_anew(inks)
                return
        file.append(inks)

    def sync(self) -> None:
        """Have on the disk what is written, and delete the file that this one has replaced.

        Raises:
            OSError: As for `write`.
        """
        old = self._old.copy()  # First, so that the file is newer than each of them.
        if self._file is None:
            return
        self._file.sync(self._folder)
        for file in old:
            file.close(delete=True)
            self._old.remove(file)

    def close(self) -> None:
        """Leave the journal to the next start; one of blank paper is deleted."""
        for file in self._old:
            file.close(delete=False)
        self._old.clear()
        if self._file is not None:
            self._file.close(delete=self._file.is_sound and not self._file.recorder.paper_bytes)
            self._file = None

    def _begin_anew(self, inks: Sequence[Ink]) -> None:
        """Replace the file by a new one; the old one goes once that is on the disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = _File(self._folder / f"{os.getpid()}-{os.urandom(4).hex()}{SUFFIX}")
        try:
            new.append(inks)
        except OSError:
            new.close(delete=True)
            raise
        if self._file is not None and self._file.was_synced:
            self._old.append(self._file)
        elif self._file is not None:
            self._file.close(delete=True)
        self._file = new


class _File:
    """One file of a journal, locked as long as it is open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("xb", buffering=0)
        lock(self._file)
        self._bytes = self._synced_bytes = 0
        self._is_torn = self._is_doubtful = False
        self.recorder = Recorder()

    @property
    def is_sound(self) -> bool:
        """Whether more can be added: nothing went wrong, and nobody has deleted it."""
        is_good = not self._is_torn and not self._is_doubtful
        return is_good and os.fstat(self._file.fileno()).st_nlink > 0

    @property
    def was_synced(self) -> bool:
        """Whether anything of it is on the disk for sure."""
        return self._synced_bytes > 0

    @property
    def spent_bytes(self) -> int:
        """How much of it is about what is on the paper no longer."""
        return self._bytes - self.recorder.paper_bytes

    def append(self, inks: Sequence[Ink]) -> None:
        """Add records.

        Raises:
            OSError: They could not be written; the file's end may be torn now.
        """
        self._is_torn = True
        parts = [part for ink in inks for part in self.recorder.record(ink)]
        content = b"".join(parts if self._bytes else [FIRST_LINE, *parts])
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._file.fileno(), rest) :]
        self._is_torn = False
        self._bytes += len(content)

    def sync(self, folder: Path) -> None:
        """Have it on the disk when this returns, and its name in the folder.

        Raises:
            OSError: It is not known what is on the disk.
        """
        count = self._bytes
        if count == self._synced_bytes:
            return
        try:
            os.fsync(self._file.fileno())
        except OSError:
            self._is_doubtful = True
            raise
        if not self.was_synced:
            sync_folder(folder)
        self._synced_bytes = count

    def close(self, *, delete: bool) -> None:
        """End the lock, and delete the file or leave it."""
        self._file.close()
        if delete:
            # Left behind it is only a drawing that is offered once too often.
            with contextlib.suppress(OSError):
                self._path.unlink()
