"""Groups: which pieces of a run may be one digit, and which of them may be a sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from handwrite_gui.reading.ink.pieces import Shape, Sides
from handwrite_gui.reading.ink.rows import Run

#: A digit has no more pieces than this, and they lie among so many from its first on.
MOST_PIECES, WINDOW = 4, 6
#: A digit of several pieces has no wider gap in it, and is no wider or higher, in heights of the
#: writing. Of the pen digits of writers 1 to 18 all but 2 of 1,000 keep to this.
WIDEST_GAP, WIDEST, HIGHEST = 0.35, 1.7, 2.3
#: A piece that a group leaves out lies within it for at least this share of its width.
LEFT_OUT = 0.2
#: Of more pieces than this that lie so many over one another, on average, nobody makes digits.
FEW, DENSEST = 8, 3.0
#: No more groups than this begin with one piece: time stays bounded whatever is drawn.
MOST_GROUPS = 12
#: The ends of a comma are so far apart at least, in its longer side.
OPEN = 0.6
SIGNS = ".,-/"


@dataclass(frozen=True, slots=True)
class Group:
    """Some pieces of a run as one mark.

    Attributes:
        pieces: Their places in the run, rising.
        sign: One of `SIGNS`, or empty where it is read as a digit.
    """

    pieces: tuple[int, ...]
    sign: str = ""


def find_groups(run: Run) -> list[Group]:
    """Return every group of a run's pieces that is worth a look; each piece is in one at least."""
    count = len(run.pieces)
    sides = [piece.shape.sides for piece in run.pieces]
    width = max(right for _, _, right, _ in sides) - min(left for left, *_ in sides)
    is_said = [piece.said is not None for piece in run.pieces]
    whole = tuple(range(count))
    total = sum(right - left for left, _, right, _ in sides)
    if count > FEW and total > DENSEST * width and not any(is_said):
        return [Group(whole)]
    groups: list[Group] = []
    for first in range(count):
        groups.append(Group((first,)))
        if is_said[first]:
            continue
        groups.extend(Group((first,), sign) for sign in _signs(run, first))
        free = [at for at in range(first + 1, min(first + WINDOW, count)) if not is_said[at]]
        further = _further(sides, run.height, (first,), sides[first], free)
        groups.extend(map(Group, islice(further, MOST_GROUPS)))
    if count > MOST_PIECES and width <= WIDEST * run.height and not any(is_said):
        groups.append(Group(whole))
    return groups


def _further(
    sides: Sequence[Sides], height: float, pieces: tuple[int, ...], box: Sides, free: list[int]
) -> Iterator[tuple[int, ...]]:
    """All groups that begin with some pieces, which have a box together, and have more."""
    left, top, right, bottom = box
    for nth, at in enumerate(free):
        its_left, its_top, its_right, its_bottom = sides[at]
        if max(its_left - right, left - its_right) > WIDEST_GAP * height:
            continue
        both = (
            min(left, its_left),
            min(top, its_top),
            max(right, its_right),
            max(bottom, its_bottom),
        )
        if both[2] - both[0] > WIDEST * height or both[3] - both[1] > HIGHEST * height:
            continue
        longer = (*pieces, at)
        if all(
            _lies_within(sides[other], both)
            for other in range(pieces[0], at)
            if other not in longer
        ):
            yield longer
        if len(longer) < MOST_PIECES:
            yield from _further(sides, height, longer, both, free[nth + 1 :])


def _lies_within(sides: Sides, box: Sides) -> bool:
    inside = min(sides[2], box[2]) - max(sides[0], box[0])
    return inside >= LEFT_OUT * (sides[2] - sides[0])


def _signs(run: Run, at: int) -> Iterator[str]:
    """The signs that a piece may be, beside others."""
    if len(run.pieces) == 1:
        return
    piece = run.pieces[at]
    shape, height = piece.shape, run.height
    wide, high = shape.width / height, shape.height / height
    y = (shape.y - run.top) / height
    if max(wide, high) <= 0.18 and 0.6 <= y <= 1.5:
        yield "."
    is_as_large = wide <= 0.4 and 0.1 <= high <= 0.65 and high >= 0.7 * wide
    if is_as_large and 0.75 <= y <= 1.6 and _is_open(shape):
        yield ","
    if 0.15 <= wide <= 1.5 and high <= 0.4 * wide and 0.2 <= y <= 0.85:
        yield "-"
    if high >= 0.9 and wide >= 0.3 * high and _rises(shape):
        yield "/"


def _is_open(shape: Shape) -> bool:
    """Whether a stroke ends away from where it began: a small 0 is no comma."""
    wide, high = np.abs(shape.outline[-1] - shape.outline[0])
    return bool(max(wide, high) >= OPEN * max(shape.width, shape.height))


def _rises(shape: Shape) -> bool:
    """Whether a stroke runs from the lower left to the upper right, without much of a bend."""
    along = (shape.outline[-1] - shape.outline[0]) / max(shape.width, shape.height)
    if along[0] < 0:
        along = -along
    if along[1] >= 0:
        return False
    straight = float(along @ along) ** 0.5
    away = (shape.outline - shape.outline[0]) / max(shape.width, shape.height)
    bend = abs(away[:, 0] * along[1] - away[:, 1] * along[0]).max() / max(straight, 1e-9)
    return bool(straight > 0.9 and bend < 0.12)
