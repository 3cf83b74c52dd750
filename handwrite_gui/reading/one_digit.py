"""One digit: from a digit image to a Reading of this digit alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Box, Digit, Number, Reading, Refusal

#: Says of each digit image (n, 28, 28) what it is.
Predict = Callable[[NDArray[np.float32]], list[Prediction]]


@dataclass(frozen=True, eq=False, slots=True)
class FramedDigit:
    """The only digit of a source, not read yet.

    Attributes:
        image: Digit image (28, 28), 0.0 paper to 1.0 ink.
        box: Where it is in the source.
    """

    image: NDArray[np.float32]
    box: Box


def read_digits(predict: Predict, framed: Sequence[FramedDigit]) -> list[Reading]:
    """Read the only digits of several sources at once, which takes little longer than one."""
    predictions = predict(np.stack([each.image for each in framed]))
    digits = (
        Digit(each.box, each.image, said) for each, said in zip(framed, predictions, strict=True)
    )
    return [_reading(digit) for digit in digits]


def read_image(
    predict: Predict, image: NDArray[np.float32], box: Box, revision: int = 0
) -> Reading:
    """Read one digit image (28, 28) of what is in a box of the source."""
    return _reading(Digit(box, image, predict(image[None])[0]), revision)


def refuse_dot(image: NDArray[np.float32], box: Box, revision: int = 0) -> Reading:
    """Say of a digit image (28, 28), without asking a model, that it is a dot."""
    dot = Digit(box, image, Prediction.certainly_no_digit())
    return Reading(refusal=Refusal.DOT, refused=(dot,), revision=revision)


def _reading(digit: Digit, revision: int = 0) -> Reading:
    if digit.prediction.digit is None:
        return Reading(refusal=Refusal.NO_DIGIT, refused=(digit,), revision=revision)
    number = Number(str(digit.digit), digit.prediction.confidence, digit.box, (digit,))
    return Reading((number,), revision=revision)
