"""A sample of the pen, as wide as it draws."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from handwrite_gui.widgets.theme import SPACING, colours


class PenPreview(QWidget):
    """A wave on a slip of paper.

    Thread:
        The window's.
    """

    def __init__(self, pen_width: float, parent: QWidget | None = None) -> None:
        """Make the slip.

        Args:
            pen_width: In canvas units.
            parent: Owner of this widget.
        """
        super().__init__(parent)
        self._pen_width = pen_width
        self.setFixedSize(self.sizeHint())

    def set_pen_width(self, pen_width: float) -> None:
        """Show another width, in canvas units."""
        self._pen_width = pen_width
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the wave and the widest pen."""
        return QSize(24 * SPACING, 9 * SPACING)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper and wave."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().paper)
        painter.drawRoundedRect(self.rect(), SPACING / 2, SPACING / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(
                colours().ink,
                self._pen_width,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        side, middle = 4 * SPACING, self.height() / 2
        wave = QPainterPath(QPointF(side, middle + SPACING))
        wave.cubicTo(
            QPointF(self.width() * 0.4, middle - 3 * SPACING),
            QPointF(self.width() * 0.6, middle + 3 * SPACING),
            QPointF(self.width() - side, middle - SPACING),
        )
        painter.drawPath(wave)
        painter.end()
