"""Placement: where ink from elsewhere goes on the paper that is seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from handwrite_gui.domain.ink import Ink, Stroke, X, Y
from handwrite_gui.domain.reading import Box
from handwrite_gui.domain.transform import Transform

#: Millimetres to a canvas unit: 1/96 inch.
UNIT_MM = 25.4 / 96
#: Share of the paper that stays blank at each side of ink that is fitted to it.
MARGIN = 0.1
#: Blank paper between ink and other ink that is put below it: half an inch, as between rows.
APART = 48.0


def place(ink: Ink, paper: tuple[float, float], scale: float | None) -> tuple[Stroke, ...]:
    """Bring ink onto the paper, aspect kept.

    Ink of a known scale keeps it, and its place too, if it fits; everything else is fitted to the
    paper and put into its middle. A single point has no size to be fitted.

    Args:
        ink: In any unit.
        paper: Width and height of what is seen, in canvas units.
        scale: Canvas units to one of the ink's, or None where that says nothing here.

    Returns:
        The strokes in canvas units.
    """
    if not ink.strokes:
        return ()
    box, room = np.array(ink.box), np.array(paper)
    low, size = box[:2], box[2:]
    if scale is not None and (size * scale <= room).all():
        corner = np.clip(low * scale, 0.0, room - size * scale)
    else:
        scale = _fitting(size, room * (1 - 2 * MARGIN))
        corner = (room - size * scale) / 2
    # All at once, for the window waits for this: an hour's ink has ten thousand strokes.
    points = np.concatenate([stroke.points for stroke in ink.strokes])
    xy = points[:, [X, Y]]
    xy -= low
    xy *= scale
    xy += corner
    points[:, [X, Y]] = xy
    stops = np.cumsum([len(stroke.points) for stroke in ink.strokes]).tolist()
    return tuple(
        Stroke(points[start:stop], stroke.tilt)
        for stroke, start, stop in zip(ink.strokes, [0, *stops[:-1]], stops, strict=True)
    )


def place_below(strokes: Sequence[Stroke], there: Box) -> tuple[Stroke, ...]:
    """Move ink down until it stands below other ink: beside it, rows of both would be read as one.

    Args:
        strokes: At least one.
        there: Around the other ink.

    Returns:
        The same strokes, as large as they were, in their place where they stand there already.
    """
    top = Ink(tuple(strokes)).box[1]
    down = there[1] + there[3] + APART - top
    return Transform(shift=(0.0, max(down, 0.0))).of_strokes(strokes)


def _fitting(size: np.ndarray, room: np.ndarray) -> float:
    """Return the scale that fits a size into the room there is; 1 where there is no size."""
    with np.errstate(divide="ignore", over="ignore"):
        scale = float((room / size).min())
    return scale if np.isfinite(scale) else 1.0
