"""The joined reader: strips read by cut hypotheses and by the sequence network together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.consistency import consistent
from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Alternative, Box, Digit, Number
from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.room_cuts import cut_rooms
from handwrite_gui.reading.strip_reader import ALTERNATIVES, LEAST_CHANCE, StripReader, StripReading
from handwrite_gui.reading.strips import joining
from handwrite_gui.reading.strips.joining import join
from handwrite_gui.reading.strips.scoring import SIGN
from handwrite_gui.reading.strips.sequence_texts import SequenceReading, read_sequences
from handwrite_gui.reading.strips.signs import is_blank
from handwrite_gui.recognition.recogniser import StripRecogniser
from handwrite_gui.recognition.sequences.alphabet import DIGITS, OTHER

#: Part of a digit's ink at each end of its box that may be its neighbour's.
STRAY = 0.01


class JoinedReader:
    """Reads Strips.

    Args:
        cuts: Reads them by cut hypotheses.
        sequences: Gives the recogniser of whole strips, loaded when it is first asked for; None
            where there is none, and the cuts read alone.
    """

    def __init__(self, cuts: StripReader, sequences: Callable[[], StripRecogniser | None]) -> None:
        self._cuts, self._sequences = cuts, sequences

    def read(self, strips: Sequence[Strip]) -> list[Number | None]:
        """Read strips; None for one without a Number."""
        recogniser = self._sequences()
        if recogniser is None:
            return self._cuts.read(strips)
        cut = self._cuts.hypotheses(strips, sparing=True)
        whole = read_sequences(recogniser, strips)
        return [_number(*both, joining.CUT) for both in zip(whole, cut, strict=True)]

    def reads_rows(self) -> bool:
        """Whether `read_row` can be asked; loads the network."""
        return self._sequences() is not None

    def read_row(self, on_paper: Strip) -> Number | None:
        """Read a picture of one row, all of it with its paper; None where it is no Number."""
        recogniser = self._sequences()
        if recogniser is None:
            return None
        (cut,) = self._cuts.hypotheses([on_paper])
        (whole,) = read_sequences(recogniser, [on_paper])
        return _number(whole, cut, joining.CUT_ON_PAPER)


def _number(whole: SequenceReading, cut: StripReading | None, counts: float) -> Number | None:
    """Make a Number of the text that both together find likeliest; None where it has no digit.

    Args:
        whole: What the network says.
        cut: What the cuts say, or None for nothing.
        counts: How much the cuts count.
    """
    hypotheses = [] if cut is None else cut.hypotheses
    texts = join(whole, None if cut is None else cut.lattice, hypotheses, counts)
    text, share = texts[0]
    if not text:
        return None
    paths = {each.digits: each.path for each in hypotheses}
    if cut is not None and text in paths:
        found = [
            (cut.box_in_source(segment.box), segment.image)
            for segment in (cut.segments[n] for n, label in paths[text] if label != SIGN)
        ]
    else:
        found = _cut_out(whole, text)
    predictions = [Prediction(chances) for chances in _chances(texts)]
    digits = tuple(
        Digit(box, image, prediction)
        for (box, image), prediction in zip(found, predictions, strict=True)
    )
    boxes = [box for box, _ in found]
    alternatives = tuple(
        Alternative(_with_signs(whole, other, []), math.exp(log))
        for other, log in texts[1 : ALTERNATIVES + 1]
        if other and log > np.log(LEAST_CHANCE)
    )
    row = whole.strip.row if cut is None else cut.strip.row
    said = _with_signs(whole, text, boxes)
    return consistent(Number(said, math.exp(share), _around(boxes), digits, alternatives, row))


def _chances(texts: list[tuple[str, float]]) -> NDArray[np.float64]:
    """Of each digit of the first text, what all texts of its length say of it; (n, 11)."""
    best = texts[0][0]
    chances = np.full((len(best), CLASSES), 1e-6)
    places = np.arange(len(best))
    for text, log in texts:
        if len(text) == len(best):
            chances[places, [int(digit) for digit in text]] += np.exp(log)
    chances[:, NO_DIGIT] += max(0.0, 1.0 - float(chances[0].sum())) if len(best) else 0.0
    # A text may be the likeliest of all though each of its digits is not.
    said = [int(digit) for digit in best]
    chances[places, said] = np.maximum(chances[places, said], chances.max(axis=1))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def _cut_out(whole: SequenceReading, text: str) -> list[tuple[Box, NDArray[np.float32]]]:
    """Cut the digits of a text out of the strip, each by its room alone; boxes in the source."""
    places = whole.places(text)
    parts = cut_rooms(whole.strip.ink_map, [(left, right) for _, left, right in places])
    found = []
    for (sign, left, right), ink in zip(places, parts, strict=True):
        if sign not in DIGITS:
            continue
        (x, x_end), (y, y_end) = _reach(ink.sum(axis=0), left, right), _reach(ink.sum(axis=1))
        box = whole.strip.box_in_source(x, y, x_end, y_end)
        found.append((box, frame(ink[y:y_end, x:x_end])))
    return found


def _reach(mass: NDArray[np.floating], first: float = 0.0, last: float = np.inf) -> tuple[int, int]:
    """From where to where nearly all of a profile's mass lies; without any from first to last."""
    total = np.cumsum(mass)
    if total[-1] <= 0:
        start = min(int(first), len(mass) - 1)
        return start, max(start + 1, int(min(last, len(mass))))
    first, last = np.searchsorted(total, [STRAY * total[-1], (1 - STRAY) * total[-1]])
    return int(first), int(last) + 1


def _with_signs(whole: SequenceReading, text: str, boxes: list[Box]) -> str:
    """Put signs between the digits of a text, and blanks where digits stand far apart.

    Args:
        whole: Knows the signs.
        text: Digits.
        boxes: Of the digits, or none to leave out blanks.
    """
    gaps = [after[0] - before[0] - before[2] for before, after in pairwise(boxes)]
    row = max((box[3] for box in boxes), default=1.0)
    said, digits, last = "", 0, ""
    for sign, _, _ in whole.places(text):
        if sign not in DIGITS:
            said += sign
        else:
            gap = digits - 1
            others = gaps[: max(gap, 0)] + gaps[gap + 1 :]
            if boxes and last in DIGITS and last and is_blank(gaps[gap], others, row):
                said += " "
            said += sign
            digits += 1
        last = sign
    return said.replace(OTHER, "")


def _around(boxes: list[Box]) -> Box:
    corners = np.array(boxes)
    left, top = corners[:, :2].min(axis=0)
    right, bottom = (corners[:, :2] + corners[:, 2:]).max(axis=0)
    return float(left), float(top), float(right - left), float(bottom - top)
