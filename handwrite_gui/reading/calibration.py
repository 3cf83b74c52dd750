"""Calibration: how far a reader's own probability of a text is to be believed."""

from __future__ import annotations

import math


def chance_of_right(log_odds: float, slope: float, offset: float) -> float:
    """Return the chance from 0 to 1 that a text is right: logistic regression (Platt 1999).

    Args:
        log_odds: Of the probability that the reader gives the text.
        slope: How much of it counts.
        offset: What is added; both are fitted on texts of which it is known whether they are right.
    """
    return 1.0 / (1.0 + math.exp(-(slope * log_odds + offset)))
