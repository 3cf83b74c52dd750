"""Ink files: what is read from one, whichever its format, and how one is opened."""

from __future__ import annotations

import io
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.errors import StorageError

#: What our own files say of the program that wrote them: their ink is at the canvas's scale.
GENERATOR = "Handwrite"


@dataclass(frozen=True, eq=False, slots=True)
class InkFile:
    """What was read from an ink file.

    Attributes:
        ink: The ink, in the file's own unit; x to the right, y downwards.
        label: What was written, if the file says so (in InkML an annotation "truth" or "label").
        unit_mm: Millimetres that one unit is, or None where the file does not say.
        is_ours: Whether Handwrite wrote it, so that it fits the canvas as it is.
    """

    ink: Ink
    label: str | None
    unit_mm: float | None
    is_ours: bool = False


def open_ink(source: Path | bytes, too_large: StorageError, most_bytes: int) -> BinaryIO:
    """Open a regular file, or bytes; others, such as pipes, could keep the reader waiting for ever.

    Args:
        source: The file, or what one would hold.
        too_large: What to raise where it holds more than `most_bytes`.
        most_bytes: How much it may hold.

    Raises:
        StorageError: It cannot be opened. The message follows the file's name.
    """
    if isinstance(source, bytes):
        if len(source) > most_bytes:
            raise too_large
        return io.BytesIO(source)
    try:
        found = source.stat()
        if stat.S_ISDIR(found.st_mode):
            raise StorageError("is a folder: choose a file inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise StorageError("is not an ordinary file: choose a file of ink.")
        if found.st_size == 0:
            raise StorageError("is empty: choose another file.")
        if found.st_size > most_bytes:
            raise too_large
        return source.open("rb")
    except FileNotFoundError as error:
        raise StorageError("does not exist: check where it lies.") from error
    except PermissionError as error:
        raise StorageError("may not be read: ask its owner for permission.") from error


def with_name(error: StorageError, source: Path | bytes) -> StorageError:
    """Make a sentence of a message that follows the name of what could not be read."""
    if isinstance(source, bytes):
        return StorageError(f"The copied ink {error}")
    name = source.name or str(source)
    # What would break a line or could not be written is replaced.
    shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in name)
    return StorageError(f"“{shown}” {error}")
