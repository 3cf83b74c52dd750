import numpy as np
import pytest

from handwrite_gui.domain.ink import PRESSURE, TIME_MS, Correction, Ink, Stroke, stroke_boxes


def line(*points: tuple[float, float]) -> Stroke:
    return Stroke.from_xy(np.array(points, float))


@pytest.mark.parametrize("shape", [(0, 4), (3, 2), (4,), (1, 3, 4)])
def test_stroke_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="shape"):
        Stroke(np.zeros(shape))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("column", range(4))
def test_stroke_that_is_not_finite_is_refused(value: float, column: int) -> None:
    points = np.zeros((5, 4))
    points[3, column] = value
    with pytest.raises(ValueError, match="finite"):
        Stroke(points)


def test_positions_alone_make_a_stroke() -> None:
    stroke = line((1, 2), (3, 5))
    assert stroke.xy.tolist() == [[1, 2], [3, 5]]
    assert stroke.points[:, TIME_MS].tolist() == [0, 0]
    assert stroke.points[:, PRESSURE].tolist() == [0.5, 0.5]


def test_box_holds_all_strokes() -> None:
    ink = Ink((line((10, 20), (30, 25)), line((-5, 90))))
    assert ink.box == (-5.0, 20.0, 35.0, 70.0)
    assert ink.xy.tolist() == [[10, 20], [30, 25], [-5, 90]]


def test_blank_paper() -> None:
    assert Ink().box == (0.0, 0.0, 0.0, 0.0)
    assert Ink().xy.shape == (0, 2)
    assert not Ink(pen_width=8.0).is_dot


@pytest.mark.parametrize(
    ("strokes", "pen_width", "is_dot"),
    [
        ([[(5, 5)]], 4.0, True),
        ([[(5, 5), (8, 9)]], 4.0, True),
        ([[(5, 5), (5, 9.1)]], 4.0, False),
        ([[(5, 5)], [(7, 5)]], 4.0, True),
        ([[(5, 5)], [(50, 5)]], 4.0, False),
        ([[(5, 5)], [(5, 5), (50, 5)]], 4.0, False),
        ([[(5, 5), (50, 5)], [(5, 5)]], 4.0, False),
        ([[(5, 5)]], None, True),
        ([[(5, 5), (5, 5)]], None, True),
        ([[(5, 5), (5, 5.001)]], None, False),
    ],
)
def test_dot_is_judged_against_the_pen(
    strokes: list[list[tuple[float, float]]], pen_width: float | None, is_dot: bool
) -> None:
    assert Ink(tuple(line(*points) for points in strokes), pen_width=pen_width).is_dot is is_dot


def test_box_of_each_stroke() -> None:
    strokes = [Stroke.from_xy(np.array(xy, float)) for xy in ([[3, 4]], [[1, 9], [7, 2], [5, 5]])]
    assert stroke_boxes(strokes).tolist() == [[3, 4, 3, 4], [1, 2, 7, 9]]
    assert stroke_boxes([]).shape == (0, 4)


def test_tilt_belongs_to_each_point_or_to_none() -> None:
    points = np.zeros((3, 4))
    assert Stroke(points).tilt is None
    with pytest.raises(ValueError, match=r"shape of \(n, 2\)"):
        Stroke(points, np.zeros((2, 2)))
    with pytest.raises(ValueError, match="tilt must be finite"):
        Stroke(points, np.full((3, 2), np.nan))


def test_the_newest_correction_of_a_stroke_stands() -> None:
    one, two, three = (Stroke.from_xy(np.full((2, 2), float(i))) for i in range(3))
    said = (Correction((one, two), 4), Correction((three,), 1), Correction((two, one), 9))
    assert Ink((one, two, three), corrections=said).standing_corrections == {(2,): 1, (0, 1): 9}


def test_a_correction_falls_with_any_of_its_strokes() -> None:
    one, two, three = (Stroke.from_xy(np.full((2, 2), float(i))) for i in range(3))
    said = (Correction((one, two), 4), Correction((three,), 1))
    assert Ink((two, three), corrections=said).standing_corrections == {(1,): 1}
