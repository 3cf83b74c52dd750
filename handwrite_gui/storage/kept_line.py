"""The kept line: the digits that were written one after another, as the line shows them."""

from __future__ import annotations

import os
from pathlib import Path

from handwrite_gui.storage.atomic import sync_folder

#: A line longer than any that the program writes is not read.
MOST_BYTES = 2**20


def write_line(path: Path, text: str) -> None:
    """Write the line so that it outlasts the program; it takes no longer than a rename.

    Raises:
        OSError: The place cannot be written to, or the disk is full; the old line stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}-{os.urandom(4).hex()}")
    try:
        beside.write_bytes(text.encode("utf-8", "replace"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def sync_line(path: Path) -> None:
    """Have what was written last on the disk when this returns.

    Raises:
        OSError: It is not known what is on the disk.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def read_line(path: Path) -> str:
    """Read the line; empty where none was kept. What is no text is replaced.

    Raises:
        OSError: The file cannot be read.
    """
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        text = file.read(MOST_BYTES).decode("utf-8", "replace")
    return "".join(each if each.isprintable() else " " for each in text)
