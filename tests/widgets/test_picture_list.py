"""The picture list: the keyboard reaches all, names give way, sentences do not."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.picture_list import PictureList

SENTENCE = "“bad.txt” is not a picture that can be opened: choose a JPEG or PNG file. "


@pytest.fixture
def listed(qtbot: QtBot) -> PictureList:
    """A list of 30 pictures; their keys start at 100."""
    listed = PictureList()
    qtbot.addWidget(listed)
    listed.resize(260, 400)
    for key in range(100, 130):
        listed.add(key, f"{key}.png")
        listed.show_status(key, "Opening…", is_failed=False)
    # Shown, for only then a list scrolls, but not on the screen.
    listed.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    listed.show()
    return listed


def height(listed: PictureList, row: int) -> int:
    return listed.visualItemRect(listed.item(row)).height()


def test_nothing_is_current_until_somebody_goes_there(listed: PictureList) -> None:
    assert listed.current_key is None
    assert listed.selected_keys == []
    listed.make_current(103)
    listed.add(200, "late.png")
    listed.make_current(105)
    assert listed.current_key == 105
    assert listed.selected_keys == [105]


def test_the_arrows_go_through_the_list_and_it_follows(listed: PictureList, qtbot: QtBot) -> None:
    listed.make_current(100)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert listed.current_key == 101
    assert listed.visualItemRect(listed.item(29)).top() > listed.viewport().height()
    qtbot.keyClick(listed, Qt.Key.Key_End)
    assert listed.current_key == 129
    assert listed.visualItemRect(listed.item(29)).bottom() <= listed.viewport().height()


def test_current_picture_stays_in_view_where_the_list_becomes_low(listed: PictureList) -> None:
    listed.make_current(104)
    listed.resize(260, 100)
    current = listed.visualItemRect(listed.item(4))
    assert listed.viewport().rect().contains(current.center())


def test_list_stays_where_a_person_has_scrolled_it(listed: PictureList) -> None:
    listed.make_current(100)
    listed.scrollToBottom()
    bottom = listed.verticalScrollBar().value()
    listed.resize(260, 300)
    assert listed.verticalScrollBar().value() >= bottom


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_asks_for_removal(listed: PictureList, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(listed.remove_requested):
        qtbot.keyClick(listed, key)


def test_a_digits_key_is_told_and_searches_for_no_name(listed: PictureList, qtbot: QtBot) -> None:
    listed.make_current(129)
    with qtbot.waitSignal(listed.digit_typed) as typed:
        qtbot.keyClick(listed, Qt.Key.Key_1)
    assert typed.args == [1]
    assert listed.current_key == 129


@pytest.mark.parametrize(("gone", "left"), [(100, 101), (110, 109), (129, 128)])
def test_removing_the_current_one_chooses_its_neighbour(
    listed: PictureList, gone: int, left: int
) -> None:
    listed.make_current(gone)
    listed.remove(gone)
    assert gone not in listed.keys
    assert listed.count() == 29
    assert listed.selected_keys == [listed.current_key]
    assert listed.current_key == left


def test_a_screen_reader_gets_name_and_status(listed: PictureList) -> None:
    assert listed.accessibleName() == "Pictures"
    assert listed.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "100.png: Opening…"


def test_a_long_sentence_is_shown_whole(listed: PictureList) -> None:
    listed.show_status(100, SENTENCE * 3, is_failed=True)
    listed.doItemsLayout()
    assert height(listed, 0) > 2 * height(listed, 1)
    before = height(listed, 0)
    listed.resize(600, 400)
    listed.doItemsLayout()
    assert height(listed, 0) < before


def test_a_failed_picture_has_a_sign_beside_its_words(listed: PictureList) -> None:
    listed.show_status(100, SENTENCE, is_failed=False)
    plain: QImage = listed.grab().toImage()
    listed.show_status(100, SENTENCE, is_failed=True)
    assert listed.grab().toImage() != plain


def test_a_name_is_only_a_name(listed: PictureList) -> None:
    name = "<b>&" + "x" * 300 + "\n.png"
    listed.add(1, name)
    listed.show_status(1, "Opening…", is_failed=False)
    assert "&lt;b&gt;&amp;x" in listed.item(30).toolTip()
    assert height(listed, 30) == height(listed, 0)


def test_a_long_heading_gives_way_in_its_middle(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("a" * 200 + " <b>&.png")
    label.resize(200, 30)
    label.grab()
    assert "…" in label.text()
    assert label.text().endswith(".png")
    assert label.toolTip() == "<qt>" + "a" * 200 + " &lt;b&gt;&amp;.png</qt>"
    assert label.accessibleName() == "a" * 200 + " <b>&.png"
    assert label.minimumSizeHint().width() < 50


def test_the_focus_alone_chooses_nothing(qtbot: QtBot) -> None:
    page = PicturesPage()
    qtbot.addWidget(page)
    page.add_picture(1, "bad.txt")
    page.add_picture(2, "a.png")
    listed = page.findChild(PictureList)
    QApplication.sendEvent(listed, QFocusEvent(QEvent.Type.FocusIn))
    page.show_error(1, SENTENCE)
    page.show_picture(2, Picture(np.zeros((9, 9, 3), np.uint8), "a.png"))
    assert listed.selected_keys == [2]
