"""Marks: what is written over a picture, and how it is said of what was read there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handwrite_gui.domain.prediction import percent
from handwrite_gui.domain.reading import Box, Number

#: Sure, doubtful or confirmed Numbers, and what is no digit.
Kind = Literal["sure", "doubtful", "confirmed", "refused"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a picture.

    Attributes:
        box: Where, in the picture's pixels.
        text: What is written beside it, so that its kind shows without colour.
        kind: What it is.
        words: What is said of it in a sentence.
    """

    box: Box
    text: str
    kind: Kind
    words: str


def marks_of(numbers: tuple[Number, ...], refused: tuple[Box, ...] = ()) -> tuple[Mark, ...]:
    """Mark the Numbers, in their order, and then what is no digit."""
    no_digit = "This looks like none of the digits 0 to 9."
    return *map(_mark, numbers), *(Mark(box, "no digit", "refused", no_digit) for box in refused)


def describe(name: str, numbers: tuple[Number, ...]) -> str:
    """Say in a sentence how much was read in a picture, and how much of it is doubtful."""
    doubtful = sum(not number.is_sure for number in numbers)
    parts = [name, "1 number" if len(numbers) == 1 else f"{len(numbers)} numbers"]
    if doubtful:
        parts.append(f"{doubtful} doubtful")
    return ", ".join(parts) + "."


def _mark(number: Number) -> Mark:
    if number.is_confirmed:
        words = f"{number.text}, {number.certainty}."
        return Mark(number.box, f"✓ {number.text}", "confirmed", words)
    words = f"{number.text}, {number.certainty}, {percent(number.confidence)}."
    if number.is_sure:
        return Mark(number.box, number.text, "sure", words)
    return Mark(number.box, f"{number.text} ?", "doubtful", words)
