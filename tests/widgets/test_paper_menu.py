from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from handwrite_gui.settings import setting
from handwrite_gui.widgets.draw.guides import GUIDES
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Draw = Callable[..., None]


def papers(window: MainWindow) -> list[QAction]:
    menu = next(m for m in window.findChildren(QMenu) if m.title().replace("&", "") == "Paper")
    return [action for action in menu.actions() if action.data()]


def test_every_paper_of_the_settings_is_in_the_menu(window: MainWindow) -> None:
    assert tuple(GUIDES) == setting("guides").choices
    assert [action.data() for action in papers(window)] == list(GUIDES)
    assert [action.text().replace("&", "") for action in papers(window)] == list(GUIDES.values())


def test_paper_is_chosen_in_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    window.paper_menu.show_guides("lines")
    assert [a.data() for a in papers(window) if a.isChecked()] == ["lines"]
    with qtbot.waitSignal(window.paper_menu.chosen) as chosen:
        papers(window)[3].trigger()
    assert chosen.args == ["boxes"]


def test_key_shows_the_next_paper_and_after_the_last_the_first(
    window: MainWindow, qtbot: QtBot
) -> None:
    shown: list[str] = []
    window.paper_menu.chosen.connect(shown.append)
    window.paper_menu.chosen.connect(window.paper_menu.show_guides)
    for _ in GUIDES:
        qtbot.keyClick(window, Qt.Key.Key_G, CONTROL)
    assert shown == ["grid", "lines", "boxes", "none"]


def test_keys_zoom(window: MainWindow, draw_page: DrawPage, qtbot: QtBot, draw: Draw) -> None:
    view = draw_page.canvas.view_control.view
    qtbot.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Equal, CONTROL)
    assert view.scale == 2.0
    qtbot.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert view.scale == 1.5
    qtbot.keyClick(draw_page.canvas, Qt.Key.Key_Right, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert view.is_home


@pytest.mark.parametrize("page", ["settings", "help"])
def test_zoom_is_offered_where_paper_or_a_picture_is_seen(
    window: MainWindow, draw_page: DrawPage, qtbot: QtBot, page: str
) -> None:
    window.show_page(page)
    qtbot.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    assert draw_page.canvas.view_control.view.is_home
    assert not window.actions_.zoom_in.isEnabled()
    for seen in ("draw", "pictures"):
        window.show_page(seen)
        assert window.actions_.zoom_in.isEnabled()
