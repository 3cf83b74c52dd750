"""The likeliest ways through a lattice, beside those among all ways written out."""

import math
from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest

from handwrite_gui.reading.ink.lattice import best_ways, build_lattice

COUNT = 6


def all_ways(groups: list[tuple[int, ...]], free: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Every choice of groups that has each piece just once, by its first pieces."""
    if not free:
        yield ()
        return
    for index, pieces in enumerate(groups):
        if pieces[0] == min(free) and free.issuperset(pieces):
            for further in all_ways(groups, free.difference(pieces)):
                yield (index, *further)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("most", [1, 4, 12])
def test_best_ways_are_the_best_of_all(seed: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    several = [pair for pair in combinations(range(COUNT), 2) if pair[1] - pair[0] < 3]
    groups = [(at,) for at in range(COUNT)] + [pair for pair in several if rng.random() < 0.7]
    scores = rng.normal(0, 3, len(groups)).tolist()
    options = [
        sorted(((math.log(chance), label) for label, chance in enumerate(chances)), reverse=True)
        for chances in rng.dirichlet(np.full(3, 0.5), len(groups)).tolist()
    ]
    every = []
    total = -math.inf
    for way in all_ways(groups, frozenset(range(COUNT))):
        score = sum(scores[group] for group in way)
        total = float(np.logaddexp(total, score))
        for chosen in product(*(options[group] for group in way)):
            labels = tuple(label for _, label in chosen)
            every.append((score + sum(chance for chance, _ in chosen), way, labels))
    every.sort(reverse=True)
    found = best_ways(build_lattice(COUNT, groups), scores, options, most)
    assert [(way.groups, way.labels) for way in found] == [each[1:] for each in every[:most]]
    expected = [score - total for score, _, _ in every[:most]]
    assert [way.log_probability for way in found] == pytest.approx(expected)
