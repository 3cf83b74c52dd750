"""The hover ring: where a pen in the air would land, and how much it would draw or erase."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QTabletEvent
from PySide6.QtWidgets import QApplication, QWidget

from handwrite_gui.widgets.theme import colours

#: A ring with a smaller radius could not be seen, in canvas units.
LEAST_RADIUS = 3.0
#: The system's pointer follows a pen, but not always to the same pixel.
_POINTER_STRAYS = 16.0
#: Widths of its line, and of the rim around it.
LINE, HALO = 1.5, 3.5
_PEN_LEAVES = (QEvent.Type.TabletLeaveProximity, QEvent.Type.ApplicationStateChange)


class HoverRing(QObject):
    """A ring on the canvas, painted by us: the system's pointer may stay behind the pen.

    A pen that leaves tells the application of it, or nobody. While the ring is seen, therefore,
    the application's events are watched for any sign that the pen is elsewhere.

    Thread:
        The window's.
    """

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._at: QPointF | None = None
        self._radius = LEAST_RADIUS
        self._erases = False

    @property
    def rect(self) -> QRect:
        """The rectangle it is painted in, in canvas units; empty where it is not seen."""
        if self._at is None:
            return QRect()
        reach = self._radius + HALO
        corner = QPointF(reach, reach)
        return QRectF(self._at - corner, self._at + corner).toAlignedRect()

    def show_at(self, at: QPointF, radius: float, *, erases: bool) -> None:
        """Show where the pen is, or the eraser, dashed."""
        application = QApplication.instance()
        if self._at is None and application is not None:
            application.installEventFilter(self)
        self._canvas.update(self.rect)
        self._at, self._radius, self._erases = QPointF(at), max(radius, LEAST_RADIUS), erases
        self._canvas.update(self.rect)

    def hide(self) -> None:
        """Show nothing: the pen is down, or elsewhere."""
        if self._at is None:
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._canvas.update(self.rect)
        self._at = None

    def paint(self, painter: QPainter) -> None:
        """Paint it, if it is seen."""
        if self._at is None:
            return
        paint_ring(painter, self._at, self._radius, erases=self._erases)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide where an event says that the pen is not over the canvas any more."""
        left = event.type() == QEvent.Type.Leave and watched is self._canvas
        if left or event.type() in _PEN_LEAVES or self._is_elsewhere(event):
            self.hide()
        return False

    def _is_elsewhere(self, event: QEvent) -> bool:
        if self._at is None:
            return False
        if isinstance(event, QTabletEvent):
            at = self._canvas.mapFromGlobal(event.globalPosition())
            return not QRectF(self._canvas.rect()).contains(at)
        if isinstance(event, QMouseEvent):  # Of a mouse, or of this pen itself.
            way = self._canvas.mapFromGlobal(event.globalPosition()) - self._at
            return way.manhattanLength() > self._radius + _POINTER_STRAYS
        return False


def paint_ring(painter: QPainter, at: QPointF, radius: float, *, erases: bool) -> None:
    """Paint a ring in the ink's colour with a rim of paper, so that it is seen on both.

    Args:
        painter: In pixels of the widget.
        at: Its middle.
        radius: Of its line.
        erases: Whether it is dashed.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = QPen(colours().ink, LINE)
    if erases:
        line.setDashPattern([3.0, 2.0])
    for pen in (QPen(colours().paper, HALO), line):
        painter.setPen(pen)
        painter.drawEllipse(at, radius, radius)
