"""The pen: what mice, pens and fingers do, as gestures of the tool in use."""

from __future__ import annotations

from enum import Enum
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)

from handwrite_gui.domain.ink import HALF_PRESSURE
from handwrite_gui.widgets.draw.live_stroke import Tilt
from handwrite_gui.widgets.draw.tool import Tool

#: A touch this short a time before or after a pen's event is the palm of the hand that holds it.
PALM_S = 0.5
#: Qt names a mouse's main button and a pen's tip alike.
TIP = Qt.MouseButton.LeftButton
_TIP_OR_UNTOLD = (TIP, Qt.MouseButton.NoButton)
_PEN_TYPES = (QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser)
_TOUCH_SCREEN = QInputDevice.DeviceType.TouchScreen


class Paper(Protocol):
    """What a pen is used on."""

    def tool(self, at: QPointF, *, erases: bool) -> Tool:
        """The tool that the pen is now, or its other end, where it is put down."""

    def setFocus(self) -> None:
        """Take the keys: a mouse's press does that by itself, a pen's does not."""

    def show_hover(self, at: QPointF, *, erases: bool) -> None:
        """Show where the pen in the air would land."""

    def point_at(self, at: QPointF) -> None:
        """Show what a press there would do; a mouse is there, and up."""

    def hide_hover(self) -> None:
        """Show that no more: the pen is down."""


class Device(Enum):
    """What can draw."""

    MOUSE = "mouse"
    PEN = "pen"
    ERASER = "eraser"
    TOUCH = "touch"


#: Looked up once: Python 3.11 is slow at the members of enumerations.
_MOVE, _PEN = QEvent.Type.TabletMove, Device.PEN
_OF_A_PEN = (Device.PEN, Device.ERASER)


