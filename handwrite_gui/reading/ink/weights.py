"""Weights of the features that tell a group of pieces that is one mark, and their calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.reading.calibration import chance_of_right

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
        return chance_of_right(math.log(share / (1.0 - share)), self.slope, self.offset)


#: In the order of `features.NAMES`. Fitted as `tests/benchmarks/fit_ink_groups.py` does, on some
#: 9,000 numbers put together from the UCI pen digits of writers 1 to 24. `clean`, which learned no
#: pen strokes, looked at three fifths of them, and at the rest three models that learned on from it
#: without a third of these writers each, which they looked at: hands that a model knows it reads
#: too surely, and the shipped one knows all of these.
WEIGHTS = np.array(
    [
        -0.351,  # a digit
        -0.017,  # log of the likeliest digit's probability
        -0.277,  # log of 1 less that probability
        -2.001,  # probability of no digit
        -0.578,  # two pieces
        -1.859,  # three pieces
        -2.342,  # four pieces or more
        0.388,  # widest gap within
        1.219,  # least share of a piece's width that lies over the others
        -7.472,  # overlap with a piece outside
        -0.436,  # strokes written between its own, as log(1 + n)
        -1.537,  # how far a piece is from the nearest other, at most 0.4
        -3.574,  # how much nearer than 0.15 a piece outside is
        0.009,  # width
        -3.835,  # width beyond 0.9
        -8.368,  # how much lower than the writing
        9.802,  # how much higher than 1.2
        -2.522,  # pieces left out
        -0.292,  # one flat piece
        -0.012,  # beside others: log of the likeliest digit's probability
        -3.336,  # beside others: probability of no digit
        -0.191,  # several pieces: log of the likeliest digit's probability
        -0.105,  # several pieces: log of 1 less that probability
        3.919,  # several pieces: probability of no digit
        1.291,  # several pieces: overlap with a piece outside
        0.845,  # several pieces: how much nearer than 0.15 a piece outside is
        -4.814,  # several pieces: width
        -2.033,  # several pieces: width beyond 0.9
        1.277,  # several pieces: how much lower than the writing
        6.143,  # several pieces: how much higher than 1.2
        1.251,  # several pieces: they are all
        3.046,  # a point
        7.819,  # a comma
        1.612,  # a dash
        9.082,  # a slash
        -24.575,  # a sign's overlap with a piece outside
        0.895,  # a sign: how much nearer than 0.15 a piece outside is
        0.261,  # a sign: log of 1 less the likeliest digit's probability
        -8.271,  # a point: how far from the foot of the writing
        -4.709,  # a comma: likewise
        -7.423,  # a dash: how far from the middle of the writing
        46.111,  # a slash: how far it reaches beyond the writing
        -55.013,  # a dash: its height
        -58.276,  # a comma: how far its middle is above the foot
        -18.269,  # a point or a comma: how deep its middle lies under another piece
        -3.890,  # a sign at an end of the run, or a dash at its right one
    ]
)
#: Logistic regression of "the text is right" on the log-odds of its share, fitted on five-digit
#: numbers of the same writers, looked at in the same way, by weights that were fitted on others.
SLOPE, OFFSET = 0.97, -0.25
SCORING = Scoring(WEIGHTS, SLOPE, OFFSET)
