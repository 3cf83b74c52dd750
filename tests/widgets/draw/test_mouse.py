"""The mouse draws with its left button, whatever is lost or pressed beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from handwrite_gui.widgets.draw.canvas import Canvas

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
MouseEvent = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


def test_only_the_left_button_draws(canvas: Canvas) -> None:
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mousePress(canvas, button, pos=QPoint(50, 50))
        QTest.mouseMove(canvas, QPoint(80, 80))
        QTest.mouseRelease(canvas, button, pos=QPoint(80, 80))
    assert canvas.is_blank


def test_mouse_that_hovers_draws_nothing(canvas: Canvas) -> None:
    QTest.mouseMove(canvas, QPoint(80, 80))
    assert canvas.is_blank


def test_second_button_in_mid_stroke_changes_nothing(
    canvas: Canvas, strokes_of: StrokesOf, mouse_event: MouseEvent
) -> None:
    right = Qt.MouseButton.RightButton
    QTest.mousePress(canvas, LEFT, pos=QPoint(50, 50))
    mouse_event(canvas, QEvent.Type.MouseButtonRelease, 50, 50, buttons=LEFT)  # of another button
    mouse_event(canvas, QEvent.Type.MouseMove, 60, 60, buttons=LEFT | right)
    mouse_event(canvas, QEvent.Type.MouseMove, 70, 70)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(70, 70))
    assert strokes_of(canvas) == [[[50, 50], [60, 60], [70, 70]]]


def test_release_that_never_came_ends_at_the_next_move(
    canvas: Canvas, strokes_of: StrokesOf, mouse_event: MouseEvent
) -> None:
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 50, 50)
    mouse_event(canvas, QEvent.Type.MouseMove, 60, 60)
    mouse_event(canvas, QEvent.Type.MouseMove, 200, 200, buttons=NO_BUTTON)
    mouse_event(canvas, QEvent.Type.MouseMove, 210, 210, buttons=NO_BUTTON)
    assert strokes_of(canvas) == [[[50, 50], [60, 60]]]
    assert canvas.can_undo


def test_release_that_never_came_ends_at_the_next_press(
    canvas: Canvas, strokes_of: StrokesOf, mouse_event: MouseEvent
) -> None:
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 50, 50)
    mouse_event(canvas, QEvent.Type.MouseMove, 60, 60)
    mouse_event(canvas, QEvent.Type.MouseButtonPress, 100, 100)
    mouse_event(canvas, QEvent.Type.MouseButtonRelease, 100, 100, buttons=NO_BUTTON)
    assert strokes_of(canvas) == [[[50, 50], [60, 60]], [[100, 100]]]
