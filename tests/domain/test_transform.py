import numpy as np
import pytest

from handwrite_gui.domain.ink import Bounds, Stroke
from handwrite_gui.domain.transform import (
    Transform,
    moving,
    scaling,
    scaling_about_middle,
)

PAPER = 0.0, 0.0, 400.0, 300.0
BOX = 100.0, 100.0, 200.0, 150.0


def random_box(rng: np.random.Generator) -> Bounds:
    (x1, x2), (y1, y2) = np.sort(rng.uniform(0, 400, 2)), np.sort(rng.uniform(0, 300, 2))
    return float(x1), float(y1), float(x2), float(y2)


def scaled(
    way: tuple[float, float], side: tuple[int, int] = (1, 1), *, keeps_aspect: bool = True
) -> Bounds:
    return scaling(BOX, side, way, PAPER, keeps_aspect=keeps_aspect).of_box(BOX)


# Strokes


def test_times_and_pressures_are_kept_and_the_strokes_themselves() -> None:
    rng = np.random.default_rng(1)
    strokes = [Stroke(rng.uniform(0, 1, (count, 4))) for count in (1, 2, 30)]
    before = [stroke.points.copy() for stroke in strokes]
    moved = Transform((2.0, 0.5), (10.0, -3.0)).of_strokes(strokes)
    for old, stroke, new in zip(before, strokes, moved, strict=True):
        assert (stroke.points == old).all()
        assert (new.points[:, 2:] == old[:, 2:]).all()
        assert new.points[:, 0] == pytest.approx(2.0 * old[:, 0] + 10.0)
        assert new.points[:, 1] == pytest.approx(0.5 * old[:, 1] - 3.0)


def test_box_goes_where_the_strokes_go() -> None:
    assert Transform((2.0, 0.5), (10.0, -3.0)).of_box(BOX) == (210, 47, 410, 72)
    assert Transform().is_nothing
    assert not Transform(shift=(0.0, 1.0)).is_nothing


# Moving


@pytest.mark.parametrize(
    ("way", "shift"),
    [
        ((30, -20), (30, -20)),
        ((-500, 0), (-100, 0)),
        ((500, 500), (200, 150)),
        ((0, -101), (0, -100)),
    ],
)
def test_strokes_are_moved_as_far_as_the_paper_goes(
    way: tuple[float, float], shift: tuple[float, float]
) -> None:
    assert moving(BOX, way, PAPER).shift == shift


def test_what_lies_beyond_can_be_moved_to_either_end() -> None:
    wide = -50.0, 0.0, 500.0, 10.0
    assert moving(wide, (900, 0), PAPER).shift == (50, 0)
    assert moving(wide, (-900, 0), PAPER).shift == (-100, 0)
    away = 500.0, 0.0, 600.0, 10.0
    assert moving(away, (50, 0), PAPER).shift == (0, 0)
    assert moving(away, (-250, 0), PAPER).shift == (-250, 0)


# Scaling


def test_corner_keeps_the_aspect_and_the_opposite_corner() -> None:
    assert scaled((100, 50)) == pytest.approx((100, 100, 300, 200))
    assert scaled((-50, -25)) == pytest.approx((100, 100, 150, 125))
    assert scaled((-100, -50), (-1, -1)) == pytest.approx((0, 50, 200, 150))
    left, top, right, bottom = scaled((40, 90))
    assert (right - left) / (bottom - top) == pytest.approx(2.0)


def test_corner_without_the_aspect_goes_where_it_is_led() -> None:
    assert scaled((40, 90), keeps_aspect=False) == pytest.approx((100, 100, 240, 240))


@pytest.mark.parametrize("keeps_aspect", [True, False])
def test_side_scales_one_way(keeps_aspect: bool) -> None:
    assert scaled((40, 90), (1, 0), keeps_aspect=keeps_aspect) == pytest.approx(
        (100, 100, 240, 150)
    )
    assert scaled((40, -20), (0, -1), keeps_aspect=keeps_aspect) == pytest.approx(
        (100, 80, 200, 150)
    )


def test_nothing_is_turned_over_or_lost() -> None:
    assert scaled((-900, -900)) == pytest.approx((100, 100, 108, 104))
    assert scaled((-900, -900), keeps_aspect=False) == pytest.approx((100, 100, 108, 108))


def test_what_has_no_width_is_scaled_in_height() -> None:
    line = 100.0, 100.0, 100.0, 200.0
    for keeps_aspect in (True, False):
        change = scaling(line, (1, 1), (50, 50), PAPER, keeps_aspect=keeps_aspect)
        assert change.of_box(line) == pytest.approx((100, 100, 100, 250))
    dot = 100.0, 100.0, 100.0, 100.0
    assert scaling(dot, (1, 1), (50, 50), PAPER, keeps_aspect=True).is_nothing
    assert scaling_about_middle(dot, 2.0, PAPER).is_nothing


@pytest.mark.parametrize("seed", range(50))
def test_scaled_strokes_stay_on_the_paper_and_keep_their_place(seed: int) -> None:
    rng = np.random.default_rng(seed)
    box, way = random_box(rng), tuple(rng.uniform(-500, 500, 2))
    side = rng.integers(-1, 2), rng.integers(-1, 2)
    new = scaling(box, side, way, PAPER, keeps_aspect=bool(rng.integers(2))).of_box(box)
    for axis in (0, 1):
        assert new[axis] >= PAPER[axis] - 1e-9
        assert new[axis] < new[axis + 2] <= PAPER[axis + 2] + 1e-9
        if side[axis] >= 0:
            assert new[axis] == pytest.approx(box[axis])
        if side[axis] <= 0:
            assert new[axis + 2] == pytest.approx(box[axis + 2])


def test_scaling_about_the_middle_keeps_it_and_ends_at_the_edge() -> None:
    for scale, box in (
        (1.5, (75, 87.5, 225, 162.5)),
        (0.5, (125, 112.5, 175, 137.5)),
        (99.0, (0, 50, 300, 200)),
        (0.0, (146, 123, 154, 127)),
    ):
        assert scaling_about_middle(BOX, scale, PAPER).of_box(BOX) == pytest.approx(box)


def test_what_lies_beyond_is_not_pulled_back_by_scaling() -> None:
    beyond = 350.0, 100.0, 450.0, 150.0
    assert scaling(beyond, (1, 1), (50, 25), PAPER, keeps_aspect=True).is_nothing
    assert scaling_about_middle(beyond, 2.0, PAPER).is_nothing
