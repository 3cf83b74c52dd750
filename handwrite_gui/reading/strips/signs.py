"""Signs: what stands between, before and after the digits of a Number, told by place and form."""

from __future__ import annotations

import numpy as np

from handwrite_gui.reading.strips.segments import Segment
from handwrite_gui.reading.strips.writing import Writing

#: Fainter marks, of ink from 0.0 to 1.0, are the paper's.
FAINTEST = 0.45
#: Smallest point, as part of the row's height squared.
SMALLEST = 0.004
#: Longest point or comma, and thickest dash, in row heights.
POINT, THICKEST_DASH = 0.45, 0.4
#: How far a point's middle is below the row's at least, and a dash's above or below it at most.
LOW, LEVEL = 0.22, 0.42
#: How many times as wide as high a dash is.
FLAT = 2.0
#: A blank is this wide at least, in row heights, and so many times as wide as other gaps.
BLANK, WIDER = 0.6, 2.5


def name_sign(writing: Writing, segment: Segment) -> str:
    """Return a point, comma, minus, slash or equals sign, or "" for what is none of them."""
    left, top, right, bottom = segment.box
    row = writing.row_px
    height, width = (bottom - top) / row, (right - left) / row
    middle = ((top + bottom) / 2 - writing.middle_px) / row
    if segment.darkness < FAINTEST or segment.area < SMALLEST * row**2:
        return ""
    if width > FLAT * height and height < THICKEST_DASH and width > POINT / 2:
        return "-" if abs(middle) < LEVEL else ""
    if max(height, width) < POINT:
        if middle < LOW:
            return ""
        return "," if height > 1.6 * width and height > 0.25 else "."
    if segment.pieces == 2 and width > height and height < 0.6 and abs(middle) < LEVEL:
        inked = writing.labels[top:bottom, left:right] > 0
        return "=" if (~inked.any(axis=1)).any() or _is_double(inked) else ""
    if height > 0.7 and width < height and segment.pieces == 1 and not segment.at_edge:
        return "/" if _leans(writing, segment) else ""
    return ""


def is_blank(gap_px: float, other_gaps_px: list[float], row_px: float) -> bool:
    """Tell whether a gap between two digits is one between groups."""
    usual = float(np.median(other_gaps_px)) if other_gaps_px else 0.0
    return gap_px > BLANK * row_px and gap_px > WIDER * max(usual, 0.0)


def _is_double(inked: np.ndarray) -> bool:
    """Whether most columns hold two strokes, one above the other."""
    begins = np.diff(inked.astype(np.int8), axis=0, prepend=0) == 1
    return float((begins.sum(axis=0) == 2).mean()) > 0.5


def _leans(writing: Writing, segment: Segment) -> bool:
    """Whether a mark is one straight stroke from lower left to upper right."""
    left, top, right, bottom = segment.box
    y, x = np.nonzero(writing.labels[top:bottom, left:right])
    if len(x) < 2:
        return False
    slope = float(np.polyfit(y, x, 1)[0])
    aside = float(np.abs(x - np.polyval(np.polyfit(y, x, 1), y)).mean())
    return slope < -0.25 and aside < 0.6 * writing.stroke_px
