import itertools

import numpy as np
import pytest

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.stroke_parts import PARTS, stroke_parts


def through(*corners: tuple[float, float], points: int = 30) -> Stroke:
    pieces = [
        np.linspace(start, end, points, endpoint=False)
        for start, end in itertools.pairwise(corners)
    ]
    return Stroke.from_xy(np.concatenate([*pieces, [corners[-1]]]))


def length(stroke: Stroke) -> float:
    return float(np.hypot(*np.diff(stroke.xy, axis=0).T).sum())


def test_seven_is_cut_at_its_corner() -> None:
    first, second = stroke_parts(through((0, 0), (60, 0), (25, 100)))
    assert first.xy[-1] == pytest.approx([60, 0], abs=3)
    assert second.xy[0] == pytest.approx(first.xy[-1])
    assert second.xy[-1].tolist() == [25, 100]


def test_a_circle_is_cut_into_quarters() -> None:
    angle = np.linspace(0, 2 * np.pi, 100)
    circle = Stroke.from_xy(np.stack([np.cos(angle), np.sin(angle)], axis=1) * 50)
    parts = stroke_parts(circle)
    assert len(parts) == PARTS
    assert [length(part) for part in parts] == pytest.approx([length(circle) / 4] * 4)


def test_two_points_are_cut_too() -> None:
    parts = stroke_parts(Stroke.from_xy(np.array([[0.0, 0.0], [0.0, 80.0]])))
    assert [part.xy[:, 1].tolist() for part in parts] == [[0, 20], [20, 40], [40, 60], [60, 80]]


def test_parts_hold_every_point_once_and_meet() -> None:
    stroke = through((0, 0), (100, 0), (0, 60), (90, 70))
    stroke.points[:, 2] = np.arange(len(stroke.points))
    stroke.points[:, 3] = np.linspace(0.2, 0.9, len(stroke.points))
    parts = stroke_parts(stroke)
    assert len(parts) == 3
    assert sum(map(length, parts)) == pytest.approx(length(stroke))
    for before, after in itertools.pairwise(parts):
        assert before.points[-1] == pytest.approx(after.points[0])
    together = np.concatenate([part.points for part in parts])
    for point in stroke.points:
        assert np.isclose(together, point).all(axis=1).any()


def test_what_has_no_length_stays_whole() -> None:
    dot = Stroke.from_xy(np.array([[3.0, 4.0], [3.0, 4.0]]))
    assert stroke_parts(dot) == [dot]
