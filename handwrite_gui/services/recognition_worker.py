"""The recognition worker: owns the models, and reads in a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box

if TYPE_CHECKING:
    from handwrite_gui.reading.picture_reader import Slices
    from handwrite_gui.reading.reader import Reader
    from handwrite_gui.recognition.recogniser import Recogniser
    from handwrite_gui.recognition.sequences.sequence_recogniser import SequenceRecogniser

#: What may be asked of a Reader; each part of the answer takes no longer than a slice of a page.
Question = Callable[["Reader"], Iterator[object]]

_log = logging.getLogger(__name__)
_BUG = "This could not be read because of a fault in Handwrite; the log says more (Help, About)."
_NO_CARE = (
    "Reading carefully is not possible because of a fault in Handwrite; the log says more "
    "(Help, About)."
)


@dataclass(frozen=True, eq=False, slots=True)
class PictureRequest:
    """A picture to be read, or what is within a box of it."""

    picture: Picture
    within: Box | None = None


class RecognitionWorker(QObject):
    """Owns the Reader and its models.

    Thread:
        The recognition thread.
    """

    loaded = Signal()
    load_warned = Signal(str)
    load_failed = Signal(str)
    care_changed = Signal(bool)
    care_failed = Signal(str)
    ink_read = Signal(object)
    picture_went_on = Signal(int, object, object)
    picture_read = Signal(int, object, object)
    ink_failed = Signal(str)
    picture_failed = Signal(int, object, str)
    part_told = Signal(str, object, object)
    question_ended = Signal(str, object)
    question_failed = Signal(str, object, str)

    def __init__(self, models: Sequence[Path], numbers: Path | None = None) -> None:
        super().__init__()
        self._models, self._numbers = models, numbers
        self._sequences: Callable[[], SequenceRecogniser | None] = lambda: None
        self._recogniser: Recogniser | None = None
        self._careful: Recogniser | None = None
        self._reader: Reader | None = None
        self._question: Question | None = None
        self._parts: Iterator[object] = iter(())
        #: The pictures of which some slices are read, by their keys.
        self._begun: dict[int, tuple[PictureRequest, Slices]] = {}

    @Slot()
    def load(self) -> None:
        """Load the first model; `loaded` or `load_failed` follows."""
        from handwrite_gui.recognition.errors import RecognitionError
        from handwrite_gui.recognition.keras_recogniser import load_recogniser

        warnings: list[str] = []
        try:
            self._recogniser = load_recogniser(
                self._models[0], one_thread=True, on_warning=warnings.append
            )
            from handwrite_gui.reading.reader import Reader
            from handwrite_gui.recognition.sequences.sequence_recogniser import load_when_asked

            if self._numbers is not None:
                self._sequences = load_when_asked(
                    self._numbers, lambda warning: self._warn([warning])
                )
            self._reader = Reader(self._recogniser, self._sequences)
        except RecognitionError as error:
            _log.warning("%s", error)
            self.load_failed.emit(str(error))
        except Exception as error:  # The thread's edge: whatever else an import or Keras raises.
            _log.exception("The model could not be loaded")
            self.load_failed.emit(
                f"The model {self._models[0]} could not be loaded ({error}); "
                "run `handwrite-gui doctor` to see what is wrong."
            )
        else:
            self.loaded.emit()
            self._warn(warnings)

    def _warn(self, warnings: list[str]) -> None:
        for warning in warnings:
            _log.warning("%s", warning)
            self.load_warned.emit(warning)

    @Slot(bool)
    def set_careful(self, careful: bool) -> None:
        """Read with all models or with the first; `care_changed` or `care_failed` follows."""
        from handwrite_gui.reading.reader import Reader
        from handwrite_gui.recognition.careful import CarefulRecogniser
        from handwrite_gui.recognition.errors import RecognitionError
        from handwrite_gui.recognition.keras_recogniser import load_recogniser

        assert self._recogniser is not None
        warnings: list[str] = []
        try:
            if careful and self._careful is None:
                load = partial(load_recogniser, one_thread=True, on_warning=warnings.append)
                others = map(load, self._models[1:])
                self._careful = CarefulRecogniser([self._recogniser, *others])
        except RecognitionError as error:
            _log.warning("%s", error)
            self.care_failed.emit(str(error))
        except Exception:  # The thread's edge: whatever else Keras raises.
            _log.exception("The models for careful reading could not be loaded")
            self.care_failed.emit(_NO_CARE)
        else:
            recogniser = self._careful if careful else self._recogniser
            assert recogniser is not None
            self._reader = Reader(recogniser, self._sequences)
            self.care_changed.emit(careful)
            self._warn(warnings)

    @Slot(object)
    def read_ink(self, ink: Ink) -> None:
        """Read ink; `ink_read` or `ink_failed` follows."""
        assert self._reader is not None
        try:
            reading = self._reader.read_ink(ink)
        except Exception:  # The thread's edge: a bug must not leave the window waiting.
            _log.exception("Ink could not be read")
            self.ink_failed.emit(_BUG)
        else:
            self.ink_read.emit(reading)

    @Slot(int, object)
    def read_picture(self, key: int, request: PictureRequest) -> None:
        """Read the next slice of a picture; `picture_went_on`, `picture_read` or `picture_failed`.

        Another request under the same key begins anew, and the one before is given up.
        """
        assert self._reader is not None
        try:
            if key not in self._begun or self._begun[key][0] is not request:
                slices = self._reader.picture_slices(request.picture, request.within)
                self._begun[key] = request, slices
            progress = next(self._begun[key][1])
        except StopIteration as end:
            del self._begun[key]
            self.picture_read.emit(key, request, end.value)
        except Exception:  # The thread's edge: a bug must not leave the window waiting.
            _log.exception("The picture %s could not be read", request.picture.name)
            self._begun.pop(key, None)
            self.picture_failed.emit(key, request, _BUG)
        else:
            self.picture_went_on.emit(key, request, progress)

    @Slot(int)
    def forget_picture(self, key: int) -> None:
        """Drop a picture that is being read, for its pixels take much room."""
        self._begun.pop(key, None)

    @Slot(str, object)
    def answer(self, key: str, question: Question) -> None:
        """Tell the next part of an answer; `part_told`, `question_ended` or `question_failed`."""
        assert self._reader is not None
        try:
            if question is not self._question:
                self._question, self._parts = question, question(self._reader)
            part = next(self._parts, None)
        except Exception:  # The thread's edge: a bug must not leave the window waiting.
            _log.exception("The question %s could not be answered", key)
            self.question_failed.emit(key, question, _BUG)
        else:
            if part is not None:
                self.part_told.emit(key, question, part)
                return
            self.question_ended.emit(key, question)
        self._question, self._parts = None, iter(())
