"""The pen: strokes from the events of mice, pens and fingers."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)

from handwrite_gui.domain.ink import Stroke

#: A mouse and a finger press neither softly nor hard.
HALF_PRESSURE = 0.5
#: Qt names a mouse's main button and a pen's tip alike.
TIP = Qt.MouseButton.LeftButton


class LiveStroke:
    """The stroke under the pen: points are added in constant time and never lost."""

    def __init__(self) -> None:
        self._points = np.empty((256, 4))
        self._count = 0

    def add(self, x: float, y: float, time_ms: float, pressure: float) -> NDArray[np.float64]:
        """Add a point; return the newest segment, shape (2, 4), or (1, 4) for the first point."""
        if self._count == len(self._points):
            self._points = np.concatenate([self._points, np.empty_like(self._points)])
        # A driver's pressure may be anything, NaN too, which compares as neither more nor less.
        self._points[self._count] = x, y, time_ms, pressure if 0.0 <= pressure <= 1.0 else 1.0
        self._count += 1
        return self._points[max(self._count - 2, 0) : self._count]

    def stroke(self) -> Stroke:
        """The stroke so far: a copy of its own."""
        return Stroke(self._points[: self._count].copy())


class Paper(Protocol):
    """What a pen does to paper. Places are in canvas units."""

    def start_stroke(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Put the pen down; a stroke that was never finished is finished first."""

    def add_point(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Move the pen that is down."""

    def finish_stroke(self) -> None:
        """Lift the pen."""

    def erase_at(self, at: QPointF) -> None:
        """Erase what is there."""


class Device(Enum):
    """What can draw."""

    MOUSE = "mouse"
    PEN = "pen"
    ERASER = "eraser"
    TOUCH = "touch"


class Pen:
    """Lets one device at a time draw: it owns the stroke from its press to its release.

    Systems send a pen's and a finger's moves a second time as a mouse's; those are not drawn again.
    """

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._owner: Device | None = None
        self._finger = 0

    def handle(self, event: QEvent) -> bool:
        """Draw what an event says; return whether it was a pointer's."""
        if isinstance(event, QTabletEvent):
            self._handle_pen(event)
        elif isinstance(event, QTouchEvent):
            if event.device().type() != QInputDevice.DeviceType.TouchScreen:
                return False  # A track-pad's fingers only move the pointer.
            self._handle_touch(event)
        elif isinstance(event, QMouseEvent):
            self._handle_mouse(event)
        else:
            return False
        event.accept()  # Accepted, Qt makes no mouse event of a pen's or a finger's.
        return True

    def lift(self) -> None:
        """End the stroke, whoever owns it: its release may never come."""
        self._owner = None
        self._paper.finish_stroke()

    def _take(self, device: Device) -> bool:
        """Let a device own the next stroke, unless another owns one."""
        if self._owner in (None, device):
            self._owner = device
        return self._owner is device

    def _handle_mouse(self, event: QMouseEvent) -> None:
        pen_types = QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser
        own = event.source() == Qt.MouseEventSource.MouseEventNotSynthesized
        if not own or event.pointerType() in pen_types:
            return
        kind, at, time_ms = event.type(), event.position(), event.timestamp()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() == TIP and self._take(Device.MOUSE):
                self._paper.start_stroke(at, time_ms, HALF_PRESSURE)
        elif self._owner is Device.MOUSE:
            if kind == QEvent.Type.MouseMove and event.buttons() & TIP:
                self._paper.add_point(at, time_ms, HALF_PRESSURE)
            elif not event.buttons() & TIP:  # Released, here or where nobody told us.
                self.lift()

    def _handle_pen(self, event: QTabletEvent) -> None:
        """The tip draws and the other end erases; the buttons on the barrel do neither."""
        erases = event.pointerType() == QPointingDevice.PointerType.Eraser
        at, time_ms, pressure = event.position(), event.timestamp(), event.pressure()
        of_tip = event.button() in (TIP, Qt.MouseButton.NoButton)
        # A tip that is down may tell of no pressure, and some drivers tell of no button.
        is_down = bool(event.buttons() & TIP) or pressure > 0.0
        if event.type() == QEvent.Type.TabletRelease and of_tip:
            is_down = False
        elif event.type() == QEvent.Type.TabletPress and of_tip:
            is_down = True
            if self._owner in (Device.PEN, Device.ERASER):
                self.lift()  # Both ends are of one pen, and its release got lost.
            if self._take(Device.ERASER if erases else Device.PEN) and not erases:
                self._paper.start_stroke(at, time_ms, pressure)
        moves = event.type() == QEvent.Type.TabletMove and is_down and not erases
        if moves and self._owner is Device.PEN:
            self._paper.add_point(at, time_ms, pressure)
        if self._owner is Device.ERASER and is_down:
            self._paper.erase_at(at)
        if self._owner in (Device.PEN, Device.ERASER) and not is_down:
            self.lift()  # Lifted, here or where nobody told us.

    def _handle_touch(self, event: QTouchEvent) -> None:
        """The first finger draws; others wait until it is lifted."""
        if event.type() == QEvent.Type.TouchBegin and self._take(Device.TOUCH):
            self._finger = event.points()[0].id()
            at = event.points()[0].position()
            self._paper.start_stroke(at, event.timestamp(), HALF_PRESSURE)
        elif self._owner is Device.TOUCH:
            # Systems list fingers in any order, and none where they took the touch away.
            finger = next((p for p in event.points() if p.id() == self._finger), None)
            if finger is None or finger.state() == QEventPoint.State.Released:
                self.lift()
            else:
                self._paper.add_point(finger.position(), event.timestamp(), HALF_PRESSURE)
