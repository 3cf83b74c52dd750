"""Decoding: from CTC's probabilities at every time step to texts (Graves et al. 2006).

All take the natural logarithms of one strip's probabilities, (steps, classes), the last class being
the blank. A path names a class for every step; a sign that lasts counts once, blanks do not.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Logs = NDArray[np.floating]
Labels = tuple[int, ...]
#: At a step, classes less likely than this are passed over: e^-8 is 1 in 3,000.
_FAINTEST_LOG = -8.0
_NEVER = -1e30


def read_greedily(logs: Logs) -> Labels:
    """Return what the likeliest path says: quick, and nearly always the likeliest text."""
    path = logs.argmax(axis=-1)
    begins = np.concatenate([[True], path[1:] != path[:-1]])
    return tuple(int(each) for each in path[begins] if each != logs.shape[1] - 1)


def search(logs: Logs, width: int = 16) -> list[tuple[Labels, float]]:
    """Find the likeliest label sequences by prefix beam search (Hannun et al. 2014).

    Args:
        logs: (steps, classes).
        width: Prefixes that are followed at once.

    Returns:
        At most `width` sequences and the logarithms of their probabilities, likeliest first. Those
        are sums over the paths that were followed, and so lower bounds.
    """
    blank = logs.shape[1] - 1
    # Of each prefix, the probability of paths that end with a blank, and of those that do not.
    beam: dict[Labels, tuple[float, float]] = {(): (0.0, _NEVER)}
    for step in np.asarray(logs, np.float64):
        kept = np.flatnonzero(step > _FAINTEST_LOG)
        signs = [(int(n), float(step[n])) for n in kept if n != blank]
        silent = float(step[blank])
        grown: dict[Labels, list[float]] = defaultdict(lambda: [_NEVER, _NEVER])
        for prefix, (ended, lasting) in beam.items():
            both = _add(ended, lasting)
            own = grown[prefix]
            own[0] = _add(own[0], both + silent)
            for sign, log in signs:
                longer = grown[(*prefix, sign)]
                if prefix and prefix[-1] == sign:
                    own[1] = _add(own[1], lasting + log)
                    longer[1] = _add(longer[1], ended + log)
                else:
                    longer[1] = _add(longer[1], both + log)
        best = sorted(grown.items(), key=lambda item: -_add(*item[1]))[:width]
        beam = {prefix: (ended, lasting) for prefix, (ended, lasting) in best}
    return [(prefix, _add(*chances)) for prefix, chances in beam.items()]


def log_probabilities(logs: Logs, texts: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return the logarithm of each label sequence's probability: the sum over all its paths.

    Args:
        logs: (steps, classes).
        texts: Label sequences; all are followed at once, which is much quicker than one by one.

    Returns:
        Shape (texts,).
    """
    blank = logs.shape[1] - 1
    longest = max((len(labels) for labels in texts), default=0)
    states = np.full((len(texts), 2 * longest + 1), blank)
    may_skip = np.zeros(states.shape, np.bool_)
    for nth, labels in enumerate(texts):
        own, skips = _states(labels, blank)
        states[nth, : len(own)], may_skip[nth, : len(own)] = own, skips
    chances = np.full(states.shape, _NEVER)
    chances[:, :2] = logs[0][states[:, :2]]
    for step in np.asarray(logs[1:], np.float64):
        chances = np.logaddexp.reduce(_arrivals(chances, may_skip)) + step[states]
    rows, lengths = np.arange(len(texts)), np.array([len(labels) for labels in texts], np.int64)
    ended = chances[rows, 2 * lengths]
    lasting = np.where(lengths > 0, chances[rows, 2 * lengths - 1], _NEVER)
    return np.asarray(np.logaddexp(ended, lasting))


def merged(logs: Logs, kept: int) -> NDArray[np.float64]:
    """Count all classes but the first `kept` as the blank.

    Of what is left, a sequence's probability is the sum over all sequences with the other signs
    anywhere between, before and after its own: those part equal signs as a blank does.
    """
    logs = np.asarray(logs, np.float64)
    silent = np.logaddexp.reduce(logs[:, kept:], axis=1)
    return np.concatenate([logs[:, :kept], silent[:, None]], axis=1)


def align(logs: Logs, labels: Sequence[int]) -> list[tuple[int, int]]:
    """Say from which step to which each sign lasts on the likeliest path of a label sequence.

    Returns:
        For each sign its first step and the one behind its last.

    Raises:
        ValueError: There are not enough steps for so many signs.
    """
    labels = list(labels)
    same = sum(a == b for a, b in pairwise(labels))
    if len(labels) + same > len(logs):
        raise ValueError(f"{len(labels)} signs do not fit {len(logs)} steps")
    states, may_skip = _states(labels, logs.shape[1] - 1)
    chances = np.full(len(states), _NEVER)
    chances[:2] = logs[0, states[:2]]
    came = np.zeros((len(logs), len(states)), np.int64)
    for n, step in enumerate(np.asarray(logs[1:], np.float64), start=1):
        arrivals = _arrivals(chances, may_skip)
        came[n] = arrivals.argmax(axis=0)
        chances = arrivals.max(axis=0) + step[states]
    state = len(states) - 1 if len(states) == 1 or chances[-1] >= chances[-2] else len(states) - 2
    spans = [(len(logs), 0)] * len(labels)
    for n in range(len(logs) - 1, -1, -1):
        if state % 2:
            first, last = spans[state // 2]
            spans[state // 2] = min(first, n), max(last, n + 1)
        state -= int(came[n, state])
    return spans


def _states(labels: Sequence[int], blank: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The classes of a sequence with blanks around every sign, and which may follow the last one.

    A blank between two signs may be skipped, unless they are the same.
    """
    states = np.full(2 * len(labels) + 1, blank)
    states[1::2] = labels
    may_skip = np.zeros(len(states), np.bool_)
    may_skip[3::2] = states[3::2] != states[1:-2:2]
    return states, may_skip


def _arrivals(chances: NDArray[np.float64], may_skip: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Chances of having come to each state from itself, the one before, or the second before."""
    arrivals = np.full((3, *chances.shape), _NEVER)
    arrivals[0] = chances
    arrivals[1, ..., 1:] = chances[..., :-1]
    arrivals[2, ..., 2:] = np.where(may_skip[..., 2:], chances[..., :-2], _NEVER)
    return arrivals


def _add(a: float, b: float) -> float:
    """The logarithm of the sum of two numbers that are given as logarithms."""
    if a < b:
        a, b = b, a
    return a if b <= _NEVER else a + math.log1p(math.exp(b - a))
