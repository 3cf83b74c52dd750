"""The view: which part of the paper is seen, and how large."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from handwrite_gui.domain.ink import Bounds

#: Smallest and largest scale: pixels of the widget to a canvas unit.
LEAST_SCALE, MOST_SCALE = 0.25, 8.0
#: Scales that the keys stop at; a wheel and two fingers stop anywhere between.
STEPS = (0.25, 0.33, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
#: How near a scale is one of the steps: a wheel's notches add up to it but for rounding.
_NEAR = 1e-6


class View:
    """Maps between a widget and the paper that is seen in it.

    At home the scale is 1, and the paper's origin lies in the widget's corner. The paper cannot be
    lost: of that sheet, as large as the widget, with all ink on and beyond it, and of what is seen,
    the smaller one has its middle in the other. Another size of the widget shows more or less of
    the paper, and moves and scales nothing.

    Attributes:
        scale: Pixels of the widget to a canvas unit, `LEAST_SCALE` to `MOST_SCALE`.
        left: What lies at the widget's left edge, in canvas units.
        top: As left, at its upper edge.
        right: As left, at its right edge.
        bottom: As left, at its lower edge.
    """

    __slots__ = ("_height", "_width", "bottom", "left", "right", "scale", "top")

    def __init__(self) -> None:
        self._width = self._height = 0.0
        self.scale = 1.0
        self.left = self.top = self.right = self.bottom = 0.0

    @property
    def is_home(self) -> bool:
        """Whether the paper lies where it did at first, at its actual size."""
        return self.scale == 1.0 and self.left == self.top == 0.0

    @property
    def middle(self) -> QPointF:
        """The middle of the widget, in its pixels."""
        return QPointF(self._width / 2, self._height / 2)

    @property
    def seen(self) -> QRectF:
        """The paper that is seen, in canvas units."""
        return QRectF(self.left, self.top, self.right - self.left, self.bottom - self.top)

    @property
    def bounds(self) -> Bounds:
        """As `seen`, as numbers."""
        return self.left, self.top, self.right, self.bottom

    @property
    def to_widget(self) -> QTransform:
        """Maps canvas units to pixels of the widget."""
        scale = self.scale
        return QTransform(scale, 0.0, 0.0, scale, -self.left * scale, -self.top * scale)

    def to_paper(self, at: QPointF) -> tuple[float, float]:
        """Map a place in the widget, or beside it, to canvas units."""
        return at.x() / self.scale + self.left, at.y() / self.scale + self.top

    def on_paper(self, at: QPointF) -> tuple[float, float]:
        """Map as `to_paper`, to the edge at most: no ink is where nobody sees it."""
        # Not by way of `to_paper`, for this runs at each move of the pen.
        x, y = at.toTuple()
        x, y = x / self.scale + self.left, y / self.scale + self.top
        if self.left <= x <= self.right and self.top <= y <= self.bottom:
            return x, y
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)

    def resize(self, width: float, height: float) -> None:
        """Take another size of the widget, in its pixels."""
        self._width, self._height = width, height
        self._put(self.left, self.top)

    def go_home(self) -> None:
        """Show the sheet as at first."""
        self.scale = 1.0
        self._put(0.0, 0.0)

    def zoom_to(self, scale: float, about: QPointF, ink: QRectF) -> None:
        """Change the scale; what is at a place stays there, unless the paper would be lost.

        Args:
            scale: As the attribute; what is beyond its limits is cut to them.
            about: The place, in pixels of the widget.
            ink: The rectangle around all ink, in canvas units.
        """
        x, y = self.to_paper(about)
        scale = min(max(scale, LEAST_SCALE), MOST_SCALE)
        passes_actual_size = (scale - 1.0) * (self.scale - 1.0) < 0.0
        self.scale = 1.0 if passes_actual_size or abs(scale - 1.0) < _NEAR else scale
        self._put(x - about.x() / self.scale, y - about.y() / self.scale)
        self._keep(ink)

    def step(self, direction: int) -> float:
        """The next of `STEPS` that is larger (1) or smaller (-1), or the last of them."""
        if direction > 0:
            return next((step for step in STEPS if step > self.scale + _NEAR), STEPS[-1])
        return next((step for step in STEPS[::-1] if step < self.scale - _NEAR), STEPS[0])

    def move_by(self, x: float, y: float, ink: QRectF) -> None:
        """Move the paper right and down by pixels of the widget, as far as `ink` lets."""
        self._put(self.left - x / self.scale, self.top - y / self.scale)
        self._keep(ink)

    def _keep(self, ink: QRectF) -> None:
        """Keep the middle of what is seen on what is there, or the other way about."""
        there, seen = QRectF(0.0, 0.0, self._width, self._height) | ink, self.seen
        way = seen.center() - there.center()
        most_x = max(there.width(), seen.width()) / 2
        most_y = max(there.height(), seen.height()) / 2
        self._put(
            self.left - way.x() + min(max(way.x(), -most_x), most_x),
            self.top - way.y() + min(max(way.y(), -most_y), most_y),
        )

    def _put(self, left: float, top: float) -> None:
        self.left, self.top = left, top
        self.right = left + self._width / self.scale
        self.bottom = top + self._height / self.scale
