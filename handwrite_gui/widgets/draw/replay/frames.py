"""Frames: the ink of a moment, painted from what was painted before."""

from __future__ import annotations

from copy import copy
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.widgets.draw.guides import paint_guides
from handwrite_gui.widgets.draw.ink_painter import ink_pen, paint_pieces, rect_of, stroke_pieces
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import SPACING, colours, font

#: Pictures are kept at least this many points apart, and so many of them at most, in this memory:
#: going back repaints no more points than lie between two.
KEPT_EVERY, MOST_KEPT, MOST_KEPT_BYTES = 1000, 12, 96_000_000
#: How much of the ink's colour is in what is not written yet, the rest being the paper's.
_FAINT = 0.15


class _Kept(NamedTuple):
    """What is painted when so many points are written."""

    written: int
    pixmap: QPixmap
    curve: StrokeCurve


class Frames:
    """Paints a replay moment by moment: forward only what is new, back from a picture kept.

    What is not written yet is seen faintly.

    Args:
        time: When the ink is written.
        pen_width: In canvas units.
        guides: What is painted beneath, one of `GUIDES`.
        hint: Written beneath the ink.
    """

    def __init__(
        self, time: InkTime, pen_width: float, guides: str = "none", hint: str = ""
    ) -> None:
        self._time, self._pen_width = time, pen_width
        self._guides, self._hint = guides, hint
        self._ends = frozenset(time.ends.tolist())
        self._spacing = KEPT_EVERY
        self._moment_ms = 0.0
        self._kept: list[_Kept] = []
        self._now = _Kept(0, QPixmap(), StrokeCurve(pen_width))
        self._tail: list[Piece] = []
        self._tail_rect = QRectF()
        self._pen = ink_pen(colours().ink)
        self._to_widget, self._coarse = QTransform(), 1.0

    @property
    def device_pixel_ratio(self) -> float:
        """The screen's pixels to the widget's, as all was last painted."""
        return self._now.pixmap.devicePixelRatio()

    @property
    def is_prepared(self) -> bool:
        """Whether there is anything to paint from."""
        return bool(self._kept)

    def forget(self) -> None:
        """Have all prepared anew before it is painted."""
        self._kept = []

    def prepare(self, size: QSize, ratio: float, view: View) -> None:
        """Paint all anew, after a change of size, theme or place.

        Args:
            size: Of the widget, in its pixels.
            ratio: The screen's pixels to the widget's.
            view: Which part of the paper is seen, and how large.
        """
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        fitting = MOST_KEPT_BYTES // max(4 * pixmap.width() * pixmap.height(), 1)
        most = min(max(fitting, 1), MOST_KEPT)
        self._spacing = max(KEPT_EVERY, len(self._time.points) // most)
        pixmap.fill(colours().paper)
        self._to_widget, self._coarse = view.to_widget, min(1.0 / view.scale, 1.0)
        self._pen = ink_pen(colours().ink)
        painter = QPainter(pixmap)
        paint_guides(painter, self._guides, view, ratio)
        painter.setTransform(self._to_widget)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        faint = ink_pen(_faint_ink())
        for stroke in self._time.ink.strokes:
            pieces = stroke_pieces(stroke.points, self._pen_width)
            paint_pieces(painter, pieces, faint, self._coarse)
        painter.resetTransform()
        painter.setFont(font("body"))
        painter.setPen(colours().paper_hint)
        margin = SPACING
        room = QRect(QPoint(), size).adjusted(margin, margin, -margin, -margin)
        where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, where | Qt.TextFlag.TextWordWrap, self._hint)
        painter.end()
        self._now = _Kept(0, pixmap, StrokeCurve(self._pen_width))
        self._kept = [self._keep()]
        self.show(self._moment_ms)

    def show(self, moment_ms: float) -> QRect:
        """Paint the ink as it was at a moment.

        Returns:
            The rectangle to be painted on the screen, in the widget's pixels.
        """
        self._moment_ms = moment_ms
        if not self._kept:
            return QRect()
        count = self._time.count_at(moment_ms)
        touched = self._tail_rect
        nearest = next(kept for kept in reversed(self._kept) if kept.written <= count)
        if not nearest.written <= self._now.written <= count:
            # From the nearest picture; it stays as it is, for Qt copies it at the first stroke.
            self._now = _Kept(nearest.written, QPixmap(nearest.pixmap), copy(nearest.curve))
            touched |= self._box()
        touched |= self._write(count)
        self._set_tail(moment_ms)
        touched |= self._tail_rect
        mapped = self._to_widget.mapRect(touched)
        # An edge is smoothed over one pixel, however small a canvas unit is.
        return mapped.adjusted(-1.0, -1.0, 1.0, 1.0).toAlignedRect()

    def paint(self, painter: QPainter) -> None:
        """Paint it all, as far as the painter's clipping lets."""
        painter.drawPixmap(0, 0, self._now.pixmap)
        if self._tail:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self._to_widget)
            paint_pieces(painter, self._tail, self._pen, self._coarse)
            painter.resetTransform()

    def _keep(self) -> _Kept:
        return _Kept(self._now.written, QPixmap(self._now.pixmap), copy(self._now.curve))

    def _write(self, count: int) -> QRectF:
        """Paint for good what is settled by so many points; return where, in canvas units."""
        touched = QRectF()
        while self._now.written < count:
            last = self._kept[-1].written
            until = count if self._now.written < last else min(count, last + self._spacing)
            touched |= self._write_some(until)
            if until == last + self._spacing:
                self._kept.append(self._keep())
        return touched

    def _write_some(self, until: int) -> QRectF:
        begin, pixmap, curve = self._now
        pieces: list[Piece] = []
        for index, point in enumerate(self._time.points[begin:until].tolist(), begin):
            if index in self._ends:  # The stroke before has ended.
                curve = StrokeCurve(self._pen_width)
            pieces.extend(curve.add(*point))
            if index + 1 in self._ends:
                pieces.append(curve.tail)
        self._now = _Kept(until, pixmap, curve)
        if not pieces:
            return QRectF()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._to_widget)
        paint_pieces(painter, pieces, self._pen, self._coarse)
        painter.end()
        touched = rect_of(pieces[0])
        for piece in pieces[1:]:
            touched |= rect_of(piece)
        return touched

    def _set_tail(self, moment_ms: float) -> None:
        """Lead the line from what is settled to where the pen is."""
        self._tail, self._tail_rect = [], QRectF()
        if self._now.written in self._ends:
            return
        curve = self._now.curve
        x, y, _, _ = self._time.pen_at(moment_ms).tolist()
        self._tail = [curve.tail, (curve.end, curve.end, Spot(x, y, curve.end.width))]
        self._tail_rect = rect_of(self._tail[0]) | rect_of(self._tail[1])

    def _box(self) -> QRectF:
        """Where all the ink is, in canvas units."""
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
