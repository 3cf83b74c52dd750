"""Opinions: what was held to be the digit, and for how long, while it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Opinion:
    """One digit, or none, for a while.

    Attributes:
        digit: The likeliest digit, or None where "no digit" was likelier than each of the ten.
        since_ms: When it was first held.
        until_ms: When the next was; for the last one, the last moment that was read.
        confidence: The greatest that it had, 0 to 1.
    """

    digit: int | None
    since_ms: float
    until_ms: float
    confidence: float


def opinions_of(
    moments_ms: NDArray[np.float64], predictions: Sequence[Prediction]
) -> list[Opinion]:
    """Tell which opinions follow each other; where one ends, the mind was changed.

    Args:
        moments_ms: When it was read, rising; at least as many as there are predictions.
        predictions: What was said at the first of these moments, in their order.
    """
    opinions: list[Opinion] = []
    for moment, said in zip(moments_ms.tolist(), predictions, strict=False):
        last = opinions[-1] if opinions else None
        if last is None:
            opinions.append(Opinion(said.digit, moment, moment, said.confidence))
            continue
        surest = max(last.confidence, said.confidence) if said.digit == last.digit else None
        opinions[-1] = Opinion(last.digit, last.since_ms, moment, surest or last.confidence)
        if surest is None:
            opinions.append(Opinion(said.digit, moment, moment, said.confidence))
    return opinions
