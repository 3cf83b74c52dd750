"""Scoring: how well a segment goes with being each digit, or a sign, in a row of them.

The scores are the potentials of a semi-Markov conditional random field (Sarawagi, Cohen 2004): the
probability of a way to read a strip is proportional to the exponential of the sum of its scores.
Their weights were fitted on synthesised strips. Three were then set on 300 amounts on cheques, each
half measured with what the other chose: the model's "no digit" counts 0.7 times, each stroke that
is cut 0.75 less, and what is as large as a digit is a sign 5 less.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.reading.strips import weights
from handwrite_gui.reading.strips.segments import Segment
from handwrite_gui.reading.strips.writing import Writing

WEIGHTS = np.array([*weights.DIGIT_FORM, *weights.SIGN_FORM, weights.THIS_DIGIT, *weights.ONE_FORM])
#: Index of "a sign, or nothing" among the labels of a segment; 0 to 9 are the digits.
SIGN = NO_DIGIT
#: What is likelier than this for nobody is as good as impossible; its logarithm stays a number.
LEAST_PROBABILITY = 1e-6
#: What the model says so likely is a digit, and is so high as part of the row, is a sign so much
#: less: many hands write a 0 half as high as its neighbours. Points are lower and solid. Set on
#: photographed pages.
LIKELY, SMALLEST_DIGIT, NO_SIGN = 0.9, 0.25, 5.0


def score(
    writing: Writing, segments: list[Segment], probabilities: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Score every segment under every label, (n, 11), by its `features`."""
    scores = np.asarray(features(writing, segments, probabilities) @ WEIGHTS)
    heights = np.array([segment.box[3] - segment.box[1] for segment in segments]) / writing.row_px
    likely = probabilities[:, :NO_DIGIT].max(axis=1) >= LIKELY
    scores[likely & (heights >= SMALLEST_DIGIT), SIGN] -= NO_SIGN
    return scores


def features(
    writing: Writing, segments: list[Segment], probabilities: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Describe every segment under every label.

    Args:
        writing: The row that they are in.
        segments: The segments, n of them.
        probabilities: What the model said of each, (n, 11).

    Returns:
        Shape (n, 11, features).
    """
    form = _form(writing, segments)
    ten = np.log(probabilities[:, :NO_DIGIT] + LEAST_PROBABILITY)
    some_digit = np.log(probabilities[:, :NO_DIGIT].sum(axis=1) + LEAST_PROBABILITY)
    no_digit = np.log(probabilities[:, NO_DIGIT] + LEAST_PROBABILITY)
    of_digit = np.hstack([form, some_digit[:, None], no_digit[:, None] / 10])
    size = of_digit.shape[1]
    narrow = _narrow(form)
    table = np.zeros((len(segments), CLASSES, 2 * size + 1 + narrow.shape[1]))
    table[:, :NO_DIGIT, :size] = of_digit[:, None]
    table[:, SIGN, size : 2 * size] = of_digit
    table[:, :NO_DIGIT, 2 * size] = ten - some_digit[:, None]
    table[:, 1, 2 * size + 1 :] = narrow
    return table


def _form(writing: Writing, segments: list[Segment]) -> NDArray[np.float64]:
    """What a segment looks like, whatever is written in it: (n, features)."""
    left, top, right, bottom = np.array([segment.box for segment in segments], float).T
    row = writing.row_px
    height, width = (bottom - top) / row, (right - left) / row
    middle = ((top + bottom) / 2 - writing.middle_px) / row
    tall = np.log(height)
    thick = writing.stroke_px / row
    area = np.array([segment.area for segment in segments]) / row**2 / thick
    pieces = np.array([segment.pieces for segment in segments])
    cost = np.array([segment.cost for segment in segments])
    strokes = np.array([segment.strokes for segment in segments])
    aspect = np.log(width / height)
    return np.stack(
        [
            np.ones(len(segments)),
            np.minimum(tall, 0.0),
            np.minimum(tall, 0.0) ** 2,
            np.maximum(tall, 0.0) ** 2,
            middle**2,
            np.maximum(middle, 0.0),
            width,
            width**2,
            np.maximum(aspect, 0.0),
            np.maximum(-aspect, 0.0),
            area,
            area**2,
            cost,
            (strokes > 0).sum(axis=1),
            (strokes > 1).sum(axis=1),
            (pieces > 1).astype(float),
            np.array([segment.scraps for segment in segments]),
            np.array([segment.darkness for segment in segments]),
            np.array([float(segment.at_edge) for segment in segments]),
            width * height,
            ((width * height > 0.25) & (height > 0.55)).astype(float),
        ],
        axis=1,
    )


def _narrow(form: NDArray[np.float64]) -> NDArray[np.float64]:
    """What only a 1 is: narrow."""
    return form[:, [0, 6, 8, 9, 10, 12]]
