"""The files that a command line names: a file is meant itself, a folder with all that is in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_PICTURES = ("bmp", "gif", "jfif", "jpe", "jpeg", "jpg", "pdf", "png", "tif", "tiff", "webp")
#: What is taken from a folder, by its name; a file that is named itself is told by its bytes.
SUFFIXES = {f".{end}" for end in (*_PICTURES, "inkml", "svg")}


def named_files(names: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Give each file that is named, and of each folder the pictures and ink in it and below.

    They come in the order of their names, numbers by their value, as they are found: a folder may
    hold millions. Hidden files and folders are left out, and links to folders are not followed,
    for they may lead in circles.

    Yields:
        A path, and None, or one sentence that says why nothing can be read there.
    """
    for name in names:
        if not os.path.isdir(name):
            yield name, None
            continue
        is_empty = True
        for path, problem in _in_folder(Path(name)):
            is_empty = False
            yield str(path), problem
        if is_empty:
            yield name, f"“{name}” holds no picture and no ink: name another folder."


def _in_folder(folder: Path) -> Iterator[tuple[Path, str | None]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(
                (entry for entry in found if not entry.name.startswith(".")),
                key=lambda entry: _by_value(entry.name),
            )
    except OSError as error:
        why = error.strerror or "unknown error"
        yield folder, f"The folder “{folder}” could not be opened ({why}): check who may read it."
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(path)
        elif path.suffix.lower() in SUFFIXES and not _leads_to_folder(entry):
            yield path, None


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # A link to itself: whoever opens it will say so.
        return False


def _by_value(name: str) -> list[tuple[int, str]]:
    """A sort key by which scan2 comes before scan10."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
