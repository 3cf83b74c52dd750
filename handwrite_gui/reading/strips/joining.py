"""Joining: one list of texts of what the sequence network and the cut hypotheses say of a strip."""

from __future__ import annotations

import math

import numpy as np

from handwrite_gui.reading.strips.lattice import Hypothesis, Lattice
from handwrite_gui.reading.strips.sequence_texts import SequenceReading

#: How much the log-probability of either counts, and how unlikely the cuts may find a text at
#: most. Chosen on cheque amounts and photographed pages, of which no model learned.
SEQUENCE, CUT, LEAST_CUT = 1.0, 0.6, -12.0
#: Of all texts, the share at least that nobody thought of.
LEAST_OTHERS = 1e-6


def join(
    sequence: SequenceReading, lattice: Lattice | None, hypotheses: list[Hypothesis]
) -> list[tuple[str, float]]:
    """Weigh every text that either thought of.

    Args:
        sequence: What the network says of the strip.
        lattice: What the cuts say of it, or None for nothing.
        hypotheses: Texts that the cuts found likely.

    Returns:
        Digits and the logarithm of their share, likeliest first.
    """
    texts = [*{**dict.fromkeys(sequence.chances), **{each.digits: None for each in hypotheses}}]
    scores = np.array([SEQUENCE * sequence.log_probability(text) for text in texts])
    if lattice is not None:
        scores += [CUT * max(lattice.log_probability(text), LEAST_CUT) for text in texts]
    # What nobody thought of has a share, too.
    known = float(np.exp([sequence.log_probability(text) for text in texts]).sum())
    others = SEQUENCE * math.log(max(1.0 - known, LEAST_OTHERS))
    shares = scores - np.logaddexp(np.logaddexp.reduce(scores), others)
    return sorted(zip(texts, shares.tolist(), strict=True), key=lambda each: -each[1])
