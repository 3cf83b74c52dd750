"""The side finder: asks whether pages that were read badly lie on their side."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.lying import how_it_lies, may_lie
from handwrite_gui.services.picture_desk import PictureDesk
from handwrite_gui.services.recognition_service import RecognitionService

#: A longer side of so many pixels is enough to tell, and takes a few megabytes while it waits.
ENOUGH_PX = 1600
#: So many pictures are held until they are read, and so many questions are asked at a time.
MOST_HELD = 20
_KEY = "side "


class SideFinder(QObject):
    """Finds out by how many quarters pictures are to be turned, while nothing else is read.

    Signals:
        found: A picture's key and the quarters by which it is to be turned to the right, 1 or -1.

    Thread:
        The window's.
    """

    found = Signal(int, int)

    def __init__(
        self, recognition: RecognitionService, desk: PictureDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recognition = recognition
        #: Pictures that are opened and not read yet, made smaller.
        self._pictures: dict[int, Picture] = {}
        self._is_done: set[int] = set()
        self._asked: set[str] = set()
        desk.opened.connect(self._on_opened)
        desk.read.connect(self._on_read)
        recognition.part_told.connect(self._on_part_told)
        recognition.question_ended.connect(self._on_ended)
        recognition.question_failed.connect(self._on_failed)

    @Slot(int)
    def forget(self, key: int) -> None:
        """Ask no more of a picture that is gone."""
        self._pictures.pop(key, None)
        self._asked.discard(f"{_KEY}{key}")
        self._recognition.forget_question(f"{_KEY}{key}")

    @Slot(int, object)
    def _on_opened(self, key: int, picture: Picture) -> None:
        if key in self._is_done:
            return
        sizes = (picture.pixels, *picture.reduced)
        pixels = next((each for each in sizes[::-1] if max(each.shape) >= ENOUGH_PX), sizes[0])
        self._pictures[key] = replace(picture, pixels=pixels, reduced=())
        for oldest in list(self._pictures)[:-MOST_HELD]:
            del self._pictures[oldest]

    @Slot(int, object)
    def _on_read(self, key: int, reading: Reading) -> None:
        picture = self._pictures.pop(key, None)
        self._is_done.add(key)
        if picture is not None and len(self._asked) < MOST_HELD and may_lie(reading):
            self._asked.add(f"{_KEY}{key}")
            question = how_it_lies(picture, reading)
            self._recognition.ask(f"{_KEY}{key}", question, can_wait=True)

    @Slot(str, object)
    def _on_part_told(self, key: str, part: object) -> None:
        if key in self._asked and isinstance(part, int) and part:
            self.found.emit(int(key.removeprefix(_KEY)), part)

    @Slot(str)
    def _on_ended(self, key: str) -> None:
        self._asked.discard(key)

    @Slot(str, str)
    def _on_failed(self, key: str, _sentence: str) -> None:
        self._asked.discard(key)
