import time

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, CENTRE_PX, bounding_box
from handwrite_gui.domain.raster import STROKE_WIDTH_PX, digit_image, digit_images, draw, fit

Strokes = list[NDArray[np.float64]]


def four() -> Strokes:
    """A 4 of two strokes, one of them curved."""
    bow = np.linspace(0, 1.2, 60)
    angle = np.stack([30 * np.cos(bow) - 5, 40 * np.sin(bow)], axis=1)
    return [np.concatenate([angle, [[35.0, 40.0]]]), np.array([[25.0, 5.0], [22.0, 70.0]])]


def moved(strokes: Strokes, scale: float, x: float, y: float) -> Strokes:
    return [stroke * scale + (x, y) for stroke in strokes]


@pytest.mark.parametrize("width_px", [1.6, STROKE_WIDTH_PX, 3.0, 5.5])
@pytest.mark.parametrize("degrees", [0, 17, 45, 70, 90])
def test_stroke_is_as_wide_as_asked_for(width_px: float, degrees: float) -> None:
    length = 15.0
    angle = np.radians(degrees)
    end = np.array([np.cos(angle), np.sin(angle)]) * length
    ink = draw([np.array([[0.0, 0.0], end])], width_px)
    # A line and its two round ends; at 45 degrees the pixels' grid is felt most.
    assert ink.sum() == pytest.approx(length * width_px + np.pi / 4 * width_px**2, rel=0.05)


def test_width_measured_across_a_drawn_digit() -> None:
    one = digit_image([np.array([[0.0, 0.0], [0.0, 1.0]])])
    assert one[10:18].sum(axis=1) == pytest.approx(STROKE_WIDTH_PX, abs=1e-5)


@pytest.mark.parametrize("scale", [0.01, 1.0, 1000.0])
def test_size_and_place_make_no_difference(scale: float) -> None:
    image = digit_image(moved(four(), scale, -300.0 * scale, 7.0))
    assert (image == digit_image(four())).all()


def test_largest_numbers_do_not_overflow() -> None:
    diagonal = np.array([[-1.0, -1.0], [1.0, 1.0]])
    with np.errstate(over="raise", invalid="raise"):
        image = digit_image([diagonal * 1.7e308])
    assert image == pytest.approx(digit_image([diagonal]), abs=1e-6)


@pytest.mark.parametrize("width_px", [1.8, STROKE_WIDTH_PX, 3.0])
def test_digit_with_its_width_fits_the_box(width_px: float) -> None:
    for strokes in (four(), [stroke[:, ::-1] for stroke in four()]):
        box = bounding_box(digit_image(strokes, width_px))
        assert box is not None
        assert max(box[2:]) == BOX_PX
    fitted = np.concatenate(fit(four(), BOX_PX - width_px))
    assert fitted.min(axis=0).tolist() == [0, 0]
    assert fitted.max() == pytest.approx(BOX_PX - width_px)


def test_shape_is_kept() -> None:
    strokes = four()
    _, _, width, height = bounding_box(digit_image(strokes)) or (0, 0, 0, 0)
    extent = np.ptp(np.concatenate(strokes), axis=0)
    inner = BOX_PX - STROKE_WIDTH_PX
    assert height == BOX_PX
    assert width == pytest.approx(extent[0] / extent[1] * inner + STROKE_WIDTH_PX, abs=1)


def test_ink_is_one_and_paper_zero() -> None:
    image = digit_image(four())
    assert image.dtype == np.float32
    assert image.shape == (28, 28)
    assert (image.min(), image.max()) == (0.0, 1.0)


def test_one_point_is_a_round_dot_in_the_middle() -> None:
    image = digit_image([np.array([[1234.5, -9.0]])])
    assert image.sum() == pytest.approx(np.pi / 4 * STROKE_WIDTH_PX**2, rel=0.1)
    assert image == pytest.approx(image.T)
    rows = image.sum(axis=1) @ np.arange(28) / image.sum()
    assert rows == pytest.approx(CENTRE_PX, abs=0.5)


def test_same_point_many_times_is_one_point() -> None:
    point = np.array([[3.0, 4.0]])
    assert (digit_image([np.repeat(point, 50, axis=0)]) == digit_image([point])).all()


def test_ten_thousand_points_draw_the_same_curve() -> None:
    def ring(count: int) -> NDArray[np.float64]:
        angle = np.linspace(0, 2 * np.pi, count)
        return np.stack([np.cos(angle), np.sin(angle)], axis=1) * 9 + 9

    start = time.process_time()
    ink = draw([ring(10_000)], STROKE_WIDTH_PX)
    assert time.process_time() - start < 3
    # What is dropped lies within 0.1 px, so no pixel changes by more than that, drawn twice.
    assert np.abs(ink - draw([ring(200)], STROKE_WIDTH_PX)).max() <= 0.2


def test_ten_thousand_strokes_are_all_drawn() -> None:
    grid = np.stack(np.meshgrid(np.arange(100), np.arange(100)), axis=-1).reshape(-1, 2) * 1.0
    start = time.process_time()
    image = digit_image([*grid[:, None]])
    assert time.process_time() - start < 10
    x, y, width, height = bounding_box(image) or (0, 0, 0, 0)
    assert (width, height) == (BOX_PX, BOX_PX)
    assert (image[y + 1 : y + height - 1, x + 1 : x + width - 1] == 1).all()


def test_strokes_are_not_joined() -> None:
    dashes = [np.array([[0.0, y], [1.0, y]]) for y in (0.0, 1.0)]
    image = digit_image(dashes)
    assert image[12:16].sum() == 0
    assert image[:8].sum() > 0
    assert image[20:].sum() > 0


def test_strokes_simplified_in_groups_are_those_simplified_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(7)
    strokes = [random.random((count, 2)).cumsum(axis=0) for count in (1, 40, 7, 300, 1, 1, 90)]
    at_once = digit_image(strokes)
    monkeypatch.setattr("handwrite_gui.domain.raster._POINTS_AT_ONCE", 50)
    assert (digit_image(strokes) == at_once).all()


@pytest.mark.parametrize("at_once", [1, 7, 1024])
def test_digits_drawn_together_are_those_drawn_one_by_one(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("handwrite_gui.domain.raster._SEGMENTS_AT_ONCE", at_once)
    random = np.random.default_rng(3)
    digits = [
        [random.normal(0, 1, (count, 2)).cumsum(axis=0) for count in counts]
        for counts in ((30,), (1,), (12, 1, 25), (1, 1), (9, 60))
    ]
    together = digit_images([four(), *digits], 3.0)
    assert len(together) == 6
    for image, strokes in zip(together, [four(), *digits], strict=True):
        assert (image == digit_image(strokes, 3.0)).all()
        assert image.base is None
