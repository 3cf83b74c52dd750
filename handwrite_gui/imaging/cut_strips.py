"""Cutting strips: one Number's marks, upright, at the scale at which digits are read."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.strip import Strip
from handwrite_gui.imaging.ink_levels import scale_to_ink
from handwrite_gui.imaging.marks import disc
from handwrite_gui.imaging.page_marks import PageMarks
from handwrite_gui.imaging.rows import Line
from handwrite_gui.imaging.skew import turn
from handwrite_gui.imaging.strokes import stroke_width

#: Height of a digit in a strip, in pixels, and the most that a small one is enlarged.
DIGIT_PX = 44.0
MOST_ENLARGED = 4.0
#: Paper around the ink, in heights of a digit.
MARGIN = 0.3
#: Lines that lean less are cut as they are: a digit turned by a degree is the same digit.
LEVEL = 0.02
#: Wider strokes, in heights of a digit, are stains: MNIST's boldest are a quarter.
WIDEST_STROKE = 0.32
#: How far above and below the row's middle a strip reaches, in heights of a digit.
HIGHEST, LOWEST = 1.1, 1.05
#: Part of the ink's contrast that nine tenths of the paper in the strip may reach at most.
MOST_CLEAR = 0.6
#: Pixels of paper beside a Number that are looked at, at most about so many.
SAMPLE = 4000


def cut_strip(
    contrast: NDArray[np.float32],
    marks: PageMarks,
    line: Line,
    to_source: NDArray[np.float64],
) -> Strip | None:
    """Cut one Number out of a page, all other marks erased.

    Args:
        contrast: The page, upright and freed of rules.
        marks: Its marks.
        line: Those of the Number.
        to_source: Affine map (2, 3) from the page's pixels to the source's.

    Returns:
        The strip, or None where its marks do not stand out enough to be ink.
    """
    height, width = contrast.shape
    margin = max(3.0, MARGIN * line.height)
    left = max(0, int(marks.left[line.marks].min() - margin))
    top = max(0, int(marks.top[line.marks].min() - margin))
    right = min(width, math.ceil(marks.right[line.marks].max() + margin))
    bottom = min(height, math.ceil(marks.bottom[line.marks].max() + margin))
    values = contrast[top:bottom, left:right]
    labels = marks.labels[top:bottom, left:right]
    threshold = marks.threshold[top:bottom, left:right]
    ink = _ink_map(values, labels, threshold, marks.label[line.marks], line.height)
    if ink is None:
        return None
    scale = min(DIGIT_PX / line.height, MOST_ENLARGED)
    size = max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale))
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    ink = np.asarray(cv2.resize(ink, size, interpolation=how), np.float32)
    across, down = size[0] / (right - left), size[1] / (bottom - top)
    to_page = np.array([[1 / across, 0.0, left], [0.0, 1 / down, top], [0.0, 0.0, 1.0]])
    if abs(line.slope) > LEVEL:
        ink, turned = turn(ink, math.degrees(math.atan(line.slope)))
        to_page = to_page @ turned
    ink = np.clip(ink, 0.0, 1.0)
    ink, to_page = _without_tails(ink, to_page, marks, line)
    if stroke_width((ink > 0.5).view(np.uint8)) > WIDEST_STROKE * line.height * scale:
        return None
    return Strip(ink, to_source @ to_page, line.row)


def _ink_map(
    values: NDArray[np.float32],
    labels: NDArray[np.int32],
    threshold: NDArray[np.float32],
    chosen: NDArray[np.intp],
    height: float,
) -> NDArray[np.float32] | None:
    """Scale contrast from paper 0.0 to ink 1.0, soft edges kept and other marks erased."""
    wanted = np.isin(labels, chosen)
    soft = disc(2 * max(1, round(0.06 * height)) + 1)
    near = cv2.dilate(wanted.view(np.uint8), soft).view(np.bool_)
    others = (labels > 0) & ~wanted
    paper = cv2.dilate((labels > 0).view(np.uint8), soft) == 0
    core = values[wanted & (values > threshold)]
    if len(core) == 0:
        return None
    beside = values[paper]
    ink = scale_to_ink(values, core, beside[:: len(beside) // SAMPLE + 1], MOST_CLEAR)
    if ink is None:
        return None
    ink[~near | others] = 0.0
    return ink


def _without_tails(
    ink: NDArray[np.float32], to_page: NDArray[np.float64], marks: PageMarks, line: Line
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Cut off what hangs far below the row, or stands far above it.

    Whoever scales a strip by its height would make all its digits small for one long tail.
    """
    there = np.linalg.inv(to_page)
    digit_px = line.height * float(np.hypot(*there[:2, 1]))
    chosen = line.marks
    hanging = np.minimum(marks.height[chosen], line.height) / 2
    places = np.stack([marks.x[chosen], marks.top[chosen] + hanging, np.ones(len(chosen))])
    large = marks.height[chosen] >= 0.5 * line.height
    middle = float(np.median((there @ places)[1, large]))
    top = max(0, round(middle - HIGHEST * digit_px))
    bottom = min(len(ink), round(middle + LOWEST * digit_px))
    if bottom - top < 3:
        return ink, to_page
    lowered = to_page.copy()
    lowered[:, 2] += top * to_page[:, 1]
    return np.ascontiguousarray(ink[top:bottom]), lowered
