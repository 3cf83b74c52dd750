"""What would change its mind: the ink read again without each of its strokes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.stroke_parts import stroke_parts
from handwrite_gui.reading.explaining.parts import (
    StrokeChanges,
    Underway,
    Without,
    answer_of,
    in_words,
    log_odds,
)

if TYPE_CHECKING:
    from handwrite_gui.reading.reader import Reader

#: Of ink in very many strokes only the longest are left out, for each takes a reading.
MOST_STROKES = 12
#: A piece without which the log-odds fall by less than this does not matter.
WORTH_NAMING = 1.0


def stroke_changes(
    reader: Reader, ink: Ink, prediction: Prediction
) -> Iterator[Underway | StrokeChanges]:
    """Leave each stroke out, or each part of a single one, and read the rest.

    Args:
        reader: Reads the rests.
        ink: More than a dot.
        prediction: What is read of all of it.

    Yields:
        `Underway` after each rest that was read, and at the end what they show.
    """
    pieces: list[Stroke] = list(ink.strokes)
    is_parts = len(pieces) == 1
    if is_parts:
        pieces = stroke_parts(pieces[0])
    longest = sorted(range(len(pieces)), key=lambda at: -_length(pieces[at]))[:MOST_STROKES]
    withouts: list[Without] = []
    for left_out in sorted(longest) if len(pieces) > 1 else ():
        withouts.append(_without(reader, ink, pieces, left_out, is_parts))
        yield Underway()
    answer = answer_of(prediction)
    odds = [log_odds(each.prediction, answer) for each in withouts]
    most = int(np.argmin(odds)) if odds else None
    if most is None or log_odds(prediction, answer) - odds[most] < WORTH_NAMING:
        sentence = _nothing(prediction, is_parts) if odds else ""
        yield StrokeChanges(tuple(withouts), None, sentence)
    else:
        yield StrokeChanges(tuple(withouts), most, _sentence(withouts[most], prediction))


def _without(
    reader: Reader, ink: Ink, pieces: list[Stroke], left_out: int, is_parts: bool
) -> Without:
    rest = Ink((*pieces[:left_out], *pieces[left_out + 1 :]), pen_width=ink.pen_width)
    digit = reader.read_one_digit(rest).first_digit
    assert digit is not None
    nth = _ordinal(left_out + 1)
    name = f"the {nth} of its {len(pieces)} parts" if is_parts else f"the {nth} stroke"
    return Without(left_out + 1, name, pieces[left_out], digit.prediction)


def _sentence(most: Without, prediction: Prediction) -> str:
    if answer_of(most.prediction) != answer_of(prediction):
        return f"Without {most.name} it would be {in_words(most.prediction)}."
    return f"Its most telling piece is {most.name}: without it, still {in_words(most.prediction)}."


def _nothing(prediction: Prediction, is_parts: bool) -> str:
    digit = "no digit" if prediction.digit is None else str(prediction.digit)
    pieces = "parts" if is_parts else "strokes"
    return f"It would be {digit} as surely without any one of its {pieces}."


def _length(stroke: Stroke) -> float:
    return float(np.hypot(*np.diff(stroke.xy, axis=0).T).sum())


def _ordinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    suffix = "th" if tens % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
    return f"{number}{suffix}"
