"""Printed lines: found in a small copy of a page, measured and erased on the whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.imaging.paper import halve
from handwrite_gui.imaging.rules import find_rules

PITCH_PX, THICK_PX, SHADE = 90, 3, 0.3


def _ruled(height: int, width: int) -> NDArray[np.float32]:
    contrast = np.zeros((height, width), np.float32)
    for row in range(PITCH_PX // 2, height, PITCH_PX):
        contrast[row : row + THICK_PX] = SHADE
    return contrast


def test_rules_found_at_half_the_size_are_erased_from_the_whole() -> None:
    contrast = _ruled(1600, 2200)
    contrast[400:520, 1000:1008] = 1.0  # a stroke that crosses one
    rules = find_rules(halve(contrast)).enlarged(contrast)
    erased = rules.erase(contrast)
    assert {rule.thickness_px for rule in rules.level} == {THICK_PX}
    assert erased[400:520, 1000:1008].min() == 1.0
    erased[400:520, 1000:1008] = 0.0
    assert erased.max() < 0.02
    assert rules.mask()[contrast == np.float32(SHADE)].all()


def test_so_are_upright_ones() -> None:
    contrast = np.ascontiguousarray(_ruled(2200, 1600).T)
    rules = find_rules(halve(contrast)).enlarged(contrast)
    assert len(rules.upright) > 10
    assert rules.erase(contrast).max() < 0.02
    assert rules.mask()[contrast == np.float32(SHADE)].all()


def test_a_page_without_rules_stays_as_it_is() -> None:
    contrast = np.zeros((300, 400), np.float32)
    contrast[100:150, 100:108] = 1.0
    rules = find_rules(contrast)
    assert rules.erase(contrast) is contrast
    assert not rules.mask().any()
