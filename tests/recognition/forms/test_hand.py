import numpy as np
import pytest

from handwrite_gui.recognition.forms.digits import digit_form
from handwrite_gui.recognition.forms.hand import written
from handwrite_gui.recognition.forms.skeleton import Stroke, line


def hands(strokes: list[Stroke], count: int = 300, seed: int = 0) -> list[list[Stroke]]:
    rng = np.random.default_rng(seed)
    return [written(strokes, rng) for _ in range(count)]


def test_written_strokes_are_whole() -> None:
    rng = np.random.default_rng(0)
    for number in range(400):
        skeleton = digit_form(number % 10, rng)
        strokes = written(skeleton, rng)
        assert 1 <= len(strokes) <= len(skeleton)
        for stroke in strokes:
            assert stroke.shape[1] == 2
            assert len(stroke) >= 3
            assert np.isfinite(stroke).all()
        points = np.concatenate(strokes)
        assert 0.45 < np.ptp(points[:, 1]) < 1.7
        assert np.ptp(points[:, 0]) < 2.5


def test_skeleton_is_left_as_it_was() -> None:
    stem = line((0, 0), (0, 1))
    before = stem.copy()
    hands([stem], 20)
    assert (stem == before).all()


def test_seed_repeats_a_hand() -> None:
    def drawn(seed: int) -> list[bytes]:
        stem = line((0, 0), (0.2, 1))
        return [stroke.tobytes() for (stroke,) in hands([stem], 20, seed)]

    assert drawn(0) == drawn(0)
    assert len({*drawn(0), *drawn(1)}) == 40


def test_hands_lean_both_ways_and_more_to_the_right() -> None:
    slants = np.array([stroke[0, 0] - stroke[-1, 0] for (stroke,) in hands([line((0, 0), (0, 1))])])
    assert 0.02 < np.median(slants) < 0.2
    assert np.quantile(slants, 0.05) < -0.15
    assert np.quantile(slants, 0.95) > 0.3


def test_proportion_varies_around_what_was_drawn() -> None:
    widths = np.array([np.ptp(stroke[:, 0]) for (stroke,) in hands([line((0, 0), (1, 0))])])
    assert np.median(widths) == pytest.approx(1, abs=0.06)
    assert 0.1 < widths.std() < 0.4


def test_some_pens_are_not_lifted() -> None:
    cross = [line((0, 0), (1, 1)), line((1, 0), (0, 1))]
    joined = np.mean([len(strokes) == 1 for strokes in hands(cross)])
    assert 0.01 < joined < 0.15


def test_some_tablets_are_slow() -> None:
    counts = np.array([len(stroke) for (stroke,) in hands([line((0, 0), (0, 1))])])
    assert 0.2 < np.mean(counts < 20) < 0.5


def test_stroke_of_no_length_is_written() -> None:
    for (stroke,) in hands([np.zeros((3, 2))], 50):
        assert np.isfinite(stroke).all()
        assert np.ptp(stroke, axis=0).max() < 0.5
