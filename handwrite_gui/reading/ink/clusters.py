"""Clusters: what lies over one another, and so belongs to one row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Pieces of a row lie side by side for at least this share of the lower one's height.
LEAST_OVERLAP = 0.45
#: So near, in heights of the writing, pieces lie over one another; in a digit that is no higher
#: than this less overlap will do.
_BESIDE, _ONE_DIGIT, _ONE_OVERLAP = 0.05, 1.85, 0.3
#: Strokes that are together higher than this are not of one digit: a line down the page joins no
#: rows.
_NO_DIGIT = 2.2
#: Each piece is compared with so many after it, by their middles: time stays bounded.
_COMPARED = 200


def find_clusters(
    boxes: NDArray[np.float64], height: float
) -> list[tuple[list[int], float, float]]:
    """Join what lies over one another, as the two strokes of a 4 do.

    A digit's upper stroke may lie above all other digits of the row, but not above its own.

    Args:
        boxes: Left, top, right and bottom, shape (k, 4), k ≥ 1, from left to right by their
            middles.
        height: Of the writing.

    Returns:
        The places of each cluster's boxes, its top and its bottom; from left to right by their
        first ones.
    """
    top, bottom = boxes[:, 1].copy(), boxes[:, 3].copy()
    roots = _roots(boxes, height)
    np.minimum.at(top, roots, boxes[:, 1])
    np.maximum.at(bottom, roots, boxes[:, 3])
    tops, bottoms = top.tolist(), bottom.tolist()
    clusters: dict[int, list[int]] = {}
    for at, root in enumerate(roots):
        clusters.setdefault(root, []).append(at)
    return [(members, tops[root], bottoms[root]) for root, members in clusters.items()]


def _roots(boxes: NDArray[np.float64], height: float) -> list[int]:
    """Return of each box the first one of its cluster."""
    left, top, right, bottom = boxes.T
    reach = right + _BESIDE * height
    one, other = _pairs(left, reach)
    near = left[one] <= reach[other]
    near &= left[other] <= reach[one]
    one, other = one[near], other[near]
    overlap = np.minimum(bottom[one], bottom[other]) - np.maximum(top[one], top[other])
    both = np.maximum(bottom[one], bottom[other]) - np.minimum(top[one], top[other])
    lower = np.minimum((bottom - top)[one], (bottom - top)[other])
    is_joined = (
        overlap >= np.where(both <= _ONE_DIGIT * height, _ONE_OVERLAP, LEAST_OVERLAP) * lower
    )
    is_joined &= both <= _NO_DIGIT * height
    root = list(range(len(boxes)))
    for at, to in zip(one[is_joined].tolist(), other[is_joined].tolist(), strict=True):
        first, second = sorted((_root(root, at), _root(root, to)))
        root[second] = first
    return [_root(root, at) for at in range(len(boxes))]


def _root(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


def _pairs(
    left: NDArray[np.float64], reach: NDArray[np.float64]
) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Pairs of places that are at most `_COMPARED` apart, the first before the second.

    Without those after which all begin further to the right than the first one reaches.
    """
    place = np.arange(len(left))
    leftmost = np.minimum.accumulate(left[::-1])[::-1]
    further = np.minimum(np.searchsorted(leftmost, reach, "right") - 1 - place, _COMPARED)
    first = np.repeat(place, further)
    nth = np.arange(len(first)) - np.repeat(np.cumsum(further) - further, further)
    return first, first + 1 + nth
