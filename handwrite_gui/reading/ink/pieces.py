"""Pieces: what a digit is put together from, a stroke each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.reading import Box

#: So many places along a stroke tell how near it comes to another.
OUTLINE = 16


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """Where a stroke lies, in half canvas units: so the difference of the largest numbers is one.

    Attributes:
        left: Its leftmost x; likewise `top`, `right` and `bottom`.
        outline: Places evenly along it, shape (`OUTLINE`, 2).
    """

    left: float
    top: float
    right: float
    bottom: float
    outline: NDArray[np.float64]

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From its top to its bottom."""
        return self.bottom - self.top

    @property
    def x(self) -> float:
        """The middle between its left and its right."""
        return self.left / 2 + self.right / 2

    @property
    def y(self) -> float:
        """The middle between its top and its bottom."""
        return self.top / 2 + self.bottom / 2


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """Strokes that are never parted: a single one, or those of a digit that a person named.

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
    return Shape(float(left), float(top), float(right), float(bottom), outline)


def joined(shapes: Sequence[Shape]) -> Shape:
    """Return the shape of several strokes together; at least one."""
    if len(shapes) == 1:
        return shapes[0]
    return Shape(
        min(shape.left for shape in shapes),
        min(shape.top for shape in shapes),
        max(shape.right for shape in shapes),
        max(shape.bottom for shape in shapes),
        np.concatenate([shape.outline for shape in shapes]),
    )


def pieces_of(ink: Ink, shapes: Sequence[Shape]) -> list[Piece]:
    """Return the pieces of some ink.

    Args:
        ink: What was drawn, and what a person said of it.
        shapes: Each stroke's.
    """
    dot = (ink.pen_width or 0.0) / 2
    corrections = ink.standing_corrections if ink.corrections else {}
    taken = {index for strokes in corrections for index in strokes}
    pieces = [
        Piece(strokes, joined([shapes[index] for index in strokes]), said=said)
        for strokes, said in corrections.items()
    ]
    for index, shape in enumerate(shapes):
        if index not in taken:
            pieces.append(Piece((index,), shape, max(shape.width, shape.height) <= dot))
    return pieces


def box_of(shapes: Iterable[Shape]) -> Box:
    """Return the box around shapes, in canvas units."""
    every = list(shapes)
    left, top = min(each.left for each in every), min(each.top for each in every)
    right, bottom = max(each.right for each in every), max(each.bottom for each in every)
    return 2 * left, 2 * top, 2 * (right - left), 2 * (bottom - top)


def boxes_of(pieces: Sequence[Piece]) -> NDArray[np.float64]:
    """Return each piece's left, top, right and bottom, shape (k, 4)."""
    return np.array(
        [
            (piece.shape.left, piece.shape.top, piece.shape.right, piece.shape.bottom)
            for piece in pieces
        ]
    )
