"""The box tool: draws a box on a picture, by a pointer or by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen

from handwrite_gui.domain.reading import Box
from handwrite_gui.widgets.pan_zoom import ARROWS, KEYPAD
from handwrite_gui.widgets.pictures.viewport import Viewport

#: What is not in the box is dimmed by so much, of 255.
DIM = 96
#: How far a key moves the box or its right lower corner, in pixels of the widget.
_KEY_PX = 8.0
_LIGHT, _DARK = QColor("white"), QColor("black")


class BoxTool:
    """Keeps the box that a person draws.

    Args:
        viewport: What is seen of the picture.

    Attributes:
        box: In the picture's pixels, inside it; None for none.
        is_on: Whether a pointer draws one.
    """

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._start: QPointF | None = None
        self.box: Box | None = None
        self.is_on = False

    @property
    def is_drawing(self) -> bool:
        """Whether a pointer is down."""
        return self._start is not None

    def press(self, at: QPointF) -> None:
        """Begin a box at a place of the widget."""
        self._start, self.box = self._inside(self._viewport.to_picture(at)), None

    def move(self, at: QPointF) -> None:
        """Let the box reach to a place of the widget."""
        if self._start is not None:
            rect = QRectF(self._start, self._inside(self._viewport.to_picture(at))).normalized()
            self.box = _box_of(rect) if rect.width() and rect.height() else None

    def release(self) -> None:
        """End the box; one that nobody can see is none."""
        self._start = None
        if self.box is not None and min(self.box[2:]) * self._viewport.scale < 4.0:
            self.box = None

    def clear(self) -> None:
        """Have no box."""
        self._start = self.box = None

    def handle_key(self, event: QKeyEvent) -> bool:
        """Move the box with the arrows, its right lower corner with Shift; make one at first."""
        way = ARROWS.get(event.key())
        held = event.modifiers() & ~KEYPAD
        if way is None or held not in (Qt.KeyboardModifier(0), Qt.KeyboardModifier.ShiftModifier):
            return False
        if self.box is None:
            seen = self._viewport.seen & QRectF(0.0, 0.0, *self._viewport.size)
            across, down = seen.width() / 4, seen.height() / 4
            self.box = _box_of(seen.adjusted(across, down, -across, -down))
            return True
        step = max(1.0, _KEY_PX / self._viewport.scale)
        x, y, width, height = self.box
        most_x, most_y = self._viewport.size
        if held:
            width = min(max(width + way[0] * step, step), most_x - x)
            height = min(max(height + way[1] * step, step), most_y - y)
        else:
            x = min(max(x + way[0] * step, 0.0), most_x - width)
            y = min(max(y + way[1] * step, 0.0), most_y - height)
        self.box = x, y, width, height
        return True

    def paint(self, painter: QPainter, size: QSize) -> None:
        """Paint the box, in pixels of the widget."""
        if self.box is not None:
            paint_box(painter, self._viewport.to_widget(self.box), size)

    def _inside(self, at: QPointF) -> QPointF:
        width, height = self._viewport.size
        return QPointF(min(max(at.x(), 0.0), width), min(max(at.y(), 0.0), height))


def paint_box(painter: QPainter, box: QRectF, size: QSize) -> None:
    """Dim all but a box, and paint a line around it that shows on any picture."""
    around = QPainterPath()
    around.addRect(QRectF(0.0, 0.0, size.width(), size.height()))
    around.addRect(box)
    painter.fillPath(around, QColor(0, 0, 0, DIM))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, style in ((_LIGHT, Qt.PenStyle.SolidLine), (_DARK, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(colour, 2, style))
        painter.drawRect(box)


def _box_of(rect: QRectF) -> Box:
    return rect.x(), rect.y(), rect.width(), rect.height()
