"""Geometry of polylines: how far it is to them, and which of their points matter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Levels after which every part is halved, too: a zigzag gives up only one point a level.
_PLAIN_LEVELS = 32


def simplify(
    points: NDArray[np.float64], lengths: NDArray[np.int_], tolerance: float
) -> NDArray[np.bool_]:
    """Mark the points that the shape of some polylines needs (Ramer 1972; Douglas, Peucker 1973).

    Going by levels instead of by recursion lets NumPy work on all polylines at once.

    Args:
        points: All points, shape (n, 2), one polyline after the other.
        lengths: How many points each polyline has, shape (k,), each ≥ 1.
        tolerance: How far a dropped point may lie from the line that is left, in the points' unit.

    Returns:
        Shape (n,), true for points to keep; the ends of each polyline always are.
    """
    last = np.cumsum(lengths) - 1
    keep = np.zeros(len(points), bool)
    keep[last] = keep[last - lengths + 1] = True
    level = 0
    while True:
        ends = np.flatnonzero(keep)
        if len(ends) < 2:
            return keep
        part = np.minimum(np.cumsum(keep) - 1, len(ends) - 2)
        distance = distance_to_segments(points, points[ends[part]], points[ends[part + 1]])
        distance[ends] = 0.0
        farthest = np.maximum.reduceat(distance, ends[:-1])
        candidates = np.flatnonzero((distance == farthest[part]) & (distance > tolerance))
        if len(candidates) == 0:
            return keep
        split, first = np.unique(part[candidates], return_index=True)
        keep[candidates[first]] = True
        if level >= _PLAIN_LEVELS:
            keep[(ends[split] + ends[split + 1]) // 2] = True
        level += 1


def distance_to_segments(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points (…, 2) are from the segments `start` to `end` (…, 2), broadcast."""
    # By components: NumPy is several times slower at sums over an axis of two.
    along_x, along_y = end[..., 0] - start[..., 0], end[..., 1] - start[..., 1]
    x, y = points[..., 0] - start[..., 0], points[..., 1] - start[..., 1]
    length_squared = along_x * along_x + along_y * along_y
    length_squared = np.where(length_squared > 0.0, length_squared, 1.0)
    position = np.clip((x * along_x + y * along_y) / length_squared, 0.0, 1.0)
    x -= position * along_x
    y -= position * along_y
    distance: NDArray[np.float64] = np.sqrt(x * x + y * y)
    return distance
