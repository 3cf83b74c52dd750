"""Eights of two rings, written one after the other: by their places alone two rows of zeros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.reading.ink.pieces import Piece, boxes_of, joined

#: Each ring is so high at least and at most, as part of both together, and so wide at least, as
#: part of its own height; both lie over one another for this share of the narrower one's width. All
#: were set by hand, with room: what the model says of both decides.
_LOWEST, _HIGHEST = 0.3, 0.7
_NARROWEST = 0.5
_LEAST_ACROSS = 0.6
#: They overlap, or are apart, by no more than this part of their height together: zeros in a column
#: stand further apart, as a rule.
_APART = 0.08
#: Both together must be read as an 8 this surely.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Rings:
    """Two strokes that may be an 8; equal where the pieces are the same."""

    one: Piece
    other: Piece

    @property
    def strokes(self) -> tuple[int, ...]:
        """The strokes of both, rising."""
        return self.one.strokes + self.other.strokes

    def is_eight(self, both: Prediction) -> bool:
        """Whether the model takes both for an 8."""
        return float(both.probabilities[8]) >= _SURE

    def as_piece(self) -> Piece:
        """Return both as a piece that is never parted."""
        return Piece(self.strokes, joined([self.one.shape, self.other.shape]))


def find_rings(pieces: Sequence[Piece]) -> list[Rings]:
    """Find what may be an 8 of two rings; three and more in a column are zeros.

    Args:
        pieces: At least one, in the order in which they were begun.
    """
    boxes = boxes_of(pieces)
    left, top, right, bottom = np.stack([boxes[:-1], boxes[1:]]).transpose(2, 0, 1)
    width, height = right - left, bottom - top
    together = bottom.max(axis=0) - top.min(axis=0)
    apart = np.abs(top.max(axis=0) - bottom.min(axis=0))
    across = right.min(axis=0) - left.max(axis=0)
    is_ring = (height >= _LOWEST * together) & (height <= _HIGHEST * together)
    is_ring &= width >= _NARROWEST * height
    may_be = is_ring.all(axis=0) & (apart <= _APART * together)
    may_be &= across >= _LEAST_ACROSS * width.min(axis=0)
    is_column = np.append(may_be[1:], False) | np.append(False, may_be[:-1])
    return [
        Rings(pieces[at], pieces[at + 1])
        for at in np.flatnonzero(may_be & ~is_column[: len(may_be)]).tolist()
        if pieces[at].said is None and pieces[at + 1].said is None
    ]
