import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.confirming import confirmed
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal
from handwrite_gui.widgets.answer_panel import OF_NUMBER, AnswerPanel
from handwrite_gui.widgets.bars import OF_DIGIT

BOX = (0.0, 0.0, 10.0, 10.0)


@pytest.fixture
def panel(qtbot: QtBot) -> AnswerPanel:
    panel = AnswerPanel()
    qtbot.addWidget(panel)
    panel.resize(panel.sizeHint())
    panel.show()
    return panel


def mark(likely: dict[int, float]) -> Digit:
    probabilities = np.full(11, (1 - sum(likely.values())) / (11 - len(likely)))
    for digit, probability in likely.items():
        probabilities[digit] = probability
    return Digit(BOX, np.zeros((28, 28), np.float32), Prediction(probabilities))


def read(likely: dict[int, float]) -> Reading:
    digit = mark(likely)
    text, confidence = str(digit.prediction.digit), digit.prediction.confidence
    return Reading((Number(text, confidence, BOX, (digit,)),))


def words(panel: AnswerPanel) -> list[str]:
    labels = [label for label in panel.findChildren(QLabel) if label.isVisible()]
    return [label.text().replace("\u00a0", " ") for label in labels]


def tips(panel: AnswerPanel, text: str) -> set[str]:
    return {label.toolTip() for label in panel.findChildren(QLabel) if label.text() == text}


def test_answer_is_shown_with_its_confidence_in_words_and_per_cent(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.992}))
    assert panel.text == "7"
    assert {"7", "very sure", "99.2 %"} <= set(words(panel))
    assert not any("might also" in text for text in words(panel))


def test_per_cent_say_what_they_are_of(panel: AnswerPanel) -> None:
    one, other = mark({1: 0.99}), mark({7: 0.99})
    panel.show_reading(Reading((Number("17", 0.98, BOX, (one, other)),)))
    assert tips(panel, "98.0 %") == {OF_NUMBER}
    bars = {bar.toolTip() for bar in panel.findChildren(QAbstractButton)}
    assert bars == {f"It was a {digit}\n{OF_DIGIT}" for digit in range(10)}
    panel.show_reading(read({7: 0.6, 1: 0.3}))
    assert tips(panel, "60.0 %") == {OF_DIGIT}


def test_likely_alternative_is_named(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.6, 1: 0.3}))
    assert "It might also be 1 (30.0 %)." in words(panel)


def test_no_line_ends_between_a_number_and_its_per_cent(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.6, 1: 0.3}))
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert "It might also be 1 (30.0\u00a0%)." in texts
    assert panel.note == "It might also be 1 (30.0 %)."


def test_certainty_is_never_promised(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.99999}))
    assert "99.9 %" in words(panel)
    assert "100.0 %" not in words(panel)


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        (Reading(refusal=Refusal.BLANK), "There is no ink to read."),
        (
            Reading(
                refusal=Refusal.DOT,
                refused=(
                    Digit(BOX, np.zeros((28, 28), np.float32), mark({NO_DIGIT: 1}).prediction),
                ),
            ),
            "This is only a dot",
        ),
        (
            Reading(refusal=Refusal.NO_DIGIT, refused=(mark({NO_DIGIT: 0.9}),)),
            "This looks like none of the digits",
        ),
    ],
    ids=["blank", "dot", "no digit"],
)
def test_refusal_is_said_and_no_digit_shown(
    panel: AnswerPanel, reading: Reading, sentence: str
) -> None:
    panel.show_reading(read({7: 0.992}))
    panel.show_reading(reading)
    assert panel.text == ""
    assert any(text.startswith(sentence) for text in words(panel))
    assert not any(text.isdigit() for text in words(panel))
    assert "very sure" not in words(panel)


