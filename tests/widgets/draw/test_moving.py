"""Drawing by moving without a button, for track-pads."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.draw.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


@pytest.fixture
def moving(canvas: Canvas) -> Canvas:
    canvas.set_draws_by_moving(True)
    return canvas


def move(canvas: Canvas, *places: tuple[int, int]) -> None:
    for place in places:
        QTest.mouseMove(canvas.windowHandle(), QPoint(*place))


def test_click_starts_a_stroke_and_another_ends_it(moving: Canvas, strokes_of: StrokesOf) -> None:
    move(moving, (20, 20))
    assert moving.is_blank
    QTest.mouseClick(moving, LEFT, pos=QPoint(50, 50))
    assert moving.is_drawing
    move(moving, (60, 60), (70, 80))
    QTest.mouseClick(moving, LEFT, pos=QPoint(70, 80))
    assert not moving.is_drawing
    move(moving, (100, 100))
    assert strokes_of(moving) == [[[50, 50], [60, 60], [70, 80]]]


def test_space_bar_does_as_a_click(moving: Canvas, strokes_of: StrokesOf) -> None:
    QTest.keyClick(moving, Qt.Key.Key_Space)
    assert moving.is_blank  # The mouse is not here.
    move(moving, (50, 50))
    QTest.keyClick(moving, Qt.Key.Key_Space)
    move(moving, (60, 60), (70, 80))
    QTest.keyClick(moving, Qt.Key.Key_Space)
    move(moving, (100, 100))
    assert strokes_of(moving) == [[[50, 50], [60, 60], [70, 80]]]


def test_stroke_ends_where_the_mouse_leaves(moving: Canvas, strokes_of: StrokesOf) -> None:
    QTest.mouseClick(moving, LEFT, pos=QPoint(50, 50))
    move(moving, (60, 60))
    QApplication.sendEvent(moving, QEvent(QEvent.Type.Leave))
    move(moving, (100, 100))
    assert strokes_of(moving) == [[[50, 50], [60, 60]]]
    assert not moving.is_drawing


def test_stroke_ends_with_the_setting(moving: Canvas, strokes_of: StrokesOf) -> None:
    QTest.mouseClick(moving, LEFT, pos=QPoint(50, 50))
    moving.set_draws_by_moving(False)
    move(moving, (60, 60))
    assert strokes_of(moving) == [[[50, 50]]]
    QTest.keyClick(moving, Qt.Key.Key_Space)
    assert not moving.is_drawing


def test_undo_ends_the_stroke(moving: Canvas) -> None:
    QTest.mouseClick(moving, LEFT, pos=QPoint(50, 50))
    move(moving, (60, 60))
    moving.undo()
    move(moving, (70, 70))
    assert moving.is_blank
    QTest.mouseClick(moving, LEFT, pos=QPoint(80, 80))
    assert moving.is_drawing
