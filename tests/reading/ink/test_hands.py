"""Forms that some hands write, which were read wrong once, by the shipped model."""

from collections.abc import Sequence

import numpy as np
import pytest

from handwrite_gui import paths
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.reading.reader import Reader

Lines = Sequence[Sequence[tuple[float, float]]]
TWO = [[(0, 20), (20, 0), (45, 5), (50, 30), (25, 65), (0, 98), (30, 96), (60, 98)]]
SEVEN = [[(0, 0), (30, 2), (60, 0), (45, 40), (25, 100)]]
FOUR = [[(30, 0), (15, 30), (0, 60), (30, 62), (60, 60)], [(45, 20), (44, 60), (42, 100)]]
FIVE = [[(5, 0), (3, 40), (30, 38), (50, 60), (40, 90), (0, 98)], [(5, 0), (55, -2)]]


def ring(x: float, y: float, across: float, high: float) -> list[tuple[float, float]]:
    turns = np.radians(np.linspace(-90, -440, 24))
    return [(x + across * np.cos(turn), y + high * np.sin(turn)) for turn in turns]


def boxed(lines: Lines, left: float, right: float, top: float, bottom: float) -> list[Stroke]:
    """Lines stretched to a box."""
    points = np.concatenate([np.array(line, float) for line in lines])
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.array([right - left, bottom - top])
    return [
        Stroke.from_xy((np.array(line, float) - low) / (high - low) * size + (left, top))
        for line in lines
    ]


@pytest.fixture(scope="module")
def reader() -> Reader:
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    return Reader(load_recogniser(paths.default_model(), one_thread=True))


def read(reader: Reader, *digits: list[Stroke]) -> str:
    reading = reader.read_ink(Ink(tuple(stroke for digit in digits for stroke in digit), 1, 6.0))
    assert not reading.refused
    return reading.text


def test_ones_close_together_are_no_scribble(reader: Reader) -> None:
    one = [[(0, 25), (25, 0), (15, 50), (10, 100)]]
    ones = [boxed(one, left, left + 25, 0, 100) for left in (60, 77, 94)]
    text = read(reader, boxed(FIVE, 0, 55, -2, 98), *ones, boxed(TWO, 126, 186, 0, 98))
    assert text == "51112"


def test_small_0_is_no_comma(reader: Reader) -> None:
    zeros = [boxed([ring(0, 0, 1, 1)], left, left + 28, 60, 100) for left in (75, 115)]
    assert read(reader, boxed(TWO, 0, 60, 0, 98), *zeros, boxed(TWO, 165, 225, 0, 98)) == "2002"


def test_8_of_two_rings_stands_in_its_row(reader: Reader) -> None:
    eight = [Stroke.from_xy(np.array(ring(25, y, 22, 24))) for y in (24, 77)]
    rest = [boxed(FOUR, 75, 135, 0, 100), boxed(SEVEN, 150, 210, 0, 100)]
    assert read(reader, eight, *rest, boxed(TWO, 230, 290, 0, 98)) == "8472"


@pytest.mark.parametrize("gap", [3, 7])
def test_8_of_two_rings_alone_is_one_digit(reader: Reader, gap: int) -> None:
    assert (
        read(reader, [Stroke.from_xy(np.array(ring(25, y, 22, 24))) for y in (24, 72 + gap)]) == "8"
    )


@pytest.mark.parametrize("top", [45, 55, 65])
def test_open_4_of_two_strokes_alone_is_one_digit(reader: Reader, top: int) -> None:
    hook, line = [(24, 0), (10, 40), (4, 66), (20, 66), (36, 62)], [(48, top), (47, 80), (45, 104)]
    assert read(reader, [Stroke.from_xy(np.array(each, float)) for each in (hook, line)]) == "4"


def test_9_that_begins_above_smaller_digits_stands_in_their_row(reader: Reader) -> None:
    nine = [[*ring(22, -91, 22, 25)], [(45, -81), (43, -40), (38, 0)]]
    text = read(
        reader, boxed(nine, 0, 45, -116, 0), boxed(TWO, 76, 110, -77, 0),
        boxed(SEVEN, 126, 170, -119, 0), boxed(TWO, 183, 224, -66, 0),
        boxed(TWO, 252, 306, -100, 0),
    )  # fmt: skip
    assert text == "92722"


def test_4_whose_strokes_do_not_touch_stands_in_its_row(reader: Reader) -> None:
    four = [[(80, -128), (66, -60), (86, -55)], [(107, -100), (100, -50), (96, 0)]]
    text = read(
        reader, boxed(TWO, 0, 33, -84, 0), boxed(four, 66, 107, -128, 0),
        boxed(TWO, 118, 150, -97, 0), boxed(TWO, 172, 221, -108, 0),
        boxed(SEVEN, 234, 304, -73, 0),
    )  # fmt: skip
    assert text == "24227"


def test_small_row_between_large_ones_stays_a_row(reader: Reader) -> None:
    text = read(
        reader, boxed(SEVEN, 0, 60, 0, 100), boxed(TWO, 75, 135, 0, 100),
        boxed(FOUR, 0, 50, 125, 190), boxed(SEVEN, 60, 100, 125, 190),
        boxed(TWO, 0, 60, 210, 310), boxed(SEVEN, 75, 135, 210, 310),
    )  # fmt: skip
    assert text == "72\n47\n27"
