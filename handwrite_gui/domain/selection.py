"""Selection: which strokes a place or a lasso means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import Bounds, Stroke, stroke_boxes

#: Asked for again and again while a pointer moves over ink that stays as it is.
_boxes = lru_cache(maxsize=2)(stroke_boxes)
#: A lasso takes a stroke of whose length at least this share lies within.
SHARE_WITHIN = 0.5


def stroke_at(strokes: Sequence[Stroke], x: float, y: float, reach: float) -> Stroke | None:
    """Return the stroke that is nearest to a place, the newest of several, or None.

    Args:
        strokes: Oldest first.
        x: In canvas units.
        y: As x, downwards.
        reach: None is farther away than this, in canvas units.
    """
    place, nearest, least = np.array([x, y]), None, reach
    for stroke in strokes_meeting(strokes, (x - reach, y - reach, x + reach, y + reach)):
        xy = stroke.xy
        # A single point is a segment of no length.
        ends = xy[1:] if len(xy) > 1 else xy
        distance = float(distance_to_segments(place, xy[: len(ends)], ends).min())
        if distance <= least:
            nearest, least = stroke, distance
    return nearest


def strokes_within(strokes: Sequence[Stroke], lasso: NDArray[np.floating]) -> tuple[Stroke, ...]:
    """Return the strokes that lie within a lasso, by half of their length at least.

    Where the lasso crosses itself, what it goes round twice lies outside (the even–odd rule).

    Args:
        strokes: In any order.
        lasso: Corners of a polygon that closes itself, shape (n, 2), in canvas units.
    """
    if len(lasso) < 3:
        return ()
    (left, top), (right, bottom) = lasso.min(axis=0), lasso.max(axis=0)
    near = strokes_meeting(strokes, (left, top, right, bottom))
    if not near:
        return ()
    xy = np.concatenate([stroke.xy for stroke in near])
    lengths = np.array([len(stroke.points) for stroke in near])
    last = np.cumsum(lengths) - 1
    along = np.diff(xy, axis=0, append=xy[-1:])
    along[last] = 0.0
    # Where nothing has a length, points count.
    weights = np.hypot(*along.T) + np.finfo(np.float32).tiny
    within = is_within(xy + along / 2, lasso)
    first = last - lengths + 1
    shares = np.add.reduceat(weights * within, first) / np.add.reduceat(weights, first)
    return tuple(near[index] for index in np.flatnonzero(shares >= SHARE_WITHIN).tolist())


def is_within(places: NDArray[np.floating], polygon: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell which places lie within a polygon, by the even–odd rule.

    Args:
        places: Shape (n, 2).
        polygon: Its corners, shape (m, 2), in the same unit.

    Returns:
        Shape (n,).
    """
    # In order of y each edge meets a run of places, and most edges a short one.
    order = np.argsort(places[:, 1])
    x, y = places[order].T
    crossings = np.zeros(len(places), bool)
    start, end = polygon, np.roll(polygon, -1, axis=0)
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    firsts, lasts = np.searchsorted(y, low), np.searchsorted(y, high)
    for edge in np.flatnonzero(lasts > firsts):
        run = slice(firsts[edge], lasts[edge])
        (x1, y1), (x2, y2) = start[edge], end[edge]
        crossings[run] ^= x[run] < x1 + (x2 - x1) * ((y[run] - y1) / (y2 - y1))
    within = np.empty(len(places), bool)
    within[order] = crossings
    return within


def strokes_meeting(strokes: Sequence[Stroke], bounds: Bounds) -> list[Stroke]:
    """Return the strokes whose boxes meet some bounds."""
    boxes = _boxes(tuple(strokes))
    meets = (boxes[:, :2] <= bounds[2:]) & (boxes[:, 2:] >= bounds[:2])
    return [strokes[index] for index in np.flatnonzero(meets.all(axis=1)).tolist()]


def bounds_of(strokes: Sequence[Stroke]) -> Bounds:
    """Return the box around strokes, at least one."""
    boxes = stroke_boxes(strokes)
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return float(left), float(top), float(right), float(bottom)
