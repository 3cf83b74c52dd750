"""The Pictures page: every state of a picture is shown in words, and the keyboard reaches all."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.pictures.empty import EmptyPictures
from handwrite_gui.widgets.pictures.page import LOADING, READING, PicturesPage
from handwrite_gui.widgets.pictures.picture_list import PictureList
from handwrite_gui.widgets.pictures.picture_view import PictureView

BOX = (2.0, 3.0, 10.0, 20.0)
SENTENCE = "“bad.txt” is not a picture that can be opened: choose a JPEG or PNG file."


def picture(name: str = "seven.png", width: int = 60, height: int = 40) -> Picture:
    return Picture(np.full((height, width, 3), 200, np.uint8), name)


def reading(digit: int, confidence: float = 0.992) -> Reading:
    probabilities = np.full(11, (1 - confidence) / 10)
    probabilities[digit] = confidence
    mark = Digit(BOX, np.zeros((28, 28), np.float32), Prediction(probabilities))
    return Reading((Number(str(digit), confidence, BOX, (mark,)),))


def refusal() -> Reading:
    mark = Digit(BOX, np.zeros((28, 28), np.float32), Prediction.certainly_no_digit())
    return Reading(refusal=Refusal.NO_DIGIT, refused=(mark,))


@pytest.fixture
def page(qtbot: QtBot) -> PicturesPage:
    page = PicturesPage()
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.grab()  # Lays it out.
    return page


@pytest.fixture
def listed(page: PicturesPage) -> PictureList:
    return page.findChild(PictureList)


@pytest.fixture
def view(page: PicturesPage) -> PictureView:
    return page.findChild(PictureView)


@pytest.fixture
def answer(page: PicturesPage) -> AnswerPanel:
    return page.findChild(AnswerPanel)


def said_of(listed: PictureList, row: int) -> str:
    return listed.item(row).data(Qt.ItemDataRole.AccessibleTextRole)


def name_shown(page: PicturesPage) -> str:
    return page.findChild(ElidedLabel).accessibleName()


def button(page: PicturesPage, text: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == text)


def texts(page: PicturesPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def is_empty(page: PicturesPage) -> bool:
    return page.findChild(EmptyPictures).isVisibleTo(page)


def open_and_read(page: PicturesPage, key: int, name: str, digit: int) -> None:
    page.add_picture(key, name)
    page.show_picture(key, picture(name))
    page.show_reading(key, reading(digit))


def test_empty_says_what_to_do_next(page: PicturesPage, qtbot: QtBot) -> None:
    assert is_empty(page)
    assert "Drop pictures here, paste one, or open some." in texts(page)
    with qtbot.waitSignal(page.open_requested):
        qtbot.mouseClick(button(page, "Open pictures…"), Qt.MouseButton.LeftButton)
    assert page.current_text() == ""


def test_a_picture_from_opening_to_its_answer(
    page: PicturesPage, listed: PictureList, view: PictureView, answer: AnswerPanel
) -> None:
    page.add_picture(5, "seven.png")
    assert not is_empty(page)
    assert said_of(listed, 0) == "seven.png: Opening…"
    page.show_picture(5, picture())
    assert said_of(listed, 0) == f"seven.png: {LOADING}"
    assert name_shown(page) == "seven.png"
    assert LOADING in texts(page)
    assert page.current_text() == ""
    page.show_reading(5, reading(7))
    assert said_of(listed, 0) == "seven.png: 7 · very sure, 99.2 %"
    assert view.accessibleDescription() == "seven.png, 1 number."
    assert answer.text == "7"
    assert page.current_text() == "7"
    assert "60 × 40 pixels" in texts(page)


def test_what_waits_follows_the_model(page: PicturesPage, listed: PictureList) -> None:
    page.add_picture(1, "a.png")
    page.show_picture(1, picture())
    page.show_ready()
    assert said_of(listed, 0) == f"a.png: {READING}"
    page.show_failure("The model m.keras is missing: choose another.")
    assert said_of(listed, 0) == "a.png: The model m.keras is missing: choose another."


@pytest.mark.parametrize(
    ("found", "status", "advice"),
    [
        (refusal(), "No digit", "Crop the picture to one digit."),
        (Reading(refusal=Refusal.BLANK), "Nothing found", "No ink was found."),
        (Reading(refusal=Refusal.DOT), "Only a dot", "Take the picture from nearer."),
    ],
)
def test_nothing_found_is_said_with_what_to_do(
    page: PicturesPage,
    listed: PictureList,
    view: PictureView,
    answer: AnswerPanel,
    found: Reading,
    status: str,
    advice: str,
) -> None:
    page.add_picture(1, "a.png")
    page.show_picture(1, picture())
    page.show_reading(1, found)
    assert said_of(listed, 0) == f"a.png: {status}"
    assert advice in texts(page)
    assert view.accessibleDescription() == "a.png, 0 numbers."
    assert answer.text == ""
    assert page.current_text() == ""


def test_a_failed_picture_leaves_the_last_good_one(page: PicturesPage, listed: PictureList) -> None:
    open_and_read(page, 1, "seven.png", 7)
    page.add_picture(2, "bad.txt")
    page.show_error(2, SENTENCE)
    assert said_of(listed, 1) == f"bad.txt: {SENTENCE}"
    assert name_shown(page) == "seven.png"
    assert page.current_text() == "7"
    assert "2 pictures, 1 failed" in texts(page)


def test_a_failed_picture_alone_says_so_in_its_place(
    page: PicturesPage, view: PictureView, listed: PictureList
) -> None:
    page.add_picture(1, "bad.txt")
    page.show_error(1, SENTENCE)
    assert view.accessibleDescription() == SENTENCE
    assert SENTENCE not in texts(page)  # Nor once more beneath it.
    open_and_read(page, 2, "seven.png", 7)
    assert listed.current_key == 2
    listed.make_current(1)
    assert view.accessibleDescription() == SENTENCE
    assert page.current_text() == ""


def test_a_picture_that_could_not_be_read_stays_visible(
    page: PicturesPage, view: PictureView, listed: PictureList
) -> None:
    page.add_picture(1, "a.png")
    page.show_picture(1, picture())
    page.show_error(1, "This could not be read.")
    assert said_of(listed, 0) == "a.png: This could not be read."
    assert "This could not be read." in texts(page)
    assert view.accessibleDescription() == "a.png, 0 numbers."


def test_the_first_of_the_new_ones_is_gone_to(page: PicturesPage, listed: PictureList) -> None:
    open_and_read(page, 1, "old.png", 1)
    for key in (2, 3, 4):
        page.add_picture(key, f"{key}.png")
    assert listed.current_key == 1
    page.show_error(2, SENTENCE)
    page.show_picture(3, picture())
    assert listed.current_key == 3
    page.show_picture(4, picture())
    assert listed.current_key == 3


def test_a_person_who_goes_elsewhere_is_left_there(page: PicturesPage, listed: PictureList) -> None:
    open_and_read(page, 1, "a.png", 1)
    open_and_read(page, 2, "b.png", 2)
    page.add_picture(3, "c.png")
    listed.make_current(1)
    page.show_picture(3, picture())
    assert listed.current_key == 1


def test_a_correction_is_said_kept_and_copied(
    page: PicturesPage, listed: PictureList, view: PictureView, answer: AnswerPanel, qtbot: QtBot
) -> None:
    open_and_read(page, 8, "nine.png", 4)
    with qtbot.waitSignal(page.work.corrected) as corrected:
        answer.corrected.emit(9)
    key, now, before = corrected.args
    assert (key, now.text, before.text) == (8, "9", "4")
    assert now.is_confirmed
    assert now.digits[0].said == 9
    assert said_of(listed, 0) == "nine.png: You said 9"
    assert view.accessibleDescription() == "nine.png, 1 number."
    assert page.current_text() == "9"
    open_and_read(page, 9, "one.png", 1)
    assert answer.text == "1"
    listed.make_current(8)
    assert answer.text == "9"


def test_a_digits_key_corrects(page: PicturesPage, listed: PictureList, qtbot: QtBot) -> None:
    page.add_picture(1, "a.png")
    page.show_picture(1, picture())
    with qtbot.assertNotEmitted(page.work.corrected):
        qtbot.keyClick(listed, Qt.Key.Key_3)
    page.show_reading(1, refusal())
    with qtbot.waitSignal(page.work.corrected) as corrected:
        qtbot.keyClick(listed, Qt.Key.Key_3)
    assert corrected.args[1].text == "3"
    assert page.current_text() == "3"


def test_several_and_all_can_be_removed(
    page: PicturesPage, listed: PictureList, qtbot: QtBot
) -> None:
    gone: list[int] = []
    page.removal.removed.connect(gone.append)
    for number in range(4):
        open_and_read(page, number, f"{number}.png", number)
    listed.item(0).setSelected(True)
    listed.item(2).setSelected(True)
    listed.item(1).setSelected(False)
    listed.item(3).setSelected(False)
    qtbot.mouseClick(button(page, "Remove"), Qt.MouseButton.LeftButton)
    assert gone == [0, 2]
    qtbot.mouseClick(button(page, "Remove all"), Qt.MouseButton.LeftButton)
    assert gone == [0, 2, 1, 3]
    assert is_empty(page)
    assert page.current_text() == ""
    open_and_read(page, 9, "again.png", 6)
    assert page.current_text() == "6"


def test_thirty_pictures_at_once(page: PicturesPage, listed: PictureList) -> None:
    for key in range(30):
        page.add_picture(key, f"{key}.png")
    assert "30 pictures, 30 to open" in texts(page)
    for key in range(30):
        page.show_picture(key, picture(f"{key}.png"))
        page.show_reading(key, reading(key % 10))
    assert "to open" not in texts(page)
    assert listed.current_key == 0


def test_what_comes_for_a_removed_picture_is_ignored(
    page: PicturesPage, listed: PictureList, qtbot: QtBot
) -> None:
    page.add_picture(1, "a.png")
    listed.make_current(1)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    page.show_picture(1, picture())
    page.show_reading(1, reading(7))
    page.show_error(1, SENTENCE)
    assert listed.count() == 0
    assert is_empty(page)


def test_nothing_of_a_removed_picture_is_left_beside_the_next(
    page: PicturesPage, answer: AnswerPanel
) -> None:
    page.add_picture(1, "seven.png")
    page.show_picture(1, picture())
    page.show_reading(1, reading(7))
    next(b for b in page.findChildren(QPushButton) if b.text() == "Remove all").click()
    page.add_picture(2, "slow.png")
    assert answer.text == ""
    assert page.findChild(ElidedLabel).text() == ""
