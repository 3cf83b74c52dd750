"""Components: the connected pieces of a mask, with their boxes and areas."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, slots=True)
class Components:
    """The connected pieces of a mask; arrays with one entry a piece, entry 0 what is outside.

    Attributes:
        labels: The piece of every pixel, (height, width), 0 for what is outside.
        inked: Places of the mask's pixels in the raveled picture, rising.
        label: The piece of each of them.
        left, top, right, bottom: Boxes in pixels, the last two exclusive; without meaning for 0.
        area: Pixels of each piece; 0 for what is outside.
    """

    labels: NDArray[np.int32]
    inked: NDArray[np.intp]
    label: NDArray[np.int32]
    left: NDArray[np.intp]
    top: NDArray[np.intp]
    right: NDArray[np.intp]
    bottom: NDArray[np.intp]
    area: NDArray[np.intp]


def find_components(mask: NDArray[np.bool_]) -> Components:
    """Find the pieces that hang together over sides and corners, in OpenCV's order.

    Only what is inked is counted, for it is little: OpenCV's own statistics, which look at every
    pixel, take seven times as long as its labels (measured at 160×160 pixels).

    Args:
        mask: Shape (height, width).
    """
    found = cv2.connectedComponents(mask.view(np.uint8), connectivity=8)
    count, labels = found[0], np.asarray(found[1], np.int32)
    inked = np.flatnonzero(mask)
    label = labels.ravel()[inked]
    rows, columns = np.divmod(inked, mask.shape[1])
    left, right = np.full(count, mask.shape[1]), np.zeros(count, np.intp)
    np.minimum.at(left, label, columns)
    np.maximum.at(right, label, columns + 1)
    # By rows the pixels are in order: of each piece the first one assigned last is its top.
    top, bottom = np.zeros(count, np.intp), np.zeros(count, np.intp)
    top[label[::-1]] = rows[::-1]
    bottom[label] = rows + 1
    area = np.bincount(label, minlength=count)
    return Components(labels, inked, label, left, top, right, bottom, area)
