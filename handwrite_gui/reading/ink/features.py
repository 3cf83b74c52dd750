"""Features: what tells a group of pieces that is one mark from one that is not."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.reading.ink.groups import SIGNS, WINDOW, Group
from handwrite_gui.reading.ink.pieces import Shape, joined
from handwrite_gui.reading.ink.rows import Run

#: What counts otherwise in a group of several pieces than in a single one.
_OF_SEVERAL = (
    "log of the likeliest digit's probability",
    "log of 1 less that probability",
    "probability of no digit",
    "overlap with a piece outside",
    "how much nearer than 0.15 a piece outside is",
    "width",
    "width beyond 0.9",
    "how much lower than the writing",
    "how much higher than 1.2",
)
#: What each feature says. Lengths are in heights of the writing.
NAMES = (
    "a digit",
    "log of the likeliest digit's probability",
    "log of 1 less that probability",
    "probability of no digit",
    "two pieces",
    "three pieces",
    "four pieces or more",
    "widest gap within",
    "least share of a piece's width that lies over the others",
    "overlap with a piece outside",
    "strokes written between its own, as log(1 + n)",
    "how far a piece is from the nearest other, at most 0.4",
    "how much nearer than 0.15 a piece outside is",
    "width",
    "width beyond 0.9",
    "how much lower than the writing",
    "how much higher than 1.2",
    "pieces left out",
    "one flat piece",
    "beside others: log of the likeliest digit's probability",
    "beside others: probability of no digit",
    *(f"several pieces: {name}" for name in _OF_SEVERAL),
    "several pieces: they are all",
    "a point",
    "a comma",
    "a dash",
    "a slash",
    "a sign's overlap with a piece outside",
    "a sign: how much nearer than 0.15 a piece outside is",
    "a sign: log of 1 less the likeliest digit's probability",
    "a point: how far from the foot of the writing",
    "a comma: likewise",
    "a dash: how far from the middle of the writing",
    "a slash: how far it reaches beyond the writing",
    "a dash: its height",
    "a comma: how far its middle is above the foot",
    "a point or a comma: how deep its middle lies under another piece",
    "a sign at an end of the run, or a dash at its right one",
)
_DIGIT_FEATURES = 22 + len(_OF_SEVERAL)
_PLACES_OF_SEVERAL = [NAMES.index(name) for name in _OF_SEVERAL]
_FAR = 0.4
_NEAR = 0.15
#: More pieces than this in one group are some drawing.
_MANY = 12


def features_of(
    run: Run, groups: Sequence[Group], predictions: Sequence[Prediction]
) -> NDArray[np.float64]:
    """Measure groups.

    Args:
        run: Whose pieces they are of.
        groups: From `find_groups`.
        predictions: What the model says of each, read as a digit.

    Returns:
        Shape (groups, `NAMES`).
    """
    distances = _Distances(run)
    rows = np.zeros((len(groups), len(NAMES)))
    for row, group, prediction in zip(rows, groups, predictions, strict=True):
        if group.sign:
            row[_DIGIT_FEATURES:] = _sign_features(run, group, prediction, distances)
        else:
            row[:_DIGIT_FEATURES] = _digit_features(run, group, prediction, distances)
    return rows


class _Distances:
    """How far apart two pieces of a run are, as far as that matters, in heights of the writing."""

    def __init__(self, run: Run) -> None:
        pieces = run.pieces
        self._by_pair: dict[tuple[int, int], float] = {}
        near = [
            (one, other)
            for one in range(len(pieces))
            for other in range(one + 1, min(one + WINDOW, len(pieces)))
            if _apart(pieces[one].shape, pieces[other].shape) < _FAR * run.height
        ]
        whole = [(one, other) for one, other in near if _is_single(run, one, other)]
        if whole:
            ends = np.array(whole)
            outlines = np.stack(
                [
                    piece.shape.outline
                    if len(piece.strokes) == 1
                    else np.zeros_like(pieces[whole[0][0]].shape.outline)
                    for piece in pieces
                ]
            )
            outlines = (outlines - (run.pieces[0].shape.left, run.top)) / run.height
            between = outlines[ends[:, 0], :, None] - outlines[ends[:, 1], None, :]
            squared = (between * between).sum(axis=3).min(axis=(1, 2))
            self._by_pair = dict(zip(whole, np.sqrt(squared).tolist(), strict=True))

    def between(self, one: int, other: int) -> float:
        """Return at most 0.4."""
        pair = (one, other) if one < other else (other, one)
        return min(self._by_pair.get(pair, _FAR), _FAR)


def _is_single(run: Run, one: int, other: int) -> bool:
    return len(run.pieces[one].strokes) == 1 == len(run.pieces[other].strokes)


def _apart(one: Shape, other: Shape) -> float:
    """How far two boxes are apart, at least."""
    x = max(one.left - other.right, other.left - one.right, 0.0)
    return max(x, one.top - other.bottom, other.top - one.bottom)


def _digit_features(
    run: Run, group: Group, prediction: Prediction, distances: _Distances
) -> list[float]:
    height, inside = run.height, group.pieces
    shapes = [run.pieces[at].shape for at in inside]
    box = joined(shapes)
    likeliest = float(prediction.probabilities[:10].max())
    wide, high = box.width / height, box.height / height
    far = 0.0
    if 1 < len(inside) <= WINDOW:
        far = max(min(distances.between(at, to) for to in inside if to != at) for at in inside)
    overlap, near = _outside(run, inside, box, distances)
    beside, several = float(len(inside) < len(run.pieces)), float(len(inside) > 1)
    values = [
        1.0,
        math.log(likeliest + 1e-6),
        math.log(1.0 - likeliest + 1e-4),
        prediction.no_digit,
        float(len(inside) == 2),
        float(len(inside) == 3),
        float(len(inside) >= 4),
        _widest_gap(shapes) / height,
        _least_covered(shapes, height),
        overlap,
        math.log1p(_strokes_between(run, inside)),
        far,
        near,
        min(wide, 2.0),
        max(0.0, min(wide, 2.0) - 0.9),
        max(0.0, 1.0 - high),
        max(0.0, min(high, 2.0) - 1.2),
        float(min(inside[-1] - inside[0] + 1 - len(inside), 3)),
        float(len(inside) == 1 and high < 0.35),
        beside * math.log(likeliest + 1e-6),
        beside * prediction.no_digit,
    ]
    of_several = [several * values[at] for at in _PLACES_OF_SEVERAL]
    return [*values, *of_several, several * (1.0 - beside)]


def _sign_features(
    run: Run, group: Group, prediction: Prediction, distances: _Distances
) -> list[float]:
    at, height = group.pieces[0], run.height
    shape = run.pieces[at].shape
    overlap, near = _outside(run, group.pieces, shape, distances)
    likeliest = float(prediction.probabilities[:10].max())
    y = (shape.y - run.top) / height
    foot_y = (run.bottom - run.top) / height
    foot = abs(y - foot_y)
    beyond = shape.height / height - 1.0
    return [
        *(float(group.sign == sign) for sign in SIGNS),
        overlap,
        near,
        math.log(1.0 - likeliest + 1e-4),
        foot if group.sign == "." else 0.0,
        foot if group.sign == "," else 0.0,
        abs(y - 0.5) if group.sign == "-" else 0.0,
        beyond if group.sign == "/" else 0.0,
        shape.height / height if group.sign == "-" else 0.0,
        max(0.0, foot_y - y) if group.sign == "," else 0.0,
        _covered(run, at) if group.sign in ".," else 0.0,
        float(at == len(run.pieces) - 1 or (at == 0 and group.sign != "-")),
    ]


def _widest_gap(shapes: Sequence[Shape]) -> float:
    gap, right = 0.0, math.inf
    for shape in sorted(shapes, key=lambda shape: shape.left):
        gap = max(gap, shape.left - right)
        right = shape.right if right == math.inf else max(right, shape.right)
    return gap


def _least_covered(shapes: Sequence[Shape], height: float) -> float:
    """Of all pieces but the widest, the least share of the width that lies over the others."""
    if len(shapes) == 1:
        return 0.0
    if len(shapes) > _MANY:
        return 1.0  # As good as surely, and it would take for ever.
    in_order = sorted(shapes, key=lambda shape: -shape.width)
    least = 1.0
    for nth, shape in enumerate(in_order[1:], 1):
        others = in_order[:nth] + in_order[nth + 1 :]
        left, right = min(each.left for each in others), max(each.right for each in others)
        width = max(shape.width, 0.1 * height)
        covered = min(shape.x + width / 2, right) - max(shape.x - width / 2, left)
        least = min(least, max(covered, 0.0) / width)
    return least


def _covered(run: Run, at: int) -> float:
    """How deep the middle of a piece lies within the left and the right of another."""
    x, deep = run.pieces[at].shape.x, 0.0
    for to in range(max(0, at - WINDOW), min(len(run.pieces), at + WINDOW + 1)):
        if to != at:
            other = run.pieces[to].shape
            deep = max(deep, min(x - other.left, other.right - x))
    return deep / run.height


def _strokes_between(run: Run, inside: tuple[int, ...]) -> float:
    """How many strokes of the run were written between the first and the last of a group."""
    own = {stroke for at in inside for stroke in run.pieces[at].strokes}
    if len(own) == 1:
        return 0.0
    return min(float(max(own) - min(own) + 1 - len(own)), 8.0)


def _outside(
    run: Run, inside: tuple[int, ...], box: Shape, distances: _Distances
) -> tuple[float, float]:
    """How far the widest overlap with a piece outside reaches, and how near one comes."""
    overlap, near = 0.0, 0.0
    for at in range(max(0, inside[0] - WINDOW), min(len(run.pieces), inside[-1] + WINDOW + 1)):
        if at in inside:
            continue
        other = run.pieces[at].shape
        across = min(box.right, other.right) - max(box.left, other.left)
        overlap = max(overlap, across / run.height)
        if across > -_NEAR * run.height:
            nearest = min(distances.between(at, to) for to in inside)
            near = max(near, _NEAR - nearest)
    return min(overlap, 1.0), near
