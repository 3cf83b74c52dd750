"""The eraser as a tool of its own, with every device, and the other end of a pen."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Stroke
from handwrite_gui.widgets.draw import pen
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton
#: How far from the eraser a stroke is cut, so that its round end is seen to touch it.
CUT = 12 + 12 / 2
Draw = Callable[..., None]
Finger = Callable[[str, int, int], None]
Stylus = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


def wall(x: float) -> Stroke:
    """A stroke downwards, with times and pressures."""
    points = np.zeros((101, 4))
    points[:, 0], points[:, 1] = x, np.linspace(50, 250, 101)
    points[:, TIME_MS], points[:, PRESSURE] = np.arange(101) * 5.0, np.linspace(0, 1, 101)
    return Stroke(points)


@pytest.fixture
def walls(canvas: Canvas) -> Canvas:
    """Four strokes side by side, and the eraser in use."""
    canvas.put(tuple(wall(x) for x in (50.0, 150.0, 250.0, 350.0)))
    canvas.choose_tool("eraser")
    return canvas


def places(canvas: Canvas) -> list[float]:
    return [stroke.points[0, 0] for stroke in canvas.ink().strokes]


def test_mouse_erases_whole_strokes_on_its_way(walls: Canvas, draw: Draw) -> None:
    draw(walls, (100, 150), (300, 150))  # In one leap.
    assert places(walls) == [50, 350]


def test_eraser_works_with_pen_and_finger(
    walls: Canvas,
    stylus: Stylus,
    finger: Finger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stylus("press", 100, 150)
    stylus("move", 160, 150)
    stylus("release", 160, 150)
    assert places(walls) == [50, 250, 350]
    monkeypatch.setattr(pen, "PALM_S", 0.0)  # Or so soon after the pen it would be a palm.
    finger("press", 200, 150)
    finger("move", 260, 150)
    finger("release", 260, 150)
    assert places(walls) == [50, 350]


def test_nothing_beyond_the_edge_is_erased(walls: Canvas, draw: Draw) -> None:
    walls.put((*walls.ink().strokes, Stroke(wall(150).points + np.array([0, -400, 0, 0]))))
    draw(walls, (100, 20), (100, -300), (300, -300), (300, 20), (300, 150), (250, 150))
    assert places(walls) == [50, 150, 350, 150]


def test_drag_is_one_step(walls: Canvas, draw: Draw) -> None:
    draw(walls, *((x, 150) for x in range(20, 300, 10)))
    assert places(walls) == [350]
    walls.undo()
    assert places(walls) == [50, 150, 250, 350]
    walls.redo()
    assert places(walls) == [350]


def test_drag_over_blank_paper_is_no_step(walls: Canvas, draw: Draw) -> None:
    finished: list[int] = []
    walls.stroke_finished.connect(lambda: finished.append(1))
    draw(walls, (80, 20), (120, 20))
    walls.undo()
    assert walls.is_blank, "undo took back that the strokes were put there"
    assert finished == [1]


def test_ink_changes_under_way_and_is_kept_once(walls: Canvas, draw: Draw) -> None:
    counts: list[int] = []
    finished: list[int] = []
    walls.ink_changed.connect(lambda: counts.append(len(walls.ink().strokes)))
    walls.stroke_finished.connect(lambda: finished.append(len(walls.ink().strokes)))
    draw(walls, (100, 150), (150, 150), (200, 150), (250, 150), lift=False)
    assert counts == [3, 2]
    assert walls.is_drawing
    assert finished == []
    QTest.mouseRelease(walls, LEFT, pos=QPoint(250, 150))
    assert counts == [3, 2, 2]
    assert finished == [2]


def test_answers_to_ink_before_the_drag_are_stale_and_those_within_are_not(
    walls: Canvas, draw: Draw
) -> None:
    before = walls.revision
    draw(walls, (100, 150), (150, 150), lift=False)
    within = walls.ink().revision
    QTest.mouseMove(walls, QPoint(250, 150))
    assert walls.revision > within
    assert not walls.is_current(before)
    assert walls.is_current(within)
    QTest.mouseRelease(walls, LEFT, pos=QPoint(250, 150))
    assert not walls.is_current(within)
    assert walls.is_current(walls.revision)


def test_undo_in_mid_drag_brings_all_of_it_back(walls: Canvas, draw: Draw) -> None:
    draw(walls, (100, 150), (150, 150), lift=False)
    walls.undo()
    assert places(walls) == [50, 150, 250, 350]
    QTest.mouseMove(walls, QPoint(260, 150))  # The button is still down.
    assert places(walls) == [50, 150, 250, 350]


def test_parts_are_cut_with_times_and_pressures(walls: Canvas, draw: Draw) -> None:
    walls.set_erases_parts(True)
    draw(walls, (120, 150), (180, 150))
    assert places(walls) == [50, 150, 150, 250, 350]
    upper, lower = walls.ink().strokes[1:3]
    assert upper.points[-1] == pytest.approx(
        [150, 150 - CUT, 5 * (100 - CUT) / 2, (100 - CUT) / 200]
    )
    assert lower.points[0] == pytest.approx(
        [150, 150 + CUT, 5 * (100 + CUT) / 2, (100 + CUT) / 200]
    )
    assert (lower.points[-1] == wall(150).points[-1]).all()
    walls.undo()
    assert places(walls) == [50, 150, 250, 350]


def test_pen_s_other_end_erases_parts_too(
    walls: Canvas, stylus: Stylus, pen_eraser: QPointingDevice
) -> None:
    walls.choose_tool("pen")
    walls.set_erases_parts(True)
    stylus("press", 120, 150, device=pen_eraser)
    stylus("move", 180, 150, device=pen_eraser)
    stylus("release", 180, 150, device=pen_eraser)
    assert places(walls) == [50, 150, 150, 250, 350]


@pytest.mark.parametrize("parts", [True, False])
def test_what_is_seen_is_what_is_left(walls: Canvas, draw: Draw, parts: bool) -> None:
    walls.set_erases_parts(parts)
    draw(walls, (20, 150), (100, 155), (200, 150), (260, 140))
    QApplication.processEvents()
    seen = walls.grab().toImage()
    walls.repaint_ink()
    assert walls.grab().toImage() == seen
    assert seen.pixelColor(150, 150) == LIGHT.paper
    assert (seen.pixelColor(150, 80) == LIGHT.ink) == parts
    assert seen.pixelColor(350, 150) == LIGHT.ink


def test_paper_is_blank_right_up_to_the_eraser(walls: Canvas, draw: Draw) -> None:
    walls.set_erases_parts(True)
    walls.put((Stroke.from_xy(np.array([[150.0, 50.0], [150.0, 250.0]])),))
    draw(walls, (150, 150))
    seen = walls.grab().toImage()
    column = [seen.pixelColor(150, y) == LIGHT.paper for y in range(100, 200)]
    assert column.count(True) == pytest.approx(2 * 12, abs=2)


def test_blank_paper_says_what_to_do_again(walls: Canvas, draw: Draw) -> None:
    draw(walls, (20, 150), (380, 150), lift=False)
    assert walls.is_blank
    QApplication.processEvents()
    hint = walls.grab().toImage().copy(140, 140, 120, 20)
    assert len({hint.pixel(x, y) for x in range(120) for y in range(20)}) > 1


def test_palm_that_erased_brings_it_back(walls: Canvas, stylus: Stylus, finger: Finger) -> None:
    finger("press", 100, 150)
    finger("move", 160, 150)
    assert places(walls) == [50, 250, 350]
    stylus("move", 300, 20, touches=False)
    assert places(walls) == [50, 150, 250, 350]


def test_palm_that_erased_nothing_takes_nothing_back(
    walls: Canvas, stylus: Stylus, finger: Finger
) -> None:
    finger("press", 100, 20)
    stylus("move", 300, 20, touches=False)
    assert places(walls) == [50, 150, 250, 350]


def test_palm_erases_nothing_while_the_pen_erases(
    walls: Canvas, stylus: Stylus, finger: Finger
) -> None:
    stylus("press", 100, 150)
    finger("press", 340, 150)
    finger("move", 350, 150)
    stylus("move", 150, 150)
    stylus("release", 150, 150)
    assert places(walls) == [50, 250, 350]


def test_pointer_and_ring_show_how_far_it_reaches(walls: Canvas, stylus: Stylus) -> None:
    narrow = walls.cursor().pixmap().width()
    walls.set_pen_width(24.0)
    assert walls.cursor().pixmap().width() - narrow == pytest.approx(2 * 12, abs=2)
    walls.choose_tool("pen")
    assert walls.cursor().shape() == Qt.CursorShape.CrossCursor


def test_much_ink_elsewhere_hardly_slows_a_move() -> None:
    """With 1,000 strokes on the paper a move that erases paints its own part only."""

    def move_s(count: int) -> float:
        canvas = Canvas(pen_width=12.0)
        canvas.resize(1000, 1000)
        down = np.array([0.0, 500.0, 0.0, 0.0])
        far = [Stroke(wall(500.0 + x % 400).points + down) for x in range(count)]
        near = [wall(x) for x in np.linspace(20, 300, 30).tolist()]
        canvas.put((*far, *near))
        canvas.choose_tool("eraser")
        canvas.set_erases_parts(True)
        canvas.show()
        while not canvas.painted.is_whole:
            QApplication.processEvents()
        QTest.mousePress(canvas, LEFT, pos=QPoint(10, 150))
        QApplication.processEvents()
        began = time.perf_counter()
        for x in range(10, 300, 5):
            QTest.mouseMove(canvas, QPoint(x, 150))
            QApplication.processEvents()
        took = time.perf_counter() - began
        QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 150))
        assert len(canvas.ink().strokes) == count + 60
        return took

    assert min(move_s(1000) for _ in range(3)) < 3 * min(move_s(10) for _ in range(3))
