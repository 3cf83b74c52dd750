"""Reading: all that was read from one Ink or Picture."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction

#: x, y, width and height, in the source's own units: canvas units for ink, pixels for a picture.
Box = tuple[float, float, float, float]
#: What is read is called very sure from this confidence on, and doubtful below, wherever that is
#: said or marked: of 100 that nobody looks at again at most one is to be wrong.
SURE = 0.99
#: What is smaller than this share of the height of most Numbers is a speck beside them: a point is
#: about a tenth as high, the smallest digit that people write beside others a third.
SPECK = 0.25
VERY_SURE, DOUBTFUL, CONFIRMED = "very sure", "doubtful", "confirmed"


@dataclass(frozen=True, eq=False, slots=True)
class Digit:
    """One mark that was looked at as a digit, whatever came of it.

    Attributes:
        box: Where it is in the source.
        image: Digit image as the model got it, (28, 28) float32, 0.0 paper to 1.0 ink.
        prediction: What the model said of it.
        strokes: Indices of its strokes in the ink that was read; empty in a picture.
        said: The digit that a person says it is, or None.
    """

    box: Box
    image: NDArray[np.float32]
    prediction: Prediction
    strokes: tuple[int, ...] = ()
    said: int | None = None

    @property
    def digit(self) -> int | None:
        """The digit: what a person says, or else what the model does; None where it is none."""
        return self.prediction.digit if self.said is None else self.said


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another text that a Number might be, as a whole.

    Attributes:
        text: The string.
        probability: The chance that it is right, 0 to 1.
    """

    text: str
    probability: float


@dataclass(frozen=True, eq=False, slots=True)
class Number:
    """Digits side by side and the signs between them, read as one string.

    Attributes:
        text: The string; its n-th digit is the n-th of `digits`.
        confidence: The chance that the whole text is right, 0 to 1.
        box: Where it is in the source.
        digits: The digits, from left to right.
        alternatives: What else it might be as a whole, likeliest first.
        row: The row of writing that it stands in, counted from the top.
        is_confirmed: Whether a person typed or confirmed the text, or said each of its digits;
            the confidence is 1.0 then.
        signs: What was read as its signs, as a digit would be, from left to right; empty where it
            is not known which ink they are, as in a picture.
    """

    text: str
    confidence: float
    box: Box
    digits: tuple[Digit, ...]
    alternatives: tuple[Alternative, ...] = ()
    row: int = 0
    is_confirmed: bool = False
    signs: tuple[Digit, ...] = ()

    def __post_init__(self) -> None:
        if self.digits and all(digit.said is not None for digit in self.digits):
            object.__setattr__(self, "is_confirmed", True)
            object.__setattr__(self, "confidence", 1.0)

    @property
    def places(self) -> tuple[int, ...]:
        """Where in the text each of the digits stands."""
        return tuple(n for n, letter in enumerate(self.text) if letter in "0123456789")

    @property
    def inked_places(self) -> tuple[int, ...]:
        """Where in the text something is written, a digit or a sign."""
        return tuple(n for n, letter in enumerate(self.text) if letter != " ")

    @property
    def marks(self) -> dict[int, Digit]:
        """Its digits, and signs of which the ink is known, by where they stand in the text."""
        signs = (place for place in self.inked_places if place not in self.places)
        of_signs = dict(zip(signs, self.signs, strict=False))
        both = of_signs | dict(zip(self.places, self.digits, strict=False))
        return dict(sorted(both.items()))

    def letter_of(self, mark: Digit) -> str:
        """What one of its marks is in the text."""
        return next(self.text[place] for place, each in self.marks.items() if each is mark)

    @property
    def said_places(self) -> tuple[int, ...]:
        """Where in the text the digits stand that a person said."""
        pairs = zip(self.places, self.digits, strict=False)
        return tuple(place for place, digit in pairs if digit.said is not None)

    @property
    def figures(self) -> tuple[int, ...]:
        """What each of the digits is in the text, which knows of its neighbours as well."""
        return tuple(int(self.text[place]) for place in self.places)

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to look at it again."""
        return self.is_confirmed or self.confidence >= SURE

    @property
    def certainty(self) -> str:
        """How sure it is, in a word or two."""
        return CONFIRMED if self.is_confirmed else confidence_in_words(self.confidence)

    @property
    def doubtful_digits(self) -> tuple[Digit, ...]:
        """Those of a doubtful Number that are doubtful themselves, or the one that is most so."""
        asked = [
            pair for pair in zip(self.digits, self.figures, strict=True) if pair[0].said is None
        ]
        chances = {digit: float(digit.prediction.probabilities[fig]) for digit, fig in asked}
        if self.is_sure or not chances:
            return ()
        least = min(chances.values())
        return tuple(each for each, chance in chances.items() if chance < SURE or chance == least)


def confidence_in_words(confidence: float) -> str:
    """Name a confidence from 0 to 1 as a person would say it."""
    return VERY_SURE if confidence >= SURE else DOUBTFUL


class Refusal(Enum):
    """Why nothing was read."""

    BLANK = "blank"
    DOT = "dot"
    NO_DIGIT = "no digit"


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """All that was read from one Ink or Picture.

    Attributes:
        numbers: What was read, from top to bottom and from left to right; empty where nothing was.
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
        """All Numbers, a line for each row of writing, a tab between those of one row."""
        rows = groupby(self.numbers, key=lambda number: number.row)
        return "\n".join("\t".join(number.text for number in row) for _, row in rows)

    @property
    def specks(self) -> tuple[Digit, ...]:
        """Refused marks that are tiny beside the Numbers: dots and slips, which nobody meant."""
        if not self.numbers:
            return ()
        most_px = SPECK * float(np.median([number.box[3] for number in self.numbers]))
        return tuple(mark for mark in self.refused if max(mark.box[2:]) < most_px)

    @property
    def first_digit(self) -> Digit | None:
        """The first mark looked at, read or refused, or None on blank paper."""
        if self.numbers:
            return self.numbers[0].digits[0]
        return self.refused[0] if self.refused else None


@dataclass(frozen=True, eq=False, slots=True)
class Progress:
    """How far the reading of a picture has come.

    Attributes:
        done: Places with writing that are read.
        total: All such places; some of them may hold no Number.
        reading: What was read so far, the beginning of what will be.
        beyond: What was read after places that are not read yet.
    """

    done: int
    total: int
    reading: Reading = field(default_factory=Reading)
    beyond: tuple[Number, ...] = ()

    @property
    def all_read(self) -> Reading:
        """All that was read so far; more may come amid it."""
        return replace(self.reading, numbers=(*self.reading.numbers, *self.beyond))
