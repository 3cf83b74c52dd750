from collections.abc import Callable
from typing import Any

import numpy as np

from handwrite_gui.domain.ink import Ink
from handwrite_gui.reading.explaining.parts import StrokeChanges, Underway
from handwrite_gui.reading.explaining.strokes import MOST_STROKES, stroke_changes
from handwrite_gui.reading.reader import Reader

MakeInk = Callable[..., Ink]


def changes(reader: Reader, ink: Ink) -> StrokeChanges:
    digit = reader.read_one_digit(ink).first_digit
    assert digit is not None
    *underway, told = stroke_changes(reader, ink, digit.prediction)
    assert all(isinstance(each, Underway) for each in underway)
    assert isinstance(told, StrokeChanges)
    return told


def test_the_stroke_that_decides_is_found(sensing: Any, ink_of: MakeInk) -> None:
    # Only the middle one of three upright lines reaches the foot.
    ink = ink_of("0,0 0,40", "50,0 50,100", "100,0 100,40")
    reader = Reader(
        sensing(lambda image: 0.9 if np.ptp(np.flatnonzero(image.any(1))) > 15 else 0.07)
    )
    told = changes(reader, ink)
    assert told.most == 1
    assert told.sentence == "Without the 2nd stroke it would be 1 (93.0 %)."
    assert [(piece.number, piece.name) for piece in told.pieces] == [
        (1, "the 1st stroke"),
        (2, "the 2nd stroke"),
        (3, "the 3rd stroke"),
    ]
    assert told.pieces[1].piece is ink.strokes[1]


def test_where_no_stroke_decides_none_is_marked(sensing: Any, ink_of: MakeInk) -> None:
    told = changes(Reader(sensing(lambda image: 0.9)), ink_of("0,0 0,100", "50,0 50,100"))
    assert told.most is None
    assert told.sentence == "It would be 7 as surely without any one of its strokes."


def test_a_stroke_that_only_matters_is_named(sensing: Any, ink_of: MakeInk) -> None:
    reader = Reader(sensing(lambda image: 0.99 if image[:, 22].any() else 0.6))
    told = changes(reader, ink_of("0,0 0,100", "90,0 90,100"))
    assert told.most is not None
    assert "still 7 (60.0 %)" in told.sentence


def test_of_a_single_stroke_its_parts_are_left_out(sensing: Any, ink_of: MakeInk) -> None:
    reader = Reader(sensing(lambda image: 0.9 if np.ptp(np.flatnonzero(image.any(0))) > 8 else 0.2))
    told = changes(reader, ink_of("0,0 60,0 25,100"))
    assert [piece.name for piece in told.pieces] == [
        "the 1st of its 2 parts",
        "the 2nd of its 2 parts",
    ]
    assert told.most is not None


def test_of_very_many_strokes_the_longest_are_left_out(sensing: Any, ink_of: MakeInk) -> None:
    recogniser = sensing(lambda image: 0.9)
    lines = [f"{x},0 {x},{20 + x}" for x in range(0, 300, 10)]
    told = changes(Reader(recogniser), ink_of(*lines))
    assert [piece.number for piece in told.pieces] == list(range(31 - MOST_STROKES, 31))
    assert len(recogniser.asked) == MOST_STROKES + 1


def test_ink_is_read_between_one_stroke_and_the_next(sensing: Any, ink_of: MakeInk) -> None:
    recogniser = sensing(lambda image: 0.9)
    reader = Reader(recogniser)
    ink = ink_of(*(f"{x},0 {x},100" for x in range(0, 60, 10)))
    digit = reader.read_one_digit(ink).first_digit
    assert digit is not None
    recogniser.asked.clear()
    read = [len(recogniser.asked) for _ in stroke_changes(reader, ink, digit.prediction)]
    assert read == [1, 2, 3, 4, 5, 6, 6]


def test_without_its_bar_the_shipped_model_reads_another_digit(
    shipped: Reader, ink_of: MakeInk, arc: Callable[..., str]
) -> None:
    four = ink_of("10,0 4,60 58,58", "42,22 40,100")
    told = changes(shipped, four)
    assert told.most is not None
    assert all(piece.prediction.digit != 4 for piece in told.pieces)
    bowl = arc(-90, 130, (25.0, 68.0), 30.0, 32.0)
    five = ink_of(f"8,2 6,44 {bowl}", "8,2 54,0")
    assert shipped.read_one_digit(five).text == "5"
    assert changes(shipped, five).pieces[0].prediction.digit != 5


def test_seven_without_its_top_is_a_one(shipped: Reader, ink_of: MakeInk) -> None:
    told = changes(shipped, ink_of("0,0 60,0 25,100"))
    assert told.pieces[0].prediction.digit == 1


def test_rest_that_is_a_dot_is_no_digit(sensing: Any, ink_of: MakeInk) -> None:
    told = changes(Reader(sensing(lambda image: 0.9)), ink_of("0,0 0,100", "50,50 51,50"))
    assert told.most == 0
    assert told.pieces[0].prediction.digit is None
    assert told.sentence == "Without the 1st stroke it would be no digit (99.9 %)."
