"""Writing: a strip brought to one size, its ink told from the paper's pattern, its row measured."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.edges import find_edge, gradient

#: Height that a row of digits is scaled to: enough to cut by half a stroke, and cheap.
ROW_PX = 48.0
#: Thinner strokes, in pixels of the scaled row, are widened to this: framing would make hairs of
#: them (see `imaging.strokes`).
THINNEST_STROKE_PX = 3.6
#: Least contrast of ink; and the same as part of the strip's darkest, for a dense pattern has more
#: edges than the ink.
FAINTEST, NEARER = 0.2, 0.45
#: Hysteresis: what hangs together with ink is ink down to this part of the threshold.
WEAK = 0.8
#: Specks, as part of the row's height squared.
SPECK = 0.002
#: Thickest remains of a rule and longest bar of a digit, in row heights; and how near a rule is to
#: the strip's upper or lower side.
HAIR, LONGEST_BAR, AT_RIM = 0.1, 1.2, 0.25
LARGEST_SCALE = 4.0


@dataclass(frozen=True, eq=False, slots=True)
class Writing:
    """The ink of a strip, on the scale on which it is cut.

    Attributes:
        ink_map: 0.0 paper to 1.0 ink, soft edges kept, the paper's pattern gone; (height, width).
        labels: The connected mark of every pixel, 0 for paper; (height, width).
        count: How many labels there are, paper included.
        scale: Pixels here for one of the strip.
        row_px: Height of the row's digits, in pixels here.
        middle_px: Where the middle of the row is.
        stroke_px: Mean width of its strokes.
    """

    ink_map: NDArray[np.float32]
    labels: NDArray[np.int32]
    count: int
    scale: float
    row_px: float
    middle_px: float
    stroke_px: float


def find_writing(ink_map: NDArray[np.float32]) -> Writing | None:
    """Find the ink of a strip and measure its row, or return None where there is none.

    Args:
        ink_map: As a `Strip` has it.
    """
    threshold = _threshold(ink_map)
    if threshold is None:
        return None
    row = _row(_label(ink_map, threshold, 0.0))
    if row is None:
        return None
    scale = min(ROW_PX / row[0], LARGEST_SCALE)
    scaled = _erase_rules(_scale(ink_map, scale, threshold), threshold, row[0] * scale)
    speck = SPECK * (row[0] * scale) ** 2
    count, labels, boxes = _label(scaled, threshold, speck)
    row = _row((count, labels, boxes))
    if row is None:
        return None
    inked = labels > 0
    full = float(np.percentile(scaled[inked], 70))
    near = cv2.dilate(inked.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    clear = 0.5 * threshold
    soft = np.where(near, np.clip((scaled - clear) / (full - clear), 0.0, 1.0), 0.0)
    depth = cv2.distanceTransform(inked.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    stroke = max(1.0, 4.0 * float(depth[inked].mean()) - 2.0)
    return Writing(soft.astype(np.float32), labels, count, scale, row[0], row[1], stroke)


def _threshold(ink_map: NDArray[np.float32]) -> float | None:
    """Find the level at which ink begins: along its edges, and nearer to ink than to paper."""
    edge = find_edge(ink_map, gradient(ink_map), 0.01)
    if edge is None:
        return None
    darkest = float(np.percentile(ink_map, 97))  # ink covers more than so little of a strip
    return max(edge.threshold, FAINTEST, NEARER * darkest)


def _label(
    ink_map: NDArray[np.float32], threshold: float, speck: float
) -> tuple[int, NDArray[np.int32], NDArray[np.int32]]:
    """Label the marks by hysteresis (Canny 1986), specks left out; labels are without gaps."""
    weak = (ink_map > WEAK * threshold).astype(np.uint8)
    count, found, boxes, _ = cv2.connectedComponentsWithStats(weak, connectivity=8)
    strong = np.bincount(found.ravel(), weights=(ink_map > threshold).ravel(), minlength=count)
    kept = (strong > 0.25 * boxes[:, cv2.CC_STAT_AREA]) & (strong > speck)
    kept[0] = False
    new = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    order = np.concatenate([[0], np.flatnonzero(kept)])
    return len(order), new[found], np.asarray(boxes[order], np.int32)


def _row(
    marks: tuple[int, NDArray[np.int32], NDArray[np.int32]],
) -> tuple[float, float] | None:
    """Measure the row's height and middle by its marks, the larger the more they count."""
    boxes = marks[2][1:]
    if len(boxes) == 0:
        return None
    heights = boxes[:, cv2.CC_STAT_HEIGHT].astype(np.float64)
    # Against the usual height, for a single long tail may be twice as high as all others.
    tall = heights >= 0.5 * _weighted_median(heights, boxes[:, cv2.CC_STAT_WIDTH] + 0.5 * heights)
    boxes, heights = boxes[tall], heights[tall]
    weights = boxes[:, cv2.CC_STAT_WIDTH] + 0.5 * heights
    middles = boxes[:, cv2.CC_STAT_TOP] + heights / 2
    return _weighted_median(heights, weights), _weighted_median(middles, weights)


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, 0.5 * reached[-1])])


def _erase_rules(
    ink_map: NDArray[np.float32], threshold: float, row_px: float
) -> NDArray[np.float32]:
    """Erase what is left of rules: level hairs longer than any bar of a digit.

    Strokes that cross them are kept, for they are higher than a hair.
    """
    weak = (ink_map > WEAK * threshold).astype(np.uint8)
    hair = max(3, round(HAIR * row_px)) | 1
    thick = cv2.morphologyEx(weak, cv2.MORPH_OPEN, np.ones((hair, 1), np.uint8))
    thin = ((weak > 0) & (thick == 0)).astype(np.uint8)
    # Breaks of a rule and the strokes that cross it are bridged to see how long it is.
    bridged = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, hair), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    rule = boxes[:, cv2.CC_STAT_WIDTH] > LONGEST_BAR * row_px
    rule &= boxes[:, cv2.CC_STAT_HEIGHT] < 2 * hair
    bottom = len(ink_map) - boxes[:, cv2.CC_STAT_TOP] - boxes[:, cv2.CC_STAT_HEIGHT]
    rule &= np.minimum(boxes[:, cv2.CC_STAT_TOP], bottom) < AT_RIM * row_px
    rule[0] = False
    return np.where(rule[labels] & (thin > 0), 0.0, ink_map).astype(np.float32)


def _scale(ink_map: NDArray[np.float32], scale: float, threshold: float) -> NDArray[np.float32]:
    """Scale a strip; where it shrinks, thin strokes are widened first."""
    height, width = ink_map.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    if scale >= 1.0:
        return np.asarray(cv2.resize(ink_map, size, interpolation=cv2.INTER_CUBIC), np.float32)
    inked = (ink_map > threshold).astype(np.uint8)
    depth = cv2.distanceTransform(inked, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    stroke = 4.0 * float(depth[inked > 0].mean()) - 2.0
    wider = round(THINNEST_STROKE_PX / scale - stroke)
    if wider > 0:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wider + 1, wider + 1))
        ink_map = np.asarray(cv2.dilate(ink_map, disc), np.float32)
    return np.asarray(cv2.resize(ink_map, size, interpolation=cv2.INTER_AREA), np.float32)
