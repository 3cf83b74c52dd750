"""Painted ink: kept as it was painted, so that a move of the pen paints only its own."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.guides import paint_guides
from handwrite_gui.widgets.draw.ink_painter import (
    ink_pen,
    paint_lead,
    paint_pieces,
    rect_of,
    stroke_pieces,
)
from handwrite_gui.widgets.draw.live_stroke import Point
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve, width_at
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

#: The tail is seen until the next move only, and must cost little.
_TAIL_COARSE = 4.0
#: Where painting all ink takes longer, a view that moves shows what was painted, in seconds.
QUICK_S = 0.03
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
        self._painted_as, self._maps = View(), False
        self._took_s = 0.0
        self._stands_in = False
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
        began = perf_counter()
        self._stands_in = False
        self._pixmap = QPixmap(size * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        self.device_pixel_ratio = ratio
        self._pixmap.fill(colours().paper)
        self._pen = ink_pen(colours().ink)
        self._curve, self._tail, self._tail_rect = None, [], QRectF()
        # At home nothing is mapped, for a move of the pen is to cost no more than it must.
        self._painted_as, self._maps = copy(self._view), not self._view.is_home
        painter = QPainter(self._pixmap)
        paint_guides(painter, self.guides, self._view, ratio)
        self._paint_strokes(painter, strokes, pen_width)
        painter.end()
        self._took_s = perf_counter() - began

    def mend(self, box: QRectF, strokes: Iterable[Stroke], pen_width: float) -> QRect:
        """Paint a part anew while no stroke is under the pen.

        Args:
            box: What it shows, in canvas units.
            strokes: All that is seen there, and whatever else.
            pen_width: In canvas units.

        Returns:
            The rectangle to be painted on the screen, in pixels of the widget.
        """
        # An edge is smoothed over one pixel, however small a canvas unit is.
        rect = self._view.to_widget.mapRect(box).adjusted(-1.0, -1.0, 1.0, 1.0).toAlignedRect()
        if self._stands_in:
            self.forget()
        if not self.device_pixel_ratio:
            return rect  # All is painted anew, and this with it.
        painter = QPainter(self._pixmap)
        painter.setClipRect(rect)
        painter.fillRect(rect, colours().paper)
        paint_guides(painter, self.guides, self._view, self.device_pixel_ratio)
        self._paint_strokes(painter, strokes, pen_width)
        painter.end()
        return rect

    def forget(self) -> None:
        """Have everything painted anew, once, however often that is said before."""
        self.device_pixel_ratio = 0.0

    def follow_view(self, *, moves: bool) -> None:
        """Show another part of the paper.

        Args:
            moves: Whether the view may soon be another again. Where there is much ink, what was
                painted is shown until it rests, as large as it has to be: a wheel turns faster.
        """
        if moves and self._took_s > QUICK_S:
            self._stands_in = True
        elif moves or self._stands_in:
            self.forget()

    def start(self, points: NDArray[np.float64], pen_width: float) -> None:
        """Begin a stroke under the pen with the points (n, 4) that it has, if any."""
        if self._stands_in:
            self.forget()
        # Enlarged, a lead would show beside the curve.
        self._curve = StrokeCurve(pen_width, has_leads=self._view.scale <= 1.0)
        pieces = [piece for point in points.tolist() for piece in self._curve.add(*point)]
        if pieces:
            self._settle(pieces)
        if len(points):
            # Without a lead: that is painted only as the point comes that settles its piece.
            self._tail = self._mapped([self._curve.tail])
            self._tail_rect = rect_of(self._tail[0])

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
        if self._stands_in:
            to_paper, _ = self._painted_as.to_widget.inverted()
            painter.fillRect(painter.window(), colours().paper)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(to_paper * self._view.to_widget)
            painter.drawPixmap(0, 0, self._pixmap)
            painter.resetTransform()
            return
        painter.drawPixmap(0, 0, self._pixmap)
        if self._tail:
            painter.setRenderHint(_SMOOTH)
            paint_pieces(painter, self._tail, self._pen, _TAIL_COARSE)

    def _paint_strokes(
        self, painter: QPainter, strokes: Iterable[Stroke], pen_width: float
    ) -> None:
        """Paint what is seen of finished strokes."""
        view = self._painted_as
        reach = width_at(pen_width, 1.0) / 2 + 1.0 / view.scale
        seen = view.seen.adjusted(-reach, -reach, reach, reach)
        seen_strokes = (stroke for stroke in strokes if _meets(seen, stroke))
        paint_strokes(painter, seen_strokes, pen_width, view)

    def _mapped(self, pieces: list[Piece]) -> list[Piece]:
        return map_pieces(pieces, self._painted_as) if self._maps else pieces

    def _settle(self, pieces: list[Piece], lead: Spot | None = None) -> None:
        if not self.device_pixel_ratio:
            return  # All is painted anew, and this with it.
        painter = QPainter(self._pixmap)
        painter.setRenderHint(_SMOOTH)
        piece = pieces[0]
        if self._maps:
            pieces = self._mapped(pieces)
            if lead is not None:
                piece, (_, _, lead) = self._mapped([piece, (lead, lead, lead)])
        if lead is None:
            paint_pieces(painter, pieces, self._pen)
        else:
            paint_lead(painter, piece, lead, self._pen)
        painter.end()

    def _lead_to(self, pen: tuple[float, float]) -> None:
        """Let the tail reach the pen: held back by a stabiliser, the ink must not seem to lag."""
        if self._curve is None:
            return
        end, pieces = self._curve.end, [self._curve.tail]
        if pen != end[:2]:
            pieces.append((end, end, Spot(*pen, end.width)))
        if self._maps:
            pieces = self._mapped(pieces)
        self._tail_rect = rect_of(pieces[0])  # Where there is a lead, it is in there.
        if len(pieces) > 1:
            self._tail_rect |= rect_of(pieces[1])
        self._tail = pieces if self._curve.lead is None else pieces[1:]


def paint_strokes(
    painter: QPainter, strokes: Iterable[Stroke], pen_width: float, view: View
) -> None:
    """Paint strokes as a view shows them.

    Args:
        painter: Paints in pixels of the widget.
        strokes: What is painted.
        pen_width: In canvas units.
        view: What is seen in the widget.
    """
    painter.setRenderHint(_SMOOTH)
    pen = ink_pen(colours().ink)
    for stroke in strokes:
        pieces = stroke_pieces(stroke.points, pen_width)
        paint_pieces(painter, pieces if view.is_home else map_pieces(pieces, view), pen)


def map_pieces(pieces: list[Piece], view: View) -> list[Piece]:
    """Map pieces to pixels of the widget.

    Mapped by the painter, wide lines took Qt ten times as long at a scale of 8 (measured), and
    what cannot be seen of a curve would be left out by the wrong measure.
    """
    scale, left, top = view.scale, view.left, view.top
    return [
        (
            Spot((x1 - left) * scale, (y1 - top) * scale, width1 * scale),
            Spot((x2 - left) * scale, (y2 - top) * scale, width2 * scale),
            Spot((x3 - left) * scale, (y3 - top) * scale, width3 * scale),
        )
        for (x1, y1, width1), (x2, y2, width2), (x3, y3, width3) in pieces
    ]


def _meets(seen: QRectF, stroke: Stroke) -> bool:
    """Whether a stroke's points may be in what is seen."""
    low, high = stroke.xy.min(axis=0), stroke.xy.max(axis=0)
    return bool(
        low[0] <= seen.right()
        and low[1] <= seen.bottom()
        and high[0] >= seen.left()
        and high[1] >= seen.top()
    )
