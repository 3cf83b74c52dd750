"""The lattice: every way to part a run into groups, scored together.

A semi-Markov model (Sarawagi, Cohen 2004, "Semi-Markov conditional random fields for information
extraction"): the probability of a way is proportional to the exponential of its groups' summed
scores. Its states say which pieces are already in a group; since a group may leave pieces out, a
state is the first piece that is in none, and a bit for each later one that is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Where a way stands: the first piece that is in no group, and bits for those after it that are.
State = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """One group's way from one state to another."""

    group: int
    start: State
    end: State


@dataclass(frozen=True, slots=True)
class Way:
    """One way to part and to read a run.

    Attributes:
        log_probability: Of this way among all, and of these labels for it.
        groups: Indices of its groups.
        labels: What each is read as.
    """

    log_probability: float
    groups: tuple[int, ...]
    labels: tuple[int, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Lattice:
    """All states and steps of a run.

    Attributes:
        count: How many pieces there are.
        steps: Each after all that lead to where it starts.
    """

    count: int
    steps: list[Step] = field(default_factory=list)


def build_lattice(count: int, groups: Sequence[tuple[int, ...]]) -> Lattice:
    """Lay out all ways to have each of `count` pieces in just one group.

    Args:
        count: Of pieces.
        groups: The pieces of each, rising.
    """
    from_first: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for index, pieces in enumerate(groups):
        from_first[pieces[0]].append((index, sum(1 << (at - pieces[0]) for at in pieces)))
    states: list[set[int]] = [set() for _ in range(count + 1)]
    states[0].add(0)
    steps = []
    for place in range(count):
        for taken in sorted(states[place]):
            for index, mask in from_first[place]:
                if mask & taken:
                    continue
                both, further = taken | mask, place
                while both & 1:
                    both, further = both >> 1, further + 1
                states[further].add(both)
                steps.append(Step(index, (place, taken), (further, both)))
    return Lattice(count, _that_end(steps, (count, 0)))


def _that_end(steps: list[Step], end: State) -> list[Step]:
    """Drop what leads nowhere."""
    alive, kept = {end}, []
    for step in reversed(steps):
        if step.end in alive:
            alive.add(step.start)
            kept.append(step)
    return kept[::-1]


def log_sum(lattice: Lattice, scores: Sequence[float]) -> float:
    """Return the logarithm of the sum over all ways of the exponential of their scores."""
    forward: dict[State, float] = {(0, 0): 0.0}
    for step in lattice.steps:
        score = forward[step.start] + scores[step.group]
        before = forward.get(step.end)
        forward[step.end] = score if before is None else add_logs(before, score)
    return forward[lattice.count, 0]


def add_logs(one: float, other: float) -> float:
    """Return log(exp(one) + exp(other))."""
    more, less = (one, other) if one > other else (other, one)
    return more + math.log1p(math.exp(less - more))


def best_ways(
    lattice: Lattice,
    scores: Sequence[float],
    options: Sequence[Sequence[tuple[float, int]]],
    most: int,
) -> list[Way]:
    """Find the likeliest ways to part and to read a run.

    Args:
        lattice: From `build_lattice`.
        scores: Of each group.
        options: For each group, what it may be read as: the logarithm of the probability, and a
            label; the likeliest first.
        most: How many ways to find at most.

    Returns:
        The likeliest first.
    """
    # What led to a state: its score, which step, which of the ways to where that starts, the label.
    found: dict[State, list[tuple[float, int, int, int]]] = {(0, 0): [(0.0, -1, -1, -1)]}
    leading: dict[State, list[int]] = {}
    for index, step in enumerate(lattice.steps):
        leading.setdefault(step.end, []).append(index)
    for state in sorted(leading):
        ways: list[tuple[float, int, int, int]] = []
        # What is less likely than as many others is not even set beside them.
        least = max(
            found[step.start][most - 1][0] + scores[step.group] + options[step.group][0][0]
            if len(found[step.start]) == most
            else -math.inf
            for step in map(lattice.steps.__getitem__, leading[state])
        )
        for index in leading[state]:
            step = lattice.steps[index]
            its_options = options[step.group]
            for rank, way in enumerate(found[step.start]):
                score = way[0] + scores[step.group]
                if score + its_options[0][0] < least:
                    break
                ways += [
                    (score + chance, index, rank, label)
                    for chance, label in its_options
                    if score + chance >= least
                ]
        found[state] = sorted(ways, reverse=True)[:most]
    total = log_sum(lattice, scores)
    ways_found = []
    for score, index, rank, label in found[lattice.count, 0]:
        groups, labels = [], []
        while index >= 0:
            step = lattice.steps[index]
            groups.append(step.group)
            labels.append(label)
            _, index, rank, label = found[step.start][rank]
        ways_found.append(Way(score - total, tuple(groups[::-1]), tuple(labels[::-1])))
    return ways_found
