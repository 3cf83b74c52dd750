"""Sequence texts: what the network that reads whole strips takes a strip for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.strip import Strip
from handwrite_gui.recognition.sequences.alphabet import ALPHABET, DIGITS, decode, encode
from handwrite_gui.recognition.sequences.decoding import (
    align,
    log_probability,
    read_greedily,
    search,
)
from handwrite_gui.recognition.sequences.framing import step_edge
from handwrite_gui.recognition.sequences.sequence_recogniser import SequenceRecogniser

#: Texts, signs included, that are followed.
BEAM = 10
#: A text that is likelier than this at the first look is not looked at again.
CLEAR = 0.998
#: Signs that are rarer in numbers than they were in training, where a leaning 1 looks like them,
#: by the logarithm of how much rarer.
RARER = {"/": -5.0, "(": -5.0, ")": -5.0}
#: Doubtful strips are looked at again, so much narrower and wider.
SQUEEZES = (0.87, 1.13)
_BIAS = np.array([RARER.get(sign, 0.0) for sign in ALPHABET] + [0.0], np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class SequenceReading:
    """What a strip may hold.

    Attributes:
        strip: The strip.
        logs: Logarithms of the chances at every step, (steps, CLASSES).
        chances: Log-probability of each text's digits, whatever signs stand between them.
        labels: The likeliest labels, signs included, for each text's digits.
    """

    strip: Strip
    logs: NDArray[np.float32]
    chances: dict[str, float]
    labels: dict[str, tuple[int, ...]]

    def log_probability(self, digits: str) -> float:
        """Log-probability of digits; without signs where they were not followed with any."""
        known = self.chances.get(digits)
        return log_probability(self.logs, encode(digits)) if known is None else known

    def places(self, digits: str) -> list[tuple[str, float, float]]:
        """Where each sign of the likeliest text with these digits stands in the strip.

        Returns:
            Each sign, and the left and right ends of its room in pixels of the strip.
        """
        labels = self.labels.get(digits, tuple(encode(digits)))
        try:
            spans = align(self.logs, labels)
        except ValueError:  # More digits than steps: whoever thought of them did not see them.
            spans = [(n, n + 1) for n in range(len(labels))]
        middles = [(first + last) / 2 for first, last in spans]
        edges = [0.0, *((a + b) / 2 for a, b in pairwise(middles))]
        edges.append(float(len(self.logs)))
        px = [step_edge(edge, self.strip.ink_map.shape) for edge in edges]
        signs = [ALPHABET[label] for label in labels]
        return list(zip(signs, px[:-1], px[1:], strict=True))


def read_sequences(
    recogniser: SequenceRecogniser, strips: Sequence[Strip]
) -> list[SequenceReading]:
    """Read strips as wholes."""
    first = [logs + _BIAS for logs in recogniser.predict([strip.ink_map for strip in strips])]
    read = [_read_clear(strip, logs) for strip, logs in zip(strips, first, strict=True)]
    doubtful = [n for n, each in enumerate(read) if each is None]
    again = [
        recogniser.predict([strips[n].ink_map for n in doubtful], squeeze) for squeeze in SQUEEZES
    ]
    for n, *others in zip(doubtful, *again, strict=True):
        views = [first[n], *(logs + _BIAS for logs in others)]
        read[n] = _read_doubtful(strips[n], views)
    return [each for each in read if each is not None]


def _read_clear(strip: Strip, logs: NDArray[np.float32]) -> SequenceReading | None:
    """Read a strip of which there is no doubt; None for others."""
    labels = read_greedily(logs)
    log = log_probability(logs, labels)
    if log < np.log(CLEAR):
        return None
    digits = _digits(labels)
    return SequenceReading(strip, logs, {digits: log}, {digits: labels})


def _digits(labels: tuple[int, ...]) -> str:
    return "".join(sign for sign in decode(labels) if sign in DIGITS)


def _read_doubtful(strip: Strip, weighed: Sequence[NDArray[np.float32]]) -> SequenceReading:
    followed = {labels for logs in weighed for labels, _ in search(logs, BEAM)}
    best: dict[str, tuple[float, tuple[int, ...]]] = {}
    chances: dict[str, float] = defaultdict(lambda: -np.inf)
    for labels in followed:
        # The geometric mean of what the views say.
        log = float(np.mean([log_probability(logs, labels) for logs in weighed]))
        digits = _digits(labels)
        chances[digits] = float(np.logaddexp(chances[digits], log))
        best[digits] = max(best.get(digits, (log, labels)), (log, labels))
    labels_of = {digits: labels for digits, (_, labels) in best.items()}
    return SequenceReading(strip, weighed[0], dict(chances), labels_of)
