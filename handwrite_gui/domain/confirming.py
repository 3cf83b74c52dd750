"""Confirming: what a person says that a Number reads goes before what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Box, Digit, Number, Reading

#: What a Number's text may hold.
DIGITS = "0123456789"
SIGNS = ".,-/+ $€£"
#: A person's word is about a Number with which it shares more than this of the smaller of the two.
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said that a place in a picture reads.

    Attributes:
        box: Where, in the picture's pixels.
        text: What it reads.
        row: The row of writing that it stood in, counted from the top.
    """

    box: Box
    text: str
    row: int = 0


def is_number_text(text: str) -> bool:
    """Whether a Number can read so: digits, at least one, and signs."""
    return set(text) <= set(DIGITS + SIGNS) and not set(text).isdisjoint(DIGITS)


def confirmed(number: Number, text: str) -> Number:
    """Return a Number as a person says that it reads, which is certain then.

    Args:
        number: As it was read.
        text: As `is_number_text` allows. Where it has as many digits as were read, each of those
            is said to be one of them. Otherwise nobody knows which ink is which: the digits are
            spread evenly over the box, without an image, and every digit is as likely.
    """
    said = [int(letter) for letter in text if letter in DIGITS]
    if len(said) == len(number.digits):
        pairs = zip(number.digits, said, strict=True)
        digits = tuple(replace(digit, said=each) for digit, each in pairs)
    else:
        digits = _spread(text, number.box)
    return replace(number, text=text, confidence=1.0, digits=digits, is_confirmed=True)


def is_spread(number: Number) -> bool:
    """Whether nobody knows which ink is which digit of what a person says that a Number reads."""
    return number.is_confirmed and not any(digit.image.any() for digit in number.digits)


def words_of(reading: Reading) -> tuple[Word, ...]:
    """Return all that a person said of a Reading."""
    return tuple(
        Word(number.box, number.text, number.row)
        for number in reading.numbers
        if number.is_confirmed
    )


def is_inside(word: Word, box: Box) -> bool:
    """Whether a Word's middle lies in a box."""
    x, y = (word.box[axis] + word.box[axis + 2] / 2 for axis in (0, 1))
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]


def place_words(reading: Reading, words: Sequence[Word]) -> list[tuple[Number, str | None]]:
    """Find what a person said before of what is read now, by another model perhaps.

    A word where nothing is read any more is a Number all the same, and one that covers what is read
    takes its place. Of two words about one place the later one counts.

    Returns:
        In reading order each Number as it was read, and what a person said that it reads, or None.
    """
    newest = {word.box: word for word in words}
    at = {number.box: index for index, number in enumerate(reading.numbers)}
    said = {at[box]: word for box, word in newest.items() if box in at}
    boxes = np.array([number.box for number in reading.numbers]).reshape(-1, 4)
    areas = boxes[:, 2] * boxes[:, 3]
    is_covered = np.zeros(len(boxes), dtype=bool)
    added: list[tuple[Number, str | None]] = []
    for box, word in newest.items():
        if box in at:
            continue
        shared = _shared(box, boxes)
        is_covered |= shared > _SHARED * areas
        near = np.flatnonzero(shared > _SHARED * np.minimum(areas, box[2] * box[3])).tolist()
        free = [index for index in near if index not in said]
        if free:
            said[max(free, key=shared.tolist().__getitem__)] = word
        else:
            looked_at = tuple(mark for mark in reading.refused if mark.box == box)
            added.append((Number("", 0.0, box, looked_at, row=word.row), word.text))
    placed: list[tuple[Number, str | None]] = []
    for index, number in enumerate(reading.numbers):
        if index in said:
            placed.append((replace(number, box=said[index].box), said[index].text))
        elif not is_covered[index]:
            placed.append((number, None))
    if added:
        placed = sorted([*placed, *added], key=lambda each: (each[0].row, each[0].box[0]))
    return placed


def place_of(box: Box, numbers: Sequence[Number]) -> int:
    """Return the index of the Number that has this box, or else shares most of it, or -1."""
    boxes = [number.box for number in numbers]
    if box in boxes:
        return boxes.index(box)
    sides = np.array(boxes).reshape(-1, 4)
    shared = _shared(box, sides)
    shared[shared <= _SHARED * np.minimum(sides[:, 2] * sides[:, 3], box[2] * box[3])] = 0.0
    return int(shared.argmax()) if shared.any() else -1


def _spread(text: str, box: Box) -> tuple[Digit, ...]:
    x, y, width, height = box
    step = width / len(text)
    nobody_knows = Prediction(np.full(CLASSES, 1 / CLASSES))
    blank = np.zeros((28, 28), np.float32)
    return tuple(
        Digit((x + place * step, y, step, height), blank, nobody_knows, said=int(letter))
        for place, letter in enumerate(text)
        if letter in DIGITS
    )


def _shared(box: Box, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The areas, shape (n,), that a box shares with others, shape (n, 4)."""
    start = np.maximum(box[:2], boxes[:, :2])
    end = np.minimum(np.add(box[:2], box[2:]), boxes[:, :2] + boxes[:, 2:])
    shared: NDArray[np.float64] = (end - start).clip(0.0).prod(axis=1)
    return shared
