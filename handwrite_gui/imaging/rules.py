"""Rules: the printed lines of ruled and squared paper, found and erased."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

#: Parts of the picture's longer side: the thickest rule, the shortest straight piece of one.
THICKEST = 0.02
PIECE = 0.025
#: Parts of the picture's width: a piece that is worth following, how much of a rule must show.
WORTH_FOLLOWING = 0.3
SHOWING = 0.65
#: Steepest rule, as rise over run, and how far its ends may bend off, as part of the longer side.
STEEPEST = 0.15
BEND = 0.08
#: Contrast below which nothing is a rule.
FAINTEST = 0.02
#: In smaller pictures a stroke is as thin and as long as a rule.
SMALLEST_PICTURE_PX = 100
MOST_RULES = 60


@dataclass(frozen=True, eq=False, slots=True)
class _Rule:
    """A line across the picture: its row at every column, its thickness and contrast."""

    rows: NDArray[np.float64]
    thickness_px: int
    contrast: float
    reaches_both_sides: bool


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """The printed lines of a page.

    Attributes:
        level: Those across it.
        upright: Those down it, as they lie in the page turned about its diagonal.
        shape: Height and width of the page that they were found in.
    """

    level: list[_Rule]
    upright: list[_Rule]
    shape: tuple[int, int]

    def enlarged(self, contrast: NDArray[np.float32]) -> Rules:
        """Return the rules as they lie in a larger copy of the page, (height, width)."""
        height, width = contrast.shape
        level = [_enlarged(rule, self.shape, contrast) for rule in self.level]
        upright = [_enlarged(rule, self.shape[::-1], contrast.T) for rule in self.upright]
        return Rules(level, upright, (height, width))

    def erase(self, contrast: NDArray[np.float32]) -> NDArray[np.float32]:
        """Erase them from the page; strokes that cross are spared."""
        contrast = _erase(contrast, self.level)
        if not self.upright:
            return contrast
        return np.ascontiguousarray(_erase(contrast.T, self.upright).T)

    def mask(self) -> NDArray[np.bool_]:
        """Where they run in the page, (height, width)."""
        mask = np.zeros(self.shape, bool)
        for rule in self.level:
            _mark(mask, rule)
        for rule in self.upright:
            _mark(mask.T, rule)
        return mask


def erase_rules(contrast: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Erase printed lines, strokes that cross them spared.

    Args:
        contrast: As from `paper.contrast`, shape (height, width).

    Returns:
        The contrast without rules, and a mask of where they ran.
    """
    rules = find_rules(contrast)
    return rules.erase(contrast), rules.mask()


def find_rules(contrast: NDArray[np.float32]) -> Rules:
    """Find printed lines; arguments as `erase_rules`."""
    height, width = contrast.shape
    if max(height, width) < SMALLEST_PICTURE_PX:
        return Rules([], [], (height, width))
    level = _believed(contrast, fewest=1)
    # The stem of a 1, 4 or 7 in a close picture is an upright line; squared paper has many.
    upright = _believed(np.asarray(cv2.transpose(_erase(contrast, level)), np.float32), fewest=3)
    return Rules(level, upright, (height, width))


def _believed(contrast: NDArray[np.float32], fewest: int) -> list[_Rule]:
    """Find level rules, if there are at least `fewest`."""
    rules = _find(contrast)
    if len(rules) < 3:  # a lone line is a rule only if it runs from side to side
        rules = [rule for rule in rules if rule.reaches_both_sides]
    if len(rules) < fewest or (len(rules) == 1 and _is_all_there_is(rules[0], contrast)):
        return []
    return rules


