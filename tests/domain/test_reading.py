from dataclasses import replace

import numpy as np

from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import (
    Box,
    Digit,
    Number,
    Reading,
    Refusal,
    confidence_in_words,
)

BOX: Box = (0.0, 0.0, 10.0, 20.0)


def digit(best: int) -> Digit:
    return Digit(BOX, np.zeros((28, 28), np.float32), Prediction(np.eye(CLASSES)[best]))


def number(text: str, row: int = 0, confidence: float = 0.9) -> Number:
    return Number(text, confidence, BOX, tuple(digit(int(each)) for each in text), row=row)


def test_text_is_a_line_for_each_row_with_tabs_between_its_numbers() -> None:
    assert Reading((number("42", 0), number("7", 1), number("10", 1))).text == "42\n7\t10"
    assert Reading().text == ""


def test_a_number_is_sure_from_the_threshold_on_and_when_a_person_says_so() -> None:
    assert number("42", confidence=0.99).is_sure
    assert number("42", confidence=0.99).certainty == confidence_in_words(0.99) == "very sure"
    assert not number("42", confidence=0.9899).is_sure
    assert number("42", confidence=0.9899).certainty == confidence_in_words(0.9899) == "doubtful"
    said = replace(number("42", confidence=0.1), is_confirmed=True)
    assert said.is_sure
    assert said.certainty == "confirmed"


def test_doubtful_number_has_a_doubtful_digit_and_a_sure_one_none() -> None:
    four, two = digit(4), digit(2)
    unsure = Digit(BOX, four.image, Prediction(np.full(CLASSES, 1 / CLASSES)))
    both = Number("42", 0.98, BOX, (four, two))
    assert both.doubtful_digits == (four, two)  # None is more doubtful than the other.
    assert replace(both, digits=(unsure, two)).doubtful_digits == (unsure,)
    assert replace(both, digits=(replace(unsure, said=4), two)).doubtful_digits == (two,)
    assert replace(both, confidence=0.99, digits=(unsure, two)).doubtful_digits == ()


def test_what_a_person_says_goes_before_what_the_model_says() -> None:
    assert digit(4).digit == 4
    assert digit(10).digit is None
    assert replace(digit(10), said=9).digit == 9


def test_figures_are_those_of_the_text_without_its_signs() -> None:
    assert replace(number("420"), text="-4.2,0").figures == (4, 2, 0)


def test_first_digit_is_what_was_read() -> None:
    four, two, mark = digit(4), digit(2), digit(10)
    reading = Reading((Number("42", 0.9, BOX, (four, two)),), refused=(mark,))
    assert reading.first_digit is four


def test_first_digit_of_nothing_read_is_what_was_refused() -> None:
    mark = digit(10)
    assert Reading(refusal=Refusal.NO_DIGIT, refused=(mark,)).first_digit is mark
    assert Reading(refusal=Refusal.BLANK).first_digit is None


def test_specks_are_what_is_tiny_beside_numbers() -> None:
    at = (50.0, 0.0)
    tiny, small = (replace(digit(1), box=(*at, 3.0, side)) for side in (4.9, 5.0))
    assert Reading((number("42"),), refused=(tiny, small)).specks == (tiny,)
    assert Reading(refusal=Refusal.DOT, refused=(tiny,)).specks == ()
