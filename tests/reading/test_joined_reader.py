"""Numbers that the cuts and the sequence network read together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.joined_reader import JoinedReader
from handwrite_gui.reading.strip_reader import StripReader
from handwrite_gui.recognition.sequences.sequence_recogniser import SequenceRecogniser

Says = Callable[..., SequenceRecogniser]
STILL = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def _cuts(digit: int) -> StripReader:
    """Takes every piece for this digit, though not surely."""
    chances = np.full(11, 0.02)
    chances[digit] = 0.8
    return StripReader(lambda images: [Prediction(chances) for _ in images])


def _strokes(*columns: int) -> Strip:
    """Upright strokes, each 30 px high."""
    ink = np.zeros((60, 120), np.float32)
    for x in columns:
        ink[15:45, x : x + 4] = 1.0
    return Strip(ink, STILL, row=3)


def test_without_a_network_the_cuts_read_alone() -> None:
    strips = [_strokes(20, 40)]
    (alone,) = _cuts(1).read(strips)
    (joined,) = JoinedReader(_cuts(1), lambda: None).read(strips)
    assert alone is not None
    assert joined is not None
    assert (joined.text, joined.confidence) == (alone.text, alone.confidence)


def test_where_both_agree_digits_stand_where_they_were_cut(says: Says) -> None:
    reader = JoinedReader(_cuts(1), lambda: says("1", "1"))
    (number,) = reader.read([_strokes(20, 40)])
    assert number is not None
    assert number.text == "11"
    assert number.row == 3
    lefts = [digit.box[0] for digit in number.digits]
    assert lefts == pytest.approx([20, 40], abs=3)


def test_what_only_the_network_sees_is_cut_out_by_its_place(says: Says) -> None:
    """Of one row that nothing was found in but its paper."""
    reader = JoinedReader(_cuts(1), lambda: says("7", "-", "4"))
    number = reader.read_row(_strokes(4, 40))
    assert number is not None
    assert number.text == "7-4"
    assert [digit.digit for digit in number.digits] == [7, 4]
    assert all(digit.image.shape == (28, 28) for digit in number.digits)
    (x, y, _, height) = number.digits[0].box
    assert (x, y, height) == pytest.approx((4, 15, 30), abs=2)


def test_rows_need_the_network() -> None:
    reader = JoinedReader(_cuts(1), lambda: None)
    assert not reader.reads_rows()
    assert reader.read_row(_strokes(4)) is None


def test_alternatives_are_whole_and_digits_share_the_doubt(says: Says) -> None:
    reader = JoinedReader(_cuts(1), lambda: says("4|9", ".", "7"))
    number = reader.read_row(_strokes(4, 40))
    assert number is not None
    assert number.text == "4.7"
    assert [each.text for each in number.alternatives][:1] == ["9.7"]
    doubt = 1.0 - number.confidence
    assert 0.02 < number.alternatives[0].probability <= doubt < 0.3
    first = number.digits[0].prediction.probabilities
    assert first[4] > 1.0 - doubt - 0.01
    assert first[9] == pytest.approx(doubt, abs=0.02)


def test_a_strip_without_digits_is_no_number(says: Says) -> None:
    reader = JoinedReader(_cuts(10), lambda: says("-"))
    assert reader.read_row(_strokes(4)) is None


def test_digits_far_apart_are_parted_by_a_blank(says: Says) -> None:
    ink = np.zeros((60, 300), np.float32)
    for x in (10, 40, 70, 200, 230):
        ink[15:45, x : x + 4] = 1.0
    reader = JoinedReader(_cuts(1), lambda: says("1", "1", "1", "1", "1"))
    (number,) = reader.read([Strip(ink, STILL)])
    assert number is not None
    assert number.text == "111 11"
