"""Confirming: what a person says that a Number reads goes before what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Box, Digit, Number, Reading

#: What a Number's text may hold: a person can say whatever can be read.
DIGITS = "0123456789"
SIGNS = ".,-/+=*#()$€£ "
SIGNS_IN_WORDS = " ".join(SIGNS.replace(" ", ""))
#: A person's word is about a Number with which it shares more than this of the smaller of the two.
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said that a place in a picture reads.

    Attributes:
        box: Where, in the picture's pixels.
        text: What it reads.
        row: The row of writing that it stood in, counted from the top.
        places: Which letters of the text they said, all of them digits; None for all of it.
    """

    box: Box
    text: str
    row: int = 0
    places: tuple[int, ...] | None = None


def is_number_text(text: str) -> bool:
    """Whether a Number can read so: digits, at least one, and signs."""
    return set(text) <= set(DIGITS + SIGNS) and not set(text).isdisjoint(DIGITS)


def confirmed(number: Number, text: str) -> Number:
    """Return a Number as a person says that it reads, which is certain then.

    Args:
        number: As it was read.
        text: As `is_number_text` allows. Where it has as many digits as were read, or as many
            letters, each of those is said to be one of them. Otherwise nobody knows which ink is
            which: the digits are spread evenly over the box, without an image, and every digit is
            as likely.
    """
    said = [int(letter) for letter in text if letter in DIGITS]
    digits = number.digits
    if len(said) != len(digits) and len(text) == len(number.text):
        digits = _digits_at([n for n, letter in enumerate(text) if letter in DIGITS], number)
    if len(said) == len(digits):
        pairs = zip(digits, said, strict=True)
        digits = tuple(replace(digit, said=each) for digit, each in pairs)
    else:
        digits = _spread(Word(number.box, text))
    return replace(number, text=text, confidence=1.0, digits=digits, is_confirmed=True)


def put_right(number: Number, place: int, said: int) -> Number:
    """Return a Number of which a person says one digit; it is as sure as the others are.

    Args:
        number: As it was read, or put right before.
        place: The digit's in the text. A sign there was one that is misread.
        said: The digit.
    """
    text = f"{number.text[:place]}{said}{number.text[place + 1 :]}"
    places = sorted({*number.places, place})
    digits = list(_digits_at(places, number))
    if place not in number.places:
        signs = (mark for at, mark in number.marks.items() if at not in places)
        number = replace(number, text=text, digits=tuple(digits), signs=tuple(signs))
    digits[places.index(place)] = replace(digits[places.index(place)], said=said)
    return with_said(number, text, tuple(digits))


def with_said(number: Number, text: str, digits: tuple[Digit, ...]) -> Number:
    """Return a Number with what a person says now of its digits; it is as sure as the others are.

    That a digit is right has no part any more in the chance that the whole text is, once a person
    said so, and has it again once they take that back.

    Args:
        number: With the same digits, of which they may have said others.
        text: What it reads now.
        digits: With what they say now.
    """
    confidence, rest = number.confidence, 1.0
    figures = (int(letter) for letter in text if letter in DIGITS)
    for before, was, after, figure in zip(
        number.digits, number.figures, digits, figures, strict=True
    ):
        if after.said is None:
            chance = float(after.prediction.probabilities[figure])
            rest = min(rest, chance)
            confidence *= 1.0 if before.said is None else chance
        elif before.said is None:
            confidence /= max(float(before.prediction.probabilities[was]), number.confidence, 1e-9)
    others = tuple(
        other
        for other in number.alternatives
        if other.text != text
        and len(other.text) == len(text)
        and all(other.text[place] == text[place] for place in _said_in(text, digits))
    )
    now = replace(number, text=text, digits=digits, alternatives=others, is_confirmed=False)
    return now if now.is_confirmed else replace(now, confidence=min(confidence, rest))


def is_spread(number: Number) -> bool:
    """Whether nobody knows which ink is which digit of what a person says that a Number reads."""
    return bool(number.said_places) and not any(digit.image.any() for digit in number.digits)


def words_of(reading: Reading) -> tuple[Word, ...]:
    """Return all that a person said of a Reading."""
    return tuple(word_of(number) for number in reading.numbers if number.said_places)


