"""Where labels lie: beside their boxes, and on no digit and no other label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Edges of a rectangle.
_LEFT, _TOP, _RIGHT, _BOTTOM = range(4)


def place_labels(
    frames: NDArray[np.float64],
    sizes: NDArray[np.float64],
    gap: float,
    order: Sequence[int],
    bounds: tuple[float, float],
    always: int | None = None,
) -> NDArray[np.float64]:
    """Find a free place for each label, above its frame, below it, at its right or its left.

    Args:
        frames: Shape (n, 4), left, top, right and bottom of what no label may cover.
        sizes: Shape (n, 2), width and height of the labels.
        gap: Between frame and label.
        order: The labels' indices, those first that choose first.
        bounds: Left and right end of where labels may lie; they are moved to lie there.
        always: The one that chooses before all, and gets a place above even where none is free.

    Returns:
        Shape (n, 2), the labels' left upper corners; NaN where there is no free place.
    """
    places = np.full((len(frames), 2), np.nan)
    if not len(frames):
        return places
    rects = _candidates(frames, sizes, gap, bounds)
    shrunk = frames + np.array([1.0, 1.0, -1.0, -1.0])
    is_free = np.logical_not(_meets(rects[:, :, None, :], shrunk[None, None, :, :]).any(axis=2))
    placed = np.empty((len(frames), 4))
    count = 0
    for index in order if always is None else (always, *(n for n in order if n != always)):
        free = np.flatnonzero(is_free[index]).tolist()
        clear = [n for n in free if not _meets(rects[index, n], placed[:count]).any()]
        if not clear and index == always:
            clear = [0]
        if clear:
            placed[count] = rects[index, clear[0]]
            places[index] = placed[count, :2]
            count += 1
    return places


def _candidates(
    frames: NDArray[np.float64],
    sizes: NDArray[np.float64],
    gap: float,
    bounds: tuple[float, float],
) -> NDArray[np.float64]:
    """Shape (n, 4, 4): for each label four rectangles, the best first."""
    width, height = sizes.T
    left, right = frames[:, _LEFT], frames[:, _RIGHT]
    above, below = frames[:, _TOP] - gap - height, frames[:, _BOTTOM] + gap
    beside = (frames[:, _TOP] + frames[:, _BOTTOM] - height) / 2
    inside = np.clip(left, bounds[0], np.maximum(bounds[0], bounds[1] - width))
    x = np.stack([inside, inside, right + gap, left - gap - width], axis=1)
    y = np.stack([above, below, beside, beside], axis=1)
    return np.stack([x, y, x + width[:, None], y + height[:, None]], axis=2)


def _meets(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether rectangles share a place; shapes (..., 4) that go together."""
    meets: NDArray[np.bool_] = (
        (one[..., _LEFT] < other[..., _RIGHT])
        & (other[..., _LEFT] < one[..., _RIGHT])
        & (one[..., _TOP] < other[..., _BOTTOM])
        & (other[..., _TOP] < one[..., _BOTTOM])
    )
    return meets
