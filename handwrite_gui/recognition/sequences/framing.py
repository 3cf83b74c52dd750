"""Framing a strip for the network: its height, its contrast, and room at both ends."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT_PX = 40
#: Columns for one time step of the network.
STEP_PX = 4
#: Paper that is added at both ends, so that nothing is read at the very rim.
MARGIN_PX = 8
#: Widths are padded to a multiple of this, so that there are few different ones.
WIDTHS_PX = 32
#: Longer strips are squeezed.
WIDEST_PX = 1024
#: Share of a strip's pixels that is certainly ink.
_INK_SHARE = 0.01
#: Ink is at least so much darker than paper, of 0.0 to 1.0: noise is no ink.
_FAINTEST = 0.04


def frame_strip(ink_map: NDArray[np.floating], squeeze: float = 1.0) -> NDArray[np.uint8]:
    """Scale a strip to the network's height, paper to 0 and ink to 255.

    Args:
        ink_map: Shape (height, width), near 0.0 on paper and higher on ink; its paper may have a
            pattern.
        squeeze: Scales the width alone.

    Returns:
        Shape (HEIGHT_PX, width), the width a multiple of WIDTHS_PX, paper at both ends.
    """
    height, width = ink_map.shape
    columns = round(width * squeeze * HEIGHT_PX / height)
    columns = min(max(columns, STEP_PX), WIDEST_PX - 2 * MARGIN_PX)
    size = columns, HEIGHT_PX
    method = cv2.INTER_AREA if height > HEIGHT_PX else cv2.INTER_LINEAR
    scaled = cv2.resize(np.asarray(ink_map, np.float32), size, interpolation=method)
    values = level(np.asarray(scaled, np.float32))
    padded = -(-(columns + 2 * MARGIN_PX) // WIDTHS_PX) * WIDTHS_PX
    framed = np.zeros((HEIGHT_PX, padded), np.uint8)
    framed[:, MARGIN_PX : MARGIN_PX + columns] = np.round(values * 255)
    return framed


def level(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale values so that paper is 0.0 and ink 1.0."""
    paper = float(np.median(values))
    ink = float(np.quantile(values, 1 - _INK_SHARE))
    scale = 1 / max(0.95 * (ink - paper), _FAINTEST)
    return np.asarray(np.clip((values - paper) * scale, 0.0, 1.0), np.float32)


def step_edge(step: float, shape: tuple[int, ...], squeeze: float = 1.0) -> float:
    """Return at which x of a strip of this shape a step of the framed one begins, in pixels."""
    height, width = shape
    columns = round(width * squeeze * HEIGHT_PX / height)
    columns = min(max(columns, STEP_PX), WIDEST_PX - 2 * MARGIN_PX)
    return float(np.clip((step * STEP_PX - MARGIN_PX) * width / columns, 0, width))
