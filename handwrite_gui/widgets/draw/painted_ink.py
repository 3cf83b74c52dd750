"""Painted ink: kept as it was painted, so that a move of the pen paints only its own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from copy import copy
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from handwrite_gui.domain.ink import Bounds, Stroke
from handwrite_gui.widgets.draw.guides import paint_guides
from handwrite_gui.widgets.draw.ink_painter import (
    bounds_of,
    ink_pen,
    paint_lead,
    paint_pieces,
)
from handwrite_gui.widgets.draw.live_stroke import Point
from handwrite_gui.widgets.draw.mapped_ink import map_pieces, paint_strokes
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve, width_at
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

#: The tail is seen until the next move only, and must cost little.
_TAIL_COARSE = 4.0
#: Where painting all ink takes longer, a view that moves shows what was painted, in seconds.
QUICK_S = 0.03
#: Ink that takes longer to paint than the first of these, such as minutes of writing, is painted in
#: slices, so that the pen need not wait for it; what is painted at once cannot blink.
FIRST_SLICE_S, SLICE_S = 0.05, 0.015
#: Left, top, width and height, in pixels of the widget; a `QRect` takes longer to make.
PixelBox = tuple[int, int, int, int]
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
        self._path = QPainterPath()
        self._curve: StrokeCurve | None = None
        self._tail: list[Piece] = []
        self._tail_bounds: Bounds | None = None
        self._pen_width = 0.0
        self._rest: Iterator[Stroke] | None = None  # What is still to be painted.

    def repaint(
        self, size: QSize, ratio: float, strokes: Iterable[Stroke], pen_width: float
    ) -> None:
        """Paint strokes on blank paper; the stroke under the pen is forgotten.

        Where they are many, `go_on` paints the rest.

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
        self._curve, self._tail, self._tail_bounds = None, [], None
        # At home nothing is mapped, for a move of the pen is to cost no more than it must.
        self._painted_as, self._maps = copy(self._view), not self._view.is_home
        painter = QPainter(self._pixmap)
        paint_guides(painter, self.guides, self._view, ratio)
        painter.end()
        self._pen_width, self._rest = pen_width, self._seen_of(strokes, pen_width)
        self._paint_rest(FIRST_SLICE_S)
        self._took_s = perf_counter() - began

    @property
    def is_whole(self) -> bool:
        """Whether all strokes are painted."""
        return self._rest is None and self.device_pixel_ratio > 0.0

    def go_on(self) -> bool:
        """Paint some more, where there was too much to be painted at once.

        Returns:
            Whether something is still left.
        """
        if self._rest is not None:
            self._paint_rest(SLICE_S)
        return self._rest is not None

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
        elif self._rest is not None:
            self._paint_rest(math.inf)  # What is left might be what is there no more.
        if not self.device_pixel_ratio:
            return rect  # All is painted anew, and this with it.
        painter = QPainter(self._pixmap)
        painter.setClipRect(rect)
        painter.fillRect(rect, colours().paper)
        paint_guides(painter, self.guides, self._view, self.device_pixel_ratio)
        paint_strokes(painter, self._seen_of(strokes, pen_width), pen_width, self._painted_as)
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
            self._tail_bounds = bounds_of(self._tail[0])

    def add(self, point: Point, pen: tuple[float, float]) -> PixelBox:
        """Add a point to the stroke under the pen.

        Args:
            point: A row of `Stroke.points`.
            pen: Where the pen is, which is elsewhere where a stabiliser holds the ink back.

        Returns:
            The rectangle to be painted on the screen, in pixels of the widget.
        """
        curve = self._curve
        if curve is None:
            return 0, 0, 0, 0
        pieces = curve.add(*point)
        if pieces:
            self._settle(pieces, curve.lead)
        # Every piece lies between the tail that was and the one that is.
        before, after = self._tail_bounds, self._lead_to(curve, pen)
        self._tail_bounds = after
        return _pixels_of(after if before is None else _union(before, after))

    def end(self) -> PixelBox:
        """Settle the stroke under the pen, tail and all; return the rectangle as `add` does."""
        if self._curve is not None:
            self._settle([self._curve.tail])
        before, self._tail_bounds = self._tail_bounds, None
        self._curve, self._tail = None, []
        return (0, 0, 0, 0) if before is None else _pixels_of(before)

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

    def _paint_rest(self, most_s: float) -> None:
        """Paint what is left, for so long at most; all ink is alike, in any order."""
        assert self._rest is not None
        end_s = perf_counter() + most_s
        painter = QPainter(self._pixmap)
        for stroke in self._rest:
            paint_strokes(painter, (stroke,), self._pen_width, self._painted_as)
            if perf_counter() > end_s:
                break
        else:
            self._rest = None
        painter.end()

    def _seen_of(self, strokes: Iterable[Stroke], pen_width: float) -> Iterator[Stroke]:
        """The finished strokes of which something may be seen."""
        view = self._painted_as
        reach = width_at(pen_width, 1.0) / 2 + 1.0 / view.scale
        seen = view.seen.adjusted(-reach, -reach, reach, reach)
        return (stroke for stroke in strokes if _meets(seen, stroke))

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
            paint_lead(painter, piece, lead, self._pen, self._path)
        painter.end()

    def _lead_to(self, curve: StrokeCurve, pen: tuple[float, float]) -> Bounds:
        """Let the tail reach the pen: held back by a stabiliser, the ink must not seem to lag.

        Returns:
            The rectangle of the tail, in pixels of the widget.
        """
        end, pieces = curve.end, [curve.tail]
        if pen != end[:2]:
            pieces.append((end, end, Spot(*pen, end.width)))
        if self._maps:
            pieces = self._mapped(pieces)
        self._tail = pieces if curve.lead is None else pieces[1:]
        bounds = bounds_of(pieces[0])  # Where there is a lead, it is in there.
        return bounds if len(pieces) == 1 else _union(bounds, bounds_of(pieces[1]))


def _union(one: Bounds, other: Bounds) -> Bounds:
    (left1, top1, right1, bottom1), (left2, top2, right2, bottom2) = one, other
    return (
        left1 if left1 < left2 else left2,
        top1 if top1 < top2 else top2,
        right1 if right1 > right2 else right2,
        bottom1 if bottom1 > bottom2 else bottom2,
    )


def _pixels_of(bounds: Bounds) -> PixelBox:
    """The whole pixels that a rectangle touches."""
    left, top = math.floor(bounds[0]), math.floor(bounds[1])
    return left, top, math.ceil(bounds[2]) - left, math.ceil(bounds[3]) - top


def _meets(seen: QRectF, stroke: Stroke) -> bool:
    """Whether a stroke's points may be in what is seen."""
    low, high = stroke.xy.min(axis=0), stroke.xy.max(axis=0)
    return bool(
        low[0] <= seen.right()
        and low[1] <= seen.bottom()
        and high[0] >= seen.left()
        and high[1] >= seen.top()
    )
