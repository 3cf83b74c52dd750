"""Selecting, moving, scaling and deleting strokes with the keyboard alone."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.canvas import Canvas

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
ONE, TWO, THREE = (
    Stroke.from_xy(np.array([[x, 100.0], [x, 150.0]])) for x in (100.0, 200.0, 300.0)
)


@pytest.fixture
def paper(canvas: Canvas) -> Canvas:
    """Three strokes on a canvas of 400 × 300, and the select tool in use."""
    canvas.put((ONE, TWO, THREE))
    canvas.choose_tool("select")
    return canvas


def press(canvas: Canvas, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    for key in keys:
        QTest.keyClick(canvas, key, modifiers)


def repeat(canvas: Canvas, key: Qt.Key, count: int) -> None:
    """Hold a key so long that it is repeated."""
    press(canvas, key)
    for _ in range(count):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NO_KEY, "", autorep=True)
        QApplication.sendEvent(canvas, event)


def corner(canvas: Canvas, stroke: int = 0) -> list[float]:
    return canvas.ink().strokes[stroke].xy[0].tolist()


@pytest.mark.parametrize(
    ("key", "way"),
    [
        (KEY.Key_Left, (-1, 0)),
        (KEY.Key_Right, (1, 0)),
        (KEY.Key_Up, (0, -1)),
        (KEY.Key_Down, (0, 1)),
    ],
)
def test_arrow_moves_by_one_and_with_shift_by_eight(
    paper: Canvas, key: Qt.Key, way: tuple[int, int]
) -> None:
    paper.selection.select((ONE,))
    press(paper, key)
    assert corner(paper) == [100 + way[0], 100 + way[1]]
    press(paper, key, modifiers=SHIFT)
    assert corner(paper) == [100 + 9 * way[0], 100 + 9 * way[1]]
    assert corner(paper, 1) == [200, 100]
    paper.undo()
    assert corner(paper) == [100 + way[0], 100 + way[1]]
    paper.undo()
    assert corner(paper) == [100, 100]


def test_key_that_is_held_is_one_step(paper: Canvas) -> None:
    paper.selection.select((ONE,))
    repeat(paper, KEY.Key_Right, 20)
    assert corner(paper) == [121, 100]
    paper.undo()
    assert corner(paper) == [100, 100]
    paper.redo()
    assert corner(paper) == [121, 100]


def test_key_that_is_held_longer_than_something_else_is_a_step_of_its_own(paper: Canvas) -> None:
    paper.selection.select((ONE,))
    press(paper, KEY.Key_Right)
    paper.sheet.put((*paper.ink().strokes, Stroke.from_xy(np.array([[10.0, 10.0]]))))
    repeated = QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Right, NO_KEY, "", autorep=True)
    QApplication.sendEvent(paper, repeated)
    assert corner(paper) == [102, 100]
    paper.undo()
    assert corner(paper) == [101, 100]
    assert len(paper.ink().strokes) == 4


def test_strokes_are_not_moved_off_the_paper(paper: Canvas) -> None:
    paper.selection.select((THREE,))
    repeat(paper, KEY.Key_Right, 200)
    assert corner(paper, 2) == [400, 100]
    press(paper, KEY.Key_Right)
    paper.undo()
    assert corner(paper, 2) == [300, 100], "a press that moved nothing was a step"


def test_plus_and_minus_scale(paper: Canvas) -> None:
    paper.selection.select((ONE, TWO))
    press(paper, KEY.Key_Plus)
    left, _, right, _ = paper.selection.bounds
    assert (left, right) == pytest.approx((95, 205))
    press(paper, KEY.Key_Minus)
    left, _, right, _ = paper.selection.bounds
    assert (left, right) == pytest.approx((100, 200))
    paper.undo()
    paper.undo()
    assert paper.ink().strokes == (ONE, TWO, THREE)


def test_page_keys_go_from_stroke_to_stroke(paper: Canvas) -> None:
    chosen = []
    for key in (KEY.Key_PageDown, KEY.Key_PageDown, KEY.Key_PageUp, KEY.Key_PageUp):
        press(paper, key)
        chosen.append(paper.selection.strokes)
    assert chosen == [(ONE,), (TWO,), (ONE,), (THREE,)]
    press(paper, KEY.Key_PageUp, modifiers=SHIFT)
    assert paper.selection.strokes == (TWO, THREE)


def test_page_keys_without_ink_select_nothing(canvas: Canvas) -> None:
    canvas.choose_tool("select")
    press(canvas, KEY.Key_PageDown, KEY.Key_PageUp)
    assert canvas.selection.strokes == ()


def test_page_keys_are_for_the_select_tool(paper: Canvas) -> None:
    paper.choose_tool("pen")
    press(paper, KEY.Key_PageDown)
    assert paper.selection.strokes == ()


def test_escape_selects_nothing(paper: Canvas) -> None:
    paper.selection.select_all()
    press(paper, KEY.Key_Escape)
    assert paper.selection.strokes == ()
    assert paper.ink().strokes == (ONE, TWO, THREE)


def test_escape_in_mid_drag_leaves_everything_as_it_was(paper: Canvas) -> None:
    QTest.mousePress(paper, LEFT, pos=QPoint(100, 120))
    QTest.mouseMove(paper, QPoint(150, 150))
    press(paper, KEY.Key_Right, KEY.Key_Plus, KEY.Key_PageDown)  # Not in mid-drag.
    press(paper, KEY.Key_Escape)
    QTest.mouseMove(paper, QPoint(160, 160))
    QTest.mouseRelease(paper, LEFT, pos=QPoint(160, 160))
    assert paper.ink().strokes == (ONE, TWO, THREE)
    assert paper.selection.strokes == (ONE,)
    paper.undo()
    assert paper.is_blank


def test_escape_drops_a_lasso(paper: Canvas) -> None:
    QTest.mousePress(paper, LEFT, pos=QPoint(80, 80))
    for place in (QPoint(120, 80), QPoint(120, 170), QPoint(80, 170)):
        QTest.mouseMove(paper, place)
    press(paper, KEY.Key_Escape)
    QTest.mouseRelease(paper, LEFT, pos=QPoint(80, 170))
    assert paper.selection.strokes == ()


def test_without_a_selection_keys_go_their_usual_way(paper: Canvas) -> None:
    for key in (KEY.Key_Left, KEY.Key_Plus, KEY.Key_Escape):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NO_KEY)
        QApplication.sendEvent(paper, event)
        assert not event.isAccepted()
    assert paper.ink().strokes == (ONE, TWO, THREE)


def test_control_and_arrow_is_not_meant(paper: Canvas) -> None:
    paper.selection.select((ONE,))
    press(paper, KEY.Key_Right, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert corner(paper) == [100, 100]
