import numpy as np

from handwrite_gui.domain.joining import joined
from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal


def number(text: str, x: float, y: float, row: int) -> Number:
    """A Number whose digits are 10 wide and 20 high."""
    chances = Prediction(np.full(CLASSES, 1 / CLASSES))
    digits = tuple(
        Digit((x + 10 * place, y, 10, 20), np.zeros((28, 28), np.float32), chances)
        for place in range(len(text))
    )
    return Number(text, 0.9, (x, y, 10.0 * len(text), 20.0), digits, row=row)


#: Two rows of two, the second of which falls a little.
WHOLE = Reading(
    (
        number("11", 0, 0, 0),
        number("12", 100, 4, 0),
        number("21", 0, 60, 1),
        number("22", 100, 66, 1),
    )
)


def test_what_was_read_of_a_box_takes_the_place_of_what_lies_in_it() -> None:
    box = (90.0, 0.0, 60.0, 30.0)
    now = joined(WHOLE, Reading((number("78", 101, 3, 0),)), box)
    assert now.text == "11\t78\n21\t22"
    assert [each.row for each in now.numbers] == [0, 0, 1, 1]


def test_what_was_missed_before_stands_in_its_row() -> None:
    read = Reading((number("13", 200, 7, 0), number("23", 200, 70, 1)))
    assert joined(WHOLE, read, (190.0, 0.0, 60.0, 100.0)).text == "11\t12\t13\n21\t22\t23"


def test_a_row_that_was_missed_comes_between_those_around_it() -> None:
    read = Reading((number("5", 0, 30, 0), number("6", 20, 31, 0)))
    assert joined(WHOLE, read, (0.0, 24.0, 60.0, 32.0)).text == "11\t12\n5\t6\n21\t22"
    read = Reading((number("0", 0, -60, 0), number("1", 0, -30, 1)))
    assert joined(WHOLE, read, (0.0, -70.0, 60.0, 70.0)).text == "0\n1\n11\t12\n21\t22"


def test_a_number_that_the_box_cuts_is_not_there_twice() -> None:
    whole = Reading((number("123456", 0, 0, 0),))
    read = Reading((number("56", 40, 0, 0),))
    assert joined(whole, read, (40.0, 0.0, 40.0, 30.0)).text == "123456"
    read = Reading((number("3456", 20, 0, 0),))
    assert joined(whole, read, (20.0, 0.0, 60.0, 30.0)).text == "3456"


def test_a_box_that_holds_nothing_takes_nothing() -> None:
    assert joined(WHOLE, Reading(refusal=Refusal.BLANK), (0.0, 0.0, 500.0, 500.0)) is WHOLE


def test_a_page_of_which_nothing_was_read_has_what_the_box_has() -> None:
    read = Reading((number("7", 0, 0, 0),))
    now = joined(Reading(refusal=Refusal.BLANK), read, (0.0, 0.0, 50.0, 50.0))
    assert (now.text, now.refusal) == ("7", None)
