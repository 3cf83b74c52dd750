"""The reader: Ink or Picture to Reading. There is no second way to a digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.domain.reading import Box, Digit, Number, Reading, Refusal
from handwrite_gui.imaging.find_ink import find_digit
from handwrite_gui.reading.ink.ink_reader import InkReader
from handwrite_gui.recognition.recogniser import Recogniser


class Reader:
    """Reads Ink and Pictures with one Recogniser."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._ink = InkReader(self.predict)

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
            return _dot(image, ink.box, ink.revision)
        return self._read(image, ink.box, ink.revision)

    def read_picture(self, picture: Picture) -> Reading:
        """Read a picture as one digit; boxes are in the picture's pixels."""
        found = find_digit(picture.pixels)
        if found is None:
            return Reading(refusal=Refusal.BLANK)
        image = frame(found.ink_map)
        return _dot(image, found.box) if found.is_dot else self._read(image, found.box)

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        """Say of each digit image (n, 28, 28) what it is, also of one that no ink gives."""
        return [Prediction(each) for each in self._recogniser.predict(images)]

    def _read(self, image: NDArray[np.float32], box: Box, revision: int = 0) -> Reading:
        (prediction,) = self.predict(image[None])
        digit = Digit(box, image, prediction)
        if prediction.digit is None:
            return Reading(refusal=Refusal.NO_DIGIT, refused=(digit,), revision=revision)
        number = Number(str(prediction.digit), prediction.confidence, box, (digit,))
        return Reading((number,), revision=revision)


def _dot(image: NDArray[np.float32], box: Box, revision: int = 0) -> Reading:
    dot = Digit(box, image, Prediction.certainly_no_digit())
    return Reading(refusal=Refusal.DOT, refused=(dot,), revision=revision)
