"""The weights under which right ways to part ink are likeliest, and what confidence they earn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from handwrite_gui.reading.ink.lattice import Lattice

#: So many examples are gone through at once, those of like lengths together.
AT_ONCE = 1000
#: What an unused place of a table scores.
NEVER = -1e9
KEPT, MOST_STEPS, LEAST_GAIN = 12, 150, 1e-7


@dataclass
class Example:
    """Some ink that was parted in every way.

    Attributes:
        features: Of each group, shape (groups, features).
        lattice: All ways.
        right: The groups of the right way.
    """

    features: np.ndarray
    lattice: "Lattice"
    right: list[int]


class _Part:
    """Examples side by side: the n-th step of all of them is taken at once."""

    def __init__(self, examples: list[Example]) -> None:
        count = len(examples)
        steps = max(len(each.lattice.steps) for each in examples)
        first = np.cumsum([0] + [len(each.features) for each in examples])
        unused = np.zeros((1, examples[0].features.shape[1]))
        self.features = np.concatenate([*(each.features for each in examples), unused])
        self.right = np.concatenate(
            [np.array(each.right) + at for each, at in zip(examples, first[:-1], strict=True)]
        )
        states = [_states_of(each.lattice) for each in examples]
        self.unused = max(map(len, states))
        self.groups = np.full((steps, count), first[-1])
        self.starts = np.full((steps, count), self.unused)
        self.ends = np.full((steps, count), self.unused)
        for nth, (each, known) in enumerate(zip(examples, states, strict=True)):
            for at, step in enumerate(each.lattice.steps):
                self.groups[at, nth] = step.group + first[nth]
                self.starts[at, nth], self.ends[at, nth] = known[step.start], known[step.end]
        self.last = np.array(
            [known[each.lattice.count, 0] for each, known in zip(examples, states, strict=True)]
        )

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the summed negative log-likelihood and its gradient."""
        scores = self.features @ weights
        of = np.arange(len(self.last))
        forward = np.full((len(of), self.unused + 1), NEVER)
        forward[:, 0] = 0.0
        for groups, starts, ends in zip(self.groups, self.starts, self.ends, strict=True):
            score = forward[of, starts] + scores[groups]
            forward[of, ends] = np.where(
                ends == self.unused, NEVER, np.logaddexp(forward[of, ends], score)
            )
        total = forward[of, self.last]
        backward = np.full_like(forward, NEVER)
        backward[of, self.last] = 0.0
        chances = np.zeros(len(scores))
        for groups, starts, ends in zip(
            self.groups[::-1], self.starts[::-1], self.ends[::-1], strict=True
        ):
            score = backward[of, ends] + scores[groups]
            is_used = starts != self.unused
            chance = np.exp(np.minimum(forward[of, starts] + score - total, 0.0))
            np.add.at(chances, groups, np.where(is_used, chance, 0.0))
            backward[of, starts] = np.where(
                is_used, np.logaddexp(backward[of, starts], score), NEVER
            )
        gradient = chances @ self.features - self.features[self.right].sum(axis=0)
        return float(total.sum() - scores[self.right].sum()), gradient


def _states_of(lattice: "Lattice") -> dict[tuple[int, int], int]:
    states = {(0, 0): 0}
    for step in lattice.steps:
        states.setdefault(step.start, len(states))
        states.setdefault(step.end, len(states))
    return states


def fit_weights(examples: list[Example], start: np.ndarray, shrink: float) -> np.ndarray:
    """Maximise the likelihood of the right ways, less half of `shrink` times the squared weights.

    Each weight is measured in its feature's size over all groups.
    """
    every = np.concatenate([each.features for each in examples])
    scale = np.maximum(np.sqrt((every**2).mean(axis=0)), 1e-3)
    in_order = sorted(examples, key=lambda each: len(each.lattice.steps))
    parts = [_Part(in_order[at : at + AT_ONCE]) for at in range(0, len(in_order), AT_ONCE)]

    def loss(scaled: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = 0.0, np.zeros_like(scaled)
        for part in parts:
            more, slope = part.loss(scaled / scale)
            value, gradient = value + more, gradient + slope
        value, gradient = value / len(examples), gradient / len(examples)
        return value + shrink * float(scaled @ scaled) / 2, gradient / scale + shrink * scaled

    return _minimise(loss, start * scale) / scale


def _minimise(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], at: np.ndarray) -> np.ndarray:
    """Go down by L-BFGS (Liu, Nocedal 1989)."""
    value, gradient = loss(at)
    moves: list[tuple[np.ndarray, np.ndarray]] = []
    for _ in range(MOST_STEPS):
        way, shares = gradient.copy(), []
        for move, change in reversed(moves):
            shares.append(float(move @ way) / float(move @ change))
            way -= shares[-1] * change
        if moves:
            move, change = moves[-1]
            way *= float(move @ change) / float(change @ change)
        else:
            way /= max(float(np.linalg.norm(gradient)), 1.0)
        for (move, change), share in zip(moves, reversed(shares), strict=True):
            way += move * (share - float(change @ way) / float(move @ change))
        length = 1.0
        for _ in range(12):
            there = at - length * way
            new, slope = loss(there)
            if new <= value - 1e-4 * length * float(gradient @ way):
                break
            length /= 2
        if float((there - at) @ (slope - gradient)) > 1e-12:
            moves = [*moves[1 - KEPT :], (there - at, slope - gradient)]
        gain = value - new
        at, value, gradient = there, new, slope
        if gain < LEAST_GAIN:
            break
    return at


def fit_confidence(shares: np.ndarray, is_right: np.ndarray) -> tuple[float, float]:
    """Fit slope and offset of a logistic regression on log-odds of shares, by Newton's method.

    They stay near 1 and 0 where little is known.
    """
    shares = np.clip(shares, 1e-6, 1 - 1e-6)
    known = np.stack([np.log(shares / (1 - shares)), np.ones_like(shares)], axis=1)
    fitted = start = np.array([1.0, 0.0])
    for _ in range(50):
        said = 1 / (1 + np.exp(-known @ fitted))
        curve = (known * (said * (1 - said))[:, None]).T @ known + np.eye(2)
        fitted = fitted + np.linalg.solve(curve, known.T @ (is_right - said) - (fitted - start))
    return float(fitted[0]), float(fitted[1])
