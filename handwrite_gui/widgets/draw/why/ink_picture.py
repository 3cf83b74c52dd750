"""A small picture of the paper, with the stroke that matters most marked on it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.widgets.draw.ink_painter import paint_stroke
from handwrite_gui.widgets.theme import Colours, colours, font

#: Screen pixels for each pixel of the digit images beside it, at 1×.
ENLARGED = 3
_SIDE = SIDE_PX * ENLARGED
#: Where the width of the pen is not known it is painted as so many canvas units.
_USUAL_PEN = 12.0
#: Dashes along the marked stroke, in its widths, and its least width on the screen.
_DASHES, _LEAST_WIDTH = [1.5, 1.5], 3.0
#: The direction in which a stroke starts is that to its point of this number.
_AHEAD = 6


def rect_around(ink: Ink) -> QRectF:
    """Return the ink's box, its line's width included, in canvas units."""
    half = (ink.pen_width or _USUAL_PEN) / 2
    return QRectF(*ink.box).adjusted(-half, -half, half, half)


class InkPicture(QWidget):
    """Shows a part of the paper as it was drawn on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink()
        self._part = QRectF()
        self._mark: tuple[Stroke, str] | None = None
        self._painted: QPixmap | None = None
        self._painted_in: Colours | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_ink(self, ink: Ink, part: QRectF) -> None:
        """Show the part of the paper within a rectangle, in canvas units; no mark."""
        self._ink, self._part, self._mark, self._painted = ink, part, None, None
        self.update()

    def mark(self, piece: Stroke | None, number: str = "") -> None:
        """Mark a piece of the ink with dashes and a number, and show all else fainter."""
        self._mark = None if piece is None else (piece, number)
        self._painted = None
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the digit images beside it."""
        return QSize(_SIDE + 2, _SIDE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paper, which is kept, for ink may be long."""
        ratio = self.devicePixelRatio()
        if (
            self._painted is None
            or self._painted.devicePixelRatio() != ratio
            or self._painted_in is not colours()
        ):
            self._painted_in = colours()
            self._painted = QPixmap(self.size() * ratio)
            self._painted.setDevicePixelRatio(ratio)
            self._painted.fill(colours().border)
            painter = QPainter(self._painted)
            self._paint(painter)
            painter.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        inner = QRectF(1, 1, _SIDE, _SIDE)
        if not self._ink.strokes:
            painter.fillRect(inner, colours().paper)
            return
        painter.fillRect(inner, colours().bar_track)
        scale = _SIDE / max(self._part.width(), self._part.height(), 1e-9)
        paper = QRectF(0, 0, self._part.width() * scale, self._part.height() * scale)
        paper.moveCenter(inner.center())
        painter.fillRect(paper, colours().paper)
        painter.setClipRect(paper)
        painter.save()
        painter.translate(paper.topLeft())
        painter.scale(scale, scale)
        painter.translate(-self._part.topLeft())
        pen_width = self._ink.pen_width or _USUAL_PEN
        shade = colours().ink if self._mark is None else colours().bar
        for stroke in self._ink.strokes:
            paint_stroke(painter, stroke.points, pen_width, shade)
        if self._mark is not None:
            paint_stroke(painter, self._mark[0].points, pen_width, colours().ink)
        painter.restore()
        if self._mark is not None:
            self._paint_mark(painter, *self._mark, paper.topLeft(), scale, pen_width)

    def _paint_mark(
        self,
        painter: QPainter,
        piece: Stroke,
        number: str,
        corner: QPointF,
        scale: float,
        pen_width: float,
    ) -> None:
        line = QPolygonF(
            [corner + (QPointF(x, y) - self._part.topLeft()) * scale for x, y in piece.xy.tolist()]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dashes = QPen(colours().paper, max(pen_width * scale, _LEAST_WIDTH) / 3)
        dashes.setDashPattern(_DASHES)
        painter.setPen(dashes)
        painter.drawPolyline(line)
        painter.setFont(font("strong"))
        metrics = QFontMetrics(painter.font())
        badge = QRectF(0, 0, max(metrics.horizontalAdvance(number), metrics.height()) + 2, 0)
        badge.setHeight(metrics.height() + 2)
        # Before the start of the stroke, as in pictures that teach in which order to write.
        start = QLineF(line.at(min(line.size(), _AHEAD) - 1), line.at(0))
        start.setLength(start.length() + badge.width() / 2)
        badge.moveCenter(start.p2())
        badge.moveLeft(min(max(badge.left(), 1.0), _SIDE + 1.0 - badge.width()))
        badge.moveTop(min(max(badge.top(), 1.0), _SIDE + 1.0 - badge.height()))
        painter.setClipping(False)
        painter.setPen(QPen(colours().ink, 1))
        painter.setBrush(colours().paper)
        painter.drawEllipse(badge)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, number)
