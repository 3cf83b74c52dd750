"""Lattice: all ways to read a strip, and the texts that are likeliest over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT

#: Texts that are followed at every cut.
BEAM = 24
#: Labels of a segment that are followed: the others add nothing.
LABELS = 4


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One text that a strip may hold, digits only.

    Attributes:
        digits: The digits, "" where there is none.
        log_probability: Joint over all ways to cut that give this text.
        path: The likeliest way: the index and label of each segment, from left to right.
    """

    digits: str
    log_probability: float
    path: tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Lattice:
    """The segments of a strip as edges between cuts, scored.

    Attributes:
        first: The cut on the left of each segment, ascending cuts from 0; (n,).
        last: The cut on the right of each; (n,), each greater than its `first`.
        scores: Score of each segment under each label, (n, 11), the last for a sign.
        cuts: How many cuts there are; a way leads from cut 0 to the last.
    """

    first: NDArray[np.int_]
    last: NDArray[np.int_]
    scores: NDArray[np.float64]
    cuts: int

    @cached_property
    def log_total(self) -> float:
        """Logarithm of the summed exponential scores of all ways."""
        edge = np.logaddexp.reduce(self.scores, axis=1)
        reached = np.full(self.cuts, -np.inf)
        reached[0] = 0.0
        for segment in self._order:
            start, end = self.first[segment], self.last[segment]
            reached[end] = np.logaddexp(reached[end], reached[start] + edge[segment])
        return float(reached[-1])

    @cached_property
    def _order(self) -> list[int]:
        """The segments from left to right."""
        return [int(n) for n in np.argsort(self.first, kind="stable")]

    def log_probability(self, digits: str) -> float:
        """Joint log-probability of a text over all ways; minus infinity where none gives it."""
        labels = np.array([int(each) for each in digits], int)
        reached = np.full((self.cuts, len(digits) + 1), -np.inf)
        reached[0, 0] = 0.0
        for segment in self._order:
            start, end = self.first[segment], self.last[segment]
            scores = self.scores[segment]
            reached[end] = np.logaddexp(reached[end], reached[start] + scores[NO_DIGIT])
            onwards = reached[start, :-1] + scores[labels]
            reached[end, 1:] = np.logaddexp(reached[end, 1:], onwards)
        total = self.log_total
        return float(reached[-1, -1]) - total if np.isfinite(total) else -np.inf

    def hypotheses(self) -> list[Hypothesis]:
        """The likeliest texts, best first, by beam search over prefixes (Graves 2012)."""
        beams: list[dict[str, _Prefix]] = [{} for _ in range(self.cuts)]
        beams[0][""] = _Prefix(0.0, 0.0, ())
        leaving: list[list[int]] = [[] for _ in range(self.cuts)]
        for segment, start in enumerate(self.first):
            leaving[start].append(segment)
        likeliest = np.argsort(-self.scores[:, :NO_DIGIT], axis=1)[:, :LABELS]
        for cut in range(self.cuts - 1):
            prefixes = sorted(beams[cut].items(), key=lambda item: -item[1].total)[:BEAM]
            for segment in leaving[cut]:
                onwards = beams[self.last[segment]]
                for label in (*likeliest[segment].tolist(), NO_DIGIT):
                    score = float(self.scores[segment, label])
                    sign = "" if label == NO_DIGIT else str(label)
                    for text, prefix in prefixes:
                        longer = prefix.go_on(score, segment, label)
                        known = onwards.get(text + sign)
                        onwards[text + sign] = longer if known is None else known.join(longer)
        total = self.log_total
        ended = sorted(beams[-1].items(), key=lambda item: -item[1].total)[:BEAM]
        return [Hypothesis(text, prefix.total - total, prefix.path) for text, prefix in ended]


@dataclass(frozen=True, slots=True)
class _Prefix:
    """What leads to a cut with one text: all ways together, and the best of them."""

    total: float
    best: float
    path: tuple[tuple[int, int], ...]

    def go_on(self, score: float, segment: int, label: int) -> _Prefix:
        return _Prefix(self.total + score, self.best + score, (*self.path, (segment, label)))

    def join(self, other: _Prefix) -> _Prefix:
        better = self if self.best >= other.best else other
        return _Prefix(float(np.logaddexp(self.total, other.total)), better.best, better.path)
