"""Joining: one list of texts of what the sequence network and the cut hypotheses say of a strip."""

from __future__ import annotations

import math

import numpy as np

from handwrite_gui.reading.calibration import chance_of_right
from handwrite_gui.reading.strips.lattice import Hypothesis, Lattice
from handwrite_gui.reading.strips.sequence_texts import SequenceReading

#: How much the log-probability of the cuts counts beside the network's, in strips and in a row
#: with its paper, where they see less clearly. Chosen on photographed pages and, by five-fold
#: cross-validation, on cheque amounts, of which no model learned.
CUT, CUT_ON_PAPER = 0.5, 0.25
#: How unlikely the cuts may find a text at most.
LEAST_CUT = -8.0
#: Of all texts, the share at least that the network did not think of, and by how much less likely,
#: as a logarithm, that becomes where the cuts did not either: chosen as above.
LEAST_OTHERS, NEITHER = 1e-6, -6.0
#: Logistic regression of "the text is right" on the log-odds of its share, on cheque amounts
#: without the 23 of 1,080 whose label is wrong by eye. It is made a little steeper (the mean
#: log-loss grows from 0.169 to 0.170) so that 0.99 is reached where, by five-fold cross-validation,
#: 99.7 % of all that is as sure or surer is right; those are 61 % of what is read right.
SLOPE, OFFSET = 1.24, 0.38
#: Log-odds beyond tell no more.
MOST_ODDS = 16.0


def join(
    sequence: SequenceReading,
    lattice: Lattice | None,
    hypotheses: list[Hypothesis],
    cut: float = CUT,
) -> list[tuple[str, float]]:
    """Weigh every text that either thought of.

    Args:
        sequence: What the network says of the strip.
        lattice: What the cuts say of it, or None for nothing.
        hypotheses: Texts that the cuts found likely.
        cut: How much they count.

    Returns:
        Digits and the logarithm of the chance that they are right, likeliest first.
    """
    texts = list(dict.fromkeys([*sequence.texts, *(each.digits for each in hypotheses)]))
    said = sequence.log_probabilities(texts)
    scores = np.logaddexp.reduce(said, axis=0) - math.log(len(said))  # The looks' mean chance.
    known = float(np.exp(scores).sum())
    if lattice is not None:
        scores += [cut * max(lattice.log_probability(text), LEAST_CUT) for text in texts]
    # What nobody thought of has a share, too.
    others = math.log(max(1.0 - known, LEAST_OTHERS))
    others += 0.0 if lattice is None else NEITHER
    order = np.argsort(-scores, kind="stable")
    best, rest = scores[order[0]], scores[order[1:]]
    rivals = float(np.logaddexp.reduce([*rest, others]))
    odds = max(min(float(best) - rivals, MOST_ODDS), -MOST_ODDS)
    right = chance_of_right(odds, SLOPE, OFFSET)
    logs = np.full(len(texts), math.log(right))
    # The others share the doubt as they are likely, and none becomes likelier than the best.
    logs[1:] = np.minimum(rest - rivals + math.log(max(1.0 - right, LEAST_OTHERS)), logs[0])
    return [(texts[n], float(log)) for n, log in zip(order, logs, strict=True)]
