import time
from itertools import pairwise

import numpy as np
import pytest

from handwrite_gui.domain.erasing import CRUMB, Erasure
from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Stroke

Place = tuple[float, float]


def line(*places: Place) -> Stroke:
    """A stroke with a point each 10 ms, pressed ever harder."""
    points = np.zeros((len(places), 4))
    points[:, :2] = places
    points[:, TIME_MS] = 10.0 * np.arange(len(places))
    points[:, PRESSURE] = np.linspace(0.0, 1.0, len(places))
    return Stroke(points)


def random_stroke(rng: np.random.Generator) -> Stroke:
    """A stroke of 1 to 40 points; some repeat the one before."""
    count = rng.integers(1, 40)
    steps = rng.normal(0, 8, (count, 2)) * (rng.uniform(size=(count, 1)) > 0.2)
    return line(*(rng.uniform(0, 100, 2) + np.cumsum(steps, axis=0)).tolist())


def erase(
    strokes: list[Stroke], *places: Place, reach: float = 10.0, parts: bool = True
) -> tuple[Stroke, ...]:
    erasure = Erasure(strokes, reach, parts=parts)
    for start, end in zip(places, places[1:] or places, strict=False):
        erasure.sweep(start, end)
    return erasure.strokes


def far_from(places: np.ndarray, path: list[Place]) -> np.ndarray:
    """How far places (n, 2) are from where an eraser went."""
    every = [distance_to_segments(places, a, b) for a, b in pairwise(np.array(path))]
    return np.min(every, axis=0)


def at_times(stroke: Stroke, times: np.ndarray) -> np.ndarray:
    """The points (n, 4) of a stroke from `line` at some times."""
    known = stroke.points[:, TIME_MS]
    return np.stack([np.interp(times, known, column) for column in stroke.points.T], axis=1)


# Whole strokes


@pytest.mark.parametrize(("distance", "is_left"), [(0, 0), (9.9, 0), (10, 0), (10.1, 1), (40, 1)])
def test_stroke_within_reach_goes(distance: float, is_left: int) -> None:
    stroke = line((0, 0), (100, 0))
    assert len(erase([stroke], (50, distance), parts=False)) == is_left
    assert len(erase([stroke], (100 + distance, 0), parts=False)) == is_left


def test_eraser_that_jumps_over_a_stroke_takes_it() -> None:
    wall, beside = line((50, -50), (50, 50)), line((50, 70), (50, 90))
    assert erase([wall, beside], (0, 0), (100, 0), parts=False) == (beside,)


@pytest.mark.parametrize("parts", [True, False])
def test_dot_goes_whole(parts: bool) -> None:
    near, far = line((5, 5)), line((30, 5))
    assert erase([near, far], (0, 0), parts=parts) == (far,)


# Parts


def test_stroke_is_cut_at_the_circle_s_edge() -> None:
    left, right = erase([line((0, 0), (100, 0))], (50, 0))
    assert left.points.tolist() == pytest.approx(np.array([[0, 0, 0, 0], [40, 0, 4, 0.4]]))
    assert right.points.tolist() == pytest.approx(np.array([[60, 0, 6, 0.6], [100, 0, 10, 1]]))


def test_what_the_eraser_passes_between_two_places_goes() -> None:
    rest = erase([line((0, 0), (100, 0))], (30, 6), (70, 6))
    assert [stroke.xy[:, 0].tolist() for stroke in rest] == [
        pytest.approx([0, 22]),
        pytest.approx([78, 100]),
    ]


def test_points_that_are_not_passed_stay_as_they_were() -> None:
    stroke = line((0, 0), (10, 3), (20, 0), (50, 0), (80, 0), (90, 3), (100, 0))
    first, second = erase([stroke], (50, 0))
    assert (first.points[:3] == stroke.points[:3]).all()
    assert (second.points[1:] == stroke.points[4:]).all()
    assert (len(first.points), len(second.points)) == (4, 4)


def test_stroke_that_is_not_touched_is_the_same_object() -> None:
    strokes = [line((0, 0), (9, 0)), line((0, 50), (100, 50)), line((0, 90), (9, 90))]
    rest = erase(strokes, (50, 50))
    assert len(rest) == 4
    assert rest[0] is strokes[0]
    assert rest[3] is strokes[2]
    assert [stroke.xy[0, 0] for stroke in rest[1:3]] == pytest.approx([0, 60])


def test_nothing_is_left_of_what_lies_within() -> None:
    assert erase([line((-5, 0), (5, 3), (0, 4))], (0, 0)) == ()


