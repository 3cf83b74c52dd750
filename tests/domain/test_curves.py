import numpy as np
import pytest

from handwrite_gui.domain.curves import MOST_PIECES, count_pieces, curves_through, points_on


def circle(points: int) -> np.ndarray:
    angles = np.linspace(0.0, 1.8 * np.pi, points)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) * 50.0


@pytest.mark.parametrize("seed", range(20))
def test_curves_pass_through_every_point_and_follow_each_other(seed: int) -> None:
    chance = np.random.default_rng(seed)
    points = np.cumsum(chance.normal(size=(chance.integers(2, 60), 2)) * 10.0, axis=0)
    curves = curves_through(points)
    assert curves.shape == (len(points) - 1, 4, 2)
    assert (curves[:, 0] == points[:-1]).all()
    assert (curves[:, 3] == points[1:]).all()


def test_curve_is_rounder_than_the_line() -> None:
    curves = curves_through(circle(20))
    fine = points_on(curves, np.full(len(curves), 20))
    radii = np.hypot(fine[:, 0], fine[:, 1])
    assert abs(radii[20:-20] - 50.0).max() < 0.05
    straight = np.hypot(*((curves[:, 0] + curves[:, 3]) / 2).T)
    assert abs(straight - 50.0).max() > 0.5


def test_tangents_are_continuous_where_there_is_no_corner() -> None:
    curves = curves_through(circle(12))
    arriving, leaving = curves[:-1, 3] - curves[:-1, 2], curves[1:, 1] - curves[1:, 0]
    cross = arriving[:, 0] * leaving[:, 1] - arriving[:, 1] * leaving[:, 0]
    assert abs(cross).max() < 1e-6
    assert ((arriving * leaving).sum(axis=1) > 0).all()


def test_corner_stays_sharp() -> None:
    points = np.array([[0.0, 0.0], [60.0, 0.0], [20.0, 100.0]])
    curves = curves_through(points)
    drawn = points_on(curves, np.array([8, 8]))
    assert drawn[:9, 1] == pytest.approx(0.0)  # Straight up to the corner, as it was drawn.
    assert drawn[8].tolist() == [60.0, 0.0]


def test_uneven_distances_make_no_loop() -> None:
    points = np.array([[0.0, 0.0], [100.0, 0.0], [100.5, 0.4], [101.0, 1.2], [200.0, 90.0]])
    drawn = points_on(curves_through(points), np.full(4, 50))
    assert (np.diff(drawn[:, 0]) > 0).all()


@pytest.mark.parametrize("times", [1, 2, 5])
def test_one_place_has_no_curve(times: int) -> None:
    assert curves_through(np.full((times, 2), 3.0)).shape == (0, 4, 2)


def test_points_that_repeat_are_left_out() -> None:
    points = np.array([[0.0, 0.0], [0.0, 0.0], [5.0, 5.0], [5.0, 5.0]])
    curves = curves_through(points)
    assert curves[:, [0, 3]].tolist() == [[[0.0, 0.0], [5.0, 5.0]]]
    assert np.isfinite(curves).all()


@pytest.mark.parametrize("tolerance", [1.0, 0.1, 0.01])
def test_pieces_keep_the_tolerance_and_are_not_far_too_many(tolerance: float) -> None:
    chance = np.random.default_rng(3)
    curves = chance.uniform(0, 20, size=(50, 4, 2))
    for curve in curves:
        counts = count_pieces(curve[None], tolerance)
        coarse = points_on(curve[None], counts)
        fine = points_on(curve[None], counts * 10)
        along = np.arange(len(fine)) / 10
        on_chords = [np.interp(along, np.arange(len(coarse)), coarse[:, i]) for i in (0, 1)]
        off = np.hypot(*(fine.T - on_chords)).max()
        assert off <= tolerance or counts[0] == MOST_PIECES


def test_line_is_one_piece_and_no_curve_more_than_the_most() -> None:
    third = np.array([1.0, 2.0])
    line = np.stack([third * 0, third, third * 2, third * 3])[None]
    assert count_pieces(line, 1e-6).tolist() == [1]
    wild = np.array([[[0, 0], [1e9, 0], [0, 1e9], [1, 1]]], np.float64)
    assert count_pieces(wild, 0.0).tolist() == [MOST_PIECES]
