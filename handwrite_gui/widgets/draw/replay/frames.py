"""Frames: the ink of a moment, painted from what was painted before."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.widgets.draw.guides import paint_guides
from handwrite_gui.widgets.draw.ink_painter import ink_pen, paint_pieces, rect_of
from handwrite_gui.widgets.draw.painted_ink import FIRST_SLICE_S, SLICE_S
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

#: Pictures are kept at least this many points apart, and so many of them at most, in this memory:
#: going back repaints no more points than lie between two.
KEPT_EVERY, MOST_KEPT, MOST_KEPT_BYTES = 1000, 12, 96_000_000
#: So many points are painted before the clock is looked at.
_AT_ONCE = 100
#: How much of the ink's colour is in what is not written yet, the rest being the paper's.
_FAINT = 0.15


class _Kept(NamedTuple):
    """What is painted when so many points are written."""

    written: int
    pixmap: QPixmap
    curve: StrokeCurve


class _StandIn(NamedTuple):
    """What was painted for another size or place."""

    pixmap: QPixmap
    to_widget: QTransform


class Frames:
    """Paints a replay moment by moment: forward only what is new, back from a picture kept.

    What is not written yet is seen faintly. Much ink is painted in slices, so that the window need
    not wait for it: first all of it faintly, then what is written at the moment.

    Args:
        time: When the ink is written.
        pen_width: In canvas units.
        guides: What is painted beneath, one of `GUIDES`.

    Attributes:
        device_pixel_ratio: The screen's pixels to the widget's, as they were last painted; 0.0
            where everything is to be prepared anew.
    """

    def __init__(self, time: InkTime, pen_width: float, guides: str = "none") -> None:
        self.device_pixel_ratio = 0.0
        self._time, self._pen_width = time, pen_width
        self._guides = guides
        self._ends = frozenset(time.ends.tolist())
        self._spacing = KEPT_EVERY
        self._moment_ms = 0.0
        self._wanted = time.count_at(0.0)
        self._size = QSize()
        self._kept: list[_Kept] = []  # Empty until all is painted faintly.
        self._now = _Kept(0, QPixmap(), StrokeCurve(pen_width))
        self._stand_in: _StandIn | None = None
        self._tail: list[Piece] = []
        self._tail_rect = QRectF()
        self._pen, self._faint_pen = ink_pen(colours().ink), ink_pen(_faint_ink())
        self._to_widget, self._coarse = QTransform(), 1.0

    @property
    def is_whole(self) -> bool:
        """Whether all that is to be seen at the moment is painted."""
        return bool(self._kept) and self._now.written == self._wanted

    def forget(self, *, stands_in: bool) -> None:
        """Have all prepared anew before it is painted.

        Args:
            stands_in: Whether what was painted may be seen until all is painted anew.
        """
        if not stands_in:
            self._stand_in = None
        elif self._stand_in is None and self._kept:
            pixmap = QPixmap(self._now.pixmap)
            painter = QPainter(pixmap)
            self._paint_tail(painter)
            painter.end()
            self._stand_in = _StandIn(pixmap, self._to_widget)
        self._kept = []
        self.device_pixel_ratio = 0.0

    def prepare(self, size: QSize, ratio: float, view: View) -> None:
        """Paint all anew, after a change of size, theme or place; where it is much, `go_on` does.

        Args:
            size: Of the widget, in its pixels.
            ratio: The screen's pixels to the widget's.
            view: Which part of the paper is seen, and how large.
        """
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        self.device_pixel_ratio, self._size = ratio, size
        fitting = MOST_KEPT_BYTES // max(4 * pixmap.width() * pixmap.height(), 1)
        most = min(max(fitting, 1), MOST_KEPT)
        self._spacing = max(KEPT_EVERY, len(self._time.points) // most)
        pixmap.fill(colours().paper)
        self._to_widget, self._coarse = view.to_widget, min(1.0 / view.scale, 1.0)
        self._pen, self._faint_pen = ink_pen(colours().ink), ink_pen(_faint_ink())
        painter = QPainter(pixmap)
        paint_guides(painter, self._guides, view, ratio)
        painter.end()
        self._kept = []
        self._now = _Kept(0, pixmap, StrokeCurve(self._pen_width))
        self._paint_rest(FIRST_SLICE_S)

    def show(self, moment_ms: float) -> QRect:
        """Paint the ink as it was at a moment; where much of it is new, `go_on` paints the rest.

        Returns:
            The rectangle to be painted on the screen, in the widget's pixels; all of it where
            something is left.
        """
        # What goes on already does so slice by slice, however often another moment is shown.
        most_s = FIRST_SLICE_S if self.is_whole else 0.0
        self._moment_ms, self._wanted = moment_ms, self._time.count_at(moment_ms)
        if not self.device_pixel_ratio:
            return QRect()
        touched = self._tail_rect
        if self._kept:
            nearest = next(kept for kept in reversed(self._kept) if kept.written <= self._wanted)
            if not nearest.written <= self._now.written <= self._wanted:
                # From the nearest picture; it stays as it is, for Qt copies it at the first stroke.
                self._now = _Kept(nearest.written, QPixmap(nearest.pixmap), copy(nearest.curve))
                touched |= self._box
        touched |= self._paint_rest(most_s)
        if not self.is_whole:
            return QRect(QPoint(), self._size)
        mapped = self._to_widget.mapRect(touched)
        # An edge is smoothed over one pixel, however small a canvas unit is.
        return mapped.adjusted(-1.0, -1.0, 1.0, 1.0).toAlignedRect()

    def go_on(self) -> bool:
        """Paint some more, where there was too much to be painted at once.

        Returns:
            Whether something is still left.
        """
        if not self.is_whole:
            self._paint_rest(SLICE_S)
        return not self.is_whole

    def paint(self, painter: QPainter) -> None:
        """Paint it all, as far as the painter's clipping lets."""
        if self._stand_in is not None:
            to_paper, _ = self._stand_in.to_widget.inverted()
            painter.fillRect(painter.window(), colours().paper)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(to_paper * self._to_widget)
            painter.drawPixmap(0, 0, self._stand_in.pixmap)
            painter.resetTransform()
            return
        painter.drawPixmap(0, 0, self._now.pixmap)
        self._paint_tail(painter)

    def _paint_tail(self, painter: QPainter) -> None:
        if self._tail:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self._to_widget)
            paint_pieces(painter, self._tail, self._pen, self._coarse)
            painter.resetTransform()

    def _keep(self) -> None:
        now = self._now
        self._kept.append(_Kept(now.written, QPixmap(now.pixmap), copy(now.curve)))

    def _paint_rest(self, most_s: float) -> QRectF:
        """Paint what is left, for so long at most.

        Returns:
            Where ink was written, in canvas units.
        """
        end_s = perf_counter() + most_s
        self._tail, self._tail_rect = [], QRectF()
        touched = QRectF()
        while not self.is_whole:
            if self._kept:
                touched |= self._write_some()
            else:
                self._write_some_faintly()
            if perf_counter() > end_s:
                break
        if self.is_whole:
            self._stand_in = None
            self._set_tail()
        return touched | self._tail_rect

    def _write_some_faintly(self) -> None:
        """Paint more of all the ink."""
        count = len(self._time.points)
        self._paint_until(min(self._now.written + _AT_ONCE, count), self._faint_pen)
        if self._now.written == count:
            self._now = _Kept(0, self._now.pixmap, StrokeCurve(self._pen_width))
            self._keep()

    def _write_some(self) -> QRectF:
        """Paint for good some of what is settled at the moment; return where, in canvas units."""
        to_keep = self._kept[-1].written + self._spacing
        pieces = self._paint_until(
            min(self._now.written + _AT_ONCE, self._wanted, to_keep), self._pen
        )
        if self._now.written == to_keep:
            self._keep()
        touched = QRectF()
        for piece in pieces:
            touched |= rect_of(piece)
        return touched

    def _paint_until(self, until: int, pen: QPen) -> list[Piece]:
        """Paint what is settled by so many points; return its pieces."""
        begin, pixmap, curve = self._now
        pieces: list[Piece] = []
        for index, point in enumerate(self._time.points[begin:until].tolist(), begin):
            if index in self._ends:  # The stroke before has ended.
                curve = StrokeCurve(self._pen_width)
            pieces.extend(curve.add(*point))
            if index + 1 in self._ends:
                pieces.append(curve.tail)
        self._now = _Kept(until, pixmap, curve)
        if pieces:
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self._to_widget)
            paint_pieces(painter, pieces, pen, self._coarse)
            painter.end()
        return pieces

    def _set_tail(self) -> None:
        """Lead the line from what is settled to where the pen is."""
        if self._now.written in self._ends:
            return
        curve = self._now.curve
        x, y, _, _ = self._time.pen_at(self._moment_ms).tolist()
        self._tail = [curve.tail, (curve.end, curve.end, Spot(x, y, curve.end.width))]
        self._tail_rect = rect_of(self._tail[0]) | rect_of(self._tail[1])

    @cached_property
    def _box(self) -> QRectF:
        """Where all the ink is, in canvas units; of many strokes it takes some time to tell."""
        reach = 2 * self._pen_width
        return QRectF(*self._time.ink.box).adjusted(-reach, -reach, reach, reach)


def _faint_ink() -> QColor:
    """A colour, for where half transparent pieces overlapped they would be darker."""
    paper, ink = colours().paper, colours().ink
    return QColor.fromRgbF(
        paper.redF() + _FAINT * (ink.redF() - paper.redF()),
        paper.greenF() + _FAINT * (ink.greenF() - paper.greenF()),
        paper.blueF() + _FAINT * (ink.blueF() - paper.blueF()),
    )
