"""Joining: what was read of a box, in its place in what was read of the whole picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from handwrite_gui.domain.confirming import is_inside, place_of
from handwrite_gui.domain.reading import Box, Number, Reading

#: A Number stands in the row of another if they share this of the height of the lower one.
_SHARED_HEIGHT = 0.5


def joined(whole: Reading, of_box: Reading, box: Box) -> Reading:
    """Return all that was read of a picture: in a box what was read of that alone, if anything.

    Of a Number that the box cuts there is what was read of the box, if the Number's middle lies in
    that, or else the whole Number and not what is left of it there.

    Args:
        whole: What was read of the picture.
        of_box: What was read of the box later, its Numbers in the picture's pixels.
        box: In the picture's pixels.
    """
    if not of_box.numbers:
        return whole
    outside = [number for number in whole.numbers if not is_inside(number, box)]
    new = [number for number in of_box.numbers if place_of(number.box, outside) < 0]
    placed = [(float(number.row), number) for number in outside]
    for _, group in groupby(new, key=lambda number: number.row):
        numbers = tuple(group)
        # Rows that are new here stay apart, and are in their order: there are not a thousand.
        apart = 0.5 + numbers[0].row / 1000
        row = _row_of(numbers, whole.numbers, apart)
        placed += [(row, number) for number in numbers]
    placed.sort(key=lambda each: (each[0], each[1].box[0]))
    rows = {row: nth for nth, row in enumerate(sorted({row for row, _ in placed}))}
    return replace(
        whole,
        numbers=tuple(replace(number, row=rows[row]) for row, number in placed),
        refusal=None,
    )


def _row_of(numbers: Sequence[Number], others: Sequence[Number], apart: float) -> float:
    """Return the row of others in which a row stands; behind that above it where it is in none."""
    beside = [
        (_gap(number.box, other.box), other.row)
        for number in numbers
        for other in others
        if _shared_height(number.box, other.box) > _SHARED_HEIGHT
    ]
    if beside:
        return min(beside)[1]
    middle = _middle(numbers[0].box)
    return max((other.row for other in others if _middle(other.box) < middle), default=-1) + apart


def _gap(one: Box, other: Box) -> float:
    """How far apart two boxes are across; below 0 where one is above the other."""
    return max(one[0], other[0]) - min(one[0] + one[2], other[0] + other[2])


def _shared_height(one: Box, other: Box) -> float:
    shared = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return shared / min(one[3], other[3])


def _middle(box: Box) -> float:
    return box[1] + box[3] / 2
