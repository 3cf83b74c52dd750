import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.raster import draw
from handwrite_gui.recognition.strange.centre_lines import centre_lines, thin

WIDTH_PX = 9.0
Line = list[tuple[int, int]]

SHAPES: dict[str, list[Line]] = {
    "bar": [[(0, 0), (60, 10)]],
    "corner": [[(0, 0), (0, 60), (50, 60)]],
    "plus": [[(30, 0), (30, 60)], [(0, 30), (60, 30)]],
    "cross": [[(0, 0), (60, 60)], [(60, 0), (0, 60)]],
    "T": [[(0, 0), (60, 0)], [(30, 0), (30, 60)]],
    "i": [[(0, 0)], [(0, 25), (0, 60)]],
    "two bars": [[(0, 0), (60, 0)], [(0, 30), (60, 30)]],
}


def solid(lines: list[Line]) -> NDArray[np.bool_]:
    """The shape that a wide pen draws, one pixel from the sides."""
    return np.pad(draw([np.array(line, float) for line in lines], WIDTH_PX) > 0.5, 1)


@pytest.mark.parametrize("name", SHAPES)
def test_strokes_are_found_again(name: str) -> None:
    strokes = centre_lines(solid(SHAPES[name]), WIDTH_PX)
    assert len(strokes) == len(SHAPES[name])
    # Half a pen and the margin lie before the drawn lines, a pixel's centre half a pixel in.
    found = np.concatenate(strokes) - WIDTH_PX / 2 - 0.5
    ends = [
        (line[i], line[min(i + 1, len(line) - 1)])
        for line in SHAPES[name]
        for i in range(max(1, len(line) - 1))
    ]
    start, end = (np.array([pair[i] for pair in ends], float) for i in (0, 1))
    assert distance_to_segments(found[:, None], start, end).min(axis=1).max() < 2.5
    drawn = np.concatenate([np.array(line, float) for line in SHAPES[name]])
    assert np.hypot(*(drawn[:, None] - found).T).min(axis=0).max() < WIDTH_PX


def test_ring_is_one_closed_stroke() -> None:
    y, x = np.mgrid[:80, :80] - 40.0
    strokes = centre_lines(np.abs(np.hypot(y, x) - 30) < WIDTH_PX / 2, WIDTH_PX)
    assert len(strokes) == 1
    assert strokes[0][0].tolist() == strokes[0][-1].tolist()
    assert np.hypot(*(strokes[0] - 40).T) == pytest.approx(30, abs=1.0)


def test_dot_is_one_point() -> None:
    y, x = np.mgrid[:15, :15] - 7.0
    (dot,) = centre_lines(np.hypot(y, x) < 5, WIDTH_PX)
    assert np.hypot(*(dot.mean(axis=0) - 7)) < 1
    assert np.ptp(dot, axis=0).max() <= 2


def test_blank_has_no_strokes() -> None:
    assert centre_lines(np.zeros((20, 20), bool), WIDTH_PX) == []


@pytest.mark.parametrize("name", SHAPES)
def test_thin_lines_lie_in_the_shape_and_are_one_pixel_wide(name: str) -> None:
    shape = solid(SHAPES[name])
    lines = thin(shape)
    assert lines.any()
    assert not (lines & ~shape).any()
    squares = lines[1:, 1:] & lines[:-1, 1:] & lines[1:, :-1] & lines[:-1, :-1]
    assert not squares.any()
