"""Lying pages: whether a picture was read badly because its page lies on its side."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Reading

if TYPE_CHECKING:
    from handwrite_gui.reading.picture_reader import Slices
    from handwrite_gui.reading.reader import Reader

#: A page is looked at again where it has so many Numbers, at least this share of them doubtful, and
#: most digits stand in Numbers that are sure to be no longer than this: of 42 pages, photographed
#: ones and those of `tests/benchmarks/pages.py`, none did so upright, and all on either side.
LEAST_NUMBERS, DOUBTFUL_SHARE, SHORT = 3, 0.5, 2.5
#: So many times as long must Numbers be where the page is turned, and at least so long: of those 42
#: they were 1.4 to 9 times as long, below 2 on one page of single digits, and upright pages that
#: were turned had 0.7 at most. Printed letters are read as hardly anything, turned or not.
BETTER, LONG = 2.0, 1.5


def may_lie(reading: Reading) -> bool:
    """Tell whether a picture was read as many short, doubtful Numbers; costs nothing."""
    numbers = reading.numbers
    doubtful = sum(not number.is_sure for number in numbers)
    return (
        len(numbers) >= LEAST_NUMBERS
        and doubtful >= DOUBTFUL_SHARE * len(numbers)
        and sure_length(reading) < SHORT
    )


def sure_length(reading: Reading) -> float:
    """How many digits stand together in Numbers, as digits see it, and doubtful ones count less."""
    sides = [(len(number.digits), number.confidence) for number in reading.numbers]
    digits = sum(length for length, _ in sides)
    return sum(length**2 * sure for length, sure in sides) / digits if digits else 0.0


def how_it_lies(picture: Picture, reading: Reading) -> Callable[[Reader], Iterator[int]]:
    """Return the question by how many quarters a picture is to be turned.

    Args:
        picture: Is read turned to both sides.
        reading: What was read of it as it is.

    Returns:
        Called with the Reader, it tells 0 after each slice of the work, and at last 1 where the
        picture is to be turned to the right, or -1 to the left; otherwise nothing more.
    """
    return partial(_parts, picture, max(LONG, BETTER * sure_length(reading)))


def _parts(picture: Picture, least: float, reader: Reader) -> Iterator[int]:
    best, way = least, 0
    for quarters in (1, -1):
        pixels = np.ascontiguousarray(np.rot90(picture.pixels, -quarters))
        slices = reader.picture_slices(Picture(pixels, picture.name))
        length = yield from _length(slices)
        if length >= best:
            best, way = length, quarters
    if way:
        yield way


def _length(slices: Slices) -> Generator[int, None, float]:
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return sure_length(end.value)
        yield 0
