"""The stroke under the pen."""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.stabiliser import Stabiliser

#: A row of `Stroke.points`, and one of `Stroke.tilt`.
Point = tuple[float, float, float, float]
Tilt = tuple[float, float]


class LiveStroke:
    """The stroke under the pen: points are added in constant time and never lost.

    With a stabiliser the calmed places are recorded, one for each event, with the event's time and
    pressure: the model reads what the person sees. A last point is where the pen was lifted. The
    curve that is seen smooths what is recorded, and changes nothing of it.

    Args:
        x: Where the pen is put down, in canvas units.
        y: As x, downwards.
        stabiliser: Its strength, in canvas units.
    """

    def __init__(self, x: float, y: float, stabiliser: float = 0.0) -> None:
        # NumPy's own arrays are slower at taking a row, and do not grow.
        self._points = array("d")
        self._tilt = array("d")
        self._last = x, y, 0.0, 0.0
        self._stabiliser = Stabiliser(stabiliser, x, y)

    def add(
        self, x: float, y: float, time_ms: float, pressure: float, tilt: Tilt | None = None
    ) -> Point:
        """Move the pen; return the point that is recorded, as a row of `Stroke.points`.

        The tilt is kept where it is told of all points.
        """
        if tilt is not None:
            self._tilt.extend(tilt)
        # A driver's pressure may be anything, NaN too, which compares as neither more nor less.
        pressure = pressure if 0.0 <= pressure <= 1.0 else 1.0
        return self._record((*self._stabiliser.follow(x, y), time_ms, pressure))

    def end(self) -> Point | None:
        """Lift the pen; return the point that is recorded where it is, unless one is already."""
        pen = self._stabiliser.pen
        if pen == self._last[:2]:
            return None
        self._tilt.extend(self._tilt[-2:])
        return self._record((*pen, *self._last[2:]))

    @property
    def pen(self) -> tuple[float, float]:
        """Where the pen is."""
        return self._stabiliser.pen

    def points(self) -> NDArray[np.float64]:
        """A copy of the points so far, shape (n, 4), as in `Stroke.points`."""
        return np.array(self._points).reshape(-1, 4)

    def stroke(self) -> Stroke:
        """The stroke so far."""
        points = self.points()
        is_told = len(self._tilt) == 2 * len(points)
        return Stroke(points, np.array(self._tilt).reshape(-1, 2) if is_told else None)

    def _record(self, point: Point) -> Point:
        self._points.extend(point)
        self._last = point
        return point
