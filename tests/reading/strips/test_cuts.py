"""Cuts: few enough to look at, whatever is to be cut."""

import numpy as np
import pytest

from handwrite_gui.reading.strips import cuts
from handwrite_gui.reading.strips.cuts import find_cuts
from handwrite_gui.reading.strips.writing import find_writing


def test_of_a_pattern_not_all_cuts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    ink_map = np.zeros((60, 600), np.float32)
    ink_map[15:45, ::4] = ink_map[15:45, 1::4] = 1.0
    writing = find_writing(ink_map)
    assert writing is not None
    assert len(find_cuts(writing)) > 100
    monkeypatch.setattr(cuts, "MOST_CUTS", 40)
    assert 10 < len(find_cuts(writing)) <= 42
