"""Reading: all that was read from one Ink or Picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction

#: x, y, width and height, in the source's own units: canvas units for ink, pixels for a picture.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False, slots=True)
class Digit:
    """One mark that was looked at as a digit, whatever came of it.

    Attributes:
        box: Where it is in the source.
        image: Digit image as the model got it, (28, 28) float32, 0.0 paper to 1.0 ink.
        prediction: What the model said of it.
    """

    box: Box
    image: NDArray[np.float32]
    prediction: Prediction


@dataclass(frozen=True, eq=False, slots=True)
class Number:
    """Digits side by side, read as one string.

    Attributes:
        text: The string.
        confidence: The chance that the whole text is right, 0 to 1.
        box: Where it is in the source.
        digits: The digits, from left to right.
    """

    text: str
    confidence: float
    box: Box
    digits: tuple[Digit, ...]


class Refusal(Enum):
    """Why nothing was read."""

    BLANK = "blank"
    DOT = "dot"
    NO_DIGIT = "no digit"


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """All that was read from one Ink or Picture.

    Attributes:
        numbers: What was read, top to bottom; empty where nothing was.
        refusal: Why nothing was read, or None.
        refused: Marks that were looked at and found to be no digit.
        revision: The revision of the ink that was read; 0 for a picture.
    """

    numbers: tuple[Number, ...] = ()
    refusal: Refusal | None = None
    refused: tuple[Digit, ...] = ()
    revision: int = 0

    @property
    def text(self) -> str:
        """All Numbers, a line each."""
        return "\n".join(number.text for number in self.numbers)

    @property
    def first_digit(self) -> Digit | None:
        """The first mark looked at, read or refused, or None on blank paper."""
        if self.numbers:
            return self.numbers[0].digits[0]
        return self.refused[0] if self.refused else None
