"""Moving and enlarging the paper, with a wheel, fingers, the middle button and keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.draw.canvas import Canvas

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
AT = QPoint(120, 90)
Stylus = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]
Wheel = Callable[..., None]
Zoom = Callable[..., None]


def gesture(canvas: Canvas, kind: Qt.NativeGestureType, value: float, way: QPointF) -> None:
    """One event of a track-pad."""
    event = QNativeGestureEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        2,
        QPointF(AT),
        QPointF(canvas.mapTo(canvas.window(), AT)),
        QPointF(canvas.mapToGlobal(AT)),
        value,
        way,
        1,
    )
    QApplication.sendEvent(canvas, event)


def test_wheel_with_control_zooms_about_the_pointer(canvas: Canvas, wheel: Wheel) -> None:
    view = canvas.view
    for notches, scale in ((4, 2.0), (4, 4.0), (20, 8.0), (-12, 1.0), (-8, 0.25), (-8, 0.25)):
        before = view.to_paper(QPointF(AT))
        wheel(notches, keys=CONTROL, at=AT)
        assert view.scale == scale
        assert view.to_paper(QPointF(AT)) == pytest.approx(before)


def test_wheel_moves_the_paper_and_with_shift_sideways(canvas: Canvas, wheel: Wheel) -> None:
    wheel(-1)
    assert (canvas.view.left, canvas.view.top) == (0, 48)
    wheel(-0.5, keys=SHIFT)
    assert (canvas.view.left, canvas.view.top) == (24, 48)
    wheel(0, pixels=QPoint(14, 8))
    assert (canvas.view.left, canvas.view.top) == (10, 40)


def test_track_pad_zooms_and_moves(canvas: Canvas) -> None:
    view = canvas.view
    before = view.to_paper(QPointF(AT))
    kinds = Qt.NativeGestureType
    gesture(canvas, kinds.BeginNativeGesture, 0.0, QPointF())
    gesture(canvas, kinds.ZoomNativeGesture, 0.5, QPointF())
    assert view.scale == 1.5
    assert view.to_paper(QPointF(AT)) == pytest.approx(before)
    gesture(canvas, kinds.PanNativeGesture, 0.0, QPointF(30, -15))
    assert view.to_paper(QPointF(AT)) == pytest.approx((before[0] - 20, before[1] + 10))
    gesture(canvas, kinds.RotateNativeGesture, 20.0, QPointF())
    assert view.scale == 1.5


def pinch(canvas: Canvas, device: QPointingDevice, *spots: tuple[QPoint, QPoint]) -> None:
    """Two fingers, the second a moment after the first."""
    window = canvas.windowHandle()
    QTest.touchEvent(window, device).press(0, spots[0][0]).commit()
    first = QTest.touchEvent(window, device)
    first.move(0, spots[0][0] + QPoint(2, 1)).press(1, spots[0][1]).commit()
    for one, other in spots[1:]:
        QTest.touchEvent(window, device).move(0, one).move(1, other).commit()
    one, other = spots[-1]
    QTest.touchEvent(window, device).release(0, one).move(1, other).commit()
    QTest.touchEvent(window, device).move(1, other + QPoint(20, 20)).commit()
    QTest.touchEvent(window, device).release(1, other + QPoint(20, 20)).commit()


def test_two_fingers_keep_what_they_hold(canvas: Canvas, touch_screen: QPointingDevice) -> None:
    view = canvas.view
    ends = QPoint(80, 120), QPoint(280, 140)
    held = [view.to_paper(QPointF(place)) for place in (QPoint(102, 101), QPoint(200, 100))]
    pinch(canvas, touch_screen, (QPoint(100, 100), QPoint(200, 100)), (QPoint(90, 110), ends[1]))
    assert view.scale > 1.5
    canvas.view_control.go_home()
    pinch(canvas, touch_screen, (QPoint(102, 101), QPoint(200, 100)), ends)
    # They turned a little, too, which paper does not.
    now = [view.to_widget.map(QPointF(*place)) for place in held]
    middle, wanted = (now[0] + now[1]) / 2, QPointF(ends[0] + ends[1]) / 2
    assert middle.toTuple() == pytest.approx(wanted.toTuple(), abs=4)
    assert canvas.is_blank
    assert not canvas.is_drawing


def test_finger_draws_again_after_two_have_moved_the_paper(
    canvas: Canvas, touch_screen: QPointingDevice, strokes_of: StrokesOf
) -> None:
    pinch(canvas, touch_screen, (AT, QPoint(200, 90)), (AT, QPoint(280, 90)))
    canvas.view_control.go_home()
    window = canvas.windowHandle()
    QTest.touchEvent(window, touch_screen).press(0, QPoint(50, 50)).commit()
    QTest.touchEvent(window, touch_screen).move(0, QPoint(80, 90)).commit()
    QTest.touchEvent(window, touch_screen).release(0, QPoint(80, 90)).commit()
    assert strokes_of(canvas) == [[[50, 50], [80, 90]]]


def test_two_fingers_move_the_paper_in_pen_only(
    canvas: Canvas, touch_screen: QPointingDevice
) -> None:
    canvas.set_pen_only(True)
    pinch(canvas, touch_screen, (AT, QPoint(200, 90)), (AT, QPoint(280, 90)))
    assert canvas.view.scale > 1.5
    assert canvas.is_blank


def test_palm_beside_a_pen_moves_nothing(
    canvas: Canvas, stylus: Stylus, touch_screen: QPointingDevice, strokes_of: StrokesOf
) -> None:
    stylus("press", 50, 50)
    pinch(canvas, touch_screen, (AT, QPoint(200, 90)), (AT, QPoint(280, 90)))
    stylus("move", 60, 60)
    stylus("release", 60, 60)
    pinch(canvas, touch_screen, (AT, QPoint(200, 90)), (AT, QPoint(280, 90)))
    assert canvas.view.is_home
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]


def test_touch_that_the_system_takes_away_ends_the_pinch(
    canvas: Canvas, touch_screen: QPointingDevice
) -> None:
    window = canvas.windowHandle()
    QTest.touchEvent(window, touch_screen).press(0, AT).press(1, QPoint(200, 90)).commit()
    QApplication.sendEvent(canvas, QTouchEvent(QEvent.Type.TouchCancel, touch_screen))
    both = QTest.touchEvent(window, touch_screen)
    both.move(0, AT).move(1, QPoint(280, 90)).commit()
    assert canvas.view.is_home
    QTest.touchEvent(window, touch_screen).release(0, AT).release(1, QPoint(280, 90)).commit()


def test_middle_button_drags_the_paper(canvas: Canvas) -> None:
    QTest.mousePress(canvas, MIDDLE, pos=AT)
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(canvas, AT + QPoint(30, -20))
    QTest.mouseMove(canvas, AT + QPoint(50, -40))
    QTest.mouseRelease(canvas, MIDDLE, pos=AT + QPoint(50, -40))
    assert (canvas.view.left, canvas.view.top) == (-50, 40)
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mouseMove(canvas, QPoint(10, 10))
    assert (canvas.view.left, canvas.view.top) == (-50, 40)
    assert canvas.is_blank


def test_left_button_draws_nothing_while_the_middle_one_holds_the_paper(canvas: Canvas) -> None:
    QTest.mousePress(canvas, MIDDLE, pos=AT)
    QTest.mousePress(canvas, LEFT, pos=AT)
    QTest.mouseRelease(canvas, LEFT, pos=AT)
    QTest.mouseRelease(canvas, MIDDLE, pos=AT)
    assert canvas.is_blank


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (Qt.Key.Key_Right, (64, 0)),
        (Qt.Key.Key_Left, (-64, 0)),
        (Qt.Key.Key_Down, (0, 64)),
        (Qt.Key.Key_Up, (0, -64)),
    ],
)
def test_control_and_an_arrow_show_what_lies_there(
    canvas: Canvas, key: Qt.Key, place: tuple[int, int]
) -> None:
    QTest.keyClick(canvas, key)
    QTest.keyClick(canvas, key, CONTROL | SHIFT)
    assert canvas.view.is_home
    QTest.keyClick(canvas, key, CONTROL)
    assert (canvas.view.left, canvas.view.top) == place
    QTest.keyClick(canvas, key, CONTROL | Qt.KeyboardModifier.KeypadModifier)
    assert (canvas.view.left, canvas.view.top) == (2 * place[0], 2 * place[1])


def test_steps_zoom_about_the_middle(canvas: Canvas) -> None:
    control, view = canvas.view_control, canvas.view
    control.zoom_in()
    control.zoom_in()
    assert view.scale == 2.0
    assert view.seen.center().toTuple() == (200, 150)
    for _ in range(3):
        control.zoom_out()
    assert view.scale == 0.75
    control.go_home()
    assert view.is_home


def test_paper_lies_still_under_a_pen_that_draws(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf, wheel: Wheel, zoom: Zoom
) -> None:
    stylus("press", 50, 50)
    stylus("move", 60, 60)
    wheel(4, keys=CONTROL)
    wheel(-2)
    gesture(canvas, Qt.NativeGestureType.ZoomNativeGesture, 0.5, QPointF())
    QTest.keyClick(canvas, Qt.Key.Key_Right, CONTROL)
    QTest.mousePress(canvas, MIDDLE, pos=AT)
    QTest.mouseMove(canvas, AT + QPoint(30, -20))
    QTest.mouseRelease(canvas, MIDDLE, pos=AT)
    canvas.view_control.zoom_in()
    stylus("move", 70, 70)
    stylus("release", 70, 70)
    assert strokes_of(canvas) == [[[50, 50], [60, 60], [70, 70]]]
    assert canvas.view.is_home
    zoom(2.0)
    stylus("press", 50, 50)
    canvas.view_control.go_home()
    assert canvas.view.scale == 2.0
