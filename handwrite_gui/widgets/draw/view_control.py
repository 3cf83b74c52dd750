"""What moves and enlarges the paper: wheel, two fingers, the middle button, and keys."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
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

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.widgets.draw.pen import Pen, is_of_mouse
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.draw.zoom_badge import ZoomBadge
from handwrite_gui.widgets.theme import SPACING

#: A wheel's notch, in the unit of `QWheelEvent.angleDelta`; four of them double the size.
NOTCH, NOTCHES_TO_DOUBLE = 120.0, 4
#: How far a notch, or a key, moves the paper, in pixels.
NOTCH_PX, KEY_PX = 6.0 * SPACING, 8.0 * SPACING
#: A view that has not changed for so long rests.
REST_MS = 120
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


class Writing(Protocol):
    """What is written, and whether somebody writes."""

    def ink(self) -> Ink:
        """All ink."""

    @property
    def is_drawing(self) -> bool:
        """Whether a pen is down."""


class ViewControl(QObject):
    """Changes the view of a canvas as a person wants.

    While a pen is down the paper lies still: what is drawn would be distorted.

    Args:
        canvas: The widget.
        view: What is seen in it.
        writing: The ink on it.
        pen: Draws with the first finger, until there is a second.

    Signals:
        view_changed: Another part of the paper is to be seen (True), and has been for a while
            (False).
        paper_left: The middle button holds the paper no more, and the pointer is the tool's again.

    Thread:
        The window's.
    """

    view_changed = Signal(bool)
    paper_left = Signal()

    def __init__(self, canvas: QWidget, view: View, writing: Writing, pen: Pen) -> None:
        super().__init__(canvas)
        self._canvas, self._writing, self._pen = canvas, writing, pen
        self.view = view
        self._badge = ZoomBadge(canvas, lambda: writing.is_drawing)
        self._badge.clicked.connect(self.go_home)
        self._held_at: QPointF | None = None
        self._fingers: dict[int, QPointF] = {}
        self._told = 1.0, 0.0, 0.0
        self._measured: tuple[Stroke, ...] | None = None
        self._rect = QRectF()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)

    @property
    def holds_paper(self) -> bool:
        """Whether the middle button holds it."""
        return self._held_at is not None

    def resize(self) -> None:
        """Take another size of the canvas."""
        self.view.resize(self._canvas.width(), self._canvas.height())
        self._badge.show_view(self.view)

    @Slot()
    def zoom_in(self) -> None:
        """Show the paper larger, by a step."""
        self.zoom_to(self.view.step(1), self.view.middle)

    @Slot()
    def zoom_out(self) -> None:
        """Show the paper smaller, by a step."""
        self.zoom_to(self.view.step(-1), self.view.middle)

    @Slot()
    def go_home(self) -> None:
        """Show the paper as at first, in its actual size."""
        if not self._writing.is_drawing and not self.view.is_home:
            self.view.go_home()
            self._tell()

    def show_ink(self) -> None:
        """Move the paper no further than it takes to see what is written, or where it begins."""
        if self._writing.ink().strokes:
            ink, seen, scale = self._ink_rect(), self.view.seen, self.view.scale
            x = _way(ink.left(), ink.right(), seen.left(), seen.right())
            y = _way(ink.top(), ink.bottom(), seen.top(), seen.bottom())
            self.move_by(-x * scale, -y * scale)

    def handle(self, event: QInputEvent) -> bool:
        """Do what an event says; return whether it was about the view."""
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

    # Devices

    def _handle_mouse(self, event: QMouseEvent) -> bool:
        """The middle button holds the paper; a pen's is not meant, for it erases."""
        if self._held_at is None:
            if event.button() != _MIDDLE or event.type() != QEvent.Type.MouseButtonPress:
                return False
            if is_of_mouse(event) and not self._writing.is_drawing:
                self._held_at = event.position()
                self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
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
            scale = self.view.scale * 2.0 ** (turned.y() / NOTCH / NOTCHES_TO_DOUBLE)
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
            self.zoom_to(self.view.scale * (1.0 + event.value()), event.position())
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
        """Two fingers that come down together hold the paper until both are lifted."""
        if event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False
        kind, points = event.type(), event.points()
        if not self._fingers or kind == QEvent.Type.TouchBegin:
            self._fingers = {}
            if not _come_together(points) or not self._pen.leave_touch():
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
            self.zoom_to(self.view.scale * _distance(*now) / apart, (now[0] + now[1]) / 2)

    # The view

    def zoom_to(self, scale: float, about: QPointF) -> None:
        """Show the paper at a scale; what is at a place of the canvas stays there if it can."""
        if not self._writing.is_drawing:
            self.view.zoom_to(scale, about, self._ink_rect())
            self._tell()

    def move_by(self, x: float, y: float) -> None:
        """Move the paper right and down by pixels of the canvas, as far as it may go."""
        if not self._writing.is_drawing:
            self.view.move_by(x, y, self._ink_rect())
            self._tell()

    def _ink_rect(self) -> QRectF:
        ink = self._writing.ink()
        if ink.strokes is not self._measured:  # An hour's ink takes longer than a wheel's turn.
            self._measured = ink.strokes
            # A little larger, for Qt takes the rectangle of a dot for none.
            self._rect = QRectF(*ink.box).adjusted(-1.0, -1.0, 1.0, 1.0)
        return self._rect

    def _tell(self) -> None:
        now = self.view.scale, self.view.left, self.view.top
        if now != self._told:
            self._told = now
            self._badge.show_view(self.view)
            self._rest.start()
            self.view_changed.emit(True)

    @Slot()
    def _on_rested(self) -> None:
        self.view_changed.emit(False)


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


def _way(first: float, last: float, seen_first: float, seen_last: float) -> float:
    """How far what is seen is moved so that something lies in it, along one axis."""
    before, after = first - seen_first, last - seen_last
    return before if before < 0.0 else max(0.0, min(before, after))
