"""Skeletons: the strokes of a form, put together from arcs, curves and lines.

A form is about 1 high, its top at 0 and its foot at 1; x grows to the right, y down.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Positions (n, 2) along one stroke.
Stroke = NDArray[np.float64]
Point = tuple[float, float]

#: Points on each piece of a stroke.
_POINTS = 24


def arc(middle: Point, radii: Point, start: float, end: float) -> Stroke:
    """Part of an upright ellipse; degrees run clockwise on paper, from the right."""
    angle = np.radians(np.linspace(start, end, _POINTS))
    x, y = middle[0] + radii[0] * np.cos(angle), middle[1] + radii[1] * np.sin(angle)
    return np.stack([x, y], axis=1)


def line(*points: Point) -> Stroke:
    """Straight from point to point."""
    return _resampled(np.array(points, np.float64))


def curve(*points: Point) -> Stroke:
    """Smooth through all points (Catmull, Rom 1974)."""
    p = np.array(points, np.float64)
    p = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
    t = np.linspace(0, 1, _POINTS)[:, None]
    pieces = [
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return _resampled(np.concatenate(pieces))


def joined(*pieces: Stroke) -> Stroke:
    """Pieces as one stroke; where one ends elsewhere than the next begins, the pen draws on."""
    return np.concatenate(pieces)


def lengths_along(stroke: Stroke) -> NDArray[np.float64]:
    """How far along the stroke each of its points lies, shape (n,)."""
    steps = np.hypot(*np.diff(stroke, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def resampled(stroke: Stroke, count: int) -> Stroke:
    """The stroke as `count` points at equal distances."""
    along = lengths_along(stroke)
    places = np.linspace(0, along[-1], count)
    return np.stack([np.interp(places, along, stroke[:, axis]) for axis in (0, 1)], axis=1)


def _resampled(stroke: Stroke) -> Stroke:
    return resampled(stroke, _POINTS * (len(stroke) > 2) + _POINTS)
