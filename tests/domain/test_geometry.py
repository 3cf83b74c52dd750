import time

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.geometry import distance_to_segments, simplify


def kept(polylines: list[NDArray[np.float64]], tolerance: float) -> NDArray[np.bool_]:
    lengths = np.array([len(polyline) for polyline in polylines])
    return simplify(np.concatenate(polylines), lengths, tolerance)


def worst_distance(points: NDArray[np.float64], left: NDArray[np.float64]) -> float:
    """How far the farthest point lies from the polyline that is left."""
    distances = distance_to_segments(points[:, None], left[None, :-1], left[None, 1:])
    return float(distances.min(axis=1).max())


@pytest.mark.parametrize(
    ("point", "distance"),
    [((5, 0), 0), ((5, 3), 3), ((-3, 4), 5), ((13, -4), 5), ((0, 0), 0), ((10, 2), 2)],
)
def test_distance_to_a_segment(point: tuple[float, float], distance: float) -> None:
    start, end = np.array([0.0, 0.0]), np.array([10.0, 0.0])
    assert distance_to_segments(np.array(point, float), start, end) == pytest.approx(distance)
    assert distance_to_segments(np.array(point, float), end, start) == pytest.approx(distance)


def test_distance_to_a_segment_of_no_length() -> None:
    lone = np.array([1.0, 1.0])
    assert distance_to_segments(np.array([4.0, 5.0]), lone, lone) == pytest.approx(5.0)


def test_straight_line_keeps_its_ends_only() -> None:
    points = np.linspace((0.0, 0.0), (9.0, 3.0), 50)
    assert np.flatnonzero(kept([points], 1e-9)).tolist() == [0, 49]


def test_corner_is_kept_and_a_tremble_is_not() -> None:
    points = np.array([[0, 0], [5, 0.05], [10, 0], [10.05, 4], [10, 9]], float)
    assert kept([points], 0.1).tolist() == [True, False, True, False, True]
    assert kept([points], 0.01).all()


def test_polylines_are_not_joined() -> None:
    across = np.array([[0, 0], [5, 0], [10, 0]], float)
    assert kept([across, across[:1], across + 3], 0.1).tolist() == [
        *(True, False, True),
        True,
        *(True, False, True),
    ]


@pytest.mark.parametrize("tolerance", [0.01, 0.1, 1.0])
def test_no_point_is_farther_than_the_tolerance(tolerance: float) -> None:
    rng = np.random.default_rng(5)
    steps = rng.normal(0, 0.4, (600, 2))
    points = np.cumsum(np.cumsum(steps, axis=0), axis=0) / 20
    keep = kept([points], tolerance)
    assert worst_distance(points, points[keep]) <= tolerance
    assert keep.sum() < len(points)


def test_curve_is_thinned_to_few_points() -> None:
    angle = np.linspace(0, 2 * np.pi, 10_000)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 9
    keep = kept([circle], 0.1)
    # A chord of a circle of radius 9 that is 0.1 away spans 0.3 rad: 21 of them at least. Long
    # polylines are cut into parts, whose ends are kept, too.
    assert 21 <= keep.sum() <= 60 + 10_000 / 128
    assert worst_distance(circle, circle[keep]) <= 0.1


def test_zigzag_of_many_points_takes_no_longer_than_a_blink() -> None:
    """Each level finds only its last turn: of the whole at once this took 25 seconds."""
    along = np.linspace(0, 18, 10_000)
    zigzag = np.stack([along, along * np.where(np.arange(10_000) % 2, 1, -1)], axis=1)
    start = time.process_time()
    keep = kept([zigzag], 0.1)
    assert time.process_time() - start < 3
    assert worst_distance(zigzag[::50], zigzag[keep]) <= 0.1
