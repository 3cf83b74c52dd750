"""The stabiliser: it calms a shaking hand, and lags behind it by no more than its strength."""

from __future__ import annotations

import math


class Stabiliser:
    """Follows the pen as on a rubber string.

    Exponential smoothing over the way that the pen goes, not over its events: what comes out is the
    same for a mouse that tells of 60 moves a second and for a pen that tells of 1000. With the gap
    g between pen and ink, the way l, its direction u and the strength L, dg/dl = u - g/L; where the
    pen goes straight, g = L u (1 - exp(-l/L)) + g₀ exp(-l/L), which is never longer than L.

    Args:
        strength: The longest lag, in canvas units; 0 follows the pen itself.
        x: Where the pen is put down, in canvas units.
        y: As x, downwards.
    """

    def __init__(self, strength: float, x: float, y: float) -> None:
        self._strength = strength
        self._x, self._y = x, y
        self._gap_x = self._gap_y = 0.0

    @property
    def pen(self) -> tuple[float, float]:
        """Where the pen is."""
        return self._x, self._y

    def follow(self, x: float, y: float) -> tuple[float, float]:
        """Move the pen; return where the ink goes."""
        along_x, along_y = x - self._x, y - self._y
        self._x, self._y = x, y
        if self._strength <= 0.0:
            return x, y
        way = math.hypot(along_x, along_y)
        if way > 0.0:
            left = math.exp(-way / self._strength)
            lag = self._strength * (1.0 - left) / way
            self._gap_x = lag * along_x + left * self._gap_x
            self._gap_y = lag * along_y + left * self._gap_y
        return x - self._gap_x, y - self._gap_y
