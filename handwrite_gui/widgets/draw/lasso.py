"""The lasso: a line around what is to be selected."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter, QPen, QPolygonF

from handwrite_gui.widgets.theme import colours

#: A place nearer than this to the one before is not recorded, in px.
_STEP = 2.0
_LINE, _HALO = 1.5, 3.5


class Lasso:
    """A closed line that grows. Places are pixels of the widget.

    Args:
        at: Where it begins.
    """

    def __init__(self, at: QPointF) -> None:
        self._places = [at]

    @property
    def rect(self) -> QRect:
        """The rectangle that it is painted in."""
        rect = QPolygonF(self._places).boundingRect()
        return rect.adjusted(-_HALO, -_HALO, _HALO, _HALO).toAlignedRect()

    def add(self, at: QPointF) -> None:
        """Draw it on to a place."""
        way = at - self._places[-1]
        if max(abs(way.x()), abs(way.y())) >= _STEP:
            self._places.append(at)

    def corners(self) -> NDArray[np.float64]:
        """Its corners, shape (n, 2)."""
        return np.array([place.toTuple() for place in self._places])

    def paint(self, painter: QPainter) -> None:
        """Paint it in the ink's colour with a rim of paper, so that it is seen on both."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QPen(colours().ink, _LINE)
        line.setDashPattern([4.0, 3.0])
        for pen in (QPen(colours().paper, _HALO), line):
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(self._places))
