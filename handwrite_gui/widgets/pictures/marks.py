"""Marks: what is written over a picture, and how it is said of what was read there."""

from __future__ import annotations

from dataclasses import dataclass

from handwrite_gui.domain.reading import Box, Number


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a picture.

    Attributes:
        box: Where, in the picture's pixels.
        text: What is written beside it.
        is_plain: Whether nothing is to be looked at again; the frame of others is dashed.
        is_read: Whether a Number was read there.
    """

    box: Box
    text: str
    is_plain: bool = True
    is_read: bool = True


def marks_of(numbers: tuple[Number, ...], refused: tuple[Box, ...] = ()) -> tuple[Mark, ...]:
    """Mark the Numbers, in their order, and then what is no digit."""
    read = (Mark(number.box, label(number), number.is_sure()) for number in numbers)
    return *read, *(Mark(box, "no digit", is_plain=False, is_read=False) for box in refused)


def label(number: Number) -> str:
    """Write a Number so that a doubtful one and a confirmed one show without colour."""
    if number.is_confirmed:
        return f"✓ {number.text}"
    return number.text if number.is_sure() else f"{number.text} ?"


def describe(name: str, numbers: tuple[Number, ...]) -> str:
    """Say in a sentence how much was read in a picture, and how much of it is doubtful."""
    doubtful = sum(not number.is_sure() for number in numbers)
    parts = [name, "1 Number" if len(numbers) == 1 else f"{len(numbers)} Numbers"]
    if doubtful:
        parts.append(f"{doubtful} doubtful")
    return ", ".join(parts) + "."
