"""Prediction: what the model says of one digit image."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_DIGIT = 10
CLASSES = 11


@dataclass(frozen=True, eq=False, slots=True)
class Prediction:
    """One digit image's eleven probabilities.

    Attributes:
        probabilities: Float64 array of shape (11,), summing to 1: the digits 0 to 9, then
            "no digit". A model answers in float32, whose sum misses 1 in the seventh place; that
            is put right here.

    Raises:
        ValueError: The array has another shape, or its values are not probabilities.
    """

    probabilities: NDArray[np.floating]

    def __post_init__(self) -> None:
        if self.probabilities.shape != (CLASSES,):
            raise ValueError(
                f"A prediction has {CLASSES} probabilities. Received: {self.probabilities.shape}"
            )
        if not (self.probabilities >= 0).all() or abs(float(self.probabilities.sum()) - 1) > 1e-3:
            raise ValueError(f"Probabilities must sum to 1. Received: {self.probabilities}")
        exact = self.probabilities.astype(np.float64)
        object.__setattr__(self, "probabilities", exact / exact.sum())

    @staticmethod
    def certainly_no_digit() -> Prediction:
        """Return the prediction for what is known to be no digit without asking a model."""
        return Prediction(np.eye(CLASSES)[NO_DIGIT])

    @property
    def digit(self) -> int | None:
        """The likeliest digit, or None where "no digit" is likelier than each of the ten."""
        likeliest = int(np.argmax(self.probabilities))
        return None if likeliest == NO_DIGIT else likeliest

    @property
    def best_of_ten(self) -> int:
        """The likeliest of the ten digits, refusal ignored."""
        return int(np.argmax(self.probabilities[:NO_DIGIT]))

    @property
    def confidence(self) -> float:
        """The chance that `digit` is right: the largest of the eleven probabilities."""
        return float(self.probabilities.max())

    @property
    def no_digit(self) -> float:
        """The probability that this is no digit."""
        return float(self.probabilities[NO_DIGIT])

    def ranked(self) -> list[int]:
        """The ten digits and `NO_DIGIT`, likeliest first."""
        return [int(kind) for kind in np.argsort(-self.probabilities, kind="stable")]


def percent(probability: float) -> str:
    """Write a probability from 0 to 1 for a person: never a certainty that nobody has.

    At most 99.9 %, for "100.0 %" promises too much, and float32 is soon at 1.0. Rounded down, for
    what is doubtful by a hair must not seem to have the 99.0 % that is very sure.
    """
    thousandths = min(math.floor(probability * 1000 + 1e-4), 999)  # float32 has 0.56999…
    return f"{thousandths / 10:.1f} %"
