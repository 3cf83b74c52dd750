"""Skew: by how much a page is turned, told from its printed lines or from its rows of writing."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.page_marks import PageMarks, find_page_marks
from handwrite_gui.imaging.paper import reduce

#: Longer side of the copy on which skew is measured.
SIDE_PX = 1000
#: Pages are turned by no more than this; a quarter turn is told by a picture's EXIF block only.
MOST_DEGREES = 45.0
STEP_DEGREES = 0.25
#: Shortest piece of a printed line, as part of the longer side, and how many longer sides of them
#: must point one way before they are believed.
PIECE, LEAST_PIECE_PX = 0.06, 30.0
ENOUGH = 1.5
#: Upright lines count less than level ones: a page's sides run together where it is seen aslant.
UPRIGHT = 0.3
#: How much the direction of lines, and the middle of digits in heights of a digit, may vary.
LINES_DEGREES = 0.7
WOBBLE = 0.25
#: As if so many pairs of digits stood on a level, give or take so many degrees: two digits alone
#: turn no page.
LEVEL_PAIRS, LEVEL_DEGREES = 3.0, 6.0
#: Smaller marks, in pixels of that copy, are specks.
LEAST_SIZE_PX = 5.0
#: Digits beside each digit whose direction counts, and how far they may be, in heights.
NEIGHBOURS, FARTHEST = 8, 8.0


def skew_degrees(contrast: NDArray[np.float32]) -> float:
    """Return by how many degrees a page's rows fall to the right.

    Args:
        contrast: As from `paper.contrast`, shape (height, width).

    Returns:
        From -45 to 45; 0.0 where nothing tells.
    """
    low = reduce(contrast, SIDE_PX)
    by_lines = _skew_of_lines(low)
    if by_lines is not None:
        return by_lines
    marks = find_page_marks(low)
    return 0.0 if marks is None else _skew_of_marks(marks)


def _angles() -> NDArray[np.float64]:
    count = round(2 * MOST_DEGREES / STEP_DEGREES)
    return np.linspace(-MOST_DEGREES, MOST_DEGREES, count + 1)


def _skew_of_lines(contrast: NDArray[np.float32]) -> float | None:
    """Direction of a page's printed lines and sides, or None where there are too few."""
    longer = max(contrast.shape)
    image = np.clip(contrast * 255.0 + 64.0, 0, 255).astype(np.uint8)
    found = cv2.createLineSegmentDetector().detect(image)[0]
    if found is None:
        return None
    x1, y1, x2, y2 = np.asarray(found, np.float64).reshape(-1, 4).T
    length = np.hypot(x2 - x1, y2 - y1)
    is_long = length >= max(PIECE * longer, LEAST_PIECE_PX)
    angle = np.degrees(np.arctan2(y2 - y1, x2 - x1))[is_long]
    is_level = np.abs((angle + 90.0) % 180.0 - 90.0) <= 45.0
    weight = length[is_long] / longer * np.where(is_level, 1.0, UPRIGHT)
    folded = (angle + 45.0) % 90.0 - 45.0
    angles = _angles()
    away = (folded - angles[:, None] + 45.0) % 90.0 - 45.0
    votes = (weight * np.exp(-0.5 * (away / LINES_DEGREES) ** 2)).sum(axis=1)
    best = int(votes.argmax())
    return float(angles[best]) if votes[best] >= ENOUGH else None


def _skew_of_marks(marks: PageMarks) -> float:
    """Direction in which most marks have others beside them, their middles on one line."""
    if len(marks.label) < 2:
        return 0.0
    # By weight: a page may have more specks than digits.
    order = np.argsort(marks.size)
    half = np.searchsorted(np.cumsum(marks.weight[order]), 0.5 * marks.weight.sum())
    tall = marks.size >= max(0.5 * marks.size[order][half], LEAST_SIZE_PX)
    x, y = marks.x[tall], marks.y[tall]
    size = marks.size[tall]
    firsts, seconds = [], []
    for index in range(len(x)):
        away = np.hypot(x - x[index], y - y[index])
        alike = np.maximum(size, size[index]) <= 3.0 * np.minimum(size, size[index])
        near = np.flatnonzero(alike & (away <= FARTHEST * size[index]) & (away > 0.0))
        near = near[np.argsort(away[near])[:NEIGHBOURS]]
        firsts.append(np.full(len(near), index))
        seconds.append(near)
    if not firsts:
        return 0.0
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    dx, dy = x[second] - x[first], y[second] - y[first]
    scale = np.maximum(size[first], size[second])
    length = np.hypot(dx, dy)
    angles = _angles()
    turned = np.radians(angles)[:, None].astype(np.float32)  # Of a page there are a million values.
    dx, dy, scale, length = (each.astype(np.float32) for each in (dx, dy, scale, length))
    along = np.abs(dx * np.cos(turned) + dy * np.sin(turned))
    aside = dy * np.cos(turned) - dx * np.sin(turned)
    fits = np.exp(-0.5 * (aside / (WOBBLE * scale)) ** 2) * (along > 0.7 * length)
    # A near pair fits many directions, a far one may be of two rows: each pair counts alike.
    votes = 0.5 * (fits * np.minimum(length / scale, 3.0)).sum(axis=1)
    votes += LEVEL_PAIRS * np.exp(-0.5 * (angles / LEVEL_DEGREES) ** 2)
    return _middle_of_peak(angles, votes)


def _middle_of_peak(angles: NDArray[np.float64], votes: NDArray[np.float64]) -> float:
    near = votes >= 0.95 * votes.max()
    best = int(votes.argmax())
    low = best - int(np.argmin(near[best::-1])) if not near[best::-1].all() else -1
    high = best + int(np.argmin(near[best:])) if not near[best:].all() else len(near)
    peak = slice(low + 1, high)
    return float(np.average(angles[peak], weights=votes[peak] - 0.9 * votes.max()))


def turn(
    contrast: NDArray[np.float32], degrees: float
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Turn a page upright, paper laid in its new corners.

    Args:
        contrast: Shape (height, width), 0.0 paper.
        degrees: As from `skew_degrees`.

    Returns:
        The page, large enough for its corners, and the affine map (3, 3) from its corner
        coordinates back to those of `contrast`.
    """
    height, width = contrast.shape
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    wider = math.ceil(width * cos + height * abs(sin))
    higher = math.ceil(width * abs(sin) + height * cos)
    back = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    back[:2, 2] = np.array([width, height]) / 2 - back[:2, :2] @ np.array([wider, higher]) / 2
    by_index = back[:2].copy()  # OpenCV counts from the middle of the first pixel.
    by_index[:, 2] += back[:2, :2] @ np.array([0.5, 0.5]) - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(contrast, by_index, (wider, higher), flags=flags)), back
