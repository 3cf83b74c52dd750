"""The pen draws and erases with all it tells, and shares the canvas with the mouse."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import PRESSURE, TIME_MS
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.theme import LIGHT

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
Stylus = Callable[..., None]
MouseEvent = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


def tablet_event(
    canvas: Canvas,
    device: QPointingDevice,
    kind: QEvent.Type,
    x: float,
    y: float,
    pressure: float,
    button: Qt.MouseButton,
    buttons: Qt.MouseButton,
) -> bool:
    """Send an event whose buttons matter; return whether it was accepted."""
    place, angles = QPointF(x, y), (0.0, 0.0, 0.0, 0.0, 0.0)
    at = (place, canvas.mapToGlobal(place))
    event = QTabletEvent(kind, device, *at, pressure, *angles, NO_KEYS, button, buttons)
    event.ignore()
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def test_pen_gives_places_between_pixels_pressure_and_time(canvas: Canvas, stylus: Stylus) -> None:
    stylus("press", 50.25, 60.5, pressure=0.1, time_ms=1000)
    stylus("move", 70.75, 80.125, pressure=0.9, time_ms=1008)
    stylus("release", 70.75, 80.125, pressure=0.0, time_ms=1016)
    (stroke,) = canvas.ink().strokes
    assert stroke.xy.tolist() == [[50.25, 60.5], [70.75, 80.125]]
    assert stroke.points[:, PRESSURE].tolist() == [0.1, 0.9]
    assert stroke.points[:, TIME_MS].tolist() == [1000, 1008]


def test_pen_that_hovers_draws_nothing(canvas: Canvas, stylus: Stylus) -> None:
    stylus("move", 50, 50, touches=False)
    stylus("move", 60, 60, touches=False)
    assert canvas.is_blank


def test_mouse_events_made_of_a_pen_are_not_drawn_again(
    canvas: Canvas,
    stylus: Stylus,
    pen_tip: QPointingDevice,
    strokes_of: StrokesOf,
    mouse_event: MouseEvent,
) -> None:
    by_qt = Qt.MouseEventSource.MouseEventSynthesizedByQt
    press, move = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove
    stylus("press", 50, 50)
    mouse_event(canvas, press, 50, 50, device=pen_tip)
    stylus("move", 60, 60)
    mouse_event(canvas, move, 60, 60, device=pen_tip)
    mouse_event(canvas, move, 60, 60, source=by_qt)
    stylus("release", 60, 60)
    release = QEvent.Type.MouseButtonRelease
    mouse_event(canvas, release, 60, 60, device=pen_tip, buttons=NO_BUTTON)
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]


def test_mouse_events_made_of_an_eraser_draw_nothing(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice, mouse_event: MouseEvent
) -> None:
    stylus("press", 50, 50, device=pen_eraser)
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 50, 50, device=pen_eraser)
    mouse_event(canvas, QEvent.Type.MouseMove, 90, 90, device=pen_eraser)
    stylus("release", 90, 90, device=pen_eraser)
    assert canvas.is_blank


def test_pen_events_are_taken_so_that_qt_makes_no_mouse_events_of_them(
    canvas: Canvas, pen_tip: QPointingDevice
) -> None:
    for kind, buttons in (
        (QEvent.Type.TabletPress, LEFT),
        (QEvent.Type.TabletMove, LEFT),
        (QEvent.Type.TabletRelease, NO_BUTTON),
    ):
        assert tablet_event(canvas, pen_tip, kind, 50, 50, 0.5, LEFT, buttons)


def test_eraser_end_erases_as_it_moves(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice, strokes_of: StrokesOf
) -> None:
    for x in (50, 150, 250):
        stylus("press", x, 50)
        stylus("move", x, 150)
        stylus("release", x, 150)
    stylus("press", 50, 100, device=pen_eraser)
    assert [stroke[0] for stroke in strokes_of(canvas)] == [[150, 50], [250, 50]]
    stylus("move", 100, 100, device=pen_eraser)
    stylus("move", 150, 100, device=pen_eraser)
    stylus("release", 150, 100, device=pen_eraser)
    assert [stroke[0] for stroke in strokes_of(canvas)] == [[250, 50]]
    stylus("move", 250, 100, device=pen_eraser, touches=False)
    assert len(strokes_of(canvas)) == 1


def test_pen_draws_after_its_eraser(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice, strokes_of: StrokesOf
) -> None:
    stylus("press", 50, 100, device=pen_eraser)
    stylus("release", 50, 100, device=pen_eraser)
    stylus("press", 50, 50)
    stylus("release", 50, 50)
    assert strokes_of(canvas) == [[[50, 50]]]


def test_pen_lifted_where_nobody_told_us_frees_the_mouse(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf, mouse_event: MouseEvent
) -> None:
    stylus("press", 50, 50)
    stylus("move", 60, 60)
    stylus("move", 200, 200, touches=False)
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 100, 100)
    mouse_event(canvas, QEvent.Type.MouseButtonRelease, 100, 100, buttons=NO_BUTTON)
    assert strokes_of(canvas) == [[[50, 50], [60, 60]], [[100, 100]]]


def test_eraser_after_a_lost_release_erases(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice
) -> None:
    stylus("press", 50, 50)
    stylus("move", 60, 60)
    stylus("move", 200, 200, device=pen_eraser, touches=False)  # It is turned round in the air.
    stylus("press", 60, 60, device=pen_eraser)
    stylus("release", 60, 60, device=pen_eraser)
    assert canvas.is_blank


def test_button_on_the_barrel_neither_draws_nor_lifts(
    canvas: Canvas, pen_tip: QPointingDevice, strokes_of: StrokesOf
) -> None:
    barrel = Qt.MouseButton.RightButton
    press, release = QEvent.Type.TabletPress, QEvent.Type.TabletRelease
    tablet_event(canvas, pen_tip, press, 20, 20, 0.0, barrel, barrel)
    tablet_event(canvas, pen_tip, release, 20, 20, 0.0, barrel, NO_BUTTON)
    assert canvas.is_blank
    tablet_event(canvas, pen_tip, press, 50, 50, 0.5, LEFT, LEFT)
    tablet_event(canvas, pen_tip, press, 55, 55, 0.5, barrel, LEFT | barrel)
    tablet_event(canvas, pen_tip, QEvent.Type.TabletMove, 60, 60, 0.5, NO_BUTTON, LEFT | barrel)
    tablet_event(canvas, pen_tip, release, 60, 60, 0.5, barrel, LEFT)
    tablet_event(canvas, pen_tip, QEvent.Type.TabletMove, 70, 70, 0.5, NO_BUTTON, LEFT)
    tablet_event(canvas, pen_tip, release, 70, 70, 0.0, LEFT, NO_BUTTON)
    assert strokes_of(canvas) == [[[50, 50], [60, 60], [70, 70]]]


def test_button_held_as_the_tip_touches_erases_until_it_is_released(
    canvas: Canvas, stylus: Stylus, pen_tip: QPointingDevice, strokes_of: StrokesOf
) -> None:
    for x in (50, 150, 250):
        stylus("press", x, 50)
        stylus("move", x, 150)
        stylus("release", x, 150)
    stylus("press", 50, 100, barrel=True)
    stylus("move", 100, 100, barrel=True)
    stylus("move", 150, 100, barrel=True)
    assert [stroke[0] for stroke in strokes_of(canvas)] == [[250, 50]]
    stylus("move", 200, 100)  # The button is released, the tip is still down.
    stylus("move", 250, 100)
    stylus("release", 250, 100)
    assert [stroke[0] for stroke in strokes_of(canvas)] == [[250, 50]]


def test_button_that_hides_the_tip_erases(canvas: Canvas, pen_tip: QPointingDevice) -> None:
    """As xf86-input-wacom does with TPCButton: it tells of the button alone."""
    barrel, send = Qt.MouseButton.RightButton, partial(tablet_event, canvas, pen_tip)
    send(QEvent.Type.TabletPress, 50, 50, 0.5, LEFT, LEFT)
    send(QEvent.Type.TabletRelease, 50, 50, 0.0, LEFT, NO_BUTTON)
    send(QEvent.Type.TabletPress, 90, 50, 0.4, barrel, barrel)
    assert not canvas.is_blank
    send(QEvent.Type.TabletMove, 50, 50, 0.4, NO_BUTTON, barrel)
    send(QEvent.Type.TabletRelease, 50, 50, 0.0, barrel, NO_BUTTON)
    assert canvas.is_blank
    send(QEvent.Type.TabletPress, 70, 70, 0.5, LEFT, LEFT)
    assert canvas.is_drawing


def test_pen_that_tells_no_pressure_presses_half(
    canvas: Canvas, stylus: Stylus, plain_pen: QPointingDevice
) -> None:
    stylus("press", 50, 50, pressure=0.0, device=plain_pen)
    stylus("move", 60, 60, pressure=1.0, device=plain_pen)
    stylus("release", 60, 60, device=plain_pen)
    (stroke,) = canvas.ink().strokes
    assert stroke.points[:, PRESSURE].tolist() == [0.5, 0.5]


def test_no_pressure_with_the_tip_down_still_draws(canvas: Canvas, stylus: Stylus) -> None:
    stylus("press", 50, 50, pressure=0.0)
    stylus("move", 150, 50, pressure=0.0)
    stylus("release", 150, 50, pressure=0.0)
    (stroke,) = canvas.ink().strokes
    assert stroke.points[:, PRESSURE].tolist() == [0.0, 0.0]
    assert canvas.grab().toImage().pixelColor(100, 50) == LIGHT.ink


@pytest.mark.parametrize("pressure", [0.0, 1.0])
def test_pressure_stays_within_its_limits(canvas: Canvas, stylus: Stylus, pressure: float) -> None:
    stylus("press", 50, 50, pressure=pressure)
    stylus("release", 50, 50, pressure=0.0)
    assert canvas.ink().strokes[0].points[0, PRESSURE] == pressure


# One device owns a stroke


def test_mouse_draws_nothing_while_the_pen_is_down(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf, mouse_event: MouseEvent
) -> None:
    stylus("press", 50, 50)
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 200, 200)
    mouse_event(canvas, QEvent.Type.MouseMove, 210, 210)
    stylus("move", 60, 60)
    mouse_event(canvas, QEvent.Type.MouseButtonRelease, 210, 210, buttons=NO_BUTTON)
    stylus("move", 70, 70)
    stylus("release", 70, 70)
    assert strokes_of(canvas) == [[[50, 50], [60, 60], [70, 70]]]


def test_pen_and_eraser_wait_while_the_mouse_is_down(
    canvas: Canvas,
    stylus: Stylus,
    pen_eraser: QPointingDevice,
    strokes_of: StrokesOf,
    mouse_event: MouseEvent,
) -> None:
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 50, 50)
    stylus("press", 200, 200)
    stylus("move", 210, 210)
    stylus("release", 210, 210)
    stylus("press", 50, 50, device=pen_eraser)
    stylus("release", 50, 50, device=pen_eraser)
    mouse_event(canvas, QEvent.Type.MouseMove, 60, 60)
    mouse_event(canvas, QEvent.Type.MouseButtonRelease, 60, 60, buttons=NO_BUTTON)
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]


def test_disabled_canvas_takes_no_ink(
    canvas: Canvas, stylus: Stylus, qtbot: QtBot, mouse_event: MouseEvent
) -> None:
    canvas.setEnabled(False)
    with qtbot.assertNotEmitted(canvas.ink_changed):
        mouse_event(canvas, QEvent.Type.MouseButtonPress, 50, 50)
        stylus("press", 50, 50)
    assert canvas.is_blank
