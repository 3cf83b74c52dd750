"""The Pictures page in small windows and at 200 % text."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.pictures.page import PicturesPage


def page_with_a_picture(qtbot: QtBot, size: QSize) -> PicturesPage:
    page = PicturesPage()
    qtbot.addWidget(page)
    page.add_picture(1, "a.png")
    page.resize(size)
    page.grab()  # Lays it out.
    return page


@pytest.mark.parametrize(
    ("size", "orientation"),
    [
        (QSize(1100, 700), Qt.Orientation.Horizontal),
        (QSize(640, 700), Qt.Orientation.Vertical),
    ],
)
def test_the_list_goes_above_where_there_is_no_room_beside(
    qtbot: QtBot, size: QSize, orientation: Qt.Orientation
) -> None:
    page = page_with_a_picture(qtbot, size)
    assert page.findChild(QSplitter).orientation() == orientation


@pytest.mark.usefixtures("large_text")
def test_fits_a_small_screen_at_200_percent_text(qtbot: QtBot) -> None:
    # What a window of 1280×800 leaves beside the navigation and below the menu, at 200 % text.
    room = QSize(1040, 660)
    page = page_with_a_picture(qtbot, room)
    assert page.minimumSizeHint().width() <= room.width()
    assert page.minimumSizeHint().height() <= room.height()


def test_fits_a_screen_of_1280_pixels_at_twice_the_size(qtbot: QtBot) -> None:
    room = QSize(560, 360)
    page = page_with_a_picture(qtbot, room)
    assert page.minimumSizeHint().width() <= room.width()
    assert page.minimumSizeHint().height() <= room.height()
