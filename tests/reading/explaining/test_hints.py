from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.mending import turned
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.domain.reading import Box
from handwrite_gui.reading.explaining.hints import MOST_HINTS, SURE, hints
from handwrite_gui.reading.explaining.parts import Hint, HintKind, Hints, Underway
from handwrite_gui.reading.reader import Reader

MakeInk = Callable[..., Ink]
MakeArc = Callable[..., str]
PAPER = (0.0, 0.0, 600.0, 500.0)
SEVEN = "0,0 60,0 25,100"


def told(reader: Reader, ink: Ink, prediction: Prediction, paper: Box = PAPER) -> tuple[Hint, ...]:
    *underway, last = hints(reader, ink, prediction, paper)
    assert all(isinstance(each, Underway) for each in underway)
    assert isinstance(last, Hints)
    return last.hints


def found(reader: Reader, ink: Ink) -> tuple[Hint, ...]:
    digit = reader.read_one_digit(ink).first_digit
    assert digit is not None
    return told(reader, ink, digit.prediction)


def kinds(reader: Reader, ink: Ink) -> list[HintKind]:
    return [hint.kind for hint in found(reader, ink)]


def beside(left: Ink, right: Ink, gap: float) -> Ink:
    """Two inks side by side, the right one moved there."""
    by = left.box[0] + left.box[2] + gap - right.box[0], left.box[1] - right.box[1]
    moved = (Stroke.from_xy(stroke.xy + by) for stroke in right.strokes)
    return Ink((*left.strokes, *moved), 1, left.pen_width)


def test_dot(shipped: Reader, ink_of: MakeInk) -> None:
    (hint,) = found(shipped, ink_of("0,0 3,2"))
    assert hint.kind is HintKind.DOT
    assert "only a dot" in hint.sentence


def test_two_digits(shipped: Reader, ink_of: MakeInk) -> None:
    four = ink_of("40,0 0,66 62,64", "42,0 42,100")
    two = ink_of("4,22 12,6 26,0 44,4 52,14 46,48 0,100 60,98")
    hint, *_ = found(shipped, beside(four, two, 40.0))
    assert hint.kind is HintKind.TWO_DIGITS
    assert hint.sentence == "This looks like 4 and 2: write one digit at a time."


def test_two_digits_that_touch(shipped: Reader, ink_of: MakeInk) -> None:
    four, seven = ink_of("40,0 0,66 62,64", "42,0 42,100"), ink_of(SEVEN)
    hint, *_ = found(shipped, beside(four, seven, -4.0))
    assert hint.sentence.startswith("This looks like 4 and 7")


def test_three_digits(shipped: Reader, ink_of: MakeInk) -> None:
    seven = ink_of(SEVEN)
    hint, *_ = found(shipped, beside(beside(seven, seven, 30), seven, 30))
    assert "7, 7 and 7" in hint.sentence


def test_two_digits_that_look_like_one(shipped: Reader, sensing: Any, ink_of: MakeInk) -> None:
    one, seven = ink_of("10,0 0,100"), ink_of("0,0 100,4 40,200")
    pair = beside(one, seven, 80.0)
    prediction = Reader(sensing(lambda image: 0.97)).predict(ink_image(pair)[None])[0]
    (hint,) = told(shipped, pair, prediction)
    assert hint.sentence.startswith("This looks like 1 and 7")


def test_a_four_with_a_gap_is_one_digit(shipped: Reader, ink_of: MakeInk) -> None:
    four = ink_of("2,0 0,60", "10,0 8,100")
    sure = shipped.predict(ink_image(ink_of("40,0 0,66 62,64", "42,0 42,100"))[None])[0]
    assert told(shipped, four, sure) == ()


def test_most_pairs_are_found(shipped: Reader, written_digit: Callable[[int, int], Ink]) -> None:
    named = 0
    for seed in range(40):
        left, right = seed % 10, (seed * 7 + 3) % 10
        pair = beside(written_digit(left, seed), written_digit(right, seed + 100), 30.0)
        said = " ".join(hint.sentence for hint in found(shipped, pair))
        named += f"{left} and {right}" in said
    assert named >= 32


@pytest.mark.parametrize(
    ("edge", "x", "y"),
    [("left", -200, 0), ("upper", 0, -150), ("right", 340, 0), ("lower", 0, 250)],
)
def test_cut_off_at_an_edge(
    shipped: Reader, ink_of: MakeInk, edge: str, x: float, y: float
) -> None:
    sides = {
        "left": "0,0 0,40",
        "upper": "0,0 40,0",
        "right": "60,0 60,40",
        "lower": "0,100 40,100",
    }
    moved = [Stroke.from_xy(s.xy + np.array([x, y])) for s in ink_of(SEVEN, sides[edge]).strokes]
    cut = [hint for hint in found(shipped, Ink(tuple(moved), 1, 12.0)) if "edge" in hint.sentence]
    assert [hint.kind for hint in cut] == [HintKind.CUT_OFF]
    assert f"its {edge} edge" in cut[0].sentence


def test_edge_is_that_of_the_paper_that_is_seen(shipped: Reader, ink_of: MakeInk) -> None:
    seven = ink_of(SEVEN, "0,0 0,40")
    prediction = shipped.predict(ink_image(seven)[None])[0]
    left = seven.box[0]
    for paper, is_cut in (
        ((left, 0.0, 900.0, 900.0), True),
        ((left - 9, 0.0, 900.0, 900.0), False),
    ):
        said = [hint.kind for hint in told(shipped, seven, prediction, paper)]
        assert (HintKind.CUT_OFF in said) == is_cut


