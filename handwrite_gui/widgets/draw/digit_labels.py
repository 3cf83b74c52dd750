"""The digits' labels: under each digit on the paper, small, what it was read as."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.reading import Box, Digit, Refusal
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.ink_painter import ink_reach
from handwrite_gui.widgets.draw.label_tool import LabelTool
from handwrite_gui.widgets.draw.read_digits import ReadDigits
from handwrite_gui.widgets.draw.tool import Tool
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import SPACING, colours, font

#: What is beside a reading.
_Mark = Literal["", "doubtful", "said"]
#: What is under a mark that is no digit.
NO_DIGIT = "–"
#: A label is easy to hit: at least so large (WCAG 2.2, 2.5.8), in pixels.
LEAST_SIDE = 24
#: Digits that are seen smaller than this have no label: it would cover what is below them.
LEAST_DIGIT = 12.0
#: Where more digits are read, only one that is selected has a label: each costs at every move.
MOST_LABELS = 500
#: Blank paper between a digit and its label, in pixels.
_GAP = 2


class DigitLabels(QObject):
    """Shows under each digit its reading, and which digit is selected.

    Each label is a widget of its own that lets every event through, so that a move of the pen costs
    nothing more. While the pen is down labels only say something else: none comes, goes or moves.
    Where there are more than `MOST_LABELS` digits, only the one that is selected has a label.

    Args:
        canvas: Where they are seen.
        digits: What was read there.

    Signals:
        tapped: The Digit whose label was clicked.

    Thread:
        The window's.
    """

    tapped = Signal(object)

    def __init__(self, canvas: Canvas, digits: ReadDigits) -> None:
        super().__init__(canvas)
        self._canvas, self._digits = canvas, digits
        self._labels: dict[Stroke, _Label] = {}
        self._is_on = True
        self._tool = LabelTool(self)
        self._tool.tapped.connect(self.tapped)
        canvas.set_over(self)
        digits.changed.connect(self.follow)
        canvas.stroke_finished.connect(self._drop_gone)
        canvas.view_control.view_changed.connect(self._place)
        canvas.resized.connect(self._place)

    def set_on(self, on: bool) -> None:
        """Show all labels, or only that of a digit that is selected."""
        self._is_on = on
        self.follow()

    def tool_at(self, at: QPointF, tool: Tool) -> Tool | None:
        """Return what takes a press there in a tool's place, or None where no label is."""
        digit = self.digit_at(at)
        return None if digit is None else self._tool.take(digit, tool)

    def is_at(self, at: QPointF) -> bool:
        """Tell whether a label is there."""
        return self.digit_at(at) is not None

    def digit_at(self, at: QPointF) -> Digit | None:
        """The digit whose label is there, in pixels of the canvas, or None."""
        for label in self._labels.values():
            if label.isVisible() and QRectF(label.geometry()).contains(at):
                return label.digit
        return None

    def rect_of(self, digit: Digit) -> QRect:
        """Where a digit's label is, or would be, in pixels of the canvas."""
        return _Label.place_of(digit.box, self._canvas)

    @Slot()
    def follow(self) -> None:
        """Say what is read now."""
        digits, is_drawing = self._digits, self._canvas.is_drawing
        there = set() if is_drawing else set(self._canvas.sheet.strokes)
        selected, found = digits.selected, set[Stroke]()
        reading = digits.reading
        is_dot = reading is not None and reading.refusal is Refusal.DOT
        is_on = self._is_on and len(digits.all) <= MOST_LABELS
        for digit in digits.all if not is_dot else ():
            key = digits.key(digit)
            if key in found or not (is_on or digit is selected):
                continue
            found.add(key)
            label = self._labels.get(key)
            if label is None:
                if key not in there:
                    continue  # It is under the pen, or was when it was read.
                label = self._labels[key] = _Label(self._canvas)
            mark: _Mark = "doubtful" if digit in digits.doubtful else ""
            if digit.said is not None:
                mark = "said"
            label.say(digit, digits.figure_of(digit), mark, is_selected=digit is selected)
            if not is_drawing:
                label.stand_under(digit.box)
        if not is_drawing:
            self._keep(found & there)

    @Slot()
    def _drop_gone(self) -> None:
        self._keep(set(self._labels).intersection(self._canvas.sheet.strokes))

    def _keep(self, keys: set[Stroke]) -> None:
        for key in set(self._labels) - keys:
            label = self._labels.pop(key)
            label.hide()
            label.deleteLater()

    @Slot()
    def _place(self) -> None:
        for label in self._labels.values():
            label.place()


class _Label(QWidget):
    """What one digit was read as; as large whatever that is, so that it never jumps.

    Attributes:
        digit: The digit, as it was read last.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.digit: Digit | None = None
        self._box: Box | None = None
        self._said: tuple[str, _Mark, bool] = "", "", False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lower()  # Beneath the badge that says the zoom.

    def say(self, digit: Digit, figure: int | None, mark: _Mark, *, is_selected: bool) -> None:
        """Say what a digit is, or that it is none, and how that is known."""
        self.digit = digit
        text = NO_DIGIT if figure is None else str(figure)
        if self._said != (text, mark, is_selected):
            self._said = text, mark, is_selected
            self.update()

    def stand_under(self, box: Box) -> None:
        """Stand under a digit's box, in canvas units."""
        if box != self._box:
            self._box = box
            self.place()

    def place(self) -> None:
        """Stand where the digit is seen now."""
        if self._box is None:
            return
        self.setGeometry(self.place_of(self._box, self._canvas))
        self.setVisible(max(self._box[2:]) * self._canvas.view.scale >= LEAST_DIGIT)

    @staticmethod
    def place_of(box: Box, canvas: Canvas) -> QRect:
        """Where a label stands: under a box, or over it where the paper that is seen ends."""
        view: View = canvas.view
        reach = ink_reach(canvas.sheet.pen_width)
        x, y, width, height = box
        rect = view.to_widget.mapRect(QRectF(x, y, width, height).adjusted(0, -reach, 0, reach))
        size = _label_size()
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
        painter.setFont(font("strong" if is_selected else "body"))
        painter.setPen(shades.ink if is_selected or mark else shades.paper_hint)
        middle = Qt.AlignmentFlag.AlignCenter
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


def _label_size() -> QSize:
    metrics = QFontMetrics(font("body"))
    width = 3 * metrics.horizontalAdvance("0") + 2 * SPACING
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
