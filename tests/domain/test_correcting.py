from dataclasses import replace

import numpy as np
import pytest

from handwrite_gui.domain.correcting import corrected, strokes_of
from handwrite_gui.domain.ink import Correction, Ink, Stroke, carry_corrections
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal


def stroke(x: float) -> Stroke:
    return Stroke.from_xy(np.array([[x, 0.0], [x, 10.0]]))


def digit(value: int, *strokes: int, x: float = 0.0, said: int | None = None) -> Digit:
    prediction = Prediction(np.eye(11)[value])
    return Digit((x, 0.0, 4.0, 10.0), np.zeros((28, 28), np.float32), prediction, strokes, said)


INK = Ink(tuple(stroke(float(x)) for x in range(4)))
TWO, FOUR, SEVEN = digit(2, 0), digit(4, 1, 2, x=10.0), digit(7, 3, x=20.0)
READING = Reading((Number("2-4.7", 0.8, TWO.box, (TWO, FOUR, SEVEN)),))


def say(ink: Ink, said: int, *strokes: int) -> Correction:
    return Correction(tuple(ink.strokes[index] for index in strokes), said)


def test_digit_is_replaced_in_the_text_and_the_signs_stay() -> None:
    (number,) = corrected(READING, INK, (say(INK, 9, 1, 2),)).numbers
    assert number.text == "2-9.7"
    assert [each.said for each in number.digits] == [None, 9, None]
    assert not number.is_confirmed
    assert number.confidence == pytest.approx(0.8)


def test_number_is_as_sure_as_the_digits_that_nobody_said() -> None:
    doubted = Prediction(np.array([0, 0, 0, 0, 0.6, 0, 0, 0, 0, 0.4, 0]))
    digits = TWO, replace(FOUR, prediction=doubted), SEVEN
    read = Reading((Number("247", 0.6, TWO.box, digits),))
    (number,) = corrected(read, INK, (say(INK, 9, 1, 2),)).numbers
    assert (number.text, number.certainty, number.is_confirmed) == ("297", "very sure", False)
    (back,) = corrected(Reading((number,)), INK, ()).numbers
    assert (back.text, back.confidence) == ("247", pytest.approx(0.6))


def test_number_of_which_all_is_said_is_certain() -> None:
    words = say(INK, 9, 1, 2), say(INK, 0, 0), say(INK, 1, 3)
    (number,) = corrected(READING, INK, words).numbers
    assert (number.text, number.confidence, number.is_confirmed) == ("0-9.1", 1.0, True)


def test_what_is_said_no_more_is_as_the_model_reads_it() -> None:
    said = replace(FOUR, said=9)
    number = Number("297", 0.8, TWO.box, (TWO, said, SEVEN), is_confirmed=True)
    (now,) = corrected(Reading((number,)), INK, ()).numbers
    assert now.text == "247"
    assert not now.is_confirmed


@pytest.mark.parametrize("strokes", [(1,), (0, 1, 2)], ids=["a part", "more"])
def test_correction_of_other_strokes_says_nothing(strokes: tuple[int, ...]) -> None:
    assert corrected(READING, INK, (say(INK, 9, *strokes),)) is READING


def test_digit_that_names_no_strokes_is_all_ink() -> None:
    one = Reading((Number("4", 0.8, TWO.box, (digit(4),)),))
    assert strokes_of(one.numbers[0].digits[0], INK) == INK.strokes
    assert corrected(one, INK, (say(INK, 9, 0, 1, 2, 3),)).text == "9"
    assert corrected(one, INK, (say(INK, 9, 0, 1, 2),)) is one


def test_sign_that_is_said_to_be_a_digit_becomes_one_in_its_place() -> None:
    dash = digit(NO_DIGIT, 3, x=5.0)
    read = Reading((Number("2-4", 0.8, TWO.box, (TWO, FOUR), signs=(dash,)),))
    (number,) = corrected(read, INK, (say(INK, 1, 3),)).numbers
    assert (number.text, number.signs) == ("214", ())
    assert [each.said for each in number.digits] == [None, 1, None]
    assert [each.strokes for each in number.digits] == [(0,), (3,), (1, 2)]
    assert corrected(read, INK, (say(INK, 9, 0),)).text == "9-4"


def test_mark_that_is_no_digit_becomes_a_number_in_its_place() -> None:
    mark = digit(NO_DIGIT, 0)
    right = Number("47", 0.8, FOUR.box, (FOUR, SEVEN))
    reading = corrected(Reading((right,), refused=(mark,)), INK, (say(INK, 2, 0),))
    assert reading.text == "2\t47"
    assert reading.refused == ()
    alone = Reading(refusal=Refusal.NO_DIGIT, refused=(mark,))
    assert corrected(alone, INK, (say(INK, 2, 0),)).refusal is None


def test_corrections_are_carried_over_to_strokes_that_were_moved() -> None:
    gone = Correction((stroke(9.0),), 5)
    ink = replace(INK, corrections=(gone, say(INK, 9, 1, 2)))
    moved = tuple(stroke(x + 100.0) for x in range(4))
    (carried,) = carry_corrections(ink, moved)
    assert carried.strokes == moved[1:3]
    assert carried.digit == 9
