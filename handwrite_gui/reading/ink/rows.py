"""Rows of writing, and the runs in them: pieces side by side without a wide gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.reading.ink.pieces import Piece, boxes_of

#: The height of writing is that of so many of a hundred pieces, the lowest first: bars are flat.
_HEIGHT_PERCENT = 70
#: A piece that is lower than this share of the writing is no guide to its row.
_GUIDE = 0.4
#: Pieces of a row lie side by side for at least this share of the lower one's height.
_LEAST_OVERLAP = 0.45
#: So near, in heights of the writing, pieces lie over one another; in a digit that is no higher
#: than this less overlap will do.
_BESIDE, _ONE_DIGIT, _ONE_OVERLAP = 0.05, 1.85, 0.3
#: What lies beside two rows that are together no higher than this, in heights of the writing, and
#: one of which has so few pieces, joins them: such is a digit's upper stroke at the left end.
_ONE_ROW, _FEW = 1.4, 2
#: Strokes that are together higher than this are not of one digit: a line down the page joins no
#: rows.
_NO_DIGIT = 2.2
#: So many rows are looked through faster one by one than as an array (measured: 1 µs and 8).
_FEW_ROWS = 40
#: Each piece is compared with so many after it, by their middles: time stays bounded.
_COMPARED = 200
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


@dataclass(eq=False, slots=True)
class _Row:
    """A row that is being filled, and where its writing was last seen."""

    top: float
    bottom: float
    pieces: list[Piece]


class _Rows:
    """Rows that are being filled, and fast to search by their places.

    Args:
        most: So many rows there may be.
    """

    def __init__(self, most: int) -> None:
        self.rows: list[_Row] = []
        self._places = np.empty((2, most))

    def at(self, top: float, bottom: float) -> list[tuple[int, _Row]]:
        """Return the rows that reach to between two heights, oldest first, with their indices."""
        if len(self.rows) <= _FEW_ROWS:
            return [
                (nth, row)
                for nth, row in enumerate(self.rows)
                if row.bottom >= top and row.top <= bottom and row.pieces
            ]
        tops, bottoms = self._places[:, : len(self.rows)]
        found = np.flatnonzero((bottoms >= top) & (tops <= bottom))
        return [(nth, self.rows[nth]) for nth in found.tolist()]

    def add(self, row: _Row) -> None:
        """Add a row."""
        self.rows.append(row)
        self.follow(len(self.rows) - 1)

    def drop(self, nth: int) -> None:
        """Forget a row whose pieces went into another."""
        self.rows[nth].pieces = []
        self._places[:, nth] = np.inf, -np.inf

    def follow(self, nth: int) -> None:
        """Take in where a row is now."""
        self._places[:, nth] = self.rows[nth].top, self.rows[nth].bottom


def writing_height(pieces: Sequence[Piece]) -> float:
    """Return the height of the writing, 0 where everything is flat."""
    heights = sorted(piece.shape.height for piece in pieces)
    # Of two, the higher one.
    return heights[-(-(len(heights) - 1) * _HEIGHT_PERCENT // 100)]


def find_rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Sort pieces into rows of writing, from top to bottom.

    Args:
        pieces: At least one.

    Returns:
        Each row's pieces, from left to right by their middles.
    """
    height = writing_height(pieces)
    in_order = sorted(pieces, key=_place)
    guides = [piece for piece in in_order if piece.shape.height >= _GUIDE * height]
    small = [piece for piece in in_order if piece.shape.height < _GUIDE * height]
    placed = _Rows(len(guides))
    for cluster in _clusters(guides, height):
        _put(cluster, placed, height)
    rows = [row for row in placed.rows if row.pieces]
    row_of = {id(piece): row for row in rows for piece in row.pieces}
    for piece, guide in zip(small, _nearest(small, guides, height), strict=True):
        if guide is None:
            rows.append(_Row(piece.shape.top, piece.shape.bottom, [piece]))
        else:
            row_of[id(guide)].pieces.append(piece)
    for row in rows:
        row.pieces.sort(key=_place)
    return [row.pieces for row in sorted(rows, key=_middle)]


def _place(piece: Piece) -> tuple[float, tuple[int, ...]]:
    return piece.shape.x, piece.strokes


