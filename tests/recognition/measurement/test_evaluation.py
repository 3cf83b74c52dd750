import json

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.measurement.damage import choose_damages
from handwrite_gui.recognition.measurement.evaluation import Evaluation, Marks, evaluate, measure
from handwrite_gui.recognition.measurement.evaluation_json import (
    measurement_for_card,
    measurement_to_json,
)
from handwrite_gui.recognition.measurement.metrics import share


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


#: For the digits 3, 3, 5, 5 and 0.
FIVE_ANSWERS = np.array(
    [
        answer(3, 0.9, 8),  # a 3, right
        answer(8, 0.6, 3),  # a 3, wrong
        answer(10, 0.7, 5),  # a 5, refused, but the best of the ten
        answer(10, 0.8, 2),  # a 5, refused, and not
        answer(0, 0.99, 1),  # a 0, right
    ]
)


def test_hand_made_answers() -> None:
    evaluation = evaluate(Table(FIVE_ANSWERS), digits([3, 3, 5, 5, 0]))
    expected = np.zeros((10, 11), int)
    expected[3, [3, 8]] = expected[0, 0] = 1
    expected[5, 10] = 2
    assert (evaluation.confusion == expected).all()
    assert evaluation.n == 5
    assert evaluation.accuracy == pytest.approx(2 / 5), "a refused digit is wrong"
    figures = evaluation.figures
    assert figures["accuracy"] == share(2, 5)
    assert figures["accuracy_of_ten"] == share(3, 5)
    assert figures["refused"] == share(2, 5)
    likely = np.array([0.9, 0.4, 0.3, 1e-12, 0.99])
    assert figures["negative_log_likelihood"].value == pytest.approx(-np.log(likely).mean())
    brier = 2 * np.array([0.1, 0.6, 0.7, 0.9, 0.01]) ** 2
    brier[3] = 1 + 0.8**2 + 0.2**2
    assert figures["brier_score"].value == pytest.approx(brier.mean())
    # Each of the five is a bin of its own.
    gaps = [1 - 0.9, 0.6, 0.7, 0.8, 1 - 0.99]
    assert figures["calibration_error"].value == pytest.approx(np.mean(gaps))
    assert figures["mistakes_among_least_sure"] == share(1, 3)
    assert all(figure.low <= figure.value <= figure.high for figure in figures.values())


def test_digit_that_is_refused_for_sure_is_not_sure_of_any() -> None:
    answers = np.array([answer(3, 0.5, 8), answer(10, 0.99, 5)])
    figures = Evaluation(np.array([3, 5]), answers).figures
    assert figures["mistakes_among_least_sure"] == share(1, 1)


def test_curves() -> None:
    evaluation = evaluate(Table(FIVE_ANSWERS), digits([3, 3, 5, 5, 0]))
    assert [some.n for some in evaluation.calibration_curve] == [1] * 5
    assert evaluation.refusal_curve == [(0.6, share(2, 3)), (0.4, share(2, 2)), (0.2, share(1, 1))]


def test_many_digits_are_read_in_parts_and_in_order() -> None:
    rows = [number % 10 for number in range(7000)]
    table = Table(np.eye(11))
    read: list[int] = []
    evaluation = evaluate(table, digits(rows, rows), read.append)
    assert evaluation.accuracy == 1
    assert np.diag(evaluation.confusion[:, :10]).tolist() == [700] * 10
    assert table.largest_batch <= 4000
    assert sum(read) == 7000
    assert len(read) > 1


class InkSomewhere:
    """Reads 1 where there is ink in the left half, 2 where there is none but some in the right."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        left, right = images[:, :, :14].any(axis=(1, 2)), images[:, :, 14:].any(axis=(1, 2))
        return np.eye(11, dtype=np.float32)[np.where(left, 1, np.where(right, 2, 10))]


def test_damage_is_done_to_what_the_model_gets() -> None:
    images = np.zeros((3, 28, 28), np.uint8)
    images[0, 13, 2] = images[1, 13, 13] = images[2, 13, 15] = 255
    made = Digits("made", images, np.array([1, 1, 2]))
    read: list[int] = []
    measured = measure("fake", InkSomewhere(), made, choose_damages(["shift"]), None, read.append)
    under = {one.damage.name: one for one in measured.damaged}
    assert measured.evaluation.accuracy == 1
    assert under["moved 3 px left"].accuracy == share(1, 3), "one left the image, one the half"
    assert under["moved 3 px left"].refused == share(1, 3)
    assert under["moved 3 px right"].accuracy == share(2, 3)
    assert under["moved 3 px right"].refused == share(0, 3)
    assert under["moved 3 px up"].accuracy == share(3, 3)
    assert sum(read) == 3 * 5


def test_what_is_no_digit_is_counted_by_its_kind() -> None:
    images = np.zeros((5, 28, 28), np.uint8)
    images[[0, 3], 13, 13] = 255
    marks = Marks(images, ("wave", "wave", "star", "star", "star"))
    measured = measure("fake", InkSomewhere(), digits([1], [1]), marks=marks)
    counted = {kind: (one.n, one.accepted) for kind, one in measured.marks.items()}
    assert counted == {"all": (5, share(2, 5)), "star": (3, share(1, 3)), "wave": (2, share(1, 2))}
    assert next(iter(counted)) == "all"


def test_json_has_the_promised_keys() -> None:
    marks = Marks(np.zeros((2, 28, 28), np.uint8), ("blank", "blank"))
    damages = choose_damages(["jpeg"])
    measured = measure("fake", InkSomewhere(), digits([1, 1, 2], [1, 1, 0]), damages, marks)
    shown = json.loads(json.dumps(measurement_to_json(measured), allow_nan=False))
    assert (shown["n"], shown["accuracy"], shown["refused"]) == (3, 0.666667, 0.333333)
    assert shown.keys() == {
        "n",
        *measured.evaluation.figures,
        *(f"{name}_interval" for name in measured.evaluation.figures),
        *("digits", "confusion", "calibration_curve", "refusal_curve"),
        *("damage", "no_digit", "seed"),
    }
    assert np.array(shown["confusion"]).shape == (10, 11)
    assert len(shown["digits"]) == 10
    assert shown["digits"][1]["recall"] == 1
    assert shown["digits"][7]["recall"] is None
    assert shown["calibration_curve"][0].keys() == {
        *("n", "confidence", "accuracy", "accuracy_interval")
    }
    assert shown["refusal_curve"][0]["accuracy"] == 1
    assert shown["damage"].keys() == {"JPEG quality 20"}
    assert shown["no_digit"]["blank"]["n"] == 2
    assert shown["no_digit"]["all"]["accepted"] == 0
    on_card = measurement_for_card(measured)
    assert shown.keys() - on_card.keys() == {"confusion", "calibration_curve", "refusal_curve"}


def test_json_of_what_was_not_measured_has_no_keys() -> None:
    shown = measurement_to_json(measure("fake", InkSomewhere(), digits([1], [1])))
    assert shown.keys().isdisjoint({"damage", "no_digit", "seed"})
