"""Moving what is selected with mouse, pen and finger."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import TIME_MS, Stroke
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton
Drag = Callable[..., None]
Finger = Callable[[str, int, int], None]
Stylus = Callable[..., None]
PlacesOf = Callable[[Stroke], list[list[float]]]


def pixels(canvas: Canvas) -> np.ndarray:
    """How light each pixel is that is seen, 0 to 255."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(int)


def test_dragged_stroke_is_selected_and_moved_as_one_step(
    paper: Canvas, drag: Drag, drawn: Any, xy: PlacesOf
) -> None:
    drag((60, 100), (70, 110), (90, 140))
    one, seven, dot = paper.ink().strokes
    assert xy(one) == [[90, 100], [90, 200]]
    assert (one.points[:, TIME_MS:] == drawn.one.points[:, TIME_MS:]).all()
    assert (seven, dot) == (drawn.seven, drawn.dot)
    assert paper.selection.strokes == (one,)
    paper.undo()
    assert paper.ink().strokes == drawn
    assert paper.selection.strokes == ()
    paper.redo()
    assert paper.ink().strokes == (one, seven, dot)


def test_all_that_is_selected_is_moved_by_the_room_between(
    paper: Canvas, drag: Drag, xy: PlacesOf
) -> None:
    paper.selection.select_all()
    drag((110, 130), (130, 120))
    assert [xy(stroke)[0] for stroke in paper.ink().strokes] == [[80, 50], [170, 50], [340, 100]]
    assert len(paper.selection.strokes) == 3


def test_ink_stays_as_it_was_until_the_release(paper: Canvas, drag: Drag, drawn: Any) -> None:
    told: list[int] = []
    paper.ink_changed.connect(lambda: told.append(1))
    paper.stroke_finished.connect(lambda: told.append(2))
    revision = paper.revision
    drag((60, 100), (90, 140), lift=False)
    assert paper.ink().strokes == drawn
    assert (told, paper.revision, paper.is_drawing) == ([], revision, True)
    QTest.mouseRelease(paper, LEFT, pos=QPoint(90, 140))
    assert told == [2, 1]
    assert not paper.is_current(revision)


def test_what_is_dragged_is_seen_at_its_new_place_only(paper: Canvas, drag: Drag) -> None:
    drag((60, 100), (70, 120), (100, 140), lift=False)
    QApplication.processEvents()
    seen = paper.grab().toImage()
    assert seen.pixelColor(60, 80) == LIGHT.paper
    assert seen.pixelColor(103, 180) == LIGHT.ink
    paper.resize(410, 300)  # Painted anew, it is still not where it was.
    assert paper.grab().toImage().pixelColor(60, 80) == LIGHT.paper


@pytest.mark.parametrize("lifted", [True, False])
def test_what_was_painted_in_parts_is_what_is_painted_at_once(
    paper: Canvas, drag: Drag, lifted: bool
) -> None:
    drag((60, 100), (90, 120), (180, 100), lift=lifted)
    if not lifted:
        QTest.keyClick(paper, Qt.Key.Key_Escape)
    QApplication.processEvents()
    seen = paper.grab().toImage()
    paper.repaint_ink()
    assert paper.grab().toImage() == seen


def test_keys_move_nothing_while_the_other_end_of_a_pen_erases(
    paper: Canvas, drag: Drag, stylus: Stylus
) -> None:
    drag((60, 100))
    before = paper.selection.strokes
    stylus("press", 320, 200, barrel=True)
    QTest.keyClick(paper, Qt.Key.Key_Right)
    assert paper.selection.strokes == before
    stylus("release", 320, 200, barrel=True)
    QTest.keyClick(paper, Qt.Key.Key_Right)
    assert paper.selection.strokes != before


@pytest.mark.parametrize("zooms", [0, 2])
def test_what_is_put_down_looks_as_it_did_in_the_hand(
    paper: Canvas, drag: Drag, zooms: int, drawn: Any
) -> None:
    for _ in range(zooms):
        paper.view_control.zoom_in()
    at = paper.view.to_widget.map(QPointF(190, 60)).toPoint()
    drag((at.x(), at.y()), (at.x() + 10, at.y() + 25), lift=False)
    QApplication.processEvents()
    held = pixels(paper)
    QTest.mouseRelease(paper, LEFT, pos=at + QPoint(10, 25))
    QApplication.processEvents()
    assert paper.ink().strokes[1] is not drawn.seven
    different = np.abs(pixels(paper) - held) > 40
    assert different.sum() <= 8  # Of the edges that are smoothed twice.