def _middle(row: _Row) -> float:
    ys = sorted(piece.shape.y for piece in row.pieces)
    return ys[len(ys) // 2]


def _clusters(guides: list[Piece], height: float) -> list[list[Piece]]:
    """Join what lies over one another, as the two strokes of a 4 do; from left to right.

    A digit's upper stroke may lie above all other digits of the row, but not above its own.
    """
    if len(guides) == 1:
        return [guides]
    left, top, right, bottom = boxes_of(guides).T
    reach = right + _BESIDE * height
    # Sorted by their middles, not by their left: a few more than need be are compared.
    one, other = _pairs(len(guides))
    near = (left[other] <= reach[one]) & (left[one] <= reach[other])
    one, other = one[near], other[near]
    overlap = np.minimum(bottom[one], bottom[other]) - np.maximum(top[one], top[other])
    both = np.maximum(bottom[one], bottom[other]) - np.minimum(top[one], top[other])
    lower = np.minimum((bottom - top)[one], (bottom - top)[other])
    is_joined = (
        overlap >= np.where(both <= _ONE_DIGIT * height, _ONE_OVERLAP, _LEAST_OVERLAP) * lower
    )
    is_joined &= both <= _NO_DIGIT * height
    root = list(range(len(guides)))
    for at, to in zip(one[is_joined].tolist(), other[is_joined].tolist(), strict=True):
        first, second = sorted((_root(root, at), _root(root, to)))
        root[second] = first
    clusters: dict[int, list[Piece]] = {}
    for at, piece in enumerate(guides):
        clusters.setdefault(_root(root, at), []).append(piece)
    return list(clusters.values())


def _root(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


def _pairs(count: int) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """All pairs of places that are at most `_COMPARED` apart, the first before the second."""
    one = np.arange(count)
    further = np.minimum(count - 1 - one, _COMPARED)
    first = np.repeat(one, further)
    nth = np.arange(len(first)) - np.repeat(np.cumsum(further) - further, further)
    return first, first + 1 + nth


def _put(cluster: list[Piece], rows: _Rows, height: float) -> None:
    """Put pieces into the row that they stand in, or into one of their own."""
    top, bottom = cluster[0].shape.top, cluster[0].shape.bottom
    for piece in cluster[1:]:
        top, bottom = min(top, piece.shape.top), max(bottom, piece.shape.bottom)
    beside: list[tuple[int, _Row]] = []
    best, most, best_at = None, 0.0, -1
    for at, row in rows.at(top, bottom):
        overlap = min(bottom, row.bottom) - max(top, row.top)
        lower = min(bottom - top, row.bottom - row.top)
        share = overlap / lower if lower > 0 else float(overlap >= 0)
        if share >= _LEAST_OVERLAP:
            beside.append((at, row))
            if share > most:
                best, most, best_at = row, share, at
    if best is None:
        rows.add(_Row(top, bottom, list(cluster)))
        return
    for at, row in beside:
        highest, lowest = min(top, best.top, row.top), max(bottom, best.bottom, row.bottom)
        is_few = min(len(row.pieces), len(best.pieces)) <= _FEW
        if row is not best and is_few and lowest - highest <= _ONE_ROW * height:
            best.pieces.extend(row.pieces)
            best.top, best.bottom = min(best.top, row.top), max(best.bottom, row.bottom)
            rows.drop(at)
    best.pieces.extend(cluster)
    follow = _FOLLOW * min(1.0, (bottom - top) / (best.bottom - best.top or 1.0))
    best.top += follow * (top - best.top)
    best.bottom += follow * (bottom - best.bottom)
    rows.follow(best_at)


def _nearest(small: list[Piece], guides: list[Piece], height: float) -> list[Piece | None]:
    """For each bar, dot or dash the piece that it is nearest to, if that is near enough."""
    if not small or not guides:
        return [None] * len(small)
    boxes = boxes_of(guides)
    found: list[Piece | None] = []
    for piece in small:
        shape = piece.shape
        x = np.maximum(boxes[:, 0] - shape.right, shape.left - boxes[:, 2])
        y = np.maximum(boxes[:, 1] - shape.bottom, shape.top - boxes[:, 3])
        away = np.maximum(np.maximum(x, y), 0.0)
        # Of several that it touches, the one whose middle is nearest.
        aside = np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - shape.y)
        at = int(np.argmin(away + 0.01 * aside))
        found.append(guides[at] if away[at] <= _REACH * height else None)
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
