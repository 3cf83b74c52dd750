"""Metrics: figures of how well digits were read, each with its 95 % interval.

All are short in plain NumPy, and so need no library of their own. Throughout, `probabilities` is
(n, 11), the ten digits and then "no digit", and `labels` is (n,), 0 to 9, with n ≥ 1. Confidence
is the largest of the eleven, and an answer is right where it names the label: a refused digit is
read wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT

#: The normal distribution's 97.5th percentile.
_Z = 1.959964
#: Bins of the calibration curve and its error.
BINS = 15
#: The share of the digits that counts as the least sure.
LEAST_SURE = 0.02
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and where it may truly lie.

    Attributes:
        value: What was measured; NaN where there was nothing to measure.
        low: Where its 95 % interval begins.
        high: Where it ends.
    """

    value: float
    low: float
    high: float

    def as_json(self, name: str) -> dict[str, object]:
        """Plain values for JSON, to six places: null for NaN, the interval under a longer name."""
        value = None if math.isnan(self.value) else round(self.value, 6)
        return {name: value, f"{name}_interval": [round(self.low, 6), round(self.high, 6)]}


def share(hits: int, n: int) -> Estimate:
    """Share of hits among n trials, 0 to 1, with the score interval (Wilson 1927).

    It holds near 0 and 1, where these figures lie, too (Brown, Cai, DasGupta 2001).
    """
    if n == 0:
        return Estimate(math.nan, 0.0, 1.0)
    value = hits / n
    middle = (value + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    reach = _Z * math.sqrt(value * (1 - value) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return Estimate(value, max(0.0, middle - reach), min(1.0, middle + reach))


def bootstrap(figure: Callable[[NDArray[np.intp]], float], n: int) -> Estimate:
    """A figure over n answers with its percentile bootstrap interval (Efron 1979), seeded.

    Args:
        figure: Computes it from the answers with these indices, of which some come repeatedly.
        n: How many answers there are.
    """
    rng = np.random.default_rng(0)
    resampled = [figure(rng.integers(n, size=n)) for _ in range(RESAMPLES)]
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Estimate(figure(np.arange(n)), float(low), float(high))


def negative_log_likelihoods(
    probabilities: NDArray[np.floating], labels: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Negative logarithm (n,) of the probability of each label: 0 is best; at most 27.6.

    (Good 1952, "Rational decisions".) A probability of 0 is taken for 1e-12.
    """
    of_labels = probabilities[np.arange(len(labels)), labels].astype(np.float64)
    return np.asarray(-np.log(np.maximum(of_labels, 1e-12)))


def brier_scores(
    probabilities: NDArray[np.floating], labels: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Squared distance (n,) of the probabilities from the truth, summed over all eleven: 0 to 2.

    (Brier 1950, "Verification of forecasts expressed in terms of probability".)
    """
    truth = np.eye(CLASSES)[labels]
    return np.asarray(((probabilities - truth) ** 2).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence.

    Attributes:
        n: How many these are.
        confidence: Their mean confidence, 0 to 1.
        accuracy: The share of them that is right.
    """

    n: int
    confidence: float
    accuracy: Estimate


def calibration_curve(confidence: NDArray[np.floating], right: NDArray[np.bool_]) -> list[Bin]:
    """Confidence against accuracy in bins of equal count, the least sure first.

    (Niculescu-Mizil, Caruana 2005; bins of equal count after Naeini, Cooper, Hauskrecht 2015.)
    """
    parts = np.array_split(np.argsort(confidence, kind="stable"), BINS)
    return [
        Bin(len(part), float(confidence[part].mean()), share(int(right[part].sum()), len(part)))
        for part in parts
        if len(part)
    ]


def calibration_error(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = BINS
) -> float:
    """Expected calibration error: mean gap between confidence and accuracy, weighted by count.

    (Naeini, Cooper, Hauskrecht 2015, with bins of equal count.) Chance alone opens gaps, and
    resampling opens more: its bootstrap interval leans towards the worse.
    """
    gaps = (confidence - right)[np.argsort(confidence, kind="stable")].astype(np.float64)
    return sum(abs(float(part.sum())) for part in np.array_split(gaps, bins)) / len(gaps)


def mistakes_among_least_sure(sureness: NDArray[np.floating], right: NDArray[np.bool_]) -> Estimate:
    """Share of all mistakes that lies among the 2 % of the digits that are least sure.

    (The largest probability as a sign of mistakes: Hendrycks, Gimpel 2017.)

    Args:
        sureness: The largest probability among the ten digits, (n,): whoever refuses a digit is
            not sure of any.
        right: Which were read right, (n,).
    """
    least_sure = np.argsort(sureness, kind="stable")[: math.ceil(LEAST_SURE * len(right))]
    return share(int((~right[least_sure]).sum()), int((~right).sum()))


def refusal_curve(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], refused: NDArray[np.bool_]
) -> list[tuple[float, Estimate]]:
    """Accuracy among the answered, when the least sure answers are refused one after another.

    (Risk and coverage: El-Yaniv, Wiener 2010.) What the model refuses by itself is answered
    nowhere on the curve.

    Returns:
        Pairs of the share that is answered, 0 to 1, and the accuracy among it, the most answered
        first, at most 101 and the closer the more is answered; empty where all is refused.
    """
    answered = np.flatnonzero(~refused)
    surest_first = answered[np.argsort(-confidence[answered], kind="stable")]
    right_so_far = np.cumsum(right[surest_first])
    more_refused = np.unique(np.geomspace(1, max(1, len(answered)), 100).astype(int))
    counts = len(answered) - np.concatenate([[0], more_refused])
    return [
        (int(count) / len(right), share(int(right_so_far[count - 1]), int(count)))
        for count in counts[counts > 0]
    ]


def confusion_matrix(
    labels: NDArray[np.integer], answers: NDArray[np.integer]
) -> NDArray[np.int64]:
    """How often each digit (row) was read as each of the ten, or refused (last column): (10, 11).

    (Kohavi, Provost 1998, "Glossary of terms".)
    """
    confusion = np.zeros((NO_DIGIT, CLASSES), np.int64)
    np.add.at(confusion, (labels, answers), 1)
    return confusion


def precision(confusion: NDArray[np.int64], digit: int) -> Estimate:
    """Share of what was read as a digit that is it (van Rijsbergen 1979)."""
    return share(int(confusion[digit, digit]), int(confusion[:, digit].sum()))


def recall(confusion: NDArray[np.int64], digit: int) -> Estimate:
    """Share of a digit that was read as it (van Rijsbergen 1979)."""
    return share(int(confusion[digit, digit]), int(confusion[digit].sum()))
