"""A pen that tells how it leans: that stays with the stroke."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import PRESSURE
from handwrite_gui.widgets.draw.canvas import Canvas

CAN = QInputDevice.Capability


def make_pen(system_id: int, capabilities: QInputDevice.Capability) -> QPointingDevice:
    kind = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
    return QPointingDevice(f"pen {system_id}", system_id, *kind, capabilities, 1, 2)


@pytest.fixture(scope="module")
def leaning_pen() -> QPointingDevice:
    return make_pen(201, CAN.Position | CAN.Pressure | CAN.XTilt | CAN.YTilt)


@pytest.fixture(scope="module")
def half_pen() -> QPointingDevice:
    """Tells how it leans sideways only."""
    return make_pen(202, CAN.Position | CAN.Pressure | CAN.XTilt)


def write(
    canvas: Canvas, device: QPointingDevice, *points: tuple[float, float, float, float]
) -> None:
    """Draw a stroke through the window: x, y, and the tilt along both."""
    none, tip = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    kinds = [
        (QEvent.Type.TabletPress, tip, tip),
        *[(QEvent.Type.TabletMove, none, tip)] * (len(points) - 1),
        (QEvent.Type.TabletRelease, tip, none),
    ]
    window = canvas.window()
    for time_ms, (kind, (x, y, x_tilt, y_tilt)) in enumerate(
        zip(kinds, [*points, points[-1]], strict=True)
    ):
        at, (type_, button, buttons) = QPointF(x, y), kind
        event = QTabletEvent(
            type_,
            device,
            canvas.mapTo(window, at),
            canvas.mapToGlobal(at),
            0.7 if buttons == tip else 0.0,
            x_tilt,
            y_tilt,
            0.0,
            0.0,
            0.0,
            Qt.KeyboardModifier.NoModifier,
            button,
            buttons,
        )
        event.setTimestamp(time_ms)
        QApplication.sendEvent(window.windowHandle(), event)


def test_tilt_is_kept_with_each_point(canvas: Canvas, leaning_pen: QPointingDevice) -> None:
    write(canvas, leaning_pen, (50, 50, 30, -20), (60, 55, 31, -21), (80, 70, 32, -22))
    (stroke,) = canvas.ink().strokes
    assert stroke.tilt is not None
    assert stroke.tilt.tolist() == [[30, -20], [31, -21], [32, -22]]
    assert stroke.points[:, PRESSURE].tolist() == [0.7, 0.7, 0.7]
    canvas.clear()
    canvas.undo()
    assert canvas.ink().strokes[0].tilt is stroke.tilt


def test_last_point_of_a_calmed_stroke_leans_as_the_one_before(
    canvas: Canvas, leaning_pen: QPointingDevice
) -> None:
    canvas.set_stabiliser(10.0)
    write(canvas, leaning_pen, (50, 50, 30, -20), (150, 55, 31, -21))
    (stroke,) = canvas.ink().strokes
    assert stroke.tilt is not None
    assert stroke.tilt.tolist() == [[30, -20], [31, -21], [31, -21]]


def test_device_that_does_not_tell_leaves_none(
    canvas: Canvas, half_pen: QPointingDevice, pen_tip: QPointingDevice
) -> None:
    for device in (half_pen, pen_tip):
        canvas.clear()
        write(canvas, device, (50, 50, 30, -20), (60, 55, 31, -21))
        (stroke,) = canvas.ink().strokes
        assert stroke.tilt is None
