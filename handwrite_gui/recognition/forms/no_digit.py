"""What is no digit: synthesised scribbles, shapes, signs and pairs, for training to refuse.

Everything is drawn here by rule from a seed, with our own rasteriser, so the examples are ours.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX, frame, resample
from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.forms.drawing import inked
from handwrite_gui.recognition.forms.hand import written
from handwrite_gui.recognition.forms.letters import letter_form
from handwrite_gui.recognition.forms.shapes import shape_form

Strokes = list[NDArray[np.float64]]


def draw_no_digits(count: int, digits: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    """Make images that are no digit.

    Args:
        count: How many.
        digits: Digit images (n, 28, 28) uint8, of which pairs are made, if there are any.
        seed: The same seed gives the same images.

    Returns:
        Uint8 array (count, 28, 28), framed as digits are, ink 255 on 0.
    """
    rng = np.random.default_rng(seed)
    digits = digits[digits.any(axis=(1, 2))]
    images = np.empty((count, SIDE_PX, SIDE_PX), np.uint8)
    for image in images:
        kind = rng.random()
        if kind < 0.36:
            image[:] = inked(written(letter_form(rng), rng), rng)
        elif kind < 0.56:
            image[:] = inked(written(shape_form(rng), rng), rng)
        elif kind < 0.66 and len(digits):
            image[:] = _quantised(_pair(rng, digits))
        elif kind < 0.72:
            image[:] = _quantised(_grain(rng))
        else:
            strokes = _KINDS[rng.integers(len(_KINDS))](rng)
            image[:] = _quantised(digit_image(_wobble(rng, strokes), rng.uniform(1.6, 3.0)))
    return images


def _quantised(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.round(image * 255).astype(np.uint8)


def _pair(rng: np.random.Generator, digits: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Two or three digits side by side in one box."""
    row: list[NDArray[np.uint8]] = []
    for digit in digits[rng.integers(len(digits), size=rng.integers(2, 4))]:
        columns = np.flatnonzero(digit.any(axis=0))
        row.append(digit[:, columns[0] : columns[-1] + 1])
        row.append(np.zeros((SIDE_PX, rng.integers(0, 5)), np.uint8))
    return frame(np.concatenate(row, axis=1) / np.float32(255))


def _grain(rng: np.random.Generator) -> NDArray[np.float32]:
    """Paper with nothing on it but grain or a stain: noise of any size, faint or cut off."""
    side = rng.integers(6, 41)
    noise = rng.normal(0, 1, (side, side)).astype(np.float32)
    noise = resample(noise, 28, 28) if rng.random() < 0.7 else noise
    noise = noise / max(float(noise.std()), 1e-6) * rng.uniform(0.05, 0.6)
    return frame(np.clip(noise - rng.uniform(-0.5, 0.3), 0.0, 1.0))


def _scribble(rng: np.random.Generator) -> Strokes:
    """A pen moved to and fro: a smooth curve through many random points."""
    return [_smooth(rng.uniform(0, 1, (rng.integers(8, 30), 2)))]


def _tangle(rng: np.random.Generator) -> Strokes:
    """Loop after loop, drifting."""
    turns = rng.uniform(2.5, 7)
    angle = np.linspace(0, turns * 2 * np.pi, 120) * rng.choice([-1, 1])
    # Without a drift it would be a bold 0.
    way = rng.uniform(0, 2 * np.pi)
    drift = np.linspace(0, rng.uniform(1.2, 3.0), 120)[:, None] * (np.cos(way), np.sin(way))
    radius = rng.uniform(0.5, 1.0, 2) * (1 + 0.3 * np.sin(angle * rng.uniform(0.1, 0.4)))[:, None]
    return [np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius + drift]


def _hatching(rng: np.random.Generator) -> Strokes:
    """Zigzag lines, as when something is crossed out."""
    count = rng.integers(5, 14)
    x = np.linspace(0, rng.uniform(0.6, 2.0), count) + rng.normal(0, 0.03, count)
    y = np.where(np.arange(count) % 2 == 0, 0.0, 1.0) + rng.normal(0, 0.08, count)
    return _turned(rng, [np.stack([x, y], axis=1)])


def _lying_line(rng: np.random.Generator) -> Strokes:
    """A dash, straight or wavy, nearer to lying than to standing."""
    x = np.linspace(0, 1, 30)
    y = rng.uniform(-0.7, 0.7) * x + rng.uniform(0, 0.08) * np.sin(x * rng.uniform(3, 25))
    return [np.stack([x, y], axis=1)]


def _parallel_lines(rng: np.random.Generator) -> Strokes:
    """Two to five strokes side by side: equals, tallies."""
    gap = rng.uniform(0.15, 0.6)
    return _turned(
        rng,
        [
            _line((0, gap * i), (1, gap * i + rng.normal(0, 0.05)))
            for i in range(rng.integers(2, 6))
        ],
    )


def _cross(rng: np.random.Generator) -> Strokes:
    """Plus, times, star, hash."""
    arms = rng.integers(2, 5)
    start = rng.uniform(0, np.pi)
    strokes = []
    for arm in range(arms):
        angle = start + np.pi * arm / arms + rng.normal(0, 0.1)
        tip = np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(0.7, 1.0)
        strokes.append(_line(-tip, tip * rng.uniform(0.8, 1.1)))
    return strokes


