"""Selecting, moving and scaling strokes with mouse, pen and finger."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPaintEvent, QPointingDevice, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Stroke
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton
NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
#: How far the frame lies from the points of a pen of 12 units.
GAP = 12 * 1.6 / 2 + 1 + 4
Drag = Callable[..., None]
Finger = Callable[[str, int, int], None]
Stylus = Callable[..., None]


class Painted(QObject):
    """Which part of a widget is painted from now on."""

    def __init__(self, widget: Canvas) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def line(*places: tuple[float, float]) -> Stroke:
    points = np.zeros((len(places), 4))
    points[:, :2] = places
    points[:, TIME_MS], points[:, PRESSURE] = np.arange(len(places)) * 7.0, 0.25
    return Stroke(points)


ONE, SEVEN, DOT = (
    line((60, 60), (60, 160)),
    line((150, 60), (230, 60), (170, 160)),
    line((320, 110)),
)


@pytest.fixture
def paper(canvas: Canvas) -> Canvas:
    """A 1, a 7 and a dot on a canvas of 400 × 300, and the select tool in use."""
    canvas.put((ONE, SEVEN, DOT))
    canvas.choose_tool("select")
    return canvas


@pytest.fixture
def drag(canvas: Canvas) -> Drag:
    """Drags the mouse: `drag((20, 30), (40, 50), keys=SHIFT, lift=False)`."""

    def drag(
        *places: tuple[int, int],
        keys: Qt.KeyboardModifier = NO_KEY,
        lift: bool = True,
    ) -> None:
        QTest.mousePress(canvas, LEFT, keys, QPoint(*places[0]))
        for place in places[1:]:
            QTest.mouseMove(canvas, QPoint(*place))
        if lift:
            QTest.mouseRelease(canvas, LEFT, keys, QPoint(*places[-1]))

    return drag


def strokes(canvas: Canvas) -> tuple[Stroke, ...]:
    return canvas.ink().strokes


def pixels(canvas: Canvas) -> np.ndarray:
    """How light each pixel is that is seen, 0 to 255."""
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].astype(int)


def xy(stroke: Stroke) -> list[list[float]]:
    return [[round(value, 6) for value in place] for place in stroke.xy.tolist()]


# Selecting


def test_click_selects_a_stroke_and_beside_all_nothing(paper: Canvas, drag: Drag) -> None:
    drag((63, 100))
    assert paper.selection.strokes == (ONE,)
    drag((190, 62))
    assert paper.selection.strokes == (SEVEN,)
    drag((380, 280))
    assert paper.selection.strokes == ()
    assert strokes(paper) == (ONE, SEVEN, DOT)


def test_shift_adds_and_takes_away(paper: Canvas, drag: Drag) -> None:
    drag((60, 100))
    drag((320, 110), keys=SHIFT)
    assert paper.selection.strokes == (ONE, DOT)
    drag((60, 100), keys=SHIFT)
    assert paper.selection.strokes == (DOT,)
    drag((380, 280), keys=SHIFT)
    assert paper.selection.strokes == (DOT,)


def test_click_on_one_of_several_selects_it_alone(paper: Canvas, drag: Drag) -> None:
    paper.selection.select_all()
    drag((60, 100))
    assert paper.selection.strokes == (ONE,)


def test_click_between_selected_strokes_selects_nothing(paper: Canvas, drag: Drag) -> None:
    paper.selection.select_all()
    drag((110, 130))
    assert paper.selection.strokes == ()


def test_lasso_selects_what_it_goes_round(paper: Canvas, drag: Drag) -> None:
    drag((30, 30), (280, 30), (280, 190), (30, 190))
    assert paper.selection.strokes == (ONE, SEVEN)
    drag((290, 80), (350, 80), (350, 140), (290, 140), keys=SHIFT)
    assert paper.selection.strokes == (ONE, SEVEN, DOT)
    drag((380, 200), (390, 200), (390, 290), (380, 290))
    assert paper.selection.strokes == ()


def test_pen_and_finger_select_as_a_mouse_does(
    paper: Canvas, stylus: Stylus, finger: Finger
) -> None:
    finger("press", 60, 100)
    finger("release", 60, 100)
    assert paper.selection.strokes == (ONE,)
    for kind, x, y in (("press", 290, 80), ("move", 350, 80), ("move", 350, 140)):
        stylus(kind, x, y)
    stylus("move", 290, 140)
    stylus("release", 290, 140)
    assert paper.selection.strokes == (DOT,)


def test_selection_is_seen_without_colour(paper: Canvas, drag: Drag) -> None:
    plain = paper.grab().toImage()
    drag((60, 100))
    marked = paper.grab().toImage()
    assert marked.pixelColor(60, 110) != LIGHT.ink  # A light line along it.
    left, top = 60 - 20, round(60 - GAP)
    assert plain.pixelColor(left, top) == LIGHT.paper
    assert marked.pixelColor(left, top) == LIGHT.paper  # A handle, hollow…
    rim = {marked.pixelColor(left - 4, top + y).lightness() for y in range(-2, 3)}
    assert min(rim) < 100  # … and outlined.
    drag((380, 280))
    QTest.mouseMove(paper, QPoint(1, 1))
    assert paper.grab().toImage() == plain


def test_pointer_says_what_a_press_would_take_hold_of(paper: Canvas, drag: Drag) -> None:
    shapes = Qt.CursorShape
    assert paper.cursor().shape() == shapes.ArrowCursor
    drag((190, 62))
    shown = []
    for x, y in ((60, 100), (300, 280), (200, 100), (150 - GAP, 60 - GAP), (230 + GAP, 110)):
        QTest.mouseMove(paper.windowHandle(), QPoint(round(x), round(y)))
        shown.append(paper.cursor().shape())
    assert shown == [
        shapes.PointingHandCursor,
        shapes.ArrowCursor,
        shapes.SizeAllCursor,
        shapes.SizeFDiagCursor,
        shapes.SizeHorCursor,
    ]


def test_other_tool_selects_nothing(paper: Canvas, drag: Drag) -> None:
    drag((60, 100))
    paper.choose_tool("pen")
    assert paper.selection.strokes == ()
    drag((300, 200), (310, 210))
    assert len(strokes(paper)) == 4


# Moving


def test_dragged_stroke_is_selected_and_moved_as_one_step(paper: Canvas, drag: Drag) -> None:
    drag((60, 100), (70, 110), (90, 140))
    one, seven, dot = strokes(paper)
    assert xy(one) == [[90, 100], [90, 200]]
    assert (one.points[:, TIME_MS:] == ONE.points[:, TIME_MS:]).all()
    assert (seven, dot) == (SEVEN, DOT)
    assert paper.selection.strokes == (one,)
    paper.undo()
    assert strokes(paper) == (ONE, SEVEN, DOT)
    assert paper.selection.strokes == ()
    paper.redo()
    assert strokes(paper) == (one, seven, dot)


def test_all_that_is_selected_is_moved_by_the_room_between(paper: Canvas, drag: Drag) -> None:
    paper.selection.select_all()
    drag((110, 130), (130, 120))
    assert [xy(stroke)[0] for stroke in strokes(paper)] == [[80, 50], [170, 50], [340, 100]]
    assert len(paper.selection.strokes) == 3


def test_ink_stays_as_it_was_until_the_release(paper: Canvas, drag: Drag) -> None:
    told: list[int] = []
    paper.ink_changed.connect(lambda: told.append(1))
    paper.stroke_finished.connect(lambda: told.append(2))
    revision = paper.revision
    drag((60, 100), (90, 140), lift=False)
    assert strokes(paper) == (ONE, SEVEN, DOT)
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


def test_frame_is_whole_again_after_a_drag_is_given_up(paper: Canvas, drag: Drag) -> None:
    drag((60, 100))
    drag((60, 100), (60, 130), (62, 190), lift=False)
    QApplication.processEvents()
    painted = Painted(paper)
    QTest.keyClick(paper, Qt.Key.Key_Escape)
    QApplication.processEvents()
    left, top = round(60 - GAP), round(60 - GAP)
    right, bottom = round(60 + GAP), round(160 + GAP)
    for corner in ((left, top), (right, top), (left, bottom), (right, bottom)):
        assert painted.region.contains(QPoint(*corner)), corner


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
    paper: Canvas, drag: Drag, zooms: int
) -> None:
    for _ in range(zooms):
        paper.view_control.zoom_in()
    at = paper.view.to_widget.map(QPointF(190, 60)).toPoint()
    drag((at.x(), at.y()), (at.x() + 10, at.y() + 25), lift=False)
    QApplication.processEvents()
    held = pixels(paper)
    QTest.mouseRelease(paper, LEFT, pos=at + QPoint(10, 25))
    QApplication.processEvents()
    assert strokes(paper)[1] is not SEVEN
    different = np.abs(pixels(paper) - held) > 40
    assert different.sum() <= 8  # Of the edges that are smoothed twice.


def test_strokes_are_not_moved_off_the_paper(paper: Canvas, drag: Drag) -> None:
    drag((60, 100), (-500, 100))
    assert xy(strokes(paper)[0]) == [[0, 60], [0, 160]]
    drag((0, 100), (5, 900))
    assert xy(strokes(paper)[0]) == [[5, 200], [5, 300]]


def test_click_with_an_unsteady_hand_moves_nothing(paper: Canvas, drag: Drag) -> None:
    drag((60, 100), (62, 101))
    assert strokes(paper) == (ONE, SEVEN, DOT)
    assert paper.selection.strokes == (ONE,)
    paper.undo()
    assert paper.is_blank


def test_drag_back_to_where_it_began_is_no_step(paper: Canvas, drag: Drag) -> None:
    drag((60, 100), (90, 140), (60, 100))
    assert strokes(paper) == (ONE, SEVEN, DOT)
    paper.undo()
    assert paper.is_blank


def test_enlarged_paper_moves_with_the_hand(paper: Canvas, drag: Drag) -> None:
    paper.view_control.zoom_in()
    scale = paper.view.scale
    at = paper.view.to_widget.map(QPointF(60, 110)).toPoint()
    drag((at.x(), at.y()), (at.x() + 30, at.y() + 15))
    assert xy(strokes(paper)[0])[0] == pytest.approx([60 + 30 / scale, 60 + 15 / scale])


# Scaling


def handle(x: float, y: float) -> tuple[int, int]:
    return round(x), round(y)


def test_corner_keeps_the_aspect(paper: Canvas, drag: Drag) -> None:
    drag((190, 62))
    corner = handle(230 + GAP, 160 + GAP)
    drag(corner, (corner[0] + 40, corner[1] + 50))
    assert xy(strokes(paper)[1]) == [[150, 60], [270, 60], [180, 210]]
    assert (strokes(paper)[1].points[:, TIME_MS:] == SEVEN.points[:, TIME_MS:]).all()
    paper.undo()
    assert strokes(paper) == (ONE, SEVEN, DOT)


def test_corner_is_free_with_shift_and_a_side_by_itself(paper: Canvas, drag: Drag) -> None:
    drag((190, 62))
    corner = handle(230 + GAP, 160 + GAP)
    drag(corner, (corner[0] + 40, corner[1]), keys=SHIFT)
    assert xy(strokes(paper)[1]) == [[150, 60], [270, 60], [180, 160]]
    side = handle(210, 60 - GAP)
    drag(side, (side[0] + 90, side[1] - 20))
    assert xy(strokes(paper)[1]) == [[150, 40], [270, 40], [180, 160]]


def test_frame_is_as_far_from_the_ink_as_the_pen_is_wide(paper: Canvas, drag: Drag) -> None:
    drag((190, 62))
    paper.set_pen_width(30.0)
    corner = handle(230 + GAP + 0.8 * 18, 160 + GAP + 0.8 * 18)
    drag(corner, (corner[0] + 40, corner[1] + 50))
    assert xy(strokes(paper)[1]) == [[150, 60], [270, 60], [180, 210]]


def test_pen_scales_with_a_handle(paper: Canvas, stylus: Stylus) -> None:
    paper.selection.select((SEVEN,))
    x, y = handle(150 - GAP, 60 - GAP)
    for kind, dx in (("press", 0), ("move", -10), ("move", -40), ("release", -40)):
        stylus(kind, x + dx, y + dx * 1.25)
    assert xy(strokes(paper)[1]) == [[110, 10], [230, 10], [140, 160]]


def test_what_is_scaled_has_its_pen_s_width_all_the_while(paper: Canvas, drag: Drag) -> None:
    drag((60, 130))
    corner = handle(60 + 20, 160 + GAP)
    drag(corner, (corner[0], corner[1] + 100), lift=False)
    QApplication.processEvents()
    seen = paper.grab().toImage()
    row = [seen.pixelColor(x, 200).lightness() < 128 for x in range(40, 80)]
    QTest.mouseRelease(paper, LEFT, pos=QPoint(corner[0], corner[1] + 100))
    seen = paper.grab().toImage()
    assert [seen.pixelColor(x, 200).lightness() < 128 for x in range(40, 80)] == row
    assert xy(strokes(paper)[0]) == [[60, 60], [60, 260]]


def test_little_ink_can_still_be_moved(paper: Canvas, drag: Drag) -> None:
    drag((320, 110))
    drag((320, 110), (340, 110))
    assert xy(strokes(paper)[2]) == [[340, 110]]


# One device owns it


def test_palm_selects_and_moves_nothing_in_the_end(
    paper: Canvas, stylus: Stylus, finger: Finger
) -> None:
    paper.selection.select((DOT,))
    finger("press", 60, 100)
    finger("move", 90, 100)
    finger("release", 90, 100)
    assert xy(strokes(paper)[0]) == [[90, 60], [90, 160]]
    stylus("move", 300, 280, touches=False)
    assert strokes(paper) == (ONE, SEVEN, DOT)
    assert paper.selection.strokes == (DOT,)


def test_palm_that_only_selected_undoes_nothing(
    paper: Canvas, stylus: Stylus, finger: Finger
) -> None:
    finger("press", 60, 100)
    stylus("press", 190, 62)
    stylus("release", 190, 62)
    assert strokes(paper) == (ONE, SEVEN, DOT)
    assert paper.selection.strokes == (SEVEN,)


def test_mouse_moves_nothing_while_the_pen_drags(paper: Canvas, stylus: Stylus, drag: Drag) -> None:
    stylus("press", 60, 100)
    stylus("move", 80, 100)
    drag((190, 62), (300, 200))
    stylus("move", 90, 100)
    stylus("release", 90, 100)
    assert [xy(stroke)[0] for stroke in strokes(paper)] == [[90, 60], [150, 60], [320, 110]]


def test_eraser_end_erases_what_is_selected(
    paper: Canvas, stylus: Stylus, pen_eraser: QPointingDevice
) -> None:
    paper.selection.select((ONE, DOT))
    stylus("press", 60, 100, device=pen_eraser)
    stylus("release", 60, 100, device=pen_eraser)
    assert paper.selection.strokes == (DOT,)


def test_hidden_canvas_puts_down_what_is_dragged(paper: Canvas, drag: Drag) -> None:
    drag((60, 100), (90, 100), lift=False)
    paper.hide()
    assert xy(strokes(paper)[0]) == [[90, 60], [90, 160]]


# Speed


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
