from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain import raster
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.steps import ALL_STEPS, Steps, every_choice, step_image
from handwrite_gui.reading.explaining.explanation import explanation
from handwrite_gui.reading.explaining.parts import (
    HeatMap,
    Hints,
    Occlusion,
    StepAnswers,
    StrokeChanges,
    Underway,
)
from handwrite_gui.reading.reader import Reader

PAPER = (0.0, 0.0, 600.0, 500.0)


def told(reader: Reader, ink: Ink) -> list[object]:
    parts = explanation(ink, PAPER)(reader)
    return [part for part in parts if not isinstance(part, Underway)]


def test_parts_come_in_order(sensing: Any, ink_of: Callable[..., Ink]) -> None:
    parts = told(Reader(sensing(lambda image: 0.9)), ink_of("0,0 60,0 25,100"))
    kinds = [StepAnswers, HeatMap, HeatMap, StrokeChanges, Hints]
    assert [type(part) for part in parts] == kinds
    assert [part.covered_with for part in parts[1:3]] == [*Occlusion]


def test_a_dot_gets_a_hint_only(sensing: Any, ink_of: Callable[..., Ink]) -> None:
    recogniser = sensing(lambda image: 0.9)
    (hints,) = told(Reader(recogniser), ink_of("0,0"))
    assert len(hints.hints) == 1
    assert recogniser.asked == []


def test_nothing_is_read_before_it_is_asked_for(sensing: Any, ink_of: Callable[..., Ink]) -> None:
    recogniser = sensing(lambda image: 0.9)
    parts = explanation(ink_of("0,0 60,0 25,100"), PAPER)(Reader(recogniser))
    assert recogniser.asked == []
    assert isinstance(next(parts), Underway)
    assert recogniser.asked == [1]


def test_no_part_draws_or_reads_more_than_once(
    sensing: Any,
    ink_of: Callable[..., Ink],
    arc: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Live ink waits for a part to end, and with very many points each drawing takes long."""
    recogniser, drawn = sensing(lambda image: 0.6), []
    draw_each = raster.draw_each

    def counted(drawings: Any, width_px: float) -> Any:
        drawn.extend(drawings)
        return draw_each(drawings, width_px)

    monkeypatch.setattr(raster, "draw_each", counted)
    rings = [arc(-30, 250, (20.0 * nth, 50.0), 30.0, 50.0) for nth in range(4)]
    drawings, readings = [0], [0]
    for part in explanation(ink_of(*rings), PAPER)(Reader(recogniser)):
        drawings.append(len(drawn))
        readings.append(len(recogniser.asked))
        if isinstance(part, StrokeChanges):
            before_hints = readings[-1]
    assert max(np.diff(drawings)) == 1
    assert max(np.diff(readings)) == 1
    # Each choice of steps, the ink without each stroke, and what hints were tried out on.
    assert drawings[-1] >= 1 + len(every_choice()) + len(rings) + 6
    assert readings[-1] > before_hints + 6


def test_all_steps_give_the_answer_itself(
    shipped: Reader, written_digit: Callable[[int, int], Ink]
) -> None:
    for digit in range(10):
        ink = written_digit(digit, digit)
        answers = told(shipped, ink)[0]
        read = shipped.read_one_digit(ink).first_digit
        assert read is not None
        whole = answers.by_steps[ALL_STEPS]
        assert list(answers.by_steps) == every_choice()
        np.testing.assert_array_equal(whole.image, read.image)
        np.testing.assert_allclose(
            whole.prediction.probabilities, read.prediction.probabilities, atol=1e-5
        )


@pytest.mark.parametrize(
    ("steps", "size", "at_least"),
    [
        (Steps(box=False), 1.0, 150),
        (Steps(proportion=False), 1.0, 3),
        (Steps(line=False), 0.15, 20),
        (Steps(centred=False), 1.0, 1),
    ],
)
def test_each_step_is_good_for_something(
    shipped: Reader,
    written_digit: Callable[[int, int], Ink],
    steps: Steps,
    size: float,
    at_least: int,
) -> None:
    """Of 200 digits some are read as something else without it; few without the last one.

    The model learned from digits that were moved about, and nearly makes up for that.
    """
    whole, without = [], []
    for seed in range(200):
        strokes = written_digit(seed % 10, seed).strokes
        ink = Ink(tuple(Stroke.from_xy(stroke.xy * size) for stroke in strokes), 1, 12.0)
        whole.append(step_image(ink, PAPER))
        without.append(step_image(ink, PAPER, steps))
    read = zip(shipped.predict(np.stack(whole)), shipped.predict(np.stack(without)), strict=True)
    assert sum(one.digit != other.digit for one, other in read) >= at_least
