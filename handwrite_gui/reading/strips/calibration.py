"""Calibration: from a joint probability to the chance that a whole text is right."""

from __future__ import annotations

import math

from handwrite_gui.reading.calibration import chance_of_right

#: Logistic regression of "the whole text is right" on the log-odds of the lattice's probability,
#: fitted on synthesised strips of writers that the weights did not see.
SLOPE, OFFSET = 0.64, -0.31


def confidence(log_probability: float) -> float:
    """Return the chance from 0 to 1 that a text of this joint log-probability is right."""
    wrong = max(-math.expm1(min(log_probability, 0.0)), 1e-9)
    odds = min(log_probability, 0.0) - math.log(wrong)
    return chance_of_right(odds, SLOPE, OFFSET)