def test_one_point_at_an_edge_is_not_cut_off(shipped: Reader, ink_of: MakeInk) -> None:
    assert HintKind.CUT_OFF not in kinds(shipped, ink_of("-200,0 60,0 25,100"))


def test_too_small_for_its_pen(sensing: Any, ink_of: MakeInk) -> None:
    unsure, sure = Reader(sensing(lambda image: 0.6)), Reader(sensing(lambda image: 0.99))
    small = ink_of("0,0 15,0 8,30")
    hint = found(unsure, small)[0]
    assert hint.kind is HintKind.TOO_SMALL
    assert "2.5 times as large as the pen" in hint.sentence
    assert found(sure, small) == ()
    assert HintKind.TOO_SMALL not in kinds(unsure, ink_of("0,0 30,0 15,60"))
    assert HintKind.TOO_SMALL not in kinds(unsure, ink_of("0,0 15,0 8,30", pen_width=None))


def test_not_closed(shipped: Reader, ink_of: MakeInk, arc: MakeArc) -> None:
    def said(ink: Ink) -> list[str]:
        hints = found(shipped, ink)
        return [hint.sentence for hint in hints if hint.kind is HintKind.NOT_CLOSED]

    open_zero = ink_of(arc(-30, 250, (30.0, 50.0), 30.0, 50.0))
    (sentence,) = said(open_zero)
    assert "closed, it would be read as 0" in sentence
    open_nine = ink_of(arc(-30, -270, (28.0, 26.0), 24.0, 26.0), "52,5 52,40 48,100")
    (sentence,) = said(open_nine)
    assert "closed, it would be read as 9" in sentence
    assert found(shipped, ink_of(arc(-90, 270, (30.0, 50.0), 30.0, 50.0))) == ()


def test_not_closed_is_said_only_if_the_closed_ink_is_read(
    sensing: Any, ink_of: MakeInk, arc: MakeArc
) -> None:
    open_zero = ink_of(arc(-30, 250, (30.0, 50.0), 30.0, 50.0))
    assert HintKind.NOT_CLOSED not in kinds(Reader(sensing(lambda image: 0.6)), open_zero)


@pytest.mark.parametrize(
    ("degrees", "words"), [(90, "by a quarter to the left"), (-90, "by a quarter to the right")]
)
def test_lying_on_its_side(shipped: Reader, ink_of: MakeInk, degrees: float, words: str) -> None:
    four = ink_of("40,0 0,66 62,64", "42,0 42,100")
    hint = next(h for h in found(shipped, turned(four, degrees)) if h.kind is HintKind.TURNED)
    assert f"turned {words}, it would be read as 4" in hint.sentence


def test_leaning(shipped: Reader, ink_of: MakeInk) -> None:
    four = ink_of("40,0 0,66 62,64", "42,0 42,100")
    for degrees in range(30, 70, 5):
        leaning = turned(four, degrees)
        said = [h.sentence for h in found(shipped, leaning) if h.kind is HintKind.TURNED]
        if said:
            break
    assert "to the left, it would be read as 4" in said[0]
    reading = shipped.read_one_digit(leaning)
    assert not reading.numbers or reading.numbers[0].confidence < SURE


def test_no_digit_at_all(shipped: Reader) -> None:
    rng = np.random.default_rng(1)
    scribble = Ink((Stroke.from_xy(rng.uniform(100, 300, (25, 2))),), 1, 12.0)
    (hint,) = found(shipped, scribble)
    assert hint.kind is HintKind.NO_DIGIT
    assert "none of the ten digits; the nearest is" in hint.sentence


def test_ink_is_read_between_the_tries(sensing: Any, ink_of: MakeInk, arc: MakeArc) -> None:
    open_zero = ink_of(arc(-30, 250, (30.0, 50.0), 30.0, 50.0), "100,0 100,100")
    recogniser = sensing(lambda image: 0.6)
    reader = Reader(recogniser)
    digit = reader.read_ink(open_zero).first_digit
    assert digit is not None
    parts = hints(reader, open_zero, digit.prediction, PAPER)
    read = [len(recogniser.asked), *(len(recogniser.asked) for _ in parts)]
    assert max(np.diff(read)) == 1
    # One of the two digits, which is not sure, at least one gap, and four turns.
    assert read[-1] - read[0] >= 6


def test_hints_are_few(shipped: Reader) -> None:
    rng = np.random.default_rng(2)
    for _ in range(40):
        count = rng.integers(1, 4)
        strokes = [
            Stroke.from_xy(rng.uniform(0, 60, (6, 2)) + rng.uniform(0, 60, 2)) for _ in range(count)
        ]
        said = found(shipped, Ink(tuple(strokes), 1, 12.0))
        assert len(said) <= MOST_HINTS
        assert len({hint.kind for hint in said}) == len(said)


def test_well_read_digits_get_no_hints(
    shipped: Reader, written_digit: Callable[[int, int], Ink]
) -> None:
    well_read, hinted = 0, []
    for seed in range(100):
        ink = written_digit(seed % 10, seed)
        if shipped.read_one_digit(ink).text == str(seed % 10):
            well_read += 1
            hinted += found(shipped, ink)[:1]
    assert well_read > 90
    assert len(hinted) < 0.05 * well_read
