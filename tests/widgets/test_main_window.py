from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow
from handwrite_gui.widgets.text_size import apply_text_size

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Draw = Callable[..., None]


def menu(window: MainWindow, title: str) -> QMenu:
    return next(m for m in window.findChildren(QMenu) if m.title().replace("&", "") == title)


def test_clear_gives_the_focus_to_the_paper_and_not_to_the_next_button(
    window: MainWindow, draw_page: DrawPage, draw: Draw, qtbot: QtBot
) -> None:
    draw(draw_page.canvas)
    clear = next(b for b in draw_page.findChildren(QPushButton) if b.text() == "Clear")
    qtbot.mouseClick(clear, LEFT)
    assert draw_page.canvas.is_blank
    assert window.focusWidget() is draw_page.canvas


# Pages


def test_pages_are_made_when_they_are_first_shown(window: MainWindow) -> None:
    assert window.page_if_made("help") is None
    window.show_page("help")
    made = window.page_if_made("help")
    assert made is not None
    assert made.isVisible()
    window.show_page("draw")
    window.show_page("help")
    assert window.page_if_made("help") is made


@pytest.mark.parametrize(
    ("key", "modifier", "page"),
    [
        (Qt.Key.Key_2, CONTROL, "pictures"),
        (Qt.Key.Key_Comma, CONTROL, "settings"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, "help"),
    ],
)
def test_keys_lead_to_pages_and_back(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, page: str
) -> None:
    with qtbot.waitSignal(window.page_shown) as shown:
        qtbot.keyClick(window, key, modifier)
    assert shown.args == [page]
    assert window.page == page
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert window.page == "draw"


def test_navigation_marks_the_page_that_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    tools = window.findChildren(QToolButton)
    buttons = {tool.text(): tool for tool in tools if tool.property("navigation")}
    assert list(buttons) == ["Draw", "Pictures", "Settings", "Help"]
    qtbot.mouseClick(buttons["Pictures"], LEFT)
    assert window.page == "pictures"
    assert [b.isChecked() for b in buttons.values()] == [False, True, False, False]
    window.show_page("settings")
    assert [b.isChecked() for b in buttons.values()] == [False, False, True, False]


def test_page_that_is_unknown_is_the_first(window: MainWindow) -> None:
    window.show_page("history")
    assert window.page == "draw"


