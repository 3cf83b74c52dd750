"""The pages' place: as large as the page that is shown needs, and never larger than the screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.page_scroll import PageScroll
from handwrite_gui.widgets.shown_stack import ShownStack

ROOM = QSize(500, 400)


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window with a page of 300 by 200 pixels, and behind it one of 900 by 200."""
    window, stack = QMainWindow(), ShownStack()
    qtbot.addWidget(window)
    for width in (300, 900):
        page = QWidget()
        page.setMinimumSize(width, 200)
        stack.addWidget(page)
    window.setCentralWidget(PageScroll(stack, lambda: ROOM))
    window.show()
    qtbot.waitExposed(window)
    return window


def least(window: QMainWindow) -> tuple[int, int]:
    width, height = window.minimumSizeHint().toTuple()
    return width, height


def test_a_page_that_is_not_shown_needs_no_room(window: QMainWindow) -> None:
    assert least(window) == (300, 200)


def test_window_wants_no_more_than_the_screen_has(window: QMainWindow, qtbot: QtBot) -> None:
    scroll = window.centralWidget()
    assert isinstance(scroll, PageScroll)
    stack = scroll.widget()
    assert isinstance(stack, ShownStack)
    stack.setCurrentIndex(1)
    qtbot.waitUntil(lambda: least(window) == (500, 200))
    qtbot.waitUntil(lambda: scroll.horizontalScrollBar().maximum() > 0)  # All can be seen.
    stack.currentWidget().setMinimumSize(300, 900)
    beside = scroll.verticalScrollBar().sizeHint().width()
    qtbot.waitUntil(lambda: least(window) == (300 + beside, 400))
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: scroll.horizontalScrollBar().maximum() == 0)
    stack.currentWidget().setMinimumSize(300, 300)
    qtbot.waitUntil(lambda: least(window) == (300, 300))
