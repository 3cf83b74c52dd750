"""Ink as whole Numbers, read by the shipped model."""

from collections.abc import Sequence

import numpy as np
import pytest

from handwrite_gui import paths
from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.reading.reader import Reader

SEVEN = [[(0, 0), (30, 2), (60, 0), (45, 40), (25, 100)]]
FOUR = [[(30, 0), (15, 30), (0, 60), (30, 62), (60, 60)], [(45, 20), (44, 60), (42, 100)]]
ONE = [[(10, 0), (9, 50), (8, 100)]]
FIVE = [[(5, 0), (3, 40), (30, 38), (50, 60), (40, 90), (0, 98)], [(5, 0), (55, -2)]]
TWO = [[(0, 20), (20, 0), (45, 5), (50, 30), (25, 65), (0, 98), (30, 96), (60, 98)]]
Points = Sequence[Sequence[tuple[float, float]]]


@pytest.fixture(scope="module")
def shipped() -> Reader:
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    return Reader(load_recogniser(paths.default_model(), one_thread=True))


@pytest.fixture
def reader(shipped: Reader) -> Reader:
    return Reader(shipped._recogniser)


def placed(digit: Points, x: float, y: float = 0.0) -> list[Stroke]:
    return [Stroke.from_xy(np.array(line, float) + np.array([x, y])) for line in digit]


def ink_of(*digits: list[Stroke], pen: float = 6.0) -> Ink:
    return Ink(tuple(stroke for digit in digits for stroke in digit), 1, pen)


def texts(reading: Reading) -> list[tuple[int, str]]:
    return [(number.row, number.text) for number in reading.numbers]


def test_digits_side_by_side_are_one_number_with_their_strokes(reader: Reader) -> None:
    ink = ink_of(placed(FOUR, 0), placed(SEVEN, 75), placed(FIVE, 150), placed(TWO, 225))
    (number,) = reader.read_ink(ink).numbers
    assert number.text == "4752"
    assert [digit.strokes for digit in number.digits] == [(0, 1), (2,), (3, 4), (5,)]
    assert number.box == ink.box
    assert 0.5 < number.confidence <= 1.0
    chances = [each.probability for each in number.alternatives]
    assert chances == sorted(chances, reverse=True)
    assert number.text not in [each.text for each in number.alternatives]
    assert sum(chances) + number.confidence <= 1.0 + 1e-6


def test_bar_that_comes_late_belongs_to_its_digit(reader: Reader) -> None:
    five, seven, two = placed(FIVE, 0), placed(SEVEN, 75), placed(TWO, 150)
    ink = Ink((five[0], *seven, *two, five[1]), 1, 6.0)
    (number,) = reader.read_ink(ink).numbers
    assert number.text == "572"
    assert number.digits[0].strokes == (0, 3)


def test_rows_and_wide_gaps_part_numbers(reader: Reader) -> None:
    ink = ink_of(
        placed(TWO, 0, 300), placed(SEVEN, 75, 300),
        placed(FOUR, 0), placed(TWO, 300), placed(SEVEN, 375),
    )  # fmt: skip
    reading = reader.read_ink(ink)
    assert texts(reading) == [(0, "4"), (0, "27"), (1, "27")]
    assert reading.text == "4\t27\n27"


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ([[(0, 97), (3, 98)]], "4.7"),
        ([[(6, 92), (3, 105), (-4, 118)]], "4,7"),
        ([[(0, 50), (22, 51), (45, 50)]], "4-7"),
        ([[(60, -15), (30, 50), (0, 115)]], "4/7"),
    ],
    ids=["point", "comma", "dash", "slash"],
)
def test_signs_are_in_the_text_and_are_no_digits(reader: Reader, sign: Points, text: str) -> None:
    wide = max(x for x, _ in sign[0])
    ink = ink_of(placed(FOUR, 0), placed(sign, 80), placed(SEVEN, 100 + wide))
    (number,) = reader.read_ink(ink).numbers
    assert number.text == text
    assert [digit.digit for digit in number.digits] == [4, 7]
    assert [mark.strokes for mark in number.marks.values()] == [(0, 1), (2,), (3,)]
    said = Ink(ink.strokes, 2, 6.0, (Correction(ink.strokes[2:3], 1),))
    (number,) = reader.read_ink(said).numbers
    assert (number.text, number.signs) == ("417", ())


@pytest.mark.parametrize("digit", [FOUR, FIVE, SEVEN, ONE], ids="4571")
def test_one_digit_reads_as_it_does_alone(reader: Reader, digit: Points) -> None:
    ink = ink_of(placed(digit, 10, 20))
    alone, (number,) = reader.read_one_digit(ink).numbers[0], reader.read_ink(ink).numbers
    assert number.text == alone.text
    np.testing.assert_array_equal(number.digits[0].image, alone.digits[0].image)
    assert number.confidence == pytest.approx(alone.confidence, abs=0.02)


