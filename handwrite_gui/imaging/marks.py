"""Marks: the connected pieces of what stands out from the paper, and which of them are ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.components import Components, find_components
from handwrite_gui.imaging.edges import find_edge, gradient, is_level_below, level

#: Least contrast of ink: fainter differences are a camera's or JPEG's.
FAINTEST_INK = 0.06
#: Hysteresis: what hangs together with ink is ink down to this part of the threshold, unless the
#: paper's own pattern is darker (Canny 1986).
WEAK = 0.6
#: Most of the paper's pattern and grain, this part of it, counts; ink is so many times as dark.
PATTERN, BEYOND_PATTERN = 0.95, 1.2
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
    left: NDArray[np.intp]
    top: NDArray[np.intp]
    right: NDArray[np.intp]
    bottom: NDArray[np.intp]
    weight: NDArray[np.float64]
    threshold: float
    is_ink: NDArray[np.bool_]
    is_surround: NDArray[np.bool_]

    @property
    def longer_side(self) -> NDArray[np.intp]:
        """Longer side of every mark's box, in pixels."""
        return np.asarray(np.maximum(self.right - self.left, self.bottom - self.top))

    def where(self, chosen: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Where some of the marks are, shape (height, width)."""
        if len(chosen) == 1:
            return np.asarray(self.labels == chosen[0])
        is_chosen = np.zeros(len(self.left), bool)
        is_chosen[chosen] = True
        return is_chosen.take(self.labels)


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
    inside = cv2.dilate(marks.is_surround[marks.labels].view(np.uint8), reach) == 0
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
    return 1.0 - (1.0 - OF_RULES) * (1.0 - np.count_nonzero(rules) / rules.size)


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
    weak = contrast > _least_contrast(contrast, strong, threshold)
    found = find_components(weak)
    inked, label, area = found.inked, found.label, np.maximum(found.area, 1)
    count = len(area)
    is_ink = np.zeros(count, bool)
    is_ink[label[strong.ravel()[inked]]] = True
    if rules.any():
        of_rules = np.bincount(label[rules.ravel()[inked]], minlength=count) / area
        is_ink &= of_rules < most_of_rules(rules)
    side = np.maximum(found.right - found.left, found.bottom - found.top)
    is_ink &= (side >= SPECK_PX) & (side >= SPECK * max(contrast.shape))
    surround = is_surround(found)
    is_ink &= ~surround
    is_ink[0] = False
    steep = steepness.ravel()[inked]
    of_edges = np.where(steep > edge.steepness, steep, 0.0)
    weight, total = (
        np.bincount(label, weights=each, minlength=count).astype(np.float64)
        for each in (of_edges, steep)
    )
    is_ink &= weight >= SHARP * total
    boxes = found.left, found.top, found.right, found.bottom
    return Marks(found.labels, *boxes, weight, threshold, is_ink, surround)


def _least_contrast(
    contrast: NDArray[np.float32], strong: NDArray[np.bool_], threshold: float
) -> float:
    """Contrast down to which what hangs together with ink is ink."""
    least = WEAK * threshold
    reach = disc(2 * soft_edge_px(contrast.shape) + 3)
    paper = contrast[cv2.dilate(strong.view(np.uint8), reach) == 0]
    if len(paper) <= 20 or is_level_below(paper, PATTERN, least / BEYOND_PATTERN):
        return least
    return min(threshold, BEYOND_PATTERN * level(paper, PATTERN))


def is_surround(marks: Components) -> NDArray[np.bool_]:
    """Tell which marks are what lies around the paper: a table, a dark border, a neighbour's end.

    They leave the picture, and they fill three of its corners, or two and no more than half of it
    between them, or lie wholly in its outer margin.

    Returns:
        One truth a mark.
    """
    labels, count = marks.labels, len(marks.area)
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    leaves = _are_in(rim, count)
    leaves[0] = False
    if not leaves.any():
        return leaves
    height, width = labels.shape
    rows, columns = max(1, height // 50), max(1, width // 50)
    corner = np.array(
        [
            [_are_in(labels[y, x], count) for x in (slice(0, columns), slice(-columns, None))]
            for y in (slice(0, rows), slice(-rows, None))
        ]
    )
    is_half_high = (marks.bottom <= height // 2) | (marks.top >= (height + 1) // 2)
    is_half_wide = (marks.right <= width // 2) | (marks.left >= (width + 1) // 2)
    y, x = int(MARGIN * height), int(MARGIN * width)
    inner = np.bincount(labels[y : height - y, x : width - x].ravel(), minlength=count)
    surround: NDArray[np.bool_] = corner.sum(axis=(0, 1)) >= 3
    surround |= corner.all(axis=1).any(axis=0) & is_half_high
    surround |= corner.all(axis=0).any(axis=0) & is_half_wide
    surround |= inner < 0.1 * marks.area
    return surround & leaves


def _are_in(labels: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    return np.bincount(labels.ravel(), minlength=count) > 0
