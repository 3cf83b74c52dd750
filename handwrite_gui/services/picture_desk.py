"""The picture desk: every picture's way from its file to its Reading."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.services.picture_service import PictureService
from handwrite_gui.services.recognition_service import RecognitionService

#: 12 megapixels take 36 MB while they wait to be read.
MOST_UNDER_WAY = 3


class PictureDesk(QObject):
    """Gives each picture a key, has it opened and read, and remembers what was read.

    Only a few are between opening and reading at a time: whole pictures are large.

    Signals:
        added: A picture's key and name, before it is opened.
        opened: A key and its Picture.
        file_opened: The path of a file that is a picture.
        read: A key and its Reading.
        failed: A key and one sentence to the person.

    Thread:
        The window's.
    """

    added = Signal(int, str)
    opened = Signal(int, object)
    file_opened = Signal(Path)
    read = Signal(int, object)
    failed = Signal(int, str)

    def __init__(
        self, recognition: RecognitionService, keeper: Keeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recognition, self._keeper = recognition, keeper
        self._service = PictureService(self)
        self._keys = count()
        self._readings: dict[int, Reading | None] = {}
        self._waiting: dict[int, tuple[Path | bytes, str]] = {}
        self._under_way: set[int] = set()
        self._files: dict[int, Path] = {}
        self._is_model_missing = False
        self._service.opened.connect(self._on_opened)
        self._service.failed.connect(self._on_failed)
        recognition.picture_read.connect(self._on_read)
        recognition.picture_failed.connect(self._on_failed)
        recognition.failed.connect(self._on_model_failed)

    def open(self, source: Path | bytes, name: str) -> None:
        """Have a file, or a file's bytes, opened and read."""
        key = next(self._keys)
        self._readings[key] = None
        self.added.emit(key, name)
        self._waiting[key] = source, name
        if isinstance(source, Path):
            self._files[key] = source
        self._open_next()

    def remove(self, key: int) -> None:
        """Forget a picture, however far it has come."""
        self._readings.pop(key, None)
        self._waiting.pop(key, None)
        self._service.forget(key)
        self._recognition.forget_picture(key)
        self._end(key)

    def correct(self, key: int, said: int) -> None:
        """Keep what a person says that a picture's digit was."""
        reading = self._readings.get(key)
        if reading is not None and reading.first_digit is not None:
            self._keeper.keep_correction(reading.first_digit, said)

    def stop(self, timeout_ms: int) -> bool:
        """End the thread that opens pictures; False where it takes longer than `timeout_ms`."""
        return self._service.stop(timeout_ms)

    def _open_next(self) -> None:
        while self._waiting and len(self._under_way) < MOST_UNDER_WAY:
            key = next(iter(self._waiting))
            self._under_way.add(key)
            self._service.open(key, *self._waiting.pop(key))

    def _end(self, key: int) -> None:
        self._under_way.discard(key)
        self._open_next()

    @Slot(int, object)
    def _on_opened(self, key: int, picture: Picture) -> None:
        if key in self._files:
            self.file_opened.emit(self._files.pop(key))
        if key in self._readings:
            self.opened.emit(key, picture)
        if key in self._readings and not self._is_model_missing:
            self._recognition.request_picture(key, picture)
        else:
            self._end(key)

    @Slot(int, object)
    def _on_read(self, key: int, reading: Reading) -> None:
        if key in self._readings:
            self._readings[key] = reading
            self.read.emit(key, reading)
        self._end(key)

    @Slot(int, str)
    def _on_failed(self, key: int, sentence: str) -> None:
        self.failed.emit(key, sentence)
        self._end(key)

    @Slot()
    def _on_model_failed(self) -> None:
        self._is_model_missing = True  # Pictures are shown all the same.
        self._under_way.clear()
        self._open_next()
