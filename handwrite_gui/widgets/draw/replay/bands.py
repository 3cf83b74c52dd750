"""Bands: probabilities over time as areas, one on the other, and the room for their names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES


def readings_at_columns(
    moments_ms: NDArray[np.float64], known: int, duration_ms: float, columns: int
) -> NDArray[np.int_]:
    """Tell which reading each column of a chart shows: the latest of its moment.

    Args:
        moments_ms: When ink was read, rising.
        known: How many of these readings there are so far.
        duration_ms: What the columns stand for, evenly.
        columns: How many there are.

    Returns:
        Shape (columns,): an index of a reading, or -1 where it is not known yet.
    """
    at = np.arange(columns) / max(columns - 1, 1) * duration_ms
    latest = np.maximum(np.searchsorted(moments_ms, at, side="right") - 1, 0)
    return np.where(latest < known, latest, -1)


def edges_of(probabilities: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Lay the bands one on the other.

    Args:
        probabilities: Shape (n, 11), each row summing to 1.
        height: Of all bands together.

    Returns:
        Shape (n, 12), from 0.0, the top of the band of 0, to the foot of that of "no digit".
    """
    edges = np.zeros((len(probabilities), CLASSES + 1))
    np.cumsum(probabilities, axis=1, out=edges[:, 1:])
    return edges / np.maximum(edges[:, -1:], np.finfo(np.float64).tiny) * height


class Label(NamedTuple):
    """Where a band's name is written.

    Attributes:
        which: The band, 0 to 10.
        x: Its middle, in columns.
        y: Its middle, from the top.
        is_best: Whether its band is the likeliest there.
    """

    which: int
    x: float
    y: float
    is_best: bool


def place_labels(
    edges: NDArray[np.float64],
    best: NDArray[np.int_],
    widths: NDArray[np.int_],
    height: float,
) -> list[Label]:
    """Find the room for each band's name: once wherever it is wide enough, where it is widest.

    Args:
        edges: The bands at each column, shape (columns, 12), from `edges_of`.
        best: The likeliest band at each column, shape (columns,).
        widths: How many columns each name needs, shape (11,), each ≥ 1.
        height: How high a name is.
    """
    labels = []
    for which in range(CLASSES):
        top, foot = edges[:, which], edges[:, which + 1]
        # A name lies on one ground: its colour is that of the likeliest, or of the others.
        for is_best in (True, False):
            fits = (foot - top >= height) & ((best == which) == is_best)
            for first, end in _runs(fits):
                width = int(widths[which])
                if end - first < width:
                    continue
                windows = np.lib.stride_tricks.sliding_window_view
                highest = windows(top[first:end], width).max(axis=1)
                lowest = windows(foot[first:end], width).min(axis=1)
                room = lowest - highest
                # The middle of the widest, for most often it is as wide over many columns.
                at = np.flatnonzero(room >= room.max() - 0.5)
                middle = int(at[len(at) // 2])
                if room[middle] >= height:
                    y = float(highest[middle] + lowest[middle]) / 2
                    labels.append(Label(which, first + middle + width / 2, y, is_best))
    return labels


def _runs(true: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Begin and end of each run of true."""
    changes = np.flatnonzero(np.diff(true.astype(np.int8), prepend=0, append=0))
    return list(zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True))
