"""A sample of the pen, as wide as it draws, and of a shaking hand, as calm as it is made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink import HALF_PRESSURE
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.draw.ink_painter import paint_stroke
from handwrite_gui.widgets.draw.live_stroke import LiveStroke
from handwrite_gui.widgets.theme import SPACING, colours

#: A hand's tremor, in canvas units: to be seen under a broad pen, too.
TREMOR = 1.5
_POINTS = 90


class PenPreview(QWidget):
    """A wave on a slip of paper, written by a hand that shakes.

    Thread:
        The window's.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Graphic"

    def __init__(
        self, pen_width: float, stabiliser: float = 0.0, parent: QWidget | None = None
    ) -> None:
        """Make the slip.

        Args:
            pen_width: In canvas units.
            stabiliser: Its strength, in canvas units.
            parent: Owner of this widget.
        """
        super().__init__(parent)
        self._pen_width, self._stabiliser = pen_width, stabiliser
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName("How the pen draws")

    def show_pen(self, pen_width: float, stabiliser: float) -> None:
        """Show another width and strength, both in canvas units."""
        self._pen_width, self._stabiliser = pen_width, stabiliser
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the wave and the widest pen."""
        return QSize(24 * SPACING, 11 * SPACING)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper and wave."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().paper)
        painter.drawRoundedRect(self.rect(), SPACING / 2, SPACING / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_stroke(painter, self._wave(), self._pen_width, colours().ink)
        painter.end()

    def _wave(self) -> NDArray[np.float64]:
        """The wave as it would be recorded, shape (n, 4)."""
        share = np.linspace(0.0, 1.0, _POINTS)
        side = 4 * SPACING
        x = side + share * (self.width() - 2 * side)
        y = self.height() / 2 - 2 * SPACING * np.sin(2 * np.pi * share)
        # The same hand each time.
        shaking = np.random.default_rng(3).normal(scale=TREMOR, size=(2, _POINTS))
        live = LiveStroke(x[0], y[0], self._stabiliser)
        for at_x, at_y in (np.stack([x, y]) + shaking).T.tolist():
            live.add(at_x, at_y, 0.0, HALF_PRESSURE)
        live.end()
        return live.points()
