import json
import math

import numpy as np
import pytest

from handwrite_gui.recognition.measurement import metrics
from handwrite_gui.recognition.measurement.metrics import Estimate, share


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [  # From SciPy: binomtest(hits, n).proportion_ci(method="wilson").
        (0, 10, 0.0, 0.277533),
        (5, 10, 0.236593, 0.763407),
        (10, 10, 0.722467, 1.0),
        (9957, 10_000, 0.994213, 0.996806),
    ],
)
def test_wilson_intervals_of_known_cases(hits: int, n: int, low: float, high: float) -> None:
    estimate = share(hits, n)
    assert estimate.value == hits / n
    assert (estimate.low, estimate.high) == (pytest.approx(low, abs=2e-6), pytest.approx(high))


def test_share_of_nothing_is_null_in_json() -> None:
    estimate = share(0, 0)
    assert math.isnan(estimate.value)
    shown = json.loads(json.dumps(estimate.as_json("recall")))
    assert shown == {"recall": None, "recall_interval": [0.0, 1.0]}


def test_json_is_rounded() -> None:
    shown = Estimate(1 / 3, 0.12345678, 1.0).as_json("accuracy")
    assert shown == {"accuracy": 0.333333, "accuracy_interval": [0.123457, 1.0]}


def test_bootstrap_of_a_mean_agrees_with_the_normal_interval() -> None:
    values = np.random.default_rng(3).normal(5.0, 2.0, 400)
    estimate = metrics.bootstrap(lambda some: float(values[some].mean()), 400)
    reach = 1.96 * values.std() / 20
    assert estimate.value == values.mean()
    assert estimate.low == pytest.approx(values.mean() - reach, abs=0.03)
    assert estimate.high == pytest.approx(values.mean() + reach, abs=0.03)
    again = metrics.bootstrap(lambda some: float(values[some].mean()), 400)
    assert again == estimate, "it is seeded"


def test_likelihood_and_brier_score_by_hand() -> None:
    probabilities = np.zeros((3, 11), np.float32)
    probabilities[0, 4] = 1.0  # Sure, and right.
    probabilities[1, [2, 10]] = 0.5  # In doubt whether it is a digit at all.
    probabilities[2, 7] = 1.0  # Sure, and wrong.
    labels = np.array([4, 2, 1])
    assert metrics.negative_log_likelihoods(probabilities, labels) == pytest.approx(
        [0.0, math.log(2), -math.log(1e-12)]
    )
    assert metrics.brier_scores(probabilities, labels) == pytest.approx([0.0, 0.5, 2.0])


def test_calibration_error_of_known_cases() -> None:
    right = np.arange(1000) % 10 < 8
    assert metrics.calibration_error(np.full(1000, 0.8), right, bins=1) == pytest.approx(0)
    assert metrics.calibration_error(np.full(1000, 1.0), right) == pytest.approx(0.2, abs=1e-3)
    # Half the answers are 10 points too sure, the other half 30 points too modest.
    confidence = np.repeat([0.6, 0.7], 500)
    right = np.concatenate([np.arange(500) % 2 == 0, np.ones(500, bool)])
    assert metrics.calibration_error(confidence, right, bins=2) == pytest.approx(0.2)


def test_calibration_of_fewer_answers_than_bins() -> None:
    confidence, right = np.array([0.9, 0.5]), np.array([True, False])
    assert metrics.calibration_error(confidence, right) == pytest.approx(0.3)
    curve = metrics.calibration_curve(confidence, right)
    assert [(some.n, some.confidence, some.accuracy.value) for some in curve] == [
        (1, 0.5, 0.0),
        (1, 0.9, 1.0),
    ]


def test_calibration_curve_has_bins_of_equal_count_and_gives_the_error() -> None:
    rng = np.random.default_rng(1)
    confidence = rng.uniform(0.4, 1.0, 3000)
    right = rng.random(3000) < confidence**2
    curve = metrics.calibration_curve(confidence, right)
    assert [some.n for some in curve] == [200] * 15
    assert np.all(np.diff([some.confidence for some in curve]) > 0)
    gaps = [abs(some.confidence - some.accuracy.value) for some in curve]
    assert metrics.calibration_error(confidence, right) == pytest.approx(np.mean(gaps))


def test_mistakes_among_the_least_sure() -> None:
    confidence = np.linspace(1.0, 0.5, 200)  # The last four are the least sure 2 %.
    right = np.ones(200, bool)
    right[[197, 198, 199, 0]] = False
    assert metrics.mistakes_among_least_sure(confidence, right) == share(3, 4)
    nothing = metrics.mistakes_among_least_sure(confidence, np.ones(200, bool))
    assert math.isnan(nothing.value)


def test_refusal_curve_by_hand() -> None:
    confidence = np.array([0.9, 0.6, 0.99, 0.8, 0.7])
    right = np.array([True, False, True, False, False])
    refused = np.array([False, False, False, False, True])
    curve = metrics.refusal_curve(confidence, right, refused)
    assert curve == [(0.8, share(2, 4)), (0.6, share(2, 3)), (0.4, share(2, 2)), (0.2, share(1, 1))]


def test_refusal_curve_of_many_is_short_and_close_where_much_is_answered() -> None:
    rng = np.random.default_rng(2)
    confidence = rng.random(20_000)
    right = rng.random(20_000) < confidence
    curve = metrics.refusal_curve(confidence, right, np.zeros(20_000, bool))
    answered = [pair[0] for pair in curve]
    assert len(curve) <= 101
    assert answered[:2] == [1.0, 1 - 1 / 20_000]
    assert np.all(np.diff(answered) < 0)
    assert curve[0][1] == share(int(right.sum()), 20_000)
    assert curve[-1][1].value > 0.9


def test_refusal_curve_where_all_is_refused() -> None:
    assert metrics.refusal_curve(np.array([0.9]), np.array([False]), np.array([True])) == []


def test_confusion_matrix_precision_and_recall_by_hand() -> None:
    labels = np.array([3, 3, 3, 8, 5])
    answers = np.array([3, 3, 10, 3, 10])
    confusion = metrics.confusion_matrix(labels, answers)
    expected = np.zeros((10, 11), int)
    expected[3, [3, 10]] = 2, 1
    expected[8, 3] = expected[5, 10] = 1
    assert (confusion == expected).all()
    assert metrics.recall(confusion, 3) == share(2, 3), "a refused digit is not recalled"
    assert metrics.precision(confusion, 3) == share(2, 3)
    assert metrics.recall(confusion, 5) == share(0, 1)
    assert math.isnan(metrics.precision(confusion, 5).value), "nothing was read as a 5"
