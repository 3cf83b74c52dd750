"""Rasterising: from ink to an ink map, scaled first and drawn after.

Strokes are vectors, so a digit is fitted to its box before it is drawn, with the one stroke width
that the model reads best. How large it was drawn, and with what pen, then makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, centre
from handwrite_gui.domain.geometry import distance_to_segments, simplify
from handwrite_gui.domain.ink import Ink

#: Width of a drawn stroke in the 28×28 image. MNIST's own strokes measure about the same.
STROKE_WIDTH_PX = 2.4
#: Points that lie this near the straight line between their neighbours are not drawn.
TOLERANCE_PX = 0.1
#: Segments drawn at once, so that memory stays bounded: each has at most 28 × 28 pixels near it.
_SEGMENTS_AT_ONCE = 1024


def digit_image(
    strokes: Sequence[NDArray[np.floating]], width_px: float = STROKE_WIDTH_PX
) -> NDArray[np.float32]:
    """Draw strokes as one digit image.

    Args:
        strokes: Positions of each stroke, shape (n, 2), n ≥ 1, in any unit; at least one stroke.
        width_px: Width of the line in the image, in pixels.

    Returns:
        Digit image, (28, 28) float32, 0.0 paper to 1.0 ink, in MNIST framing.
    """
    return centre(draw(fit(strokes, BOX_PX - width_px), width_px))


def ink_image(ink: Ink) -> NDArray[np.float32]:
    """Return the digit image that ink is read from, as `digit_image`; at least one stroke."""
    return digit_image(strokes_to_draw(ink))


def strokes_to_draw(ink: Ink) -> list[NDArray[np.float64]]:
    """Return the positions that ink is drawn from, shape (n, 2) each; at least one stroke."""
    if ink.is_dot:
        # As a point: fitted to its box, a pen's trembling would look like a stroke.
        return [ink.xy.mean(axis=0, keepdims=True)]
    return [stroke.xy for stroke in ink.strokes]


def fit(strokes: Sequence[NDArray[np.floating]], side_px: float) -> list[NDArray[np.float64]]:
    """Move strokes to the origin and scale them, aspect kept, to a longer side of `side_px`."""
    # Halved, because the difference of the largest numbers is none.
    points = np.concatenate(strokes).astype(np.float64) / 2
    low, high = points.min(axis=0), points.max(axis=0)
    longer = max(float(np.max(high - low)), np.finfo(np.float64).tiny)
    # Rounded, so that the same form is drawn the same: its last bits depend on size and place.
    fitted = np.round((points - low) / longer * side_px, 6)
    return np.split(fitted, np.cumsum([len(stroke) for stroke in strokes])[:-1])


def draw(strokes: Sequence[NDArray[np.floating]], width_px: float) -> NDArray[np.float32]:
    """Draw strokes that start at the origin with a round pen, edges smoothed over one pixel.

    Args:
        strokes: Positions in pixels, shape (n, 2) each; none is negative.
        width_px: Width of the pen.

    Returns:
        Ink map, just large enough for the strokes and their width, 0.0 paper to 1.0 ink.
    """
    segments = _segments(strokes) + width_px / 2
    columns, rows = np.ceil(segments.max(axis=(0, 1)) + width_px / 2 - 1e-6).astype(int)
    nearest = np.full(rows * columns, np.inf)
    for first in range(0, len(segments), _SEGMENTS_AT_ONCE):
        some = segments[first : first + _SEGMENTS_AT_ONCE]
        segment, x, y = _pixels_near(some, width_px / 2 + 0.5, columns, rows)
        centres = np.stack([x, y], axis=1).astype(np.float64) + 0.5
        distance = distance_to_segments(centres, some[segment, 0], some[segment, 1])
        np.minimum.at(nearest, y * columns + x, distance)
    ink = np.clip(width_px / 2 + 0.5 - nearest, 0.0, 1.0)
    return ink.reshape(rows, columns).astype(np.float32)


def _pixels_near(
    segments: NDArray[np.float64], reach: float, columns: int, rows: int
) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.int_]]:
    """Pair each segment with the pixels of the box around it, `reach` wider on each side.

    Returns:
        For each pair the segment's index, and the pixel's column and row.
    """
    # A pixel's centre lies half a pixel from its corner.
    low = np.ceil(segments.min(axis=1) - reach - 0.5).astype(int)
    high = np.floor(segments.max(axis=1) + reach - 0.5).astype(int)
    low, high = np.maximum(low, 0), np.minimum(high, (columns - 1, rows - 1))
    width, height = (high - low + 1).T
    pairs = width * height
    segment = np.repeat(np.arange(len(segments)), pairs)
    nth = np.arange(len(segment)) - (np.cumsum(pairs) - pairs)[segment]
    down, right = np.divmod(nth, width[segment])
    return segment, low[segment, 0] + right, low[segment, 1] + down


def _segments(strokes: Sequence[NDArray[np.floating]]) -> NDArray[np.float64]:
    """Segments (s, 2, 2) of the simplified strokes; a lone point gives one of no length."""
    points = np.concatenate(strokes).astype(np.float64)
    lengths = np.array([len(stroke) for stroke in strokes])
    stroke_of = np.repeat(np.arange(len(strokes)), lengths)
    kept = np.flatnonzero(simplify(points, lengths, TOLERANCE_PX))
    joined = stroke_of[kept[:-1]] == stroke_of[kept[1:]]
    segments = np.stack([points[kept[:-1]][joined], points[kept[1:]][joined]], axis=1)
    lone = points[(np.cumsum(lengths) - 1)[lengths == 1]]
    return np.concatenate([segments, np.stack([lone, lone], axis=1)])
