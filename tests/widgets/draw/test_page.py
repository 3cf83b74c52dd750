from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.draw.page import DrawPage

LEFT = Qt.MouseButton.LeftButton
Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]


def shown(page: QWidget) -> str:
    """All the words that can be read on the page."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


# Before the model is ready, and without it


def test_before_the_model_is_ready_drawing_asks_for_nothing(
    page: DrawPage, requests: list[int], draw: Draw
) -> None:
    assert "model is being loaded" in shown(page)
    draw(page.canvas)
    assert requests == []
    page.show_ready()
    assert requests == [2]


def test_predict_before_the_model_is_ready_says_that_it_waits(
    page: DrawPage, requests: list[int], draw: Draw
) -> None:
    page.set_live(False)
    draw(page.canvas)
    page.predict()
    assert requests == [2]
    assert "model is being loaded" in shown(page)


def test_ready_on_blank_paper_takes_the_message_away(page: DrawPage, requests: list[int]) -> None:
    page.show_ready()
    assert requests == []
    assert "model is being loaded" not in shown(page)


def test_failure_stays_where_the_answer_would_be(page: DrawPage, draw: Draw) -> None:
    page.show_failure("The model digits.keras is missing; reinstall Handwrite.")
    for change in (lambda: draw(page.canvas), page.predict, page.canvas.clear, page.canvas.undo):
        change()
        assert "The model digits.keras is missing; reinstall Handwrite." in shown(page)


# The answer


def test_answer_to_ink_that_is_gone_is_dropped(
    ready_page: DrawPage, draw: Draw, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    late = reading_of(ready_page, 7)
    ready_page.canvas.clear()
    ready_page.show_reading(late)
    assert ready_page.answer.text == ""
    assert ready_page.reading is None


def test_clear_takes_the_answer_away(
    ready_page: DrawPage, draw: Draw, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 7))
    assert "doubtful" in shown(ready_page)
    ready_page.canvas.clear()
    assert ready_page.answer.text == ""
    assert ready_page.reading is None


def test_answer_on_blank_paper_says_that_there_is_no_ink(ready_page: DrawPage) -> None:
    ready_page.predict()
    assert "There is no ink to read." in shown(ready_page)


def test_failed_reading_leaves_no_older_answer(
    ready_page: DrawPage, draw: Draw, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 7))
    ready_page.show_ink_failure("This could not be read.")
    assert ready_page.reading is None
    assert ready_page.answer.text == ""
    ready_page.canvas.clear()
    ready_page.show_ink_failure("This could not be read.")
    assert "could not be read" not in shown(ready_page)


# Corrections


def test_digit_key_puts_the_answer_right(
    ready_page: DrawPage, qtbot: QtBot, draw: Draw, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 9))
    with qtbot.waitSignal(ready_page.corrected) as corrected:
        qtbot.keyClick(ready_page.canvas, Qt.Key.Key_4)
    assert corrected.args[1] == 4
    assert ready_page.answer.text == "4"
    assert ready_page.reading is not None  # It is what is kept with the correction.


def test_digit_key_without_an_answer_does_nothing(
    ready_page: DrawPage, qtbot: QtBot, draw: Draw
) -> None:
    draw(ready_page.canvas)
    with qtbot.assertNotEmitted(ready_page.corrected):
        qtbot.keyClick(ready_page.canvas, Qt.Key.Key_4)
    assert ready_page.answer.text == ""


def test_correction_stands_until_there_is_other_ink(
    ready_page: DrawPage, qtbot: QtBot, draw: Draw, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 9))
    qtbot.keyClick(ready_page.canvas, Qt.Key.Key_4)
    ready_page.show_reading(reading_of(ready_page, 9))  # It was on its way.
    assert ready_page.answer.text == "4"
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 9))
    assert ready_page.answer.text == "9"


def test_digit_said_before_the_answer_to_the_last_stroke_waits_for_it(
    ready_page: DrawPage, draw: Draw, qtbot: QtBot, reading_of: ReadingOf
) -> None:
    draw(ready_page.canvas)
    ready_page.show_reading(reading_of(ready_page, 7))
    draw(ready_page.canvas)
    said: list[int] = []
    ready_page.corrected.connect(lambda _, digit, __: said.append(digit))
    qtbot.keyClick(ready_page.canvas, Qt.Key.Key_4)
    assert said == []
    ready_page.show_reading(reading_of(ready_page, 9))
    assert said == [4]
    assert ready_page.answer.text == "4"


# The last drawing


def offer(page: DrawPage) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.text() == "Bring it back")


def test_last_drawing_is_brought_back_once(page: DrawPage, qtbot: QtBot) -> None:
    assert not offer(page).isVisible()
    page.offer_kept_ink(is_first=True)
    assert "last drawing" in shown(page)
    with qtbot.waitSignal(page.restore_requested):
        offer(page).click()
    assert not offer(page).isVisible()


def test_another_drawing_is_offered_as_such(page: DrawPage) -> None:
    page.offer_kept_ink(is_first=False)
    assert "Another drawing" in shown(page)


def test_offer_goes_as_soon_as_something_is_drawn(page: DrawPage, draw: Draw) -> None:
    page.offer_kept_ink(is_first=True)
    draw(page.canvas)
    assert not offer(page).isVisible()


def test_what_is_said_beside_the_offer_widens_no_window(page: DrawPage) -> None:
    page.offer_kept_ink(is_first=False)
    later = next(each for each in page.offer.findChildren(QLabel) if "File" in each.text())
    for width in (1100, page.minimumSizeHint().width()):
        page.resize(width, 600)
        page.grab()
        assert page.width() == width
        assert later.isVisible() == (width == 1100)


def test_offer_stays_while_a_pointer_rests_on_it(page: DrawPage, draw: Draw) -> None:
    page.offer_kept_ink(is_first=True)
    nowhere = QPointF()
    QApplication.sendEvent(page.offer, QEnterEvent(nowhere, nowhere, nowhere))
    draw(page.canvas)
    assert offer(page).isVisible()
    QApplication.sendEvent(page.offer, QEvent(QEvent.Type.Leave))
    assert not offer(page).isVisible()


# The buttons are the menus' actions


def test_buttons_do_what_their_actions_do(qtbot: QtBot) -> None:
    page = DrawPage(12.0, live=True)
    qtbot.addWidget(page)
    names = ("Undo", "Redo", "Replay", "Clear", "Predict")
    undo, redo, replay, clear, predict = (QAction(name, page) for name in names)
    clear.setEnabled(False)
    page.lay_out(undo, redo, replay, clear, predict)
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    assert not buttons["Clear"].isEnabled()
    clear.setEnabled(True)
    assert buttons["Clear"].isEnabled()
    with qtbot.waitSignal(clear.triggered):
        buttons["Clear"].click()
    with qtbot.waitSignal(predict.triggered):
        buttons["Predict"].click()


def test_fits_a_small_screen_at_200_percent_text(large_text: None, qtbot: QtBot) -> None:
    page = DrawPage(12.0, live=True)
    qtbot.addWidget(page)
    actions = Actions(page)
    page.lay_out(actions.undo, actions.redo, actions.replay, actions.clear, actions.predict)
    assert page.minimumSizeHint().width() <= 1040
    assert page.minimumSizeHint().height() <= 660


def test_paper_stays_where_it_is_when_the_offer_goes(page: DrawPage, draw: Draw) -> None:
    page.offer_kept_ink(is_first=True)
    page.grab()
    before = page.canvas.mapTo(page, QPoint())
    draw(page.canvas)
    page.grab()
    assert page.canvas.mapTo(page, QPoint()) == before
