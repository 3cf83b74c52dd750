"""Page marks: the connected pieces of ink on a whole page, large and small."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.components import find_components
from handwrite_gui.imaging.edges import Edge, find_edge, gradient
from handwrite_gui.imaging.marks import FAINTEST_INK, SHARP, WEAK, most_of_rules

#: Every so many pixels are looked at to measure the paper's grain: a page has millions.
SAMPLED = 3
#: The threshold follows the edges of the ink nearby, in cells of which the longer side has so many,
#: as far as there are enough of them, and down to this part of the whole page's.
CELLS, ENOUGH, LOWEST = 40, 0.03, 0.4
#: A dot is no longer than this, as width over length, and fills this part of its box: a disc fills
#: 0.79, and the boldest digits 0.6.
ROUND, SOLID = 0.45, 0.66
#: A page has no more marks of writing; beyond are the texture's, which are the faintest.
MOST_MARKS = 4000


@dataclass(frozen=True, eq=False, slots=True)
class PageMarks:
    """The marks of a page that may be ink; arrays with one entry a mark.

    Attributes:
        labels: The label of every pixel, (height, width), 0 for paper.
        label: The label of each mark.
        left, top, right, bottom: Boxes in pixels, the last two exclusive.
        x, y: Centres of mass.
        weight: Sum of the steepness of a mark's edges.
        area: Pixels of each mark.
        darkness: Contrast of each mark, its darker pixels counting more.
        steepness: The same of its steepness, per pixel.
        threshold: Contrast from which each pixel is certainly ink, (height, width).
    """

    labels: NDArray[np.int32]
    label: NDArray[np.intp]
    left: NDArray[np.float64]
    top: NDArray[np.float64]
    right: NDArray[np.float64]
    bottom: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: NDArray[np.float64]
    area: NDArray[np.float64]
    darkness: NDArray[np.float64]
    steepness: NDArray[np.float64]
    threshold: NDArray[np.float32]

    @property
    def width(self) -> NDArray[np.float64]:
        """Widths of the boxes."""
        return self.right - self.left

    @property
    def height(self) -> NDArray[np.float64]:
        """Heights of the boxes."""
        return self.bottom - self.top

    @property
    def size(self) -> NDArray[np.float64]:
        """Longer sides of the boxes."""
        return np.maximum(self.width, self.height)

    @property
    def is_dot(self) -> NDArray[np.bool_]:
        """Whether a mark is solid and about as wide as high, which no digit is."""
        wider = np.minimum(self.width, self.height) >= ROUND * self.size
        return wider & (self.area >= SOLID * self.width * self.height)


def find_page_marks(
    contrast: NDArray[np.float32], rules: NDArray[np.bool_] | None = None
) -> PageMarks | None:
    """Find the marks of a page, or None where nothing has edges.

    Args:
        contrast: As from `paper.contrast`, shape (height, width).
        rules: Where rules ran; what is left of them is no ink.
    """
    steepness = gradient(contrast)
    every = SAMPLED if contrast.size > 500_000 else 1
    sample = slice(None, None, every), slice(None, None, every)
    edge = find_edge(contrast[sample].ravel(), steepness[sample].ravel(), FAINTEST_INK / 8)
    if edge is None:
        return None
    threshold = _local_threshold(contrast, steepness, edge)
    level = WEAK * threshold
    weak = contrast > np.maximum(level, FAINTEST_INK, out=level)
    del level
    found = find_components(weak)
    inked, label, area, count = found.inked, found.label, found.area, len(found.area)
    strong = contrast.ravel()[inked] > threshold.ravel()[inked]
    steep = steepness.ravel()[inked].astype(np.float64)
    is_edge = steep > edge.steepness
    total = np.bincount(label, weights=steep, minlength=count)
    weight = np.bincount(label, weights=steep * is_edge, minlength=count)
    darkest = np.bincount(label, weights=strong, minlength=count)
    is_ink = (darkest > 0) & (weight >= SHARP * total) & (area >= 3)
    if rules is not None:
        on_rules = np.bincount(label, weights=rules.ravel()[inked], minlength=count)
        is_ink &= on_rules < most_of_rules(rules) * area
    is_ink[0] = False
    chosen = np.asarray(np.flatnonzero(is_ink), np.intp)
    if len(chosen) > MOST_MARKS:
        chosen = np.sort(chosen[np.argsort(-weight[chosen])[:MOST_MARKS]])
    rows, columns = np.divmod(inked, contrast.shape[1])
    x = np.bincount(label, weights=columns, minlength=count)[chosen] / area[chosen] + 0.5
    y = np.bincount(label, weights=rows, minlength=count)[chosen] / area[chosen] + 0.5
    left, top, right, bottom = (
        each[chosen].astype(np.float64)
        for each in (found.left, found.top, found.right, found.bottom)
    )
    weights, areas = np.asarray(weight[chosen], np.float64), np.asarray(area[chosen], np.float64)
    dark, sharp = (
        np.bincount(label, weights=each**2, minlength=count)[chosen]
        / np.maximum(np.bincount(label, weights=each, minlength=count)[chosen], 1e-9)
        for each in (contrast.ravel()[inked], steep)
    )
    boxes = left, top, right, bottom, x, y
    return PageMarks(found.labels, chosen, *boxes, weights, areas, dark, sharp, threshold)


def _local_threshold(
    contrast: NDArray[np.float32], steepness: NDArray[np.float32], edge: Edge
) -> NDArray[np.float32]:
    """Let the threshold follow the ink: a thin pencil is fainter than a thick pen beside it."""
    height, width = contrast.shape
    scale = CELLS / max(height, width)
    cells = max(1, round(height * scale)), max(1, round(width * scale))
    edges = np.flatnonzero(steepness > edge.steepness)
    rows, columns = np.divmod(edges, width)
    cell = rows * cells[0] // height * cells[1] + columns * cells[1] // width
    weights = steepness.ravel()[edges].astype(np.float64) ** 2
    size = cells[0] * cells[1]
    amount = np.bincount(cell, weights, size).reshape(cells)
    values = np.bincount(cell, weights * contrast.ravel()[edges], size).reshape(cells)
    amount, values = (cv2.GaussianBlur(each, (0, 0), 1.0) for each in (amount, values))
    few = ENOUGH * float(amount.mean()) + 1e-9
    local = (values + few * edge.threshold) / (amount + few)
    local = np.maximum(local, max(LOWEST * edge.threshold, FAINTEST_INK)).astype(np.float32)
    return np.asarray(cv2.resize(local, (width, height)), np.float32)
