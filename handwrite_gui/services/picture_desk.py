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


class PictureDesk(QObject):
    """Gives each picture a key, has it opened and read, and remembers what was read.

    Signals:
        added: A picture's key and name, before it is opened.
        opened: A key and its Picture.
        read: A key and its Reading.
        failed: A key and one sentence to the person.

    Thread:
        The window's.
    """

    added = Signal(int, str)
    opened = Signal(int, object)
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
        self._service.opened.connect(self._on_opened)
        self._service.failed.connect(self.failed)
        recognition.picture_read.connect(self._on_read)
        recognition.picture_failed.connect(self.failed)

    def open(self, source: Path | bytes, name: str) -> None:
        """Have a file, or a file's bytes, opened and read."""
        key = next(self._keys)
        self._readings[key] = None
        self.added.emit(key, name)
        self._service.open(key, source, name)

    def remove(self, key: int) -> None:
        """Forget a picture, however far it has come."""
        self._readings.pop(key, None)
        self._service.forget(key)
        self._recognition.forget_picture(key)

    def correct(self, key: int, said: int) -> None:
        """Keep what a person says that a picture's digit was."""
        reading = self._readings.get(key)
        if reading is not None and reading.first_digit is not None:
            self._keeper.keep_correction(reading.first_digit, said)

    def stop(self, timeout_ms: int) -> bool:
        """End the thread that opens pictures; False where it takes longer than `timeout_ms`."""
        return self._service.stop(timeout_ms)

    @Slot(int, object)
    def _on_opened(self, key: int, picture: Picture) -> None:
        if key in self._readings:
            self.opened.emit(key, picture)
            self._recognition.request_picture(key, picture)

    @Slot(int, object)
    def _on_read(self, key: int, reading: Reading) -> None:
        if key in self._readings:
            self._readings[key] = reading
            self.read.emit(key, reading)
