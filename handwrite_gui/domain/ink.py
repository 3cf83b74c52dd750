"""Ink: what a pen drew, as strokes of points in canvas units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: Columns of ``Stroke.points``.
X, Y, TIME_MS, PRESSURE = range(4)
#: Left, top, right and bottom, in canvas units.
Bounds = tuple[float, float, float, float]
#: What is recorded of a device that does not tell how hard it is pressed: neither softly nor hard.
HALF_PRESSURE = 0.5
#: Between the times that points are given where a file tells none, in ms: what pens usually take.
STEP_MS = 10.0


@dataclass(frozen=True, eq=False, slots=True)
class Stroke:
    """One pen-down to pen-up.

    Attributes:
        points: Float64 array of shape (n, 4), n ≥ 1. Columns: x to the right and y downwards in
            canvas units (1/96 inch at 100 %), time in milliseconds, pressure from 0.0 to 1.0.
        tilt: How far the pen leans to the right and towards the hand at each point, in degrees
            from upright, float64 of shape (n, 2); or None where the device does not tell.

    Raises:
        ValueError: An array has another shape, no point, or a value that is not finite.
    """

    points: NDArray[np.float64]
    tilt: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        if self.points.ndim != 2 or self.points.shape[1] != 4 or len(self.points) == 0:
            raise ValueError(
                f"A stroke needs points of shape (n, 4). Received: {self.points.shape}"
            )
        if not np.isfinite(self.points).all():
            raise ValueError("A stroke's points must be finite.")
        if self.tilt is not None and self.tilt.shape != (len(self.points), 2):
            raise ValueError(
                f"A stroke's tilt needs a shape of (n, 2), n as of its {len(self.points)} points. "
                f"Received: {self.tilt.shape}"
            )
        if self.tilt is not None and not np.isfinite(self.tilt).all():
            raise ValueError("A stroke's tilt must be finite.")

    @staticmethod
    def from_xy(xy: NDArray[np.floating]) -> Stroke:
        """Make a stroke of positions alone: shape (n, 2), time 0 and pressure 0.5 throughout."""
        points = np.zeros((len(xy), 4))
        points[:, :2] = xy
        points[:, PRESSURE] = HALF_PRESSURE
        return Stroke(points)

    @staticmethod
    def from_table(table: NDArray[np.float64]) -> Stroke:
        """Make a stroke of points (n, 4), or of points and their tilt (n, 6)."""
        columns = PRESSURE + 1
        return Stroke(table[:, :columns], table[:, columns:] if table.shape[1] > columns else None)

    @property
    def table(self) -> NDArray[np.float64]:
        """The points (n, 4), or the points and their tilt (n, 6), where that is told."""
        if self.tilt is None:
            return self.points
        return np.concatenate([self.points, self.tilt], axis=1)

    @property
    def xy(self) -> NDArray[np.float64]:
        """Positions, shape (n, 2), in canvas units."""
        return self.points[:, :2]


@dataclass(frozen=True, eq=False, slots=True)
class Correction:
    """What a person says that some strokes are.

    Attributes:
        strokes: All strokes of the digit. Where one of them is erased or changed, this says
            nothing any more.
        digit: The digit that they are, 0 to 9.
    """

    strokes: tuple[Stroke, ...]
    digit: int


@dataclass(frozen=True, eq=False, slots=True)
class Ink:
    """All strokes on one sheet, in the order in which they were drawn.

    Attributes:
        strokes: The strokes, oldest first; empty for blank paper.
        revision: Grows with every change, so that an answer to older ink can be told from one
            to this.
        pen_width: Width of the pen in canvas units, or None where the source does not say
            (ink files of other programs).
        corrections: What a person says that some of the strokes are; the newest last.
    """

    strokes: tuple[Stroke, ...] = field(default=())
    revision: int = 0
    pen_width: float | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def standing_corrections(self) -> dict[tuple[int, ...], int]:
        """The digit that a person says for groups of strokes, by the strokes' indices.

        A correction of which a stroke is gone does not stand; of two that share a stroke, the
        newer one does.
        """
        place = {id(stroke): index for index, stroke in enumerate(self.strokes)}
        standing: dict[tuple[int, ...], int] = {}
        taken: set[int] = set()
        for correction in reversed(self.corrections):
            indices = [place.get(id(stroke), -1) for stroke in correction.strokes]
            if -1 not in indices and taken.isdisjoint(indices):
                standing[tuple(sorted(indices))] = correction.digit
                taken.update(indices)
        return standing

    @property
    def xy(self) -> NDArray[np.float64]:
        """Positions of all points, shape (n, 2), in canvas units; (0, 2) for blank paper."""
        if not self.strokes:
            return np.empty((0, 2))
        return np.concatenate([stroke.xy for stroke in self.strokes])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Bounding box of the points as (x, y, width, height); zeros for blank paper."""
        if not self.strokes:
            return 0.0, 0.0, 0.0, 0.0
        xy = self.xy
        (left, top), (right, bottom) = xy.min(axis=0), xy.max(axis=0)
        return float(left), float(top), float(right - left), float(bottom - top)

    @property
    def is_dot(self) -> bool:
        """Whether this is no more than a touch of the pen.

        Judged against the pen's width, before any scaling: a mark that nowhere reaches further than
        the pen is wide. Where the width is unknown, only a single point is a dot.
        """
        if not self.strokes:
            return False
        # Most ink is shown to be none by its first stroke, and is not measured as a whole.
        parts = (self.strokes[:1], self.strokes)
        return all(max(Ink(part).box[2:]) <= (self.pen_width or 0.0) for part in parts)


def carry_corrections(ink: Ink, strokes: Sequence[Stroke]) -> tuple[Correction, ...]:
    """Return the corrections that stand, of other strokes in the place of the ink's own.

    Args:
        ink: At least one stroke where anything is corrected.
        strokes: As many as the ink has, in its order: the same ones moved, or scaled.
    """
    return tuple(
        Correction(tuple(strokes[index] for index in indices), digit)
        for indices, digit in ink.standing_corrections.items()
    )


def stroke_boxes(strokes: Sequence[Stroke]) -> NDArray[np.float64]:
    """Return each stroke's bounding box as left, top, right and bottom, shape (k, 4)."""
    if not strokes:
        return np.empty((0, 4))
    xy = np.concatenate([stroke.xy for stroke in strokes])
    lengths = np.array([len(stroke.points) for stroke in strokes])
    first = np.cumsum(lengths) - lengths
    low, high = np.minimum.reduceat(xy, first), np.maximum.reduceat(xy, first)
    return np.concatenate([low, high], axis=1)
