"""Pieces: what a digit is put together from, a stroke each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.reading import Box

#: Left, top, right and bottom.
Sides = tuple[float, float, float, float]
#: So many places along a stroke tell how near it comes to another.
OUTLINE = 16


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """Where a stroke lies, in half canvas units: so the difference of the largest numbers is one.

    Attributes:
        sides: Its left, top, right and bottom.
        outline: Places evenly along it, shape (`OUTLINE`, 2).
    """

    sides: Sides
    outline: NDArray[np.float64]

    @property
    def left(self) -> float:
        """Its leftmost x."""
        return self.sides[0]

    @property
    def top(self) -> float:
        """Its least y, which is the highest."""
        return self.sides[1]

    @property
    def right(self) -> float:
        """Its rightmost x."""
        return self.sides[2]

    @property
    def bottom(self) -> float:
        """Its largest y, which is the lowest."""
        return self.sides[3]

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.sides[2] - self.sides[0]

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return self.sides[3] - self.sides[1]

    @property
    def x(self) -> float:
        """The middle between its left and its right."""
        return self.sides[0] / 2 + self.sides[2] / 2

    @property
    def y(self) -> float:
        """The middle between its top and its bottom."""
        return self.sides[1] / 2 + self.sides[3] / 2


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """Strokes that are never parted: a single one, the rings of an 8, or what a person named.

    Attributes:
        strokes: Their indices in the ink, rising.
        shape: Where they lie.
        is_dot: Whether this is no more than a touch of the pen.
        said: The digit that a person says it is, or None.
    """

    strokes: tuple[int, ...]
    shape: Shape
    is_dot: bool = False
    said: int | None = None


def shape_of(stroke: Stroke) -> Shape:
    """Measure a stroke."""
    xy = stroke.xy / 2
    (left, top), (right, bottom) = xy.min(axis=0), xy.max(axis=0)
    size = max(float(right - left), float(bottom - top))
    if size == 0.0 or len(xy) == 1:
        outline = np.repeat(xy[:1], OUTLINE, axis=0)
    else:
        steps = np.hypot(*(np.diff(xy, axis=0) / size).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        places = np.linspace(0.0, along[-1], OUTLINE)
        outline = np.stack([np.interp(places, along, axis) for axis in xy.T], axis=1)
    return Shape((float(left), float(top), float(right), float(bottom)), outline)


def joined(shapes: Sequence[Shape]) -> Shape:
    """Return the shape of several strokes together; at least one."""
    sides = around([shape.sides for shape in shapes])
    return Shape(sides, np.concatenate([shape.outline for shape in shapes]))


def around(sides: Sequence[Sides]) -> Sides:
    """Return the sides of the box around others; at least one."""
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def pieces_of(ink: Ink, known: Mapping[int, Piece] = MappingProxyType({})) -> list[Piece]:
    """Return the pieces of some ink, in the order in which they were begun.

    Args:
        ink: What was drawn, and what a person said of it.
        known: By the identities of their strokes, pieces of ink of the same pen. Those that would
            come out the same are given again.
    """
    dot = (ink.pen_width or 0.0) / 2
    corrections = ink.standing_corrections if ink.corrections else {}
    taken = {index for strokes in corrections for index in strokes}
    pieces = [_said(ink, strokes, said, known) for strokes, said in corrections.items()]
    for index, stroke in enumerate(ink.strokes):
        piece = known.get(id(stroke))
        if index in taken:
            continue
        if piece is None or piece.said is not None:
            shape = shape_of(stroke)
            piece = Piece((index,), shape, max(shape.width, shape.height) <= dot)
        elif piece.strokes[0] != index:
            piece = replace(piece, strokes=(index,))
        pieces.append(piece)
    if corrections:
        pieces.sort(key=lambda piece: piece.strokes)
    return pieces


def _said(ink: Ink, strokes: tuple[int, ...], said: int, known: Mapping[int, Piece]) -> Piece:
    """The piece of strokes that a person named."""
    own = [ink.strokes[index] for index in strokes]
    piece = known.get(id(own[0]))
    is_same = piece is not None and (piece.strokes, piece.said) == (strokes, said)
    if piece is not None and is_same and all(known.get(id(stroke)) is piece for stroke in own):
        return piece
    return Piece(strokes, joined([shape_of(stroke) for stroke in own]), said=said)


def box_of(shapes: Iterable[Shape]) -> Box:
    """Return the box around shapes, in canvas units."""
    left, top, right, bottom = around([shape.sides for shape in shapes])
    return 2 * left, 2 * top, 2 * (right - left), 2 * (bottom - top)


def boxes_of(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    """Return each piece's left, top, right and bottom, shape (k, 4)."""
    return np.array([piece.shape.sides for piece in pieces])
