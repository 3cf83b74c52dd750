"""Replay: ink read again and again while it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.reader import Reader

#: More moments would not be seen on a chart, nor be waited for.
MOST_MOMENTS = 200
#: After so many readings, or points drawn for them, other ink may be read: some 50 ms of work.
READINGS_A_PART, POINTS_A_PART = 10, 100_000


def moments_of(time: InkTime, most: int = MOST_MOMENTS) -> NDArray[np.float64]:
    """Choose the moments at which ink is read: evenly spread, and at every stroke's end.

    While the pen rests between strokes nothing changes, so there is none then.

    Args:
        time: When the ink is written.
        most: How many moments there may be, ≥ 2. Where more strokes end, some ends are left out,
            never the last.

    Returns:
        Rising, in ms of the replay; the last is its end.
    """
    ends = np.unique(time.stroke_ends_ms)
    if len(ends) >= most:
        chosen = np.linspace(0, len(ends) - 1, most).round().astype(int)
        return np.asarray(ends[chosen], np.float64)
    even = np.linspace(0.0, time.duration_ms, most - len(ends))
    stroke = np.searchsorted(time.stroke_ends_ms, even)
    is_writing = even >= time.stroke_starts_ms[stroke]
    return np.union1d(even[is_writing], ends)


def digits_of_strokes(time: InkTime, digits: Sequence[Sequence[int]]) -> NDArray[np.int_]:
    """Tell of each stroke to which digit it belongs.

    Args:
        time: When the ink is written.
        digits: The strokes of each digit; none where all are of one. A stroke that is of no digit,
            such as a dash, is by itself.

    Returns:
        Shape (k,), digits counted from 0 in the order in which they were begun.
    """
    count = len(time.ink.strokes)
    if not digits:
        return np.zeros(count, int)
    of = np.arange(count)
    for strokes in digits:
        of[list(strokes)] = min(strokes)
    nths: NDArray[np.int_] = np.unique(of, return_inverse=True)[1]
    return nths


def digits_at(
    time: InkTime, moments_ms: NDArray[np.float64], of_strokes: NDArray[np.int_]
) -> NDArray[np.int_]:
    """Tell which digit is written at some moments, (n,): that of the stroke that was begun last."""
    begun = np.searchsorted(time.stroke_starts_ms, moments_ms, side="right")
    nths: NDArray[np.int_] = of_strokes[np.maximum(begun, 1) - 1]
    return nths


def read_moments(
    time: InkTime,
    moments_ms: NDArray[np.float64],
    reader: Reader,
    of_strokes: NDArray[np.int_] | None = None,
) -> Iterator[tuple[Reading, ...]]:
    """Read at some moments what there was then of the digit that was being written.

    Args:
        time: When the ink is written.
        moments_ms: From `moments_of`.
        reader: Reads.
        of_strokes: From `digits_of_strokes`; by default all ink is one digit.

    Yields:
        The Readings, in order, a few at a time.
    """
    size = min(max(POINTS_A_PART // len(time.points), 1), READINGS_A_PART)
    if of_strokes is None:
        of_strokes = digits_of_strokes(time, ())
    of_moments = digits_at(time, moments_ms, of_strokes)
    readings = (
        reader.read_one_digit(_only(time.ink_at(moment), of_strokes == digit))
        for moment, digit in zip(moments_ms.tolist(), of_moments, strict=True)
    )
    while part := tuple(islice(readings, size)):
        yield part


def _only(ink: Ink, is_own: NDArray[np.bool_]) -> Ink:
    """Return some of the strokes of ink; there may be fewer of them yet."""
    if is_own.all():
        return ink
    strokes = (stroke for stroke, own in zip(ink.strokes, is_own, strict=False) if own)
    return Ink(tuple(strokes), ink.revision, ink.pen_width)
