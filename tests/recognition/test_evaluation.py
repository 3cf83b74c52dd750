import json

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.recognition.digits import Digits
from handwrite_gui.recognition.evaluation import calibration_error, evaluate


class Table:
    """A recogniser whose answers are known: the first pixel says which row is the answer."""

    def __init__(self, rows: NDArray[np.float64]) -> None:
        self._rows = rows.astype(np.float32)
        self.largest_batch = 0

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        assert images.dtype == np.float32
        assert images.shape[1:] == (28, 28)
        assert images.max() <= 1
        self.largest_batch = max(self.largest_batch, len(images))
        return self._rows[np.round(images[:, 0, 0] * 255).astype(int)]


def digits(labels: list[int], rows: list[int] | None = None) -> Digits:
    """Digits with these labels; `rows` says which answer each gets, by default its own."""
    images = np.zeros((len(labels), 28, 28), np.uint8)
    images[:, 0, 0] = np.arange(len(labels)) if rows is None else rows
    return Digits("made", images, np.array(labels))


def answer(likeliest: int, confidence: float, second: int) -> NDArray[np.float64]:
    row = np.full(11, 0.0)
    row[second] = 1 - confidence
    row[likeliest] = confidence
    return row


def test_hand_made_answers() -> None:
    table = Table(
        np.array(
            [
                answer(3, 0.9, 8),  # a 3, right
                answer(8, 0.6, 3),  # a 3, wrong
                answer(10, 0.7, 5),  # a 5, refused, but the best of the ten
                answer(10, 0.8, 2),  # a 5, refused, and not
                answer(0, 0.99, 1),  # a 0, right
            ]
        )
    )
    evaluation = evaluate(table, digits([3, 3, 5, 5, 0]))
    expected = np.zeros((10, 11), int)
    expected[3, [3, 8]] = expected[0, 0] = 1
    expected[5, 10] = 2
    assert (evaluation.confusion == expected).all()
    assert evaluation.n == 5
    assert evaluation.accuracy == pytest.approx(2 / 5), "a refused digit is wrong"
    assert evaluation.accuracy_of_ten == pytest.approx(3 / 5)


def test_json_has_the_promised_keys() -> None:
    evaluation = evaluate(Table(np.eye(11)), digits([0, 1, 2]))
    shown = json.loads(json.dumps(evaluation.as_json()))
    assert shown.keys() >= {"n", "accuracy", "accuracy_of_ten", "confusion"}
    assert (shown["n"], shown["accuracy"], shown["accuracy_of_ten"]) == (3, 1.0, 1.0)
    assert shown["refused"] == 0
    assert np.array(shown["confusion"]).shape == (10, 11)


def test_many_digits_are_read_in_parts_and_in_order() -> None:
    rows = [number % 10 for number in range(7000)]
    table = Table(np.eye(11))
    evaluation = evaluate(table, digits(rows, rows))
    assert evaluation.accuracy == 1
    assert np.diag(evaluation.confusion[:, :10]).tolist() == [700] * 10
    assert table.largest_batch <= 4000


def test_calibration_error_of_known_cases() -> None:
    right = np.arange(1000) % 10 < 8
    assert calibration_error(np.full(1000, 0.8), right, bins=1) == pytest.approx(0)
    assert calibration_error(np.full(1000, 1.0), right) == pytest.approx(0.2)
    # Half the answers are 10 points too sure, the other half 30 points too modest.
    confidence = np.repeat([0.6, 0.7], 500)
    right = np.concatenate([np.arange(500) % 2 == 0, np.ones(500, bool)])
    assert calibration_error(confidence, right, bins=2) == pytest.approx(0.2)


def test_calibration_error_of_fewer_answers_than_bins() -> None:
    assert calibration_error(np.array([0.9, 0.5]), np.array([True, False])) == pytest.approx(0.3)
