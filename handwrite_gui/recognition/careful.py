"""Careful reading: several networks look at each digit from several angles and agree.

What one network takes for a 4 from where it stands, others may not. The mean of what they say errs
less often than any of them (Cireşan, Meier, Schmidhuber 2012, "Multi-column deep neural networks").
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES
from handwrite_gui.recognition.recogniser import Recogniser

#: How far each view is turned, in degrees; chosen on the validation writers.
VIEWS_DEGREES = (0.0, 6.0, -6.0)
#: Digits whose views are made at once: memory stays bounded whatever is asked.
SLICE = 512
#: What is likelier than this for nobody is as good as impossible; its logarithm stays a number.
LEAST_PROBABILITY = 1e-9


class CarefulRecogniser:
    """Makes one recogniser out of several.

    Args:
        recognisers: At least one; each is asked for every view at once. One that never says "no
            digit" keeps the others from saying it.
    """

    def __init__(self, recognisers: Sequence[Recogniser]) -> None:
        self._recognisers = recognisers
        self._views = np.hstack([_turning_matrix(degrees) for degrees in VIEWS_DEGREES])

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities (n, 11) for digit images (n, 28, 28), 0.0 paper to 1.0 ink.

        They are the geometric mean over all recognisers and views, scaled to sum to 1.
        """
        parts = [self._agree(images[at : at + SLICE]) for at in range(0, len(images), SLICE)]
        return np.concatenate(parts) if parts else np.zeros((0, CLASSES), np.float32)

    def _agree(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        seen = images.reshape(len(images), SIDE_PX**2) @ self._views
        seen = seen.reshape(-1, SIDE_PX, SIDE_PX)
        said = [np.log(each.predict(seen) + LEAST_PROBABILITY) for each in self._recognisers]
        logs = np.mean(said, axis=0).reshape(len(images), len(VIEWS_DEGREES), CLASSES).mean(axis=1)
        agreed = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.asarray(agreed / agreed.sum(axis=1, keepdims=True), np.float32)


def _turning_matrix(degrees: float) -> NDArray[np.float32]:
    """The linear map from an image's pixels to those of the image turned about its middle.

    Bilinear; ink that leaves the image is lost.

    Returns:
        Shape (784, 784): `image.reshape(1, 784) @ matrix` is the view.
    """
    angle, middle = math.radians(degrees), (SIDE_PX - 1) / 2
    back = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    rows, columns = np.indices((SIDE_PX, SIDE_PX)).reshape(2, -1) - middle
    x, y = back @ np.stack([columns, rows]) + middle
    matrix = np.zeros((SIDE_PX**2, SIDE_PX**2), np.float32)
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for row, column in ((top, left), (top, left + 1), (top + 1, left), (top + 1, left + 1)):
        weight = (1 - abs(x - column)) * (1 - abs(y - row))
        inside = (row >= 0) & (row < SIDE_PX) & (column >= 0) & (column < SIDE_PX)
        source = (row * SIDE_PX + column)[inside]
        matrix[source, np.flatnonzero(inside)] = weight[inside]
    return matrix
