"""Marks made of pixels instead of strokes: dots, the grain of paper, two digits in one box."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import bounding_box, frame, resample

#: Dots and grain are made on maps of about this side.
SIDE_PX = 64
#: Digits of a pair are about this high before they are framed together, and their line is so high.
DIGIT_PX = 48
LINE_PX = 60
#: At most so much is added to their strokes, on each side.
WIDEST_PX = 3


def dot(rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the digit image of a blot, round or oblong a little, its edge more or less soft."""
    y, x = np.mgrid[:SIDE_PX, :SIDE_PX] - (SIDE_PX - 1) / 2
    turn = rng.uniform(0.0, np.pi)
    along = x * np.cos(turn) + y * np.sin(turn)
    across = (y * np.cos(turn) - x * np.sin(turn)) * rng.uniform(1.0, 1.4)
    angle = np.arctan2(across, along)
    radius = np.full_like(angle, 0.4 * SIDE_PX)
    for waves in range(2, 6):
        dent = 0.02 * rng.normal() * np.cos(waves * angle + rng.uniform(0.0, 2 * np.pi))
        radius += 0.4 * SIDE_PX * dent
    ink = np.clip((radius - np.hypot(along, across)) / rng.uniform(1.0, 12.0) + 0.5, 0.0, 1.0)
    ink *= 1.0 - rng.uniform(0.0, 0.3) * np.clip(_noise((SIDE_PX, SIDE_PX), 8.0, rng), 0.0, 1.0)
    return frame(ink)


def grain(rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the digit image of blank paper of which the grain was taken for ink.

    All of it, its darkest specks, or the one stain that finding ink leaves of it; the grains are
    from a pixel of the digit image to a third of it.
    """
    shape = tuple(rng.integers(SIDE_PX // 2, SIDE_PX, 2))
    coarse = np.exp(rng.uniform(np.log(3.0), np.log(20.0)))
    noise = _noise(shape, coarse, rng) + rng.uniform(0.0, 1.0) * _noise(shape, coarse / 2, rng)
    noise /= noise.std()
    match rng.integers(3):
        case 0:
            ink = 0.3 + 0.4 * noise
        case 1:
            ink = (noise - rng.uniform(0.2, 0.6) * noise.max()) / rng.uniform(0.2, 1.0)
        case _:
            y, x = (np.linspace(-1.0, 1.0, side) for side in shape)
            stain = noise - 4.0 * np.hypot(y[:, None], x)
            ink = (stain - stain.max() + rng.uniform(1.0, 3.0)) / rng.uniform(0.3, 1.0)
    ink = np.clip(ink, 0.0, 1.0)
    # A standing stain could pass for a 1.
    _, _, width, height = bounding_box(ink) or (0, 0, 1, 1)
    return frame(rng.uniform(0.3, 1.0) * (ink.T if height > 1.3 * width else ink))


def _noise(
    shape: tuple[int, ...], grain_px: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Normal noise whose grains are so wide."""
    rows, columns = (max(2, round(side / grain_px)) for side in shape)
    return resample(rng.normal(size=(rows, columns)), shape[0], shape[1])


def pair(
    left: NDArray[np.uint8], right: NDArray[np.uint8], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return the digit image of two digit images (28, 28) side by side, framed as one."""
    first, second = (_on_line(image, rng) for image in (left, right))
    # Where each row's ink ends in the first digit and begins in the second.
    ends = np.max(np.where(first > 0.3, np.arange(first.shape[1]), -np.inf), axis=1)
    begins = np.min(np.where(second > 0.3, np.arange(second.shape[1]), np.inf), axis=1)
    widening = int(rng.integers(WIDEST_PX + 1))
    close = float(np.max(ends - begins)) + 2 * widening + rng.uniform(3.0, 14.0)
    # Tucked under the first, it would not be beside it.
    start = round(max(close, 0.6 * first.shape[1], 0.3 * DIGIT_PX))
    ink = np.zeros((LINE_PX, max(first.shape[1], start + second.shape[1])), np.float32)
    ink[:, : first.shape[1]] = first
    ink[:, start : start + second.shape[1]] += second
    return frame(_widened(np.minimum(ink, 1.0), widening))


def _on_line(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.float32]:
    """Enlarge a digit, and set it on a line with others, a little too high or too low."""
    ink_map = image.astype(np.float32) / 255.0
    x, y, width, height = bounding_box(ink_map) or (0, 0, *ink_map.shape)
    scale = DIGIT_PX * rng.uniform(0.75, 1.15) / max(width, height)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    top = round((LINE_PX - rows) * rng.uniform(0.2, 0.8))
    line = np.zeros((LINE_PX, columns), np.float32)
    line[top : top + rows] = resample(ink_map[y : y + height, x : x + width], rows, columns)
    return line


def _widened(ink: NDArray[np.float32], radius_px: int) -> NDArray[np.float32]:
    """Widen strokes by a round pen, for framing makes them thin."""
    height, width = ink.shape
    padded = np.pad(ink, 2 * radius_px)
    offsets = np.argwhere(np.hypot(*np.indices((2 * radius_px + 1,) * 2) - radius_px) <= radius_px)
    height, width = height + 2 * radius_px, width + 2 * radius_px
    widened = np.zeros((height, width), np.float32)
    for down, right in offsets:
        np.maximum(widened, padded[down : down + height, right : right + width], out=widened)
    return widened
