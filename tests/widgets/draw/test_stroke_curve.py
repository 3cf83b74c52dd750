from itertools import pairwise

import numpy as np
import pytest

from handwrite_gui.widgets.draw.stroke_curve import Piece, StrokeCurve, width_at

PEN = 12.0


def pieces_of(points: np.ndarray, pen_width: float = PEN) -> list[Piece]:
    """All pieces of a whole stroke, tail and all, from x, y, time and pressure."""
    curve = StrokeCurve(pen_width)
    pieces = [piece for point in points.tolist() for piece in curve.add(*point)]
    return [*pieces, curve.tail]


def stroke(x: np.ndarray, y: np.ndarray, ms: float = 0.0, pressure: float = 0.5) -> np.ndarray:
    points = np.stack([x, y, ms * np.arange(len(x)), np.full(len(x), pressure)], axis=1)
    return points.astype(float)


def flattened(pieces: list[Piece]) -> np.ndarray:
    """Places on the curve, shape (n, 2)."""
    t = np.linspace(0, 1, 9)[:, None]
    return np.concatenate(
        [
            (1 - t) ** 2 * np.array(a[:2]) + 2 * t * (1 - t) * np.array(b[:2]) + t**2 * c[:2]
            for a, b, c in [(p[0], p[1], np.array(p[2])) for p in pieces]
        ]
    )


def test_pieces_join_from_the_first_point_to_the_last() -> None:
    walk = np.random.default_rng(5).normal(scale=9, size=(300, 2)).cumsum(axis=0)
    pieces = pieces_of(stroke(*walk.T))
    assert pieces[0][0][:2] == tuple(walk[0])
    assert pieces[-1][2][:2] == tuple(walk[-1])
    for before, after in pairwise(pieces):
        assert before[2] == after[0]


def test_curve_has_no_corners_where_the_hand_made_none() -> None:
    angles = np.linspace(0, 2 * np.pi, 25)  # 26 units apart, as a fast mouse tells.
    places = flattened(pieces_of(stroke(100 * np.cos(angles), 100 * np.sin(angles)))[1:-1])
    radius = np.hypot(*places.T)
    assert radius.min() > 98.0
    along = np.diff(places, axis=0)
    along = along[np.hypot(*along.T) > 1e-6]
    turns = np.diff(np.unwrap(np.arctan2(*along.T)))
    assert np.abs(turns).max() < np.radians(5)


@pytest.mark.parametrize("gap", [10, 50, 400])
def test_corner_is_cut_by_little(gap: int) -> None:
    corner = stroke(np.array([0, gap, gap]), np.array([0, 0, gap]))
    nearest = np.hypot(*(flattened(pieces_of(corner)) - (gap, 0)).T).min()
    assert nearest < 9.0


def test_whole_pixels_of_a_mouse_make_no_staircase() -> None:
    x = np.arange(0.0, 300.0)
    pieces = pieces_of(stroke(x, np.round(x / 7)))
    off = flattened(pieces) @ (-1 / 7, 1)
    assert np.ptp(off[40:-20]) < np.ptp(np.round(x / 7) - x / 7)


def test_width_follows_pressure() -> None:
    points = stroke(np.arange(0, 400, 10.0), np.zeros(40), 8.0)
    points[:, 3] = np.linspace(0.0, 1.0, 40)
    widths = [piece[2].width for piece in pieces_of(points)]
    assert widths == sorted(widths)
    assert widths[-1] == pytest.approx(width_at(PEN, 1.0))
    assert widths[0] < 0.5 * PEN


def test_without_pressure_a_fast_mouse_draws_thinner_than_a_slow_one() -> None:
    places = np.arange(0, 400, 10.0), np.zeros(40)
    fast, slow, untold = (
        [piece[2].width for piece in pieces_of(stroke(*places, ms))][-1] for ms in (2, 100, 0)
    )
    assert fast < 0.9 * PEN < untold == PEN < slow
    assert fast > 0.6 * PEN


def test_speed_changes_the_width_by_and_by() -> None:
    points = stroke(np.arange(0, 800, 10.0), np.zeros(80), 2.0)
    points[40:, 2] += 80.0 * np.arange(40)
    widths = np.array([piece[2].width for piece in pieces_of(points)])
    assert np.abs(np.diff(widths)).max() < 0.1 * PEN


def test_one_more_point_settles_few_pieces() -> None:
    curve = StrokeCurve(PEN)
    walk = np.random.default_rng(6).normal(scale=30, size=(500, 2)).cumsum(axis=0)
    settled = [len(curve.add(x, y, 0.0, 0.5)) for x, y in walk.tolist()]
    assert max(settled) == 2
