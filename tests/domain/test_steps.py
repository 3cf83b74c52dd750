import numpy as np
import pytest

from handwrite_gui.domain.framing import BOX_PX, CENTRE_PX, bounding_box
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.raster import STROKE_WIDTH_PX, ink_image
from handwrite_gui.domain.steps import ALL_STEPS, Steps, every_choice, step_image

PAPER = (0.0, 0.0, 600.0, 400.0)


def ink(*strokes: list[tuple[float, float]], pen_width: float | None = 12.0) -> Ink:
    return Ink(tuple(Stroke.from_xy(np.array(stroke, float)) for stroke in strokes), 1, pen_width)


def seven(size: float = 1.0, left: float = 0.0, top: float = 0.0) -> Ink:
    corners = [(0, 0), (60, 0), (25, 100)], [(15, 50), (55, 46)]
    return ink(*([(left + x * size, top + y * size) for x, y in each] for each in corners))


def box_of(image: np.ndarray) -> tuple[int, int, int, int]:
    box = bounding_box(image)
    assert box is not None
    return box


@pytest.mark.parametrize("seed", range(60))
def test_with_all_steps_it_is_the_image_that_is_read(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pen_width = [None, 0.0, 3.0, 12.0, 40.0][seed % 5]
    strokes = [
        rng.normal(200, 10.0 ** rng.uniform(-2, 3), (rng.integers(1, 40), 2))
        for _ in range(rng.integers(1, 5))
    ]
    drawn = Ink(tuple(map(Stroke.from_xy, strokes)), 1, pen_width)
    np.testing.assert_array_equal(step_image(drawn, PAPER), ink_image(drawn))


def test_with_all_steps_a_dot_is_the_image_that_is_read() -> None:
    dot = ink([(50, 50), (53, 51)])
    np.testing.assert_array_equal(step_image(dot, PAPER, ALL_STEPS), ink_image(dot))


def test_every_choice_is_there_once_and_gives_an_image() -> None:
    choices = every_choice()
    assert choices[0] == ALL_STEPS
    assert len(set(choices)) == len(choices) == 16
    for drawn in (seven(), ink([(5, 5)]), ink([(5, 5), (5, 90)]), seven(20.0, -500.0, -500.0)):
        for steps in choices:
            image = step_image(drawn, PAPER, steps)
            assert (image.shape, image.dtype) == ((28, 28), np.float32)
            assert 0.0 <= image.min() < image.max() <= 1.0


def test_without_the_box_a_small_digit_in_a_corner_nearly_vanishes() -> None:
    drawn = seven(0.3, 20.0, 20.0)
    whole = step_image(drawn, PAPER)
    without = step_image(drawn, PAPER, Steps(box=False, line=False, centred=False))
    assert without.sum() < 0.05 * whole.sum()
    left, top, width, height = box_of(step_image(drawn, PAPER, Steps(box=False, centred=False)))
    # 600 units to 17.6 px, beside a line 2.4 px wide.
    assert (left, top) == (0, 0)
    assert width <= 4
    assert height <= 5


def test_without_the_box_ink_lies_where_it_lies_on_the_paper() -> None:
    drawn = seven(0.3, 560.0, 360.0)
    left, top, width, height = box_of(
        step_image(drawn, PAPER, Steps(box=False, centred=False, line=False))
    )
    assert left + width == pytest.approx(BOX_PX, abs=1)
    assert top + height == pytest.approx(BOX_PX * 400 / 600, abs=1)


def test_paper_may_be_seen_from_anywhere() -> None:
    steps = Steps(box=False, centred=False)
    moved = step_image(seven(1.0, -400.0, 900.0), (-500.0, 850.0, 600.0, 400.0), steps)
    np.testing.assert_array_equal(moved, step_image(seven(1.0, 100.0, 50.0), PAPER, steps))


def test_without_proportion_both_sides_are_as_long() -> None:
    drawn = ink([(0, 0), (10, 50), (0, 100)])
    assert box_of(step_image(drawn, PAPER))[2] < 6
    assert box_of(step_image(drawn, PAPER, Steps(proportion=False)))[2:] == (BOX_PX, BOX_PX)


@pytest.mark.parametrize("stroke", [[(5.0, 0.0), (5.0, 100.0)], [(0.0, 5.0), (100.0, 5.0)]])
def test_without_proportion_a_straight_line_stays_one(stroke: list[tuple[float, float]]) -> None:
    drawn = ink(stroke)
    stretched = step_image(drawn, PAPER, Steps(proportion=False))
    np.testing.assert_array_equal(stretched, ink_image(drawn))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [1e-320, 1e-300, 1e12, 1e160, 8e307])
@pytest.mark.parametrize(
    "corners",
    [
        [(0, 0), (1, 0)],
        [(0, 0), (0, 1)],
        [(-1, 0), (1, 1e-5)],
        [(-1, -1), (1, 1), (1, -1)],
    ],
)
def test_ink_of_any_size_gives_an_image_without_a_warning(
    size: float, corners: list[tuple[float, float]]
) -> None:
    for pen_width in (None, 12.0):
        stroke = Stroke.from_xy(np.array(corners, float) * size)
        drawn = Ink((stroke,), 1, pen_width)
        for steps in every_choice():
            assert np.isfinite(step_image(drawn, PAPER, steps)).all()
        np.testing.assert_array_equal(step_image(drawn, PAPER), ink_image(drawn))


def test_without_the_models_line_it_is_as_wide_as_the_pen() -> None:
    def width(drawn: Ink, steps: Steps) -> float:
        return float(step_image(drawn, PAPER, steps)[13].sum())

    line = ink([(300, 100), (300, 300)], pen_width=40.0)
    assert width(line, ALL_STEPS) == pytest.approx(STROKE_WIDTH_PX, abs=0.01)
    # The line and its ends are 240 units long, and fill 20 pixels.
    assert width(line, Steps(line=False)) == pytest.approx(40 * 20 / 240, abs=0.01)
    assert box_of(step_image(line, PAPER, Steps(line=False)))[3] == BOX_PX
    # Of 600 units, and 40 for the line, the paper's 20 pixels hold all.
    on_paper = width(line, Steps(box=False, line=False))
    assert on_paper == pytest.approx(40 * 20 / 640, abs=0.05)


def test_a_pen_of_unknown_width_is_the_models() -> None:
    drawn = Ink(seven().strokes, 1, None)
    np.testing.assert_array_equal(step_image(drawn, PAPER, Steps(line=False)), ink_image(drawn))


def test_uncentred_it_stays_in_the_corner() -> None:
    image = step_image(seven(), PAPER, Steps(centred=False))
    assert box_of(image)[:2] == (0, 0)
    centred = step_image(seven(), PAPER)
    assert centred.sum(axis=1) @ np.arange(28) / centred.sum() == pytest.approx(CENTRE_PX, abs=0.5)
    assert np.sort(image[image > 0]) == pytest.approx(np.sort(centred[centred > 0]))
