"""Where labels lie: beside their boxes and no others, and on no digit and no other label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Sides on which a label can lie, the best first: above its frame, below it, at its right or left;
#: above or below, over its middle or up to its end; and in its left upper corner.
ABOVE, BELOW, RIGHT, LEFT, ABOVE_MIDDLE, BELOW_MIDDLE, ABOVE_END, BELOW_END, INSIDE = range(9)
#: A label is plainly its own frame's where all others are so many times as far from it. At the
#: right or left the row tells whose it is: only frames that reach into this share of its height
#: are to be as far, its middle.
CLEAR, IN_ROW = 8 / 3, 1 / 2
#: Of a frame, a label inside it covers no more: the digits there are still seen.
SHARE_INSIDE = 0.12
#: The label is left out.
NOWHERE = -1
#: Left, top, right and bottom of where labels may lie.
Bounds = tuple[float, float, float, float]


def label_rects(
    frames: NDArray[np.float64],
    sizes: NDArray[np.float64],
    gap: float,
    bounds: Bounds,
) -> NDArray[np.float64]:
    """Lay labels out on every side of their frames.

    Args:
        frames: Shape (n, 4), left, top, right and bottom.
        sizes: Shape (n, 2), width and height of the labels.
        gap: Between frame and label.
        bounds: Where labels may lie; above and below their frames they are moved there sideways.

    Returns:
        Shape (n, 9, 4), for each label and side left, top, right and bottom.
    """
    width, height = sizes.T
    left, top, right, bottom = frames.T
    last = np.maximum(bounds[0], bounds[2] - width)
    start, middle, end = (
        np.clip(at, bounds[0], last) for at in (left, (left + right - width) / 2, right - width)
    )
    above, below, beside = top - gap - height, bottom + gap, (top + bottom - height) / 2
    x = [start, start, right + gap, left - gap - width, middle, middle, end, end, left + gap]
    y = [above, below, beside, beside, above, below, above, below, top + gap]
    corners = np.stack([np.stack(x, axis=1), np.stack(y, axis=1)], axis=2)
    return np.concatenate([corners, corners + sizes[:, None]], axis=2)


def choose_sides(
    frames: NDArray[np.float64],
    rects: NDArray[np.float64],
    order: Sequence[int],
    gap: float,
    bounds: Bounds,
    always: int | None = None,
    clear: float | NDArray[np.float64] = CLEAR,
) -> NDArray[np.intp]:
    """Choose for each label a side on which it hides no digit, and belongs to no other frame.

    Args:
        frames: Shape (n, 4), what no label may cover.
        rects: As `label_rects` returns.
        order: The labels' indices, those first that choose first.
        gap: As for `label_rects`.
        bounds: As for `label_rects`. Only the end of one that is longer
            than they are wide lies beyond.
        always: The one that chooses before all. It may be near to other frames, and lies where it
            hides the fewest digits where it must hide some.
        clear: So many times as far as from its own frame is each label, or each of (n,), from all
            others; but for `IN_ROW`.

    Returns:
        Shape (n,), the sides, or `NOWHERE`.
    """
    sides = np.full(len(frames), NOWHERE)
    if not len(frames):
        return sides
    outwards = np.array([-1.0, -1.0, 1.0, 1.0])
    around = rects + np.reshape(clear, (-1, 1, 1)) * gap * outwards
    beside = rects[:, RIGHT : LEFT + 1, 1::2]
    spare = (1.0 - IN_ROW) / 2 * np.diff(beside, axis=2)
    around[:, RIGHT : LEFT + 1, 1::2] = beside + spare * np.array([1.0, -1.0])
    is_near = _meet_others(around, frames)
    covers = is_near | _meets(rects, _shrunk(frames)[:, None, :])
    covers |= _are_beyond(rects, bounds)
    is_large = ~_fit_inside(frames, rects[:, INSIDE])
    covers[:, INSIDE] = is_near[:, INSIDE] | is_large
    is_free = np.logical_not(covers).tolist()
    placed = np.empty((len(frames), 4))
    count = 0
    for index in order if always is None else (always, *(n for n in order if n != always)):
        for side, rect in enumerate(rects[index]):
            if is_free[index][side] and not _meets(rect, placed[:count]).any():
                sides[index] = side
                break
        if index == always and sides[index] == NOWHERE:
            sides[index] = least_hiding_side(frames, rects[index], bounds)
        if sides[index] != NOWHERE:
            placed[count] = rects[index, sides[index]]
            count += 1
    return sides


def least_hiding_side(
    frames: NDArray[np.float64], rects: NDArray[np.float64], bounds: Bounds
) -> int:
    """Choose the side on which a label that is shown in any case hides least of any frame.

    Args:
        frames: As for `choose_sides`.
        rects: Of one label, shape (9, 4).
        bounds: As for `choose_sides`.
    """
    outside, each = rects[:INSIDE, None], _shrunk(frames)[None]
    ends = np.minimum(outside[..., 2:], each[..., 2:])
    shared = np.maximum(ends - np.maximum(outside[..., :2], each[..., :2]), 0.0)
    hidden = shared.prod(axis=2).sum(axis=1)
    hidden[_are_beyond(rects[None], bounds)[0, :INSIDE]] = np.inf
    return int(hidden.argmin())


def have_room(
    frames: NDArray[np.float64],
    rects: NDArray[np.float64],
    order: Sequence[int],
    always: int | None = None,
) -> NDArray[np.bool_]:
    """Tell which labels lie on no digit and no other label, where they were put at another scale.

    Args:
        frames: As for `choose_sides`.
        rects: Shape (n, 4), the labels where they are; not a number for those that are left out.
        order: As for `choose_sides`: of two that meet, the first has the room.
        always: As for `choose_sides`.

    Returns:
        Shape (n,).
    """
    has_room = np.zeros(len(frames), bool)
    shown = [index for index in order if index != always and not np.isnan(rects[index, 0])]
    if always is not None:
        has_room[always] = True
        shown = [index for index in shown if not _meets(rects[index], rects[always])]
    if not shown:
        return has_room
    there = rects[shown]
    covers = _meets(there[:, None, :], _shrunk(frames)[None, :, :])
    covers[np.arange(len(shown)), shown] = False
    is_free = np.logical_not(covers.any(axis=1)).tolist()
    meets = _meets(there[:, None, :], there[None, :, :])
    taken = np.zeros(len(shown), bool)
    for nth, index in enumerate(shown):
        if is_free[nth] and not (meets[nth] & taken).any():
            taken[nth] = has_room[index] = True
    return has_room


def _meet_others(rects: NDArray[np.float64], frames: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which labels, (n, 9, 4), share a place with a frame, (n, 4), that is not their own."""
    meet = np.empty(rects.shape[:2], bool)
    for side in range(rects.shape[1]):  # Of thousands all at once would take much memory.
        each = _meets(rects[:, side, None], frames)
        np.fill_diagonal(each, False)
        meet[:, side] = each.any(axis=1)
    return meet


