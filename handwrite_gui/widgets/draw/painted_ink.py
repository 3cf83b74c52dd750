"""Painted ink: kept as it was painted, so that a move of the pen paints only its own."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.ink_painter import (
    ink_pen,
    paint_lead,
    paint_pieces,
    paint_stroke,
    rect_of,
)
from handwrite_gui.widgets.draw.live_stroke import Point
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve
from handwrite_gui.widgets.theme import colours

#: The tail is seen until the next move only, and must cost little.
_TAIL_COARSE = 4.0
#: Looked up once: Python 3.11 is slow at the members of enumerations.
_SMOOTH = QPainter.RenderHint.Antialiasing


class PaintedInk:
    """Ink on a pixmap, and over it the tail of the stroke under the pen.

    The pixmap takes what does not change any more. The tail, from there to the pen, is short
    however long the stroke is, and is painted anew with each move.

    Attributes:
        device_pixel_ratio: Pixels to a canvas unit, as they were last painted.
    """

    def __init__(self) -> None:
        self.device_pixel_ratio = 0.0
        self._pixmap = QPixmap()
        self._pen = ink_pen(colours().ink)
        self._curve: StrokeCurve | None = None
        self._tail: list[Piece] = []
        self._tail_rect = QRectF()

    def repaint(
        self, size: QSize, ratio: float, strokes: Iterable[Stroke], pen_width: float
    ) -> None:
        """Paint all strokes on blank paper; the stroke under the pen is forgotten.

        Args:
            size: Of the paper, in canvas units.
            ratio: Pixels to a canvas unit.
            strokes: What is painted.
            pen_width: In canvas units.
        """
        self._pixmap = QPixmap(size * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        self.device_pixel_ratio = ratio
        self._pixmap.fill(colours().paper)
        self._pen = ink_pen(colours().ink)
        self._curve, self._tail, self._tail_rect = None, [], QRectF()
        painter = QPainter(self._pixmap)
        for stroke in strokes:
            paint_stroke(painter, stroke.points, pen_width, colours().ink)
        painter.end()

    def mend(self, box: QRectF, strokes: Iterable[Stroke], pen_width: float) -> QRect:
        """Paint a part anew while no stroke is under the pen.

        Args:
            box: What it shows, in canvas units.
            strokes: All that is seen there, and whatever else.
            pen_width: In canvas units.

        Returns:
            The rectangle to be painted on the screen, in canvas units.
        """
        rect = box.toAlignedRect()
        painter = QPainter(self._pixmap)
        painter.setClipRect(rect)
        painter.fillRect(rect, colours().paper)
        for stroke in strokes:
            paint_stroke(painter, stroke.points, pen_width, colours().ink)
        painter.end()
        return rect

    def start(self, points: NDArray[np.float64], pen_width: float) -> None:
        """Begin a stroke under the pen with the points (n, 4) that it has, if any."""
        self._curve = StrokeCurve(pen_width)
        pieces = [piece for point in points.tolist() for piece in self._curve.add(*point)]
        if pieces:
            self._settle(pieces)
        if len(points):
            # Without a lead: that is painted only as the point comes that settles its piece.
            self._tail, self._tail_rect = [self._curve.tail], rect_of(self._curve.tail)

    def add(self, point: Point, pen: tuple[float, float]) -> QRect:
        """Add a point to the stroke under the pen.

        Args:
            point: A row of `Stroke.points`.
            pen: Where the pen is, which is elsewhere where a stabiliser holds the ink back.

        Returns:
            The rectangle to be painted on the screen, in canvas units.
        """
        if self._curve is None:
            return QRect()
        # Every piece lies between the tail that was and the one that is.
        before = self._tail_rect
        pieces = self._curve.add(*point)
        if pieces:
            self._settle(pieces, self._curve.lead)
        self._lead_to(pen)
        return (before | self._tail_rect).toAlignedRect()

    def end(self) -> QRect:
        """Settle the stroke under the pen, tail and all; return the rectangle as `add` does."""
        if self._curve is not None:
            self._settle([self._curve.tail])
        touched, self._tail_rect = self._tail_rect.toAlignedRect(), QRectF()
        self._curve, self._tail = None, []
        return touched

    def paint(self, painter: QPainter) -> None:
        """Paint it all, as far as the painter's clipping lets."""
        painter.drawPixmap(0, 0, self._pixmap)
        if self._tail:
            painter.setRenderHint(_SMOOTH)
            paint_pieces(painter, self._tail, self._pen, _TAIL_COARSE)

    def _settle(self, pieces: list[Piece], lead: Spot | None = None) -> None:
        painter = QPainter(self._pixmap)
        painter.setRenderHint(_SMOOTH)
        if lead is None:
            paint_pieces(painter, pieces, self._pen)
        else:
            paint_lead(painter, pieces[0], lead, self._pen)
        painter.end()

    def _lead_to(self, pen: tuple[float, float]) -> None:
        """Let the tail reach the pen: held back by a stabiliser, the ink must not seem to lag."""
        if self._curve is None:
            return
        tail, end = self._curve.tail, self._curve.end
        self._tail = [tail] if self._curve.lead is None else []
        self._tail_rect = rect_of(tail)  # Where there is a lead, it is in there.
        if pen != end[:2]:
            rest = end, end, Spot(*pen, end.width)
            self._tail.append(rest)
            self._tail_rect |= rect_of(rest)
