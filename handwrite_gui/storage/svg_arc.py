"""SVG's elliptical arcs as cubic Béziers (SVG 1.1, appendix F.6)."""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass

#: Radii less than this are none: the arc is a straight line.
_LEAST_RADIUS = 1e-9


@dataclass(frozen=True, slots=True)
class Arc:
    """Part of an ellipse, as path data says it.

    Attributes:
        radius_x: Of the ellipse along its own axis; enlarged where the ends are too far apart.
        radius_y: Likewise.
        turn_deg: How far that axis is turned.
        is_large: Whether the larger of the two possible arcs is meant.
        is_sweep: Whether it is drawn in the direction of growing angles.
    """

    radius_x: float
    radius_y: float
    turn_deg: float
    is_large: bool
    is_sweep: bool

    def curves(self, start: complex, end: complex) -> list[tuple[complex, complex, complex]]:
        """Return control points and end of the Béziers from one place to another, x + yi.

        There is one for each quarter of the ellipse that is passed, and none where the arc has no
        length.
        """
        if start == end:
            return []
        radius_x, radius_y = abs(self.radius_x), abs(self.radius_y)
        if min(radius_x, radius_y) < _LEAST_RADIUS:
            third = (end - start) / 3
            return [(start + third, end - third, end)]
        turn = cmath.rect(1.0, math.radians(self.turn_deg))

        def on_circle(place: complex) -> complex:
            turned = place / turn
            return complex(turned.real / radius_x, turned.imag / radius_y)

        def on_ellipse(place: complex) -> complex:
            return complex(place.real * radius_x, place.imag * radius_y) * turn

        # Seen from the middle between the ends, where the numbers are small.
        middle = (start + end) / 2
        half = on_circle((end - start) / 2)
        half_length = abs(half)
        if half_length > 1.0:
            radius_x, radius_y = radius_x * half_length, radius_y * half_length
            half, half_length = half / half_length, 1.0
        away = math.sqrt(max(1.0 / half_length**2 - 1.0, 0.0)) if half_length > 0.0 else 0.0
        centre = half * away * (1j if self.is_large != self.is_sweep else -1j)
        first = cmath.phase(-half - centre)
        angle = cmath.phase(half - centre) - first
        if self.is_sweep and angle < 0.0:
            angle += math.tau
        elif not self.is_sweep and angle > 0.0:
            angle -= math.tau
        pieces = max(math.ceil(abs(angle) / (math.pi / 2) - 1e-6), 1)
        step = angle / pieces
        # The distance at which a Bézier of so many degrees is nearest to the circle.
        pull = 4.0 / 3.0 * math.tan(step / 4)
        curves = []
        for piece in range(pieces):
            begin = cmath.rect(1.0, first + piece * step)
            stop = cmath.rect(1.0, first + (piece + 1) * step)
            places = (begin * (1 + pull * 1j), stop * (1 - pull * 1j), stop)
            control, other, place = (middle + on_ellipse(each + centre) for each in places)
            curves.append((control, other, end if piece == pieces - 1 else place))
        return curves
