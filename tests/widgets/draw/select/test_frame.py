"""The frame around what is selected: seen, taken hold of, and dragged to scale the strokes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import TIME_MS, Stroke
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.theme import LIGHT

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
#: How far the frame lies from the points of a pen of 12 units.
GAP = 12 * 1.6 / 2 + 1 + 4
Drag = Callable[..., None]
Stylus = Callable[..., None]
PlacesOf = Callable[[Stroke], list[list[float]]]


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


def handle(x: float, y: float) -> tuple[int, int]:
    return round(x), round(y)


def test_corner_keeps_the_aspect(paper: Canvas, drag: Drag, drawn: Any, xy: PlacesOf) -> None:
    drag((190, 62))
    corner = handle(230 + GAP, 160 + GAP)
    drag(corner, (corner[0] + 40, corner[1] + 50))
    assert xy(paper.ink().strokes[1]) == [[150, 60], [270, 60], [180, 210]]
    assert (paper.ink().strokes[1].points[:, TIME_MS:] == drawn.seven.points[:, TIME_MS:]).all()
    paper.undo()
    assert paper.ink().strokes == drawn


def test_corner_is_free_with_shift_and_a_side_by_itself(
    paper: Canvas, drag: Drag, xy: PlacesOf
) -> None:
    drag((190, 62))
    corner = handle(230 + GAP, 160 + GAP)
    drag(corner, (corner[0] + 40, corner[1]), keys=SHIFT)
    assert xy(paper.ink().strokes[1]) == [[150, 60], [270, 60], [180, 160]]
    side = handle(210, 60 - GAP)
    drag(side, (side[0] + 90, side[1] - 20))
    assert xy(paper.ink().strokes[1]) == [[150, 40], [270, 40], [180, 160]]


def test_frame_is_as_far_from_the_ink_as_the_pen_is_wide(
    paper: Canvas, drag: Drag, xy: PlacesOf
) -> None:
    drag((190, 62))
    paper.set_pen_width(30.0)
    corner = handle(230 + GAP + 0.8 * 18, 160 + GAP + 0.8 * 18)
    drag(corner, (corner[0] + 40, corner[1] + 50))
    assert xy(paper.ink().strokes[1]) == [[150, 60], [270, 60], [180, 210]]


def test_pen_scales_with_a_handle(paper: Canvas, stylus: Stylus, drawn: Any, xy: PlacesOf) -> None:
    paper.selection.select((drawn.seven,))
    x, y = handle(150 - GAP, 60 - GAP)
    for kind, dx in (("press", 0), ("move", -10), ("move", -40), ("release", -40)):
        stylus(kind, x + dx, y + dx * 1.25)
    assert xy(paper.ink().strokes[1]) == [[110, 10], [230, 10], [140, 160]]


def test_what_is_scaled_has_its_pen_s_width_all_the_while(
    paper: Canvas, drag: Drag, xy: PlacesOf
) -> None:
    drag((60, 130))
    corner = handle(60 + 20, 160 + GAP)
    drag(corner, (corner[0], corner[1] + 100), lift=False)
    QApplication.processEvents()
    seen = paper.grab().toImage()
    row = [seen.pixelColor(x, 200).lightness() < 128 for x in range(40, 80)]
    QTest.mouseRelease(paper, LEFT, pos=QPoint(corner[0], corner[1] + 100))
    seen = paper.grab().toImage()
    assert [seen.pixelColor(x, 200).lightness() < 128 for x in range(40, 80)] == row
    assert xy(paper.ink().strokes[0]) == [[60, 60], [60, 260]]
