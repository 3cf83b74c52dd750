"""The light theme for every widget, text at 200 %, and a main window with its Draw page."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow
from handwrite_gui.widgets.theme import apply_theme


@pytest.fixture(autouse=True)
def _light_theme(qapp: QApplication) -> None:
    """Whatever theme a test before has chosen."""
    apply_theme(qapp, "light")


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    normal, large = qapp.font(), qapp.font()
    large.setPointSizeF(2 * normal.pointSizeF())
    qapp.setFont(large)
    yield
    qapp.setFont(normal)


@pytest.fixture
def draw_page(qtbot: QtBot) -> DrawPage:
    return DrawPage(12.0, live=True)


@pytest.fixture
def window(qtbot: QtBot, draw_page: DrawPage) -> Iterator[MainWindow]:
    """A main window on its Draw page; its other pages are blank."""
    window = MainWindow(draw_page)
    qtbot.addWidget(window)
    window.add_page("draw", lambda: draw_page)
    for name in ("pictures", "settings", "help"):
        window.add_page(name, QWidget)
    window.show_page("draw")
    window.show()
    qtbot.waitExposed(window)
    yield window
    QGuiApplication.clipboard().clear()
