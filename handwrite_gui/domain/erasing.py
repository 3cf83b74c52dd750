"""Erasing: what an eraser leaves of strokes, whole ones or parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Bounds, Stroke, stroke_boxes

#: What is left of a stroke that was cut is dropped where it is shorter than this, in canvas units:
#: it would be seen as a dot that nobody has made.
CRUMB = 0.5
#: Places nearer to each other than this share of a segment are one.
_SAME = 1e-6


class Erasure:
    """One drag of an eraser over strokes.

    Args:
        strokes: What is there before.
        reach: How far the eraser reaches, in canvas units; what lies at this distance is erased.
        parts: Whether only what it passes is erased, and not the whole stroke.

    Attributes:
        strokes: What is left. A stroke that was not touched is the same object as before; what is
            left of one that was cut takes its place.
        touched: The box of all strokes that were erased or cut, as whole as they were, or None.
    """

    def __init__(self, strokes: Sequence[Stroke], reach: float, *, parts: bool) -> None:
        self.strokes = tuple(strokes)
        self.touched: Bounds | None = None
        self._reach, self._parts = reach, parts
        self._boxes = stroke_boxes(self.strokes)

    def sweep(self, start: tuple[float, float], end: tuple[float, float]) -> Bounds | None:
        """Move the eraser straight from one place to another, in canvas units.

        Returns:
            The box that holds all that was erased now, its line's width not counted, or None where
            nothing was.
        """
        ends = np.array([start, end])
        low, high = ends.min(axis=0) - self._reach, ends.max(axis=0) + self._reach
        near = self._meeting(low, high)
        cuts = _cuts([self.strokes[index].xy for index in near], ends, self._reach)
        left: dict[int, list[Stroke]] = {}
        for nth, cut in cuts:
            index = int(near[nth])
            if not self._parts:
                left[index] = []
            elif (np.diff(cut) > _SAME).any():
                left[index] = _pieces(self.strokes[index].points, cut)
        if not left:
            return None
        touched = _union(self._boxes[list(left)])
        whole = touched if self.touched is None else _union(np.array([touched, self.touched]))
        self.touched = whole
        self._replace(left)
        if not self._parts:
            return touched
        # A stroke is cut where the eraser was, and nowhere else.
        (x1, y1), (x2, y2) = np.maximum(touched[:2], low), np.minimum(touched[2:], high)
        return float(x1), float(y1), float(x2), float(y2)

    def near(self, box: Bounds, margin: float) -> list[Stroke]:
        """Return what is left of the strokes whose box is within `margin` of a box."""
        low, high = np.array(box[:2]) - margin, np.array(box[2:]) + margin
        return [self.strokes[index] for index in self._meeting(low, high)]

    def _meeting(
        self, low: NDArray[np.float64], high: NDArray[np.float64]
    ) -> NDArray[np.signedinteger]:
        """Indices of the strokes whose boxes meet a box."""
        boxes = self._boxes
        return np.flatnonzero(((boxes[:, :2] <= high) & (boxes[:, 2:] >= low)).all(axis=1))

    def _replace(self, left: dict[int, list[Stroke]]) -> None:
        """Put what is left of strokes in their places."""
        strokes: list[Stroke] = []
        after = 0
        for index, pieces in left.items():
            strokes += self.strokes[after:index]
            strokes += pieces
            after = index + 1
        counts = [len(pieces) for pieces in left.values()]
        boxes = stroke_boxes([piece for pieces in left.values() for piece in pieces])
        kept = np.delete(self._boxes, list(left), axis=0)
        # Where a stroke stood once those before it were taken away.
        places = np.array(list(left)) - np.arange(len(left))
        self.strokes = (*strokes, *self.strokes[after:])
        self._boxes = np.insert(kept, np.repeat(places, counts), boxes, axis=0)


def _union(boxes: NDArray[np.float64]) -> Bounds:
    x1, y1 = boxes[:, :2].min(axis=0)
    x2, y2 = boxes[:, 2:].max(axis=0)
    return float(x1), float(y1), float(x2), float(y2)


def _cuts(
    lines: Sequence[NDArray[np.float64]], ends: NDArray[np.float64], reach: float
) -> list[tuple[int, NDArray[np.float64]]]:
    """Return which parts of polylines an eraser passes that goes from one end to the other.

    What it passes is a capsule: two discs and the rectangle between them. A segment meets each of
    them in one interval, and their union, which is convex, in one, too.

    Args:
        lines: Points of each polyline, shape (n, 2), n ≥ 1; a single one is a segment of no length.
        ends: Where the eraser goes from and to, shape (2, 2).
        reach: Its radius.

    Returns:
        For each polyline that is passed its index, and beginnings and ends along it, shape (k, 2),
        in order; 1.25 is a quarter of the way from its second point to its third.
    """
    if not lines:
        return []
    xy = np.concatenate(lines)
    lengths = np.array([len(line) for line in lines])
    last = np.cumsum(lengths) - 1
    line_of = np.repeat(np.arange(len(lines)), lengths)
    begin = np.delete(np.arange(len(xy)), last[lengths > 1])
    start = xy[begin]
    along = xy[np.minimum(begin + 1, last[line_of[begin]])] - start
    enters, leaves = _in_capsule(start, along, ends, reach)
    met = np.flatnonzero(enters <= leaves)
    passed = line_of[begin[met]]
    place = begin[met] - (last - lengths + 1)[passed]
    cuts = np.stack([place + enters[met], place + leaves[met]], axis=1)
    index, first = np.unique(passed, return_index=True)
    return list(zip(index.tolist(), np.split(cuts, first[1:]), strict=True)) if len(met) else []


def _in_capsule(
    start: NDArray[np.float64],
    along: NDArray[np.float64],
    ends: NDArray[np.float64],
    reach: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares of segments, shape (n,), at which they enter and leave what an eraser passes.

    Where a segment misses it, it leaves before it enters.
    """
    way = ends[1] - ends[0]
    length = float(np.hypot(*way))
    shapes = [_in_disc(start - end, along, reach) for end in ends]
    if length > 0.0:
        axes = np.array([way, (-way[1], way[0])]).T / length
        limits = np.array([(0.0, length), (-reach, reach)])
        shapes.append(_in_rectangle((start - ends[0]) @ axes, along @ axes, limits))
    first, last = np.full(len(start), np.inf), np.full(len(start), -np.inf)
    for enters, leaves in shapes:
        meets = enters <= leaves
        first = np.where(meets, np.minimum(first, enters), first)
        last = np.where(meets, np.maximum(last, leaves), last)
    return first, last


