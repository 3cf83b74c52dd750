"""Dots: solid marks as wide as they are long, which no stroke is."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.marks import disc

#: From this width on, as part of its longer side, a solid is a dot. The boldest of 30,000 digits of
#: MNIST's training part reaches 0.68; a disc has 1.0 (measured).
WIDTH = 0.8
#: A solid's soft edge reaches so far from where it is cut, as part of the picture's longer side.
EDGE = 0.02
#: What is darker than a solid by so much of the solid's own contrast is ink written on it.
DARKER = 0.1


def is_dot(brightness: NDArray[np.uint8], inked: NDArray[np.bool_]) -> bool:
    """Tell whether a mark is, or is left of, a blot, a button or a drawn dot.

    Judged by the picture itself: where ink was searched, a large solid is hollow or in pieces, for
    the paper under wide strokes is bridged.

    Args:
        brightness: Grey, shape (height, width).
        inked: Where the mark was found, shape (height, width), not empty.
    """
    _, light = cv2.threshold(brightness, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    is_light = np.asarray(light, np.uint8).view(np.bool_)
    _, _, width, height = cv2.boundingRect(inked.view(np.uint8))
    longest = 0.9 * max(width, height)
    sides = is_light, ~is_light
    return any(_touches_solid(brightness, inked, longest, *each) for each in (sides, sides[::-1]))


def _least_area(longer_side: Any) -> Any:
    """Pixels that a solid of a longer side has at least, be it a number or many."""
    return (WIDTH * longer_side) ** 2 * np.pi / 4


def _touches_solid(
    brightness: NDArray[np.uint8],
    inked: NDArray[np.bool_],
    longest: float,
    side: NDArray[np.bool_],
    other: NDArray[np.bool_],
) -> bool:
    """Tell whether the mark belongs to so long a solid on one side of the picture's threshold."""
    # Beyond all of the other side everything leaves the picture.
    x, y, width, height = cv2.boundingRect(other.view(np.uint8))
    within = slice(y, y + height), slice(x, x + width)
    if np.count_nonzero(side[within]) < _least_area(longest):
        return False
    kept = _without_what_leaves(side[within])
    if cv2.countNonZero(kept) < _least_area(longest):
        return False
    inner = np.zeros(side.shape, np.uint8)
    inner[within] = kept
    found = cv2.connectedComponentsWithStats(inner, connectivity=4)
    labels, stats = np.asarray(found[1]), np.asarray(found[2])
    longer_sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    may_be = longer_sides >= longest
    may_be &= stats[:, cv2.CC_STAT_AREA] >= _least_area(longer_sides)
    may_be[0] = False
    near = cv2.dilate(inked.view(np.uint8), disc(2 * EDGE * max(inked.shape) + 3)) > 0
    for label in np.unique(labels[near & may_be[labels]]):
        part = labels == label
        solid = part.astype(np.uint8)
        depth = cv2.distanceTransform(solid, cv2.DIST_L2, cv2.DIST_MASK_PRECISE).max()
        if 2 * depth < WIDTH * longer_sides[label]:
            continue
        outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        cv2.drawContours(solid, outlines, -1, 1, cv2.FILLED)
        in_a_hole = ((solid > 0) & ~part & inked).sum() > inked.sum() / 2  # on a sheet, as ink is
        own, beyond = float(np.median(brightness[part])), float(np.median(brightness[~side]))
        further = (float(np.median(brightness[inked])) - own) / (own - beyond)
        if not in_a_hole and further < DARKER:
            return True
    return False


def _without_what_leaves(side: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Leave out what reaches the picture's sides, as the paper does, and no solid."""
    framed = cv2.copyMakeBorder(side.view(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(1,))
    cv2.floodFill(framed, None, (0, 0), (0,), flags=4)
    return np.asarray(framed[1:-1, 1:-1], np.uint8)
