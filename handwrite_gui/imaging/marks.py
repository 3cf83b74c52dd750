"""Marks: the connected pieces of what stands out from the paper, and which of them are ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.edges import find_edge, gradient, level

#: Least contrast of ink: fainter differences are a camera's or JPEG's.
FAINTEST_INK = 0.06
#: Hysteresis: what hangs together with ink is ink down to this part of the threshold, unless the
#: paper's own pattern is darker (Canny 1986).
WEAK = 0.6
#: Part of the picture's longer side, and pixels, below which a mark is a speck.
SPECK = 0.03
SPECK_PX = 8
#: Part of a mark's steepness that is edges: a shadow or a stain has next to none.
SHARP = 0.45
#: Part of a mark on rules, on paper with few of them, that makes it what is left of a rule.
OF_RULES = 0.85
#: Part of height or width at the sides where a table or a shadow, but no digit, lies.
MARGIN = 0.1


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """The marks of a picture; arrays with one entry a mark, entry 0 the paper.

    Attributes:
        labels: The mark of every pixel, (height, width), 0 for paper.
        left, top, right, bottom: Boxes in pixels, the last two exclusive.
        weight: Sum of the steepness of a mark's edges: high for ink, low for shadows and stains.
        threshold: Contrast from which a pixel is certainly ink.
        is_ink: Whether a mark may be ink by its darkness, edges, size and place.
        is_surround: Whether a mark is what lies around the paper.
    """

    labels: NDArray[np.int32]
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    right: NDArray[np.int32]
    bottom: NDArray[np.int32]
    weight: NDArray[np.float64]
    threshold: float
    is_ink: NDArray[np.bool_]
    is_surround: NDArray[np.bool_]

    @property
    def longer_side(self) -> NDArray[np.int32]:
        """Longer side of every mark's box, in pixels."""
        return np.asarray(np.maximum(self.right - self.left, self.bottom - self.top))

    def where(self, chosen: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Where some of the marks are, shape (height, width)."""
        is_chosen = np.zeros(len(self.left), bool)
        is_chosen[chosen] = True
        return is_chosen[self.labels]


def find_marks(contrast: NDArray[np.float32], rules: NDArray[np.bool_]) -> Marks | None:
    """Find the marks of a picture, or None where nothing has edges.

    Args:
        contrast: As from `erase_rules`, shape (height, width).
        rules: Where rules ran; what is left of them is no ink.
    """
    steepness = gradient(contrast)
    marks = _label(contrast, steepness, rules)
    if marks is None:
        return None
    # A table is darker than any ink: once more without it, or the threshold is the table's.
    if not marks.is_surround.any():
        return marks
    reach = disc(0.02 * max(contrast.shape) + 1)
    inside = cv2.dilate(marks.is_surround[marks.labels].astype(np.uint8), reach) == 0
    contrast, steepness = (np.where(inside, values, 0.0) for values in (contrast, steepness))
    return _label(contrast, steepness, rules, inside) or marks


def disc(diameter_px: float) -> NDArray[np.uint8]:
    """Return a round structuring element of an odd diameter."""
    side = max(1, int(diameter_px)) | 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def most_of_rules(rules: NDArray[np.bool_]) -> float:
    """Part of a mark on rules from which it is what is left of one.

    Where narrow squares cover most of the paper, ink too lies on rules for the most part.
    """
    return 1.0 - (1.0 - OF_RULES) * (1.0 - float(rules.mean()))


def soft_edge_px(shape: tuple[int, ...]) -> int:
    """Width of a stroke's soft edge, by the size of the picture it is in."""
    return max(1, round(0.006 * max(shape)))


def _label(
    contrast: NDArray[np.float32],
    steepness: NDArray[np.float32],
    rules: NDArray[np.bool_],
    inside: NDArray[np.bool_] | None = None,
) -> Marks | None:
    """Label what is inside, by default all, by one threshold with hysteresis."""
    what = ... if inside is None else inside
    edge = find_edge(contrast[what], steepness[what], FAINTEST_INK / 8)
    if edge is None:
        return None
    threshold = max(edge.threshold, FAINTEST_INK)
    strong = contrast > threshold
    weak = contrast > min(threshold, max(WEAK * threshold, 1.2 * _pattern(contrast, strong)))
    found = cv2.connectedComponentsWithStats(weak.astype(np.uint8), connectivity=8)
    count, labels, boxes = found[0], np.asarray(found[1], np.int32), np.asarray(found[2], np.int32)
    left, top, width, height, area = boxes.T
    is_strong = np.zeros(count, bool)
    is_strong[labels[strong]] = True
    of_rules = np.bincount(labels[rules], minlength=count) / area
    side = np.maximum(width, height)
    is_ink = is_strong & (of_rules < most_of_rules(rules))
    is_ink &= (side >= SPECK_PX) & (side >= SPECK * max(contrast.shape))
    surround = is_surround(labels, boxes)
    is_ink &= ~surround
    is_ink[0] = False
    mark, steep = labels[weak], steepness[weak]
    of_edges = np.where(steep > edge.steepness, steep, 0.0)
    weight, total = (
        np.bincount(mark, weights=each, minlength=count).astype(np.float64)
        for each in (of_edges, steep)
    )
    is_ink &= weight >= SHARP * total
    right, bottom = left + width, top + height
    return Marks(labels, left, top, right, bottom, weight, threshold, is_ink, surround)


def _pattern(contrast: NDArray[np.float32], strong: NDArray[np.bool_]) -> float:
    """Contrast of the paper's own pattern and grain: what 95 % of it stays below."""
    reach = disc(2 * soft_edge_px(contrast.shape) + 3)
    paper = contrast[cv2.dilate(strong.astype(np.uint8), reach) == 0]
    return level(paper, 0.95) if len(paper) > 20 else 0.0


def is_surround(labels: NDArray[np.int32], stats: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which marks are what lies around the paper: a table, a dark border, a neighbour's end.

    They leave the picture, and they fill three of its corners, or two and no more than half of it
    between them, or lie wholly in its outer margin.

    Args:
        labels: The mark of every pixel, (height, width), 0 for paper.
        stats: As from `cv2.connectedComponentsWithStats`, a row a mark.

    Returns:
        One truth a mark.
    """
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    leaves = _are_in(rim, len(stats))
    leaves[0] = False
    if not leaves.any():
        return leaves
    height, width = labels.shape
    left, top, wide, high, area = stats.T
    rows, columns = max(1, height // 50), max(1, width // 50)
    corner = np.array(
        [
            [_are_in(labels[y, x], len(stats)) for x in (slice(0, columns), slice(-columns, None))]
            for y in (slice(0, rows), slice(-rows, None))
        ]
    )
    is_half_high = (top + high <= height // 2) | (top >= (height + 1) // 2)
    is_half_wide = (left + wide <= width // 2) | (left >= (width + 1) // 2)
    y, x = int(MARGIN * height), int(MARGIN * width)
    inner = np.bincount(labels[y : height - y, x : width - x].ravel(), minlength=len(stats))
    surround: NDArray[np.bool_] = corner.sum(axis=(0, 1)) >= 3
    surround |= corner.all(axis=1).any(axis=0) & is_half_high
    surround |= corner.all(axis=0).any(axis=0) & is_half_wide
    surround |= inner < 0.1 * area
    return surround & leaves


def _are_in(labels: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    return np.bincount(labels.ravel(), minlength=count) > 0
