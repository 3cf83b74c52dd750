import numpy as np
import pytest

from handwrite_gui.recognition.forms.skeleton import (
    arc,
    curve,
    joined,
    lengths_along,
    line,
    resampled,
)


def test_line_is_straight_from_point_to_point() -> None:
    stroke = line((0, 0), (0, 1), (1, 1))
    assert stroke[[0, -1]].tolist() == [[0, 0], [1, 1]]
    x, y = stroke.T
    assert ((np.abs(x) < 1e-9) | (np.abs(y - 1) < 1e-9)).all()
    assert lengths_along(stroke)[-1] == pytest.approx(2, abs=0.03)


def test_curve_goes_smoothly_through_all_points() -> None:
    points = [(0, 0), (1, 0.2), (1.2, 1), (0.1, 0.7)]
    stroke = curve(*points)
    assert stroke[0] == pytest.approx(points[0])
    assert stroke[-1] == pytest.approx(points[-1])
    for point in points:
        assert np.hypot(*(stroke - point).T).min() < 0.04
    steps = np.diff(stroke, axis=0)
    turns = np.abs(np.diff(np.unwrap(np.arctan2(*steps.T))))
    assert turns.max() < np.radians(40)


def test_arc_runs_clockwise_from_the_right() -> None:
    stroke = arc((1, 2), (3, 4), 0, 90)
    assert stroke[0] == pytest.approx([4, 2])
    assert stroke[-1] == pytest.approx([1, 6])
    assert (((stroke - (1, 2)) / (3, 4)) ** 2).sum(axis=1) == pytest.approx(1)


def test_pieces_are_joined_in_their_order() -> None:
    assert joined(line((0, 0), (1, 0)), line((1, 1), (2, 2)))[[0, -1]].tolist() == [[0, 0], [2, 2]]


def test_lengths_along() -> None:
    stroke = np.array([[0, 0], [3, 4], [3, 4], [3, 6]], float)
    assert lengths_along(stroke).tolist() == [0, 5, 5, 7]


@pytest.mark.parametrize("count", [2, 7, 50])
def test_resampled_points_lie_at_equal_distances(count: int) -> None:
    stroke = np.array([[0, 0], [0.1, 0], [0.15, 0], [2, 0], [10, 0]], float)
    points = resampled(stroke, count)
    assert points[:, 0] == pytest.approx(np.linspace(0, 10, count))
    assert (points[:, 1] == 0).all()


def test_stroke_of_no_length_stays_where_it_is() -> None:
    assert resampled(np.full((4, 2), 0.5), 6).tolist() == [[0.5, 0.5]] * 6
