import numpy as np
import pytest

from handwrite_gui.domain.confirming import (
    Word,
    confirmed,
    is_inside,
    is_number_text,
    place_of,
    place_words,
    words_of,
)
from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Box, Digit, Number, Reading
from handwrite_gui.recognition.sequences.alphabet import SIGNS


def digit(best: int, box: Box = (0.0, 0.0, 10.0, 20.0)) -> Digit:
    return Digit(box, np.full((28, 28), 0.5, np.float32), Prediction(np.eye(CLASSES)[best]))


def number(text: str, x: float = 0.0, row: int = 0) -> Number:
    """A Number whose digits are 10 wide, on a row of its own height."""
    y = 100.0 * row
    digits = [
        digit(int(each), (x + 10.0 * place, y, 10.0, 20.0)) for place, each in enumerate(text)
    ]
    return Number(text, 0.6, (x, y, 10.0 * len(text), 20.0), tuple(digits), row=row)


@pytest.mark.parametrize("text", ["7", "007", "-5", "12.50", "1,5", "1/2", "$ 5", "€7", "£1 000"])
def test_number_is_digits_and_signs(text: str) -> None:
    assert is_number_text(text)


def test_whatever_is_read_can_be_said() -> None:
    assert is_number_text("7" + SIGNS)


@pytest.mark.parametrize("text", ["", " ", "-", "seven", "7a", "7\n8", "٧", "7\t8"])
def test_what_is_no_number(text: str) -> None:
    assert not is_number_text(text)


def test_as_many_digits_are_the_ones_that_were_read() -> None:
    read = number("2041")
    put_right = confirmed(read, "2,047")
    assert (put_right.text, put_right.confidence, put_right.is_confirmed) == ("2,047", 1.0, True)
    assert [each.said for each in put_right.digits] == [2, 0, 4, 7]
    assert [each.box for each in put_right.digits] == [each.box for each in read.digits]
    assert put_right.digits[3].prediction is read.digits[3].prediction
    assert not read.is_confirmed


def test_another_count_of_digits_is_spread_over_the_box() -> None:
    put_right = confirmed(number("20", x=5.0), "-123")
    assert [each.said for each in put_right.digits] == [1, 2, 3]
    assert [each.box for each in put_right.digits] == [
        (10.0, 0.0, 5.0, 20.0),
        (15.0, 0.0, 5.0, 20.0),
        (20.0, 0.0, 5.0, 20.0),
    ]
    assert not any(each.image.any() for each in put_right.digits)


def test_words_are_what_a_person_said() -> None:
    reading = Reading((number("1"), confirmed(number("2", x=50.0, row=3), "3")))
    assert words_of(reading) == (Word((50.0, 300.0, 10.0, 20.0), "3", 3),)


def said(placed: list[tuple[Number, Word | None]]) -> list[tuple[str, str | None]]:
    return [(each.text, word and word.text) for each, word in placed]


def test_words_come_back_to_what_is_read_in_their_places() -> None:
    reading = Reading((number("12"), number("34", x=50.0), number("5", row=1)))
    words = words_of(Reading((confirmed(number("84", x=50.0), "94"),)))
    assert said(place_words(reading, words)) == [("12", None), ("34", "94"), ("5", None)]
    assert said(place_words(reading, ())) == [("12", None), ("34", None), ("5", None)]


def test_word_fits_a_box_that_another_model_found_a_little_beside() -> None:
    reading = Reading((number("12", x=2.0), number("34", x=50.0)))
    placed = place_words(reading, [Word((0.0, 1.0, 21.0, 20.0), "13")])
    ((first, _), _) = placed
    assert said(placed)[0] == ("12", "13")
    assert first.box == (0.0, 1.0, 21.0, 20.0)


def test_word_where_nothing_is_read_any_more_is_kept_in_its_place() -> None:
    reading = Reading((number("12"), number("5", row=1)))
    lost = Word((200.0, 0.0, 10.0, 20.0), "9", 0)
    assert said(place_words(reading, [lost])) == [("12", None), ("", "9"), ("5", None)]


def test_two_words_where_one_number_is_read_are_two() -> None:
    words = Word((0.0, 0.0, 20.0, 20.0), "12"), Word((20.0, 0.0, 20.0, 20.0), "34")
    placed = place_words(Reading((number("1234"),)), words)
    assert [text for _, text in said(placed)] == ["12", "34"]
    assert [each.box[0] for each, _ in placed] == [0.0, 20.0]


def test_word_takes_the_place_of_all_that_it_covers() -> None:
    reading = Reading((number("12"), number("34", x=20.0), number("5", x=60.0)))
    placed = place_words(reading, [Word((0.0, 0.0, 40.0, 20.0), "1234")])
    assert [text for _, text in said(placed)] == ["1234", None]


def test_the_later_of_two_words_counts() -> None:
    box = number("12").box
    placed = place_words(Reading((number("12"),)), [Word(box, "13"), Word(box, "14")])
    assert said(placed) == [("12", "14")]


def test_word_is_inside_where_its_middle_is() -> None:
    word = Word((10.0, 10.0, 20.0, 10.0), "7")
    assert is_inside(word, (0.0, 0.0, 25.0, 30.0))
    assert not is_inside(word, (0.0, 0.0, 19.0, 30.0))
    assert not is_inside(word, (0.0, 16.0, 50.0, 30.0))


def test_place_is_that_of_the_same_box_or_of_what_shares_most_of_it() -> None:
    numbers = (number("12"), number("345", 100.0), number("3", 100.0, row=1))
    assert place_of((100.0, 100.0, 10.0, 20.0), numbers) == 2
    assert place_of((104.0, 2.0, 30.0, 20.0), numbers) == 1
    assert place_of((40.0, 0.0, 30.0, 20.0), numbers) == -1
    assert place_of((0.0, 0.0, 1.0, 1.0), ()) == -1
