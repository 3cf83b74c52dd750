"""The pointer of the eraser: a dashed ring as wide as it reaches."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QPainter, QPixmap

from handwrite_gui.widgets.draw.hover_ring import HALO, paint_ring

#: Systems cut or refuse larger pointers, in px.
MOST_RADIUS = 60.0


def eraser_cursor(radius: float, ratio: float) -> QCursor:
    """Return a pointer for an eraser.

    Args:
        radius: How far it reaches, in px; a larger ring than systems show is drawn smaller.
        ratio: The screen's pixels to the widget's.
    """
    radius = min(radius, MOST_RADIUS)
    middle = round(radius + HALO) + 1
    picture = QPixmap(round((2 * middle + 1) * ratio), round((2 * middle + 1) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_ring(painter, QPointF(middle + 0.5, middle + 0.5), radius, erases=True)
    painter.end()
    return QCursor(picture, middle, middle)