def test_what_a_person_said_is_a_digit_by_itself_and_certain(reader: Reader) -> None:
    four, two = placed(FOUR, 0), placed(TWO, 75)
    ink = Ink((*four, *two), 2, 6.0, (Correction(tuple(four), 9),))
    (number,) = reader.read_ink(ink).numbers
    assert number.text == "92"
    assert number.digits[0].said == 9
    assert number.digits[0].strokes == (0, 1)
    assert all(each.text.startswith("9") for each in number.alternatives)
    assert not number.is_confirmed
    all_said = Ink(ink.strokes, 2, 6.0, (*ink.corrections, Correction(tuple(two), 2)))
    (number,) = reader.read_ink(all_said).numbers
    assert (number.text, number.confidence, number.is_confirmed) == ("92", 1.0, True)


def test_dot_and_scribble_are_refused(reader: Reader) -> None:
    dot = reader.read_ink(Ink((Stroke.from_xy(np.array([[5.0, 5.0]])),), 1, 6.0))
    assert dot.refusal is Refusal.DOT
    rng = np.random.default_rng(0)
    scribble = Ink((Stroke.from_xy(rng.uniform(0, 100, (60, 2))),), 1, 6.0)
    reading = reader.read_ink(scribble)
    assert reading.refusal is Refusal.NO_DIGIT
    assert len(reading.refused) == 1


class Counting:
    """Says 3 of everything, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def predict(self, images: np.ndarray) -> np.ndarray:
        self.asked += len(images)
        return np.tile(np.eye(11, dtype=np.float32)[3], (len(images), 1))


def test_only_what_has_changed_is_looked_at_again() -> None:
    recogniser = Counting()
    reader = Reader(recogniser)
    strokes = [
        stroke
        for row in range(5)
        for column in range(10)
        for stroke in placed(TWO, 75.0 * column, 150.0 * row)
    ]
    reader.read_ink(Ink(tuple(strokes), 1, 6.0))
    recogniser.asked = 0
    first = reader.read_ink(Ink((*strokes, *placed(TWO, 750)), 2, 6.0))
    assert 1 <= recogniser.asked <= 4
    recogniser.asked = 0
    again = reader.read_ink(Ink((*strokes, *placed(TWO, 750)), 3, 6.0))
    assert texts(again) == texts(first)
    assert recogniser.asked <= 4
    recogniser.asked = 0
    reader.read_ink(Ink(tuple(strokes), 4, 6.0))
    assert recogniser.asked == 0


def test_what_is_drawn_all_over_takes_few_looks() -> None:
    recogniser = Counting()
    rng = np.random.default_rng(2)
    lines = [Stroke.from_xy(rng.uniform(0, 300, 2) + rng.normal(0, 20, (8, 2))) for _ in range(400)]
    Reader(recogniser).read_ink(Ink(tuple(lines), 1, 6.0))
    assert recogniser.asked < 3 * len(lines)


def test_images_kept_are_no_part_of_larger_arrays() -> None:
    rng = np.random.default_rng(0)
    reader = Reader(Counting())
    digits = [placed(TWO, 75.0 * column, rng.uniform(0, 5)) for column in range(8)]
    first = reader.read_ink(ink_of(*digits))
    again = reader.read_ink(ink_of(*digits[:4], *digits[5:]))
    read = [digit for each in (first, again) for one in each.numbers for digit in one.digits]
    assert len(read) > 4
    assert all(digit.image.base is None for digit in read)


def test_nothing_of_the_reading_before_is_taken_for_what_came_after_a_failure() -> None:
    class Failing(Counting):
        fails = False

        def predict(self, images: np.ndarray) -> np.ndarray:
            if self.fails:
                raise MemoryError
            return super().predict(images)

    reader = Reader(recogniser := Failing())
    # So many strokes that ids are used again.
    ink = ink_of(*(placed(ONE, 0, 300.0 * row) for row in range(30)))
    reader.read_ink(ink)
    gone = {id(stroke): at for at, stroke in enumerate(ink.strokes)}
    recogniser.fails = True
    with pytest.raises(MemoryError):
        reader.read_ink(ink_of(placed(TWO, 0)))
    recogniser.fails = False
    del ink
    made = [placed(ONE, 500, 300.0 * row)[0] for row in range(300)]
    places = {gone[id(stroke)]: stroke for stroke in made if id(stroke) in gone}
    if not places:
        pytest.skip("no identity of an old stroke was used again")
    others = iter(stroke for stroke in made if id(stroke) not in gone)
    strokes = tuple(places.get(at) or next(others) for at in range(max(places) + 1))
    numbers = reader.read_ink(Ink(strokes, 2, 6.0)).numbers
    assert {number.box[0] for number in numbers} == {508.0}
