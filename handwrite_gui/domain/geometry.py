"""Geometry of polylines: how far it is to them, and which of their points matter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Longer polylines are cut into parts of so many points first: a long one takes many more levels
#: than its parts, and a zigzag one for each of its points.
_LONGEST_PART = 128


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
    first = last - lengths + 1
    index = np.arange(len(points))
    keep: NDArray[np.bool_] = (index - np.repeat(first, lengths)) % _LONGEST_PART == 0
    keep[last] = True
    ends = np.flatnonzero(keep)
    start, end = ends[:-1], ends[1:]  # Of one polyline to the next there is nothing between.
    while True:
        inner = end - start - 1
        start, end, inner = start[inner > 0], end[inner > 0], inner[inner > 0]
        if len(start) == 0:
            return keep
        part = np.repeat(np.arange(len(start)), inner)
        begins = np.cumsum(inner) - inner
        between = np.arange(len(part)) + (start + 1 - begins)[part]
        distance = distance_to_segments(points[between], points[start[part]], points[end[part]])
        farthest = np.maximum.reduceat(distance, begins)
        peaks = np.flatnonzero(distance == farthest[part])
        middle = between[peaks[np.searchsorted(peaks, begins)]]
        split = farthest > tolerance
        start, middle, end = start[split], middle[split], end[split]
        keep[middle] = True
        start, end = np.concatenate([start, middle]), np.concatenate([middle, end])


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
