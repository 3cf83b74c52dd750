"""The pixels that are held: those of what is shown, and of what is near it."""

from __future__ import annotations

from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.picture_file import PictureFile
from handwrite_gui.widgets.pictures.picture_files import PictureFiles

#: Enough for some twenty pages or photographs, for each is held at no more than `LONGEST_PX`.
MOST_BYTES = 200 * 2**20


def let_far_go(files: PictureFiles, current: PictureFile | None) -> None:
    """Let pixels go, those that are farthest from what is shown first, until few enough are held.

    Args:
        files: All files on the page.
        current: The one that is shown, or None.
    """
    held = [entry for entry in files.entries if entry.has_pixels]
    too_many = sum(entry.levels.byte_count for entry in held) - MOST_BYTES
    if too_many <= 0:
        return
    rows = {file: row for row, file in enumerate(files)}
    row = rows.get(current, 0) if current is not None else 0

    def distance(entry: Entry) -> float:
        """How many pages, or lines of the list, a person has to go until they see an entry."""
        file = files[entry.key]
        if file is current:
            return abs(entry.excerpt.page - file.page)
        return abs(rows[file] - row) if entry is file.seen else float("inf")

    for entry in sorted(held, key=distance, reverse=True):
        if too_many <= 0:
            return
        if current is None or entry is not current.seen:
            too_many -= entry.levels.byte_count
            entry.let_go()
