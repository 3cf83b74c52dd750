"""Cuts: the ways to part a row's ink into what is left and what is right.

A cut is a path from top to bottom that crosses as little ink as it can, found by dynamic
programming as seams are (Avidan, Shamir 2007, "Seam carving"); it may lean up to 45°. Between marks
it crosses none; touching digits are parted where the bridge between them is thinnest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.reading.strips.writing import Writing

#: Rows through which cuts are looked for, as parts of the row's height from its middle: a point
#: stands low and a dash high, and each has cuts of its own.
ANCHORS = (-0.3, 0.0, 0.3, 0.45)
#: What a step aside costs, in pixels of ink: cuts are straight where nothing speaks against it.
ASIDE = 0.1
#: Dearer cuts, in row heights of ink, are not tried.
DEAREST = 0.55
#: More strokes than those of one loop are not crossed.
MOST_STROKES = 2
#: So many cuts of a row are looked at, the cheapest. Rows of cheques and of pages have up to 78
#: (measured); what has thousands is a pattern, and whoever draws meanwhile should not wait for it.
MOST_CUTS = 800
#: Cuts lie at least so far from each other on their anchor, in row heights.
APART = 0.06
#: Cuts that part the ink alike, but for this part of the row's height squared, are one.
SAME = 0.004
#: A valley of an outline is the deepest place so far to both sides, and a straight cut leans at
#: most so far, in row heights.
VALLEY, SLANT = 0.12, 0.5
#: A mark is not cut for less than this part of a stroke of the row's height: it is wholly left or
#: wholly right.
SLIVER = 0.3

_STEPS = np.array([0, -1, 1], np.int8)


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """One way to part the ink.

    Attributes:
        left: What is left of the cut, (height, width).
        cost: Ink that it crosses, in row heights.
        strokes: How many strokes it crosses: two where it parts a loop.
        area: Pixels of ink that are left of it.
    """

    left: NDArray[np.bool_]
    cost: float
    strokes: int
    area: int


def find_cuts(writing: Writing) -> list[Cut]:
    """Find the cuts of a row, from left to right, the empty and the full one included."""
    inked = writing.labels > 0
    found: list[tuple[float, NDArray[np.int_]]] = []
    cost = writing.ink_map + 0.3 * inked
    from_above, from_below = _sweep(cost), _sweep(cost[::-1])
    for anchor in ANCHORS:
        row = round(writing.middle_px + anchor * writing.row_px)
        row = min(max(row, 0), len(cost) - 1)
        through = from_above.best[row] + from_below.best[len(cost) - 1 - row] - cost[row]
        for column in _dips(through, writing.row_px):
            up = from_above.trace(row, column)[::-1]
            down = from_below.trace(len(cost) - 1 - row, column)
            found.append((float(through[column]), np.concatenate([up[:-1], down])))
    found += _between_valleys(inked, cost, writing)
    found.sort(key=lambda each: each[0])
    del found[MOST_CUTS:]
    columns = np.arange(cost.shape[1])
    total = int(inked.sum())
    nothing, everything = np.zeros(inked.shape, bool), inked
    cuts = [Cut(nothing, 0.0, 0, 0), Cut(everything, 0.0, 0, total)]
    same = SAME * writing.row_px**2
    sliver = SLIVER * writing.stroke_px * writing.row_px
    areas = np.bincount(writing.labels.ravel(), minlength=writing.count)
    for crossed, path in found:
        left, parted = _whole(inked & (columns < path[:, None]), writing, areas, sliver)
        area = int(left.sum())
        near = [cut for cut in cuts if abs(cut.area - area) < same]
        if any(np.count_nonzero(cut.left != left) < same for cut in near):
            continue
        strokes = _strokes(parted[writing.labels[np.arange(len(path)), path]])
        if strokes > MOST_STROKES:
            continue
        cuts.append(Cut(left, crossed / writing.row_px if strokes else 0.0, strokes, area))
    return sorted(cuts, key=lambda cut: cut.area)


def _whole(
    left: NDArray[np.bool_], writing: Writing, areas: NDArray[np.intp], sliver: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give marks of which a cut takes a sliver wholly to one side; tell which others are cut."""
    on_left = np.bincount(writing.labels[left], minlength=writing.count)
    least = np.minimum(sliver, 0.4 * areas)
    to_right = (on_left > 0) & (on_left < least)
    to_left = (on_left < areas) & (areas - on_left < least)
    to_left[0] = to_right[0] = False
    parted = (on_left > 0) & (on_left < areas) & ~to_left & ~to_right
    parted[0] = False
    if to_left.any() or to_right.any():
        left = (left | to_left[writing.labels]) & ~to_right[writing.labels]
    return left, parted


