"""Finding ink: from a Picture's pixels to the ink map of its one digit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import FAINTEST_INK
from handwrite_gui.domain.reading import Box
from handwrite_gui.imaging.dots import is_dot
from handwrite_gui.imaging.ink_levels import scale_to_ink
from handwrite_gui.imaging.marks import SPECK, Marks, disc, find_marks, soft_edge_px
from handwrite_gui.imaging.paper import PAPER_SIDE_PX, contrast, reduce
from handwrite_gui.imaging.rules import erase_rules
from handwrite_gui.imaging.strokes import widen_hairs

#: Larger pictures are searched at this size: a digit is framed to 20 pixels in the end.
SEARCH_SIDE_PX = 1000
#: First at this, with the paper measured on so small a copy: it takes a quarter of the time, and
#: grain, which drowns a faint digit, is averaged. A digit that is so large there is looked at no
#: closer (of 150 digits on grained, shaded and ruled paper 147 were read right, 123 before).
QUICK_SIDE_PX = 160
QUICK_PAPER_PX = 64
NEARLY_QUICK = 0.85
LARGE_PX = 48
#: Larger pictures are not: boxes are to be as exact as the eye sees them.
QUICK_MOST_PX = 480
#: Pieces of a digit, such as the bar of a 5, are this near, as part of the digit's longer side.
NEAR = 0.12
#: Marks that are tried as the digit, likeliest first.
TRIES = 5
#: Part of the digit's longer side from which another mark is a digit, too; and how near, as part
#: of the picture's, neighbours that were not meant come to its left and right side; what a cut left
#: of one is no wider than this part of its height.
OTHER = 0.35
PEEP = 0.015
CUT = 0.75
#: Part of the ink's contrast that nine tenths of the paper beside it may reach at most.
MOST_CLEAR = 0.45
#: A mark that is so many times as wide as high may be two digits that touch; none is wider than so.
WIDE, WIDEST = 1.25, 4.0


@dataclass(frozen=True, eq=False, slots=True)
class FoundDigit:
    """The one digit of a picture.

    Attributes:
        ink_map: The digit alone, 0.0 paper to 1.0 ink; of large pictures on a reduced scale.
        box: Where the digit is in the picture, in the picture's own pixels.
        is_dot: Whether it is only a dot, however large.
        is_alone: Whether nothing else in the picture can be a digit.
        is_wide: Whether it may be two digits that touch.
    """

    ink_map: NDArray[np.float32]
    box: Box
    is_dot: bool = False
    is_alone: bool = True
    is_wide: bool = False


def find_digit(pixels: NDArray[np.uint8]) -> FoundDigit | None:
    """Find the one digit of a picture; all other marks are erased.

    It is the mark with the most edge near the middle, together with the pieces that belong to it.

    Args:
        pixels: RGB, shape (height, width, 3).

    Returns:
        The digit, or None where there is no ink.
    """
    if QUICK_SIDE_PX < max(pixels.shape[:2]) <= QUICK_MOST_PX:
        found = _find(pixels, _quick_side_px(max(pixels.shape[:2])), QUICK_PAPER_PX)
        # A bold digit's hole may be closed there: what looks like a dot is looked at closer.
        if found and not found.is_dot and max(found.ink_map.shape) >= LARGE_PX:
            return found
    return _find(pixels, SEARCH_SIDE_PX, PAPER_SIDE_PX)


def _quick_side_px(side_px: int) -> int:
    """A whole part of a picture's longer side, if it is near: averaged in no time by OpenCV."""
    steps = math.ceil(side_px / QUICK_SIDE_PX)
    is_near = side_px % steps == 0 and side_px >= NEARLY_QUICK * steps * QUICK_SIDE_PX
    return side_px // steps if is_near else QUICK_SIDE_PX


def _find(pixels: NDArray[np.uint8], side_px: int, paper_px: int) -> FoundDigit | None:
    """Find the one digit, searched for at one size."""
    reduced = reduce(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), side_px)
    values, marks = _search(reduced, paper_px)
    if marks is None:
        return None
    likelihood = _likelihood(marks)
    for mark in np.argsort(-likelihood)[:TRIES]:
        if likelihood[mark] <= 0.0:
            return None
        chosen = _with_pieces(int(mark), marks)
        inked = marks.where(chosen)
        found = _ink_map(values, marks, chosen, inked)
        if found is None:
            continue
        ink_map, (x, y, width, height) = found
        across, down = (pixels.shape[i] / reduced.shape[i] for i in (1, 0))
        place = x * across, y * down, width * across, height * down
        solid = is_dot(reduced, inked)
        alone, wide = _is_alone(chosen, marks), width > WIDE * height
        return FoundDigit(widen_hairs(ink_map), place, solid, alone, wide)
    return None


def _is_alone(chosen: NDArray[np.intp], marks: Marks) -> bool:
    """Whether no other mark can be a digit, those that peep in at the sides not counted."""
    if np.count_nonzero(marks.is_ink) == len(chosen):  # and the rest of the work is spared
        return True
    height, width = marks.labels.shape
    side = float(marks.longer_side[chosen].max())
    if OTHER * side < SPECK * max(height, width):  # others of its size would be taken for specks
        return False
    other = marks.is_ink & (marks.longer_side >= OTHER * side)
    other[chosen] = False
    rim = PEEP * max(height, width)
    # A crop as tight as its Number cuts nothing off: its marks reach to the top and the bottom.
    peeps = (marks.left <= rim) | (marks.right >= width - rim)
    peeps &= (marks.top > rim) & (marks.bottom < height - rim)
    across, down = marks.right - marks.left, marks.bottom - marks.top
    peeps &= (across <= CUT * down) | (across > WIDEST * down)
    return not (other & ~peeps).any()


