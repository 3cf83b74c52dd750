"""The Pictures page in small windows and at 200 % text."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QSplitter
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.answer_text import AnswerText
from handwrite_gui.widgets.bars import Bars
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.main_window import FIRST_SIZE
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.title_row import TitleRow
from handwrite_gui.widgets.theme import SPACING


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


def page_with_numbers(qtbot: QtBot, size: QSize) -> PicturesPage:
    page = page_with_a_picture(qtbot, size)
    page.show()
    page.show_picture(1, Picture(np.full((90, 120, 3), 200, np.uint8), "a.png"))
    numbers = []
    for row in range(13):
        box = (5.0, 6.0 * row, 30.0, 5.0)
        chances = Prediction(np.full(11, 1 / 11))
        digits = tuple(Digit(box, np.zeros((28, 28), np.float32), chances) for _ in range(7))
        numbers.append(Number("1247673", 0.5, box, digits, row=row))
    page.show_reading(1, Reading(tuple(numbers)))
    listed = page.numbers.list
    qtbot.waitUntil(lambda: listed.viewport().height() >= 2 * listed.sizeHintForRow(0))
    return page


@pytest.mark.parametrize("room", [QSize(560, 360), QSize(1100, 700)])
def test_numbers_fit_where_their_picture_does(qtbot: QtBot, room: QSize) -> None:
    page = page_with_numbers(qtbot, room)
    assert page.size() == room
    assert page.numbers.isVisible()


@pytest.mark.usefixtures("large_text")
def test_numbers_fit_a_small_screen_at_200_percent_text(qtbot: QtBot) -> None:
    room = QSize(1040, 660)
    page = page_with_numbers(qtbot, room)
    assert page.size() == room
    listed = page.numbers.list
    words = listed._delegate.text_rect(listed.visualRect(listed.model().index(0, 0)))
    assert words.width() >= listed.fontMetrics().horizontalAdvance("doubtful, 50.0 %")


@pytest.mark.usefixtures("large_text")
def test_lists_leave_height_to_the_picture_at_200_percent_text(qtbot: QtBot) -> None:
    """In a window of 1052×640: the buttons are one row, of which some are icons."""
    page = page_with_numbers(qtbot, QSize(994, 570))
    add, remove, remove_all = page.panel.findChildren(QPushButton)
    places = {
        button.mapTo(page, button.rect().center()).y() for button in (add, remove, remove_all)
    }
    assert max(places) - min(places) <= 1
    assert (add.text(), add.accessibleName(), add.toolTip()) == ("", "Open…", "Open more pictures")
    assert remove_all.text() == "Remove all"
    assert page.shown.view.height() >= 160
    assert page.shown.width() >= 0.46 * page.width()
    page.resize(1200, 560)  # There is room for their words.
    qtbot.waitUntil(lambda: (add.text(), remove.text()) == ("Open…", "Remove"))
    page.resize(994, 570)
    qtbot.waitUntil(lambda: add.text() == remove.text() == "")


@pytest.mark.usefixtures("large_text")
def test_answer_leaves_half_of_a_small_window_to_the_picture(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(994, 570))
    answer = page.findChild(AnswerScroll)
    wide = answer.width()
    page.resize(870, 570)
    half = (870 - 4 * SPACING - 3 * SPACING) // 2
    qtbot.waitUntil(lambda: page.shown.width() == pytest.approx(half, abs=1))
    assert page.width() == 870
    assert answer.width() < wide
    text = page.findChild(AnswerText)
    assert text.mapTo(page, text.rect().topRight()).x() < page.width()
    for bar in page.findChild(Bars).findChildren(QAbstractButton):
        assert bar.width() >= bar.minimumSizeHint().width()
    page.resize(994, 570)
    qtbot.waitUntil(lambda: answer.width() == wide)


@pytest.mark.usefixtures("large_text")
def test_picture_has_the_room_of_its_name_where_there_is_little(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(994, 560))
    name = page.shown.findChild(TitleRow).findChild(ElidedLabel)
    qtbot.waitUntil(name.isHidden)  # The list above has it.
    assert page.shown.view.height() >= 220
    page.resize(994, 800)
    qtbot.waitUntil(name.isVisible)


@pytest.mark.usefixtures("large_text")
def test_tools_are_beside_a_name_where_there_is_room(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(1190, 700))
    title = page.shown.findChild(TitleRow)
    none = QAction("None", page)
    title.add_tools([none] * 6, none, none, none)
    title.show_page(0, 1)
    qtbot.waitUntil(lambda: title.height() < 70)
    title.show_page(0, 3)  # They have less room beside those of pages.
    qtbot.waitUntil(lambda: title.height() > 80)


def test_picture_has_most_of_the_room_between_the_answer_and_the_edge(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(FIRST_SIZE.width() - 130, 640))
    room = page.numbers.width() + page.shown.width()
    qtbot.waitUntil(lambda: page.shown.width() > 0.6 * room)


def test_picture_has_most_of_the_height_where_the_lists_are_above_it(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(640, 900))
    qtbot.waitUntil(lambda: page.shown.height() > 2 * page.panel.height())


def test_share_that_a_person_gives_the_lists_is_told_and_given_again(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(1100, 700))
    with qtbot.waitSignal(page.lists_share_changed) as told:
        page._content._splitter.moveSplitter(400, 1)
    other = page_with_numbers(qtbot, QSize(1100, 700))
    other.set_lists_share(told.args[0])
    qtbot.waitUntil(lambda: other.numbers.width() == page.numbers.width() == 400)
    other.resize(640, 700)
    other.resize(1100, 700)
    qtbot.waitUntil(lambda: abs(other.numbers.width() - 400) <= 1)
    other.set_lists_share(0.0)
    fresh = page_with_numbers(qtbot, QSize(1100, 700))
    qtbot.waitUntil(lambda: other.numbers.width() == fresh.numbers.width() < 400)


def test_focus_stays_in_the_numbers_as_they_are_put_elsewhere(qtbot: QtBot) -> None:
    page = page_with_numbers(qtbot, QSize(1100, 700))
    page.activateWindow()
    page.numbers.list.setFocus()
    qtbot.waitUntil(page.numbers.list.hasFocus)
    place = page.numbers.mapTo(page, QPoint())
    page.resize(640, 700)
    qtbot.waitUntil(lambda: page.numbers.mapTo(page, QPoint()).x() > place.x())
    assert page.numbers.list.hasFocus()


def page_with_pictures(qtbot: QtBot, pictures: int, numbers: int) -> PicturesPage:
    """A page whose first picture has so many Numbers."""
    page = PicturesPage()
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    for key in range(pictures):
        page.add_picture(key, f"{key}.png")
        page.show_picture(key, Picture(np.full((90, 120, 3), 200, np.uint8), "a.png"))
    page.panel.list.make_current(0)
    if numbers:
        read(page, numbers)
        assert page.numbers.isVisible()
    return page


def read(page: PicturesPage, numbers: int) -> None:
    """Show so many Numbers of the first picture."""
    blank = np.zeros((28, 28), np.float32)
    chances = Prediction(np.full(11, 1 / 11))
    found = []
    for row in range(numbers):
        box = (5.0, 6.0 * row, 30.0, 5.0)
        digits = tuple(Digit(box, blank, chances) for _ in range(2))
        found.append(Number("12", 0.5, box, digits, row=row))
    page.show_reading(0, Reading(tuple(found)))


def rows_seen(page: PicturesPage) -> float:
    listed = page.panel.list
    return listed.viewport().height() / listed.sizeHintForRow(0)


def test_pictures_have_the_room_that_numbers_leave(qtbot: QtBot) -> None:
    page = page_with_pictures(qtbot, pictures=6, numbers=2)
    listed = page.numbers.list
    qtbot.waitUntil(lambda: listed.viewport().height() >= 2 * listed.sizeHintForRow(0))
    qtbot.waitUntil(lambda: rows_seen(page) >= 5)


def test_pictures_have_room_where_numbers_came_while_another_page_was_seen(qtbot: QtBot) -> None:
    page = page_with_pictures(qtbot, pictures=6, numbers=0)
    page.hide()
    read(page, 2)
    qtbot.wait(20)
    page.show()
    qtbot.waitUntil(page.numbers.isVisible)
    qtbot.waitUntil(lambda: rows_seen(page) >= 5)
    assert rows_seen(page) < 7


def test_many_numbers_have_most_of_the_room_and_all_that_one_picture_leaves(qtbot: QtBot) -> None:
    many = page_with_pictures(qtbot, pictures=6, numbers=40)
    qtbot.waitUntil(lambda: many.numbers.height() > 1.8 * many.panel.height())
    one = page_with_pictures(qtbot, pictures=1, numbers=40)
    qtbot.waitUntil(lambda: 1 <= rows_seen(one) < 1.2)


def test_what_a_person_gives_the_pictures_stays(qtbot: QtBot) -> None:
    page = page_with_pictures(qtbot, pictures=6, numbers=2)
    qtbot.waitUntil(lambda: rows_seen(page) >= 5)
    splitter = page.panel.parent()
    assert isinstance(splitter, QSplitter)
    splitter.moveSplitter(250, 1)
    page.add_picture(6, "new.png")
    page.resize(1100, 720)
    qtbot.wait(20)
    assert page.panel.height() == pytest.approx(250, abs=30)


def test_a_button_to_read_all_widens_no_page(qtbot: QtBot) -> None:
    page = page_with_pictures(qtbot, pictures=2, numbers=2)
    page.panel.add_read_all(QAction("Read all", page))
    for width in range(700, 1400, 20):
        page.panel.show_read_all("Read all", "", "", can_do=False)
        page.resize(width, 700)
        QApplication.processEvents()
        before = page.minimumSizeHint().width()
        progress, failed = "Reading all: 1 of 40 pages.", f"12 {'failed ' * 40}"
        page.panel.show_read_all("Stop all", progress, failed, can_do=True)
        QApplication.processEvents()
        assert page.minimumSizeHint().width() <= max(before, page.width())


def test_what_could_not_be_read_takes_a_line_of_the_list_and_no_more(qtbot: QtBot) -> None:
    page = page_with_pictures(qtbot, pictures=6, numbers=2)
    page.panel.add_read_all(QAction("Read all", page))
    failed = f"12 failed, the first is page 2 of “{'scan ' * 30}.pdf”."
    page.panel.show_read_all("Read all", "Read 1 of 13 pages.", failed, can_do=True)
    QApplication.processEvents()
    said = next(each for each in page.panel.findChildren(QLabel) if each.accessibleName() == failed)
    assert said.text().startswith("12 failed")
    assert said.height() < 2 * said.fontMetrics().height()
    assert "page 2 of" in said.toolTip()