def test_message_takes_the_answers_place(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.992}))
    panel.show_message("The model is being loaded; draw meanwhile.")
    assert panel.text == ""
    assert "The model is being loaded; draw meanwhile." in words(panel)
    assert "99.2 %" not in words(panel)
    assert not any(bar.isEnabled() for bar in panel.findChildren(QAbstractButton))


def test_click_on_a_bar_puts_the_answer_right(panel: AnswerPanel, qtbot: QtBot) -> None:
    panel.show_reading(read({9: 0.7, 4: 0.2}))
    bar = next(
        b for b in panel.findChildren(QAbstractButton) if b.toolTip().startswith("It was a 4")
    )
    with qtbot.waitSignal(panel.corrected) as corrected:
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert corrected.args == [4]


def said(reading: Reading, digit: int) -> Reading:
    return Reading((confirmed(reading.numbers[0], str(digit)),))


def test_correction_is_shown_as_what_the_person_said(panel: AnswerPanel) -> None:
    panel.show_reading(said(read({9: 0.7, 4: 0.2}), 4))
    assert panel.text == "4"
    assert {"confirmed", "You said 4; the model read 9 (70.0 %)."} <= set(words(panel))
    marked = [bar.accessibleName() for bar in panel.findChildren(QAbstractButton)]
    assert [name for name in marked if "the" in name] == ["4: 20.0 %, the answer"]
    assert "70.0 %" not in words(panel)


def test_nothing_jumps_when_the_answer_changes(panel: AnswerPanel) -> None:
    def places() -> list[tuple[int, int]]:
        shown = panel.findChildren(QAbstractButton)
        return [(widget.y(), widget.height()) for widget in shown]

    panel.show_message("")
    before = places()
    for reading in (
        read({7: 0.992}),
        read({1: 0.5, 7: 0.4}),
        Reading(refusal=Refusal.BLANK),
        Reading(refusal=Refusal.NO_DIGIT, refused=(mark({NO_DIGIT: 0.9}),)),
    ):
        panel.show_reading(reading)
        QApplication.processEvents()
        assert places() == before
    panel.show_reading(said(read({9: 0.7, 4: 0.2}), 4))
    QApplication.processEvents()
    assert places() == before


def test_screen_reader_is_told(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.992}))
    assert "Answer: 7" in [label.accessibleName() for label in panel.findChildren(QLabel)]
    panel.show_message("")
    assert "Answer: none yet" in [label.accessibleName() for label in panel.findChildren(QLabel)]


def test_answer_is_spoken_in_sentences(panel: AnswerPanel) -> None:
    panel.show_reading(read({7: 0.6, 1: 0.3}))
    said = "7, doubtful, 60.0 %. It might also be 1 (30.0 %)."
    assert panel.spoken == said
    assert panel.all_spoken.startswith(f"{said} In order: 7: 60.0 %, 1: 30.0 %, 0: 1.1 %")
    panel.show_reading(Reading(refusal=Refusal.NO_DIGIT, refused=(mark({NO_DIGIT: 0.9}),)))
    assert panel.spoken == "no digit. This looks like none of the digits 0 to 9."
    panel.show_message(f"The model {'long' * 20} does not exist.")
    assert panel.all_spoken == f"The model {'long' * 20} does not exist."
    panel.show_message("")
    assert panel.all_spoken == ""


def test_long_name_of_a_file_does_not_widen_the_panel(panel: AnswerPanel) -> None:
    width = panel.minimumSizeHint().width()
    panel.show_message(f"The model /{'long' * 40}.keras does not exist; name another.")
    assert panel.minimumSizeHint().width() == width


def test_button_does_what_it_offers(qtbot: QtBot) -> None:
    panel = AnswerPanel()
    qtbot.addWidget(panel)
    why = QAction("&Why this answer?", panel)
    why.setIconText("Why?")
    why.setCheckable(True)
    panel.offer(why)
    panel.show()
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Why?")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert why.isChecked()
    why.trigger()
    assert not button.isChecked()
    assert button.toolTip() == why.toolTip()
