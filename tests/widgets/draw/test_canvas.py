from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import PRESSURE, Stroke
from handwrite_gui.widgets.draw.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton
Draw = Callable[..., None]
Erase = Callable[[int, int], None]
Stylus = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


# Ink


def test_new_canvas_is_blank(canvas: Canvas) -> None:
    assert canvas.is_blank
    assert canvas.ink().strokes == ()
    assert not canvas.can_undo
    assert not canvas.can_redo


def test_ink_under_the_pen_counts_already(
    canvas: Canvas, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (20, 30), (40, 50), lift=False)
    assert not canvas.is_blank
    assert strokes_of(canvas) == [[[20, 30], [40, 50]]]
    assert canvas.ink().pen_width == 12.0


def test_each_point_and_each_stroke_is_told(canvas: Canvas, qtbot: QtBot, draw: Draw) -> None:
    changes, strokes = [], []
    canvas.ink_changed.connect(lambda: changes.append(len(canvas.ink().xy)))
    canvas.stroke_finished.connect(lambda: strokes.append(len(canvas.ink().strokes)))
    draw(canvas, (20, 30), (40, 50), (60, 50))
    assert changes == [1, 2, 3, 3]
    assert strokes == [1]
    draw(canvas, (100, 100))
    assert strokes == [1, 2]


def test_single_click_is_a_dot(canvas: Canvas, draw: Draw, strokes_of: StrokesOf) -> None:
    draw(canvas, (50, 60))
    assert strokes_of(canvas) == [[[50, 60]]]
    assert canvas.ink().is_dot


def test_double_click_is_two_dots(canvas: Canvas, strokes_of: StrokesOf) -> None:
    QTest.mouseDClick(canvas.windowHandle(), LEFT, pos=QPoint(50, 60))
    assert strokes_of(canvas) == [[[50, 60]], [[50, 60]]]


def test_ink_ends_where_the_paper_ends(canvas: Canvas, draw: Draw, strokes_of: StrokesOf) -> None:
    draw(canvas, (390, 290), (500, 290), (500, 900), (-40, 900), (-40, -1))
    assert strokes_of(canvas) == [[[390, 290], [400, 290], [400, 300], [0, 300], [0, 0]]]


def test_every_state_of_the_ink_has_a_revision_of_its_own(canvas: Canvas, draw: Draw) -> None:
    revisions = [canvas.ink().revision]
    for x in (20, 40, 60):
        draw(canvas, (x, 30), (x, 80))
        revisions.append(canvas.ink().revision)
    for change in (canvas.undo, canvas.redo, canvas.clear, canvas.undo):
        change()
        revisions.append(canvas.ink().revision)
    assert revisions == sorted(set(revisions))


def test_answer_to_less_of_the_same_ink_is_current(canvas: Canvas, draw: Draw) -> None:
    draw(canvas, (20, 30), lift=False)
    early = canvas.ink().revision
    QTest.mouseMove(canvas, QPoint(40, 50))
    assert canvas.is_current(early)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(40, 50))
    assert canvas.is_current(early)


@pytest.mark.parametrize("change", ["clear", "undo"])
def test_answer_to_ink_that_is_gone_is_not_current(canvas: Canvas, change: str, draw: Draw) -> None:
    draw(canvas, (20, 30), (40, 50))
    revision = canvas.ink().revision
    getattr(canvas, change)()
    assert not canvas.is_current(revision)
    assert canvas.is_current(canvas.ink().revision)


def test_answer_that_is_asked_for_in_mid_stroke_is_stale_after_clear(
    canvas: Canvas, draw: Draw
) -> None:
    draw(canvas, (20, 30), (40, 50), lift=False)
    revision = canvas.ink().revision
    canvas.clear()
    assert not canvas.is_current(revision)


# Undo


def test_undo_and_redo_go_by_strokes(canvas: Canvas, draw: Draw, strokes_of: StrokesOf) -> None:
    draw(canvas, (20, 30), (40, 50))
    draw(canvas, (60, 30), (80, 50))
    both = strokes_of(canvas)
    canvas.undo()
    assert strokes_of(canvas) == both[:1]
    canvas.redo()
    assert strokes_of(canvas) == both
    assert not canvas.can_redo


def test_clear_can_be_undone(canvas: Canvas, draw: Draw, strokes_of: StrokesOf) -> None:
    draw(canvas, (20, 30), (40, 50))
    drawn = strokes_of(canvas)
    canvas.clear()
    assert canvas.is_blank
    canvas.undo()
    assert strokes_of(canvas) == drawn


