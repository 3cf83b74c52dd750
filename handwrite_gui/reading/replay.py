"""Replay: ink read again and again while it is written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

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


def read_moments(
    time: InkTime, moments_ms: NDArray[np.float64], reader: Reader
) -> Iterator[tuple[Reading, ...]]:
    """Read ink as it was at some moments.

    Args:
        time: When the ink is written.
        moments_ms: From `moments_of`.
        reader: Reads.

    Yields:
        The Readings, in order, a few at a time.
    """
    size = min(max(POINTS_A_PART // len(time.points), 1), READINGS_A_PART)
    readings = (reader.read_one_digit(time.ink_at(moment)) for moment in moments_ms.tolist())
    while part := tuple(islice(readings, size)):
        yield part
