"""Mending ink: the ways in which a drawing could be other, to be read again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from handwrite_gui.domain.ink import Ink, Stroke

#: Of the longer side of the ink's box: nearer ends meet already, and farther ones are meant apart.
LEAST_GAP, MOST_GAP = 0.04, 0.5
#: A neighbour that far along the same stroke, in gaps, is across a loop and not just beside it.
_ALONG = 3.0


def turned(ink: Ink, degrees: float) -> Ink:
    """Return ink turned clockwise on the paper, about the middle of its box."""
    angle = np.radians(degrees)
    cos, sin = np.cos(angle), np.sin(angle)
    x, y, width, height = ink.box
    middle = np.array([x + width / 2, y + height / 2])
    turn = np.array([[cos, sin], [-sin, cos]])
    strokes = (Stroke.from_xy((stroke.xy - middle) @ turn + middle) for stroke in ink.strokes)
    return Ink(tuple(strokes), pen_width=ink.pen_width)


def closed(ink: Ink) -> Iterator[Ink]:
    """Return ink with a gap bridged: each end of a stroke led on to the ink that is nearest to it.

    Only gaps are bridged that a hand leaves by chance: not those of ends that meet already, and
    not wide ones. A line that goes on beside itself closes no loop, and is left.

    Yields:
        The ink with one gap bridged, for each such gap, the narrowest first.
    """
    side = max(ink.box[2:])
    if side == 0.0:
        return
    xy = ink.xy
    # By components, as squares in sides of the box, and in place: with very many points NumPy takes
    # several times longer for distances and new arrays.
    x, y = np.ascontiguousarray(xy.T) / side
    gaps, across_y = np.empty((2, len(xy)))
    bridges: list[tuple[float, Stroke]] = []
    start = 0
    for stroke in ink.strokes:
        stop = start + len(stroke.xy)
        steps = np.hypot(np.diff(x[start:stop]), np.diff(y[start:stop]))
        along = np.concatenate([[0.0], np.cumsum(steps)])
        for end in (stop - 1, start):
            np.subtract(x, x[end], out=gaps)
            np.subtract(y, y[end], out=across_y)
            gaps *= gaps
            across_y *= across_y
            gaps += across_y
            own = gaps[start:stop]
            # What is not much farther from the end along the stroke than across is just beside it.
            own[np.abs(along - along[end - start]) <= _ALONG * np.sqrt(own)] = np.inf
            nearest = int(np.argmin(gaps))
            if LEAST_GAP**2 <= gaps[nearest] <= MOST_GAP**2:
                bridges.append((float(gaps[nearest]), Stroke.from_xy(xy[[end, nearest]])))
        start = stop
    for _, stroke in sorted(bridges, key=lambda each: each[0]):
        yield Ink((*ink.strokes, stroke), pen_width=ink.pen_width)


def groups(ink: Ink, least_gap: float) -> list[Ink]:
    """Return the ink's strokes in groups side by side, from left to right.

    Args:
        ink: At least one stroke.
        least_gap: Blank paper between two groups is wider than this, in the ink's unit.
    """
    strokes = sorted(ink.strokes, key=lambda stroke: float(stroke.xy[:, 0].min()))
    found: list[list[Stroke]] = []
    right = -np.inf
    for stroke in strokes:
        if stroke.xy[:, 0].min() > right + least_gap:
            found.append([])
        found[-1].append(stroke)
        right = max(right, float(stroke.xy[:, 0].max()))
    return [Ink(tuple(group), pen_width=ink.pen_width) for group in found]


def splits(ink: Ink) -> Iterator[tuple[Ink, Ink]]:
    """Return each way to part the strokes into those more to the left and more to the right."""
    strokes = sorted(
        ink.strokes, key=lambda stroke: float(np.ptp(stroke.xy[:, 0]) / 2 + stroke.xy[:, 0].min())
    )
    for first in range(1, len(strokes)):
        left, right = tuple(strokes[:first]), tuple(strokes[first:])
        yield Ink(left, pen_width=ink.pen_width), Ink(right, pen_width=ink.pen_width)
