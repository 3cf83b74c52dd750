import numpy as np
import pytest

from handwrite_gui.widgets.draw.live_stroke import LiveStroke


def test_no_point_of_a_long_stroke_is_lost() -> None:
    points = np.random.default_rng(7).random((10_000, 4))
    live = LiveStroke(*points[0, :2])
    for x, y, time_ms, pressure in points:
        assert live.add(x, y, time_ms, pressure) == (x, y, time_ms, pressure)
    assert live.end() is None
    assert (live.stroke().points == points).all()


def test_stroke_is_a_copy_and_pressure_within_its_limits() -> None:
    live = LiveStroke(1, 2)
    live.add(1, 2, 3, 0.5)
    early = live.stroke()
    live.add(5, 6, 7, 2.0)
    assert live.add(5, 6, 7, float("nan"))[3] == 1.0
    assert len(early.points) == 1
    assert live.stroke().points[1].tolist() == [5, 6, 7, 1.0]


@pytest.mark.parametrize("strength", [1.0, 10.0])
def test_stabilised_stroke_records_each_event_and_ends_at_the_pen(strength: float) -> None:
    live = LiveStroke(0, 0, strength)
    for step in range(50):
        live.add(4.0 * step, 0.0, 8.0 * step, 0.7)
    assert live.pen == (196.0, 0.0)
    assert live.points()[-1, 0] == pytest.approx(196.0 - strength, abs=1e-3)
    assert live.end() == (196.0, 0.0, 392.0, 0.7)
    points = live.stroke().points
    assert len(points) == 51
    assert (points[0] == (0, 0, 0, 0.7)).all()
    assert (np.diff(points[:, 0]) > 0).all()
