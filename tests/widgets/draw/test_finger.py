from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.draw.canvas import Canvas

Stylus = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


def test_finger_draws(canvas: Canvas, touch_screen: QPointingDevice, strokes_of: StrokesOf) -> None:
    window = canvas.windowHandle()
    QTest.touchEvent(window, touch_screen).press(0, QPoint(50, 50)).commit()
    QTest.touchEvent(window, touch_screen).move(0, QPoint(80, 90)).commit()
    QTest.touchEvent(window, touch_screen).release(0, QPoint(80, 90)).commit()
    assert strokes_of(canvas) == [[[50, 50], [80, 90]]]


def test_first_of_two_fingers_draws(
    canvas: Canvas, touch_screen: QPointingDevice, strokes_of: StrokesOf
) -> None:
    window = canvas.windowHandle()
    QTest.touchEvent(window, touch_screen).press(0, QPoint(50, 50)).commit()
    both = QTest.touchEvent(window, touch_screen)
    both.move(0, QPoint(60, 60)).press(1, QPoint(200, 200)).commit()
    both = QTest.touchEvent(window, touch_screen)
    both.release(0, QPoint(60, 60)).move(1, QPoint(210, 210)).commit()
    QTest.touchEvent(window, touch_screen).move(1, QPoint(220, 220)).commit()
    QTest.touchEvent(window, touch_screen).release(1, QPoint(220, 220)).commit()
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]
    QTest.touchEvent(window, touch_screen).press(0, QPoint(90, 90)).commit()
    QTest.touchEvent(window, touch_screen).release(0, QPoint(90, 90)).commit()
    assert len(strokes_of(canvas)) == 2


def test_touch_that_the_system_takes_away_keeps_its_ink(
    canvas: Canvas, touch_screen: QPointingDevice, strokes_of: StrokesOf
) -> None:
    window = canvas.windowHandle()
    QTest.touchEvent(window, touch_screen).press(0, QPoint(50, 50)).commit()
    QTest.touchEvent(window, touch_screen).move(0, QPoint(80, 90)).commit()
    QApplication.sendEvent(canvas, QTouchEvent(QEvent.Type.TouchCancel, touch_screen))
    assert strokes_of(canvas) == [[[50, 50], [80, 90]]]
    assert canvas.can_undo
    QTest.touchEvent(window, touch_screen).release(0, QPoint(80, 90)).commit()
    assert len(strokes_of(canvas)) == 1


def test_palm_draws_nothing_while_the_pen_is_down(
    canvas: Canvas, stylus: Stylus, touch_screen: QPointingDevice, strokes_of: StrokesOf
) -> None:
    window = canvas.windowHandle()
    stylus("press", 50, 50)
    QTest.touchEvent(window, touch_screen).press(0, QPoint(200, 200)).commit()
    QTest.touchEvent(window, touch_screen).move(0, QPoint(210, 210)).commit()
    stylus("move", 60, 60)
    stylus("release", 60, 60)
    QTest.touchEvent(window, touch_screen).move(0, QPoint(220, 220)).commit()
    QTest.touchEvent(window, touch_screen).release(0, QPoint(220, 220)).commit()
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]
