import numpy as np

from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Box, Digit, Number, Reading, Refusal

BOX: Box = (0.0, 0.0, 10.0, 20.0)


def digit(best: int) -> Digit:
    return Digit(BOX, np.zeros((28, 28), np.float32), Prediction(np.eye(CLASSES)[best]))


def test_text_is_a_line_for_each_number() -> None:
    numbers = tuple(Number(text, 0.9, BOX, (digit(int(text[0])),)) for text in ("42", "7"))
    assert Reading(numbers).text == "42\n7"
    assert Reading().text == ""


def test_first_digit_is_what_was_read() -> None:
    four, two, mark = digit(4), digit(2), digit(10)
    reading = Reading((Number("42", 0.9, BOX, (four, two)),), refused=(mark,))
    assert reading.first_digit is four


def test_first_digit_of_nothing_read_is_what_was_refused() -> None:
    mark = digit(10)
    assert Reading(refusal=Refusal.NO_DIGIT, refused=(mark,)).first_digit is mark
    assert Reading(refusal=Refusal.BLANK).first_digit is None
