"""Levels are the values that sorting would give, however they are looked for."""

import numpy as np
import pytest

from handwrite_gui.imaging.edges import is_level_below, level, levels


@pytest.mark.parametrize("count", [1, 7, 1_999, 9_000])
@pytest.mark.parametrize("kind", ["noise", "rising", "of two values"])
def test_levels_are_places_of_the_sorted_values(count: int, kind: str) -> None:
    noise = np.random.default_rng(5).normal(size=count).astype(np.float32)
    rising = np.arange(count, dtype=np.float32)
    values = {"noise": noise, "rising": rising, "of two values": np.sign(noise)}[kind]
    parts = [0.0, 0.15, 0.5, 0.9, 0.995, 1.0]
    wanted = [float(np.sort(values)[round(part * (count - 1))]) for part in parts]
    assert levels(values, *parts) == wanted
    assert [level(values, part) for part in parts] == wanted
    for part, value in zip(parts, wanted, strict=True):
        assert is_level_below(values, part, value)
        assert not is_level_below(values, part, value - 0.01)
