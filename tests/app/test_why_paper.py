"""Which paper the panel "Why?" judges ink by, in the real window."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke

CONTROL = Qt.KeyboardModifier.ControlModifier
ONE = (200, 60), (200, 160)
CUT_OFF_LEFT = "The pen left the paper at its left edge"
Start = Callable[..., Any]


def explain(program: Any, qtbot: QtBot) -> None:
    """Open the panel, and wait until all is told."""
    with qtbot.waitSignal(program.recognition.question_ended):
        qtbot.keyClick(program.window, Qt.Key.Key_F4)


def enlarge(program: Any, qtbot: QtBot) -> float:
    """Enlarge the paper; return where its left edge is seen then."""
    for _ in range(3):
        qtbot.keyClick(program.window, Qt.Key.Key_Plus, CONTROL)
    return float(program.draw_page.canvas.view_control.view.left)


def line_at(x: float) -> Stroke:
    return Stroke.from_xy(np.array([(x, 100.0), (x, 101.0), (x + 60.0, 150.0), (x + 10.0, 220.0)]))


def test_pen_that_leaves_the_paper_gets_a_hint(start: Start, qtbot: QtBot) -> None:
    program = start()
    program.draw((-20, 60), (-10, 90), (120, 90), (60, 200))
    explain(program, qtbot)
    assert CUT_OFF_LEFT in program.text


def test_enlarged_paper_is_what_ink_is_cut_off_at(start: Start, qtbot: QtBot) -> None:
    program = start()
    left = enlarge(program, qtbot)
    assert left > 0
    program.draw((60, 60), (160, 60), (120, 200))
    explain(program, qtbot)
    assert "edge" not in program.text
    program.draw((-20, 60), (-10, 90), (120, 90))
    assert program.draw_page.canvas.ink().box[0] == left
    qtbot.waitUntil(lambda: CUT_OFF_LEFT in program.text)


def test_line_where_the_smaller_paper_ends_is_not_cut_off(start: Start, qtbot: QtBot) -> None:
    program = start()
    tall = program.draw_page.canvas.height()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: program.draw_page.canvas.height() < tall)
    edge = program.draw_page.canvas.height()
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: program.draw_page.canvas.height() == tall)
    program.draw((100, 40), (60, edge), (160, edge))
    explain(program, qtbot)
    assert "edge" not in program.text


def test_ink_of_a_file_is_not_judged_by_the_paper_of_ink_before(start: Start, qtbot: QtBot) -> None:
    program = start()
    left = enlarge(program, qtbot)
    program.draw((60, 60), (160, 60), (120, 200))
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    qtbot.keyClick(program.window, Qt.Key.Key_0, CONTROL)
    program.draw_page.canvas.put((line_at(left),))  # As a file or kept ink comes.
    explain(program, qtbot)
    assert "edge" not in program.text
    # But by that which is seen.
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    assert enlarge(program, qtbot) == left
    explain(program, qtbot)
    assert CUT_OFF_LEFT in program.text


def test_ink_that_is_there_again_is_judged_by_its_own_paper(start: Start, qtbot: QtBot) -> None:
    program = start()
    canvas = program.draw_page.canvas
    left = enlarge(program, qtbot)
    qtbot.keyClick(program.window, Qt.Key.Key_0, CONTROL)
    edge = round(left)
    program.draw((edge, 100), (edge, 110), (edge + 60, 150), (edge, 220))
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    assert enlarge(program, qtbot) == left
    program.draw((-20, 60), (-10, 90), (120, 90), (60, 200))
    assert canvas.ink().box[0] == left
    for _ in range(2):
        qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    assert canvas.ink().box[0] == edge
    explain(program, qtbot)
    assert "edge" not in program.text
    qtbot.keyClick(program.window, Qt.Key.Key_F4)
    qtbot.keyClick(program.window, Qt.Key.Key_0, CONTROL)
    for _ in range(2):
        program.window.actions_.redo.trigger()
    assert canvas.ink().box[0] == left
    explain(program, qtbot)
    assert CUT_OFF_LEFT in program.text


def test_what_a_deletion_leaves_is_judged_by_its_own_paper(start: Start, qtbot: QtBot) -> None:
    program = start()
    canvas = program.draw_page.canvas
    enlarge(program, qtbot)
    program.draw((-20, 60), (-10, 90), (120, 90), (60, 200))
    program.draw(*ONE)
    qtbot.keyClick(program.window, Qt.Key.Key_0, CONTROL)
    canvas.selection.select(canvas.ink().strokes[1:])
    program.window.actions_.delete.trigger()
    assert len(canvas.ink().strokes) == 1
    explain(program, qtbot)
    assert CUT_OFF_LEFT in program.text


def test_all_ink_stays_in_sight_as_the_panel_takes_room(start: Start, qtbot: QtBot) -> None:
    program = start()
    canvas = program.draw_page.canvas
    low = canvas.height() - 30
    program.draw((60, low - 90), (120, low - 90), (90, low))
    explain(program, qtbot)
    box = QRectF(*canvas.ink().box).adjusted(0, -20, 0, 20)  # With its stroke and its label.
    qtbot.waitUntil(lambda: canvas.view_control.view.seen.contains(box))


def test_digit_that_is_explained_is_seen_where_all_ink_has_no_room(
    start: Start, qtbot: QtBot
) -> None:
    program = start()
    canvas = program.draw_page.canvas
    low = canvas.height() - 20
    program.draw((60, 20), (120, 20), (90, 90))
    program.draw((60, low - 70), (120, low - 70), (90, low))
    qtbot.waitUntil(lambda: program.is_answered and len(program.draw_page.digits.all) == 2)
    explain(program, qtbot)
    box = QRectF(*program.draw_page.ink_in_question.box)
    assert box.top() > 90
    qtbot.waitUntil(lambda: canvas.view_control.view.seen.contains(box))
