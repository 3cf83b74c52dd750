"""Occlusion: what the network looks at, seen from what it says when a place is covered.

A patch is laid over each place of the digit image, and the drop of the answer's probability is
noted there (Zeiler, Fergus 2014, "Visualizing and understanding convolutional networks", section
4.2); here as log-odds. It needs only predictions, so it explains whatever model reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX, bounding_box
from handwrite_gui.reading.explaining.parts import HeatMap, Occlusion, Underway, log_odds

if TYPE_CHECKING:
    from handwrite_gui.reading.reader import Reader

#: Side of the patch, and how far it is moved each time, in pixels of the 28.
PATCH_PX = 4
STRIDE_PX = 2
#: Images read at once: so many take three networks a tenth of a second, and ink is read in between.
SLICE = 32
#: A drop of less than this in log-odds is nothing to speak of.
WORTH_NAMING = 0.5
_PLACES = (
    ("at the top left", "at the top", "at the top right"),
    ("at the left", "in the middle", "at the right"),
    ("at the bottom left", "at the bottom", "at the bottom right"),
)


def heat_map(
    reader: Reader, image: NDArray[np.float32], answer: int, covered_with: Occlusion
) -> Iterator[Underway | HeatMap]:
    """Cover each place of a digit image in turn, and tell what that does to an answer.

    Args:
        reader: Reads the covered images.
        image: Digit image, (28, 28) float32, 0.0 paper to 1.0 ink.
        answer: The class that is explained: a digit, or 10 for "no digit".
        covered_with: What is laid over each place.

    Yields:
        `Underway` after each slice of the images, and at the end the map.
    """
    shade = np.float32(1.0 if covered_with is Occlusion.INK else 0.0)
    corners = range(0, SIDE_PX - PATCH_PX + 1, STRIDE_PX)
    patches = [
        (slice(top, top + PATCH_PX), slice(left, left + PATCH_PX))
        for top, left in product(corners, corners)
    ]
    # What changes nothing need not be read.
    changing = [patch for patch in patches if (image[patch] != shade).any()]
    images = np.repeat(image[None], len(changing) + 1, axis=0)
    for covered, patch in zip(images[1:], changing, strict=True):
        covered[patch] = shade
    odds: list[float] = []
    for first in range(0, len(images), SLICE):
        read = reader.predict(images[first : first + SLICE])
        odds += [log_odds(prediction, answer) for prediction in read]
        yield Underway()
    drop, count = np.zeros((2, SIDE_PX, SIDE_PX))
    for patch in patches:
        count[patch] += 1
    for patch, covered_odds in zip(changing, odds[1:], strict=True):
        drop[patch] += odds[0] - covered_odds
    drop /= count
    yield HeatMap(covered_with, image, drop, _place(drop, image))


def _place(drop: NDArray[np.float64], image: NDArray[np.float32]) -> str:
    """Name the place, within the ink's box, where the drop is largest."""
    box = bounding_box(image)
    if box is None or drop.max() < WORTH_NAMING:
        return ""
    left, top, width, height = box
    row, column = np.unravel_index(int(np.argmax(drop)), drop.shape)
    down, right = (int(row) + 0.5 - top) / height, (int(column) + 0.5 - left) / width
    return _PLACES[_third(down)][_third(right)]


def _third(share: float) -> int:
    return min(max(int(3 * share), 0), 2)
