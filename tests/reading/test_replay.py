"""Ink is read again and again while it is written."""

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui import paths
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.domain.opinions import opinions_of
from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.reading.reader import Reader
from handwrite_gui.reading.replay import (
    MOST_MOMENTS,
    READINGS_A_PART,
    digits_at,
    digits_of_strokes,
    moments_of,
    read_moments,
)


def written(*strokes: tuple[float, ...]) -> InkTime:
    """Strokes of these times each, along a line downwards."""
    made = []
    for number, times in enumerate(strokes):
        points = np.full((len(times), 4), 0.5)
        points[:, 0], points[:, 1], points[:, 2] = 100 * number, times, times
        made.append(Stroke(points))
    return time_of(Ink(tuple(made), revision=3, pen_width=12.0))


def test_moments_are_even_and_at_every_stroke_s_end() -> None:
    time = written((0, 30), (60, 100))
    assert moments_of(time, 13).tolist() == [0, 10, 20, 30, 60, 70, 80, 90, 100]


def test_nothing_is_read_while_the_pen_rests() -> None:
    time = written((0, 100), (500, 600))
    moments = moments_of(time)
    assert not ((moments > 100) & (moments < 500)).any()
    assert {0, 100, 600} <= set(moments.tolist())
    assert len(moments) < MOST_MOMENTS


@pytest.mark.parametrize("strokes", [1, 150, 200, 1000])
def test_moments_are_bounded_however_many_strokes_there_are(strokes: int) -> None:
    time = written(*((100.0 * n, 100.0 * n + 50) for n in range(strokes)))
    moments = moments_of(time)
    assert len(moments) <= MOST_MOMENTS
    assert moments[-1] == time.duration_ms
    assert (np.diff(moments) > 0).all()
    if strokes < MOST_MOMENTS:
        assert set(time.stroke_ends_ms) <= set(moments)


def test_dot_is_read_once() -> None:
    assert moments_of(written((7.0,))).tolist() == [0]


class Growing:
    """Sees the digit that is the number of images it has been shown, and keeps them."""

    def __init__(self) -> None:
        self.images: list[NDArray[np.float32]] = []

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.images.extend(images)
        return np.eye(11, dtype=np.float32)[[len(self.images) % 10]]


def test_answer_comes_in_small_parts_and_only_as_it_is_asked_for() -> None:
    time = written((0, 1000))
    moments = moments_of(time, 26)
    recogniser = Growing()
    parts = read_moments(time, moments, Reader(recogniser))
    assert recogniser.images == []
    first = next(parts)
    assert len(first) == READINGS_A_PART == 10
    assert first[0].refusal is Refusal.DOT  # The pen has only touched the paper.
    assert len(recogniser.images) == 9
    rest = list(parts)
    assert [len(part) for part in rest] == [10, 5]
    assert rest[-1][-1].revision == 3


@pytest.mark.parametrize(("points", "size"), [(10_000, 10), (40_000, 2), (200_000, 1)])
def test_parts_of_much_ink_are_smaller(points: int, size: int) -> None:
    time = written(tuple(np.linspace(0.0, 1000.0, points)))
    assert len(next(read_moments(time, moments_of(time), Reader(Growing())))) == size


def test_what_is_read_is_the_ink_of_the_moment() -> None:
    time = written((0, 1000), (1200, 1400))
    moments = moments_of(time, 20)
    readings = [each for part in read_moments(time, moments, Reader(Growing())) for each in part]
    for moment, reading in zip(moments, readings, strict=True):
        (digit,) = reading.numbers[0].digits if reading.numbers else reading.refused
        assert digit.box == time.ink_at(moment).box
    assert readings[-1].first_digit is not None
    assert readings[-1].first_digit.box == time.ink.box


def test_of_several_digits_the_one_that_is_written_is_read() -> None:
    time = written((0, 100), (200, 300), (400, 500), (600, 700))  # The last goes on with the first.
    of_strokes = digits_of_strokes(time, [(1,), (0, 3)])
    assert of_strokes.tolist() == [0, 1, 2, 0]
    moments = np.array([0.0, 100.0, 200.0, 300.0, 350.0, 500.0, 650.0, 700.0])
    assert digits_at(time, moments, of_strokes).tolist() == [0, 0, 1, 1, 1, 2, 0, 0]
    parts = read_moments(time, moments, Reader(Growing()), of_strokes)
    boxes = [reading.first_digit.box for part in parts for reading in part if reading.first_digit]
    widths = [round(box[2]) for box in boxes]
    assert len(widths) == len(moments)
    assert widths == [0, 0, 0, 0, 0, 0, 300, 300]
    assert boxes[5][0] == pytest.approx(200)


def test_ink_of_one_digit_is_read_as_such() -> None:
    assert digits_of_strokes(written((0, 100), (200, 300)), ()).tolist() == [0, 0]


@pytest.fixture(scope="module")
def reader() -> Reader:
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    return Reader(load_recogniser(paths.default_model()))


def four() -> Ink:
    """A 4 whose upright is drawn first, then its angle: at first it is a 1."""
    t = np.linspace(0, 1, 25)
    upright = np.stack([0 * t + 180, 100 + 220 * t, 600 * t, 0 * t + 0.5], axis=1)
    down, right = t[:13] * 2, t[1:13] * 2
    left = np.stack([150 - 60 * down, 110 + 120 * down, 900 + 240 * down, 0 * down + 0.5], axis=1)
    bar = np.stack([90 + 140 * right, 230 + 0 * right, 1140 + 240 * right, 0 * right + 0.5], axis=1)
    return Ink((Stroke(upright), Stroke(np.concatenate([left, bar]))), pen_width=12.0)


def test_shipped_model_changes_its_mind_as_a_stroke_is_added(reader: Reader) -> None:
    time = time_of(four())
    moments = moments_of(time)
    readings: list[Reading] = [r for part in read_moments(time, moments, reader) for r in part]
    said = [reading.first_digit.prediction for reading in readings if reading.first_digit]
    assert len(said) == len(moments)
    opinions = opinions_of(moments, said)
    assert opinions[0].digit is None  # A dot.
    assert next(opinion.digit for opinion in opinions if opinion.digit is not None) == 1
    assert opinions[-1].digit == 4
    assert opinions[-1].since_ms > time.stroke_starts_ms[1]
    assert opinions[-1].confidence > 0.9
    at_first_end = said[int(np.searchsorted(moments, time.stroke_ends_ms[0]))]
    assert at_first_end.digit == 1
