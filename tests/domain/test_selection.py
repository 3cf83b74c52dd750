import time

import numpy as np
import pytest

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.selection import is_within, stroke_at, strokes_within

SQUARE = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]])


def line(*places: tuple[float, float]) -> Stroke:
    return Stroke.from_xy(np.array(places, float))


# A place


@pytest.mark.parametrize(
    ("x", "y", "hit"),
    [(50, 0, True), (50, 8, True), (50, 9, False), (-8, 0, True), (-7, -7, False), (103, 3, True)],
)
def test_stroke_is_hit_within_reach(x: float, y: float, hit: bool) -> None:
    stroke = line((0, 0), (100, 0))
    assert (stroke_at([stroke], x, y, 8.0) is stroke) == hit


def test_nearest_of_several_is_hit_and_the_newest_of_equals() -> None:
    low, high, twin = line((0, 0), (100, 0)), line((0, 6), (100, 6)), line((0, 6), (100, 6))
    assert stroke_at([low, high], 50, 2, 8.0) is low
    assert stroke_at([low, high], 50, 4, 8.0) is high
    assert stroke_at([low, high, twin], 50, 4, 8.0) is twin


def test_dot_is_hit() -> None:
    dot = line((5, 5))
    assert stroke_at([dot], 8, 9, 5.0) is dot
    assert stroke_at([dot], 9, 9, 5.0) is None
    assert stroke_at([], 0, 0, 5.0) is None


# A lasso


def test_lasso_takes_what_lies_within_by_half_of_its_length() -> None:
    within, across, just, out = (
        line((10, 10), (90, 90)),
        line((60, 50), (60, 70), (60, 190)),
        line((10, 50), (10, 100), (10, 149)),
        line((150, 0), (150, 90)),
    )
    assert strokes_within([within, across, just, out], SQUARE) == (within, just)


def test_many_points_in_one_place_do_not_outweigh_a_length() -> None:
    rests_within = line(*[(50, 50)] * 90, (50, 100), (50, 300))
    assert strokes_within([rests_within], SQUARE) == ()


def test_dots_are_taken_and_so_is_a_pen_that_rested() -> None:
    dot, rested, away = line((5, 5)), line((6, 6), (6, 6), (6, 6)), line((105, 5))
    assert strokes_within([dot, rested, away], SQUARE) == (dot, rested)


def test_lasso_of_no_area_takes_nothing() -> None:
    assert strokes_within([line((5, 5))], SQUARE[:2]) == ()
    assert strokes_within([line((5, 5))], np.array([[5.0, 5.0]] * 4)) == ()
    assert strokes_within([], SQUARE) == ()


@pytest.mark.parametrize("seed", range(30))
def test_places_within_are_those_around_which_the_polygon_winds_oddly(seed: int) -> None:
    """Counted for each place alone, by the angles under which it sees the edges."""
    rng = np.random.default_rng(seed)
    polygon, places = rng.uniform(0, 100, (7, 2)), rng.uniform(-10, 110, (200, 2))
    seen = polygon[None] - places[:, None]
    angles = np.arctan2(seen[..., 1], seen[..., 0])
    turns = np.diff(np.concatenate([angles, angles[:, :1]], axis=1), axis=1)
    winding = ((turns + np.pi) % (2 * np.pi) - np.pi).sum(axis=1) / (2 * np.pi)
    assert (is_within(places, polygon) == (np.round(winding) % 2 == 1)).all()


def test_many_strokes_take_no_longer_each() -> None:
    def time_s(count: int) -> float:
        rng = np.random.default_rng(1)
        strokes = [
            Stroke.from_xy(rng.uniform(0, 100, 2) + np.cumsum(rng.normal(0, 2, (50, 2)), axis=0))
            for _ in range(count)
        ]
        turns = np.linspace(0, 2 * np.pi, 200)
        lasso = 50 + 30 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        took = []
        for _ in range(5):
            began = time.perf_counter()
            assert strokes_within(strokes, lasso)
            took.append(time.perf_counter() - began)
        return min(took)

    assert time_s(4000) < 4 * 40 * time_s(100)
