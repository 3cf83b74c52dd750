"""Strange marks: digit images of what is no digit, to measure how well a model refuses it.

They measure and nothing else. What a model learns to refuse is drawn by another generator, from
other forms: only so does it show whether a model knows what a digit is, or what it was shown.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.strange import pixels as strange_pixels
from handwrite_gui.recognition.strange.curves import Drawing, scribble, single_stroke
from handwrite_gui.recognition.strange.hand import redraw
from handwrite_gui.recognition.strange.letters import FONT_SIGNS, LETTERS, glyph_strokes
from handwrite_gui.recognition.strange.shapes import DRAWN_SIGNS, SHAPES, shape_strokes, spiral

KINDS = ("scribble", "dot", "single stroke", "letter", "sign", "two digits", "shape", "grain")
#: Widths of the pens that draw strokes, in pixels of the digit image.
PENS_PX = (1.8, 3.0)
#: With how much freedom a hand draws what could become a digit by it: a slanted T, a slim square.
CAREFUL = 0.8
VERY_CAREFUL = 0.6


def draw_strange_marks(
    count: int, digits: NDArray[np.uint8], seed: int
) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Draw marks that are no digit, each kind as often.

    Args:
        count: How many; the kinds take turns.
        digits: Digit images of which "two digits" are made, shape (n, 28, 28), ink 255 on 0, n ≥ 1.
        seed: The same seed gives the same marks; with a larger count, more of them.

    Returns:
        Framed images, shape (count, 28, 28), ink 255 on 0, and of each its kind's index in `KINDS`,
        shape (count,).

    Raises:
        ValueError: There are no digits, or they have another shape.
    """
    if digits.ndim != 3 or digits.shape[1:] != (SIDE_PX, SIDE_PX) or len(digits) == 0:
        raise ValueError(f"Digits of shape (n, 28, 28) are needed. Received: {digits.shape}")
    kinds = np.arange(count) % len(KINDS)
    images = np.zeros((count, SIDE_PX, SIDE_PX), np.uint8)
    for i, kind in enumerate(kinds):
        rng = np.random.default_rng((seed, i))
        images[i] = np.round(255 * _draw(KINDS[kind], digits, rng))
    return images, kinds


def _draw(kind: str, digits: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.float32]:
    match kind:
        case "dot":
            return strange_pixels.dot(rng)
        case "grain":
            return strange_pixels.grain(rng)
        case "two digits":
            left, right = digits[rng.integers(len(digits), size=2)]
            return strange_pixels.pair(left, right, rng)
        case _:
            return digit_image(_STROKES[kind](rng), rng.uniform(*PENS_PX))


def _letter(rng: np.random.Generator) -> Drawing:
    letter = LETTERS[rng.integers(len(LETTERS))]
    return redraw(glyph_strokes(letter), rng, CAREFUL)


def _sign(rng: np.random.Generator) -> Drawing:
    drawn = list(DRAWN_SIGNS.values())
    nth = rng.integers(len(drawn) + len(FONT_SIGNS))
    in_font = nth >= len(drawn)
    strokes = glyph_strokes(FONT_SIGNS[nth - len(drawn)]) if in_font else shape_strokes(drawn[nth])
    return redraw(strokes, rng, CAREFUL)


def _shape(rng: np.random.Generator) -> Drawing:
    drawn = list(SHAPES.values())
    nth = rng.integers(len(drawn) + 1)
    strokes = shape_strokes(drawn[nth]) if nth < len(drawn) else spiral(rng)
    return redraw(strokes, rng, VERY_CAREFUL)


_STROKES: dict[str, Callable[[np.random.Generator], Drawing]] = {
    "scribble": lambda rng: redraw(scribble(rng), rng),
    "single stroke": lambda rng: redraw(single_stroke(rng), rng, VERY_CAREFUL),
    "letter": _letter,
    "sign": _sign,
    "shape": _shape,
}
