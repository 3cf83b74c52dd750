"""Fitting an image to the room that there is for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from handwrite_gui.widgets.pictures.levels import THUMBNAIL_PX
from handwrite_gui.widgets.pictures.viewport import SHARP_FROM


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
