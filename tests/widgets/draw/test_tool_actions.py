"""The tools as actions, keys and buttons of the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.draw.tool_buttons import ToolButtons
from handwrite_gui.widgets.main_window import MainWindow

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TOOLS = ("pen", "eraser", "select")
Draw = Callable[..., None]


@pytest.fixture
def paper(window: MainWindow, draw_page: DrawPage, draw: Draw) -> Canvas:
    """The canvas in the window, with two strokes on it."""
    draw(draw_page.canvas, (100, 100), (200, 100))
    draw(draw_page.canvas, (100, 200), (200, 200))
    return draw_page.canvas


def in_use(window: MainWindow) -> list[str]:
    return [name for name in TOOLS if getattr(window.actions_, name).isChecked()]


def buttons_of(window: MainWindow) -> list[QToolButton]:
    return window.findChild(ToolButtons).findChildren(QToolButton)


def test_window_begins_with_the_pen(window: MainWindow) -> None:
    assert in_use(window) == ["pen"]
    assert [button.isChecked() for button in buttons_of(window)] == [True, *4 * [False]]


def test_keys_choose_the_tool(window: MainWindow, qtbot: QtBot, paper: Canvas, draw: Draw) -> None:
    qtbot.keyClick(window, KEY.Key_E)
    assert in_use(window) == ["eraser"]
    draw(paper, (150, 90), (150, 110))
    assert len(paper.ink().strokes) == 1
    qtbot.keyClick(window, KEY.Key_S)
    assert in_use(window) == ["select"]
    draw(paper, (150, 200))
    assert len(paper.selection.strokes) == 1
    qtbot.keyClick(window, KEY.Key_P)
    assert in_use(window) == ["pen"]
    assert paper.selection.strokes == ()
    draw(paper, (300, 200), (310, 210))
    assert len(paper.ink().strokes) == 2


def test_buttons_choose_the_tool_and_show_it(
    window: MainWindow, qtbot: QtBot, paper: Canvas
) -> None:
    buttons = buttons_of(window)[:3]
    for place, button in enumerate(buttons):
        qtbot.mouseClick(button, LEFT)
        assert in_use(window) == [TOOLS[place]]
        assert [b.isChecked() for b in buttons] == [other == place for other in range(3)]
        assert button.toolTip()
        assert button.text() or button.accessibleName()
    window.activateWindow()
    qtbot.waitUntil(paper.hasFocus)


def test_key_and_button_let_the_eraser_take_parts(
    window: MainWindow, qtbot: QtBot, paper: Canvas, draw: Draw
) -> None:
    qtbot.keyClick(window, KEY.Key_E, SHIFT)
    assert window.actions_.erase_parts.isChecked()
    qtbot.keyClick(window, KEY.Key_E)
    draw(paper, (150, 90), (150, 110))
    assert len(paper.ink().strokes) == 3
    qtbot.mouseClick(buttons_of(window)[3], LEFT)
    assert not window.actions_.erase_parts.isChecked()
    draw(paper, (110, 90), (110, 110))
    assert len(paper.ink().strokes) == 2


def test_tools_lie_clear_of_the_hand(window: MainWindow, draw_page: DrawPage) -> None:
    def places() -> tuple[int, int]:
        QApplication.processEvents()
        shown = (window.findChild(ToolButtons), draw_page.canvas)
        tools, paper = (widget.mapTo(window, QPoint(0, 0)).x() for widget in shown)
        return tools, paper

    tools, paper = places()
    assert tools < paper
    draw_page.set_left_handed(True)
    tools, paper = places()
    assert tools >= paper + draw_page.canvas.width()


def test_tools_are_for_the_draw_page(window: MainWindow, qtbot: QtBot, paper: Canvas) -> None:
    window.show_page("pictures")
    for key in (KEY.Key_E, KEY.Key_S):
        qtbot.keyClick(window, key)
    qtbot.keyClick(window, KEY.Key_A, CONTROL)
    qtbot.keyClick(window, KEY.Key_E, SHIFT)
    assert in_use(window) == ["pen"]
    assert paper.selection.strokes == ()
    assert not window.actions_.erase_parts.isChecked()
    window.show_page("draw")
    qtbot.keyClick(window, KEY.Key_E)
    assert in_use(window) == ["eraser"]


def test_all_is_selected_and_deleted(window: MainWindow, qtbot: QtBot, paper: Canvas) -> None:
    actions = window.actions_
    assert not actions.delete.isEnabled()
    assert not actions.cut.isEnabled()
    qtbot.keyClick(window, KEY.Key_A, CONTROL)
    assert in_use(window) == ["select"]
    assert paper.selection.strokes == paper.ink().strokes
    assert window.statusBar().currentMessage().startswith("2 strokes are selected:")
    drawn = paper.ink().strokes
    qtbot.keyClick(window, KEY.Key_Delete)
    assert paper.is_blank
    assert not actions.delete.isEnabled()
    assert not actions.select_all.isEnabled()
    assert window.statusBar().currentMessage() == ""
    qtbot.keyClick(window, KEY.Key_Z, CONTROL)
    assert paper.ink().strokes == drawn


def test_control_and_delete_clears_whatever_is_selected(
    window: MainWindow, qtbot: QtBot, paper: Canvas
) -> None:
    paper.choose_tool("select")
    paper.selection.select(paper.ink().strokes[:1])
    qtbot.keyClick(window, KEY.Key_Delete, CONTROL)
    assert paper.is_blank
    assert paper.selection.strokes == ()


def test_delete_in_mid_drag_deletes_what_is_dragged(
    window: MainWindow, qtbot: QtBot, paper: Canvas, draw: Draw
) -> None:
    paper.choose_tool("select")
    draw(paper, (150, 100), (180, 130), lift=False)
    qtbot.keyClick(window, KEY.Key_Delete)
    assert len(paper.ink().strokes) == 1
    qtbot.mouseMove(paper, QPoint(190, 140))
    qtbot.mouseRelease(paper, LEFT, pos=QPoint(190, 140))
    assert len(paper.ink().strokes) == 1


def test_tool_that_is_changed_in_mid_stroke_ends_it(
    window: MainWindow, qtbot: QtBot, paper: Canvas, draw: Draw
) -> None:
    draw(paper, (300, 100), (310, 130), lift=False)
    qtbot.keyClick(window, KEY.Key_E)
    assert len(paper.ink().strokes) == 3
    qtbot.mouseMove(paper, QPoint(150, 100))
    qtbot.mouseRelease(paper, LEFT, pos=QPoint(150, 100))
    assert len(paper.ink().strokes) == 3


def test_digits_still_say_what_it_was(
    window: MainWindow, draw_page: DrawPage, qtbot: QtBot, paper: Canvas
) -> None:
    paper.choose_tool("select")
    paper.selection.select_all()
    with qtbot.waitSignal(draw_page.digit_typed) as typed:
        qtbot.keyClick(paper, KEY.Key_7)
    assert typed.args == [7]


def test_all_keys_are_listed(window: MainWindow) -> None:
    listed = {key for _, keys in window.actions_.shortcuts() for key in keys.split(" or ")}
    assert {"P", "E", "S", "Shift+E", "Ctrl+A", "Ctrl+X", "Del", "Esc", "+", "-"} <= listed
    assert {"Left, Right, Up, Down", "PgUp", "PgDown"} <= listed


def test_page_fits_on_a_small_screen_at_twice_the_size(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, draw_page: DrawPage
) -> None:
    """One of 1280 × 800 has room for 640 × 400 then, and the pages are shown as icons."""
    monkeypatch.setattr("handwrite_gui.widgets.navigation.NARROW", 100_000)
    window = MainWindow(draw_page)
    qtbot.addWidget(window)
    window.add_page("draw", lambda: draw_page)
    window.show_page("draw")
    assert window.minimumSizeHint().width() <= 640
    assert window.minimumSizeHint().height() <= 400


@pytest.mark.usefixtures("large_text")
def test_no_button_is_cut_off_at_twice_the_text(window: MainWindow, draw_page: DrawPage) -> None:
    window.resize(1280, 760)
    for button in draw_page.findChildren(QAbstractButton):
        if button.isVisible():
            left = button.mapTo(draw_page, QPoint(0, 0)).x()
            assert button.width() >= button.minimumSizeHint().width()
            assert 0 <= left <= draw_page.width() - button.width()
