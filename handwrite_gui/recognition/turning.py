"""Turning digit images, as one matrix that all their pixels go through."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX


def turning_matrix(degrees: float) -> NDArray[np.float32]:
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
