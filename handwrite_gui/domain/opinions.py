"""Opinions: what was held to be the digit, and for how long, while it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

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
        nth: Which of several digits and signs was being written, from 0.
        sign: What that was read as in the end, where it is a sign; empty where it is none.
    """

    digit: int | None
    since_ms: float
    until_ms: float
    confidence: float
    nth: int = 0
    sign: str = ""


def opinions_of(
    moments_ms: NDArray[np.float64],
    predictions: Sequence[Prediction],
    nths: Sequence[int] | None = None,
    signs: Mapping[int, str] | None = None,
) -> list[Opinion]:
    """Tell which opinions follow each other; where one ends, the mind was changed.

    Where the pen goes to another digit, an opinion of that begins; of a sign there is only one.

    Args:
        moments_ms: When it was read, rising; at least as many as there are predictions.
        predictions: What was said at the first of these moments, in their order.
        nths: Which digit was being written at these moments; by default the same one.
        signs: Which of these are signs, and what they were read as.
    """
    opinions: list[Opinion] = []
    told = zip(moments_ms.tolist(), predictions, nths or repeat(0), strict=False)
    for moment, said, nth in told:
        last = opinions[-1] if opinions else None
        sign = (signs or {}).get(nth, "")
        digit = None if sign else said.digit
        is_same = last is not None and (digit, nth) == (last.digit, last.nth)
        if last is not None:
            surest = max(last.confidence, said.confidence) if is_same else last.confidence
            opinions[-1] = replace(last, until_ms=moment, confidence=surest)
        if not is_same:
            opinions.append(Opinion(digit, moment, moment, said.confidence, nth, sign))
    return opinions
