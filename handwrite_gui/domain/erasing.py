"""Erasing: which strokes an eraser leaves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import Stroke


def strokes_beyond(
    strokes: Sequence[Stroke], x: float, y: float, reach: float
) -> tuple[Stroke, ...]:
    """Return the strokes that nowhere pass within `reach` of a place, in canvas units."""
    place = np.array([x, y])
    return tuple(
        stroke
        for stroke in strokes
        if distance_to_segments(place, stroke.xy[:-1], stroke.xy[1:]).min(
            initial=float(np.hypot(*(stroke.xy[0] - place)))
        )
        > reach
    )
