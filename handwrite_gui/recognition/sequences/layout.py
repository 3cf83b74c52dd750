"""Layout: a text written by a hand, as an ink map; how digits lean, crowd, touch and are linked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.forms.skeleton import curve
from handwrite_gui.recognition.sequences.alphabet import DIGITS
from handwrite_gui.recognition.sequences.hands import Glyph, Hand, sign_glyph

Rng = np.random.Generator
Points = NDArray[np.float64]
#: Height of a digit on the canvas before it is scaled down.
_DIGIT_PX = 58
#: OpenCV's fixed-point coordinates: sixteenths of a pixel.
_SHIFT = 4
#: Rows of a line's height in which neighbours are kept apart, from -0.5 to 1.5 heights.
_ROWS = 20


@dataclass(frozen=True, slots=True)
class _Style:
    """How a whole strip is written; lengths are in heights of a digit."""

    pen: float
    slant: float
    turn: float
    wide: float
    gap: float
    gap_varies: float
    crowded: float
    size_varies: float
    drift: float
    zeros: float
    links: float


@dataclass(frozen=True, eq=False, slots=True)
class _Placed:
    """A glyph and the affine map (2, 3) that puts it on the line."""

    sign: str
    glyph: Glyph
    to_line: Points


def write_line(text: str, hand: Hand, rng: Rng) -> NDArray[np.uint8]:
    """Write a text.

    Args:
        text: Signs of the alphabet, and spaces for wider gaps.
        hand: Whose digits these are.
        rng: What everything else is drawn with.

    Returns:
        Ink 255 on 0, just large enough for the ink.
    """
    style = _draw_style(rng)
    placed = _place(text, hand, style, rng)
    return _paint(placed, style, rng)


def _draw_style(rng: Rng) -> _Style:
    gap = rng.normal(0.18, 0.12) if rng.random() < 0.88 else rng.uniform(0.3, 1.4)
    return _Style(
        pen=float(np.exp(rng.uniform(np.log(0.04), np.log(0.145)))),
        slant=float(np.clip(rng.normal(0.17, 0.25), -0.3, 0.9)),
        turn=float(np.clip(rng.normal(0, 0.035), -0.12, 0.12)),
        wide=float(np.exp(np.clip(rng.normal(0.1, 0.22), -0.4, 0.75))),
        gap=max(gap, -0.1),
        gap_varies=float(rng.uniform(0.02, 0.14)),
        crowded=float(rng.uniform(0, 1) ** 1.5),
        size_varies=float(rng.uniform(0.02, 0.14)),
        drift=float(rng.uniform(0.01, 0.1)),
        zeros=float(rng.uniform(0.4, 0.9)) if rng.random() < 0.4 else 1.0,
        links=float(rng.uniform(0.2, 0.95)) if rng.random() < 0.35 else 0.0,
    )


def _place(text: str, hand: Hand, style: _Style, rng: Rng) -> list[_Placed]:
    """Set glyphs side by side on an upright line, then lean and turn the whole."""
    cos, sin = np.cos(style.turn), np.sin(style.turn)
    lean = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1.0, -style.slant], [0.0, 1.0]])
    placed: list[_Placed] = []
    right_of_rows = np.full(_ROWS, -9.0)
    right, base, spaces = 0.0, 0.0, 0.0
    for sign in text:
        if sign == " ":
            spaces += rng.uniform(0.5, 1.5)
            continue
        is_digit = sign in DIGITS
        drawn = hand[int(sign)] if is_digit else None
        glyph = sign_glyph(sign, rng) if drawn is None else drawn[int(rng.integers(len(drawn)))]
        tall = np.exp(rng.normal(0, style.size_varies)) * (style.zeros if sign == "0" else 1.0)
        wide = tall * style.wide * np.exp(rng.normal(0, 0.08))
        if not is_digit:
            wide = tall * (style.wide if sign not in ".," else 1.0)
        base += rng.normal(0, style.drift * 0.6)
        foot = base + rng.normal(0, style.drift * 0.5)
        if is_digit and sign in "479" and rng.random() < 0.25:
            foot += rng.uniform(0.0, 0.3)
        matrix = np.array([[wide, 0.0], [0.0, tall]])
        if is_digit:
            angle = rng.normal(0, 0.05)
            matrix = np.array([[1.0, -angle], [angle, 1.0]]) @ matrix
        top = foot - tall * (glyph.height if is_digit else 1.0)
        if is_digit and glyph.height < 0.9 and rng.random() < 0.5:
            top -= tall * (1 - glyph.height) * 0.5
        shift = np.array([0.0, top])
        outline = glyph.outline @ matrix.T + shift
        row = np.clip(((outline[:, 1] + 1.5) * _ROWS / 2).astype(int), 0, _ROWS - 1)
        left_of_rows = np.full(_ROWS, 9.0)
        np.minimum.at(left_of_rows, row, outline[:, 0])
        gap = style.gap + rng.normal(0, style.gap_varies) + spaces
        if not is_digit:
            gap = max(abs(gap) * rng.uniform(0.4, 1.2), 0.04 + 0.3 * style.pen)
        if not placed:
            x = -float(outline[:, 0].min())
        else:
            beside = right + gap - float(outline[:, 0].min())
            # Rows may reach under each other, as a 7 does over a 4.
            near = right_of_rows.copy()
            np.maximum(near[1:], right_of_rows[:-1], out=near[1:])
            np.maximum(near[:-1], right_of_rows[1:], out=near[:-1])
            clear = float((near - left_of_rows).max()) + gap
            clear = max(clear, beside - 0.5)
            x = style.crowded * min(clear, beside) + (1 - style.crowded) * beside
            if not is_digit or placed[-1].sign not in DIGITS:  # A sign is no part of a digit.
                x = max(x, min(clear, beside))
        spaces = 0.0
        shift[0] = x
        outline[:, 0] += x
        right_of_rows = np.full(_ROWS, -9.0)
        np.maximum.at(right_of_rows, row, outline[:, 0])
        right = float(outline[:, 0].max())
        to_line = np.concatenate([lean @ matrix, (lean @ shift)[:, None]], axis=1)
        placed.append(_Placed(sign, glyph, to_line))
    return placed


def _paint(placed: list[_Placed], style: _Style, rng: Rng) -> NDArray[np.uint8]:
    outlines = [_map(each.to_line, each.glyph.outline) for each in placed]
    corners = np.concatenate(outlines)
    margin = style.pen / 2 + 0.06
    low = corners.min(axis=0) - margin
    size = corners.max(axis=0) + margin - low
    columns, rows = np.ceil(size * _DIGIT_PX).astype(int)
    canvas = np.zeros((rows, columns), np.uint8)
    pictures = np.zeros((rows, columns), np.uint8) if _has_pictures(placed) else None
    # A picture's strokes are about an eighth of its height wide: its signs are no finer.
    pen = style.pen if pictures is None else float(np.clip(style.pen, 0.09, 0.16))
    thick = max(1, round(pen * _DIGIT_PX))
    varies = rng.random() < 0.4
    for each in placed:
        to_canvas = each.to_line * _DIGIT_PX
        to_canvas[:, 2] -= low * _DIGIT_PX
        if each.glyph.image is None:
            for stroke in each.glyph.strokes:
                _draw(canvas, _map(to_canvas, stroke), thick, varies, rng)
        elif pictures is not None:
            _lay(pictures, each.glyph, to_canvas)
    if pictures is not None:
        # Softened and cut at another level, the strokes become finer or bolder.
        sigma = 0.035 * _DIGIT_PX
        soft = cv2.GaussianBlur(pictures, (0, 0), sigma).astype(np.float32)
        level = rng.uniform(60, 175)
        edge = np.clip((soft - level) * rng.uniform(2, 5) + 128, 0, 255).astype(np.uint8)
        canvas = np.maximum(canvas, edge)
    for before, after in pairwise(placed):
        if rng.random() < style.links and before.sign in DIGITS and after.sign in DIGITS:
            link = _link(before, after, low, rng)
            if link is not None:
                _draw(canvas, link, max(1, thick - int(rng.integers(0, 3))), varies, rng)
    if rng.random() < 0.12:
        _strike(canvas, placed, low, thick, rng)
    return canvas


def _strike(
    canvas: NDArray[np.uint8], placed: list[_Placed], low: Points, thick: int, rng: Rng
) -> None:
    """Draw a line through or under zeros, as some do so that nobody makes sixes of them."""
    level = 0.5 if rng.random() < 0.6 else 0.95
    zeros = [each for each in placed if each.sign == "0"]
    if len(zeros) < 2:
        return
    ends = [
        _map(each.to_line, np.array([[x * each.glyph.width, level + rng.uniform(-0.2, 0.2)]]))[0]
        for each, x in ((zeros[0], rng.uniform(-0.3, 0.6)), (zeros[-1], rng.uniform(0.4, 1.4)))
    ]
    middle = (ends[0] + ends[1]) / 2 + rng.normal(0, 0.05, 2)
    points = curve(tuple(ends[0]), tuple(middle), tuple(ends[1]))
    _draw(canvas, (points - low) * _DIGIT_PX, thick, False, rng)


def _has_pictures(placed: list[_Placed]) -> bool:
    return any(each.glyph.image is not None for each in placed)


def _map(matrix: Points, points: Points) -> Points:
    return points @ matrix[:, :2].T + matrix[:, 2]


def _draw(canvas: NDArray[np.uint8], points: Points, thick: int, varies: bool, rng: Rng) -> None:
    """Draw a stroke, of even width or with parts that were pressed harder."""
    fixed = np.round(points * 2**_SHIFT).astype(np.int32)
    if len(fixed) == 1 or np.ptp(points, axis=0).max() < 1:
        x, y = (int(value) for value in fixed[0])
        radius = int(thick * rng.uniform(0.5, 0.8) * 2**_SHIFT)
        cv2.circle(canvas, (x, y), radius, 255, -1, cv2.LINE_AA, _SHIFT)
        return
    cv2.polylines(canvas, [fixed], False, 255, thick, cv2.LINE_AA, _SHIFT)
    if varies and len(fixed) > 8:
        first, last = np.sort(rng.integers(0, len(fixed), 2))
        wider = thick + int(rng.integers(1, 2 + thick // 3))
        cv2.polylines(canvas, [fixed[first : last + 1]], False, 255, wider, cv2.LINE_AA, _SHIFT)


def _lay(canvas: NDArray[np.uint8], glyph: Glyph, to_canvas: Points) -> None:
    """Lay a picture of a digit on the canvas."""
    assert glyph.image is not None
    rows, columns = glyph.image.shape
    per_pixel = to_canvas[:, :2] * (glyph.width / columns, glyph.height / rows)
    ends = np.array([[0, 0], [columns, 0], [0, rows], [columns, rows]]) @ per_pixel.T
    ends += to_canvas[:, 2]
    x, y = np.maximum(np.floor(ends.min(axis=0)).astype(int) - 2, 0)
    right, foot = np.ceil(ends.max(axis=0)).astype(int) + 2
    part = canvas[y:foot, x:right]
    # OpenCV counts from the middle of a pixel.
    middle = to_canvas[:, 2] + per_pixel @ (0.5, 0.5) - (x + 0.5, y + 0.5)
    warp = np.concatenate([per_pixel, middle[:, None]], axis=1)
    laid = cv2.warpAffine(glyph.image, warp, (part.shape[1], part.shape[0]))
    np.maximum(part, laid, out=part)


def _link(before: _Placed, after: _Placed, low: Points, rng: Rng) -> Points | None:
    """The line that an unlifted pen leaves from one digit to the next, if they are near."""
    if before.glyph.image is None and after.glyph.image is None:
        start = _map(before.to_line, before.glyph.strokes[-1][-1:])[0]
        end = _map(after.to_line, after.glyph.strokes[0][:1])[0]
    else:
        outlines = [_map(each.to_line, each.glyph.outline) for each in (before, after)]
        right = outlines[0][np.argsort(outlines[0][:, 0])[-6:]]
        left = outlines[1][np.argsort(outlines[1][:, 0])[:6]]
        start, end = right[rng.integers(len(right))], left[rng.integers(len(left))]
    reach = float(np.hypot(*(end - start)))
    if not 0.02 < reach < 0.9:
        return None
    middle = (start + end) / 2 + np.array([0.0, rng.normal(0.06, 0.1) * min(1.0, 2 * reach)])
    return (curve(tuple(start), tuple(middle), tuple(end)) - low) * _DIGIT_PX
