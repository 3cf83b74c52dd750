"""Levels: a picture at several sizes, of which the one is painted that suits the screen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box
from handwrite_gui.widgets.pictures.viewport import SHARP_FROM

#: Enough to fill most screens. Thirty pictures of a telephone's camera then take 300 MB, not 1 GB.
LONGEST_PX = 2048
#: Enough for a thumbnail at 200 % text on a screen of 2×.
THUMBNAIL_PX = 256


class Levels:
    """The pixels of a picture, and the same ones reduced.

    Attributes:
        size_px: Width and height of the picture itself.
    """

    def __init__(
        self, size_px: tuple[int, int], pixels: tuple[NDArray[np.uint8], ...] = ()
    ) -> None:
        """Take pixels, which are not copied.

        Args:
            size_px: As the attribute.
            pixels: Uint8 arrays (height, width, 3), the largest first. None for no picture.
        """
        self.size_px = size_px
        self._pixels = tuple(np.ascontiguousarray(each) for each in pixels)
        #: What was painted last, and a little around it: whose level, where in it, and an image.
        self._part = (-1, QRect(), QImage())

    @classmethod
    def of(cls, picture: Picture) -> Levels:
        """All levels of a picture."""
        return cls(picture.size, (picture.pixels, *picture.reduced))

    @property
    def is_empty(self) -> bool:
        """Whether there is no picture."""
        return not self._pixels

    @property
    def is_whole(self) -> bool:
        """Whether the picture's own pixels are among them."""
        return not self.is_empty and self._pixels[0].shape[1::-1] == self.size_px

    @property
    def byte_count(self) -> int:
        """How much memory the pixels take."""
        return sum(each.nbytes for each in self._pixels)

    def small(self) -> Levels:
        """Those whose sides are at most `LONGEST_PX`, but at least the smallest."""
        small = [each for each in self._pixels if max(each.shape[:2]) <= LONGEST_PX]
        return Levels(self.size_px, tuple(small) or self._pixels[-1:])

    def thumbnail(self) -> QImage:
        """A copy of the smallest one that a thumbnail can be made of."""
        large = [each for each in self._pixels if max(each.shape[:2]) >= THUMBNAIL_PX]
        return _image(large[-1] if large else self._pixels[0]).copy()

    def cut(self, box: Box, margin: float) -> QImage:
        """Copy what the largest level shows in a box.

        Args:
            box: In the picture's pixels.
            margin: What is copied around it, where there is something, in those pixels.
        """
        pixels = self._pixels[0]
        across, down = pixels.shape[1] / self.size_px[0], pixels.shape[0] / self.size_px[1]
        x, y, width, height = box
        place = QRectF(
            (x - margin) * across,
            (y - margin) * down,
            (width + 2 * margin) * across,
            (height + 2 * margin) * down,
        )
        image = _image(pixels)
        return image.copy(place.toAlignedRect().intersected(image.rect()))

    def paint(self, painter: QPainter, whole: QRect, visible: QRect) -> None:
        """Paint the part of the picture that is seen.

        Args:
            painter: Paints in pixels of the screen.
            whole: Where the whole picture would be, in those pixels.
            visible: What of that is seen.
        """
        level = self._level(whole.width())
        height, width = self._pixels[level].shape[:2]
        across, down = width / whole.width(), height / whole.height()
        source = QRectF(
            (visible.left() - whole.left()) * across,
            (visible.top() - whole.top()) * down,
            visible.width() * across,
            visible.height() * down,
        )
        at, image = self._image_around(level, source)
        smooth = whole.width() < SHARP_FROM * width
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(QRectF(visible), image, source.translated(-at.left(), -at.top()))

    def _level(self, width_px: int) -> int:
        """The smallest level that is at least so wide, or the largest."""
        enough = [n for n, each in enumerate(self._pixels) if each.shape[1] >= width_px]
        return enough[-1] if enough else 0

    def _image_around(self, level: int, source: QRectF) -> tuple[QRect, QImage]:
        """A part of a level in the pixels that Qt paints fastest, made anew when it is left."""
        known, at, image = self._part
        wanted = source.toAlignedRect()
        if known != level or not at.contains(wanted):
            height, width = self._pixels[level].shape[:2]
            across, down = wanted.width() // 8 + 1, wanted.height() // 8 + 1
            around = wanted.adjusted(-across, -down, across, down)
            at = around.intersected(QRect(0, 0, width, height))
            part = _image(self._pixels[level]).copy(at)
            image = part.convertToFormat(QImage.Format.Format_RGB32)
            self._part = level, at, image
        return at, image


def _image(pixels: NDArray[np.uint8]) -> QImage:
    """Look at pixels as an image, which is not to live longer than they do."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