def _polygon(rng: np.random.Generator) -> Strokes:
    """Triangle, square, diamond, star of five, house; closed, corners rounded by nothing."""
    corners = rng.integers(3, 7)
    skip = 2 if corners == 5 and rng.random() < 0.5 else 1
    angles = rng.uniform(0, 2 * np.pi) + np.arange(corners + 1) * skip * 2 * np.pi / corners
    points = np.stack([np.cos(angles), np.sin(angles)], axis=1) * rng.uniform(0.6, 1.0, 2)
    shape = [points]
    if rng.random() < 0.3:
        shape.append(_line(points[0], points[corners // 2]))
    return shape


def _face(rng: np.random.Generator) -> Strokes:
    """A round with things inside: a face, a clock, a wheel."""
    strokes = [_ellipse((0, 0), 1, rng.uniform(0.8, 1.2))]
    for _ in range(rng.integers(2, 6)):
        middle = rng.uniform(-0.55, 0.55, 2)
        if rng.random() < 0.5:
            strokes.append(_ellipse(middle, *rng.uniform(0.05, 0.3, 2)))
        else:
            strokes.append(_line(middle, middle + rng.uniform(-0.5, 0.5, 2)))
    return strokes


def _strewn(rng: np.random.Generator) -> Strokes:
    """Many short strokes strewn about."""
    starts = rng.uniform(0, 1, (rng.integers(3, 12), 2))
    return [_line(start, start + rng.normal(0, 0.15, 2)) for start in starts]


def _wave(rng: np.random.Generator) -> Strokes:
    """A wave or a run of arches, as m, w and u make."""
    x = np.linspace(0, 1, 80)
    y = np.sin(x * np.pi * rng.uniform(3, 9) + rng.uniform(0, 2 * np.pi))
    if rng.random() < 0.5:
        y = np.abs(y) * rng.choice([-1, 1])
    return _turned(rng, [np.stack([x, y * rng.uniform(0.1, 0.35)], axis=1)], 0.4)


def _blob(rng: np.random.Generator) -> Strokes:
    """A filled dot, as small as its own outline: round, or a little oblong."""
    radii = rng.uniform(0.75, 1.0, 2)
    return [_ellipse((0, 0), *(radii * share)) for share in np.linspace(0, 1, 8)]


def _arc(rng: np.random.Generator) -> Strokes:
    """Part of a round, at any angle."""
    angle = rng.uniform(0, 2 * np.pi) + np.linspace(0, rng.uniform(2.1, 4.1), 40)
    return [np.stack([np.cos(angle), np.sin(angle)], axis=1) * rng.uniform(0.6, 1.0, 2)]


def _hook(rng: np.random.Generator) -> Strokes:
    """Two lines at an angle that no 7 and no 1 has: L, V, a tick, an arrow's head."""
    corner = rng.uniform(-0.2, 0.2, 2)
    opening = rng.uniform(0.7, 2.0)
    towards = rng.choice([0.0, 0.25, 0.5, 0.75]) * np.pi + rng.normal(0, 0.2)
    tips = [
        corner + rng.uniform(0.5, 1.0) * np.array([np.cos(angle), -np.sin(angle)])
        for angle in (towards - opening / 2, towards + opening / 2)
    ]
    return [np.concatenate([_line(tips[0], corner), _line(corner, tips[1])])]


_KINDS: tuple[Callable[[np.random.Generator], Strokes], ...] = (
    _scribble,
    _tangle,
    _hatching,
    _lying_line,
    _parallel_lines,
    _cross,
    _polygon,
    _face,
    _strewn,
    _wave,
    _blob,
    _arc,
    _hook,
)


def _line(start: object, end: object) -> NDArray[np.float64]:
    return np.linspace(np.asarray(start, float), np.asarray(end, float), 12)


def _ellipse(middle: object, width: float, height: float) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, 40)
    return np.asarray(middle) + np.stack([np.cos(angle) * width, np.sin(angle) * height], axis=1)


def _smooth(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """A curve through the middles of a polyline's sides (quadratic B-spline)."""
    curve = corners
    for _ in range(3):
        quarter = 0.75 * curve[:-1] + 0.25 * curve[1:]
        three_quarters = 0.25 * curve[:-1] + 0.75 * curve[1:]
        curve = np.stack([quarter, three_quarters], axis=1).reshape(-1, 2)
    return curve


def _turned(rng: np.random.Generator, strokes: Strokes, most: float = np.pi / 2) -> Strokes:
    angle = rng.uniform(-most, most)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [stroke @ turn.T for stroke in strokes]


def _wobble(rng: np.random.Generator, strokes: Strokes) -> Strokes:
    """Let the hand tremble: each stroke bent by a slow random drift."""
    size = max(float(np.ptp(np.concatenate(strokes), axis=0).max()), 1e-9)
    bent = []
    for stroke in strokes:
        knots = rng.normal(0, 0.025 * size, (6, 2))
        at = np.linspace(0, 5, len(stroke))
        drift = [np.interp(at, np.arange(6), knots[:, axis]) for axis in (0, 1)]
        bent.append(stroke + np.stack(drift, axis=1))
    return bent
