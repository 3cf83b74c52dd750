"""Evaluation: how well a recogniser reads digits whose labels are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.digits import Digits
from handwrite_gui.recognition.recogniser import Recogniser


@dataclass(frozen=True, eq=False, slots=True)
class Evaluation:
    """What came of it.

    Attributes:
        confusion: Integer array (10, 11): how often each digit (row) was read as each of the ten,
            or refused (last column).
        right_of_ten: How often the likeliest of the ten was right, refusals ignored.
        calibration_error: Expected calibration error over 15 bins of equal count, 0 to 1
            (Naeini, Cooper, Hauskrecht 2015).
    """

    confusion: NDArray[np.int64]
    right_of_ten: int
    calibration_error: float

    @property
    def n(self) -> int:
        """How many digits were read."""
        return int(self.confusion.sum())

    @property
    def accuracy(self) -> float:
        """Share read right, 0 to 1; a refused digit is wrong."""
        return float(np.trace(self.confusion[:, :NO_DIGIT])) / self.n

    @property
    def accuracy_of_ten(self) -> float:
        """Share read right, 0 to 1, had nothing been refused."""
        return self.right_of_ten / self.n

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "n": self.n,
            "accuracy": self.accuracy,
            "accuracy_of_ten": self.accuracy_of_ten,
            "refused": int(self.confusion[:, NO_DIGIT].sum()),
            "calibration_error": self.calibration_error,
            "confusion": self.confusion.tolist(),
        }


def evaluate(recogniser: Recogniser, digits: Digits) -> Evaluation:
    """Read digits and compare what was read with their labels."""
    probabilities = np.concatenate(
        [
            recogniser.predict(np.divide(images, 255, dtype=np.float32))
            for images in np.array_split(digits.images, max(1, len(digits) // 2000))
        ]
    )
    likeliest = probabilities.argmax(axis=1)
    confusion = np.zeros((NO_DIGIT, CLASSES), np.int64)
    np.add.at(confusion, (digits.labels, likeliest), 1)
    right_of_ten = int((probabilities[:, :NO_DIGIT].argmax(axis=1) == digits.labels).sum())
    error = calibration_error(probabilities.max(axis=1), likeliest == digits.labels)
    return Evaluation(confusion, right_of_ten, error)


def calibration_error(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = 15
) -> float:
    """Mean gap between confidence and accuracy over bins of equal count, weighted by count."""
    order = np.argsort(confidence)
    gaps = [
        abs(float(confidence[part].mean() - right[part].mean())) * len(part)
        for part in np.array_split(order, bins)
        if len(part)
    ]
    return sum(gaps) / len(order)
