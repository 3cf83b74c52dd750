"""Shapes, and the signs that Pillow's font has not, on a grid of ten by ten.

A stroke is written as its corners, column and row a digit each, with y downwards; `~` before it
makes a curve of it, and `/` begins the next stroke. None looks like a digit: no circle or ellipse
alone (0), nothing crossed at the waist (8), no flag on a pole (1, 9), no slashed circle.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.strange.hand import round_off

_RING = "~ 64 66 55 45 34 33 42 52 64"

SHAPES = {
    "triangle": "50 99 09 50",
    "triangle on its tip": "00 90 59 00",
    "square": "01 91 99 09 01",
    "wide rectangle": "02 92 97 07 02",
    "diamond": "51 94 58 04 51",
    "five-pointed star": "50 79 03 93 29 50",
    "six-pointed star": "50 97 07 50 / 02 92 59 02",
    "heart": "~ 43 32 20 02 05 27 49 / ~ 43 54 60 82 85 67 49",
    "arrow": "05 95 / 62 95 68",
    "arrow back": "05 95 / 32 05 38",
    "double arrow": "05 95 / 72 95 78 / 22 05 28",
    "house": "09 04 50 94 99 09 / 49 46 66 69",
    "Nicholas's house": "09 99 04 94 50 04 09 94 99",
    "cross": "50 59 / 05 95",
    "window": "00 90 99 09 00 / 50 59 / 05 95",
    "envelope": "02 92 98 08 02 55 92",
    "cube": "03 63 69 09 03 30 90 63 / 90 96 69",
    "fir": "50 83 63 95 65 97 07 35 05 33 23 50 / 57 59",
    "crown": "09 02 35 50 75 92 99 09",
    "stairs": "08 06 36 34 64 62 92",
    "mountains": "09 32 45 71 99",
    "boat": "07 97 79 29 07 / 57 50 95 55",
    "ladder": "10 19 / 80 89 / 12 82 / 14 84 / 17 87",
    "anchor": "50 59 / 32 72 / ~ 05 08 39 59 79 98 95",
    "umbrella": "~ 05 02 40 60 92 95 / 05 95 / ~ 50 55 59 39 37",
    "eye": "~ 05 23 42 62 95 / ~ 05 27 48 68 95 / " + _RING,
    "face": "~ 50 20 02 06 29 69 96 92 70 50 / 33 / 63 / ~ 25 37 67 75",
    "wheel": "~ 50 20 02 07 29 69 97 92 70 50 / 50 59 / 13 86 / 16 83",
    "sun": _RING + " / 51 50 / 48 49 / 24 04 / 74 94 / 22 11 / 77 88 / 72 81 / 27 18",
    "matchstick man": "~ 50 41 42 53 62 61 50 / 53 56 29 / 56 79 / 15 54 95",
    "table": "03 93 / 13 19 / 83 89",
}

DRAWN_SIGNS = {
    "exclamation mark": "50 55 / 59",
    "question mark": "~ 21 10 40 60 71 72 63 44 46 / 49",
    "yen": "00 54 90 / 54 59 / 25 85 / 27 87",
    "euro": "~ 81 70 40 22 14 16 28 49 79 88 / 04 64 / 06 66",
    "division": "05 95 / 51 / 59",
    "not equal": "03 93 / 06 96 / 80 29",
    "identical": "02 92 / 05 95 / 08 98",
    "about": "~ 03 11 31 64 83 92 / ~ 07 15 35 68 87 96",
    "root": "05 15 39 60 90",
    "pi": "~ 03 12 31 91 / ~ 31 35 19 / ~ 71 76 79 99",
    "psi": "~ 00 03 05 46 56 95 93 90 / 50 59",
    "mu": "10 19 / ~ 10 14 26 56 74 70 / ~ 70 75 76 96",
    "for all": "00 59 90 / 24 74",
    "zhe": "50 59 / 00 54 09 / 90 54 99",
    "sha": "00 09 99 90 / 50 59",
    "i": "00 09 90 99",
    "pe": "09 00 90 99",
    "tree": "03 93 / 50 59 / ~ 53 46 09 / ~ 53 66 99",
    "big": "03 93 / ~ 50 53 46 09 / ~ 53 66 99",
    "rice": "04 94 / 50 59 / 20 33 / 80 63 / 54 09 / 54 99",
    "king": "00 90 / 14 84 / 09 99 / 50 59",
    "middle of the field": "00 90 99 09 00 / 50 59 / 04 94",
    "well": "02 92 / 06 96 / ~ 30 35 29 / 70 79",
    "note pair": "~ 18 08 09 19 28 18 / 28 22 80 / ~ 77 67 68 78 87 77 / 87 80",
}


@cache
def shape_strokes(drawing: str) -> tuple[NDArray[np.float64], ...]:
    """Return the strokes, shape (n, 2) each, of a drawing on the grid."""
    strokes = []
    for stroke in drawing.split("/"):
        corners = np.array(
            [[int(c) for c in corner] for corner in stroke.strip(" ~").split()], float
        )
        strokes.append(round_off(corners) if "~" in stroke else corners)
    return tuple(strokes)


def spiral(rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Draw a spiral of several turns, either way round."""
    turns = rng.uniform(2.6, 3.4)
    t = np.linspace(0.0, 2 * np.pi * turns, int(30 * turns))
    angle = rng.choice([-1.0, 1.0]) * t + rng.uniform(0.0, 2 * np.pi)
    return [np.stack([t * np.cos(angle), t * np.sin(angle)], axis=1)]