def _in_disc(
    start: NDArray[np.float64], along: NDArray[np.float64], radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """As `_in_capsule`, for a disc at the origin."""
    square = (along * along).sum(axis=1)
    middle = (start * along).sum(axis=1)
    beyond = (start * start).sum(axis=1) - radius * radius
    root = middle * middle - square * beyond
    rests = square == 0.0
    meets = np.where(rests, beyond <= 0.0, root >= 0.0)
    half, square = np.sqrt(np.maximum(root, 0.0)), np.where(rests, 1.0, square)
    enters = np.where(rests, 0.0, np.maximum((-middle - half) / square, 0.0))
    leaves = np.where(rests, 1.0, np.minimum((-middle + half) / square, 1.0))
    enters, leaves = np.where(meets, enters, 1.0), np.where(meets, leaves, 0.0)
    return enters, leaves


def _in_rectangle(
    start: NDArray[np.float64], along: NDArray[np.float64], limits: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """As `_in_capsule`, for what lies between two limits on each axis, shape (2, 2)."""
    enters, leaves = np.zeros(len(start)), np.ones(len(start))
    for axis, (least, most) in enumerate(limits):
        place, step = start[:, axis], along[:, axis]
        with np.errstate(invalid="ignore", divide="ignore"):
            one, other = (least - place) / step, (most - place) / step
        inside = (least <= place) & (place <= most)
        stays = step == 0.0
        first = np.where(stays, np.where(inside, 0.0, 1.0), np.minimum(one, other))
        last = np.where(stays, np.where(inside, 1.0, 0.0), np.maximum(one, other))
        enters, leaves = np.maximum(enters, first), np.minimum(leaves, last)
    return enters, leaves


def _pieces(points: NDArray[np.float64], cuts: NDArray[np.float64]) -> list[Stroke]:
    """Return what is left of a stroke without some parts, as `_cuts` gives them; no crumbs."""
    begins = np.concatenate([[0.0], cuts[:, 1]])
    ends = np.concatenate([cuts[:, 0], [len(points) - 1.0]])
    left = []
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        if end - begin <= _SAME:
            continue
        inner = points[int(begin) + 1 : int(np.ceil(end))]
        piece = np.vstack([_point_at(points, begin), inner, _point_at(points, end)])
        if np.hypot(*np.diff(piece[:, :2], axis=0).T).sum() >= CRUMB:
            left.append(Stroke(piece))
    return left


def _point_at(points: NDArray[np.float64], place: float) -> NDArray[np.float64]:
    """The point at a place along a stroke, time and pressure as places between its points."""
    before = min(int(place), len(points) - 2)
    share = place - before
    between: NDArray[np.float64] = (1.0 - share) * points[before] + share * points[before + 1]
    return between
