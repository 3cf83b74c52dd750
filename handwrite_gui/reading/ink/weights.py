"""Weights of the features that tell a group of pieces that is one mark."""

import numpy as np

#: In the order of `features.NAMES`. Fitted by `tests/benchmarks/fit_ink_groups.py` on numbers put
#: together from the UCI pen digits of writers 1 to 18, with the shipped model (--count 2500); since
#: then a point may be less large and a digit a little higher, and drawings are measured coarsely.
WEIGHTS = np.array(
    [
        -1.193,  # a digit
        -0.230,  # log of the likeliest digit's probability
        -0.474,  # log of 1 less that probability
        -1.046,  # probability of no digit
        -0.512,  # two pieces
        -0.781,  # three pieces
        0.093,  # four pieces or more
        -1.718,  # widest gap within
        1.203,  # least share of a piece's width that lies over the others
        -6.281,  # overlap with a piece outside
        -1.093,  # strokes written between its own, as log(1 + n)
        -1.058,  # how far a piece is from the nearest other, at most 0.4
        -6.214,  # how much nearer than 0.15 a piece outside is
        -0.739,  # width
        -5.023,  # width beyond 0.9
        -5.216,  # how much lower than the writing
        4.757,  # how much higher than 1.2
        -1.560,  # pieces left out
        -2.282,  # one flat piece
        4.334,  # a point
        8.013,  # a comma
        2.921,  # a dash
        7.323,  # a slash
        -19.459,  # a sign's overlap with a piece outside
        0.798,  # a sign: how much nearer than 0.15 a piece outside is
        0.345,  # a sign: log of 1 less the likeliest digit's probability
        -16.505,  # a point: how far from the foot of the writing
        -27.808,  # a comma: likewise
        -6.587,  # a dash: how far from the middle of the writing
        18.676,  # a slash: how far it reaches beyond the writing
        -31.523,  # a dash: its height
    ]
)
