"""Weights of the features that tell a group of pieces that is one mark, and their calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Shares nearer to 0 or 1 than this are as good as this.
_LEAST = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class Scoring:
    """How ways to part and to read a run are weighed.

    Attributes:
        weights: Of each feature, in the order of `features.NAMES`.
        slope: Of the logistic regression of "the text is right" on the log-odds of its share.
        offset: Likewise.
    """

    weights: NDArray[np.float64]
    slope: float = 1.0
    offset: float = 0.0

    def confidence(self, share: float) -> float:
        """Return the chance from 0 to 1 that a text is right, from its share of all ways."""
        share = min(max(share, _LEAST), 1.0 - _LEAST)
        odds = self.slope * math.log(share / (1.0 - share)) + self.offset
        return 1.0 / (1.0 + math.exp(-odds))


#: In the order of `features.NAMES`. Fitted by `tests/benchmarks/fit_ink_groups.py` on some 10,000
#: numbers put together from the UCI pen digits of writers 1 to 24, two thirds of them looked at by
#: `clean`, which learned no pen strokes, the rest by three models that learned on from it, each from
#: two thirds of these writers, and looked at the others: hands that a model knows it reads too
#: surely, and the shipped one knows all of these.
WEIGHTS = np.array(
    [
        -0.265,  # a digit
        -0.062,  # log of the likeliest digit's probability
        -0.289,  # log of 1 less that probability
        -1.104,  # probability of no digit
        -0.571,  # two pieces
        -2.465,  # three pieces
        -3.224,  # four pieces or more
        1.109,  # widest gap within
        1.185,  # least share of a piece's width that lies over the others
        -7.849,  # overlap with a piece outside
        -0.576,  # strokes written between its own, as log(1 + n)
        -1.262,  # how far a piece is from the nearest other, at most 0.4
        -4.349,  # how much nearer than 0.15 a piece outside is
        0.375,  # width
        -3.638,  # width beyond 0.9
        -8.744,  # how much lower than the writing
        10.045,  # how much higher than 1.2
        -2.161,  # pieces left out
        -0.098,  # one flat piece
        0.010,  # beside others: log of the likeliest digit's probability
        -4.642,  # beside others: probability of no digit
        -0.176,  # several pieces: log of the likeliest digit's probability
        -0.082,  # several pieces: log of 1 less that probability
        4.451,  # several pieces: probability of no digit
        1.287,  # several pieces: overlap with a piece outside
        -0.045,  # several pieces: how much nearer than 0.15 a piece outside is
        -4.895,  # several pieces: width
        -1.615,  # several pieces: width beyond 0.9
        0.975,  # several pieces: how much lower than the writing
        5.295,  # several pieces: how much higher than 1.2
        2.898,  # a point
        7.849,  # a comma
        1.009,  # a dash
        8.463,  # a slash
        -26.432,  # a sign's overlap with a piece outside
        5.023,  # a sign: how much nearer than 0.15 a piece outside is
        0.297,  # a sign: log of 1 less the likeliest digit's probability
        -14.044,  # a point: how far from the foot of the writing
        -11.095,  # a comma: likewise
        -6.879,  # a dash: how far from the middle of the writing
        40.789,  # a slash: how far it reaches beyond the writing
        -51.357,  # a dash: its height
        -48.465,  # a comma: how far its middle is above the foot
        -18.005,  # a point or a comma: how deep its middle lies under another piece
    ]
)
#: Logistic regression of "the text is right" on the log-odds of its share, fitted on five-digit
#: numbers of the same writers, looked at in the same way, by weights that were fitted on others.
SLOPE, OFFSET = 0.95, -0.21
SCORING = Scoring(WEIGHTS, SLOPE, OFFSET)
