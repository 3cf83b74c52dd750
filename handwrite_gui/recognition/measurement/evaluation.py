"""Evaluation: how well a recogniser reads digits whose labels are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.measurement import metrics
from handwrite_gui.recognition.measurement.damage import Damage
from handwrite_gui.recognition.measurement.metrics import Estimate
from handwrite_gui.recognition.recogniser import Recogniser

#: Of what is drawn by chance, noise and things that are no digit: fixed, so that nobody picks one.
SEED = 0
#: Images that are damaged and read at once: memory stays bounded whatever is measured.
SLICE = 2000


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What came of digits.

    Attributes:
        labels: Integer array (n,), 0 to 9, n ≥ 1.
        probabilities: What the recogniser said of each, (n, 11).
    """

    labels: NDArray[np.integer]
    probabilities: NDArray[np.floating]

    @property
    def n(self) -> int:
        """How many digits were read."""
        return len(self.labels)

    @cached_property
    def confidence(self) -> NDArray[np.floating]:
        """The largest probability of each, (n,)."""
        return np.asarray(self.probabilities.max(axis=1))

    @cached_property
    def answers(self) -> NDArray[np.intp]:
        """What each was read as, (n,): 0 to 9, or 10 where it was refused."""
        return np.asarray(self.probabilities.argmax(axis=1))

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Which were read right, (n,); a refused digit was not."""
        return np.asarray(self.answers == self.labels)

    @property
    def accuracy(self) -> float:
        """Share read right, 0 to 1; a refused digit is wrong."""
        return float(self.right.mean())

    @cached_property
    def confusion(self) -> NDArray[np.int64]:
        """How often each digit (row) was read as each of the ten, or refused: (10, 11)."""
        return metrics.confusion_matrix(self.labels, self.answers)

    @cached_property
    def figures(self) -> dict[str, Estimate]:
        """Every figure over all digits, by the name that it has in JSON."""
        of_ten = self.probabilities[:, :NO_DIGIT].argmax(axis=1) == self.labels
        unlikely = metrics.negative_log_likelihoods(self.probabilities, self.labels)
        brier = metrics.brier_scores(self.probabilities, self.labels)

        def calibration_error(some: NDArray[np.intp]) -> float:
            return metrics.calibration_error(self.confidence[some], self.right[some])

        return {
            "accuracy": metrics.share(int(self.right.sum()), self.n),
            "accuracy_of_ten": metrics.share(int(of_ten.sum()), self.n),
            "refused": metrics.share(int((self.answers == NO_DIGIT).sum()), self.n),
            "negative_log_likelihood": metrics.bootstrap(
                lambda some: float(unlikely[some].mean()), self.n
            ),
            "brier_score": metrics.bootstrap(lambda some: float(brier[some].mean()), self.n),
            "calibration_error": metrics.bootstrap(calibration_error, self.n),
            "mistakes_among_least_sure": metrics.mistakes_among_least_sure(
                self.probabilities[:, :NO_DIGIT].max(axis=1), self.right
            ),
        }

    @property
    def calibration_curve(self) -> list[metrics.Bin]:
        """Confidence against accuracy."""
        return metrics.calibration_curve(self.confidence, self.right)

    @property
    def refusal_curve(self) -> list[tuple[float, Estimate]]:
        """The share answered and the accuracy among it, the most answered first."""
        return metrics.refusal_curve(self.confidence, self.right, self.answers == NO_DIGIT)


@dataclass(frozen=True, slots=True)
class UnderDamage:
    """What came of the same digits, damaged.

    Attributes:
        damage: What was done to them.
        accuracy: Share read right; a refused digit is wrong.
        refused: Share refused.
    """

    damage: Damage
    accuracy: Estimate
    refused: Estimate


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """Things that are no digit.

    Attributes:
        images: Uint8 array (n, 28, 28), n ≥ 1, framed as digits are, ink 255 on 0.
        kinds: What kind of thing each is, n names.
    """

    images: NDArray[np.uint8]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What came of things that are no digit.

    Attributes:
        n: How many there are.
        accepted: Share of them that was read as a digit.
    """

    n: int
    accepted: Estimate


@dataclass(frozen=True, eq=False, slots=True)
class Measurement:
    """All that was measured of one model.

    Attributes:
        model: What the model is called.
        evaluation: What came of the digits as they are.
        damaged: What came of them under each damage.
        marks: What came of things that are no digit, by their kind, "all" first; empty where
            none were read.
    """

    model: str
    evaluation: Evaluation
    damaged: tuple[UnderDamage, ...] = ()
    marks: dict[str, Acceptance] = field(default_factory=dict)


def evaluate(
    recogniser: Recogniser, digits: Digits, on_read: Callable[[int], None] = lambda _: None
) -> Evaluation:
    """Read digits and compare what was read with their labels.

    Args:
        recogniser: Reads them.
        digits: At least one; no label is 10.
        on_read: Called after every slice with how many images it held.
    """
    return Evaluation(digits.labels, _read(recogniser, digits.images, on_read))


def measure(
    model: str,
    recogniser: Recogniser,
    digits: Digits,
    damages: Iterable[Damage] = (),
    marks: Marks | None = None,
    on_read: Callable[[int], None] = lambda _: None,
) -> Measurement:
    """Read digits as they are and under each damage, and things that are no digit.

    Args:
        model: What the model is called.
        recogniser: Reads them.
        digits: As for `evaluate`.
        damages: What is done to the digits, each to all of them.
        marks: Things that are no digit, or None.
        on_read: As for `evaluate`.
    """
    return Measurement(
        model,
        evaluate(recogniser, digits, on_read),
        tuple(_evaluate_damaged(recogniser, digits, damage, on_read) for damage in damages),
        _evaluate_marks(recogniser, marks, on_read) if marks else {},
    )


def _evaluate_damaged(
    recogniser: Recogniser, digits: Digits, damage: Damage, on_read: Callable[[int], None]
) -> UnderDamage:
    answers = _read(recogniser, digits.images, on_read, damage).argmax(axis=1)
    right, refused = int((answers == digits.labels).sum()), int((answers == NO_DIGIT).sum())
    n = len(digits)
    return UnderDamage(damage, metrics.share(right, n), metrics.share(refused, n))


def _evaluate_marks(
    recogniser: Recogniser, marks: Marks, on_read: Callable[[int], None]
) -> dict[str, Acceptance]:
    accepted = _read(recogniser, marks.images, on_read).argmax(axis=1) != NO_DIGIT
    kinds = np.array(marks.kinds)
    of_kinds = {kind: accepted[kinds == kind] for kind in sorted(set(marks.kinds))}
    return {
        kind: Acceptance(len(some), metrics.share(int(some.sum()), len(some)))
        for kind, some in {"all": accepted, **of_kinds}.items()
    }


def _read(
    recogniser: Recogniser,
    images: NDArray[np.uint8],
    on_read: Callable[[int], None],
    damage: Damage | None = None,
) -> NDArray[np.float32]:
    """Probabilities (n, 11) of images (n, 28, 28), damaged first where a damage is given."""
    rng = np.random.default_rng(SEED)
    probabilities = []
    for first in range(0, len(images), SLICE):
        some = np.divide(images[first : first + SLICE], 255, dtype=np.float32)
        if damage is not None:
            some = damage.apply(some, rng)
        probabilities.append(recogniser.predict(some))
        on_read(len(some))
    return np.concatenate(probabilities)
