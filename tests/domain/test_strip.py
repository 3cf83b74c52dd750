import numpy as np
import pytest

from handwrite_gui.domain.strip import Strip


def strip(to_source: list[list[float]]) -> Strip:
    return Strip(np.zeros((10, 30), np.float32), np.array(to_source))


def test_a_box_is_moved_and_scaled_as_the_strip_was_cut():
    cut = strip([[2.0, 0.0, 100.0], [0.0, 2.0, 50.0]])

    assert cut.box_in_source(5, 1, 10, 9) == (110.0, 52.0, 10.0, 16.0)


def test_the_box_of_a_turned_strip_holds_all_four_corners():
    quarter_turn = strip([[0.0, -1.0, 20.0], [1.0, 0.0, 0.0]])

    assert quarter_turn.box_in_source(0, 0, 30, 10) == pytest.approx((10.0, 0.0, 10.0, 30.0))
