"""Stacked strokes: the upper part of a digit that stands above all else in its row.

By its place alone it may as well be a row of its own; what the model says of both together tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.reading.ink.pieces import Piece, boxes_of
from handwrite_gui.reading.ink.rows import writing_height

#: A row of more pieces than this is one.
_MOST_PIECES = 4
#: Strokes of a digit lie over one another for this share of the narrower one's width at least, and
#: are no further apart, in heights of the writing; nearer than the second, they touch.
_LEAST_ACROSS, _FAR, _TOUCHING = 0.5, 0.15, 0.05
#: Two that are each no higher than the first of these, in heights of the writing, and together no
#: higher than the second, are each too low for a digit here: an 8 of two circles.
_LOW, _AS_HIGH = 0.7, 1.3
#: Where there is nothing else, they are no further apart to the side than this.
_ASIDE = 0.3
#: So many are tried for each piece: time stays bounded whatever is drawn.
_MOST_NEAR = 3
#: No digit is higher than this, likewise.
_HIGHEST = 2.2
#: Together they must be read as a digit this surely; and, where they belong together by their
#: place, this surely at the least if each is a digit by itself.
_SURE, _SURE_IN_PLACE = 0.5, 0.9


@dataclass(frozen=True, eq=False, slots=True)
class Stack:
    """Two pieces of different rows that may be one digit.

    Attributes:
        pieces: The one in the row that may be none, and the one that it may belong to.
        row: Index of the row that the first stands in.
        target: Index of the row that the other does.
        is_in_place: Whether they belong together by their place: the pen's line leaves no paper
            between them, only together they are as high as the writing, or there is nothing else.
    """

    pieces: tuple[Piece, Piece]
    row: int
    target: int
    is_in_place: bool

    @property
    def strokes(self) -> tuple[int, ...]:
        """The strokes of both."""
        return tuple(sorted(self.pieces[0].strokes + self.pieces[1].strokes))

    def is_one_digit(self, one: Prediction, other: Prediction, both: Prediction) -> bool:
        """Whether the model takes both for one digit rather than each for one."""
        apart = _chance(one) * _chance(other)
        together = _chance(both)
        if self.is_in_place and together >= _SURE_IN_PLACE:
            return True
        return together >= _SURE and apart < together / 2


def _chance(prediction: Prediction) -> float:
    return float(prediction.probabilities[:NO_DIGIT].max())


def find_stacks(rows: Sequence[Sequence[Piece]]) -> list[Stack]:
    """Find pieces that may be the part of a digit in another row.

    Args:
        rows: From `find_rows`.
    """
    if len(rows) == 1 or all(len(row) > _MOST_PIECES for row in rows):
        return []
    pieces = [piece for row in rows for piece in row]
    of_row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    is_all = len(pieces) == 2
    height = writing_height(pieces)
    boxes = boxes_of(pieces).T
    # Only what begins about as high is compared, with a height to spare for rounding.
    by_top = np.argsort(boxes[1])
    tops = boxes[1, by_top]
    stacks: list[Stack] = []
    for at, row in enumerate(rows):
        if len(row) > _MOST_PIECES:
            continue
        for piece in row:
            shape = piece.shape
            if piece.said is not None:
                continue
            reach = shape.bottom - (_HIGHEST + 1) * height, shape.bottom + (_FAR + 1) * height
            first, stop = np.searchsorted(tops, reach[0]), np.searchsorted(tops, reach[1], "right")
            near = np.sort(by_top[first:stop])
            its_left, its_top, its_right, its_bottom = boxes[:, near]
            narrower = np.minimum(its_right - its_left, shape.width)
            across = np.minimum(its_right, shape.right) - np.maximum(its_left, shape.left)
            apart = np.maximum(its_top, shape.top) - np.minimum(its_bottom, shape.bottom)
            high = np.maximum(its_bottom, shape.bottom) - np.minimum(its_top, shape.top)
            # Where there is nothing else, it need not be over the other, only near.
            least = -_ASIDE * height if is_all else _LEAST_ACROSS * narrower
            is_near = (across >= least) & (apart <= _FAR * height)
            is_near &= (high <= _HIGHEST * height) & (of_row[near] != at)
            is_low = np.maximum(its_bottom - its_top, shape.height) <= _LOW * height
            is_in_place = apart <= _TOUCHING * height
            is_in_place |= is_low & (high <= _AS_HIGH * height)
            is_in_place |= is_all
            stacks.extend(
                Stack(
                    (piece, pieces[near[other]]),
                    at,
                    int(of_row[near[other]]),
                    bool(is_in_place[other]),
                )
                for other in np.flatnonzero(is_near)[:_MOST_NEAR].tolist()
                if pieces[near[other]].said is None
            )
    return stacks


def dissolved(rows: list[list[Piece]], stacks: Sequence[Stack]) -> list[list[Piece]]:
    """Put the pieces of rows that are none into the rows that they belong to.

    Args:
        rows: From `find_rows`.
        stacks: Those that are one digit.

    Returns:
        The rows that are left. A row goes only where each of its pieces belongs elsewhere.
    """
    rows = [list(row) for row in rows]
    by_row: dict[int, list[Stack]] = {}
    for stack in stacks:
        by_row.setdefault(stack.row, []).append(stack)
    gone: set[int] = set()
    for at in sorted(by_row, key=lambda at: (len(rows[at]), at)):
        targets = {
            id(stack.pieces[0]): stack.target
            for stack in by_row[at]
            if stack.target not in gone and len(rows[stack.target]) >= len(rows[at])
        }
        if not all(id(piece) in targets for piece in rows[at]):
            continue
        for piece in rows[at]:
            rows[targets[id(piece)]].append(piece)
        gone.add(at)
    left = [row for at, row in enumerate(rows) if at not in gone]
    for row in left:
        row.sort(key=lambda piece: (piece.shape.x, piece.strokes))
    return left
