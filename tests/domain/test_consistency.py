"""Consistency: what is said of a Number, of its digits and of other texts contradicts nothing."""

import numpy as np
import pytest

from handwrite_gui.domain.consistency import consistent
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Alternative, Digit, Number

BOX = (0.0, 0.0, 10.0, 10.0)


def digit(likely: dict[int, float]) -> Digit:
    chances = np.full(11, (1 - sum(likely.values())) / (11 - len(likely)))
    for kind, chance in likely.items():
        chances[kind] = chance
    return Digit(BOX, np.ones((28, 28), np.float32), Prediction(chances))


def chances(number: Number, nth: int) -> np.ndarray:
    return number.digits[nth].prediction.probabilities


def test_no_digit_is_less_likely_than_the_whole_number() -> None:
    number = Number("17", 0.992, BOX, (digit({1: 0.896, 9: 0.1}), digit({7: 0.998})))
    now = consistent(number)
    assert chances(now, 0)[1] == pytest.approx(0.992)
    assert chances(now, 0).sum() == pytest.approx(1.0)
    assert chances(now, 0)[9] / chances(now, 0)[NO_DIGIT] == pytest.approx(
        chances(number, 0)[9] / chances(number, 0)[NO_DIGIT]
    )
    assert chances(number, 1)[7] < chances(now, 1)[7] < 1.0
    assert (now.text, now.confidence) == ("17", 0.992)


def test_digits_keep_the_order_in_which_they_are_doubtful() -> None:
    number = Number("471", 0.9, BOX, (digit({4: 0.8}), digit({7: 0.6}), digit({1: 0.85})))
    now = consistent(number)
    likely = [chances(now, nth)[figure] for nth, figure in enumerate(now.figures)]
    assert likely[1] == pytest.approx(0.9)
    assert likely[1] < likely[0] < likely[2]


@pytest.mark.parametrize("likely", [0.999, 0.6, 1.0])
def test_digit_alone_is_just_as_likely_as_its_number(likely: float) -> None:
    now = consistent(Number("7", 0.98, BOX, (digit({7: likely}),)))
    assert chances(now, 0)[7] == pytest.approx(0.98)
    assert chances(now, 0).sum() == pytest.approx(1.0)


def test_number_and_all_that_it_might_be_are_no_likelier_than_certain() -> None:
    others = Alternative("18", 0.4), Alternative("77", 0.2)
    digits = digit({1: 0.999}), digit({7: 0.999})
    now = consistent(Number("17", 0.6, BOX, digits, others))
    assert [each.text for each in now.alternatives] == ["18", "77"]
    assert [each.probability for each in now.alternatives] == pytest.approx([0.4 / 1.5, 0.2 / 1.5])
    few = consistent(Number("17", 0.6, BOX, digits, others[1:]))
    assert few.alternatives == others[1:]


def test_what_is_consistent_stays_as_it_is() -> None:
    number = Number("17", 0.9, BOX, (digit({1: 0.95}), digit({7: 0.99})))
    now = consistent(number)
    assert all(a.prediction is b.prediction for a, b in zip(now.digits, number.digits, strict=True))
