import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.mending import closed, groups, splits, turned


def ink(*strokes: list[tuple[float, float]], pen_width: float | None = 5.0) -> Ink:
    return Ink(tuple(Stroke.from_xy(np.array(each, float)) for each in strokes), 1, pen_width)


def arc(start: float, end: float, x: float = 0.0) -> list[tuple[float, float]]:
    angle = np.radians(np.linspace(start, end, 60))
    return [(x + 50 * np.cos(a), 50 * np.sin(a)) for a in angle]


def test_turned_by_a_quarter_clockwise_up_is_right() -> None:
    upright = ink([(10, 0), (10, 100)])
    ((top, foot),) = (stroke.xy for stroke in turned(upright, 90).strokes)
    assert top == pytest.approx([60, 50])
    assert foot == pytest.approx([-40, 50])
    assert turned(upright, 90).pen_width == 5.0


def test_ring_with_a_gap_is_closed_across_it() -> None:
    ring = ink(arc(20, 340))
    bridged = list(closed(ring))
    assert bridged
    for each in bridged:
        bridge = each.strokes[-1].xy
        assert {tuple(np.round(end)) for end in bridge} == {(47, 17), (47, -17)}
        assert each.strokes[:-1] == ring.strokes


@pytest.mark.parametrize(
    "stroke",
    [arc(0, 359.9), arc(0, 180), [(0.0, 0.0), (0.0, 50.0), (0.0, 100.0)], [(5.0, 5.0)] * 2],
)
def test_nothing_is_closed_that_is_or_never_was(stroke: list[tuple[float, float]]) -> None:
    assert list(closed(ink(stroke))) == []


def test_six_is_closed_at_its_own_side() -> None:
    loop = [(x * 0.6, 50 + y * 0.6) for x, y in arc(180, -130)]
    bridged = list(closed(ink([(0, -60), (-20, -10), *loop])))
    assert any((np.abs(each.strokes[-1].xy[1] - loop[0]) < 30).all() for each in bridged)


def test_gap_between_two_strokes_is_closed() -> None:
    halves = ink(arc(-80, 80), arc(100, 260))
    gaps = [np.hypot(*np.diff(each.strokes[-1].xy, axis=0)[0]) for each in closed(halves)]
    assert gaps == pytest.approx([2 * 50 * np.sin(np.radians(10))] * 4)


def test_groups_lie_side_by_side_with_paper_between() -> None:
    left, bar, right = arc(0, 359), [(-20.0, 0.0), (20.0, 0.0)], arc(0, 359, 130)
    found = groups(ink(right, left, bar), 5.0)
    assert [len(group.strokes) for group in found] == [2, 1]
    assert found[0].box[0] < found[1].box[0]
    close = ink(left, arc(0, 359, 104))
    assert [len(groups(close, gap)) for gap in (3.0, 5.0)] == [2, 1]


def test_splits_go_from_left_to_right() -> None:
    parted = list(splits(ink(arc(0, 359, 80), arc(0, 359), arc(0, 359, 40))))
    assert [(len(left.strokes), len(right.strokes)) for left, right in parted] == [(1, 2), (2, 1)]
    for left, right in parted:
        assert left.box[0] < right.box[0]
    assert list(splits(ink(arc(0, 359)))) == []