class Pen:
    """Lets one device at a time use a tool: it owns the stroke from its press to its release.

    Systems send a pen's and a finger's moves a second time as a mouse's; those are not drawn again.
    That a pen comes near or leaves is told by some drivers late, twice or never, so nothing here
    depends on it.

    Attributes:
        pen_only: Whether fingers draw nothing.

    Thread:
        The window's.
    """

    def __init__(self, paper: Paper) -> None:
        self.pen_only = False
        self._draws_by_moving = False
        self._mouse_at: QPointF | None = None
        self._paper = paper
        self._tool = paper.tool(QPointF(), erases=False)
        self._owner: Device | None = None
        self._finger = 0
        self._erases_by_button = self._tells_pressure = self._tells_tilt = False
        self._pen_seen_s = self._touch_ended_s = -PALM_S

    def handle(self, event: QEvent) -> bool:
        """Draw what an event says; return whether it was a pointer's."""
        if isinstance(event, QTabletEvent):
            self._drop_palm()
            self._handle_pen(event)
        elif isinstance(event, QTouchEvent):
            if event.device().type() != _TOUCH_SCREEN:
                return False  # A track-pad's fingers only move the pointer.
            self._handle_touch(event)
        elif isinstance(event, QMouseEvent):
            self._handle_mouse(event)
        else:
            return False
        event.accept()  # Accepted, Qt makes no mouse event of a pen's or a finger's.
        return True

    @property
    def is_down(self) -> bool:
        """Whether a device owns a stroke."""
        return self._owner is not None

    def lift(self) -> None:
        """End the stroke, whoever owns it: its release may never come."""
        self._owner = None
        self._touch_ended_s = -PALM_S
        self._tool.lift()

    def set_draws_by_moving(self, on: bool) -> None:
        """Let a mouse draw as it moves, from one click to the next, without a button held down."""
        self.end_moving()
        self._draws_by_moving = on

    def toggle(self, time_ms: float) -> bool:
        """Start or end a stroke where the mouse is; return whether it is drawn so by moving."""
        if not self._draws_by_moving:
            return False
        if self._owner is Device.MOUSE:
            self.lift()
        elif self._mouse_at is not None and self._take(Device.MOUSE):
            self._press(self._mouse_at, time_ms, HALF_PRESSURE)
        return True

    def end_moving(self) -> None:
        """End what a mouse draws by moving alone, for it is elsewhere: nothing else would."""
        self._mouse_at = None
        if self._draws_by_moving and self._owner is Device.MOUSE:
            self.lift()

    def leave_touch(self) -> bool:
        """Leave two fingers to others, and take back what the first has drawn.

        Returns:
            Whether that may be: beside a pen or a mouse that draws, they are a resting hand.
        """
        if self._owner not in (None, Device.TOUCH) or monotonic() - self._pen_seen_s < PALM_S:
            return False
        if self._owner is Device.TOUCH:
            self._owner = None
            self._tool.take_back()
        return True

    def _take(self, device: Device) -> bool:
        """Let a device own the next stroke, unless another owns one."""
        if self._owner in (None, device):
            self._owner = device
        return self._owner is device

    def _press(
        self,
        at: QPointF,
        time_ms: float,
        pressure: float,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        tilt: Tilt | None = None,
    ) -> None:
        self._tool.lift()
        self._paper.setFocus()
        self._tool = self._paper.tool(at, erases=self._owner is Device.ERASER)
        self._tool.press(at, time_ms, pressure, keys, tilt)

    # The mouse

    def _handle_mouse(self, event: QMouseEvent) -> None:
        if not is_of_mouse(event):
            return
        kind, at, time_ms = event.type(), event.position(), event.timestamp()
        self._mouse_at = at
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() != TIP or self.toggle(time_ms):
                return
            if self._take(Device.MOUSE):
                self._press(at, time_ms, HALF_PRESSURE, event.modifiers())
        elif self._owner is Device.MOUSE:
            draws = bool(event.buttons() & TIP) or self._draws_by_moving
            if kind == QEvent.Type.MouseMove and draws:
                self._tool.move(at, time_ms, HALF_PRESSURE)
            elif not draws:  # Released, here or where nobody told us.
                self.lift()
        elif self._owner is None:
            self._paper.point_at(at)

    # The pen

    def _handle_pen(self, event: QTabletEvent) -> None:
        """The tip draws; the other end erases, and so does the tip while a button is held.

        What the tip does is settled as it touches: a button pressed by mistake in mid-stroke must
        not erase what was just drawn.
        """
        at, kind = event.position(), event.type()
        if self._owner is _PEN and kind == _MOVE:
            # What nearly all events are, without the flags that Python is slow at: a tip that
            # presses is down, whatever the buttons are.
            tells = self._tells_pressure
            pressure = event.pressure() if tells else HALF_PRESSURE
            if (tells and pressure > 0.0) or event.buttons() == TIP:
                tilt = self._tilt(event) if self._tells_tilt else None
                self._tool.move(at, event.timestamp(), pressure, tilt)
                return
        buttons = event.buttons()
        tells = event.device().hasCapability(QInputDevice.Capability.Pressure)
        pressure = event.pressure() if tells else HALF_PRESSURE
        is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
        by_button = bool(buttons & ~TIP) and not is_eraser
        is_press = kind == QEvent.Type.TabletPress
        touches = _touches(event, pressure if tells else 0.0)
        if self._owner in _OF_A_PEN and (
            # A new press tells that a release got lost: both ends are of one pen.
            (is_press and event.button() in _TIP_OR_UNTOLD)
            or not touches  # Lifted, here or where nobody told us.
            or (self._erases_by_button and not by_button)
        ):
            self.lift()
        if is_press and touches and self._owner is None:
            self._owner = Device.ERASER if is_eraser or by_button else Device.PEN
            self._erases_by_button, self._tells_pressure = by_button, tells
            self._tells_tilt = _tells_tilt(event)
            tilt = self._tilt(event)
            self._press(at, event.timestamp(), pressure, event.modifiers(), tilt)
        elif self._owner in _OF_A_PEN and kind == QEvent.Type.TabletMove:
            self._tool.move(at, event.timestamp(), pressure, self._tilt(event))
        if touches:
            self._paper.hide_hover()
        elif kind == QEvent.Type.TabletMove:
            self._paper.show_hover(at, erases=is_eraser or by_button)

    def _tilt(self, event: QTabletEvent) -> Tilt | None:
        return (event.xTilt(), event.yTilt()) if self._tells_tilt else None

    def _drop_palm(self) -> None:
        """A pen is here: what was touched just now was its hand, resting."""
        self._pen_seen_s = monotonic()
        if self._owner is Device.TOUCH or self._pen_seen_s - self._touch_ended_s < PALM_S:
            self._owner, self._touch_ended_s = None, -PALM_S
            self._tool.take_back()

    # The finger

    def _handle_touch(self, event: QTouchEvent) -> None:
        """The first finger draws; others wait until it is lifted."""
        if event.type() == QEvent.Type.TouchBegin:
            is_palm = self.pen_only or monotonic() - self._pen_seen_s < PALM_S
            if not is_palm and self._take(Device.TOUCH):
                self._finger = event.points()[0].id()
                at = event.points()[0].position()
                self._press(at, event.timestamp(), HALF_PRESSURE, event.modifiers())
        elif self._owner is Device.TOUCH:
            # Systems list fingers in any order, and none where they took the touch away.
            finger = next((p for p in event.points() if p.id() == self._finger), None)
            if finger is None or finger.state() == QEventPoint.State.Released:
                self.lift()
                self._touch_ended_s = monotonic()
            else:
                self._tool.move(finger.position(), event.timestamp(), HALF_PRESSURE)


def is_of_mouse(event: QMouseEvent) -> bool:
    """Whether a mouse's event is a mouse's own, and not made of what a pen or a finger did."""
    own = event.source() == Qt.MouseEventSource.MouseEventNotSynthesized
    of_touch = event.device().type() == _TOUCH_SCREEN
    return own and not of_touch and event.pointerType() not in _PEN_TYPES


def _tells_tilt(event: QTabletEvent) -> bool:
    can, capability = event.device().hasCapability, QInputDevice.Capability
    return can(capability.XTilt) and can(capability.YTilt)


def _touches(event: QTabletEvent, pressure: float) -> bool:
    """Whether the tip is down, by all that drivers tell.

    A tip that is down may tell of no pressure, some drivers tell of no button, and some tell only
    of the button on the barrel where both are pressed.
    """
    if event.button() in _TIP_OR_UNTOLD and event.type() != QEvent.Type.TabletMove:
        return event.type() == QEvent.Type.TabletPress
    return bool(event.buttons() & TIP) or pressure > 0.0
