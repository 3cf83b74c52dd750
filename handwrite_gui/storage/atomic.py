"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file beside its target, onto the disk, and rename it: the old one or the new stays.

    Raises:
        OSError: The place cannot be written to, or the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def clear_unfinished(path: Path) -> None:
    """Delete what a kill in the middle of writing left beside a target that one program writes."""
    for unfinished in path.parent.glob(f".{glob.escape(path.name)}-*"):
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Let new names outlast a loss of power, where the file system can promise that."""
    if os.name != "posix":  # Elsewhere a folder cannot be opened, and the system sees to it.
        return
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