def test_canvas_has_the_focus_when_its_page_is_shown(
    window: MainWindow, draw_page: DrawPage, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.show_page("help")
    window.show_page("draw")
    qtbot.waitUntil(draw_page.canvas.hasFocus)


# Actions


def enabled(window: MainWindow) -> set[str]:
    names = ("undo", "redo", "clear", "predict", "save")
    return {name for name in names if getattr(window.actions_, name).isEnabled()}


def test_actions_follow_the_ink(
    window: MainWindow, draw_page: DrawPage, qtbot: QtBot, draw: Draw
) -> None:
    assert enabled(window) == {"predict"}
    draw(draw_page.canvas)
    assert enabled(window) == {"predict", "undo", "clear", "save"}
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert draw_page.canvas.is_blank
    assert enabled(window) == {"predict", "redo"}
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not draw_page.canvas.is_blank
    qtbot.keyClick(window, Qt.Key.Key_Delete, CONTROL)
    assert draw_page.canvas.is_blank
    assert enabled(window) == {"predict", "undo"}


def test_ink_cannot_be_changed_from_another_page(
    window: MainWindow, draw_page: DrawPage, qtbot: QtBot, draw: Draw
) -> None:
    draw(draw_page.canvas)
    window.show_page("pictures")
    assert enabled(window) == set()
    qtbot.keyClick(window, Qt.Key.Key_Delete, CONTROL)
    assert not draw_page.canvas.is_blank
    window.show_page("draw")
    assert enabled(window) == {"predict", "undo", "clear", "save"}


def test_f5_predicts(window: MainWindow, draw_page: DrawPage, qtbot: QtBot, draw: Draw) -> None:
    draw(draw_page.canvas)
    with qtbot.waitSignal(draw_page.reading_requested):
        qtbot.keyClick(window, Qt.Key.Key_F5)


def test_keys_are_listed_and_used_once(qapp: QApplication) -> None:
    listed = Actions(qapp).shortcuts()
    keys = [key for _, keys in listed for key in keys.split(" or ")]
    assert len(keys) == len(set(keys))
    assert {"Ctrl+O", "Ctrl+S", "Ctrl+Z", "Ctrl+C", "Ctrl+V", "Ctrl+Del", "F5", "F1"} <= set(keys)
    assert ("Read the drawing now", "F5") in listed


def test_every_action_has_a_key(qapp: QApplication) -> None:
    assert all(Actions(qapp).default_keys().values())


def test_every_action_says_what_it_does(window: MainWindow) -> None:
    actions = [a for a in window.findChildren(QAction) if a.parent() is window and a.iconText()]
    assert len(actions) >= 14
    for action in actions:
        assert action.toolTip()
        assert action.statusTip()


def test_everything_that_can_be_used_has_a_name(window: MainWindow) -> None:
    for button in window.findChildren(QToolButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()
            assert button.toolTip()


# Menus


def test_theme_is_chosen_in_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    themes = menu(window, "Theme")
    window.show_theme("light")
    assert [a.iconText() for a in themes.actions() if a.isChecked()] == ["Light"]
    with qtbot.waitSignal(window.theme_chosen) as chosen:
        next(a for a in themes.actions() if a.iconText() == "Dark").trigger()
    assert chosen.args == ["dark"]


# The window


@pytest.mark.parametrize(
    "do",
    [
        lambda window: window.actions_.undo.trigger(),
        lambda window: window.show_page("pictures"),
        lambda window: window.actions_.pictures.trigger(),
        lambda window: window._draw_page.canvas.stroke_started.emit(),
    ],
)
def test_what_was_true_until_then_is_said_no_more_once_something_is_done(
    window: MainWindow, do: Callable[[MainWindow], None]
) -> None:
    window.actions_.undo.setEnabled(True)
    window.said.say_now("Page 8 of “scan.pdf”.")
    do(window)
    assert window.statusBar().currentMessage() == ""
    assert window.statusBar().toolTip() == ""
    window.said.say_now("Page 8 of “scan.pdf”.")
    window.say("Your drawing could not be kept.")
    do(window)
    assert window.statusBar().currentMessage() == "Your drawing could not be kept."


def test_what_an_action_itself_says_stays(window: MainWindow) -> None:
    window.said.say_now("Copied: 7")
    window.actions_.say.trigger()
    assert window.statusBar().currentMessage() == "The model is being loaded; draw meanwhile."


def test_status_bar_says_how_the_model_is_and_what_happened(window: MainWindow) -> None:
    window.show_status("Ready")
    window.say("Saved as seven.png.")
    assert window.statusBar().currentMessage() == "Saved as seven.png."
    assert "Ready" in [label.text() for label in window.statusBar().findChildren(QLabel)]


@pytest.mark.parametrize("way", ["close", "quit"])
def test_closed_window_is_gone_before_it_is_told(
    window: MainWindow, qtbot: QtBot, way: str
) -> None:
    seen: list[bool] = []
    window.closed.connect(lambda: seen.append(window.isVisible()))
    with qtbot.waitSignal(window.closed):
        window.close() if way == "close" else window.actions_.quit.trigger()
    assert seen == [False]


def test_window_that_is_closed_in_mid_stroke_keeps_the_stroke(
    window: MainWindow, draw_page: DrawPage, draw: Draw
) -> None:
    draw(draw_page.canvas, lift=False)
    finished: list[int] = []
    draw_page.canvas.stroke_finished.connect(lambda: finished.append(1))
    window.close()
    assert finished == [1]
    assert len(draw_page.canvas.ink().strokes) == 1


def test_pages_are_icons_on_a_narrow_screen(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, draw_page: DrawPage
) -> None:
    monkeypatch.setattr("handwrite_gui.widgets.navigation.NARROW", 100_000)
    window = MainWindow(draw_page)
    qtbot.addWidget(window)
    buttons = window.findChild(QWidget, "navigation").findChildren(QToolButton)
    assert {button.toolButtonStyle() for button in buttons} == {
        Qt.ToolButtonStyle.ToolButtonIconOnly
    }
    assert all(button.toolTip() and button.text() for button in buttons)


def test_pages_are_icons_where_the_text_is_large_for_the_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handwrite_gui.widgets.navigation.NARROW", 500)
    buttons = window.findChild(QWidget, "navigation").findChildren(QToolButton)

    def are_icons() -> bool:
        (style,) = {button.toolButtonStyle() for button in buttons}
        return style == Qt.ToolButtonStyle.ToolButtonIconOnly

    window.resize(760, 700)
    assert not are_icons()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_text_size(app, 200.0)
    try:
        assert are_icons()
    finally:
        apply_text_size(app, 100.0)
    assert not are_icons()


def test_clear_can_be_used_during_the_first_stroke(
    window: MainWindow, draw_page: DrawPage, draw: Draw
) -> None:
    draw(draw_page.canvas, lift=False)
    assert window.actions_.clear.isEnabled()
    window.actions_.clear.trigger()
    assert draw_page.canvas.is_blank
