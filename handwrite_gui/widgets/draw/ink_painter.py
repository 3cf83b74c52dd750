"""Painting ink: the one way in which strokes are seen, on the screen and in a saved picture."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from handwrite_gui.domain.ink import PRESSURE, Ink, X, Y

#: Blank paper around the ink in a saved picture, in canvas units.
MARGIN = 24.0
#: A saved picture has this many pixels for each canvas unit: 192 dpi.
SAVED_SCALE = 2.0
#: A picture of this side is 256 MB in memory.
MOST_SIDE_PX = 8_000


def width_at(pen_width: float, pressure: float) -> float:
    """Width of the line on the screen: the pen's own at half pressure, never nothing."""
    return pen_width * (0.4 + 1.2 * pressure)


def paint_stroke(
    painter: QPainter, points: NDArray[np.float64], pen_width: float, colour: QColor
) -> QRectF:
    """Paint one stroke, or the newest part of one.

    Args:
        painter: Paints in canvas units.
        points: Array (n, 4) as in `Stroke.points`; a single point gives a dot.
        pen_width: In canvas units.
        colour: Of the ink.

    Returns:
        The rectangle that was touched, in canvas units.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    widest = width_at(pen_width, float(points[:, PRESSURE].max()))
    starts, ends = (points, points) if len(points) == 1 else (points[:-1], points[1:])
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        pen.setWidthF(width_at(pen_width, end[PRESSURE]))
        painter.setPen(pen)
        # A line of no length would not be painted; this one is shorter than can be seen.
        shift = 0.01 if start[X] == end[X] and start[Y] == end[Y] else 0.0
        painter.drawLine(QPointF(start[X], start[Y]), QPointF(end[X] + shift, end[Y]))
    (left, top), (right, bottom) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    reach = widest / 2 + 1
    return QRectF(left, top, right - left, bottom - top).adjusted(-reach, -reach, reach, reach)


def ink_as_image(ink: Ink, pen_width: float, scale: float = SAVED_SCALE) -> QImage:
    """Return ink as a picture, black on white with a margin, that this program also reads.

    Args:
        ink: At least one stroke.
        pen_width: In canvas units.
        scale: Pixels to a canvas unit; less where the picture would be larger than Qt paints.
    """
    left, top, width, height = ink.box
    margin = max(MARGIN, width_at(pen_width, 1.0) / 2 + 1)
    scale = min(scale, MOST_SIDE_PX / (max(width, height) + 2 * margin))
    size = QSize(
        math.ceil((width + 2 * margin) * scale),
        math.ceil((height + 2 * margin) * scale),
    )
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    dots_per_metre = round(96 * scale / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(margin - left, margin - top)
    for stroke in ink.strokes:
        paint_stroke(painter, stroke.points, pen_width, QColor(Qt.GlobalColor.black))
    painter.end()
    return image
