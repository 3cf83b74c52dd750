"""Strips that are read by their marks and by the sequence network, where both agree."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Number
from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.plain_reader import PlainReader
from handwrite_gui.reading.strips.plain_marks import find_plain_marks
from handwrite_gui.recognition.sequences.alphabet import ALPHABET, BLANK
from handwrite_gui.recognition.sequences.sequence_recogniser import SequenceRecogniser

Says = Callable[..., SequenceRecogniser]
STILL = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
HEIGHT, NO_DIGIT = 30, 10


def _strip(*spans: tuple[int, int]) -> Strip:
    """Marks from one column to another, each 30 px high."""
    ink = np.zeros((60, 200), np.float32)
    for left, right in spans:
        ink[15 : 15 + HEIGHT, left:right] = 1.0
    return Strip(ink, STILL, row=3)


def _read(
    strip: Strip, network: SequenceRecogniser | None, *marks: tuple[int, float]
) -> Number | None:
    """Read a strip whose marks are taken for these classes, so surely."""

    def predict(images: NDArray[np.float32]) -> list[Prediction]:
        said = []
        for label, sure in marks[: len(images)]:
            chances = np.full(11, (1.0 - sure) / 10)
            chances[label] = sure
            said.append(Prediction(chances))
        return said

    (number,) = PlainReader(predict, lambda: network).read([strip])
    return number


def test_what_marks_and_network_agree_on_is_read(says: Says) -> None:
    number = _read(_strip((20, 34), (50, 64)), says("4|9", "7"), (4, 0.95), (7, 0.99))
    assert number is not None
    assert (number.text, number.row) == ("47", 3)
    assert [digit.box for digit in number.digits] == [(20, 15, 14, 30), (50, 15, 14, 30)]
    assert number.box == (20, 15, 44, 30)
    doubts = [1.0 - digit.prediction.confidence for digit in number.digits]
    assert doubts == pytest.approx([1.0 - number.confidence, (1.0 - number.confidence) / 5])


def test_where_they_do_not_agree_nothing_is_read(says: Says) -> None:
    strip = _strip((20, 34), (50, 64))
    assert _read(strip, says("9", "7"), (4, 0.95), (7, 0.99)) is None
    assert _read(strip, says("4"), (4, 0.95), (7, 0.99)) is None
    assert _read(strip, says("4", ".", "7"), (4, 0.95), (7, 0.99)) is None


def test_a_doubtful_mark_takes_what_a_sure_network_says(says: Says) -> None:
    strip = _strip((20, 34), (50, 64))
    number = _read(strip, says("4", "7"), (4, 0.95), (1, 0.5))
    assert number is not None
    assert number.text == "47"
    leaning = says("4", "7|1")
    assert _read(strip, leaning, (4, 0.95), (1, 0.5)) is None
    (logs,) = leaning.predict([strip.ink_map])
    logs[4, [7, 1]] = np.log([0.9, 0.1])
    assert _read(strip, leaning, (4, 0.95), (1, 0.5)) is not None, "all looks agree"
    plain = _read(strip, says("4", "7"), (4, 0.95), (7, 0.95))
    assert plain is not None
    assert number.confidence < plain.confidence


def test_a_wide_mark_is_parted_where_the_network_sees_its_digits(says: Says) -> None:
    # Of the network's six steps of 4 px the digits are in the second and the fifth, 8 px later.
    network = says("4", "7")
    number = _read(_strip((0, 40)), network, (NO_DIGIT, 0.9))
    assert number is not None
    assert number.text == "47"
    (left, _, width, _), (right, _, _, _) = (digit.box for digit in number.digits)
    assert (left, left + width) == (0, right)
    assert 0 < right < 40
    assert all(digit.image.shape == (28, 28) for digit in number.digits)


def test_a_wide_mark_may_be_one_digit_that_the_model_is_sure_of(says: Says) -> None:
    strip = _strip((20, 34), (50, 88))
    one = _read(strip, says("4", "7"), (4, 0.95), (7, 0.99))
    two = _read(strip, says("4", "7", "1"), (4, 0.95), (7, 0.99))
    assert one is not None
    assert two is not None
    assert (one.text, two.text) == ("47", "471")


def test_a_narrow_mark_that_is_no_digit_is_looked_at_closer(says: Says) -> None:
    assert _read(_strip((20, 34), (50, 64)), says("4", "7"), (4, 0.95), (NO_DIGIT, 0.9)) is None


def test_a_sign_without_a_mark_of_its_own_is_not_there(says: Says) -> None:
    certain, torn = says("4", "7"), says("4", ".", "7")
    (logs,) = torn.predict([np.zeros((60, 200))])
    logs[4, [ALPHABET.index("."), BLANK]] = np.log([0.55, 0.45])
    marks = (4, 0.95), (7, 0.95)
    number = _read(_strip((20, 34), (50, 64)), torn, *marks)
    plain = _read(_strip((20, 34), (50, 64)), certain, *marks)
    assert number is not None
    assert plain is not None
    assert number.text == plain.text == "47"
    assert number.confidence < plain.confidence
    in_pieces = _strip((20, 34), (50, 64))
    in_pieces.ink_map[36:40, 50:64] = 0.0  # the lower one may be a point
    assert _read(in_pieces, torn, *marks) is None
    assert _read(in_pieces, certain, *marks) is not None


def test_a_low_mark_is_not_read_surely(says: Says) -> None:
    strip = _strip((20, 34), (80, 94), (120, 134))
    strip.ink_map[15:35, 50:54] = 0.0
    strip.ink_map[35:45, 50:54] = 1.0  # a comma
    marks = (4, 0.95), (1, 0.95), (7, 0.99), (8, 0.99)
    assert _read(strip, says("4", "7", "8"), *marks) is None


def test_alternatives_are_whole_and_digits_far_apart_are_parted_by_a_blank(says: Says) -> None:
    strip = _strip((10, 24), (30, 44), (50, 64), (150, 164))
    network = says("1", "2", "3|8", "4")
    number = _read(strip, network, (1, 0.99), (2, 0.99), (3, 0.90), (4, 0.99))
    assert number is not None
    assert number.text == "123 4"
    first = number.alternatives[0]
    assert first.text[:2] + first.text[3:] == "12 4"
    assert sum(each.probability for each in number.alternatives) <= 1.0 - number.confidence + 1e-9


def test_without_a_network_nothing_is_plain() -> None:
    assert _read(_strip((20, 34)), None, (4, 0.99)) is None


def test_a_strip_without_ink_is_not_read(says: Says) -> None:
    assert _read(_strip(), says("4")) is None


def test_pieces_one_above_the_other_are_one_mark() -> None:
    ink = np.zeros((60, 100), np.float32)
    ink[25:45, 20:34] = 1.0
    ink[15:19, 22:40] = 1.0  # the bar of a 5
    ink[15:45, 60:70] = 1.0
    ink[50, 80] = 1.0  # a speck
    boxes = [mark.box for mark in find_plain_marks(ink)]
    assert boxes == [(20, 15, 40, 45), (60, 15, 70, 45)]


def test_a_texture_has_no_marks() -> None:
    ink = np.zeros((60, 900), np.float32)
    ink[20:40, 2::8] = 1.0
    assert find_plain_marks(ink[:, :700])
    assert not find_plain_marks(ink)