def _search(pixels: NDArray[np.uint8], paper_px: int) -> tuple[NDArray[np.float32], Marks | None]:
    """Return the contrast of a picture, freed of rules, and the marks in it."""
    values = contrast(pixels, paper_px)
    blur = 0.001 * max(values.shape)  # a camera's grain; drawings and small pictures stay as sharp
    if blur > 0.3:
        values = np.asarray(cv2.GaussianBlur(values, (0, 0), blur), np.float32)
    values, rules = erase_rules(values)
    return values, find_marks(values, rules)


def _likelihood(marks: Marks) -> NDArray[np.float64]:
    """Rank marks as the digit: much edge, in the middle, not cut off by the picture's side."""
    height, width = marks.labels.shape
    x = (marks.left + marks.right) / 2 / width - 0.5
    y = (marks.top + marks.bottom) / 2 / height - 0.5
    central = np.exp(-(x * x + y * y) / (2 * 0.3**2))
    leaves = (marks.left == 0) | (marks.top == 0) | (marks.right == width)
    leaves |= marks.bottom == height
    # Though a 1 may be much higher than wide.
    may_be = marks.is_ink & (marks.right - marks.left <= WIDEST * (marks.bottom - marks.top))
    return np.asarray(marks.weight * central * np.where(leaves, 0.3, 1.0) * may_be)


def _with_pieces(mark: int, marks: Marks) -> NDArray[np.intp]:
    """Add to a mark the smaller ones that are pieces of the same digit."""
    height, width = marks.labels.shape
    may_be = marks.is_ink & (marks.weight > 0.02 * marks.weight[mark])
    may_be[mark] = True
    if np.count_nonzero(may_be) == 1:  # and the rest of the work is spared
        return np.flatnonzero(may_be)
    left, top, right, bottom = marks.left, marks.top, marks.right, marks.bottom
    side = float(marks.longer_side[mark])
    x, y = (left + right) / 2, (top + bottom) / 2
    gap_x = np.maximum(left - right[mark], left[mark] - right)
    gap_y = np.maximum(top - bottom[mark], top[mark] - bottom)
    beside = (x > left[mark] - 0.15 * side) & (x < right[mark] + 0.15 * side)
    beside &= (y > top[mark] - 0.15 * side) & (y < bottom[mark] + 0.15 * side)
    narrower = np.minimum(right - left, right[mark] - left[mark])
    stacked = -gap_x > 0.5 * narrower  # the halves of an 8; neighbours stand side by side
    near = (np.maximum(gap_x, gap_y) < NEAR * side) & (beside | stacked)
    # A neighbour peeps in from a side that the digit does not reach, or lies beyond its box.
    near &= ~((left == 0) & ((left[mark] > 0) | (x < left[mark])))
    near &= ~((top == 0) & ((top[mark] > 0) | (y < top[mark])))
    near &= ~((right == width) & ((right[mark] < width) | (x > right[mark])))
    near &= ~((bottom == height) & ((bottom[mark] < height) | (y > bottom[mark])))
    near &= may_be
    near[mark] = True
    return np.flatnonzero(near)


def _ink_map(
    values: NDArray[np.float32],
    marks: Marks,
    chosen: NDArray[np.intp],
    inked: NDArray[np.bool_],
) -> tuple[NDArray[np.float32], tuple[int, int, int, int]] | None:
    """Scale the contrast of some marks from paper 0.0 to ink 1.0, soft edges kept.

    Args:
        values: Contrast of the picture.
        marks: All marks in it.
        chosen: The marks that are wanted, at least one.
        inked: Where these are.

    Returns:
        Ink map of these marks, and their box (x, y, width, height) in pixels, or None where they do
        not stand out enough from the paper beside them to be ink.
    """
    soft = soft_edge_px(values.shape)
    edge = disc(2 * soft + 1)
    # A square, for OpenCV goes along its sides one after the other: which paper it is that tells of
    # the paper matters little.
    aside = round(0.09 * float(marks.longer_side[chosen].max())) + 1
    around = np.ones((2 * aside + 1, 2 * aside + 1), np.uint8)
    # Nothing beyond these sides tells anything.
    reach = 2 * soft + aside
    left, top = (max(0, int(low[chosen].min()) - reach) for low in (marks.left, marks.top))
    right, bottom = (int(high[chosen].max()) + reach for high in (marks.right, marks.bottom))
    part = slice(top, bottom), slice(left, right)
    values, inked, is_mark = values[part], inked[part], marks.labels[part] > 0
    near = np.asarray(cv2.dilate(inked.view(np.uint8), edge), np.uint8)
    any_mark = cv2.dilate(is_mark.view(np.uint8), edge) > 0
    beside = (cv2.dilate(near, around) > 0) & ~any_mark
    core = values[inked & (values > marks.threshold)]
    ink = scale_to_ink(values, core, values[beside], MOST_CLEAR)
    if ink is None:
        return None
    ink *= near.view(np.bool_) & (inked | ~is_mark)
    # As `framing.bounding_box`, in a third of its time.
    x, y, width, height = cv2.boundingRect((ink > FAINTEST_INK).view(np.uint8))
    if width == 0:
        return None
    return ink[y : y + height, x : x + width], (left + x, top + y, width, height)
