"""Finding Numbers: from a Picture's pixels to a strip of each Number, wherever it stands."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.strip import Strip
from handwrite_gui.imaging.cut_strips import cut_strip
from handwrite_gui.imaging.find_ink import OTHER, WIDE
from handwrite_gui.imaging.ink_levels import FAINTEST
from handwrite_gui.imaging.page_marks import PageMarks, find_page_marks
from handwrite_gui.imaging.paper import contrast, halve, reduce
from handwrite_gui.imaging.rows import Line, find_lines
from handwrite_gui.imaging.rules import find_rules
from handwrite_gui.imaging.skew import skew_degrees, turn
from handwrite_gui.imaging.surround import clear_surround, find_surround

#: Larger pages are reduced to this size: a digit of an eightieth of the page's height has then
#: 20 pixels, which is what the model sees.
SEARCH_SIDE_PX = 2200
#: Of pages larger than this the surround, the skew and the rules are looked for at half the size.
LARGE_PX = 2000
#: Longer side of the copy on which a page's paper is measured, and its widest stroke.
PAPER_SIDE_PX = 320
WIDEST_STROKE = 0.08
#: Strips cut in one slice.
STRIPS_A_SLICE = 8
#: Pages that are turned by less are read as they lie; each row is then cut along its own slope.
LEVEL_DEGREES = 1.5
#: A picture whose one row of digits is so high, as part of its height, was cut out for that row;
#: larger pictures are pages.
ONE_ROW, LARGEST_ROW_PX = 0.35, 1_000_000
#: So high, no other row has room, whatever was found above or below.
NO_OTHER_ROW = 0.45
#: A picture so many times as wide as high may be of one row, though none was found in it, if it is
#: no larger than this: a dense pattern can hide the ink, and larger pictures are pages.
ROW_SHAPE, ROW_PIXELS = 2.0, 250_000
#: The darkest part of a row that is certainly ink, and the paper that is laid above and below it,
#: as part of its height.
INK_SHARE, ROOM = 0.005, 0.1
#: What is finer than this part of a row's height is the paper's pattern rather than ink.
SOFTENED = 0.019


@dataclass(frozen=True, eq=False, slots=True)
class FoundStrips:
    """The Numbers of a picture.

    Attributes:
        strips: One a Number, ordered by row and then from the left.
        is_one_mark: Whether nothing but one mark was found, and it is no wider than one digit.
        on_paper: Where the picture is of one row and no more, all of it as one strip, pattern and
            rules included: what was taken for those may have been ink. It is not turned: of one
            row what leans may be the pattern.
        is_row: Whether that row was found; otherwise the picture has only the shape of one.
    """

    strips: tuple[Strip, ...] = ()
    is_one_mark: bool = False
    on_paper: Strip | None = None
    is_row: bool = False


def find_strips(pixels: NDArray[np.uint8]) -> Generator[None, None, FoundStrips]:
    """Find the Numbers of a picture, a bounded piece of work at a time.

    Args:
        pixels: RGB, shape (height, width, 3).

    Yields:
        Nothing, after each slice of the work.

    Returns:
        What was found.
    """
    grey = reduce(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), SEARCH_SIDE_PX)
    yield
    values = contrast(grey, PAPER_SIDE_PX, WIDEST_STROKE)
    yield
    across, down = pixels.shape[1] / grey.shape[1], pixels.shape[0] / grey.shape[0]
    to_source = np.array([[across, 0.0, 0.0], [0.0, down, 0.0]])
    untouched = (values.copy(), to_source) if values.size <= LARGEST_ROW_PX else None
    has_row_shape = grey.size <= ROW_PIXELS and grey.shape[1] >= ROW_SHAPE * grey.shape[0]
    surround = find_surround(_smaller(values), grey)
    del grey
    if surround is not None:
        clear_surround(values, surround)
    yield
    degrees = skew_degrees(_smaller(values))
    if abs(degrees) > LEVEL_DEGREES:
        values, back = turn(values, degrees)
        to_source = to_source @ back
    yield
    rules = find_rules(_smaller(values)).enlarged(values)
    yield
    values = rules.erase(values)
    yield
    marks = find_page_marks(values, rules.mask())
    yield
    if marks is None or len(marks.label) == 0:
        return FoundStrips(on_paper=_on_paper(*untouched) if untouched and has_row_shape else None)
    lines = find_lines(marks)
    yield
    strips: list[Strip] = []
    for nth, line in enumerate(lines):
        strip = cut_strip(values, marks, line, to_source)
        if strip is not None:
            strips.append(strip)
        if nth % STRIPS_A_SLICE == 0:
            yield
    is_one_mark = len(strips) == 1 and _is_one_mark(marks, lines)
    is_row = bool(strips) and _is_one_row(lines, values.shape[0])
    on_paper = None
    if untouched is not None and (is_row or has_row_shape):
        on_paper = _on_paper(*untouched)
    return FoundStrips(tuple(strips), is_one_mark, on_paper, is_row and on_paper is not None)


def _smaller(contrast: NDArray[np.float32]) -> NDArray[np.float32]:
    is_large = max(contrast.shape) > LARGE_PX and min(contrast.shape) > 1
    return halve(contrast) if is_large else contrast


def _is_one_row(lines: list[Line], height_px: int) -> bool:
    share = max(line.height for line in lines) / height_px
    return share >= (ONE_ROW if len({line.row for line in lines}) == 1 else NO_OTHER_ROW)


def _on_paper(contrast: NDArray[np.float32], to_source: NDArray[np.float64]) -> Strip:
    contrast = np.asarray(cv2.GaussianBlur(contrast, (0, 0), SOFTENED * len(contrast)), np.float32)
    ink = max(float(np.quantile(contrast, 1 - INK_SHARE)), FAINTEST)
    room = round(ROOM * len(contrast))
    paper = float(np.median(contrast))
    padded = np.pad(contrast, ((room, room), (0, 0)), constant_values=paper)
    below = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, -room], [0.0, 0.0, 1.0]])
    return Strip(np.clip(padded / ink, 0.0, 1.0), to_source @ below)


def _is_one_mark(marks: PageMarks, lines: list[Line]) -> bool:
    """Whether all that was found is one mark no wider than a digit, and smaller ones about it."""
    found = np.concatenate([line.marks for line in lines])
    width = marks.right[found].max() - marks.left[found].min()
    largest = found[np.argmax(marks.size[found])]
    others = found[(found != largest) & (marks.size[found] >= OTHER * marks.size[largest])]
    beside = marks.left[others] >= marks.right[largest]
    beside |= marks.right[others] <= marks.left[largest]
    height = marks.bottom[found].max() - marks.top[found].min()
    return bool(width <= WIDE * height and not beside.any())
