"""Features: what tells a group of pieces that is one mark from one that is not."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.reading.ink.groups import SIGNS, WINDOW, Group
from handwrite_gui.reading.ink.pieces import Sides, around
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
#: Features of what a group is not.
_AS_DIGIT, _AS_SEVERAL = (0.0,) * _DIGIT_FEATURES, (0.0,) * len(_OF_SEVERAL)
_AS_SIGN = (0.0,) * (len(NAMES) - _DIGIT_FEATURES)
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
    places = _Places(run)
    rows = [
        _sign_features(run, group, prediction, places)
        if group.sign
        else _digit_features(run, group, prediction, places)
        for group, prediction in zip(groups, predictions, strict=True)
    ]
    return np.array(rows)


class _Places:
    """Where the pieces of a run lie, and how far apart two are, as far as that matters."""

    def __init__(self, run: Run) -> None:
        self.sides = [piece.shape.sides for piece in run.pieces]
        self._by_pair: dict[tuple[int, int], float] = {}
        pairs = self._near_pairs(run)
        if pairs:
            ends = np.array(pairs)
            outlines = np.stack([run.pieces[at].shape.outline for at in ends.flat])
            outlines = (outlines - (run.pieces[0].shape.left, run.top)) / run.height
            # By components: NumPy is several times slower at sums over an axis of two.
            x, y = np.moveaxis(outlines, -1, 0).reshape(2, len(pairs), 2, -1)
            x = x[:, 0, :, None] - x[:, 1, None, :]
            y = y[:, 0, :, None] - y[:, 1, None, :]
            squared = (x * x + y * y).reshape(len(pairs), -1).min(axis=1)
            self._by_pair = dict(zip(pairs, np.sqrt(squared).tolist(), strict=True))

    def _near_pairs(self, run: Run) -> list[tuple[int, int]]:
        """Pairs of single strokes that may be near one another."""
        reach = _FAR * run.height
        is_single = [len(piece.strokes) == 1 for piece in run.pieces]
        pairs = []
        for one, (left, top, right, bottom) in enumerate(self.sides):
            for other in range(one + 1, min(one + WINDOW, len(self.sides))):
                its_left, its_top, its_right, its_bottom = self.sides[other]
                if its_left - right >= reach or left - its_right >= reach:
                    continue
                if its_top - bottom >= reach or top - its_bottom >= reach:
                    continue
                if is_single[one] and is_single[other]:
                    pairs.append((one, other))
        return pairs

    def between(self, one: int, other: int) -> float:
        """Return how far apart two pieces are in heights of the writing, at most 0.4."""
        pair = (one, other) if one < other else (other, one)
        return min(self._by_pair.get(pair, _FAR), _FAR)


def _digit_features(run: Run, group: Group, prediction: Prediction, places: _Places) -> list[float]:
    height, inside = run.height, group.pieces
    sides = [places.sides[at] for at in inside]
    box = sides[0] if len(sides) == 1 else around(sides)
    *digits, no_digit = prediction.probabilities.tolist()
    likeliest = max(digits)
    log_likeliest = math.log(likeliest + 1e-6)
    wide, high = (box[2] - box[0]) / height, (box[3] - box[1]) / height
    gap = covered = far = overlap = near = 0.0
    beside, several = len(inside) < len(run.pieces), len(inside) > 1
    if several:
        gap, covered = _widest_gap(sides) / height, _least_covered(sides, height)
    if 1 < len(inside) <= WINDOW:
        far = max([min([places.between(at, to) for to in inside if to != at]) for at in inside])
    if beside:
        overlap, near = _outside(run, inside, box, places)
    values = [
        1.0,
        log_likeliest,
        math.log(1.0 - likeliest + 1e-4),
        no_digit,
        float(len(inside) == 2),
        float(len(inside) == 3),
        float(len(inside) >= 4),
        gap,
        covered,
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
        log_likeliest if beside else 0.0,
        no_digit if beside else 0.0,
    ]
    of_several = [values[at] for at in _PLACES_OF_SEVERAL] if several else _AS_SEVERAL
    return [*values, *of_several, float(several and not beside), *_AS_SIGN]


def _sign_features(run: Run, group: Group, prediction: Prediction, places: _Places) -> list[float]:
    at, height = group.pieces[0], run.height
    shape = run.pieces[at].shape
    overlap, near = _outside(run, group.pieces, shape.sides, places)
    likeliest = max(prediction.probabilities.tolist()[:NO_DIGIT])
    y = (shape.y - run.top) / height
    foot_y = (run.bottom - run.top) / height
    foot = abs(y - foot_y)
    beyond = shape.height / height - 1.0
    return [
        *_AS_DIGIT,
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
        _covered(places, at) / height if group.sign in ".," else 0.0,
        float(at == len(run.pieces) - 1 or (at == 0 and group.sign != "-")),
    ]


def _widest_gap(sides: Sequence[Sides]) -> float:
    gap, right = 0.0, math.inf
    for its_left, _, its_right, _ in sorted(sides):
        gap = max(gap, its_left - right)
        right = its_right if right == math.inf else max(right, its_right)
    return gap


def _least_covered(sides: Sequence[Sides], height: float) -> float:
    """Of all pieces but the widest, the least share of the width that lies over the others."""
    if len(sides) > _MANY:
        return 1.0  # As good as surely, and it would take for ever.
    in_order = sorted(sides, key=lambda its: its[0] - its[2])
    least = 1.0
    for nth, (its_left, _, its_right, _) in enumerate(in_order[1:], 1):
        others = in_order[:nth] + in_order[nth + 1 :]
        left, right = min([each[0] for each in others]), max([each[2] for each in others])
        x = its_left / 2 + its_right / 2
        width = max(its_right - its_left, 0.1 * height)
        covered = min(x + width / 2, right) - max(x - width / 2, left)
        least = min(least, max(covered, 0.0) / width)
    return least


def _covered(places: _Places, at: int) -> float:
    """How deep the middle of a piece lies within the left and the right of another."""
    left, _, right, _ = places.sides[at]
    x, deep = left / 2 + right / 2, 0.0
    for to in range(max(0, at - WINDOW), min(len(places.sides), at + WINDOW + 1)):
        if to != at:
            its_left, _, its_right, _ = places.sides[to]
            deep = max(deep, min(x - its_left, its_right - x))
    return deep


def _strokes_between(run: Run, inside: tuple[int, ...]) -> float:
    """How many strokes of the run were written between the first and the last of a group."""
    own = [stroke for at in inside for stroke in run.pieces[at].strokes]
    if len(own) == 1:
        return 0.0
    return min(float(max(own) - min(own) + 1 - len(own)), 8.0)


def _outside(run: Run, inside: tuple[int, ...], box: Sides, places: _Places) -> tuple[float, float]:
    """How far the widest overlap with a piece outside reaches, and how near one comes."""
    left, _, right, _ = box
    overlap, near, reach = 0.0, 0.0, _NEAR * run.height
    first, stop = max(0, inside[0] - WINDOW), inside[-1] + WINDOW + 1
    for at, (its_left, _, its_right, _) in enumerate(places.sides[first:stop], first):
        if its_left - right >= reach or left - its_right >= reach or at in inside:
            continue
        across = min(right, its_right) - max(left, its_left)
        overlap = max(overlap, across / run.height)
        if across > -reach:
            nearest = min([places.between(at, to) for to in inside])
            near = max(near, _NEAR - nearest)
    return min(overlap, 1.0), near
