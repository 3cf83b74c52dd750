"""What was measured of a model, as plain values for JSON."""

from __future__ import annotations

from typing import Any

from handwrite_gui.recognition.measurement import metrics
from handwrite_gui.recognition.measurement.evaluation import SEED, Evaluation, Measurement

#: The keys that the model card leaves out: long lists, which pictures show better.
_CURVES = ("confusion", "calibration_curve", "refusal_curve")


def measurement_to_json(measurement: Measurement) -> dict[str, Any]:
    """Everything that was measured.

    Shares are 0 to 1, and null where there was nothing to measure. A figure's 95 % interval lies
    beside it, as `accuracy` and `accuracy_interval: [low, high]`.

    Returns:
        `n`; `accuracy`, `accuracy_of_ten`, `refused`, `negative_log_likelihood`, `brier_score`,
        `calibration_error` and `mistakes_among_least_sure`; `digits`: for 0 to 9 `n`, `recall`
        and `precision`; `confusion`: a row for each digit, a column for each of the ten that it
        was read as, and for refused; `calibration_curve`: `n`, `confidence` and `accuracy` of each
        bin; `refusal_curve`: `answered` and `accuracy`. Where it was measured, `damage`: for each
        damage `accuracy` and `refused`; and `no_digit`: for "all" and each kind of thing `n` and
        `accepted`. Where something was drawn by chance, `seed`.
    """
    figures: dict[str, Any] = _evaluation_to_json(measurement.evaluation)
    if measurement.damaged:
        figures["damage"] = {
            under.damage.name: under.accuracy.as_json("accuracy") | under.refused.as_json("refused")
            for under in measurement.damaged
        }
    if measurement.marks:
        figures["no_digit"] = {
            kind: {"n": acceptance.n, **acceptance.accepted.as_json("accepted")}
            for kind, acceptance in measurement.marks.items()
        }
    if measurement.damaged or measurement.marks:
        figures["seed"] = SEED
    return figures


def measurement_for_card(measurement: Measurement) -> dict[str, Any]:
    """The same without the confusion matrix and the curves."""
    figures = measurement_to_json(measurement)
    return {key: value for key, value in figures.items() if key not in _CURVES}


def _evaluation_to_json(evaluation: Evaluation) -> dict[str, Any]:
    figures: dict[str, Any] = {"n": evaluation.n}
    for name, estimate in evaluation.figures.items():
        figures |= estimate.as_json(name)
    confusion = evaluation.confusion
    figures["digits"] = [
        {
            "n": int(confusion[digit].sum()),
            **metrics.recall(confusion, digit).as_json("recall"),
            **metrics.precision(confusion, digit).as_json("precision"),
        }
        for digit in range(len(confusion))
    ]
    figures["confusion"] = confusion.tolist()
    figures["calibration_curve"] = [
        {"n": some.n, "confidence": some.confidence, **some.accuracy.as_json("accuracy")}
        for some in evaluation.calibration_curve
    ]
    figures["refusal_curve"] = [
        {"answered": answered, **accuracy.as_json("accuracy")}
        for answered, accuracy in evaluation.refusal_curve
    ]
    return figures
