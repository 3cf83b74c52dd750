"""Pages, turns and crops on the Pictures page: each keeps what was read of it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.confirming import Word
from handwrite_gui.domain.excerpt import Excerpt, Turn
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.imaging.cut_excerpt import reduce_picture
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.picture_list import PictureList
from handwrite_gui.widgets.pictures.place_button import PlaceButton

BOX = (2.0, 3.0, 10.0, 20.0)


class Desk:
    """Answers what the page wants, as the picture desk does, when it is told to."""

    def __init__(self, page: PicturesPage) -> None:
        self.page, self.next = page, 100
        self.wanted: list[tuple[int, Excerpt]] = []
        self.pixels: list[int] = []
        self.removed: list[int] = []
        page.shown.excerpt_wanted.connect(self._on_wanted)
        page.shown.pixels_wanted.connect(self.pixels.append)
        page.removal.removed.connect(self.removed.append)

    def _on_wanted(self, key: int, excerpt: Excerpt) -> None:
        self.next += 1
        self.wanted.append((self.next, excerpt))
        self.page.add_excerpt(key, self.next, excerpt)

    def open(self, key: int, size: tuple[int, int] = (60, 40), pages: int = 3) -> None:
        pixels = np.full((size[1], size[0], 3), 200, np.uint8)
        self.page.show_picture(key, reduce_picture(Picture(pixels, "a.tif", 0, pages)))

    def read(self, key: int, digit: int) -> None:
        chances = np.full(11, 0.001)
        chances[digit] = 0.99
        mark = Digit(BOX, np.zeros((28, 28), np.float32), Prediction(chances))
        self.page.show_reading(key, Reading((Number(str(digit), 0.999, BOX, (mark,)),)))


@pytest.fixture
def page(qtbot: QtBot) -> PicturesPage:
    page = PicturesPage()
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    return page


@pytest.fixture
def desk(page: PicturesPage) -> Desk:
    """A file of three pages, the first of which is read as 1."""
    desk = Desk(page)
    page.add_picture(1, "a.tif")
    desk.open(1)
    desk.read(1, 1)
    return desk


def place(page: PicturesPage) -> str:
    button = page.shown.findChild(PlaceButton)
    return button.text() if button.isVisible() else ""


def status(page: PicturesPage) -> str:
    return page.findChild(PictureList).item(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_pages_are_opened_once_and_keep_what_was_read(page: PicturesPage, desk: Desk) -> None:
    assert place(page) == "Page 1 of 3"
    page.shown.turn_page(1)
    assert desk.wanted == [(101, Excerpt(1))]
    assert place(page) == "Page 2 of 3"
    assert page.shown.view.accessibleDescription() == "Opening…"
    desk.open(101)
    desk.read(101, 2)
    assert page.current_text() == "2"
    page.work.take_digit(7)
    assert page.current_text() == "7"
    page.shown.turn_page(-1)
    assert page.current_text() == "1"
    page.shown.turn_page(1)
    assert page.current_text() == "7"
    assert status(page) == "a.tif: You said 7"
    assert len(desk.wanted) == 1


def test_there_is_no_page_before_the_first_and_after_the_last(
    page: PicturesPage, desk: Desk
) -> None:
    page.shown.turn_page(-1)
    assert desk.wanted == []
    assert not page.shown.can_turn_page(-1)
    assert page.shown.can_turn_page(2)
    assert not page.shown.can_turn_page(3)


def test_a_picture_of_one_page_says_nothing_of_pages(page: PicturesPage, desk: Desk) -> None:
    page.add_picture(2, "b.png")
    desk.open(2, pages=1)
    assert place(page) == ""


def test_what_comes_late_is_kept_for_its_page(page: PicturesPage, desk: Desk) -> None:
    page.shown.turn_page(1)
    desk.open(101)
    page.shown.turn_page(1)
    desk.read(101, 5)
    assert page.current_text() == ""
    assert place(page) == "Page 3 of 3"
    page.shown.turn_page(-1)
    assert page.current_text() == "5"


def test_a_page_that_cannot_be_opened_says_so_and_leads_back(
    page: PicturesPage, desk: Desk
) -> None:
    page.shown.turn_page(1)
    page.show_error(101, "“a.tif” is damaged or incomplete: get it again from where it came.")
    assert "is damaged" in page.shown.view.accessibleDescription()
    assert "is damaged" in status(page)
    page.shown.turn_page(-1)
    assert page.current_text() == "1"
    assert status(page).startswith("a.tif: 1")


def test_a_turned_picture_is_read_again_and_undone_with_what_was_read(
    page: PicturesPage, desk: Desk
) -> None:
    page.work.take_digit(4)
    page.shown.turn(1)
    assert desk.wanted == [(101, Excerpt(0, (Turn(1),)))]
    assert page.shown.view.control.viewport.size == (60, 40)  # Until the turned one is there.
    desk.open(101, (40, 60))
    assert page.shown.view.control.viewport.size == (40, 60)
    desk.read(101, 9)
    assert page.current_text() == "9"
    page.shown.turn(-1)
    assert desk.wanted[-1] == (102, Excerpt())
    desk.open(102)
    page.shown.undo()
    page.shown.undo()
    assert page.current_text() == "4"
    assert desk.removed == [102]  # It was not read yet: nothing would be there to come back to.
    assert not page.shown.can_undo
    page.shown.undo()
    assert page.current_text() == "4"


def test_what_was_undone_is_done_again_with_what_was_said(page: PicturesPage, desk: Desk) -> None:
    page.shown.turn(1)
    desk.open(101, (40, 60))
    desk.read(101, 9)
    page.work.take_digit(5)
    page.shown.undo()
    assert page.current_text() == "1"
    page.shown.redo()
    assert page.current_text() == "5"
    assert page.shown.view.control.viewport.size == (40, 60)
    assert not page.shown.can_redo
    page.shown.redo()
    assert page.current_text() == "5"
    page.shown.undo()
    page.shown.turn(2)
    assert not page.shown.can_redo
    assert desk.removed == [101]


def test_a_box_is_cropped_to_or_read_only(page: PicturesPage, desk: Desk) -> None:
    assert not page.shown.can_cut
    page.shown.crop()
    page.shown.read_box()
    assert desk.wanted == []
    view = page.shown.view
    view.set_draws_box(True)
    view.control.zoom_in()
    before = view.control.viewport.seen
    view.keyPressEvent(_arrow())
    assert page.shown.can_cut
    box = view.box
    page.shown.read_box()
    assert desk.wanted[-1][1] == Excerpt().reading_only(box, view.levels.size_px)
    desk.open(101)
    assert view.control.viewport.seen == before
    assert "only the box is read" in "".join(label.text() for label in page.findChildren(QLabel))
    assert view.box is None
    view.keyPressEvent(_arrow())
    page.shown.crop()
    assert desk.wanted[-1][1] == Excerpt().cropped(box, view.levels.size_px)


def _arrow() -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)


def test_of_large_pictures_only_the_shown_one_is_kept_whole(page: PicturesPage, desk: Desk) -> None:
    for key in (2, 3):
        page.add_picture(key, f"{key}.png")
        desk.open(key, (3000, 2000), pages=1)
    assert page.current_key == 3
    assert page.shown.view.levels.is_whole
    assert desk.pixels == []
    listed = page.findChild(PictureList)
    listed.make_current(2)
    assert not page.shown.view.levels.is_whole
    assert desk.pixels == [2]
    desk.open(2, (3000, 2000), pages=1)
    assert page.shown.view.levels.is_whole
    listed.make_current(1)  # A small one is kept as it is.
    assert desk.pixels == [2]


def test_a_removed_file_takes_all_its_pages_along(page: PicturesPage, desk: Desk) -> None:
    page.shown.turn_page(1)
    desk.open(101)
    page.shown.turn(1)
    page.remove_all()
    assert sorted(desk.removed) == [1, 101, 102]
    desk.open(102)
    desk.read(102, 3)
    assert page.findChild(PictureList).count() == 0


def test_what_was_removed_comes_back_as_it_was(
    page: PicturesPage, desk: Desk, qtbot: QtBot
) -> None:
    back: list[int] = []
    page.removal.brought_back.connect(back.append)
    page.add_picture(2, "b.png")
    desk.open(2, pages=1)
    desk.read(2, 2)
    page.list.make_current(1)
    page.work.take_digit(8)
    page.shown.turn_page(1)
    desk.open(101)
    desk.read(101, 6)
    page.remove_all()
    assert desk.removed == [1, 101, 2]
    offer = next(b for b in page.findChildren(QPushButton) if b.text() == "Bring 2 pictures back")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert back == [1, 101, 2]
    assert page.list.keys == [1, 2]
    assert place(page) == "Page 2 of 3"
    assert page.current_text() == "6"
    assert not page.list.item(1).data(Qt.ItemDataRole.DecorationRole).isNull()
    page.shown.turn_page(-1)
    assert page.current_text() == "8"
    assert page.work.can_undo
    assert page.list.hasFocus()


def test_nothing_comes_back_once_there_are_other_pictures(page: PicturesPage, desk: Desk) -> None:
    page.remove_all()
    page.add_picture(2, "b.png")
    assert page.removal.count == 0
    page.bring_back()
    assert page.list.keys == [2]
    page.remove([2], for_good=True)
    assert page.removal.count == 0
    offers = [b for b in page.findChildren(QPushButton) if b.text().startswith("Bring")]
    assert not any(offer.isVisible() for offer in offers)


def test_what_was_said_before_is_kept_with_what_is_said_before_it_is_found(
    page: PicturesPage, desk: Desk
) -> None:
    told: list[tuple[int, tuple[Word, ...]]] = []
    page.work.words_changed.connect(lambda *what: told.append(what))
    page.work.take_digit(7)
    now, before = Word(BOX, "7"), Word((30.0, 3.0, 10.0, 20.0), "4")
    page.words.show(1, (before,))
    assert [(key, set(words)) for key, words in told] == [(1, {now}), (1, {now, before})]


def test_picture_that_was_read_stays_so_where_it_cannot_be_opened_again(
    page: PicturesPage, desk: Desk
) -> None:
    before = status(page)
    page.show_error(1, "“a.tif” is not there any more.")
    assert status(page) == before
    assert page.current_text() == "1"
