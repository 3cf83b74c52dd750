"""The surround: the table around a page, its sides, and whatever else leaves the picture there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.components import find_components
from handwrite_gui.imaging.edges import find_edge, gradient
from handwrite_gui.imaging.marks import FAINTEST_INK, disc, is_surround
from handwrite_gui.imaging.paper import is_dark_on_light, reduce

#: Longer side of the copy on which the surround is looked for.
SIDE_PX = 600
#: Its soft side, as part of the longer side.
SOFT = 0.012
#: A table is darker than this part of the paper's brightness, and most of its side so steep, in
#: parts of the paper's brightness a pixel: a shadow's is softer. Smaller parts are none.
DARK, STEEP, MOST_OF_SIDE = 0.42, 0.035, 0.7
SMALLEST = 0.002
#: Wider strokes, as part of the longer side, are taken for a table where they leave the picture.
WIDEST_STROKE = 0.02


def find_surround(
    contrast: NDArray[np.float32], grey: NDArray[np.uint8]
) -> NDArray[np.bool_] | None:
    """Find where a table or the like lies around the page, or return None where nothing does.

    Args:
        contrast: As from `paper.contrast`, shape (height, width), or smaller.
        grey: The picture's brightness.

    Returns:
        A mask on a reduced scale.
    """
    around = _of_contrast(reduce(contrast, SIDE_PX))
    around |= _of_brightness(reduce(grey, SIDE_PX))
    if not around.any():
        return None
    mask = cv2.dilate(around.view(np.uint8), disc(2 * SOFT * SIDE_PX + 1))
    return np.asarray(mask, np.uint8).view(np.bool_)


def clear_surround(contrast: NDArray[np.float32], surround: NDArray[np.bool_]) -> None:
    """Lay paper, in place, where a mask of any scale has found a table or the like."""
    height, width = contrast.shape
    mask = cv2.resize(surround.view(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    np.copyto(contrast, 0.0, where=np.asarray(mask, np.uint8).view(np.bool_))


def _of_contrast(low: NDArray[np.float32]) -> NDArray[np.bool_]:
    """What stands out from the page as ink does, but lies about its sides."""
    edge = find_edge(low, gradient(low), FAINTEST_INK / 8)
    if edge is None:
        return np.zeros(low.shape, bool)
    dark = find_components(low > 0.6 * max(edge.threshold, FAINTEST_INK))
    return is_surround(dark).take(dark.labels)


def _of_brightness(low: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """A dark table too wide to be bridged, told from a shadow by its steep side."""
    if not is_dark_on_light(low.astype(np.float32)):
        low = 255 - low
    paper = max(float(np.percentile(low, 80)), 1.0)
    # Ink is bridged first: its edges are steep, too.
    bridged = cv2.morphologyEx(low, cv2.MORPH_CLOSE, disc(WIDEST_STROKE * SIDE_PX))
    smooth = cv2.GaussianBlur(bridged.astype(np.float32), (0, 0), 1.5) / np.float32(paper)
    steep = gradient(smooth) >= STEEP
    # Cut along what is steep, a table is parted from the shadow that lies beside it on the page.
    dark = ((smooth < DARK) & ~steep).view(np.uint8)
    inner = cv2.morphologyEx(dark, cv2.MORPH_OPEN, disc(0.008 * SIDE_PX))
    labels = cv2.connectedComponents(inner, connectivity=4)[1]
    ring = disc(5)
    steep = cv2.dilate(steep.view(np.uint8), ring) > 0
    around = np.zeros(low.shape, bool)
    rim = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    for label in rim[rim > 0][:20]:
        part = labels == label
        side = (cv2.dilate(part.view(np.uint8), ring) > 0) & ~part
        if part.mean() >= SMALLEST and side.any() and float(steep[side].mean()) >= MOST_OF_SIDE:
            around |= part
    return around
