"""How many pages of the files on the page are read, in words."""

from __future__ import annotations

from collections.abc import Iterable

from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.picture_file import PictureFile


def counted(read: int, files: Iterable[PictureFile]) -> str:
    """Say of how many pages, or of pictures where none has several, so many are read."""
    there = list(files)
    total = _total(there)
    has_pages = any(file.page_count > 1 for file in there)
    return f"{read} of {total} {'page' if has_pages else 'picture'}{'s' * (total != 1)}"


def read_in_words(files: Iterable[PictureFile]) -> tuple[str, str]:
    """Say of how many pages there is a Reading, and why not of the others, as they are saved.

    Returns:
        Such as "17 of 800 pages", and a sentence or two that begin with a small letter; both empty
        where all pages are read to their ends, and the second where there are no others.
    """
    there = list(files)
    opened = [file.parts(entry.excerpt.page) for file in there for entry in file.latest]
    total = _total(there)
    begun = sum(map(_is_begun, opened))
    in_part = sum(_is_begun(parts) and not parts[0].is_read for parts in opened)
    if begun == total and not in_part:
        return "", ""
    how_many = counted(begun, there)
    if in_part:
        how_many += f", {in_part} of them only in part"
    failed = sum(not _is_begun(parts) and parts[-1].error is not None for parts in opened)
    return how_many, _why(total - begun, failed, is_shown=len(opened) == total)


def boxes_in_words(files: Iterable[PictureFile]) -> str:
    """Say that pages are saved whole of which only a box is shown; empty where there is none."""
    is_any = any(entry.excerpt.within for file in files for entry in file.latest)
    return "Where only a box was read last, all else of the page is saved, too." if is_any else ""


def failed_in_words(files: Iterable[PictureFile]) -> str:
    """Say how many pages could not be read, and which is the first; empty where there is none.

    Each says why in its own place.
    """
    failed = [(file, entry) for file in files for entry in file.latest if entry.error is not None]
    if not failed:
        return ""
    first = place_in_words(*failed[0])
    if len(failed) == 1:
        return f"1 failed: {first}."
    return f"{len(failed)} failed, the first is {first}."


def place_in_words(file: PictureFile, entry: Entry) -> str:
    """Name an entry of a file, such as "page 3 of “scan.pdf”"."""
    page = f"page {entry.excerpt.page + 1} of " if file.page_count > 1 else ""
    return f"{page}“{entry.name}”"


def _total(files: Iterable[PictureFile]) -> int:
    return sum(max(file.page_count, len(file.latest)) for file in files)


def _is_begun(parts: list[Entry]) -> bool:
    """Whether something was read of a page or of a box in it; `PictureFile.parts` tells these."""
    return any(entry.history is not None for entry in parts)


def _why(others: int, failed: int, *, is_shown: bool) -> str:
    if not others:
        return ""
    who, were = ("the other", "was") if others == 1 else ("the others", "were")
    if others == failed:
        return f"{who} could not be read."
    why = f"{who} {were} not read yet{' or could not be' if failed else ''}."
    return why if is_shown else f"{why} “Read all” reads every page."
