"""Locks on files: the system takes them away when their program ends, however it ends."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Windows locks bytes against reading, too: this one lies behind all that is ever written.
_LOCKED_BYTE = 1 << 30


def lock(file: BinaryIO) -> None:
    """Lock a file until it is closed; where the file system knows no locks, go on without."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            file.seek(0)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)


def is_locked(path: Path) -> bool:
    """Whether a program that still runs holds the lock, this one included.

    Raises:
        OSError: The file is gone, or may not be opened.
    """
    with path.open("rb", buffering=0) as file:
        try:
            if sys.platform == "win32":
                file.seek(_LOCKED_BYTE)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            # Anything else says that this file system knows no locks.
            return isinstance(error, (BlockingIOError, PermissionError))
    return False
