"""Strip: one line of writing cut from a picture, upright, for its digits to be read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.reading import Box


@dataclass(frozen=True, eq=False, slots=True)
class Strip:
    """The digits and signs of one Number, side by side.

    Attributes:
        ink_map: Shape (height, width), 0.0 paper to 1.0 ink, with a little paper around the ink.
            On patterned paper what is left of the pattern is fainter than ink, but not gone.
        to_source: Affine map of shape (2, 3) from the strip's (x, y) in pixels, counted from the
            outer corner of its first pixel, to the source's own.
        row: The row of writing that it stands in, counted from the top.
    """

    ink_map: NDArray[np.float32]
    to_source: NDArray[np.float64]
    row: int = 0

    def box_in_source(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the upright box in the source around a box of the strip, whose sides may lean."""
        corners = np.array([(x, y, 1.0) for x in (left, right) for y in (top, bottom)])
        there = corners @ self.to_source.T
        (x, y), (across, down) = there.min(axis=0), there.max(axis=0)
        return float(x), float(y), float(across - x), float(down - y)
