"""The viewport: which part of a picture is seen, and how large."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from handwrite_gui.domain.reading import Box

#: The largest scale of all but tiny pictures: pixels of the widget to a pixel of the picture.
MOST_SCALE = 16.0
#: Scales that the keys stop at; a wheel and two fingers stop anywhere between.
STEPS = (0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
#: What is enlarged so many times is shown in squares, as a 28×28 image is.
SHARP_FROM = 4.0
_NEAR = 1e-6


class Viewport:
    """Maps between a widget and the picture that is seen in it.

    At first the picture is fitted: whole, and as large as there is room. It stays so when the
    widget's size changes; enlarged, its middle stays where it was. It cannot be lost: where it is
    smaller than the widget it lies in its middle, and elsewhere it fills it.

    Attributes:
        scale: Pixels of the widget to a pixel of the picture.
        left: What lies at the widget's left edge, in pixels of the picture.
        top: As left, at its upper edge.
        is_fitted: Whether the picture is seen whole.
    """

    __slots__ = (
        *("_above", "_height", "_ratio", "_room", "_width"),
        *("is_fitted", "left", "scale", "top"),
    )

    def __init__(self) -> None:
        self._room = QSizeF(1.0, 1.0)
        self._above, self._ratio = 0.0, 1.0
        self._width = self._height = 1.0
        self.scale, self.left, self.top = 1.0, 0.0, 0.0
        self.is_fitted = True

    @property
    def fitted_scale(self) -> float:
        """The scale at which the whole picture is seen."""
        height = max(1.0, self._room.height() - self._above)
        scale = min(self._room.width() / self._width, height / self._height)
        if scale * self._ratio >= SHARP_FROM:  # Squares of one size, in pixels of the screen.
            scale = int(scale * self._ratio) / self._ratio
        return scale

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture, in its pixels."""
        return self._width, self._height

    @property
    def seen(self) -> QRectF:
        """What is seen, in pixels of the picture, and beyond it."""
        size = self._room / self.scale
        return QRectF(QPointF(self.left, self.top), size)

    @property
    def middle(self) -> QPointF:
        """The middle of the widget, in its pixels."""
        return QPointF(self._room.width() / 2, self._room.height() / 2)

    def to_picture(self, at: QPointF) -> QPointF:
        """Map a place in the widget to pixels of the picture."""
        return at / self.scale + QPointF(self.left, self.top)

    def to_widget(self, box: Box | QRectF) -> QRectF:
        """Map a box in pixels of the picture to the widget."""
        rect = box if isinstance(box, QRectF) else QRectF(*box)
        corner = (rect.topLeft() - QPointF(self.left, self.top)) * self.scale
        return QRectF(corner, rect.size() * self.scale)

    def show(self, width: float, height: float) -> None:
        """Show a picture of this size in pixels, fitted."""
        self._width, self._height = max(1.0, width), max(1.0, height)
        self.fit()

    def resize(self, room: QSizeF, ratio: float, above: float) -> None:
        """Take another size of the widget.

        Args:
            room: In its pixels.
            ratio: Pixels of the screen to one of the widget's.
            above: Room that is left above a fitted picture, in pixels of the widget.
        """
        middle = self.to_picture(self.middle)
        self._room, self._ratio, self._above = room.expandedTo(QSizeF(1.0, 1.0)), ratio, above
        if self.is_fitted:
            self.fit()
        else:
            self._put(middle - self.middle / self.scale)

    def fit(self) -> None:
        """Show the picture whole."""
        self.is_fitted, self.scale = True, self.fitted_scale
        self._put(QPointF())

    def zoom_to(self, scale: float, about: QPointF) -> None:
        """Change the scale; what is at a place of the widget stays there if it can."""
        fitted = self.fitted_scale
        scale = min(max(scale, min(fitted, 1.0)), max(fitted, MOST_SCALE))
        there = self.to_picture(about)
        # Whoever passes the whole picture stops there, and has it whole again.
        passes = (scale - fitted) * (self.scale - fitted) < 0.0
        if passes or abs(scale - fitted) < _NEAR:
            self.fit()
            return
        self.is_fitted, self.scale = False, scale
        self._put(there - about / scale)

    def step(self, direction: int) -> float:
        """The next scale of `STEPS`, or the fitted one, that is larger (1) or smaller (-1)."""
        steps = sorted((*STEPS, self.fitted_scale))
        if direction > 0:
            return next((step for step in steps if step > self.scale + _NEAR), steps[-1])
        return next((step for step in steps[::-1] if step < self.scale - _NEAR), steps[0])

    def move_by(self, x: float, y: float) -> None:
        """Move the picture right and down by pixels of the widget, as far as it may go."""
        self._put(QPointF(self.left - x / self.scale, self.top - y / self.scale))

    def bring_into_view(self, box: Box, margin: float) -> None:
        """Move the picture no further than it takes to see a box.

        Args:
            box: In pixels of the picture. Of one that is too large the middle is shown.
            margin: What is to be seen around it, in pixels of the widget.
        """
        at = self.to_widget(box).adjusted(-margin, -margin, margin, margin)
        x = _way(at.left(), at.right(), self._room.width())
        y = _way(at.top(), at.bottom(), self._room.height())
        if x or y:
            self.move_by(x, y)

    def _put(self, corner: QPointF) -> None:
        above = self._above / self.scale
        room = self._room / self.scale
        self.left = _kept(corner.x(), self._width, room.width(), 0.0)
        self.top = _kept(corner.y(), self._height, room.height(), above)


def _kept(start: float, length: float, room: float, before: float) -> float:
    """Where what is seen begins along an axis, so that the picture is not lost.

    Args:
        start: Where it would begin.
        length: Of the picture.
        room: How much is seen.
        before: What is left free before it.
    """
    if length + before <= room:
        return -before - (room - before - length) / 2
    return min(max(start, -before), length - room)


def _way(start: float, end: float, room: float) -> float:
    """How far something is moved so that it lies in the room, along one axis."""
    if end - start > room:
        return room / 2 - (start + end) / 2
    return max(0.0, -start) - max(0.0, end - room)
