"""Painted ink: kept as it was painted, so that a move of the pen paints only its own."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap, QTransform

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.guides import paint_guides
from handwrite_gui.widgets.draw.ink_painter import (
    ink_pen,
    paint_lead,
    paint_pieces,
    paint_stroke,
    rect_of,
)
from handwrite_gui.widgets.draw.live_stroke import Point
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve, width_at
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

#: The tail is seen until the next move only, and must cost little.
_TAIL_COARSE = 4.0
#: Looked up once: Python 3.11 is slow at the members of enumerations.
_SMOOTH = QPainter.RenderHint.Antialiasing


class PaintedInk:
    """Ink on a pixmap, and over it the tail of the stroke under the pen.

    The pixmap takes what does not change any more. The tail, from there to the pen, is short
    however long the stroke is, and is painted anew with each move.

    Args:
        view: Which part of the paper is seen, and how large.

    Attributes:
        device_pixel_ratio: The screen's pixels to the widget's, as they were last painted; 0.0
            where everything is to be painted anew.
        guides: What is painted beneath the ink, one of `GUIDES`.
    """

    def __init__(self, view: View) -> None:
        self.device_pixel_ratio = 0.0
        self.guides = "none"
        self._view = view
        self._to_widget: QTransform | None = None
        self._coarse = 1.0
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
            size: Of the widget, in its pixels.
            ratio: The screen's pixels to the widget's.
            strokes: What is painted.
            pen_width: In canvas units.
        """
        self._pixmap = QPixmap(size * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        self.device_pixel_ratio = ratio
        self._pixmap.fill(colours().paper)
        self._pen = ink_pen(colours().ink)
        self._curve, self._tail, self._tail_rect = None, [], QRectF()
        # At home nothing is mapped, for a move of the pen is to cost no more than it must.
        self._to_widget = None if self._view.is_home else self._view.to_widget
        self._coarse = 1.0 / self._view.scale
        painter = QPainter(self._pixmap)
        paint_guides(painter, self.guides, self._view, ratio)
        if self._to_widget is not None:
            painter.setTransform(self._to_widget)
        reach = width_at(pen_width, 1.0) / 2 + self._coarse
        seen = self._view.seen.adjusted(-reach, -reach, reach, reach)
        for stroke in strokes:
            if _meets(seen, stroke):
                paint_stroke(painter, stroke.points, pen_width, colours().ink, self._coarse)
        painter.end()

    def mend(self, box: QRectF, strokes: Iterable[Stroke], pen_width: float) -> QRect:
        """Paint a part anew while no stroke is under the pen.

        Args:
            box: What it shows, in canvas units.
            strokes: All that is seen there, and whatever else.
            pen_width: In canvas units.

        Returns:
            The rectangle to be painted on the screen, in pixels of the widget.
        """
        rect = self._in_widget(box)
        if not self.device_pixel_ratio:
            return rect  # All is painted anew, and this with it.
        painter = QPainter(self._pixmap)
        painter.setClipRect(rect)
        painter.fillRect(rect, colours().paper)
        paint_guides(painter, self.guides, self._view, self.device_pixel_ratio)
        if self._to_widget is not None:
            painter.setTransform(self._to_widget)
        for stroke in strokes:
            paint_stroke(painter, stroke.points, pen_width, colours().ink, self._coarse)
        painter.end()
        return rect

    def forget(self) -> None:
        """Have everything painted anew, once, however often that is said before."""
        self.device_pixel_ratio = 0.0

    def start(self, points: NDArray[np.float64], pen_width: float) -> None:
        """Begin a stroke under the pen with the points (n, 4) that it has, if any."""
        # Enlarged, a lead would show beside the curve.
        self._curve = StrokeCurve(pen_width, has_leads=self._view.scale <= 1.0)
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
            The rectangle to be painted on the screen, in pixels of the widget.
        """
        if self._curve is None:
            return QRect()
        # Every piece lies between the tail that was and the one that is.
        before = self._tail_rect
        pieces = self._curve.add(*point)
        if pieces:
            self._settle(pieces, self._curve.lead)
        self._lead_to(pen)
        return self._in_widget(before | self._tail_rect)

    def end(self) -> QRect:
        """Settle the stroke under the pen, tail and all; return the rectangle as `add` does."""
        if self._curve is not None:
            self._settle([self._curve.tail])
        touched, self._tail_rect = self._in_widget(self._tail_rect), QRectF()
        self._curve, self._tail = None, []
        return touched

    def paint(self, painter: QPainter) -> None:
        """Paint it all, as far as the painter's clipping lets."""
        painter.drawPixmap(0, 0, self._pixmap)
        if self._tail:
            painter.setRenderHint(_SMOOTH)
            if self._to_widget is None:
                paint_pieces(painter, self._tail, self._pen, _TAIL_COARSE)
            else:
                painter.setTransform(self._to_widget)
                paint_pieces(painter, self._tail, self._pen, _TAIL_COARSE * self._coarse)
                painter.resetTransform()

    def _in_widget(self, rect: QRectF) -> QRect:
        if self._to_widget is None:
            return rect.toAlignedRect()
        # An edge is smoothed over one pixel, however small a canvas unit is.
        return self._to_widget.mapRect(rect).adjusted(-1.0, -1.0, 1.0, 1.0).toAlignedRect()

    def _settle(self, pieces: list[Piece], lead: Spot | None = None) -> None:
        if not self.device_pixel_ratio:
            return  # All is painted anew, and this with it.
        painter = QPainter(self._pixmap)
        painter.setRenderHint(_SMOOTH)
        if self._to_widget is not None:
            painter.setTransform(self._to_widget)
        if lead is None:
            paint_pieces(painter, pieces, self._pen, self._coarse)
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


def _meets(seen: QRectF, stroke: Stroke) -> bool:
    """Whether a stroke's points may be in what is seen."""
    low, high = stroke.xy.min(axis=0), stroke.xy.max(axis=0)
    return bool(
        low[0] <= seen.right()
        and low[1] <= seen.bottom()
        and high[0] >= seen.left()
        and high[1] >= seen.top()
    )
