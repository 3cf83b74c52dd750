"""The reader: Ink or Picture to Reading. There is no second way to a digit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.domain.reading import Box, Reading, Refusal
from handwrite_gui.reading.ink.ink_reader import InkReader
from handwrite_gui.reading.one_digit import FramedDigit, read_image, refuse_dot
from handwrite_gui.reading.picture_reader import PictureReader, Slices
from handwrite_gui.recognition.recogniser import Recogniser, StripRecogniser


class Reader:
    """Reads Ink and Pictures with one Recogniser.

    Args:
        recogniser: Reads single digits.
        sequences: Gives the recogniser of whole strips in pictures, loaded when it is first asked
            for, or None where there is none.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        sequences: Callable[[], StripRecogniser | None] = lambda: None,
    ) -> None:
        self._recogniser = recogniser
        self._ink = InkReader(self.predict)
        self._pictures = PictureReader(self.predict, sequences)

    def read_ink(self, ink: Ink) -> Reading:
        """Read ink as Numbers; boxes are in canvas units.

        What was read of strokes that are still there is not looked at again.
        """
        if not ink.strokes or ink.is_dot:
            return self.read_one_digit(ink)
        numbers, refused = self._ink.read(ink)
        if numbers:
            return Reading(numbers, refused=refused, revision=ink.revision)
        return Reading(refusal=Refusal.NO_DIGIT, refused=refused, revision=ink.revision)

    def read_one_digit(self, ink: Ink) -> Reading:
        """Read ink as one digit, whatever it looks like."""
        if not ink.strokes:
            return Reading(refusal=Refusal.BLANK, revision=ink.revision)
        image = ink_image(ink)
        if ink.is_dot:
            return refuse_dot(image, ink.box, ink.revision)
        return read_image(self.predict, image, ink.box, ink.revision)

    def read_picture(self, picture: Picture, within: Box | None = None) -> Reading:
        """Read all Numbers of a picture, or of a box in it; boxes are in the picture's pixels."""
        return _at_once(self.picture_slices(picture, within))

    def frame_or_read(self, picture: Picture) -> FramedDigit | Reading:
        """Read a picture, unless one digit is all that it holds: that can be read with others."""
        found = self._pictures.frame_or_slices(picture)
        return found if isinstance(found, FramedDigit) else _at_once(found)

    def picture_slices(self, picture: Picture, within: Box | None = None) -> Slices:
        """Read a picture, a bounded piece of work at a time; as `PictureReader.slices`."""
        return self._pictures.slices(picture, within)

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        """Say of each digit image (n, 28, 28) what it is, also of one that no ink gives."""
        return [Prediction(each) for each in self._recogniser.predict(images)]


def _at_once(slices: Slices) -> Reading:
    """Read all slices of a picture."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            reading: Reading = end.value
            return reading
