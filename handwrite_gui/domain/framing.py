"""Framing: from an ink map to the 28×28 digit image, the way MNIST's digits were made.

MNIST's makers scaled each digit, aspect kept, into a box of 20×20 and then moved it by whole pixels
until its centre of mass lay at the centre of a field of 28×28 (LeCun, Cortes, Burges, "The MNIST
database of handwritten digits"). Measured on its images: the centre of mass lies within half a
pixel of index 14.0 in every one of them, and the longer side is 20 px in 99.98 %.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SIDE_PX = 28
BOX_PX = 20
#: Pixel index (not corner) at which the centre of mass is put, measured on MNIST.
CENTRE_PX = 14.0
#: Fainter than this is paper: the edge of a resampled stroke must not grow the box.
FAINTEST_INK = 0.05


def bounding_box(ink_map: NDArray[np.floating]) -> tuple[int, int, int, int] | None:
    """Return the ink's box as (x, y, width, height) in pixels, or None on blank paper."""
    ink = ink_map > FAINTEST_INK
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return None
    x, y = int(columns[0]), int(rows[0])
    return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1


def frame(ink_map: NDArray[np.floating]) -> NDArray[np.float32]:
    """Frame one digit as MNIST's are.

    Args:
        ink_map: Any shape (height, width), 0.0 paper to 1.0 ink.

    Returns:
        Digit image, (28, 28) float32, 0.0 paper to 1.0 ink; all zeros for blank paper.
    """
    box = bounding_box(ink_map)
    if box is None:
        return np.zeros((SIDE_PX, SIDE_PX), np.float32)
    x, y, width, height = box
    scale = BOX_PX / max(width, height)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    return centre(resample(ink_map[y : y + height, x : x + width], rows, columns))


def centre(ink_map: NDArray[np.floating]) -> NDArray[np.float32]:
    """Lay an ink map of at most 28×28 on the field, its centre of mass at the field's centre.

    The move is by whole pixels, as in MNIST, and stops where ink would leave the field.
    """
    mass = float(ink_map.sum())
    if mass == 0.0:
        return np.zeros((SIDE_PX, SIDE_PX), np.float32)
    rows, columns = ink_map.shape
    row_mass, column_mass = ink_map.sum(axis=1), ink_map.sum(axis=0)
    top = round(CENTRE_PX - float(row_mass @ np.arange(rows)) / mass)
    left = round(CENTRE_PX - float(column_mass @ np.arange(columns)) / mass)
    return lay(ink_map, min(max(top, 0), SIDE_PX - rows), min(max(left, 0), SIDE_PX - columns))


def lay(ink_map: NDArray[np.floating], top: int, left: int) -> NDArray[np.float32]:
    """Lay an ink map on the field, its upper left corner at this pixel; it must lie within."""
    rows, columns = ink_map.shape
    field = np.zeros((SIDE_PX, SIDE_PX), np.float32)
    field[top : top + rows, left : left + columns] = ink_map
    return np.clip(field, 0.0, 1.0)


def resample(ink_map: NDArray[np.floating], rows: int, columns: int) -> NDArray[np.float32]:
    """Scale an ink map to (rows, columns); every source pixel counts, and nothing overshoots."""
    down = _weights(ink_map.shape[0], rows)
    across = _weights(ink_map.shape[1], columns)
    scaled: NDArray[np.float32] = down @ ink_map.astype(np.float32) @ across.T
    return scaled


@lru_cache(maxsize=128)  # For digits come in hundreds of sizes, and more would add up.
def _weights(source: int, target: int) -> NDArray[np.float32]:
    """Weights (target, source) of a triangle filter: bilinear upwards, area-like downwards."""
    scale = source / target
    support = max(scale, 1.0)
    centres = (np.arange(target) + 0.5) * scale - 0.5
    weights = np.maximum(0.0, 1.0 - np.abs(np.arange(source) - centres[:, None]) / support)
    normalised: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    answer = normalised.astype(np.float32)
    answer.setflags(write=False)  # It is given to all who ask for these sizes.
    return answer
