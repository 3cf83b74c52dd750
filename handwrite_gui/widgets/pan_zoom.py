"""What moves and enlarges a sheet or a picture: wheel, two fingers, the middle button, and keys."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QEventPoint,
    QGuiApplication,
    QInputDevice,
    QInputEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from handwrite_gui.widgets.draw.pen import is_of_mouse
from handwrite_gui.widgets.theme import SPACING

#: A wheel's notch, in the unit of `QWheelEvent.angleDelta`; four of them double the size.
NOTCH, NOTCHES_TO_DOUBLE = 120.0, 4
#: How far a notch, or a key, moves what is seen, in pixels.
NOTCH_PX, KEY_PX = 6.0 * SPACING, 8.0 * SPACING
_MIDDLE = Qt.MouseButton.MiddleButton
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
#: Of the keys on the number pad, and on a Mac of the arrows.
KEYPAD = Qt.KeyboardModifier.KeypadModifier
#: The way that each arrow key points, right and down.
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Seen(Protocol):
    """What is seen of a sheet or a picture."""

    @property
    def scale(self) -> float:
        """Pixels of the widget to a unit of what is shown."""

    @property
    def middle(self) -> QPointF:
        """The middle of the widget, in its pixels."""

    def step(self, direction: int) -> float:
        """The next scale that keys stop at, larger (1) or smaller (-1)."""


class PanZoom(QObject):
    """Understands how a person wants to see another part of what a widget shows.

    Subclasses know what that is, and move it.

    Args:
        widget: The widget.
        seen: What is seen in it.

    Signals:
        paper_left: The middle button holds what is shown no more, and the pointer is free again.

    Thread:
        The window's.
    """

    paper_left = Signal()

    def __init__(self, widget: QWidget, seen: Seen) -> None:
        super().__init__(widget)
        self._widget, self._seen = widget, seen
        self._held_at: QPointF | None = None
        self._fingers: dict[int, QPointF] = {}

    @property
    def holds_paper(self) -> bool:
        """Whether the middle button holds it."""
        return self._held_at is not None

    @Slot()
    def zoom_in(self) -> None:
        """Show it larger, by a step."""
        self.zoom_by_step(1)

    @Slot()
    def zoom_out(self) -> None:
        """Show it smaller, by a step."""
        self.zoom_by_step(-1)

    # What subclasses know

    def zoom_by_step(self, direction: int) -> None:
        """Show it larger (1) or smaller (-1), as keys do; what is in the middle stays there."""
        self.zoom_to(self._seen.step(direction), self._seen.middle)

    def zoom_to(self, scale: float, about: QPointF) -> None:
        """Show it at a scale; what is at a place of the widget stays there if it can."""
        raise NotImplementedError

    def move_by(self, x: float, y: float) -> None:
        """Move it right and down by pixels of the widget, as far as it may go."""
        raise NotImplementedError

    @property
    def is_still(self) -> bool:
        """Whether it must not be moved now."""
        return False

    def take_fingers(self) -> bool:
        """Take over two fingers that came down together; return whether that may be."""
        return True

    # Devices

    def handle(self, event: QInputEvent) -> bool:
        """Do what an event says; return whether it was about what is seen."""
        if isinstance(event, QMouseEvent):
            done = self._handle_mouse(event)
        elif isinstance(event, QWheelEvent):
            done = self._handle_wheel(event)
        elif isinstance(event, QTouchEvent):
            done = self._handle_touch(event)
        elif isinstance(event, QNativeGestureEvent):
            done = self._handle_gesture(event)
        elif isinstance(event, QKeyEvent):
            done = self._handle_key(event)
        else:
            return False
        if done:
            event.accept()
        return done

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        """The middle button holds what is shown; a pen's is not meant, for it erases."""
        if self._held_at is None:
            if event.button() != _MIDDLE or event.type() != QEvent.Type.MouseButtonPress:
                return False
            if is_of_mouse(event) and not self.is_still:
                self._held_at = event.position()
                self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        if not event.buttons() & _MIDDLE:  # Released, here or where nobody told us.
            self._held_at = None
            self.paper_left.emit()
            return event.button() == _MIDDLE
        way = event.position() - self._held_at
        self._held_at = event.position()
        self.move_by(way.x(), way.y())
        return True

    def _handle_wheel(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta()
        if event.modifiers() & _CONTROL:
            scale = self._seen.scale * 2.0 ** (turned.y() / NOTCH / NOTCHES_TO_DOUBLE)
            self.zoom_to(scale, event.position())
            return True
        if event.phase() == Qt.ScrollPhase.NoScrollPhase:
            x, y = turned.x() / NOTCH * NOTCH_PX, turned.y() / NOTCH * NOTCH_PX
        else:  # A track-pad; pixels that a wheel tells of are not to be relied on, says Qt.
            x, y = float(event.pixelDelta().x()), float(event.pixelDelta().y())
        if event.modifiers() & _SHIFT and x == 0.0:
            x, y = y, 0.0
        self.move_by(x, y)
        return True

    def _handle_gesture(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self._seen.scale * (1.0 + event.value()), event.position())
        elif kind == Qt.NativeGestureType.PanNativeGesture:
            self.move_by(event.delta().x(), event.delta().y())
        else:
            return False
        return True

    def _handle_key(self, event: QKeyEvent) -> bool:
        way = ARROWS.get(event.key())
        is_press = event.type() == QEvent.Type.KeyPress
        if way is None or not is_press or event.modifiers() & ~KEYPAD != _CONTROL:
            return False
        self.move_by(-way[0] * KEY_PX, -way[1] * KEY_PX)
        return True

    def _handle_touch(self, event: QTouchEvent) -> bool:
        """Two fingers that come down together hold what is shown until both are lifted."""
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False
        kind, points = event.type(), event.points()
        if not self._fingers or kind == QEvent.Type.TouchBegin:
            self._fingers = {}
            if not _come_together(points) or not self.take_fingers():
                return False
            self._fingers = {point.id(): point.position() for point in points}
        elif kind in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel):
            self._fingers = {}
        else:
            now = {p.id(): p.position() for p in points if p.id() in self._fingers}
            if len(now) == 2:
                self._pinch(list(now.values()), [self._fingers[finger] for finger in now])
                self._fingers = now
        return True

    def _pinch(self, now: list[QPointF], before: list[QPointF]) -> None:
        """Keep what two fingers hold between them."""
        apart = _distance(*before)
        if apart > 0.0:
            way = (now[0] + now[1] - before[0] - before[1]) / 2
            self.move_by(way.x(), way.y())
            self.zoom_to(self._seen.scale * _distance(*now) / apart, (now[0] + now[1]) / 2)


def _come_together(points: list[QEventPoint]) -> bool:
    """Whether a second finger touches, and none of the two has drawn anything yet."""
    near = QGuiApplication.styleHints().startDragDistance()
    return (
        len(points) == 2
        and any(point.state() == QEventPoint.State.Pressed for point in points)
        and all(
            (point.globalPosition() - point.globalPressPosition()).manhattanLength() < near
            for point in points
        )
    )


def _distance(one: QPointF, other: QPointF) -> float:
    way = other - one
    return float((way.x() ** 2 + way.y() ** 2) ** 0.5)
