"""A digit's label: what one digit on the paper was read as, small, under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.reading import Box, Digit
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.ink_painter import ink_reach
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import SPACING, colours, font

#: What is beside a reading.
LabelMark = Literal["", "doubtful", "said"]
#: What is under a mark that is no digit, and what stands for it where there is no room.
NO_DIGIT, NO_ROOM = "no digit", "–"
#: A label is easy to hit: at least so large (WCAG 2.2, 2.5.8), in pixels.
LEAST_SIDE = 24
#: Digits that are seen smaller than this have no label: it would cover what is below them.
LEAST_DIGIT = 12.0
#: Blank paper between a digit and its label, in pixels.
_GAP = 2


class DigitLabel(QWidget):
    """What one digit was read as; as large whatever that is, so that it never jumps.

    Only of what is no digit it is as wide as these words, where there is room.

    Attributes:
        digit: The digit, as it was read last.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.digit: Digit | None = None
        self._box: Box | None = None
        self._said: tuple[str, LabelMark, bool] = "", "", False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lower()  # Beneath the badge that says the zoom.

    def say(self, digit: Digit, letter: str | None, mark: LabelMark, *, is_selected: bool) -> None:
        """Say what a digit or sign is, or that it is none, and how that is known."""
        self.digit = digit
        text = letter or NO_DIGIT
        if self._said != (text, mark, is_selected):
            self._said = text, mark, is_selected
            self.update()

    @property
    def is_refused(self) -> bool:
        """Whether it says that something is no digit."""
        return self._said[0] == NO_DIGIT

    def stand_under(self, box: Box) -> None:
        """Stand under a digit's box, in canvas units."""
        if box != self._box or self.width() != _label_size().width():
            self._box = box
            self.place()

    def widen(self, others: Iterable[QRect]) -> None:
        """Be as wide as "no digit", unless that covers other labels' places."""
        if self._box is None:
            return
        narrow = self.place_of(self._box, self._canvas)
        wide = self.place_of(self._box, self._canvas, NO_DIGIT)
        spare = wide.width() - narrow.width()
        seen = max(0, min(wide.left(), self._canvas.width() - wide.width()))
        wide.moveLeft(max(narrow.left() - spare, min(seen, narrow.left())))
        if not any(map(wide.intersects, others)):
            self.setGeometry(wide)

    def place(self) -> None:
        """Stand where the digit is seen now."""
        if self._box is None:
            return
        self.setGeometry(self.place_of(self._box, self._canvas))
        self.setVisible(max(self._box[2:]) * self._canvas.view.scale >= LEAST_DIGIT)

    @staticmethod
    def place_of(box: Box, canvas: Canvas, text: str = "") -> QRect:
        """Where a label of a figure, or of a text, stands: under a box, or over it at the end."""
        view: View = canvas.view
        reach = ink_reach(canvas.sheet.pen_width)
        x, y, width, height = box
        rect = view.to_widget.mapRect(QRectF(x, y, width, height).adjusted(0, -reach, 0, reach))
        size = _label_size(text)
        left = round(rect.center().x() - size.width() / 2)
        top = round(rect.bottom()) + _GAP
        if top + size.height() > canvas.height():
            top = round(rect.top()) - _GAP - size.height()
        return QRect(left, top, size.width(), size.height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the digit in the middle, and beside it what marks it."""
        text, mark, is_selected = self._said
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = colours()
        is_thin = text != NO_DIGIT and not text.isdigit()  # Signs are hardly seen in plain type.
        painter.setFont(font("strong" if is_selected or is_thin else "body"))
        painter.setPen(shades.ink if is_selected or mark else shades.paper_hint)
        middle = Qt.AlignmentFlag.AlignCenter
        if self.width() < _label_size(text).width():
            text = NO_ROOM
        painter.drawText(self.rect(), middle, text)
        advance = QFontMetrics(font("body")).horizontalAdvance("0")
        beside = self.rect().translated(round(1.3 * advance), 0)
        if mark == "doubtful":
            painter.drawText(beside, middle, "?")
        elif mark == "said":
            _paint_tick(painter, QPointF(beside.center()), advance * 0.7)
        if is_selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shades.ink, 2.0))
            ring = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
            painter.drawRoundedRect(ring, SPACING / 2, SPACING / 2)
        painter.end()


def _label_size(text: str = "") -> QSize:
    metrics = QFontMetrics(font("body"))
    figure = 3 * metrics.horizontalAdvance("0") + 2 * SPACING
    width = max(figure, QFontMetrics(font("strong")).horizontalAdvance(text) + SPACING)
    return QSize(max(width, LEAST_SIDE), max(metrics.height() + 4, LEAST_SIDE))


def _paint_tick(painter: QPainter, middle: QPointF, side: float) -> None:
    """Paint a tick: not every font has one."""
    pen = QPen(colours().ink, max(side / 4, 1.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    half = side / 2
    corner = middle + QPointF(-half / 4, half)
    painter.drawLine(middle + QPointF(-half, half / 4), corner)
    painter.drawLine(corner, middle + QPointF(half, -half))