def _erase(contrast: NDArray[np.float32], rules: list[_Rule]) -> NDArray[np.float32]:
    """Erase level rules."""
    erased = contrast.copy() if rules else contrast
    for thickness in {rule.thickness_px for rule in rules}:
        zone = np.zeros(contrast.shape, bool)
        for rule in rules:
            if rule.thickness_px == thickness:
                _mark(zone, rule)
        # Opening upwards and downwards takes off what is no thicker than the rule and leaves
        # every stroke that crosses it as it was.
        upright = np.ones((thickness + 3, 1), np.uint8)
        opened = cv2.morphologyEx(contrast, cv2.MORPH_OPEN, upright)
        erased[zone] = np.minimum(erased[zone], opened[zone])
    return erased


def _enlarged(rule: _Rule, shape: tuple[int, int], contrast: NDArray[np.float32]) -> _Rule:
    """Scale a rule from a page of this shape to a larger copy; measure its thickness there."""
    if shape == contrast.shape:
        return rule
    scale, width = contrast.shape[0] / shape[0], contrast.shape[1]
    columns = (np.arange(width) + 0.5) * shape[1] / width - 0.5
    rows = (np.interp(columns, np.arange(shape[1]), rule.rows) + 0.5) * scale - 0.5
    band = _band(contrast, rows, math.ceil(rule.thickness_px * scale))
    inked = band > 0.5 * float(np.median(band.max(axis=0)))
    shows = inked.any(axis=0)
    if not shows.any():
        return replace(rule, rows=rows, thickness_px=math.ceil(rule.thickness_px * scale))
    middles = (inked * np.arange(len(band))[:, None]).sum(axis=0)[shows] / inked.sum(axis=0)[shows]
    aside = float(np.median(middles)) - len(band) // 2
    thickness = int(np.median(inked.sum(axis=0)[shows]))
    return replace(rule, rows=rows + aside, thickness_px=thickness)


def _is_all_there_is(rule: _Rule, contrast: NDArray[np.float32]) -> bool:
    """Whether nothing is darker than the line: then it may be the bar of a digit."""
    return float(np.percentile(contrast[contrast > 0.5 * rule.contrast], 90)) < 1.3 * rule.contrast


def _find(contrast: NDArray[np.float32]) -> list[_Rule]:
    """Find level lines: straight thin pieces, each followed across the picture."""
    width = contrast.shape[1]
    longer = max(contrast.shape)
    upright = np.ones((max(3, int(THICKEST * longer) | 1), 1), np.uint8)
    thin = contrast - cv2.morphologyEx(contrast, cv2.MORPH_OPEN, upright)
    piece = max(9, int(PIECE * longer) | 1)
    # Turned, for OpenCV averages down columns four times as fast as along rows.
    smooth = cv2.blur(cv2.transpose(thin), (1, max(3, piece // 3)))
    shows = (smooth > FAINTEST).view(np.uint8)
    straight = np.ones((piece, 1), np.uint8)
    middles = cv2.erode(shows, straight)
    shortest = WORTH_FOLLOWING * width
    if _longest_run(np.asarray(middles.any(axis=1)), 5 * piece) + piece < shortest:
        return []  # and the rest of the work is spared
    pieces = cv2.transpose(cv2.dilate(middles, straight))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, 4 * piece), np.uint8))
    if _longest_run(np.asarray(joined.any(axis=0))) < shortest:
        return []
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[_Rule] = []
    taken = np.zeros(contrast.shape, bool)
    longest_first = np.argsort(-boxes[:, cv2.CC_STAT_WIDTH])
    for label in longest_first[:MOST_RULES]:
        x, y, w, h = boxes[label, :4]
        if label == 0 or w < shortest:
            continue
        inside = labels[y : y + h, x : x + w] == label
        if taken[y : y + h, x : x + w][inside].mean() > 0.5:
            continue
        values = np.where(inside, thin[y : y + h, x : x + w], 0.0)
        columns = np.flatnonzero(values.max(axis=0) > FAINTEST)
        if len(columns) < 8:
            continue
        rows = values.argmax(axis=0)[columns] + y
        level = float(np.median(values.max(axis=0)[columns]))
        rule = _follow(thin, columns + x, rows, level)
        if rule is not None:
            found.append(rule)
            _mark(taken, rule)
    return found


