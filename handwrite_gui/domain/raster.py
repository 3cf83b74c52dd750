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
#: Points simplified at once, likewise, and a stroke more.
_POINTS_AT_ONCE = 2**16


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
    return digit_images([strokes], width_px)[0]


def digit_images(
    digits: Sequence[Sequence[NDArray[np.floating]]], width_px: float = STROKE_WIDTH_PX
) -> list[NDArray[np.float32]]:
    """Draw each of some digits, as `digit_image`; two at once are faster than one by one."""
    fitted = [fit(strokes, BOX_PX - width_px) for strokes in digits]
    return [centre(ink_map) for ink_map in draw_each(fitted, width_px)]


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
    points = np.concatenate(strokes, dtype=np.float64)
    points /= 2
    low, high = points.min(axis=0), points.max(axis=0)
    longer = max(float(np.max(high - low)), np.finfo(np.float64).tiny)
    points -= low
    points /= longer
    points *= side_px
    # Rounded, so that the same form is drawn the same: its last bits depend on size and place.
    np.round(points, 6, out=points)
    return np.split(points, np.cumsum([len(stroke) for stroke in strokes])[:-1])


def draw(strokes: Sequence[NDArray[np.floating]], width_px: float) -> NDArray[np.float32]:
    """Draw strokes that start at the origin with a round pen, edges smoothed over one pixel.

    Args:
        strokes: Positions in pixels, shape (n, 2) each; none is negative.
        width_px: Width of the pen.

    Returns:
        Ink map, just large enough for the strokes and their width, 0.0 paper to 1.0 ink.
    """
    return draw_each([strokes], width_px)[0]


def draw_each(
    drawings: Sequence[Sequence[NDArray[np.floating]]], width_px: float
) -> list[NDArray[np.float32]]:
    """Draw each of some drawings on an ink map of its own, as `draw`."""
    drawing_of = np.repeat(np.arange(len(drawings)), [len(strokes) for strokes in drawings])
    segments, stroke_of = _segments([stroke for strokes in drawings for stroke in strokes])
    segments += width_px / 2
    drawing = drawing_of[stroke_of]
    far = np.zeros((len(drawings), 2))
    np.maximum.at(far, drawing, segments.max(axis=1))
    sizes = np.ceil(far + width_px / 2 - 1e-6).astype(int)
    columns, rows = sizes.T
    ends = np.cumsum(columns * rows)
    starts = ends - columns * rows
    nearest = np.full(ends[-1], np.inf)
    for first in range(0, len(segments), _SEGMENTS_AT_ONCE):
        some = slice(first, first + _SEGMENTS_AT_ONCE)
        which, x, y = _pixels_near(segments[some], width_px / 2 + 0.5, sizes[drawing[some]])
        its, on = segments[some][which], drawing[some][which]
        centres = np.stack([x, y], axis=1).astype(np.float64) + 0.5
        distance = distance_to_segments(centres, its[:, 0], its[:, 1])
        np.minimum.at(nearest, starts[on] + y * columns[on] + x, distance)
    ink = np.clip(width_px / 2 + 0.5 - nearest, 0.0, 1.0).astype(np.float32)
    parts = zip(starts.tolist(), ends.tolist(), sizes.tolist(), strict=True)
    return [ink[start:end].reshape(high, wide) for start, end, (wide, high) in parts]


def _pixels_near(
    segments: NDArray[np.float64], reach: float, sizes: NDArray[np.int_]
) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[np.int_]]:
    """Pair each segment with the pixels of the box around it, `reach` wider on each side.

    Args:
        segments: Shape (s, 2, 2).
        reach: In pixels.
        sizes: Columns and rows of the ink map that each segment is drawn on, shape (s, 2).

    Returns:
        For each pair the segment's index, and the pixel's column and row.
    """
    # A pixel's centre lies half a pixel from its corner.
    low = np.ceil(segments.min(axis=1) - reach - 0.5).astype(int)
    high = np.floor(segments.max(axis=1) + reach - 0.5).astype(int)
    low, high = np.maximum(low, 0), np.minimum(high, sizes - 1)
    width, height = (high - low + 1).T
    pairs = width * height
    segment = np.repeat(np.arange(len(segments)), pairs)
    nth = np.arange(len(segment)) - (np.cumsum(pairs) - pairs)[segment]
    down, right = np.divmod(nth, width[segment])
    return segment, low[segment, 0] + right, low[segment, 1] + down


def _segments(
    strokes: Sequence[NDArray[np.floating]],
) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Segments (s, 2, 2) of the simplified strokes, and the stroke of each.

    A lone point gives one of no length.
    """
    lengths = np.array([len(stroke) for stroke in strokes])
    # Strokes are simplified each by itself, so that all at once and in groups are the same.
    groups = np.cumsum(lengths) // _POINTS_AT_ONCE
    starts = np.flatnonzero(np.diff(groups, prepend=-1)).tolist()
    segments, stroke_of = [], []
    for start, stop in zip(starts, [*starts[1:], len(strokes)], strict=True):
        points = np.concatenate(strokes[start:stop], dtype=np.float64)
        some, of = _segments_of(points, lengths[start:stop])
        segments.append(some)
        stroke_of.append(start + of)
    return np.concatenate(segments), np.concatenate(stroke_of)


def _segments_of(
    points: NDArray[np.float64], lengths: NDArray[np.int_]
) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    stroke_of = np.repeat(np.arange(len(lengths)), lengths)
    kept = np.flatnonzero(simplify(points, lengths, TOLERANCE_PX))
    first, second = kept[:-1], kept[1:]
    is_one_line = stroke_of[first] == stroke_of[second]
    # A lone point is a segment of no length.
    lone = (np.cumsum(lengths) - 1)[lengths == 1]
    first = np.concatenate([first[is_one_line], lone])
    second = np.concatenate([second[is_one_line], lone])
    return np.stack([points[first], points[second]], axis=1), stroke_of[first]
