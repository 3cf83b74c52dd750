"""Plain marks: the connected pieces of a strip, each taken for one digit until it is doubted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import frame

#: Fainter is paper: the soft edge of a stroke must not join it to its neighbour.
FAINTEST = 0.4
#: Smaller pieces, as part of the squared height of the highest, are specks.
SPECK = 0.002
#: No Number has so many pieces: the strip is of a texture.
MOST_PIECES = 100
#: Pieces of which the narrower lies so far within the other's width, as part of its own, are one
#: digit: the bar of a 5, the halves of a 4.
STACKED = 0.5
#: Soft edges of a stroke reach so far, in pixels of a strip.
_EDGE = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, eq=False, slots=True)
class PlainMark:
    """Pieces of ink one above the other.

    Attributes:
        box: Left, top, right and bottom in pixels of the strip, the last two exclusive.
        image: Digit image, (28, 28) float32.
        pieces: How many there are.
    """

    box: tuple[int, int, int, int]
    image: NDArray[np.float32]
    pieces: int = 1

    @property
    def width(self) -> int:
        """Width of the box."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> int:
        """Height of the box."""
        return self.box[3] - self.box[1]


def find_plain_marks(ink_map: NDArray[np.float32]) -> list[PlainMark]:
    """Find the marks of a strip, from left to right; none in a texture.

    Args:
        ink_map: As a `Strip` has it.
    """
    inked = (ink_map > FAINTEST).view(np.uint8)
    found = cv2.connectedComponentsWithStats(inked, connectivity=8)
    labels, stats = np.asarray(found[1], np.int32), found[2]
    if len(stats) == 1:
        return []
    left, top, width, height, area = np.asarray(stats, int).T
    speck = SPECK * int(height[1:].max()) ** 2
    pieces = [n for n in np.argsort(left, kind="stable") if n > 0 and area[n] > speck]
    if len(pieces) > MOST_PIECES:
        return []
    boxes = np.stack([left, top, left + width, top + height], axis=1)
    return [_mark(ink_map, labels, boxes[group], group) for group in _stacked(boxes, pieces)]


def _stacked(boxes: NDArray[np.int_], pieces: list[int]) -> list[list[int]]:
    """Put pieces together that lie one above the other."""
    groups: list[list[int]] = []
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        left, right = int(boxes[piece, 0]), int(boxes[piece, 2])
        for n, (first, last) in enumerate(spans):
            if min(last, right) - max(first, left) > STACKED * min(last - first, right - left):
                groups[n].append(piece)
                spans[n] = min(first, left), max(last, right)
                break
        else:
            groups.append([piece])
            spans.append((left, right))
    return groups


def _mark(
    ink_map: NDArray[np.float32],
    labels: NDArray[np.int32],
    boxes: NDArray[np.int_],
    pieces: list[int],
) -> PlainMark:
    left, top = (int(side) for side in boxes[:, :2].min(axis=0))
    right, bottom = (int(side) for side in boxes[:, 2:].max(axis=0))
    there = (
        slice(max(top - 1, 0), bottom + 1),
        slice(max(left - 1, 0), right + 1),
    )
    owners = labels[there]
    own = owners == pieces[0]
    for piece in pieces[1:]:
        own |= owners == piece
    near = cv2.dilate(own.view(np.uint8), _EDGE).view(np.bool_)
    # Soft edges are kept, but not those of a neighbour.
    ink = np.where(near & (own | (owners == 0)), ink_map[there], np.float32(0.0))
    return PlainMark((left, top, right, bottom), frame(ink), len(pieces))
