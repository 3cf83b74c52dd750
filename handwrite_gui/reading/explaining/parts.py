"""The parts of an explanation, in the order in which they are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.prediction import Prediction, percent
from handwrite_gui.domain.steps import Steps

#: Added to both chances before the logarithm, so that it stays a number where float32 is at 0 or 1.
_LEAST_CHANCE = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class StepAnswer:
    """What some steps make of the ink.

    Attributes:
        image: Digit image, (28, 28) float32, 0.0 paper to 1.0 ink.
        prediction: What is read from it.
    """

    image: NDArray[np.float32]
    prediction: Prediction


@dataclass(frozen=True, eq=False, slots=True)
class StepAnswers:
    """What every choice of steps makes of the ink; `ALL_STEPS` give the answer itself."""

    by_steps: dict[Steps, StepAnswer]


class Occlusion(Enum):
    """What a patch of the digit image is covered with."""

    PAPER = auto()
    INK = auto()


@dataclass(frozen=True, eq=False, slots=True)
class HeatMap:
    """Where the answer hangs on the digit image.

    Attributes:
        covered_with: What was laid over each place.
        image: The digit image, (28, 28) float32.
        drop: How far the log-odds of the answer fall where a place is covered, (28, 28) float64;
            negative where they rise.
        place: Where they fall furthest, in words ("at the top left"); empty where they
            fall nowhere.
    """

    covered_with: Occlusion
    image: NDArray[np.float32]
    drop: NDArray[np.float64]
    place: str


@dataclass(frozen=True, slots=True)
class Underway:
    """Nothing yet; told so that ink can be read in between."""


@dataclass(frozen=True, eq=False, slots=True)
class Without:
    """What would be read without a piece of the ink.

    Attributes:
        number: Which piece it is, from 1.
        name: The same in words ("the 2nd stroke").
        piece: What is left out.
        prediction: What is read of the rest.
    """

    number: int
    name: str
    piece: Stroke
    prediction: Prediction


@dataclass(frozen=True, eq=False, slots=True)
class StrokeChanges:
    """What would be read without each piece of the ink.

    Attributes:
        pieces: The strokes in the order in which they were drawn, or the parts of a single one.
        most: Index of the piece that matters most, or None where none matters.
        sentence: What would change the answer, for a person.
    """

    pieces: tuple[Without, ...]
    most: int | None
    sentence: str


class HintKind(Enum):
    """What a person can do something about, the most urgent first."""

    DOT = auto()
    TWO_DIGITS = auto()
    CUT_OFF = auto()
    TOO_SMALL = auto()
    NOT_CLOSED = auto()
    TURNED = auto()
    NO_DIGIT = auto()


@dataclass(frozen=True, slots=True)
class Hint:
    """One sentence to the person, and what it is about."""

    kind: HintKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Hints:
    """At most two; none where there is nothing to say."""

    hints: tuple[Hint, ...]


def answer_of(prediction: Prediction) -> int:
    """Return the class that a prediction stands for: a digit, or 10 for "no digit"."""
    return int(np.argmax(prediction.probabilities))


def log_odds(prediction: Prediction, answer: int) -> float:
    """Return the logarithm of an answer's chance against all others, about -14 to 14.

    A model that is sure changes by few per cent whatever is done to the ink: from 99.9 to 99 %
    is as far as from 91 to 50 %, and in log-odds it is.
    """
    chance = float(prediction.probabilities[answer])
    return float(np.log((chance + _LEAST_CHANCE) / (1.0 - chance + _LEAST_CHANCE)))


def in_words(prediction: Prediction) -> str:
    """Return an answer and its chance, as "7 (93.1 %)" or "no digit (60.0 %)"."""
    digit = "no digit" if prediction.digit is None else prediction.digit
    return f"{digit} ({percent(prediction.confidence)})"