def test_strokes_are_not_moved_off_the_paper(paper: Canvas, drag: Drag, xy: PlacesOf) -> None:
    drag((60, 100), (-500, 100))
    assert xy(paper.ink().strokes[0]) == [[0, 60], [0, 160]]
    drag((0, 100), (5, 900))
    assert xy(paper.ink().strokes[0]) == [[5, 200], [5, 300]]


def test_click_with_an_unsteady_hand_moves_nothing(paper: Canvas, drag: Drag, drawn: Any) -> None:
    drag((60, 100), (62, 101))
    assert paper.ink().strokes == drawn
    assert paper.selection.strokes == (drawn.one,)
    paper.undo()
    assert paper.is_blank


def test_drag_back_to_where_it_began_is_no_step(paper: Canvas, drag: Drag, drawn: Any) -> None:
    drag((60, 100), (90, 140), (60, 100))
    assert paper.ink().strokes == drawn
    paper.undo()
    assert paper.is_blank


def test_enlarged_paper_moves_with_the_hand(paper: Canvas, drag: Drag, xy: PlacesOf) -> None:
    paper.view_control.zoom_in()
    scale = paper.view.scale
    at = paper.view.to_widget.map(QPointF(60, 110)).toPoint()
    drag((at.x(), at.y()), (at.x() + 30, at.y() + 15))
    assert xy(paper.ink().strokes[0])[0] == pytest.approx([60 + 30 / scale, 60 + 15 / scale])


def test_little_ink_can_still_be_moved(paper: Canvas, drag: Drag, xy: PlacesOf) -> None:
    drag((320, 110))
    drag((320, 110), (340, 110))
    assert xy(paper.ink().strokes[2]) == [[340, 110]]


def test_palm_selects_and_moves_nothing_in_the_end(
    paper: Canvas, stylus: Stylus, finger: Finger, drawn: Any, xy: PlacesOf
) -> None:
    paper.selection.select((drawn.dot,))
    finger("press", 60, 100)
    finger("move", 90, 100)
    finger("release", 90, 100)
    assert xy(paper.ink().strokes[0]) == [[90, 60], [90, 160]]
    stylus("move", 300, 280, touches=False)
    assert paper.ink().strokes == drawn
    assert paper.selection.strokes == (drawn.dot,)


def test_mouse_moves_nothing_while_the_pen_drags(
    paper: Canvas, stylus: Stylus, drag: Drag, xy: PlacesOf
) -> None:
    stylus("press", 60, 100)
    stylus("move", 80, 100)
    drag((190, 62), (300, 200))
    stylus("move", 90, 100)
    stylus("release", 90, 100)
    assert [xy(stroke)[0] for stroke in paper.ink().strokes] == [[90, 60], [150, 60], [320, 110]]


def test_hidden_canvas_puts_down_what_is_dragged(paper: Canvas, drag: Drag, xy: PlacesOf) -> None:
    drag((60, 100), (90, 100), lift=False)
    paper.hide()
    assert xy(paper.ink().strokes[0]) == [[90, 60], [90, 160]]


def test_drag_of_many_strokes_costs_little_more_than_of_few(canvas: Canvas) -> None:
    def move_s(count: int) -> float:
        rng = np.random.default_rng(1)
        steps = [np.cumsum(rng.normal(0, 2, (50, 2)), axis=0) for _ in range(count)]
        canvas.put(tuple(Stroke.from_xy(rng.uniform(50, 200, 2) + step) for step in steps))
        canvas.choose_tool("select")
        canvas.selection.select_all()
        QTest.mousePress(canvas, LEFT, pos=QPoint(125, 125))
        QTest.mouseMove(canvas, QPoint(135, 125))
        QApplication.processEvents()
        began = time.perf_counter()
        for x in range(100, 160, 2):
            QTest.mouseMove(canvas, QPoint(x, 125))
            QApplication.processEvents()
        took = time.perf_counter() - began
        QTest.mouseRelease(canvas, LEFT, pos=QPoint(160, 125))
        return took

    assert min(move_s(1000) for _ in range(3)) < 20 * min(move_s(20) for _ in range(3))
