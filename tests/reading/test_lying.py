"""Lying pages: many short doubtful Numbers are read again, turned to either side."""

from collections.abc import Generator

import numpy as np
import pytest

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.reading.lying import how_it_lies, may_lie, sure_length

BOX = (0.0, 0.0, 1.0, 1.0)
PAGE = Picture(np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3), "a.png")


def read(*numbers: tuple[str, float]) -> Reading:
    chances = Prediction(np.full(11, 1 / 11))
    digit = Digit(BOX, np.ones((28, 28), np.float32), chances)
    return Reading(tuple(Number(text, sure, BOX, (digit,) * len(text)) for text, sure in numbers))


SHORT = read(("0", 0.9), ("00", 0.6), ("7", 0.3), ("1", 0.995))
LONG = read(("20471", 0.9), ("12", 0.9))


class Reader:
    """Reads a page as it was told, by its first pixel."""

    def __init__(self, **readings: Reading) -> None:
        self._readings = readings
        self.read: list[str] = []

    def picture_slices(self, picture: Picture) -> Generator[None, None, Reading]:
        right = np.rot90(PAGE.pixels, -1)
        side = "right" if (picture.pixels == right).all() else "left"
        assert picture.pixels.shape == right.shape
        self.read.append(side)
        yield None
        yield None
        return self._readings.get(side, SHORT)


def test_only_many_short_and_doubtful_numbers_are_looked_at_again() -> None:
    assert may_lie(SHORT)
    assert not may_lie(Reading())
    assert not may_lie(read(("0", 0.9), ("00", 0.6)))
    assert not may_lie(read(("0", 0.999), ("00", 0.999), ("7", 0.3)))
    assert not may_lie(read(("20471", 0.9), ("20471", 0.8), ("1", 0.3)))


def test_long_sure_numbers_count_more() -> None:
    assert sure_length(read(("1", 1.0), ("1", 1.0))) == 1.0
    assert sure_length(read(("111", 0.5))) == 1.5
    assert sure_length(read(("111", 1.0), ("1", 1.0))) == pytest.approx(10 / 4)
    assert sure_length(Reading()) == 0.0


@pytest.mark.parametrize(("side", "quarters"), [("right", 1), ("left", -1)])
def test_page_that_reads_far_better_turned_is_to_be_turned_so(side: str, quarters: int) -> None:
    reader = Reader(**{side: LONG})
    told = list(how_it_lies(PAGE, SHORT)(reader))  # type: ignore[arg-type]
    assert told == [0, 0, 0, 0, quarters]
    assert reader.read == ["right", "left"]


def test_better_of_two_sides_counts() -> None:
    upside_down = read(("711", 0.9), ("22", 0.9))
    reader = Reader(left=LONG, right=upside_down)
    *_, way = how_it_lies(PAGE, SHORT)(reader)  # type: ignore[arg-type]
    assert way == -1


def test_page_that_reads_little_better_stays() -> None:
    reader = Reader(left=read(("00", 0.9), ("1", 0.9)))
    assert list(how_it_lies(PAGE, SHORT)(reader)) == [0, 0, 0, 0]  # type: ignore[arg-type]


def test_page_of_letters_that_reads_badly_either_way_stays() -> None:
    letters = read(("00", 0.05), ("1", 0.1), ("07", 0.04))
    turned = read(("01", 0.4), ("0", 0.3), ("1", 0.5))
    assert sure_length(turned) > 2 * sure_length(letters)
    reader = Reader(left=turned, right=turned)
    assert not any(how_it_lies(PAGE, letters)(reader))  # type: ignore[arg-type]
