"""The surround: the table around a page, its sides, and whatever else leaves the picture there."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.edges import find_edge, gradient
from handwrite_gui.imaging.marks import FAINTEST_INK, disc, is_surround
from handwrite_gui.imaging.paper import reduce

#: Longer side of the copy on which the surround is looked for.
SIDE_PX = 600
#: Its soft side, as part of the longer side.
SOFT = 0.012


def clear_surround(contrast: NDArray[np.float32]) -> None:
    """Lay paper, in place, where a table or the like lies around the page."""
    low = reduce(contrast, SIDE_PX)
    edge = find_edge(low, gradient(low), FAINTEST_INK / 8)
    if edge is None:
        return
    dark = low > 0.6 * max(edge.threshold, FAINTEST_INK)
    count, labels = cv2.connectedComponents(dark.view(np.uint8), connectivity=8)
    around = is_surround(np.asarray(labels, np.int32), count)
    if not around.any():
        return
    mask = cv2.dilate(around[labels].view(np.uint8), disc(2 * SOFT * SIDE_PX + 1))
    height, width = contrast.shape
    mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    np.copyto(contrast, 0.0, where=mask.view(np.bool_))
