"""Moving and enlarging the paper, with a wheel, fingers, the middle button and keys."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QTouchEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.zoom_badge import ZoomBadge

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_KEYS, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
AT, NO_PIXELS = QPoint(120, 90), QPoint()
Draw = Callable[..., None]
Stylus = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


def wheel(
    canvas: Canvas,
    notches: float,
    *,
    keys: Qt.KeyboardModifier = NO_KEYS,
    at: QPoint = AT,
    pixels: QPoint = NO_PIXELS,
) -> None:
    """One turn of a wheel, to the window, as the system sends it; away from the hand is more.

    Pixels are a track-pad's.
    """
    phases = Qt.ScrollPhase
    event = QWheelEvent(
        QPointF(canvas.mapTo(canvas.window(), at)),
        QPointF(canvas.mapToGlobal(at)),
        pixels,
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        keys,
        phases.NoScrollPhase if pixels.isNull() else phases.ScrollUpdate,
        False,
    )
    QApplication.sendEvent(canvas.window().windowHandle(), event)


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


def view_of(canvas: Canvas) -> View:
    return canvas.view_control.view


def zoom(canvas: Canvas, scale: float, at: QPoint = AT) -> None:
    """Zoom with the wheel."""
    wheel(canvas, 4 * np.log2(scale / view_of(canvas).scale), keys=CONTROL, at=at)
    assert view_of(canvas).scale == pytest.approx(scale, rel=0.01)


# The wheel


def test_wheel_with_control_zooms_about_the_pointer(canvas: Canvas) -> None:
    view = view_of(canvas)
    for notches, scale in ((4, 2.0), (4, 4.0), (20, 8.0), (-12, 1.0), (-8, 0.25), (-8, 0.25)):
        before = view.to_paper(QPointF(AT))
        wheel(canvas, notches, keys=CONTROL)
        assert view.scale == scale
        assert view.to_paper(QPointF(AT)) == pytest.approx(before)


def test_wheel_moves_the_paper_and_with_shift_sideways(canvas: Canvas) -> None:
    wheel(canvas, -1)
    assert (view_of(canvas).left, view_of(canvas).top) == (0, 48)
    wheel(canvas, -0.5, keys=SHIFT)
    assert (view_of(canvas).left, view_of(canvas).top) == (24, 48)
    wheel(canvas, 0, pixels=QPoint(14, 8))
    assert (view_of(canvas).left, view_of(canvas).top) == (10, 40)


# Track-pads and fingers


def test_track_pad_zooms_and_moves(canvas: Canvas) -> None:
    view = view_of(canvas)
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
    view = view_of(canvas)
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
    assert view_of(canvas).scale > 1.5
    assert canvas.is_blank


def test_palm_beside_a_pen_moves_nothing(
    canvas: Canvas, stylus: Stylus, touch_screen: QPointingDevice, strokes_of: StrokesOf
) -> None:
    stylus("press", 50, 50)
    pinch(canvas, touch_screen, (AT, QPoint(200, 90)), (AT, QPoint(280, 90)))
    stylus("move", 60, 60)
    stylus("release", 60, 60)
    pinch(canvas, touch_screen, (AT, QPoint(200, 90)), (AT, QPoint(280, 90)))
    assert view_of(canvas).is_home
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]


def test_touch_that_the_system_takes_away_ends_the_pinch(
    canvas: Canvas, touch_screen: QPointingDevice
) -> None:
    window = canvas.windowHandle()
    QTest.touchEvent(window, touch_screen).press(0, AT).press(1, QPoint(200, 90)).commit()
    QApplication.sendEvent(canvas, QTouchEvent(QEvent.Type.TouchCancel, touch_screen))
    both = QTest.touchEvent(window, touch_screen)
    both.move(0, AT).move(1, QPoint(280, 90)).commit()
    assert view_of(canvas).is_home
    QTest.touchEvent(window, touch_screen).release(0, AT).release(1, QPoint(280, 90)).commit()


# The middle button


def test_middle_button_drags_the_paper(canvas: Canvas) -> None:
    QTest.mousePress(canvas, MIDDLE, pos=AT)
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(canvas, AT + QPoint(30, -20))
    QTest.mouseMove(canvas, AT + QPoint(50, -40))
    QTest.mouseRelease(canvas, MIDDLE, pos=AT + QPoint(50, -40))
    assert (view_of(canvas).left, view_of(canvas).top) == (-50, 40)
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mouseMove(canvas, QPoint(10, 10))
    assert (view_of(canvas).left, view_of(canvas).top) == (-50, 40)
    assert canvas.is_blank


def test_left_button_draws_nothing_while_the_middle_one_holds_the_paper(canvas: Canvas) -> None:
    QTest.mousePress(canvas, MIDDLE, pos=AT)
    QTest.mousePress(canvas, LEFT, pos=AT)
    QTest.mouseRelease(canvas, LEFT, pos=AT)
    QTest.mouseRelease(canvas, MIDDLE, pos=AT)
    assert canvas.is_blank


# Keys


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
    assert view_of(canvas).is_home
    QTest.keyClick(canvas, key, CONTROL)
    assert (view_of(canvas).left, view_of(canvas).top) == place
    QTest.keyClick(canvas, key, CONTROL | Qt.KeyboardModifier.KeypadModifier)
    assert (view_of(canvas).left, view_of(canvas).top) == (2 * place[0], 2 * place[1])


def test_steps_zoom_about_the_middle(canvas: Canvas) -> None:
    control, view = canvas.view_control, view_of(canvas)
    control.zoom_in()
    control.zoom_in()
    assert view.scale == 2.0
    assert view.seen.center().toTuple() == (200, 150)
    for _ in range(3):
        control.zoom_out()
    assert view.scale == 0.75
    control.go_home()
    assert view.is_home


# Ink is in canvas units


SEVEN = ((100, 60), (180, 62), (150, 120), (128, 200))


@pytest.mark.parametrize("scale", [0.25, 0.5, 2.0, 8.0])
def test_same_movement_of_the_hand_gives_the_same_digit_at_any_zoom(
    canvas: Canvas, stylus: Stylus, scale: float
) -> None:
    canvas.set_stabiliser(4.0)

    def write() -> tuple[np.ndarray, np.ndarray]:
        canvas.clear()
        stylus("press", *SEVEN[0])
        for (x1, y1), (x2, y2) in pairwise(SEVEN):
            for share in np.linspace(0, 1, 30):
                stylus("move", x1 + share * (x2 - x1) + share**2, y1 + share * (y2 - y1))
        stylus("release", *SEVEN[-1])
        return canvas.ink().xy, ink_image(canvas.ink())

    xy, image = write()
    zoom(canvas, scale)
    scale = view_of(canvas).scale  # A wheel's notches are whole numbers.
    zoomed_xy, zoomed_image = write()
    np.testing.assert_allclose(np.ptp(zoomed_xy, axis=0), np.ptp(xy, axis=0) / scale)
    np.testing.assert_allclose(zoomed_image, image, atol=1e-6)
    assert image.max() == 1.0


def test_pen_at_a_zoom_draws_where_it_is_seen(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf
) -> None:
    zoom(canvas, 2.0, at=QPoint())
    wheel(canvas, -1)
    stylus("press", 100, 60)
    stylus("move", 140.5, 80)
    stylus("release", 140.5, 80)
    assert strokes_of(canvas) == [[[50, 54], [70.25, 64]]]


def test_ink_ends_where_the_paper_that_is_seen_ends(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf
) -> None:
    zoom(canvas, 2.0, at=QPoint())
    stylus("press", 100, 60)
    stylus("move", 500, -80)
    stylus("release", 500, -80)
    assert strokes_of(canvas) == [[[50, 30], [200, 0]]]


def test_eraser_erases_what_lies_under_it_at_a_zoom(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice
) -> None:
    for x in (30.0, 60.0):
        canvas.put((*canvas.ink().strokes, Stroke.from_xy(np.array([[x, 10.0], [x, 90.0]]))))
    zoom(canvas, 4.0, at=QPoint())
    stylus("press", 4 * 60 - 4 * 14, 200, device=pen_eraser)
    stylus("release", 4 * 60 - 4 * 14, 200, device=pen_eraser)
    assert len(canvas.ink().strokes) == 2
    stylus("press", 4 * 60 - 4 * 11, 200, device=pen_eraser)
    stylus("release", 4 * 60 - 4 * 11, 200, device=pen_eraser)
    assert [stroke.xy[0, 0] for stroke in canvas.ink().strokes] == [30]


def test_eraser_of_a_thin_pen_reaches_as_far_on_the_screen_at_any_zoom(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice
) -> None:
    canvas.set_pen_width(2.0)
    canvas.put((Stroke.from_xy(np.array([[400.0, 100.0], [400.0, 900.0]])),))
    zoom(canvas, 0.25, at=QPoint())
    stylus("press", 109, 100, device=pen_eraser)
    stylus("release", 109, 100, device=pen_eraser)
    assert not canvas.is_blank
    stylus("press", 107, 100, device=pen_eraser)
    stylus("release", 107, 100, device=pen_eraser)
    assert canvas.is_blank


@pytest.mark.parametrize(("scale", "width"), [(1.0, 30), (2.0, 60), (0.5, 15)])
def test_ring_is_as_wide_as_the_pen_at_any_zoom(
    canvas: Canvas, stylus: Stylus, scale: float, width: float
) -> None:
    canvas.set_pen_width(30.0)
    zoom(canvas, scale)
    stylus("move", 100, 80, touches=False)
    ring = canvas.findChild(HoverRing).rect
    assert ring.width() == pytest.approx(width + 8, abs=2)
    assert ring.center().toTuple() == pytest.approx((100, 80), abs=1)


# In mid-stroke


def test_paper_lies_still_under_a_pen_that_draws(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf
) -> None:
    stylus("press", 50, 50)
    stylus("move", 60, 60)
    wheel(canvas, 4, keys=CONTROL)
    wheel(canvas, -2)
    gesture(canvas, Qt.NativeGestureType.ZoomNativeGesture, 0.5, QPointF())
    QTest.keyClick(canvas, Qt.Key.Key_Right, CONTROL)
    QTest.mousePress(canvas, MIDDLE, pos=AT)
    QTest.mouseMove(canvas, AT + QPoint(30, -20))
    QTest.mouseRelease(canvas, MIDDLE, pos=AT)
    canvas.view_control.zoom_in()
    stylus("move", 70, 70)
    stylus("release", 70, 70)
    assert strokes_of(canvas) == [[[50, 50], [60, 60], [70, 70]]]
    assert view_of(canvas).is_home
    zoom(canvas, 2.0)
    stylus("press", 50, 50)
    canvas.view_control.go_home()
    assert view_of(canvas).scale == 2.0


# What is said of it


def badge_of(canvas: Canvas) -> ZoomBadge:
    return canvas.findChild(ZoomBadge)


def test_zoom_is_said_only_where_there_is_one(canvas: Canvas) -> None:
    badge = badge_of(canvas)
    assert not badge.isVisible()
    zoom(canvas, 2.0)
    assert badge.isVisible()
    assert badge.text() == "200 %"
    assert "200 %" in badge.accessibleName()
    zoom(canvas, 1.0)
    canvas.view_control.go_home()
    assert not badge.isVisible()
    wheel(canvas, -1)
    assert badge.text() == "100 %"
    assert badge.isVisible()  # For this paper is moved, and the badge leads back.


def test_click_or_touch_on_the_badge_leads_back_and_draws_nothing(
    canvas: Canvas, touch_screen: QPointingDevice, qtbot: QtBot
) -> None:
    badge, window = badge_of(canvas), canvas.windowHandle()
    canvas.setFocus()
    zoom(canvas, 2.0)
    qtbot.mouseClick(badge, LEFT)
    assert view_of(canvas).is_home
    zoom(canvas, 2.0)
    at = badge.mapTo(canvas, badge.rect().center())
    QTest.touchEvent(window, touch_screen).press(0, at).commit()
    QTest.touchEvent(window, touch_screen).release(0, at).commit()
    assert view_of(canvas).is_home
    assert canvas.is_blank
    assert canvas.hasFocus()


def test_pen_can_press_the_badge_and_is_shown_beneath_it(canvas: Canvas, stylus: Stylus) -> None:
    zoom(canvas, 2.0)
    badge = badge_of(canvas)
    x, y = badge.mapTo(canvas, badge.rect().center()).toTuple()
    stylus("move", x, y, touches=False)
    assert canvas.findChild(HoverRing).rect.center().toTuple() == pytest.approx((x, y), abs=1)
    stylus("press", x, y)
    stylus("move", x + 1, y)
    stylus("release", x + 1, y)
    assert view_of(canvas).is_home
    assert canvas.is_blank
    zoom(canvas, 2.0)
    stylus("press", x, y)
    stylus("release", 100, 100)  # Thought better of it.
    assert view_of(canvas).scale == 2.0
    assert canvas.is_blank


def test_stroke_without_a_button_goes_on_beneath_the_badge(canvas: Canvas) -> None:
    canvas.set_draws_by_moving(True)
    zoom(canvas, 2.0)
    badge, window = badge_of(canvas), canvas.windowHandle()
    at = badge.mapTo(canvas, badge.rect().center())
    places = [QPoint(100, 80), at - QPoint(3, 0), at, at + QPoint(3, 0)]
    QTest.mouseMove(window, places[0])
    QTest.mouseClick(window, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(window, place)
    QTest.mouseClick(window, LEFT, pos=places[-1])
    assert not canvas.is_drawing
    assert view_of(canvas).scale == 2.0
    (stroke,) = canvas.ink().strokes
    assert len(stroke.xy) == len(places)
    assert stroke.xy[-1].tolist() == list(view_of(canvas).to_paper(QPointF(places[-1])))


def test_badge_stays_in_its_corner(canvas: Canvas) -> None:
    zoom(canvas, 2.0)
    for width, height in ((300, 200), (700, 500)):
        canvas.resize(width, height)
        badge = badge_of(canvas)
        assert badge.geometry().right() == width - 9
        assert badge.geometry().top() == 8
