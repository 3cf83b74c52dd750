"""Rows: which marks of a page stand side by side, and where one Number ends and the next begins.

Marks are joined one by one, the nearest first, as long as they lie on a line (Kruskal's tree, with
a check). Nothing is projected on to the page's side, so that a tail that reaches into the next row
stays with its digit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.page_marks import PageMarks

#: Higher marks, in heights of the digits around them, have a tail.
TAIL = 1.5
#: Marks smaller than this part of the digits around them are points, commas or pieces.
BODY = 0.45
#: How far what is measured together may lie beside and above a mark, in its own size, taken to be
#: at least so many pixels.
BESIDE, ABOVE, LEAST_SIZE_PX = 2.5, 0.3, 6.0
#: In heights of a digit: how far digits of one Number may be apart, and how much higher or lower
#: one may stand than its neighbour.
REACH = 2.6
STEP = 0.75
#: Gaps within a Number, all in heights of a digit. Those that leap to so many times the next
#: narrower one, both widened by a digit's own space, part Numbers if they are not too narrow for
#: that; and so do those that are wider than so many usual ones.
SPACE = 0.35
LEAP, LEAST_GAP = 1.8, 0.9
WIDER, NARROWEST_GAP, WIDEST_GAP = 2.2, 1.2, 2.2
#: Fewer marks than these are specks where they are smaller than this part of the page's digits, or
#: so near its side, as part of its longer side.
MANY, SMALL, AT_SIDE = 3, 0.3, 0.015
#: Writing has so much edge for its area, as part of what is usual on the page, as stains and the
#: paper's pattern have not. A thick pen has less, but it is dark, and its edges as steep for its
#: contrast as others; and so has a row of that many marks out of focus, whose edges are not. Both
#: are at least this part as high as what is usual: lint and corners are less.
SOFT, SOFTEST = 0.5, 0.1
DARK, CRISP, LARGE = 0.7, 0.75, 0.5
#: Pairs that are looked at for each mark.
NEIGHBOURS = 16


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """Marks of one Number.

    Attributes:
        marks: Their indices.
        height: Height of its digits, in pixels.
        slope: Rise over run of the line that it stands on.
        row: The row of writing, counted from the top.
    """

    marks: NDArray[np.intp]
    height: float
    slope: float
    row: int = 0


def find_lines(marks: PageMarks) -> list[Line]:
    """Group the marks of an upright page into Numbers, ordered by row and then from the left."""
    heights = local_heights(marks)
    # Tails hang down: a digit with a long one stands where its upper end does.
    has_tail = marks.height > TAIL * heights
    marks = replace(marks, y=np.where(has_tail, marks.top + heights / 2, marks.y))
    is_body = (marks.size >= BODY * heights) & ~marks.is_dot
    bodies = np.flatnonzero(is_body)
    lines = _join(marks, bodies, heights)
    lines = _attach(marks, lines, np.flatnonzero(~is_body), heights)
    numbers = [part for line in lines for part in _split(marks, line, heights, is_body)]
    return _in_rows(marks, _without_specks(marks, numbers))


def local_heights(marks: PageMarks) -> NDArray[np.float64]:
    """Height of a digit near each mark: the median of what is beside it, by weight.

    Near is what lies within a few of a mark's own sizes, so that small digits below large ones are
    measured by each other; weight lets specks count little.
    """
    count = len(marks.label)
    heights = np.empty(count)
    reach = np.maximum(marks.size, LEAST_SIZE_PX)
    weights = np.sqrt(marks.weight)
    for mark in range(count):
        aside = np.maximum(marks.left - marks.right[mark], marks.left[mark] - marks.right)
        above = np.maximum(marks.top - marks.bottom[mark], marks.top[mark] - marks.bottom)
        near = (aside <= BESIDE * reach[mark]) & (above <= ABOVE * reach[mark])
        heights[mark] = _weighted_median(marks.height[near], weights[near])
    return heights


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def _join(
    marks: PageMarks, bodies: NDArray[np.intp], heights: NDArray[np.float64]
) -> list[NDArray[np.intp]]:
    """Join bodies to lines."""
    first, second, cost = _pairs(marks, bodies, heights)
    group = {int(body): [int(body)] for body in bodies}
    for pair in np.argsort(cost, kind="stable"):
        one, other = group[int(first[pair])], group[int(second[pair])]
        if one is other or not _is_line(marks, one + other, heights):
            continue
        one.extend(other)
        for member in other:
            group[member] = one
    unique = {id(members): members for members in group.values()}
    return [np.array(members, np.intp) for members in unique.values()]


def _pairs(
    marks: PageMarks, bodies: NDArray[np.intp], heights: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """Pairs of bodies that may stand side by side, and how far apart they are."""
    left, right = marks.left[bodies], marks.right[bodies]
    top, bottom = marks.top[bodies], marks.bottom[bodies]
    y, height = marks.y[bodies], heights[bodies]
    firsts, seconds, costs = [], [], []
    for index in range(len(bodies)):
        gap = np.maximum(np.maximum(left - right[index], left[index] - right), 0.0)
        scale = (height + height[index]) / 2
        step = np.abs(y - y[index])
        overlap = np.minimum(bottom, bottom[index]) - np.maximum(top, top[index])
        shorter = np.minimum(bottom - top, bottom[index] - top[index])
        may_be = (gap <= REACH * scale) & (step <= STEP * scale)
        may_be &= (overlap >= 0.3 * shorter) | (step <= 0.5 * scale)
        may_be[: index + 1] = False
        cost = (gap + 2.0 * step) / scale
        found = np.flatnonzero(may_be)
        if len(found) > NEIGHBOURS:
            found = found[np.argsort(cost[found])[:NEIGHBOURS]]
        firsts.append(np.full(len(found), bodies[index]))
        seconds.append(bodies[found])
        costs.append(cost[found])
    if not firsts:
        nothing = np.empty(0, np.intp)
        return nothing, nothing, np.empty(0)
    return np.concatenate(firsts), np.concatenate(seconds), np.concatenate(costs)


def _is_line(marks: PageMarks, members: list[int], heights: NDArray[np.float64]) -> bool:
    """Whether marks stand on one line and not on two below each other."""
    if len(members) < 3:
        return True
    x, y = marks.x[members], marks.y[members]
    height = float(np.median(heights[members]))
    offset, slope = _fit(x, y, height)
    aside = np.abs(y - offset - slope * x) / height
    return bool(np.median(aside) <= 0.35 and aside.max() <= 0.9)


def _fit(x: NDArray[np.float64], y: NDArray[np.float64], height: float) -> tuple[float, float]:
    """Offset and slope of a line through points; over a short run the slope is nearly level."""
    middle = float(x.mean())
    run = x - middle
    # As if two more digits stood far out, on a level with the middle.
    slope = float((run * (y - y.mean())).sum() / ((run**2).sum() + 2 * (2.5 * height) ** 2))
    return float(np.median(y - slope * x)), slope


def _attach(
    marks: PageMarks,
    lines: list[NDArray[np.intp]],
    small: NDArray[np.intp],
    heights: NDArray[np.float64],
) -> list[NDArray[np.intp]]:
    """Give points, commas and pieces to the line that they stand in; others are specks."""
    if len(lines) == 0 or len(small) == 0:
        return lines
    member_of = np.concatenate([np.full(len(line), nth) for nth, line in enumerate(lines)])
    members = np.concatenate(lines)
    extra: dict[int, list[int]] = {}
    for mark in small:
        scale = heights[members]
        gap_x = np.maximum(marks.left[members] - marks.right[mark], 0.0)
        gap_x = np.maximum(gap_x, marks.left[mark] - marks.right[members])
        gap_y = np.maximum(marks.top[members] - marks.bottom[mark], 0.0)
        gap_y = np.maximum(gap_y, marks.top[mark] - marks.bottom[members])
        may_be = (gap_x <= 0.8 * scale) & (gap_y <= 0.35 * scale)
        if may_be.any():
            nearest = np.flatnonzero(may_be)
            best = nearest[np.argmin((gap_x + 2 * gap_y)[nearest])]
            extra.setdefault(int(member_of[best]), []).append(int(mark))
    return [
        np.concatenate([line, np.array(extra.get(nth, []), np.intp)])
        for nth, line in enumerate(lines)
    ]


def _split(
    marks: PageMarks,
    line: NDArray[np.intp],
    heights: NDArray[np.float64],
    is_body: NDArray[np.bool_],
) -> list[Line]:
    """Part a line where a gap is wide against its own pitch of digits."""
    line = line[np.argsort(marks.left[line], kind="stable")]
    bodies = line[is_body[line]]
    height = _weighted_median(marks.height[bodies], marks.weight[bodies])
    _, slope = _fit(marks.x[bodies], marks.y[bodies], height)
    reached = np.maximum.accumulate(marks.right[line])[:-1]
    gaps = marks.left[line][1:] - reached
    widest = _widest_gap(np.sort(gaps[gaps > 0.02 * height]) / height) * height
    parts = np.split(line, np.flatnonzero(gaps > widest) + 1)
    return [
        Line(part, _weighted_median(marks.height[part], marks.weight[part]), slope)
        for part in parts
        if is_body[part].any()
    ]


def _widest_gap(gaps: NDArray[np.float64]) -> float:
    """The widest gap within a Number of a line with these gaps, rising, in heights of a digit."""
    is_leap = gaps[1:] + SPACE >= LEAP * (gaps[:-1] + SPACE)
    leaps = np.flatnonzero(is_leap & (gaps[1:] >= LEAST_GAP))
    if len(leaps):
        return float(min(gaps[leaps[0]], WIDEST_GAP))
    # Of few digits most gaps may part Numbers: what is usual is told by the narrower ones.
    usual = float(np.percentile(gaps, 30, method="lower")) if len(gaps) else 0.0
    return min(max(WIDER * (usual + SPACE), NARROWEST_GAP), WIDEST_GAP)


def _without_specks(marks: PageMarks, lines: list[Line]) -> list[Line]:
    """Leave out what is softer than the page's writing, and lone marks: small ones, or at its side.

    What stands alone at the picture's side is what is left of a table there.
    """
    if not lines:
        return lines
    heights = np.array([line.height for line in lines])
    weights = np.array([marks.weight[line.marks].sum() for line in lines])
    areas = np.array([marks.area[line.marks].sum() for line in lines])
    dark, steep = (
        np.array([each[line.marks].sum() for line in lines]) / areas
        for each in (marks.darkness * marks.area, marks.steepness * marks.area)
    )
    sharpness, dark, focus = (
        each / max(_weighted_median(each, weights), 1e-9)  # Even where nothing has an edge.
        for each in (weights / areas, dark, steep / dark)
    )
    is_lone = np.array([len(line.marks) < MANY for line in lines])
    is_crisp = focus >= CRISP
    is_thick, is_blurred = is_crisp & (dark >= DARK), ~is_crisp & ~is_lone
    usual = _weighted_median(heights, weights)
    is_writing = (is_thick | is_blurred) & (heights >= LARGE * usual)
    is_soft = sharpness < np.where(is_writing, SOFTEST, SOFT)
    is_speck = heights < SMALL * usual
    width = marks.labels.shape[1]
    side = AT_SIDE * max(marks.labels.shape)
    at_side = (marks.right <= side) | (marks.left >= width - side)
    at_side |= (marks.left == 0) | (marks.right == width)
    is_speck |= np.array([at_side[line.marks].all() for line in lines])
    is_speck &= is_lone
    is_speck |= is_soft
    kept = [line for line, drop in zip(lines, is_speck, strict=True) if not drop]
    return kept or lines


def _in_rows(marks: PageMarks, lines: list[Line]) -> list[Line]:
    """Number the rows from the top, and order Numbers by row and from the left."""
    weights = marks.weight + 1e-9  # Even where nothing has an edge there is a middle.
    middles = [
        float(np.average(marks.y[line.marks], weights=weights[line.marks])) for line in lines
    ]
    rows: list[list[int]] = []
    for nth in np.argsort(middles):
        for row in rows[-3:]:
            there = min(row, key=lambda other: _distance(marks, lines[other], lines[nth]))
            step = abs(middles[there] - middles[nth])
            if step < 0.5 * max(lines[there].height, lines[nth].height):
                row.append(int(nth))
                break
        else:
            rows.append([int(nth)])
    return [
        Line(lines[nth].marks, lines[nth].height, lines[nth].slope, number)
        for number, row in enumerate(rows)
        for nth in sorted(row, key=lambda other: marks.left[lines[other].marks].min())
    ]


def _distance(marks: PageMarks, one: Line, other: Line) -> float:
    gap = marks.left[other.marks].min() - marks.right[one.marks].max()
    return float(max(gap, marks.left[one.marks].min() - marks.right[other.marks].max()))
