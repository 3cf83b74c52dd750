"""Segments: the pieces of ink between two cuts, each of which may be a digit, a sign or neither."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import frame
from handwrite_gui.reading.strips.cuts import Cut
from handwrite_gui.reading.strips.writing import Writing

#: Widest segment, in row heights: more is two digits or a dash.
WIDEST = 1.8
#: Lower segments, in row heights, are signs at most, and the model is not asked.
LOWEST_DIGIT = 0.3
#: Tails that reach further below the row's middle, in row heights, are cut off before framing.
LONGEST_TAIL = 0.95
#: So much of a digit's ink may be the other side of both its cuts, as part of the row's height
#: squared: cuts may cross each other by a hair.
CROSSING = 0.002
#: Pieces of a segment smaller than this part of it are scraps of its neighbours.
SCRAP = 0.04
#: Segments of one strip that are looked at, narrowest first: memory stays bounded.
MOST = 4000


@dataclass(frozen=True, eq=False, slots=True)
class Segment:
    """What lies between two cuts.

    Attributes:
        first: The cut on its left, an index.
        last: The cut on its right, an index.
        box: Left, top, right and bottom in the writing's pixels, the last two exclusive.
        may_be_digit: Whether it is high enough; the model need not be asked of others.
        image: Digit image, (28, 28) float32.
        area: Pixels of ink.
        darkness: Mean ink of its pixels, 0.0 to 1.0.
        pieces: How many connected pieces it is in, scraps not counted.
        scraps: Part of its ink that was in scraps.
        cost: Ink that its two cuts cross, in row heights.
        strokes: How many strokes each of its two cuts crosses, left and right.
        at_edge: Whether it reaches the strip's left or right side.
    """

    first: int
    last: int
    box: tuple[int, int, int, int]
    may_be_digit: bool
    image: NDArray[np.float32]
    area: int
    darkness: float
    pieces: int
    scraps: float
    cost: float
    strokes: tuple[int, int]
    at_edge: bool


def find_segments(writing: Writing, cuts: list[Cut]) -> list[Segment]:
    """Find what may be a digit or a sign: the ink between any two cuts that is not too wide."""
    inked = writing.labels > 0
    width = inked.shape[1]
    columns = np.arange(width)
    # First and last column of the ink that each cut has on its right and on its left.
    begins = [_first(inked & ~cut.left, width) for cut in cuts]
    ends = [width - _first((inked & cut.left)[:, ::-1], width) for cut in cuts]
    crossing = CROSSING * writing.row_px**2
    segments: list[Segment] = []
    for first, last in combinations(range(len(cuts)), 2):
        one, other = cuts[first], cuts[last]
        if other.area - one.area <= 0 or ends[last] - begins[first] > WIDEST * writing.row_px:
            continue
        if len(segments) == MOST:
            break
        if np.count_nonzero(one.left & ~other.left) > crossing:
            continue
        within = (columns >= begins[first]) & (columns < ends[last])
        at = slice(int(begins[first]), int(ends[last]))
        if not within.any():
            continue
        mask = other.left[:, at] & ~one.left[:, at]
        segment = _segment(writing, mask, at.start, (first, last), (one, other))
        if segment is not None:
            segments.append(segment)
    return segments


def _first(mask: NDArray[np.bool_], width: int) -> int:
    columns = np.flatnonzero(mask.any(axis=0))
    return int(columns[0]) if len(columns) else width


def _segment(
    writing: Writing,
    mask: NDArray[np.bool_],
    offset: int,
    place: tuple[int, int],
    cuts: tuple[Cut, Cut],
) -> Segment | None:
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=8
    )
    if count == 1:
        return None
    areas = boxes[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    kept = areas >= SCRAP * areas.sum()
    kept[0] = False
    mask = kept[labels]
    rows, across = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, bottom, left, right = rows[0], rows[-1] + 1, across[0], across[-1] + 1
    mask = mask[top:bottom, left:right]
    box = int(left) + offset, int(top), int(right) + offset, int(bottom)
    # Framed whole, the bowl of a 9 with a long tail would be a dot.
    lowest = round(writing.middle_px + LONGEST_TAIL * writing.row_px)
    if top < writing.middle_px < lowest < bottom:
        bottom = lowest
        mask = mask[: bottom - top]
    ink_map = writing.ink_map[top:bottom, box[0] : box[2]]
    owners = writing.labels[top:bottom, box[0] : box[2]]
    # Soft edges are kept, but not those of a neighbour.
    near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    image = frame(np.where(near & (mask | (owners == 0)), ink_map, 0.0))
    area = int(np.count_nonzero(mask))
    darkness = float(ink_map[mask].mean())
    at_edge = box[0] <= 1 or box[2] >= writing.labels.shape[1] - 1
    scraps = 1.0 - area / max(1, int(areas.sum()))
    return Segment(
        first=place[0],
        last=place[1],
        box=box,
        may_be_digit=bottom - top >= LOWEST_DIGIT * writing.row_px,
        image=image,
        area=area,
        darkness=darkness,
        pieces=int(kept.sum()),
        scraps=scraps,
        cost=cuts[0].cost + cuts[1].cost,
        strokes=(cuts[0].strokes, cuts[1].strokes),
        at_edge=at_edge,
    )
