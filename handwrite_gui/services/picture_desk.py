"""The picture desk: every picture's way from its file to its Reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Number, Reading
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.services.picture_service import PictureService
from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.services.wanted_picture import WantedPicture

#: 12 megapixels take 36 MB while they wait to be read.
MOST_UNDER_WAY = 3


class PictureDesk(QObject):
    """Gives each picture a key, has it opened and read, and looks for what was said of it.

    Another page of its file, or the same one turned or cropped, is a picture with a key of its own.
    Only a few are between opening and reading at a time: whole pictures are large.

    Signals:
        added: A picture's key and name, before it is opened.
        excerpt_added: The key of a picture, the key of another excerpt of its file, and that
            Excerpt, before it is opened.
        opened: A key and its Picture.
        file_opened: The path of a file that is a picture.
        went_on: A key and how far its reading has come, a Progress.
        stopped: The key of a picture of which no more is read.
        began_again: The key of such a picture which is read again after all.
        read: A key and its Reading.
        failed: A key and one sentence to the person.
        lost: The key of a picture that was opened before and cannot be again, and one sentence to
            the person; what was read of it stays.
        ink_found: The key and the path of what is no picture, but ink, and is to be forgotten.

    Thread:
        The window's.
    """

    added = Signal(int, str)
    excerpt_added = Signal(int, int, object)
    opened = Signal(int, object)
    file_opened = Signal(Path)
    went_on = Signal(int, object)
    stopped = Signal(int)
    began_again = Signal(int)
    read = Signal(int, object)
    failed = Signal(int, str)
    lost = Signal(int, str)
    ink_found = Signal(int, Path)

    def __init__(
        self, recognition: RecognitionService, keeper: Keeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recognition, self._keeper = recognition, keeper
        self._service = PictureService(self)
        self._keys = count()
        self._wanted: dict[int, WantedPicture] = {}
        #: What was removed since a file was opened last, and can be brought back.
        self._removed: dict[int, WantedPicture] = {}
        self._waiting: list[int] = []
        self._under_way: set[int] = set()
        #: The one that is opened again, or was last.
        self._again: int | None = None
        self._files: dict[int, Path] = {}
        self._is_model_missing = False
        self._service.opened.connect(self._on_opened)
        self._service.failed.connect(self._on_open_failed)
        self._service.ink_found.connect(self._on_ink_found)
        recognition.picture_read.connect(self._on_read)
        recognition.picture_went_on.connect(self.went_on)
        recognition.picture_failed.connect(self._on_failed)
        recognition.failed.connect(self._on_model_failed)

    def open(self, source: Path | bytes, name: str) -> None:
        """Have a file, or a file's bytes, opened and read."""
        key = next(self._keys)
        self._removed.clear()
        self._wanted[key] = WantedPicture(source, name, key)
        self.added.emit(key, name)
        self._waiting.append(key)
        if isinstance(source, Path):
            self._files[key] = source
        self._open_next()

    def open_excerpt(self, key: int, excerpt: Excerpt) -> None:
        """Have another excerpt of a picture's file opened and read, before all that wait."""
        if key not in self._wanted:
            return
        new, known = next(self._keys), self._wanted[key]
        self._wanted[new] = WantedPicture(known.source, known.name, known.file_key, excerpt)
        self.excerpt_added.emit(key, new, excerpt)
        self._waiting.insert(0, new)
        self._open_next()

    def read_behind(self, key: int, excerpt: Excerpt) -> int:
        """Have another excerpt of a picture's file opened and read after all else.

        Returns:
            Its key; nothing is told of it before this returns.
        """
        new, known = next(self._keys), self._wanted[key]
        wanted = WantedPicture(known.source, known.name, known.file_key, excerpt, can_wait=True)
        self._wanted[new] = wanted
        self._waiting.append(new)
        self._open_next()
        return new

    def hurry(self, key: int) -> None:
        """Let a picture that could wait do so no longer, for a person looks at it."""
        if key not in self._wanted or not self._wanted[key].can_wait:
            return
        self._wanted[key].can_wait = False
        self._recognition.hurry_picture(key)
        if key in self._waiting:
            self._waiting.remove(key)
            self._waiting.insert(0, key)

    def open_again(self, key: int) -> None:
        """Have a picture that was opened before opened once more, to be seen and not read.

        Nobody sees more than one: it takes the place of another that waits to be opened again.
        """
        if self._again is not None:
            self._service.forget(self._again)
        self._again = None
        if key in self._wanted and self._wanted[key].is_opened:
            self._again = key
            self._open(key, is_next=True)

    def stop_reading(self, key: int) -> None:
        """Read no more of a picture that waits or is being read; what was read was told."""
        is_there = key in self._under_way or key in self._waiting
        if is_there and key in self._wanted and self._wanted[key].is_opened:
            self._wanted[key].is_to_be_read, self._wanted[key].is_done = False, True
            if key in self._waiting:
                self._waiting.remove(key)
            self._recognition.forget_picture(key)
            self.stopped.emit(key)
            self._end(key)

    def read_again(self, key: int, *, can_wait: bool = False) -> None:
        """Read a picture of which the reading was stopped or failed, before or after all else."""
        if key in self._wanted and key not in self._under_way and key not in self._waiting:
            wanted = self._wanted[key]
            wanted.is_to_be_read, wanted.is_done, wanted.can_wait = True, False, can_wait
            self._waiting.insert(len(self._waiting) if can_wait else 0, key)
            self.began_again.emit(key)
            self._open_next()

    def remove(self, key: int) -> None:
        """Do nothing more with a picture, however far it has come."""
        if key in self._wanted:
            self._removed[key] = self._wanted.pop(key)
        if key in self._waiting:
            self._waiting.remove(key)
        self._service.forget(key)
        self._recognition.forget_picture(key)
        self._end(key)

    def bring_back(self, key: int) -> None:
        """Have a picture again that was removed after the last file was opened."""
        if key not in self._removed:
            return
        wanted = self._wanted[key] = self._removed.pop(key)
        if not wanted.is_done:  # It is read from its beginning.
            wanted.is_to_be_read = True
            self._waiting.append(key)
            self.began_again.emit(key)
            self._open_next()

    @property
    def can_read(self) -> bool:
        """Whether there is, or may still be, a model that reads."""
        return not self._is_model_missing

    def place(self, key: int) -> tuple[str, int, int]:
        """Where a picture comes from.

        Returns:
            Its file's path, or what a person calls it; its page, counted from 0; and how many pages
            the file has.
        """
        return self._wanted[key].place

    def path(self, key: int) -> str:
        """Its path, as `place`; of several pages which, as in a link to a PDF's page (RFC 8118)."""
        path, page, page_count = self.place(key)
        return path if page_count == 1 else f"{path}#page={page + 1}"

    def drawn_on(self, key: int, numbers: Sequence[Number]) -> Callable[[], bytes]:
        """Return what opens a picture again, in any thread, and draws Numbers on it, as a PNG file.

        When called it raises PictureError, where the picture's file cannot be opened any more.
        """
        return self._wanted[key].drawn_on(numbers)

    def stop(self, timeout_ms: int) -> bool:
        """End the thread that opens pictures; False where it takes longer than `timeout_ms`."""
        return self._service.stop(timeout_ms)

    def _open_next(self) -> None:
        while self._waiting and len(self._under_way) < MOST_UNDER_WAY:
            key = self._waiting.pop(0)
            waits = any(self._wanted[other].can_wait for other in self._under_way & {*self._wanted})
            self._under_way.add(key)
            self._open(key, is_next=waits and not self._wanted[key].can_wait)

    def _open(self, key: int, *, is_next: bool = False) -> None:
        wanted = self._wanted[key]
        about = wanted.source, wanted.name, wanted.excerpt
        self._service.open(key, *about, file_key=wanted.file_key, is_next=is_next)

    def _end(self, key: int) -> None:
        self._under_way.discard(key)
        self._open_next()

    @Slot(int, object)
    def _on_opened(self, key: int, picture: Picture) -> None:
        if key in self._files:
            self.file_opened.emit(self._files.pop(key))
        wanted = self._wanted.get(key)
        if wanted is None:
            self._end(key)
            return
        is_to_be_read, wanted.is_to_be_read = wanted.is_to_be_read, False
        wanted.is_opened, wanted.page_count = True, picture.page_count
        self.opened.emit(key, picture)
        if not is_to_be_read:
            return
        if key in self._waiting:  # It was opened to be seen before its turn to be read.
            self._waiting.remove(key)
            self._under_way.add(key)
        self._keeper.words.find(key, picture, wanted.excerpt.within)
        if self._is_model_missing:
            self._end(key)
        else:
            within, can_wait = wanted.excerpt.within, wanted.can_wait
            self._recognition.request_picture(key, picture, within, can_wait=can_wait)

    @Slot(int, object)
    def _on_read(self, key: int, reading: Reading) -> None:
        if key in self._wanted:
            self._wanted[key].is_done = True
            self.read.emit(key, reading)
        self._end(key)

    @Slot(int, str)
    def _on_open_failed(self, key: int, sentence: str) -> None:
        wanted = self._wanted.get(key)
        if wanted is not None and not wanted.is_to_be_read:
            self.lost.emit(key, sentence)  # It was read, or is being read, all the same.
            return
        if wanted is not None:
            wanted.is_to_be_read = False
        self._on_failed(key, sentence)

    @Slot(int)
    def _on_ink_found(self, key: int) -> None:
        wanted, path = self._wanted.get(key), self._files.pop(key, None)
        if wanted is not None and path is not None:
            self.ink_found.emit(key, path)
        elif wanted is not None:  # It was a picture when it was opened first.
            self._on_open_failed(key, f"“{wanted.name}” is a picture no more, but ink: open it.")
        self._end(key)

    @Slot(int, str)
    def _on_failed(self, key: int, sentence: str) -> None:
        if key in self._wanted:
            self._wanted[key].is_done = True
        self.failed.emit(key, sentence)
        self._end(key)

    @Slot()
    def _on_model_failed(self) -> None:
        self._is_model_missing = True  # Pictures are shown all the same.
        self._under_way.clear()
        self._open_next()
