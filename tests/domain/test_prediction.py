import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT, Prediction, percent


def probabilities(**chances: float) -> NDArray[np.float32]:
    """Eleven probabilities: `d3=0.7` for a 3, `none=0.2`; the rest is shared by the others."""
    named = {NO_DIGIT if name == "none" else int(name[1:]): p for name, p in chances.items()}
    values = np.full(11, (1 - sum(named.values())) / (11 - len(named)), np.float32)
    for index, chance in named.items():
        values[index] = chance
    return values


def test_likeliest_digit_is_read() -> None:
    prediction = Prediction(probabilities(d3=0.7, d8=0.2))
    assert prediction.digit == 3
    assert prediction.confidence == pytest.approx(0.7)
    assert prediction.ranked()[:2] == [3, 8]
    assert sorted(prediction.ranked()) == list(range(11))


def test_no_digit_is_read_as_none() -> None:
    prediction = Prediction(probabilities(d3=0.3, none=0.6))
    assert prediction.digit is None
    assert prediction.best_of_ten == 3
    assert prediction.confidence == prediction.no_digit == pytest.approx(0.6)
    assert prediction.ranked()[:2] == [NO_DIGIT, 3]


def test_equal_digits_are_ranked_in_order() -> None:
    assert Prediction(np.full(11, 1 / 11)).ranked() == list(range(11))


def test_certainly_no_digit() -> None:
    prediction = Prediction.certainly_no_digit()
    assert (prediction.digit, prediction.no_digit) == (None, 1.0)


@pytest.mark.parametrize(
    "values",
    [
        np.full(10, 0.1),
        np.full((1, 11), 1 / 11),
        np.full(11, 0.1),
        np.zeros(11),
        np.full(11, np.nan),
        np.array([1.2, -0.2, *[0.0] * 9]),
    ],
)
def test_what_are_no_probabilities_is_refused(values: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="robabilities"):
        Prediction(values)


def test_rounding_of_float32_is_no_fault() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 8, (200, 11)).astype(np.float32)
    softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True, dtype=np.float32)
    assert all(Prediction(row).confidence <= 1 for row in softmax)


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0.0, "0.0 %"),
        (0.004, "0.4 %"),
        (0.12345, "12.3 %"),
        (0.992, "99.2 %"),
        (0.9989, "99.8 %"),
        (0.99951, "99.9 %"),
        (1 - 1e-9, "99.9 %"),
        (float(np.float32(1.0)), "99.9 %"),
    ],
)
def test_percent_never_claims_certainty(probability: float, shown: str) -> None:
    assert percent(probability) == shown


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.98999, "98.9 %"), (0.99, "99.0 %"), (0.57, "57.0 %"), (1.0, "99.9 %"), (0.0009, "0.0 %")],
)
def test_percentages_are_rounded_down(probability: float, text: str) -> None:
    assert percent(probability) == text
    assert percent(float(np.float32(probability))) == text