def word_of(number: Number) -> Word:
    """Return what a person said of a Number."""
    places = None if number.is_confirmed else number.said_places
    return Word(number.box, number.text, number.row, places)


def as_said(number: Number, word: Word) -> Number:
    """Return a Number as a person says that it, or some of its digits, read.

    Where it has other letters now than when they said that of some, it reads as it did for them,
    and is as doubtful as can be.
    """
    if word.places is None:
        return confirmed(number, word.text)
    if len(word.text) != len(number.text):
        return replace(number, text=word.text, confidence=0.0, digits=_spread(word))
    for place in word.places:
        number = put_right(number, place, int(word.text[place]))
    return number


def is_inside(what: Word | Number, box: Box) -> bool:
    """Whether the middle of a Word or a Number lies in a box."""
    x, y = (what.box[axis] + what.box[axis + 2] / 2 for axis in (0, 1))
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]


def place_words(reading: Reading, words: Sequence[Word]) -> list[tuple[Number, Word | None]]:
    """Find what a person said before of what is read now, by another model perhaps.

    A word where nothing is read any more is a Number all the same, and one that covers what is read
    takes its place. Of two words about one place the later one counts.

    Returns:
        In reading order each Number as it was read, and what a person said of it, or None.
    """
    newest = {word.box: word for word in words}
    at = {number.box: index for index, number in enumerate(reading.numbers)}
    said = {at[box]: word for box, word in newest.items() if box in at}
    boxes = np.array([number.box for number in reading.numbers]).reshape(-1, 4)
    areas = boxes[:, 2] * boxes[:, 3]
    is_covered = np.zeros(len(boxes), dtype=bool)
    added: list[tuple[Number, Word | None]] = []
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
            added.append((Number("", 0.0, box, looked_at, row=word.row), word))
    placed: list[tuple[Number, Word | None]] = []
    for index, number in enumerate(reading.numbers):
        if index in said:
            placed.append((replace(number, box=said[index].box), said[index]))
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


def _spread(word: Word) -> tuple[Digit, ...]:
    x, y, width, height = word.box
    step = width / len(word.text)
    return tuple(
        replace(
            _unread((x + place * step, y, step, height)),
            said=int(letter) if word.places is None or place in word.places else None,
        )
        for place, letter in enumerate(word.text)
        if letter in DIGITS
    )


def _unread(box: Box) -> Digit:
    """Return a digit that nobody looked at as one."""
    nobody_knows = Prediction(np.full(CLASSES, 1 / CLASSES))
    return Digit(box, np.zeros((28, 28), np.float32), nobody_knows)


def _digits_at(places: Sequence[int], number: Number) -> tuple[Digit, ...]:
    """Return what stands in some places of a Number's text as digits, whatever it was read as."""
    marks = number.marks
    return tuple(marks.get(place) or _unread(box_at(number, place)) for place in places)


def box_at(number: Number, place: int) -> Box:
    """Return where a letter of a Number stands: of a sign, about, for only digits are measured."""
    boxes = {at: each.box for at, each in zip(number.places, number.digits, strict=False)}
    if place in boxes:
        return boxes[place]
    x, y, width, height = number.box
    before = max((at for at in boxes if at < place), default=-1)
    after = min((at for at in boxes if at > place), default=len(number.text))
    count, side = after - before - 1, height / 2  # Signs before and behind lie outside the box.
    left = boxes[before][0] + boxes[before][2] if before in boxes else x - count * side
    right = boxes[after][0] if after in boxes else x + width + count * side
    step = max((right - left) / count, height / 8)
    return left + (place - before - 1) * step, y, step, height


def _said_in(text: str, digits: Sequence[Digit]) -> list[int]:
    places = (place for place, letter in enumerate(text) if letter in DIGITS)
    return [place for place, digit in zip(places, digits, strict=True) if digit.said is not None]


def _shared(box: Box, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The areas, shape (n,), that a box shares with others, shape (n, 4)."""
    start = np.maximum(box[:2], boxes[:, :2])
    end = np.minimum(np.add(box[:2], box[2:]), boxes[:, :2] + boxes[:, 2:])
    shared: NDArray[np.float64] = (end - start).clip(0.0).prod(axis=1)
    return shared
