"""The chart: the probabilities of the ten digits and of "no digit" over the time of a replay."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QStyle, QToolTip, QWidget

from handwrite_gui.domain.opinions import Opinion
from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.widgets.draw.replay.bands import edges_of, place_labels, readings_at_columns
from handwrite_gui.widgets.draw.replay.opinion_list import opinion_at
from handwrite_gui.widgets.draw.replay.words import describe_change, describe_moment, name_of
from handwrite_gui.widgets.theme import SPACING, colours, font

#: Room above the bands, where a mark shows each change of mind.
_MARKS = SPACING
#: The mouse is on a change of mind this near to it, in px.
_NEAR = 4
#: Bands that are thinner, in px, are not painted: beside others they would be noise.
_THINNEST = 1.0
#: Why there is nothing yet is said beside the chart, too, where the answer is.
_LEAST_FOR_NOTE = 16 * SPACING


class Chart(QWidget):
    """Bands that share the height as the digits share the probability, 0 above and 9 below.

    The likeliest has the accent colour; each has its name in it where there is room. It is painted
    once for all moments, and the playhead over it.

    Signals:
        sought: The moment that a click or a drag is on, in ms.
    """

    sought = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments = np.zeros(1)
        self._duration_ms = self._moment_ms = 0.0
        self._said: Sequence[Prediction] = ()
        self._opinions: Sequence[Opinion] = ()
        self._note = ""
        self._pixmap = QPixmap()
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setMinimumWidth(20 * SPACING)
        self.setAccessibleName("Probabilities over time")

    def load(self, moments_ms: NDArray[np.float64], duration_ms: float) -> None:
        """Show another replay, of which nothing is read yet."""
        self._moments, self._duration_ms = moments_ms, duration_ms
        self.show_series((), (), "")

    def show_series(
        self, said: Sequence[Prediction], opinions: Sequence[Opinion], note: str
    ) -> None:
        """Show what was said at the first moments, and in place of the rest why it is missing."""
        self._said, self._opinions, self._note = said, opinions, note
        self._forget()

    def show_moment(self, moment_ms: float) -> None:
        """Put the playhead elsewhere."""
        before, self._moment_ms = self._moment_ms, moment_ms
        for moment in (before, moment_ms):
            self.update(round(self._x_of(moment)) - 3, 0, 7, self.height())

    def sizeHint(self) -> QSize:
        """High enough for five names."""
        return QSize(40 * SPACING, _MARKS + max(5 * self.fontMetrics().height(), 12 * SPACING))

    def minimumSizeHint(self) -> QSize:
        """High enough for three names."""
        return QSize(20 * SPACING, _MARKS + 3 * self.fontMetrics().height())

    def event(self, event: QEvent) -> bool:
        """Tell of what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.text_at(event.pos().x()), self)
            return True
        return super().event(event)

    def text_at(self, x: int) -> str:
        """Tell what is at a column: a change of mind, or the probabilities; "" if not known."""
        for before, after in pairwise(self._opinions):
            if abs(self._x_of(after.since_ms) - x) <= _NEAR:
                return describe_change(before, after)
        column = min(max(x - self._inset, 0), self._columns - 1)
        reading = int(self._readings_at_columns()[column])
        if reading < 0:
            return ""
        nth = opinion_at(self._opinions, float(self._moments[reading]))
        sign = self._opinions[nth].sign if nth >= 0 else ""
        return describe_moment(self._moment_at(x), self._said[reading], sign)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where it is clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.sought.emit(self._moment_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self._moment_at(event.position().x()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew."""
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and font."""
        changes = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in changes:
            self._forget()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the bands and the playhead."""
        if self._pixmap.isNull() or self._pixmap.devicePixelRatio() != self.devicePixelRatio():
            self._paint_all()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        x, shades = round(self._x_of(self._moment_ms)), colours()
        # Seen on every ground.
        painter.fillRect(x - 1, 0, 3, self.height(), shades.base)
        painter.fillRect(x, 0, 1, self.height(), shades.text)
        painter.end()

    def _forget(self) -> None:
        self._pixmap = QPixmap()
        self.update()

    def _x_of(self, moment_ms: float) -> float:
        return self._inset + moment_ms / max(self._duration_ms, 1e-9) * (self._columns - 1)

    def _moment_at(self, x: float) -> float:
        share = (x - self._inset) / max(self._columns - 1, 1)
        return min(max(share, 0.0), 1.0) * self._duration_ms

    @property
    def _inset(self) -> int:
        """Where the bands begin, as does the way of the handle of the slider above."""
        return self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength) // 2

    @property
    def _columns(self) -> int:
        return max(self.width() - 2 * self._inset, 1)

    def _readings_at_columns(self) -> NDArray[np.int_]:
        return readings_at_columns(self._moments, len(self._said), self._duration_ms, self._columns)

    def _paint_all(self) -> None:
        ratio = self.devicePixelRatio()
        self._pixmap = QPixmap(self.size() * ratio)
        self._pixmap.setDevicePixelRatio(ratio)
        self._pixmap.fill(colours().window)
        painter = QPainter(self._pixmap)
        self._paint_marks(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.translate(self._inset, _MARKS)
        columns = self._readings_at_columns()
        known = int(np.count_nonzero(columns >= 0))
        if known:
            self._paint_bands(painter, columns[:known])
        self._paint_gaps(painter)
        self._paint_unknown(painter, known)
        painter.end()

    def _paint_gaps(self, painter: QPainter) -> None:
        """Part the digits."""
        for x, _ in self._beginnings()[1:]:
            painter.fillRect(x - 1, 0, 3, self.height(), colours().window)

    def _beginnings(self) -> list[tuple[int, str]]:
        """In which column each digit or sign begins, and which sign it is, or ""."""
        return [
            (round(self._x_of(opinion.since_ms)) - self._inset, opinion.sign)
            for nth, opinion in enumerate(self._opinions)
            if nth == 0 or self._opinions[nth - 1].nth != opinion.nth
        ]

    def _paint_bands(self, painter: QPainter, columns: NDArray[np.int_]) -> None:
        shades = colours()
        probabilities = np.array([said.probabilities for said in self._said])
        edges = edges_of(probabilities, self.height() - _MARKS)
        rank = np.argsort(-probabilities, axis=1, kind="stable")
        starts = np.flatnonzero(np.diff(columns, prepend=-1))
        for first, end in zip(starts, [*starts[1:], len(columns)], strict=True):
            reading = int(columns[first])
            is_grey_above = False
            for which in range(CLASSES):
                top, foot = edges[reading, which : which + 2]
                if foot - top < _THINNEST:
                    continue
                fill = shades.bar_track
                if which in rank[reading, :2]:
                    fill = shades.accent if which == rank[reading, 0] else shades.line
                band = QRectF(int(first), top, int(end - first), foot - top)
                painter.fillRect(band, fill)
                is_grey = which != rank[reading, 0]
                if is_grey and is_grey_above:
                    painter.fillRect(band.adjusted(0, -0.5, 0, 0.5 - band.height()), shades.border)
                is_grey_above = is_grey
        self._paint_names(painter, edges[columns], rank[columns, 0])

    def _paint_names(
        self, painter: QPainter, edges: NDArray[np.float64], best: NDArray[np.int_]
    ) -> None:
        shades = colours()
        painter.setFont(font("strong"))
        metrics = painter.fontMetrics()
        height = metrics.capHeight() + SPACING / 2
        beginnings = self._beginnings() or [(0, "")]
        ends = [*(begin for begin, _ in beginnings[1:]), len(best)]
        # Digit by digit: no name lies over a gap between two.
        for (begin, sign), end in zip(beginnings, ends, strict=True):
            names = [name_of(which, sign) for which in range(CLASSES)]
            widths = np.array([metrics.horizontalAdvance(name) + SPACING for name in names])
            for label in place_labels(edges[begin:end], best[begin:end], widths, height):
                painter.setPen(shades.accent_text if label.is_best else shades.text)
                width = int(widths[label.which])
                box = QRectF(begin + label.x - width / 2, label.y - 50, width, 100)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, names[label.which])

    def _paint_unknown(self, painter: QPainter, known: int) -> None:
        """Hatch what is not read yet, and say why where there is room."""
        shades = colours()
        room = QRect(known, 0, self._columns - known, self.height() - _MARKS)
        if room.width() < 2:
            return
        painter.setClipRect(room)
        painter.setPen(shades.line)
        for x in range(known - room.height(), self._columns, SPACING):
            painter.drawLine(x, room.height(), x + room.height(), 0)
        if self._note and room.width() >= _LEAST_FOR_NOTE:
            painter.setFont(font("body"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            margin = SPACING
            box = painter.boundingRect(room.adjusted(margin, 0, -margin, 0), flags, self._note)
            painter.fillRect(box.adjusted(-margin, -4, margin, 4), shades.window)
            painter.setPen(shades.muted)
            painter.drawText(box, flags, self._note)

    def _paint_marks(self, painter: QPainter) -> None:
        """Point at each change of mind, and show where the pen goes to another digit."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().text)
        for before, opinion in pairwise(self._opinions):
            x = self._x_of(opinion.since_ms)
            if before.nth != opinion.nth:
                painter.drawRect(QRectF(round(x) - 1, 0, 3, _MARKS))
                continue
            corners = [QPointF(x - 4, 0), QPointF(x + 4, 0), QPointF(x, _MARKS - 1)]
            painter.drawPolygon(QPolygonF(corners))
