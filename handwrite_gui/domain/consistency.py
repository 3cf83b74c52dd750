"""Consistency: the chances of a Number, of its digits and of other texts contradict nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Alternative, Number


def consistent(number: Number) -> Number:
    """Return a Number as it was read, of which all chances follow from one another.

    They were told by different models of different ink. A text is no likelier than each of its
    digits, and a single digit is just as likely as its text; a text and all others that it might be
    are no likelier together than certain. The Number's own confidence counts, for it is the one
    that is calibrated. Digits keep the order in which they are doubtful, and what else each of them
    may be, "no digit" included, keeps its proportions.
    """
    doubt = 1.0 - number.confidence
    pairs = list(zip(number.digits, number.figures, strict=True))
    most = max((_doubt(digit.prediction, figure) for digit, figure in pairs), default=0.0)
    digits = number.digits
    if most > doubt or len(digits) == 1:
        digits = tuple(
            replace(digit, prediction=_with_doubt(digit.prediction, figure, doubt, most))
            for digit, figure in pairs
        )
    others = sum(each.probability for each in number.alternatives)
    share = min(1.0, doubt / others) if others > 0.0 else 1.0
    alternatives = tuple(
        Alternative(each.text, each.probability * share) for each in number.alternatives
    )
    return replace(number, digits=digits, alternatives=alternatives)


def _doubt(prediction: Prediction, figure: int) -> float:
    return 1.0 - float(prediction.probabilities[figure])


def _with_doubt(prediction: Prediction, figure: int, doubt: float, of: float) -> Prediction:
    """Scale the doubt that a digit is a figure, as where `doubt` takes the place of `of`."""
    if of <= 0.0:  # The model has none, and so knows nothing else that it may be.
        chances = np.full(CLASSES, doubt / (CLASSES - 1))
    else:
        chances = prediction.probabilities * (doubt / of)
    chances[figure] = 0.0
    chances[figure] = max(0.0, 1.0 - chances.sum())
    return Prediction(chances)
