"""Parts of a stroke: from one sharp turn to the next, or its quarters where it has none."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.curves import CORNER_DEG
from handwrite_gui.domain.ink import Stroke

#: A stroke without a sharp turn is cut into so many parts of one length.
PARTS = 4
#: Places along a stroke at which its turn is measured, each over so many of them to both sides: a
#: whole circle turns by 22° over that.
_PLACES, _REACH = 65, 4
#: No part is shorter than so many places.
_LEAST = 6


def stroke_parts(stroke: Stroke) -> list[Stroke]:
    """Cut a stroke where it turns sharply, or into quarters; one of no length stays whole.

    Args:
        stroke: Its points are kept, and the parts meet in the places where it is cut.

    Returns:
        The parts in the order in which they were drawn; together they look as the stroke does.
    """
    steps = np.hypot(*np.diff(stroke.xy, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    length = float(along[-1])
    if length == 0.0:
        return [stroke]
    cuts = _sharp_turns(stroke.xy, along) or [part / PARTS for part in range(1, PARTS)]
    ends = np.array([0.0, *cuts, 1.0]) * length
    return [
        _between(stroke.points, along, float(start), float(end)) for start, end in pairwise(ends)
    ]


def _between(
    points: NDArray[np.float64], along: NDArray[np.float64], start: float, end: float
) -> Stroke:
    """The part of a stroke between two places along it."""
    inside = points[(along > start) & (along < end)]
    tips = np.stack([np.interp([start, end], along, column) for column in points.T], axis=1)
    return Stroke(np.concatenate([tips[:1], inside, tips[1:]]))


def _sharp_turns(xy: NDArray[np.float64], along: NDArray[np.float64]) -> list[float]:
    """Where a stroke turns sharply, as shares of its length."""
    places = np.linspace(0.0, along[-1], _PLACES)
    even = np.stack([np.interp(places, along, axis) for axis in xy.T], axis=1)
    middle = even[_REACH:-_REACH]
    before, after = middle - even[: -2 * _REACH], even[2 * _REACH :] - middle
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turn = np.degrees(np.abs(np.arctan2(cross, (before * after).sum(axis=1))))
    turns: list[int] = []
    for place in np.argsort(-turn, kind="stable") + _REACH:
        is_sharp = turn[place - _REACH] > CORNER_DEG
        is_inside = _LEAST <= place < _PLACES - _LEAST
        if is_sharp and is_inside and all(abs(place - other) >= _LEAST for other in turns):
            turns.append(int(place))
    return sorted(place / (_PLACES - 1) for place in turns)
