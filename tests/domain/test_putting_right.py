"""One digit of a Number put right: it is confirmed, and the Number as sure as the others are."""

from dataclasses import replace

import numpy as np
import pytest

from handwrite_gui.domain.confirming import (
    Word,
    as_said,
    box_at,
    confirmed,
    is_spread,
    put_right,
    with_said,
    word_of,
    words_of,
)
from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Alternative, Box, Digit, Number, Reading

BOX: Box = (10.0, 8.0, 6.0, 2.0)
IMAGE = np.full((28, 28), 0.5, np.float32)


def digit(kind: int, chance: float, box: Box) -> Digit:
    chances = np.full(CLASSES, (1 - chance) / (CLASSES - 1))
    chances[kind] = chance
    return Digit(box, IMAGE, Prediction(chances))


def number(text: str, *chances: float, confidence: float = 0.7) -> Number:
    """A Number whose letters are 10 wide and 20 high each, and of whose digits this is said."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    digits = tuple(
        digit(int(text[place]), chance, (10.0 * place, 0.0, 10.0, 20.0))
        for place, chance in zip(places, chances, strict=True)
    )
    return Number(text, confidence, (0.0, 0.0, 10.0 * len(text), 20.0), digits)


def test_number_is_as_sure_as_the_digits_that_nobody_said() -> None:
    now = put_right(number("27", 0.7, 0.998), 0, 3)
    assert (now.text, now.is_confirmed, now.certainty) == ("37", False, "very sure")
    assert now.confidence == pytest.approx(0.998)
    assert [each.said for each in now.digits] == [3, None]
    doubted = put_right(number("27", 0.998, 0.7), 0, 2)
    assert (doubted.text, doubted.certainty) == ("27", "doubtful")
    assert doubted.confidence == pytest.approx(0.7)
    assert doubted.doubtful_digits == (doubted.digits[1],)


def test_number_of_which_each_digit_is_said_is_confirmed() -> None:
    now = put_right(put_right(number("27", 0.7, 0.9), 0, 3), 1, 7)
    assert (now.text, now.confidence, now.is_confirmed) == ("37", 1.0, True)


def test_what_is_taken_back_has_its_part_in_the_doubt_again() -> None:
    read = number("27", 0.7, 0.998, confidence=0.69)
    said = put_right(read, 0, 2)
    back = with_said(said, "27", read.digits)
    assert back.confidence == pytest.approx(read.confidence)
    all_said = put_right(said, 1, 7)
    assert with_said(all_said, "27", read.digits).confidence == pytest.approx(0.69, abs=0.01)


def test_number_may_not_be_what_goes_against_a_persons_word() -> None:
    others = (Alternative("37", 0.2), Alternative("21", 0.1), Alternative("217", 0.05))
    read = replace(number("27", 0.7, 0.8), alternatives=others)
    assert [each.text for each in put_right(read, 0, 2).alternatives] == ["21"]


def test_sign_that_is_a_digit_becomes_one_and_the_others_stay_as_they_are() -> None:
    read = number("2-47", 0.9, 0.999, 0.999, confidence=0.8)
    now = put_right(read, 1, 1)
    assert now.text == "2147"
    assert [each.said for each in now.digits] == [None, 1, None, None]
    assert now.digits[1].box == (10.0, 0.0, 10.0, 20.0)
    assert (now.digits[0], *now.digits[2:]) == read.digits
    assert now.confidence == pytest.approx(0.9)
    whole = confirmed(read, "2147")
    assert [each.image.any() for each in whole.digits] == [True, False, True, True]
    assert not is_spread(whole)


def test_sign_of_which_the_ink_is_known_becomes_a_digit_of_that_ink() -> None:
    dash, point = (replace(digit(1, 0.6, BOX), strokes=(at,)) for at in (1, 3))
    read = replace(number("2-4.7", 0.9, 0.9, 0.9), signs=(dash, point))
    assert [read.letter_of(mark) for mark in read.marks.values()] == ["2", "-", "4", ".", "7"]
    now = put_right(read, 1, 1)
    assert (now.text, now.signs) == ("214.7", (point,))
    assert (now.digits[1].said, now.digits[1].box) == (1, BOX)
    assert now.digits[1].strokes == (1,)
    assert list(now.marks) == [0, 1, 2, 3, 4]


def test_places_of_signs_are_between_the_digits_before_them_and_behind() -> None:
    read = replace(number("-1--2,", 0.9, 0.9), box=(10.0, 0.0, 40.0, 20.0))
    assert [box_at(read, place)[0] for place in range(6)] == [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    assert all(box_at(read, place)[2] == 10.0 for place in range(6))
    assert read.inked_places == (0, 1, 2, 3, 4, 5)
    assert number("1 -2", 0.9, 0.9).inked_places == (0, 2, 3)


def test_what_is_kept_of_a_digit_is_its_place_and_of_a_number_the_text() -> None:
    one, whole = put_right(number("27", 0.7, 0.9), 1, 1), confirmed(number("27", 0.7, 0.9), "27")
    untouched = number("27", 0.7, 0.9)
    assert word_of(one) == Word(one.box, "21", 0, (1,))
    assert words_of(Reading((one, whole, untouched))) == (word_of(one), Word(whole.box, "27"))


def test_what_was_said_of_a_digit_is_said_again_of_what_is_read_now() -> None:
    word = Word((0.0, 0.0, 20.0, 20.0), "21", 0, (1,))
    now = as_said(number("87", 0.7, 0.9), word)
    assert (now.text, [each.said for each in now.digits]) == ("81", [None, 1])
    other = as_said(number("877", 0.7, 0.9, 0.9), word)  # Nobody knows which of them it is.
    assert (other.text, other.confidence, other.certainty) == ("21", 0.0, "doubtful")
    assert [each.said for each in other.digits] == [None, 1]
    assert is_spread(other)
