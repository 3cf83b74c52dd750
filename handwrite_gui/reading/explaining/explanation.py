"""The explanation of an answer, in parts that are told one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Box
from handwrite_gui.domain.steps import every_choice, step_image
from handwrite_gui.reading.explaining.hints import hints
from handwrite_gui.reading.explaining.occlusion import heat_map
from handwrite_gui.reading.explaining.parts import (
    HeatMap,
    Hints,
    Occlusion,
    StepAnswer,
    StepAnswers,
    StrokeChanges,
    Underway,
    answer_of,
)
from handwrite_gui.reading.explaining.strokes import stroke_changes

if TYPE_CHECKING:
    from handwrite_gui.reading.reader import Reader

#: Images read at once: so many take three networks a twentieth of a second.
SLICE = 4

Part = StepAnswers | Underway | HeatMap | StrokeChanges | Hints


def explanation(ink: Ink, paper: Box) -> Callable[[Reader], Iterator[Part]]:
    """Return the question why ink is read as it is.

    Args:
        ink: At least one stroke.
        paper: The paper that was seen as it was drawn on, in canvas units.

    Returns:
        Called with the Reader, it tells `StepAnswers`, a `HeatMap` with paper and one with ink,
        `StrokeChanges`, and `Hints`, with `Underway` between; of a dot, of which no network is
        asked, only hints.
    """
    return partial(_parts, ink, paper)


def _parts(ink: Ink, paper: Box, reader: Reader) -> Iterator[Part]:
    digit = reader.read_one_digit(ink).first_digit
    assert digit is not None
    prediction = digit.prediction
    if not ink.is_dot:
        yield Underway()
        yield from _step_answers(reader, ink, paper)
        for covered_with in Occlusion:
            yield from heat_map(reader, digit.image, answer_of(prediction), covered_with)
        yield from stroke_changes(reader, ink, prediction)
    yield from hints(reader, ink, prediction, paper)


def _step_answers(reader: Reader, ink: Ink, paper: Box) -> Iterator[Underway | StepAnswers]:
    choices, images = every_choice(), []
    for steps in choices:
        images.append(step_image(ink, paper, steps))
        yield Underway()  # Drawing ink of very many points takes longest.
    answers: list[StepAnswer] = []
    for first in range(0, len(images), SLICE):
        some = images[first : first + SLICE]
        answers += map(StepAnswer, some, reader.predict(np.stack(some)))
        yield Underway()
    yield StepAnswers(dict(zip(choices, answers, strict=True)))
