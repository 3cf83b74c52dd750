"""Hairs are widened, ordinary strokes are left as they are."""

import numpy as np
import pytest

from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.raster import draw
from handwrite_gui.imaging.strokes import widen_hairs

THREE = [(0.1, 0.1), (0.5, 0.0), (0.8, 0.2), (0.4, 0.45), (0.85, 0.7), (0.5, 1.0), (0.05, 0.9)]


def test_ordinary_strokes_are_not_widened() -> None:
    for side, width in ((120, 10), (30, 1), (600, 90)):  # one is thin, but small
        ink = draw([np.array(THREE) * side], width)
        assert widen_hairs(ink) is ink


@pytest.mark.parametrize("width", [1.5, 3, 6])
def test_hairs_are_ink_after_framing(width: float) -> None:
    ink = draw([np.array(THREE) * 600], width)
    assert frame(ink).max() < 0.6
    widened = widen_hairs(ink)
    assert frame(widened).max() > 0.9
    assert widened.min() == 0.0
    grown = (widened.shape[0] - ink.shape[0]) // 2
    same_place = widened[grown : grown + ink.shape[0], grown : grown + ink.shape[1]]
    assert same_place[ink > 0.5].min() > 0.9


def test_nothing_is_widened_on_blank_paper() -> None:
    blank = np.zeros((300, 200), np.float32)
    assert widen_hairs(blank) is blank
