"""Previews: what the page keeps of a Picture to show it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from handwrite_gui.domain.picture import Picture

#: Enough to fill most screens. Thirty pictures of a telephone's camera then take 300 MB, not 1 GB.
LONGEST_PX = 2048
#: Enough for a thumbnail at 200 % text on a screen of 2×.
THUMBNAIL_PX = 256
#: What is enlarged so many times is shown in squares, as a 28×28 image is.
SHARP_FROM = 4.0


def preview(picture: Picture) -> QImage:
    """Copy a picture into an image whose sides are at most `LONGEST_PX`."""
    pixels = np.ascontiguousarray(picture.pixels)
    height, width = pixels.shape[:2]
    borrowed = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # Every n-th pixel is enough, for `fit` smooths what is left: of 12 million pixels that takes a
    # seventh of the time, and cannot be told from the better way (measured, and looked at).
    return borrowed.scaled(_within(borrowed.size(), LONGEST_PX)).copy()


def thumbnail(image: QImage) -> QImage:
    """Reduce an image until its sides are at most `THUMBNAIL_PX`; tiny ones are enlarged."""
    return fit(image, QSize(THUMBNAIL_PX, THUMBNAIL_PX))


def fit(image: QImage, room: QSize) -> QImage:
    """Scale an image to the room there is, aspect kept, both in the same pixels.

    A picture is scaled smoothly. One so small that this would only blur it is enlarged by a whole
    number, so that every pixel becomes a sharp square of the same size as the others.
    """
    scale = min(room.width() / image.width(), room.height() / image.height())
    if scale >= SHARP_FROM:
        return image.scaled(image.size() * int(scale))
    size = QSize(max(1, round(image.width() * scale)), max(1, round(image.height() * scale)))
    # To smooth every n-th pixel is enough for a thumbnail, and takes a fraction of the time.
    coarse = image if scale > 0.25 else image.scaled(size * 4)
    return coarse.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _within(size: QSize, longest_px: int) -> QSize:
    """Reduce a size, aspect kept, until its longer side is `longest_px`; enlarge nothing."""
    scale = min(1.0, longest_px / max(size.width(), size.height()))
    return QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
