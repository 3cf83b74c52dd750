"""Transforms: strokes moved and scaled on the paper, with their times and pressures kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from handwrite_gui.domain.ink import Bounds, Stroke, X, Y

#: No side is scaled to less than this, in canvas units, unless it is shorter already.
LEAST_SIDE = 8.0


@dataclass(frozen=True, slots=True)
class Transform:
    """Scales, then moves.

    Attributes:
        scale: Of x and y; 1.0 keeps the size.
        shift: By which x and y are moved after that, in canvas units.
    """

    scale: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def is_nothing(self) -> bool:
        """Whether everything stays as it is."""
        return self == Transform()

    def of_box(self, box: Bounds) -> Bounds:
        """Return where a box comes to lie."""
        (sx, sy), (dx, dy) = self.scale, self.shift
        return box[0] * sx + dx, box[1] * sy + dy, box[2] * sx + dx, box[3] * sy + dy

    def of_strokes(self, strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
        """Return strokes of the same times and pressures where they come to lie."""
        moved = []
        for stroke in strokes:
            points = stroke.points.copy()
            points[:, [X, Y]] = stroke.xy * self.scale + self.shift
            moved.append(Stroke(points))
        return tuple(moved)


def moving(box: Bounds, way: tuple[float, float], paper: Bounds) -> Transform:
    """Move strokes, but not beyond the paper: no ink is where nobody sees it.

    Args:
        box: Around them. If it is beyond the paper or larger, it may be moved to show either end.
        way: Right and down, in canvas units.
        paper: What is seen of it.
    """
    shift = []
    for axis in (X, Y):
        ends = paper[axis] - box[axis], paper[axis + 2] - box[axis + 2], 0.0
        shift.append(min(max(way[axis], min(ends)), max(ends)))
    return Transform(shift=(shift[X], shift[Y]))


def scaling(
    box: Bounds,
    side: tuple[int, int],
    way: tuple[float, float],
    paper: Bounds,
    *,
    keeps_aspect: bool,
) -> Transform:
    """Scale strokes as one side or corner of the box around them is moved; the opposite one stays.

    Args:
        box: Around them.
        side: Which one: -1 left, 1 right, 0 neither; and likewise up and down.
        way: How far it is moved right and down, in canvas units.
        paper: What is seen of it; nothing is scaled beyond, unless it lies beyond already.
        keeps_aspect: Whether a corner scales width and height alike.
    """
    size = box[2] - box[0], box[3] - box[1]
    wanted = [size[axis] + way[axis] * side[axis] for axis in (X, Y)]
    scales, most = [1.0, 1.0], [np.inf, np.inf]
    for axis in (X, Y):
        if side[axis] and size[axis] > 0.0:
            edge = paper[axis + 2] - box[axis] if side[axis] > 0 else box[axis + 2] - paper[axis]
            most[axis] = max(1.0, edge / size[axis])
            scales[axis] = _limit(wanted[axis] / size[axis], size[axis], most[axis])
    if keeps_aspect and all(side) and max(size) > 0.0:
        along = (wanted[X] * size[X] + wanted[Y] * size[Y]) / (size[X] ** 2 + size[Y] ** 2)
        scales = [_limit(along, max(size), min(most))] * 2
    stays = [box[axis + 2] if side[axis] < 0 else box[axis] for axis in (X, Y)]
    return _scaling_about((stays[X], stays[Y]), (scales[X], scales[Y]))


def scaling_about_middle(box: Bounds, scale: float, paper: Bounds) -> Transform:
    """Scale strokes about the middle of the box around them, but not beyond the paper."""
    size = max(box[2] - box[0], box[3] - box[1])
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    most = [
        2 * min(middle[axis] - paper[axis], paper[axis + 2] - middle[axis]) / length
        for axis in (X, Y)
        if (length := box[axis + 2] - box[axis]) > 0.0
    ]
    if not most:
        return Transform()
    scale = _limit(scale, size, max(1.0, min(most)))
    return _scaling_about(middle, (scale, scale))


def _limit(scale: float, size: float, most: float) -> float:
    return min(max(scale, min(1.0, LEAST_SIDE / size)), most)


def _scaling_about(place: tuple[float, float], scale: tuple[float, float]) -> Transform:
    return Transform(scale, (place[X] * (1.0 - scale[X]), place[Y] * (1.0 - scale[Y])))
