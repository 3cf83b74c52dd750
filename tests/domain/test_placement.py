import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.placement import APART, MARGIN, place, place_below

PAPER = (400.0, 300.0)


def ink(*points: tuple[float, float]) -> Ink:
    return Ink((Stroke.from_xy(np.array(points, np.float64)),))


def boxed(strokes: tuple[Stroke, ...]) -> tuple[float, ...]:
    return Ink(strokes).box


def test_ink_that_fits_stays_where_it_is() -> None:
    drawn = ink((10, 20), (60, 90))
    (stroke,) = place(drawn, PAPER, 1.0)
    assert (stroke.points == drawn.strokes[0].points).all()


def test_unit_is_converted() -> None:
    assert boxed(place(ink((5, 10), (15, 30)), PAPER, 4.0)) == (20, 40, 40, 80)


@pytest.mark.parametrize(
    ("at", "corner"),
    [((-50.0, -20.0), (0, 0)), ((1000.0, 900.0), (370, 250)), ((380.0, 5.0), (370, 5))],
)
def test_ink_beside_the_paper_is_moved_onto_it(
    at: tuple[float, float], corner: tuple[float, float]
) -> None:
    x, y = at
    assert boxed(place(ink((x, y), (x + 30, y + 50)), PAPER, 1.0)) == (*corner, 30, 50)


def test_larger_ink_is_fitted_and_centred() -> None:
    left, top, width, height = boxed(place(ink((0, 0), (4000, 1000)), PAPER, 1.0))
    assert width == pytest.approx(400 * (1 - 2 * MARGIN))
    assert height == pytest.approx(width / 4)
    assert (left + width / 2, top + height / 2) == pytest.approx((200, 150))


@pytest.mark.parametrize("size", [0.001, 7.0, 1e6, 1e90])
def test_ink_of_an_unknown_scale_is_fitted(size: float) -> None:
    left, top, width, height = boxed(place(ink((size, 0), (2 * size, 2 * size)), PAPER, None))
    assert height == pytest.approx(300 * (1 - 2 * MARGIN))
    assert width == pytest.approx(height / 2)
    assert (left + width / 2, top + height / 2) == pytest.approx((200, 150))


def test_single_point_goes_to_the_middle() -> None:
    assert boxed(place(ink((7000, 9)), PAPER, None)) == (200, 150, 0, 0)


def test_ink_of_almost_no_size_stays_finite() -> None:
    assert boxed(place(ink((0, 0), (5e-324, 0)), PAPER, None))[2] == pytest.approx(0, abs=400)


def test_time_and_pressure_stay() -> None:
    points = np.array([[0, 0, 12.0, 0.3], [900, 0, 15.0, 0.8]])
    (stroke,) = place(Ink((Stroke(points),)), PAPER, None)
    assert (stroke.points[:, 2:] == points[:, 2:]).all()


def test_blank_paper() -> None:
    assert place(Ink(), PAPER, None) == ()


def test_strokes_keep_their_order_lengths_times_and_pressures() -> None:
    random = np.random.default_rng(7)
    drawn = Ink(tuple(Stroke(random.random((count, 4))) for count in (3, 1, 200)))
    placed = place(drawn, PAPER, 2.0)
    for before, after in zip(drawn.strokes, placed, strict=True):
        assert (after.points[:, 2:] == before.points[:, 2:]).all()
        assert np.allclose(after.xy, before.xy * 2.0)


def test_ink_is_put_below_other_ink_and_stays_where_it_stands_there_already() -> None:
    stroke = Stroke.from_xy(np.array([[10.0, 20.0], [30.0, 60.0]]))
    (moved,) = place_below([stroke], (5.0, 10.0, 200.0, 90.0))
    assert moved.xy.tolist() == [[10.0, 100.0 + APART], [30.0, 140.0 + APART]]
    (same,) = place_below([moved], (5.0, 10.0, 200.0, 40.0))
    assert same.xy.tolist() == moved.xy.tolist()
