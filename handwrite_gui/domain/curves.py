"""Curves: cubic Béziers through the points of a stroke, and from Béziers back to points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Where a stroke turns by more than this, in degrees, it has a corner and not a bend.
CORNER_DEG = 60.0
#: A curve is never cut into more pieces than this.
MOST_PIECES = 64


def curves_through(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay cubic Béziers through points: a centripetal Catmull-Rom spline with corners.

    It passes through every point and, being centripetal, makes no loops between points of uneven
    distance (Yuksel, Schaefer, Keyser 2011, "Parameterization and applications of Catmull-Rom
    curves").

    Args:
        points: Shape (n, 2), n ≥ 1; points that repeat the one before are left out.

    Returns:
        Start, two control points and end of each curve, shape (k, 4, 2); (0, 4, 2) where all
        points are one.
    """
    moves = np.any(points[1:] != points[:-1], axis=1)
    points = points[np.concatenate([[True], moves])]
    if len(points) == 1:
        return np.empty((0, 4, 2))
    chords = np.diff(points, axis=0)
    lengths = np.hypot(chords[:, 0], chords[:, 1])[:, None]
    knots = np.sqrt(lengths)
    speeds = chords / knots
    leaving, arriving = speeds.copy(), speeds.copy()
    before, after = knots[:-1], knots[1:]
    bends = speeds[:-1] + speeds[1:] - (points[2:] - points[:-2]) / (before + after)
    directions = chords / lengths
    is_bend = (directions[:-1] * directions[1:]).sum(axis=1) >= np.cos(np.deg2rad(CORNER_DEG))
    leaving[1:][is_bend] = arriving[:-1][is_bend] = bends[is_bend]
    start, end = points[:-1], points[1:]
    return np.stack([start, start + leaving * knots / 3, end - arriving * knots / 3, end], axis=1)


def count_pieces(curves: NDArray[np.float64], tolerance: float) -> NDArray[np.int_]:
    """Tell into how many straight pieces each curve must be cut to stay within a tolerance.

    The distance of a curve from its chord is at most an eighth of its second derivative's largest
    size, which for a cubic Bézier is at an end (Sederberg, "Computer aided geometric design").

    Args:
        curves: Shape (k, 4, 2), as from `curves_through`.
        tolerance: In the unit of the curves.

    Returns:
        Shape (k,), each from 1 to `MOST_PIECES`; 1 for a straight line.
    """
    bent = np.abs(np.diff(curves, n=2, axis=1)).sum(axis=2).max(axis=1)
    with np.errstate(over="ignore"):
        needed = np.sqrt(0.75 * bent / max(tolerance, np.finfo(np.float64).tiny))
    pieces: NDArray[np.int_] = np.ceil(np.clip(needed, 1, MOST_PIECES)).astype(int)
    return pieces


def points_on(curves: NDArray[np.float64], pieces: NDArray[np.int_]) -> NDArray[np.float64]:
    """Return points along curves that follow each other.

    Args:
        curves: Shape (k, 4, 2), k ≥ 1; each begins where the one before ends.
        pieces: How many pieces each is cut into, shape (k,).

    Returns:
        Shape (1 + sum of the pieces, 2).
    """
    curve = np.repeat(np.arange(len(curves)), pieces)
    nth = np.arange(len(curve)) - (np.cumsum(pieces) - pieces)[curve] + 1
    t = (nth / pieces[curve])[:, None]
    a, b, c, d = (curves[curve, i] for i in range(4))
    s = 1.0 - t
    inner = s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d
    return np.concatenate([curves[0, :1], inner])
