"""Glyphs: forms written down as short texts, and drawn as skeletons.

A glyph is strokes parted by ";", each of pieces joined by "+". A piece is straight ("L") or smooth
("C") through its points, which are in hundredths of the height, x to the right and y down.
"""

from __future__ import annotations

import numpy as np

from handwrite_gui.recognition.forms.skeleton import Stroke, curve, joined, line

#: Standard deviation of where each point falls, in heights.
MISPLACED = 0.025


def glyph_form(glyphs: dict[str, str], rng: np.random.Generator) -> list[Stroke]:
    """Draw the skeleton of one of the glyphs, its points where they may fall."""
    glyph = glyphs[list(glyphs)[rng.integers(len(glyphs))]]
    strokes = []
    for stroke in glyph.split(";"):
        pieces, end = [], None
        for piece in stroke.split("+"):
            kind, *pairs = piece.split()
            points = np.array([pair.split(",") for pair in pairs], np.float64) / 100
            points += rng.normal(0, MISPLACED, points.shape)
            if end is not None:  # A piece begins where the last one ended.
                points[0] = end
            end = points[-1]
            draw = line if kind == "L" else curve
            pieces.append(draw(*map(tuple, points)))
        strokes.append(joined(*pieces))
    return strokes
