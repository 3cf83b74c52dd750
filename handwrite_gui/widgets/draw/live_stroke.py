"""The stroke under the pen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Stroke


class LiveStroke:
    """The stroke under the pen: points are added in constant time and never lost."""

    def __init__(self) -> None:
        self._points = np.empty((256, 4))
        self._count = 0

    def add(self, x: float, y: float, time_ms: float, pressure: float) -> NDArray[np.float64]:
        """Add a point; return the newest segment, shape (2, 4), or (1, 4) for the first point."""
        if self._count == len(self._points):
            self._points = np.concatenate([self._points, np.empty_like(self._points)])
        # A driver's pressure may be anything, NaN too, which compares as neither more nor less.
        self._points[self._count] = x, y, time_ms, pressure if 0.0 <= pressure <= 1.0 else 1.0
        self._count += 1
        return self._points[max(self._count - 2, 0) : self._count]

    def stroke(self) -> Stroke:
        """The stroke so far: a copy of its own."""
        return Stroke(self._points[: self._count].copy())