def _shrunk(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is hidden of frames: their very edges may be."""
    shrunk: NDArray[np.float64] = frames + np.array([1.0, 1.0, -1.0, -1.0])
    return shrunk


def _are_beyond(rects: NDArray[np.float64], bounds: Bounds) -> NDArray[np.bool_]:
    """Which labels, (n, 9, 4), are where none may lie."""
    beyond: NDArray[np.bool_] = (rects[..., 1] < bounds[1]) | (rects[..., 3] > bounds[3])
    sideways = [RIGHT, LEFT]  # Those above and below have been moved.
    beyond[:, sideways] |= rects[:, sideways, 0] < bounds[0]
    beyond[:, sideways] |= rects[:, sideways, 2] > bounds[2]
    return beyond


def _fit_inside(frames: NDArray[np.float64], rects: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether labels, in their frames, leave most of them free; shapes (n, 4)."""
    rooms, sizes = frames[:, 2:] - frames[:, :2], rects[:, 2:] - rects[:, :2]
    is_small = sizes.prod(axis=1) <= SHARE_INSIDE * rooms.prod(axis=1)
    fits: NDArray[np.bool_] = np.logical_and((sizes < rooms).all(axis=1), is_small)
    return fits


def _meets(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether rectangles share a place; shapes (..., 4) that go together."""
    meets: NDArray[np.bool_] = (
        (one[..., 0] < other[..., 2])
        & (other[..., 0] < one[..., 2])
        & (one[..., 1] < other[..., 3])
        & (other[..., 1] < one[..., 3])
    )
    return meets
