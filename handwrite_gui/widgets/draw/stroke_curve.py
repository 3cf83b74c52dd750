"""The curve that a stroke is seen as: smooth, and as wide as pressure or speed say."""

from __future__ import annotations

import math
from typing import NamedTuple

from handwrite_gui.domain.ink import HALF_PRESSURE

#: A corner is rounded from this far before it at most, in canvas units: points that lie further
#: apart than twice this (a mouse that tells of few) must not be cut short of where the pen was.
MOST_ROUNDING = 24.0
#: Points nearer to each other than half the pen's width, within these limits, bend the line no
#: further: a mouse tells of whole pixels, and its staircase would be seen.
LEAST_SPACING, MOST_SPACING = 2.0, 8.0
#: The share of the way from a piece to the pen that a lead goes; its error grows with the square.
LEAD = 0.6
#: A pen that rests and one that flies draw as wide as these pressures, 3 units a millisecond flies.
SLOW_PRESSURE, FAST_PRESSURE, FAST = 0.6, 0.3, 3.0
#: How much of a change in speed is followed from one knot to the next.
_FOLLOWED = 0.3


class Spot(NamedTuple):
    """A place on the curve and the width there, in canvas units."""

    x: float
    y: float
    width: float

    def towards(self, other: Spot, share: float) -> Spot:
        """The spot at this share of the way to another."""
        return Spot(
            self.x + share * (other.x - self.x),
            self.y + share * (other.y - self.y),
            self.width + share * (other.width - self.width),
        )


#: One quadratic Bézier curve: start, control point, end.
Piece = tuple[Spot, Spot, Spot]


def width_at(pen_width: float, pressure: float) -> float:
    """Width of the line on the screen: the pen's own at half pressure, never nothing."""
    return pen_width * (0.4 + 1.2 * pressure)


class StrokeCurve:
    """Turns a stroke's points, one by one, into pieces that never change again.

    The pieces are those of a quadratic B-spline: from the middle between two points to the next
    middle, with the point between as control point. What is left between the last piece and the
    pen is the tail, which changes with the next point. Where it is short, a lead is painted instead
    for one move: a straight piece most of the way to the pen, so that a move that settles a piece
    paints no tail besides. Wherever the hand then turns, a lead shows beyond the curve by less than
    can be seen.

    Args:
        pen_width: In canvas units.
        has_leads: Whether there are leads at all.
    """

    def __init__(self, pen_width: float, *, has_leads: bool = True) -> None:
        self._pen_width = pen_width
        self._spacing = min(max(LEAST_SPACING, pen_width / 2), MOST_SPACING)
        self._start = self._knot = self._end = Spot(0.0, 0.0, 0.0)
        self._knot_ms = 0.0
        self._pressure = HALF_PRESSURE
        self._is_new = True
        self._longest_lead = max(pen_width, 2 * LEAST_SPACING)
        self._has_leads = has_leads
        self._lead: Spot | None = None
        self._tells_pressure = False

    @property
    def end(self) -> Spot:
        """The newest point."""
        return self._end

    @property
    def tail(self) -> Piece:
        """From the last piece to the newest point."""
        if self._knot is self._end:
            # Straight: with its end as control point, too, Qt would leave a seam in its round end.
            return self._start, self._start, self._end
        return self._start, self._knot, self._end

    @property
    def lead(self) -> Spot | None:
        """Where the lead goes from the piece that the newest point settled, if there is one."""
        return self._lead

    def add(self, x: float, y: float, time_ms: float, pressure: float) -> list[Piece]:
        """Add a point; return the pieces that are settled by it, most often none or one."""
        if pressure != HALF_PRESSURE:
            self._tells_pressure = True
        if self._is_new:
            self._is_new = False
            self._end = Spot(x, y, width_at(self._pen_width, pressure))
            self._start = self._knot = self._end
            self._knot_ms = time_ms
            return []
        self._lead = None
        knot = self._knot
        knot_x, knot_y, knot_width = knot
        across, down = x - knot_x, y - knot_y
        way = math.hypot(across, down)
        is_knot = way >= self._spacing
        if not self._tells_pressure:
            if not is_knot:  # Too short a way to tell the speed.
                self._end = Spot(x, y, knot_width)
                return []
            pressure = self._pressure = self._pressure_of_speed(way, time_ms - self._knot_ms)
        width = width_at(self._pen_width, pressure)
        self._end = end = Spot(x, y, width)
        if not is_knot:
            return []
        rounding = min(0.5, MOST_ROUNDING / way)
        # Not by way of `towards`, for this runs with nearly each move of the pen.
        wider = width - knot_width
        out = Spot(
            knot_x + rounding * across, knot_y + rounding * down, knot_width + rounding * wider
        )
        pieces = [(self._start, knot, out)]
        self._start = out
        if way <= self._longest_lead:
            self._lead = out.towards(end, LEAD) if self._has_leads else None
        elif rounding < 0.5:
            self._start = knot.towards(end, 1.0 - rounding)
            pieces.append((out, out, self._start))
        self._knot, self._knot_ms = end, time_ms
        return pieces

    def _pressure_of_speed(self, way: float, took_ms: float) -> float:
        """The pressure that is as wide as this speed; half where no time is told."""
        if took_ms <= 0.0:
            return self._pressure
        share = min(way / took_ms / FAST, 1.0)
        wanted = SLOW_PRESSURE + share * (FAST_PRESSURE - SLOW_PRESSURE)
        return self._pressure + _FOLLOWED * (wanted - self._pressure)