def _longest_run(shows: NDArray[np.bool_], gap: int = 1) -> int:
    """Length of the longest run of what shows, (n,), steps up to this gap bridged."""
    places = np.flatnonzero(shows)
    if len(places) == 0:
        return 0
    ends = np.flatnonzero(np.diff(places) > gap)
    first = places[np.concatenate([[0], ends + 1])]
    last = places[np.concatenate([ends, [len(places) - 1]])]
    return int((last - first).max()) + 1


def _follow(
    thin: NDArray[np.float32], columns: NDArray[np.intp], rows: NDArray[np.intp], level: float
) -> _Rule | None:
    """Follow a piece to both sides, on a straight line first and then on a parabola."""
    height, width = thin.shape
    longer = max(height, width)
    x = np.arange(width) / width
    curve = np.polyfit(columns / width, rows, 1)
    if abs(curve[0]) > STEEPEST * width:
        return None
    nearest = int(0.004 * longer) + 1
    for reach in (int(0.012 * longer) + 2, int(0.006 * longer) + 1, nearest):
        band = _band(thin, np.polyval(curve, x), reach)
        shows = band.max(axis=0) > 0.5 * level
        if np.count_nonzero(shows) < 0.5 * SHOWING * width:
            return None
        peaks = np.round(np.polyval(curve, x)) + band.argmax(axis=0) - reach
        near = shows
        for _ in range(3):  # strokes that cross pull the curve aside at first
            curve = np.polyfit(x[near], peaks[near], 2)
            aside = np.abs(np.polyval(curve, x) - peaks)
            typical = float(np.median(aside[shows]))
            near = shows & (aside <= max(1.0, 2.0 * typical))
        if typical > nearest:  # most of it is too far from any curve: a row of writing
            return None
    row = np.polyval(curve, x)
    inside = (row >= 0) & (row <= height - 1)
    shown = np.count_nonzero(shows & inside)
    if shown < SHOWING * max(np.count_nonzero(inside), width // 2) or abs(curve[0]) > BEND * longer:
        return None
    # Grain, too, has some dark pixel near every column; a line is darker than the rows beside it.
    beside = int(0.006 * longer) + 4
    on, above, below = (_typical(thin, row + away) for away in (0, -beside, beside))
    if on < 2.0 * max(above, below) + 0.015:
        return None
    end = max(2, int(0.02 * width))
    reaches = (shows[:end].any() or not inside[0]) and (shows[-end:].any() or not inside[-1])
    thickness = int(np.median((band[:, shows] > 0.5 * level).sum(axis=0)))
    return _Rule(row, thickness, level, bool(reaches))


def _typical(thin: NDArray[np.float32], row: NDArray[np.float64]) -> float:
    """Contrast that most of a curve's pixels reach."""
    return float(np.percentile(_band(thin, row, 0), 30))


def _band(image: NDArray[np.float32], row: NDArray[np.float64], reach: int) -> NDArray[np.float32]:
    """Pixels up to `reach` above and below a curve, (2 reach + 1, width); 0.0 outside the image."""
    at = np.round(row).astype(int) + np.arange(-reach, reach + 1)[:, None]
    within = (at >= 0) & (at < len(image))
    return np.where(within, image[at.clip(0, len(image) - 1), np.arange(image.shape[1])], 0.0)


def _mark(mask: NDArray[np.bool_], rule: _Rule) -> None:
    """Mark the pixels of a rule and its soft edges."""
    reach = rule.thickness_px // 2 + 2
    at = np.round(rule.rows).astype(int) + np.arange(-reach, reach + 1)[:, None]
    within = (at >= 0) & (at < len(mask))
    columns = np.broadcast_to(np.arange(mask.shape[1]), at.shape)
    mask[at[within], columns[within]] = True
