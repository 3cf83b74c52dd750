"""Careful reading: several networks look at each digit in several ways, and agree on an answer.

What one network takes for a 4 from where it stands, others may not. The mean of what they say errs
less often than any of them (Ciresan, Meier, Schmidhuber 2012, "Multi-column deep neural networks").
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX

#: Each view's turn in degrees and shear, chosen on the validation writers.
VIEWS = ((0.0, 0.0), (6.0, 0.0), (-6.0, 0.0))
#: The mean answer is surer than it is right, or less sure; measured on the validation writers.
TEMPERATURE = 1.0


def read_carefully(models: Sequence[keras.Model]) -> Callable[[tf.Tensor], tf.Tensor]:
    """Make one reading out of several networks'.

    Args:
        models: Networks from digit images (n, 28, 28, 1) to probabilities (n, 11).

    Returns:
        A function of the same kind: the geometric mean over all networks and `VIEWS`.
    """
    views = tf.constant(np.concatenate([view_matrix(*view) for view in VIEWS], axis=1))

    def read(images: tf.Tensor) -> tf.Tensor:
        flat = tf.reshape(images, (-1, SIDE_PX**2))
        seen = tf.reshape(flat @ views, (-1, SIDE_PX, SIDE_PX, 1))
        logs = [tf.math.log(model(seen, training=False) + 1e-9) for model in models]
        each = tf.reshape(tf.add_n(logs), (tf.shape(images)[0], len(VIEWS), -1))
        mean = tf.reduce_mean(each, axis=1) / len(models)
        return tf.nn.softmax(mean / TEMPERATURE)

    return read


def view_matrix(turn_degrees: float, shear: float) -> NDArray[np.float32]:
    """The linear map from an image's pixels to those of the image turned and sheared.

    Bilinear, about the image's middle; ink that leaves the image is lost.

    Returns:
        Shape (784, 784): `image.reshape(1, 784) @ matrix` is the view.
    """
    angle, middle = math.radians(turn_degrees), (SIDE_PX - 1) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    back = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1.0, shear], [0.0, 1.0]])
    rows, columns = np.indices((SIDE_PX, SIDE_PX)).reshape(2, -1) - middle
    x, y = back @ np.stack([columns, rows]) + middle
    matrix = np.zeros((SIDE_PX**2, SIDE_PX**2), np.float32)
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for down in (0, 1):
        for right in (0, 1):
            weight = (1 - abs(x - left - right)) * (1 - abs(y - top - down))
            row, column = top + down, left + right
            inside = (row >= 0) & (row < SIDE_PX) & (column >= 0) & (column < SIDE_PX)
            source = (row * SIDE_PX + column)[inside]
            matrix[source, np.flatnonzero(inside)] += weight[inside]
    return matrix
