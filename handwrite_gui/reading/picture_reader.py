"""The picture reader: from a Picture to a Reading of all its Numbers, a slice at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box, Digit, Number, Progress, Reading, Refusal
from handwrite_gui.domain.strip import Strip
from handwrite_gui.imaging.find_ink import SEARCH_SIDE_PX, FoundDigit, find_digit
from handwrite_gui.imaging.find_strips import find_strips
from handwrite_gui.reading.joined_reader import JoinedReader
from handwrite_gui.reading.one_digit import FramedDigit, Predict, read_image, refuse_dot
from handwrite_gui.reading.plain_reader import PlainReader
from handwrite_gui.reading.strip_reader import StripReader
from handwrite_gui.recognition.recogniser import StripRecogniser

#: What a reading says after each slice of the work: how far it has come, once that is known.
Slices = Generator[Progress | None, None, Reading]

#: Strips read in one slice, where there is no doubt of them and where there is: ink that is drawn
#: meanwhile waits for some 50 ms at most (measured on a page of 300 digits).
PLAIN_A_SLICE, DOUBTFUL_A_SLICE = 12, 1
#: A wide mark that is one digit so surely is not looked at as two.
LIKELY = 0.9
#: A picture so many times as wide as high was hardly made for one digit; and how sure it must be
#: that one mark is several digits. Both were set by hand.
WIDE_PICTURE, TOUCHING = 1.2, 0.5
#: How sure a row must be in whose picture none was found, or one mark that is no digit: paper alone
#: was read as one of several digits with at most 0.5, amounts that were missed with 0.89 and more.
HIDDEN = 0.85


class PictureReader:
    """Reads Pictures.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
        sequences: As for `JoinedReader`.
    """

    def __init__(
        self, predict: Predict, sequences: Callable[[], StripRecogniser | None] = lambda: None
    ) -> None:
        self._predict = predict
        self._plain = PlainReader(predict, sequences)
        self._strips = JoinedReader(StripReader(predict), sequences)

    def slices(self, picture: Picture, within: Box | None = None) -> Slices:
        """Read a picture, a bounded piece of work at a time.

        Args:
            picture: Is read.
            within: Only what is in this box is read, in the picture's pixels.

        Yields:
            After each slice of the work how far it has come, or None while that is not known.

        Returns:
            The Reading; its boxes are in the picture's pixels.
        """
        if within is None:
            return (yield from self._read(picture.pixels))
        x, y, cut = _cut(picture.pixels, within)
        if cut.size == 0:
            return Reading(refusal=Refusal.BLANK)
        return (yield from _moved_slices(self._read(cut), x, y))

    def frame_or_slices(self, picture: Picture) -> FramedDigit | Slices:
        """Return the digit of a picture that holds nothing else, or how to read it in slices.

        Whoever has many such digits can read them at once, just as they are read one by one.
        """
        one = _find_one(picture.pixels)
        if one is None or one.is_dot or not _is_only(one, picture.pixels):
            return self._read_with(picture.pixels, one)
        return FramedDigit(frame(one.ink_map), one.box)

    def _read(self, pixels: NDArray[np.uint8]) -> Slices:
        """Read a picture that may hold one digit or many Numbers."""
        one = _find_one(pixels)
        yield None
        return (yield from self._read_with(pixels, one))

    def _read_with(self, pixels: NDArray[np.uint8], one: FoundDigit | None) -> Slices:
        """Read a picture of which is known what was found by looking for one digit."""
        alone: Reading | None = None  # What it reads as, if nothing stands beside it.
        is_refused = False
        if one is not None and one.is_alone:
            alone = self._read_one(one)
            if _is_only(one, pixels):
                return alone
            is_refused = not one.is_wide and not alone.numbers
            may_be_row = _may_be_row(pixels) and self._strips.reads_rows()
            if not may_be_row and (not one.is_wide or _is_likely(alone)):
                return alone
        found = yield from find_strips(pixels)
        if found.on_paper is not None and self._strips.reads_rows():
            row = self._strips.read_row(found.on_paper)
            yield None
            is_one_mark = alone is not None or found.is_one_mark
            is_found = found.is_row and not is_refused
            if row is not None and _is_taken(row, is_found, is_one_mark):
                return Reading((row,))
        if alone is not None and is_refused:
            return alone
        if found.is_one_mark or not found.strips or (alone is not None and _is_likely(alone)):
            one = one or find_digit(pixels)
            yield None
            return self._read_one(one)
        numbers = yield from self._read_strips(found.strips)
        return Reading(numbers) if numbers else self._read_one(one)

    def _read_strips(
        self, strips: Sequence[Strip]
    ) -> Generator[Progress, None, tuple[Number, ...]]:
        """Read strips, the plain ones first and many at once."""
        read: dict[int, Number | None] = {}
        # The network is quicker for many strips of one shape.
        order = sorted(range(len(strips)), key=lambda n: _aspect(strips[n]))
        for some in _slices(order, PLAIN_A_SLICE):
            plain = self._plain.read([strips[n] for n in some])
            read |= {n: each for n, each in zip(some, plain, strict=True) if each is not None}
            yield _progress(read, len(strips))
        for some in _slices([n for n in range(len(strips)) if n not in read], DOUBTFUL_A_SLICE):
            read.update(zip(some, self._strips.read([strips[n] for n in some]), strict=True))
            yield _progress(read, len(strips))
        return _in_order(read)

    def _read_one(self, found: FoundDigit | None) -> Reading:
        if found is None:
            return Reading(refusal=Refusal.BLANK)
        image = frame(found.ink_map)
        if found.is_dot:
            return refuse_dot(image, found.box)
        return read_image(self._predict, image, found.box)


def _slices(places: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (places[first : first + size] for first in range(0, len(places), size))


def _progress(read: dict[int, Number | None], total: int) -> Progress:
    """Say how many strips are read, and what, up to the first that is not and beyond."""
    first = next((n for n in range(total) if n not in read), total)
    begun = {n: number for n, number in read.items() if n < first}
    beyond = {n: number for n, number in read.items() if n > first}
    return Progress(len(read), total, Reading(_in_order(begun)), _in_order(beyond))


def _in_order(read: dict[int, Number | None]) -> tuple[Number, ...]:
    return tuple(number for _, number in sorted(read.items()) if number is not None)


def _aspect(strip: Strip) -> float:
    height, width = strip.ink_map.shape
    return float(width / height)


def _find_one(pixels: NDArray[np.uint8]) -> FoundDigit | None:
    """Find the one digit of a picture, unless it is so large that it is seldom of one."""
    return find_digit(pixels) if max(pixels.shape) <= SEARCH_SIDE_PX else None


def _is_only(one: FoundDigit, pixels: NDArray[np.uint8]) -> bool:
    """Whether a picture surely holds one digit and nothing else."""
    return one.is_alone and not one.is_wide and not _may_be_row(pixels)


def _may_be_row(pixels: NDArray[np.uint8]) -> bool:
    """Whether what seems one digit may be several that touch."""
    height, width = pixels.shape[:2]
    return bool(width > WIDE_PICTURE * height)


def _is_taken(row: Number, is_found: bool, is_one_mark: bool) -> bool:
    """Whether to believe what a whole picture was read as.

    Args:
        row: What it was read as.
        is_found: Whether a row was found in it.
        is_one_mark: Whether all that was found is one mark.
    """
    if is_found and not is_one_mark:
        return True
    return len(row.digits) > 1 and row.confidence >= (TOUCHING if is_found else HIDDEN)


def _is_likely(reading: Reading) -> bool:
    return any(number.confidence >= LIKELY for number in reading.numbers)


def _cut(pixels: NDArray[np.uint8], box: Box) -> tuple[int, int, NDArray[np.uint8]]:
    """Cut a box out of a picture, as far as it lies within; where it begins, and the pixels."""
    height, width = pixels.shape[:2]
    left, top = (int(np.clip(at, 0, most)) for at, most in ((box[0], width), (box[1], height)))
    right = int(np.clip(np.ceil(box[0] + box[2]), left, width))
    bottom = int(np.clip(np.ceil(box[1] + box[3]), top, height))
    return left, top, np.ascontiguousarray(pixels[top:bottom, left:right])


def _moved_slices(slices: Slices, x: int, y: int) -> Slices:
    """Move right and down all that is read."""
    while True:
        try:
            progress = next(slices)
        except StopIteration as end:
            return _moved(end.value, x, y)
        if progress is not None:
            reading, beyond = _moved(progress.reading, x, y), Reading(progress.beyond)
            beyond = _moved(beyond, x, y)
            progress = replace(progress, reading=reading, beyond=beyond.numbers)
        yield progress


def _moved(reading: Reading, x: int, y: int) -> Reading:
    """Return a Reading whose boxes are moved right and down."""

    def move(box: Box) -> Box:
        return box[0] + x, box[1] + y, box[2], box[3]

    def moved(digits: tuple[Digit, ...]) -> tuple[Digit, ...]:
        return tuple(replace(digit, box=move(digit.box)) for digit in digits)

    numbers = tuple(
        replace(number, box=move(number.box), digits=moved(number.digits))
        for number in reading.numbers
    )
    return replace(reading, numbers=numbers, refused=moved(reading.refused))
