"""The files on the page, in their order, and the entries of all of them."""

from __future__ import annotations

from collections.abc import Iterator

from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.picture_file import PictureFile


class PictureFiles:
    """Finds files and entries by the entries' keys; a file's own is its first entry's."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._files: dict[int, PictureFile] = {}

    def __getitem__(self, key: int) -> PictureFile:
        """The file that an entry is of."""
        return self._files[key]

    def __iter__(self) -> Iterator[PictureFile]:
        """All files, in the order in which they were added."""
        return iter(dict.fromkeys(self._files.values()))

    def __len__(self) -> int:
        return len(set(self._files.values()))

    @property
    def entries(self) -> list[Entry]:
        """All entries."""
        return list(self._entries.values())

    def file(self, key: int | None) -> PictureFile | None:
        """The file that an entry is of, or None where that was removed."""
        return None if key is None else self._files.get(key)

    def entry(self, key: int) -> Entry | None:
        """The entry of a picture, or None where it was removed."""
        return self._entries.get(key)

    def add(self, entry: Entry, file: PictureFile | None = None, *, is_shown: bool = True) -> None:
        """Add an entry, and with it a file, or to a file that is there, to be shown or not."""
        if file is None:
            file = PictureFile(entry)
        else:
            file.add(entry, is_shown=is_shown)
        self._entries[entry.key], self._files[entry.key] = entry, file

    def put_back(self, file: PictureFile) -> None:
        """Have a file again whose entries were forgotten, in its place."""
        for entry in file:
            self._entries[entry.key], self._files[entry.key] = entry, file
        # A file that is added later has a greater key.
        self._files = dict(sorted(self._files.items(), key=lambda item: item[1].key))

    def forget(self, key: int) -> None:
        """Have an entry no more."""
        del self._entries[key], self._files[key]

    def readings(self) -> dict[int, Reading]:
        """What was read in each picture, as a person put it right, by the pictures' keys.

        Of a page of which only a box is read now it is what was read of that.
        """
        entries = [entry for file in self for entry in file.latest]
        return {entry.key: entry.reading for entry in entries if entry.reading and entry.numbers}

    def page_readings(self) -> dict[int, Reading]:
        """The same of whole pages, whatever boxes were read of them since.

        Those are among them that are read to their ends and hold nothing.
        """
        every = {entry: file.reading(entry.excerpt.page) for file in self for entry in file.latest}
        return {
            entry.key: reading
            for entry, reading in every.items()
            if reading and (reading.numbers or entry.is_read)
        }
