"""Selecting strokes with mouse, pen and finger."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPointingDevice

from handwrite_gui.widgets.draw.canvas import Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier
Drag = Callable[..., None]
Finger = Callable[[str, int, int], None]
Stylus = Callable[..., None]


def test_click_selects_a_stroke_and_beside_all_nothing(
    paper: Canvas, drag: Drag, drawn: Any
) -> None:
    drag((63, 100))
    assert paper.selection.strokes == (drawn.one,)
    drag((190, 62))
    assert paper.selection.strokes == (drawn.seven,)
    drag((380, 280))
    assert paper.selection.strokes == ()
    assert paper.ink().strokes == drawn


def test_shift_adds_and_takes_away(paper: Canvas, drag: Drag, drawn: Any) -> None:
    drag((60, 100))
    drag((320, 110), keys=SHIFT)
    assert paper.selection.strokes == (drawn.one, drawn.dot)
    drag((60, 100), keys=SHIFT)
    assert paper.selection.strokes == (drawn.dot,)
    drag((380, 280), keys=SHIFT)
    assert paper.selection.strokes == (drawn.dot,)


def test_click_on_one_of_several_selects_it_alone(paper: Canvas, drag: Drag, drawn: Any) -> None:
    paper.selection.select_all()
    drag((60, 100))
    assert paper.selection.strokes == (drawn.one,)


def test_click_between_selected_strokes_selects_nothing(paper: Canvas, drag: Drag) -> None:
    paper.selection.select_all()
    drag((110, 130))
    assert paper.selection.strokes == ()


def test_lasso_selects_what_it_goes_round(paper: Canvas, drag: Drag, drawn: Any) -> None:
    drag((30, 30), (280, 30), (280, 190), (30, 190))
    assert paper.selection.strokes == (drawn.one, drawn.seven)
    drag((290, 80), (350, 80), (350, 140), (290, 140), keys=SHIFT)
    assert paper.selection.strokes == drawn
    drag((380, 200), (390, 200), (390, 290), (380, 290))
    assert paper.selection.strokes == ()


def test_pen_and_finger_select_as_a_mouse_does(
    paper: Canvas, stylus: Stylus, finger: Finger, drawn: Any
) -> None:
    finger("press", 60, 100)
    finger("release", 60, 100)
    assert paper.selection.strokes == (drawn.one,)
    for kind, x, y in (("press", 290, 80), ("move", 350, 80), ("move", 350, 140)):
        stylus(kind, x, y)
    stylus("move", 290, 140)
    stylus("release", 290, 140)
    assert paper.selection.strokes == (drawn.dot,)


def test_other_tool_selects_nothing(paper: Canvas, drag: Drag) -> None:
    drag((60, 100))
    paper.choose_tool("pen")
    assert paper.selection.strokes == ()
    drag((300, 200), (310, 210))
    assert len(paper.ink().strokes) == 4


def test_palm_that_only_selected_undoes_nothing(
    paper: Canvas, stylus: Stylus, finger: Finger, drawn: Any
) -> None:
    finger("press", 60, 100)
    stylus("press", 190, 62)
    stylus("release", 190, 62)
    assert paper.ink().strokes == drawn
    assert paper.selection.strokes == (drawn.seven,)


def test_eraser_end_erases_what_is_selected(
    paper: Canvas, stylus: Stylus, pen_eraser: QPointingDevice, drawn: Any
) -> None:
    paper.selection.select((drawn.one, drawn.dot))
    stylus("press", 60, 100, device=pen_eraser)
    stylus("release", 60, 100, device=pen_eraser)
    assert paper.selection.strokes == (drawn.dot,)