def test_clearing_blank_paper_is_no_step(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(canvas.ink_changed):
        canvas.clear()
    assert not canvas.can_undo


@pytest.mark.parametrize(("change", "left"), [("undo", 1), ("clear", 0), ("redo", 2)])
def test_change_in_mid_stroke_ends_the_stroke(
    canvas: Canvas, change: str, left: int, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (20, 30), (40, 50))
    draw(canvas, (60, 30), (80, 50), lift=False)
    getattr(canvas, change)()
    assert len(strokes_of(canvas)) == left
    before = strokes_of(canvas)
    QTest.mouseMove(canvas, QPoint(200, 200))  # The button is still down.
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(200, 200))
    assert strokes_of(canvas) == before
    draw(canvas, (100, 30), (120, 50))
    assert len(strokes_of(canvas)) == left + 1


def test_stroke_ended_by_undo_comes_back_with_redo(
    canvas: Canvas, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (60, 30), (80, 50), lift=False)
    canvas.undo()
    assert canvas.is_blank
    canvas.redo()
    assert strokes_of(canvas) == [[[60, 30], [80, 50]]]


def test_drawing_after_undo_forgets_what_was_undone(
    canvas: Canvas, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (20, 30), (40, 50))
    canvas.undo()
    draw(canvas, (60, 30), (80, 50))
    assert not canvas.can_redo
    assert strokes_of(canvas) == [[[60, 30], [80, 50]]]


def test_put_strokes_are_shown_and_can_be_undone(canvas: Canvas, strokes_of: StrokesOf) -> None:
    canvas.put((Stroke.from_xy(np.array([[100.0, 100.0], [200.0, 100.0]])),))
    assert strokes_of(canvas) == [[[100, 100], [200, 100]]]
    canvas.undo()
    assert canvas.is_blank


# The eraser


@pytest.fixture
def erase(stylus: Stylus, pen_eraser: QPointingDevice) -> Erase:
    """Touches the paper with the other end of a pen."""

    def erase(x: int, y: int) -> None:
        stylus("press", x, y, device=pen_eraser)
        stylus("release", x, y, device=pen_eraser)

    return erase


@pytest.mark.parametrize(
    ("distance", "erased"), [(0.0, True), (11.0, True), (13.0, False), (40.0, False)]
)
def test_eraser_reaches_as_far_as_the_pen_is_wide(
    canvas: Canvas, erase: Erase, distance: float, erased: bool
) -> None:
    canvas.put((Stroke.from_xy(np.array([[100.0, 100.0], [200.0, 100.0]])),))
    erase(150, 100 + int(distance))
    assert canvas.is_blank == erased


def test_eraser_takes_only_the_strokes_it_meets(
    canvas: Canvas, erase: Erase, strokes_of: StrokesOf
) -> None:
    canvas.put(
        (
            Stroke.from_xy(np.array([[50.0, 50.0], [50.0, 200.0]])),
            Stroke.from_xy(np.array([[150.0, 50.0], [150.0, 200.0]])),
            Stroke.from_xy(np.array([[250.0, 120.0]])),
        )
    )
    erase(150, 120)
    assert [stroke[0] for stroke in strokes_of(canvas)] == [[50, 50], [250, 120]]
    erase(252, 122)
    assert [stroke[0] for stroke in strokes_of(canvas)] == [[50, 50]]
    canvas.undo()
    canvas.undo()
    assert len(strokes_of(canvas)) == 3


def test_thin_pen_erases_as_easily(canvas: Canvas, erase: Erase) -> None:
    canvas.set_pen_width(2.0)
    canvas.put((Stroke.from_xy(np.array([[100.0, 100.0], [200.0, 100.0]])),))
    erase(150, 107)
    assert canvas.is_blank


# Keys


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_asks_for_the_answer(canvas: Canvas, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(canvas.predict_requested):
        QTest.keyClick(canvas, key)


# The widget


def test_hidden_canvas_keeps_the_stroke(canvas: Canvas, draw: Draw, strokes_of: StrokesOf) -> None:
    draw(canvas, (50, 50), (150, 50), lift=False)
    canvas.hide()
    canvas.show()
    QTest.mouseMove(canvas, QPoint(200, 200))
    assert strokes_of(canvas) == [[[50, 50], [150, 50]]]
    assert canvas.can_undo


def test_mouse_and_fingers_press_half(canvas: Canvas, draw: Draw) -> None:
    draw(canvas, (50, 50), (150, 50))
    assert (canvas.ink().strokes[0].points[:, PRESSURE] == 0.5).all()


def test_canvas_takes_all_room_and_can_be_told_by_a_screen_reader(canvas: Canvas) -> None:
    assert canvas.minimumSize() == QSize(200, 200)
    assert canvas.accessibleName() == "Canvas"
