"""Rows of writing, and the runs in them: pieces side by side without a wide gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.reading.ink.clusters import LEAST_OVERLAP, find_clusters
from handwrite_gui.reading.ink.pieces import Piece, boxes_of

#: The height of writing is that of so many of a hundred pieces, the lowest first: bars are flat.
_HEIGHT_PERCENT = 70
#: A piece that is lower than this share of the writing is no guide to its row.
_GUIDE = 0.4
#: What lies beside two rows that are together no higher than this, in heights of the writing, and
#: one of which has so few pieces, joins them: such is a digit's upper stroke at the left end.
_ONE_ROW, _FEW = 1.4, 2
#: So many rows are looked through faster one by one than as an array (measured: 1 µs and 8).
_FEW_ROWS = 40
#: Pairs of what is small and what is not that are measured at once, so that memory stays bounded.
_NEAR_AT_ONCE = 2**16
#: What is small belongs to the row that it is nearest to, if no further than this from it, in
#: heights of the writing.
_REACH = 1.0
#: A gap of so many heights of the writing parts two Numbers.
WIDE_GAP = 0.9
#: How far a row's place follows each further piece: a row may climb.
_FOLLOW = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """Pieces side by side, from left to right by their middles: one Number, as a rule.

    Attributes:
        pieces: At least one.
        height: The height of its writing, > 0, in half canvas units, as all that follows.
        top: Where its writing begins.
        bottom: Where its writing stands.
    """

    pieces: tuple[Piece, ...]
    height: float
    top: float
    bottom: float

    @property
    def key(self) -> tuple[float, tuple[Piece, ...]]:
        """What it depends on: of the same pieces and height, runs are the same."""
        return self.height, self.pieces


class _Rows:
    """Rows that are being filled, and where the writing of each was last seen.

    Args:
        most: So many rows there may be.
    """

    def __init__(self, most: int) -> None:
        self.members: list[list[int]] = []
        self.tops: list[float] = []
        self.bottoms: list[float] = []
        # Filled only where there are more rows than few.
        self._places = np.empty((2, most))

    def about(self, top: float, bottom: float) -> Sequence[int]:
        """Return the rows that reach to between two heights, oldest first; of few all."""
        if len(self.tops) <= _FEW_ROWS:
            return range(len(self.tops))
        tops, bottoms = self._places[:, : len(self.tops)]
        found: list[int] = np.flatnonzero((bottoms >= top) & (tops <= bottom)).tolist()
        return found

    def add(self, members: list[int], top: float, bottom: float) -> None:
        """Add a row."""
        self.members.append(members)
        self.tops.append(top)
        self.bottoms.append(bottom)
        if len(self.tops) == _FEW_ROWS + 1:
            self._places[:, : len(self.tops)] = self.tops, self.bottoms
        self.place(len(self.tops) - 1, top, bottom)

    def drop(self, nth: int) -> None:
        """Forget a row whose members went into another."""
        self.members[nth] = []
        self.place(nth, np.inf, -np.inf)

    def place(self, nth: int, top: float, bottom: float) -> None:
        """Take in where a row is now."""
        self.tops[nth], self.bottoms[nth] = top, bottom
        if len(self.tops) > _FEW_ROWS:
            self._places[:, nth] = top, bottom


def writing_height(pieces: Sequence[Piece]) -> float:
    """Return the height of the writing, 0 where everything is flat."""
    return _height_of([piece.shape.height for piece in pieces])


def _height_of(heights: list[float]) -> float:
    # Of two, the higher one.
    return sorted(heights)[-(-(len(heights) - 1) * _HEIGHT_PERCENT // 100)]


def find_rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Sort pieces into rows of writing, from top to bottom.

    Args:
        pieces: At least one, in the order in which they were begun.

    Returns:
        Each row's pieces, from left to right by their middles.
    """
    if len(pieces) == 1:
        return [list(pieces)]
    boxes = boxes_of(pieces)
    by_middle = np.argsort(boxes[:, 0] / 2 + boxes[:, 2] / 2, kind="stable")
    boxes = boxes[by_middle]
    heights = boxes[:, 3] - boxes[:, 1]
    height = _height_of(heights.tolist())
    is_guide = heights >= _GUIDE * height
    guides, small = np.flatnonzero(is_guide), np.flatnonzero(~is_guide)
    places = guides.tolist()
    placed = _Rows(len(places))
    for cluster, top, bottom in find_clusters(boxes[guides], height):
        _put([places[at] for at in cluster], top, bottom, placed, height)
    rows = [members for members in placed.members if members]
    row_of = {at: members for members in rows for at in members}
    nearest = _nearest(boxes[small], boxes[guides], height)
    for at, guide in zip(small.tolist(), nearest, strict=True):
        if guide is None:
            rows.append([at])
        else:
            row_of[places[guide]].append(at)
    ys = (boxes[:, 1] / 2 + boxes[:, 3] / 2).tolist()
    rows.sort(key=lambda members: sorted(ys[at] for at in members)[len(members) // 2])
    in_order = [pieces[at] for at in by_middle.tolist()]
    return [[in_order[at] for at in sorted(members)] for members in rows]


def _place(piece: Piece) -> tuple[float, tuple[int, ...]]:
    return piece.shape.x, piece.strokes


def _put(members: list[int], top: float, bottom: float, rows: _Rows, height: float) -> None:
    """Put what lies between two heights into the row that it stands in, or into one of its own."""
    tops, bottoms = rows.tops, rows.bottoms
    beside: list[int] = []
    best, most = -1, 0.0
    for at in rows.about(top, bottom):
        row_top, row_bottom = tops[at], bottoms[at]
        if row_bottom < top or row_top > bottom:
            continue
        overlap = min(bottom, row_bottom) - max(top, row_top)
        lower = min(bottom - top, row_bottom - row_top)
        share = overlap / lower if lower > 0 else float(overlap >= 0)
        if share >= LEAST_OVERLAP:
            beside.append(at)
            if share > most:
                best, most = at, share
    if best < 0:
        rows.add(members, top, bottom)
        return
    row, row_top, row_bottom = rows.members[best], tops[best], bottoms[best]
    for at in beside:
        if at == best or min(len(rows.members[at]), len(row)) > _FEW:
            continue
        highest, lowest = min(row_top, tops[at]), max(row_bottom, bottoms[at])
        if max(bottom, lowest) - min(top, highest) <= _ONE_ROW * height:
            row.extend(rows.members[at])
            row_top, row_bottom = highest, lowest
            rows.drop(at)
    row.extend(members)
    follow = _FOLLOW * min(1.0, (bottom - top) / (row_bottom - row_top or 1.0))
    row_top += follow * (top - row_top)
    row_bottom += follow * (bottom - row_bottom)
    rows.place(best, row_top, row_bottom)


def _nearest(
    small: NDArray[np.float64], guides: NDArray[np.float64], height: float
) -> list[int | None]:
    """For each bar, dot or dash the place of what it is nearest to, if that is near enough."""
    left, top, right, bottom = guides.T
    found: list[int | None] = []
    at_once = max(1, _NEAR_AT_ONCE // len(guides))
    for first in range(0, len(small), at_once):
        its_left, its_top, its_right, its_bottom = small[first : first + at_once].T[:, :, None]
        x = np.maximum(left - its_right, its_left - right)
        y = np.maximum(top - its_bottom, its_top - bottom)
        away = np.maximum(np.maximum(x, y), 0.0)
        # Of several that it touches, the one whose middle is nearest.
        aside = np.abs((top + bottom) / 2 - (its_top / 2 + its_bottom / 2))
        places = np.argmin(away + 0.01 * aside, axis=1)
        is_near = away[np.arange(len(places)), places] <= _REACH * height
        found += [
            at if near else None for at, near in zip(places.tolist(), is_near.tolist(), strict=True)
        ]
    return found


def find_runs(row: Sequence[Piece]) -> list[Run]:
    """Part a row, from left to right, where a wide gap is.

    Args:
        row: Its pieces, from left to right by their middles; at least one.
    """
    height = writing_height(row)
    parts: list[list[Piece]] = []
    right = 0.0
    for piece in sorted(row, key=lambda piece: piece.shape.left):
        if not parts or piece.shape.left - right > WIDE_GAP * height:
            parts.append([])
            right = piece.shape.right
        parts[-1].append(piece)
        right = max(right, piece.shape.right)
    return [_run(part, height) for part in parts]


def _run(pieces: list[Piece], row_height: float) -> Run:
    height = writing_height(pieces)
    is_flat = height < _GUIDE * row_height
    if is_flat:
        height = row_height
    guides = [piece for piece in pieces if piece.shape.height >= 0.6 * height] or pieces
    tops = sorted(piece.shape.top for piece in guides)
    bottoms = sorted(piece.shape.bottom for piece in guides)
    widest = max(piece.shape.right for piece in pieces) - min(piece.shape.left for piece in pieces)
    return Run(
        tuple(sorted(pieces, key=_place)),
        height or widest or 1.0,
        tops[len(tops) // 2],
        bottoms[len(bottoms) // 2],
    )