def test_crumb_is_dropped() -> None:
    crumb = 0.8 * CRUMB
    (rest,) = erase([line((0, 0), (20 + crumb, 0), (20 + crumb, 9), (90, 90))], (10, 0))
    assert rest.xy[0].tolist() == pytest.approx([20 + crumb, 0], abs=3)
    assert erase([line((0, 0), (20 + crumb, 0))], (10, 0)) == ()
    assert len(erase([line((0, 0), (20 + 2 * CRUMB, 0))], (10, 0))) == 1


def test_eraser_that_rests_cuts_no_more() -> None:
    erasure = Erasure([line((0, 1), (100, 2))], 10.0, parts=True)
    assert erasure.sweep((50, 0), (50, 0)) is not None
    cut = erasure.strokes
    for _ in range(5):
        assert erasure.sweep((50, 0), (50, 0)) is None
    assert erasure.strokes is cut


@pytest.mark.parametrize("seed", range(40))
def test_just_what_is_out_of_reach_is_left(seed: int) -> None:
    """Every place along random strokes, and the time and pressure there."""
    rng = np.random.default_rng(seed)
    path = [tuple(place) for place in rng.uniform(0, 100, (4, 2))]
    for _ in range(6):
        stroke = random_stroke(rng)
        times = np.linspace(0, stroke.points[-1, TIME_MS], 500)
        is_left = np.zeros(len(times), bool)
        for piece in erase([stroke], *path):
            known = piece.points[:, TIME_MS]
            assert piece.points == pytest.approx(at_times(stroke, known))
            is_left |= (times >= known[0]) & (times <= known[-1])
        distance = far_from(at_times(stroke, times)[:, :2], path)
        assert not is_left[distance < 10 - 1e-6].any()
        assert is_left[distance > 10 + CRUMB].all()


@pytest.mark.parametrize("seed", range(20))
def test_whole_strokes_that_go_are_those_within_reach(seed: int) -> None:
    rng = np.random.default_rng(seed)
    strokes = [random_stroke(rng) for _ in range(20)]
    path = [tuple(place) for place in rng.uniform(0, 100, (3, 2))]
    rest = erase(strokes, *path, parts=False)
    for stroke in strokes:
        times = np.linspace(0, stroke.points[-1, TIME_MS], 2000)
        distance = far_from(at_times(stroke, times)[:, :2], path).min()
        assert abs(distance - 10) < 0.1 or (stroke in rest) == (distance > 10)


@pytest.mark.parametrize("seed", range(20))
def test_strokes_keep_their_order_whatever_goes_together(seed: int) -> None:
    rng = np.random.default_rng(seed)
    strokes = [random_stroke(rng) for _ in range(30)]
    path = [tuple(place) for place in rng.uniform(0, 100, (3, 2))]
    alone = [piece.xy.tolist() for stroke in strokes for piece in erase([stroke], *path)]
    assert [piece.xy.tolist() for piece in erase(strokes, *path)] == alone


# What is told of it


def test_boxes_hold_what_has_changed() -> None:
    erasure = Erasure([line((0, 0), (100, 0)), line((0, 50), (100, 50))], 10.0, parts=True)
    assert erasure.touched is None
    assert erasure.sweep((20, 0), (30, 0)) == pytest.approx((10, 0, 40, 0))
    assert erasure.touched == (0, 0, 100, 0)
    assert erasure.sweep((20, 20), (30, 20)) is None
    assert erasure.sweep((20, 50), (20, 50)) == pytest.approx((10, 50, 30, 50))
    assert erasure.touched == (0, 0, 100, 50)


def test_whole_strokes_change_wherever_they_are() -> None:
    erasure = Erasure([line((0, 0), (100, 0))], 10.0, parts=False)
    assert erasure.sweep((20, 0), (20, 0)) == (0, 0, 100, 0)
    assert erasure.strokes == ()


def test_what_is_left_near_a_box_is_found() -> None:
    strokes = [line((0, 0), (100, 0)), line((300, 300)), line((20, 40), (25, 45))]
    erasure = Erasure(strokes, 10.0, parts=True)
    box = erasure.sweep((50, 0), (50, 0))
    assert box is not None
    assert [stroke.xy[0, 0] for stroke in erasure.near(box, 1.0)] == pytest.approx([0, 60])
    assert len(erasure.near(box, 50.0)) == 3


# Speed


def test_much_ink_elsewhere_hardly_slows_the_eraser() -> None:
    def time_s(count: int) -> float:
        rng = np.random.default_rng(1)
        near = [random_stroke(rng) for _ in range(20)]
        away = [Stroke(s.points + 1000.0) for s in near] * (count // 20)
        took = []
        for _ in range(5):
            erasure = Erasure([*near, *away], 5.0, parts=True)
            began = time.perf_counter()
            for x in range(0, 100, 4):
                erasure.sweep((x, x), (x + 4, x + 4))
            took.append(time.perf_counter() - began)
        return min(took)

    assert time_s(10_000) < 20 * time_s(20)