def _strokes(crosses: NDArray[np.bool_]) -> int:
    """Count the runs of pixels along a path that cross ink."""
    return int(np.count_nonzero(np.diff(crosses.astype(np.int8), prepend=0) == 1))


def _dips(through: NDArray[np.float64], row_px: float) -> list[int]:
    """Columns of an anchor row where the cheapest path costs less than beside them."""
    reach = max(1, round(APART * row_px))
    padded = np.pad(through, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    dips = (through <= windows.min(axis=1) + 1e-6) & (through < DEAREST * row_px)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], dips.astype(np.int8), [0]])))
    return [int(first + end - 1) // 2 for first, end in edges.reshape(-1, 2)]


def _between_valleys(
    inked: NDArray[np.bool_], cost: NDArray[np.float32], writing: Writing
) -> list[tuple[float, NDArray[np.int_]]]:
    """Find straight cuts from the valleys of the upper outline to those of the lower.

    Two zeros that share a side are parted down its middle, which costs more than crossing a loop
    twice, so that no dip shows it.
    """
    height = len(inked)
    anywhere = np.asarray(inked.any(axis=0))
    upper = np.where(anywhere, inked.argmax(axis=0), height)
    lower = np.where(anywhere, height - 1 - inked[::-1].argmax(axis=0), -1)
    reach = max(1, round(VALLEY * writing.row_px))
    above, below = _peaks(upper, anywhere, reach), _peaks(-lower, anywhere, reach)
    rows = np.arange(height)
    paths = []
    for top in above:
        for bottom in below[np.abs(below - top) < SLANT * writing.row_px]:
            path = np.interp(rows, [upper[top], max(lower[bottom], upper[top] + 1)], [top, bottom])
            path = np.round(path).astype(int)
            crossed = float(cost[rows, path].sum())
            if crossed < DEAREST * writing.row_px:
                paths.append((crossed, path))
    return paths


def _peaks(depths: NDArray[np.int_], anywhere: NDArray[np.bool_], reach: int) -> NDArray[np.int_]:
    """Columns of ink at which an outline is nowhere deeper nearby, and higher on both sides."""
    padded = np.pad(depths, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    deepest = (depths == windows.max(axis=1)) & anywhere
    deepest &= windows[:, :reach].min(axis=1) < depths - 1
    deepest &= windows[:, reach + 1 :].min(axis=1) < depths - 1
    edges = np.flatnonzero(np.diff(np.concatenate([[0], deepest.astype(np.int8), [0]])))
    return (edges[::2] + edges[1::2] - 1) // 2


@dataclass(frozen=True, eq=False, slots=True)
class _Sweep:
    """The cheapest ways from the first row.

    Attributes:
        best: What the way to each pixel costs, (height, width).
        steps: The column from which it comes there, less its own.
    """

    best: NDArray[np.float64]
    steps: NDArray[np.int8]

    def trace(self, row: int, column: int) -> NDArray[np.int_]:
        """Columns of the way that ends here, from this row back to the first."""
        way = np.empty(row + 1, int)
        for place in range(row + 1):
            way[place] = column
            column += int(self.steps[row - place, column])
        return way


def _sweep(cost: NDArray[np.float32]) -> _Sweep:
    """Find the cheapest ways from the first row to every pixel."""
    height, width = cost.shape
    best, steps = cost.astype(np.float64), np.zeros(cost.shape, np.int8)
    choices, columns = np.full((3, width), np.inf), np.arange(width)
    for row in range(1, height):
        choices[0] = best[row - 1]
        choices[1, 1:] = best[row - 1, :-1] + ASIDE
        choices[2, :-1] = best[row - 1, 1:] + ASIDE
        chosen = choices.argmin(axis=0)
        steps[row] = _STEPS[chosen]
        best[row] += choices[chosen, columns]
    return _Sweep(best, steps)
