import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import (
    EVEN_REST_MS,
    EVEN_SPEED,
    LONGEST_REST_MS,
    InkTime,
    time_of,
)

Rows = list[tuple[float, float, float, float]]


def timed(*strokes: Rows) -> InkTime:
    return time_of(Ink(tuple(Stroke(np.array(rows, float)) for rows in strokes), 5, 12.0))


DOWN: Rows = [(0, 0, 1000, 0.2), (0, 10, 1010, 0.4), (0, 40, 1040, 0.8)]
ACROSS: Rows = [(5, 20, 1240, 0.5), (25, 20, 1260, 0.5)]


def test_it_goes_as_fast_as_the_pen_went() -> None:
    time = timed(DOWN, ACROSS)
    assert time.times_ms.tolist() == [0, 10, 40, 240, 260]
    assert time.duration_ms == 260
    assert time.stroke_starts_ms.tolist() == [0, 240]
    assert time.stroke_ends_ms.tolist() == [40, 260]
    assert time.untimed == 0


def test_long_rests_are_shortened() -> None:
    time = timed([(0, 0, 0, 0.5), (9, 9, 60_000, 0.5)], [(0, 9, 1e9, 0.5), (9, 0, 1e9 + 5, 0.5)])
    assert np.diff(time.times_ms).tolist() == [LONGEST_REST_MS, LONGEST_REST_MS, 5]


@pytest.mark.parametrize("begins", [1040.0, 0.0, -1e308])
def test_clock_that_begins_anew_gives_a_rest(begins: float) -> None:
    time = timed(DOWN, [(5, 20, begins, 0.5), (25, 20, begins + 1e-3, 0.5)])
    assert time.stroke_starts_ms[1] == 40 + EVEN_REST_MS


def test_clock_that_runs_backwards_stands_still() -> None:
    time = timed([(0, 0, 50, 0.5), (1, 0, 40, 0.5), (2, 0, 60, 0.5)])
    assert time.times_ms.tolist() == [0, 0, 20]


def test_strokes_without_times_go_evenly_along_their_length() -> None:
    strokes = [
        Stroke.from_xy(np.array(xy, float)) for xy in ([[0, 0], [30, 40], [30, 140]], [[9, 9]])
    ]
    time = time_of(Ink(tuple(strokes)))
    there, end = 50 / EVEN_SPEED, 150 / EVEN_SPEED
    assert time.times_ms.tolist() == [0, there, end, end + EVEN_REST_MS]
    assert time.untimed == 1


def test_times_that_were_made_up_for_a_file_are_none() -> None:
    curve: Rows = [(0, 0, 70, 0.5), (0, 50, 80, 0.5), (0, 60, 90, 0.5)]
    time = timed(curve, [(9, 9, 100, 0.5), (9, 59, 110, 0.5)])
    there = 50 / EVEN_SPEED
    assert np.diff(time.times_ms).tolist() == [there, 10 / EVEN_SPEED, EVEN_REST_MS, there]
    assert time.untimed == 2
    curve[2] = (0, 60, 91, 0.5)
    assert timed(curve).times_ms.tolist() == [0, 10, 21]


def test_strokes_with_and_without_times_follow_each_other() -> None:
    time = timed(DOWN, [(0, 0, 0, 0.5), (0, 5, 0, 0.5)], ACROSS)
    assert time.stroke_starts_ms.tolist() == [0, 290, 800]
    assert time.duration_ms == 820
    assert time.untimed == 1


def test_ink_grows_point_by_point() -> None:
    time = timed(DOWN, ACROSS)
    assert [time.count_at(at) for at in (-5, 0, 9, 10, 40, 239, 240, 260, 999)] == [
        *(1, 1, 1, 2, 3, 3, 4, 5, 5)
    ]


def test_stroke_is_cut_where_the_pen_is() -> None:
    time = timed(DOWN, ACROSS)
    (stroke,) = time.ink_at(25).strokes
    np.testing.assert_allclose(stroke.points, [*DOWN[:2], (0, 25, 1025, 0.6)])
    assert time.ink_at(10).strokes[0].points.tolist() == [list(row) for row in DOWN[:2]]


def test_finished_strokes_are_the_ink_s_own() -> None:
    time = timed(DOWN, ACROSS)
    for moment in (40, 100, 239.9):
        (stroke,) = time.ink_at(moment).strokes
        assert stroke is time.ink.strokes[0]
    first, second = time.ink_at(250).strokes
    assert first is time.ink.strokes[0]
    np.testing.assert_allclose(second.xy, [(5, 20), (15, 20)])
    end = time.ink_at(260)
    assert end.strokes == time.ink.strokes
    assert (end.revision, end.pen_width) == (5, 12.0)


def test_pen_between_strokes_is_where_it_was_lifted() -> None:
    time = timed(DOWN, ACROSS)
    assert time.pen_at(100).tolist() == list(DOWN[-1])
    assert time.pen_at(240).tolist() == list(ACROSS[0])
    assert time.pen_at(1e6).tolist() == list(ACROSS[-1])
    assert time.pen_at(-1e6).tolist() == list(DOWN[0])


def test_dot_takes_no_time() -> None:
    time = timed([(3, 4, 99, 0.5)])
    assert time.duration_ms == 0
    assert time.ink_at(0).strokes == time.ink.strokes
