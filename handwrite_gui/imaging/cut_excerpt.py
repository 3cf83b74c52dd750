"""Cutting an excerpt from a Picture, and making it smaller to be shown."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from handwrite_gui.domain.excerpt import Crop, Excerpt
from handwrite_gui.domain.picture import Picture

#: The smallest reduced pixels have no side longer than this.
LEAST_PX = 256
_TURNS = (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)


def cut_excerpt(picture: Picture, excerpt: Excerpt) -> Picture:
    """Turn and crop a page that was opened, as its excerpt says.

    Args:
        picture: The page; what it was reduced to is left out.
        excerpt: Its boxes lie in the picture, unless the file has changed: then it is cut off.
    """
    pixels = picture.pixels
    for edit in excerpt.edits:
        if isinstance(edit, Crop):
            x, y, width, height = edit.box
            x, y = min(x, pixels.shape[1] - 1), min(y, pixels.shape[0] - 1)
            pixels = pixels[y : y + height, x : x + width]
        else:
            pixels = np.asarray(cv2.rotate(pixels, _TURNS[edit.quarters - 1]), np.uint8)
    return replace(picture, pixels=np.ascontiguousarray(pixels), reduced=())


def reduce_picture(picture: Picture) -> Picture:
    """Return the picture with its pixels reduced by half, again and again, to `LEAST_PX`."""
    reduced, smaller = [], picture.pixels
    while max(smaller.shape[:2]) > LEAST_PX:
        size = max(1, (smaller.shape[1] + 1) // 2), max(1, (smaller.shape[0] + 1) // 2)
        smaller = np.asarray(cv2.resize(smaller, size, interpolation=cv2.INTER_AREA), np.uint8)
        reduced.append(smaller)
    return replace(picture, reduced=tuple(reduced))
