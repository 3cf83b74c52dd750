"""Correcting a Reading: what a person says of the ink takes the place of what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handwrite_gui.domain.confirming import put_right, with_said
from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.reading import Digit, Number, Reading

_Said = Mapping[tuple[int, ...], int]


def strokes_of(digit: Digit, ink: Ink) -> tuple[Stroke, ...]:
    """Return a digit's strokes, oldest first, of the ink in which it was read.

    A digit that names none is all that was read.
    """
    return tuple(ink.strokes[index] for index in _indices(digit, ink))


def corrected(reading: Reading, ink: Ink, corrections: tuple[Correction, ...]) -> Reading:
    """Return a Reading with what a person says now, whatever they said as it was made.

    So a correction is seen before the reader answers, and so is its undo.

    Args:
        reading: What was read.
        ink: The ink in which it was read.
        corrections: What the person says of that ink; the newest last.

    Returns:
        The same Reading where that changes nothing. A mark that was no digit becomes a Number.
    """
    said = replace(ink, corrections=corrections).standing_corrections
    numbers = [_corrected_number(number, ink, said) for number in reading.numbers]
    refused = []
    for mark in reading.refused:
        word = said.get(_indices(mark, ink))
        if word is None:
            refused.append(mark)
        else:
            numbers.append(_number_of(replace(mark, said=word), reading))
    is_same = len(refused) == len(reading.refused) and all(
        one is other for one, other in zip(numbers, reading.numbers, strict=True)
    )
    if is_same:
        return reading
    numbers.sort(key=lambda number: (number.row, number.box[0]))
    return replace(reading, numbers=tuple(numbers), refused=tuple(refused), refusal=None)


def _indices(digit: Digit, ink: Ink) -> tuple[int, ...]:
    return tuple(sorted(digit.strokes)) or tuple(range(len(ink.strokes)))


def _corrected_number(number: Number, ink: Ink, said: _Said) -> Number:
    for place, mark in number.marks.items():
        word = said.get(_indices(mark, ink))
        if word is not None and place not in number.places:
            number = put_right(number, place, word)  # A digit that was misread as a sign.
    words = [said.get(_indices(digit, ink)) for digit in number.digits]
    pairs = list(zip(number.digits, words, strict=True))
    if all(digit.said == word for digit, word in pairs):
        return number
    digits = tuple(replace(digit, said=word) for digit, word in pairs)
    figures = iter(
        str(_shown(after)) if before.said != after.said else None
        for before, after in zip(number.digits, digits, strict=True)
    )
    text = re.sub(r"\d", lambda figure: next(figures, None) or figure[0], number.text)
    return with_said(number, text, digits)


def _shown(digit: Digit) -> int:
    return digit.prediction.best_of_ten if digit.digit is None else digit.digit


def _number_of(digit: Digit, reading: Reading) -> Number:
    """Make a Number of one digit, in the row that it stands in until the reader says more."""
    middle = digit.box[1] + digit.box[3] / 2
    beside = (n.row for n in reading.numbers if n.box[1] <= middle <= n.box[1] + n.box[3])
    above = sum(number.box[1] + number.box[3] < middle for number in reading.numbers)
    row = next(beside, above)
    return Number(str(digit.said), 1.0, digit.box, (digit,), row=row, is_confirmed=True)
