import numpy as np
import pytest

from handwrite_gui.recognition.forms.digits import digit_form
from handwrite_gui.recognition.forms.skeleton import Stroke

DRAWN = 150


def forms(digit: int, seed: int = 0) -> list[list[Stroke]]:
    rng = np.random.default_rng(seed)
    return [digit_form(digit, rng) for _ in range(DRAWN)]


@pytest.mark.parametrize("digit", range(10))
def test_every_form_is_drawn_about_one_high(digit: int) -> None:
    for strokes in forms(digit):
        assert 1 <= len(strokes) <= 3
        for stroke in strokes:
            assert stroke.ndim == 2
            assert stroke.shape[1] == 2
            assert len(stroke) >= 2
            assert np.isfinite(stroke).all()
            assert np.ptp(stroke, axis=0).max() > 0.03
        points = np.concatenate(strokes)
        width, height = np.ptp(points, axis=0)
        assert 0.8 < height < 1.35
        assert width < 1.3
        assert points[:, 1].min() > -0.25
        assert points[:, 1].max() < 1.3


@pytest.mark.parametrize("digit", range(10))
def test_no_two_are_alike_and_a_seed_repeats_them(digit: int) -> None:
    drawn = [np.concatenate(strokes).tobytes() for strokes in forms(digit)]
    assert len(set(drawn)) == DRAWN
    assert drawn == [np.concatenate(strokes).tobytes() for strokes in forms(digit)]
    assert drawn != [np.concatenate(strokes).tobytes() for strokes in forms(digit, seed=1)]


@pytest.mark.parametrize(
    ("digit", "plain", "least", "most"),
    [
        (0, 1, 0.1, 0.4),  # slashed
        (1, 1, 0.15, 0.6),  # with a foot, or a flag of its own
        (4, 1, 0.6, 0.95),  # an angle and a stem
        (5, 1, 0.3, 0.7),  # the bar last
        (7, 1, 0.3, 0.6),  # crossed
        (8, 1, 0.1, 0.4),  # two rounds
    ],
)
def test_forms_of_more_strokes_are_as_common_as_people_write_them(
    digit: int, plain: int, least: float, most: float
) -> None:
    more = np.mean([len(strokes) > plain for strokes in forms(digit)])
    assert least < more < most


def test_slash_crosses_its_zero_and_bar_its_seven() -> None:
    for digit in (0, 7):
        for body, across in (strokes for strokes in forms(digit) if len(strokes) == 2):
            if len(across) != 24:  # Not a straight line: the stem of a 7 whose bar comes first.
                continue
            (left, top), (right, foot) = body.min(axis=0), body.max(axis=0)
            x, y = (across[0] + across[-1]) / 2
            assert left - 0.1 < x < right + 0.1
            assert top + 0.2 < y < foot - 0.2


def test_ones_have_flags_or_none() -> None:
    """A flag reaches to the left of the stem's top."""
    flagged = [
        np.concatenate(strokes)[np.concatenate(strokes)[:, 1] < 0.6, 0].min() < 0.2
        for strokes in forms(1)
    ]
    assert 0.5 < np.mean(flagged) < 0.9


def test_fours_are_open_or_closed() -> None:
    def is_open(strokes: list[Stroke]) -> bool:
        """Whether the top of the first stroke is away from where the stem begins."""
        return len(strokes) == 2 and float(np.hypot(*(strokes[0][0] - strokes[1][0]))) > 0.2

    assert 0.3 < np.mean([is_open(strokes) for strokes in forms(4)]) < 0.65


def test_nines_have_straight_legs_and_hooks() -> None:
    left = np.array([strokes[-1][-1, 0] for strokes in forms(9)])
    hooked = np.mean(left < 0)
    assert 0.1 < hooked < 0.45
    assert np.mean(left > 0.15) > 0.3
