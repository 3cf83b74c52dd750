import numpy as np

from handwrite_gui.widgets.draw.live_stroke import LiveStroke


def test_no_point_of_a_long_stroke_is_lost() -> None:
    live = LiveStroke()
    points = np.random.default_rng(7).random((10_000, 4))
    for x, y, time_ms, pressure in points:
        live.add(x, y, time_ms, pressure)
    assert (live.stroke().points == points).all()


def test_newest_segment_is_told_and_the_stroke_is_a_copy() -> None:
    live = LiveStroke()
    assert live.add(1, 2, 3, 0.5).tolist() == [[1, 2, 3, 0.5]]
    early = live.stroke()
    assert live.add(5, 6, 7, 2.0).tolist() == [[1, 2, 3, 0.5], [5, 6, 7, 1.0]]
    assert len(early.points) == 1
