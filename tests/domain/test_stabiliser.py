from itertools import pairwise

import numpy as np
import pytest

from handwrite_gui.domain.stabiliser import Stabiliser


def follow(strength: float, places: np.ndarray) -> np.ndarray:
    """Where the ink goes, shape (n, 2), as the pen goes through all places."""
    stabiliser = Stabiliser(strength, *places[0])
    return np.array([stabiliser.follow(x, y) for x, y in places])


def test_without_strength_the_ink_is_where_the_pen_is() -> None:
    places = np.random.default_rng(1).random((50, 2)) * 300
    assert (follow(0.0, places) == places).all()


@pytest.mark.parametrize("strength", [1.0, 4.0, 10.0])
def test_lag_is_never_longer_than_the_strength(strength: float) -> None:
    places = np.random.default_rng(2).normal(scale=20, size=(2000, 2)).cumsum(axis=0)
    gaps = np.hypot(*(follow(strength, places) - places).T)
    assert gaps.max() <= strength + 1e-9
    assert gaps.max() > strength / 2


def test_few_events_and_many_lead_to_the_same_ink() -> None:
    few = np.array([[0.0, 0.0], [60.0, 0.0], [60.0, 40.0], [10.0, 90.0]])
    many = np.concatenate([np.linspace(a, b, 100) for a, b in pairwise(few)])
    assert follow(5.0, many)[-1] == pytest.approx(follow(5.0, few)[-1], abs=1e-6)


def test_shaking_hand_is_calmed() -> None:
    x = np.arange(0.0, 200.0, 1.0)
    shaking = np.stack([x, np.random.default_rng(3).normal(scale=1.0, size=len(x))], axis=1)
    still = [follow(strength, shaking)[20:, 1].std() for strength in (0.0, 2.0, 5.0, 10.0)]
    assert still == sorted(still, reverse=True)
    assert still[-1] < still[0] / 2


def test_pen_that_rests_moves_no_ink() -> None:
    stabiliser = Stabiliser(5.0, 0.0, 0.0)
    stabiliser.follow(30.0, 0.0)
    assert stabiliser.follow(30.0, 0.0) == stabiliser.follow(30.0, 0.0)
    assert stabiliser.pen == (30.0, 0.0)
