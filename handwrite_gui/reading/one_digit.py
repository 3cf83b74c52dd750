"""One digit: from a digit image to a Reading of this digit alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Box, Digit, Number, Reading, Refusal

#: Says of each digit image (n, 28, 28) what it is.
Predict = Callable[[NDArray[np.float32]], list[Prediction]]


def read_image(
    predict: Predict, image: NDArray[np.float32], box: Box, revision: int = 0
) -> Reading:
    """Read one digit image (28, 28) of what is in a box of the source."""
    digit = Digit(box, image, predict(image[None])[0])
    if digit.prediction.digit is None:
        return Reading(refusal=Refusal.NO_DIGIT, refused=(digit,), revision=revision)
    number = Number(str(digit.digit), digit.prediction.confidence, box, (digit,))
    return Reading((number,), revision=revision)


def refuse_dot(image: NDArray[np.float32], box: Box, revision: int = 0) -> Reading:
    """Say of a digit image (28, 28), without asking a model, that it is a dot."""
    dot = Digit(box, image, Prediction.certainly_no_digit())
    return Reading(refusal=Refusal.DOT, refused=(dot,), revision=revision)
