"""The strip reader: from lines of writing to Numbers, cut in every way that makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Alternative, Box, Digit, Number
from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.strips.calibration import confidence
from handwrite_gui.reading.strips.cuts import find_cuts
from handwrite_gui.reading.strips.lattice import Hypothesis, Lattice
from handwrite_gui.reading.strips.scoring import SIGN, score
from handwrite_gui.reading.strips.segments import Segment, find_segments
from handwrite_gui.reading.strips.signs import is_blank, name_sign
from handwrite_gui.reading.strips.writing import Writing, find_writing

#: Strips that are cut before the model is asked: memory stays bounded however many there are.
AT_ONCE = 64
#: Alternatives that a Number gets at most, and the least chance of one.
ALTERNATIVES, LEAST_CHANCE = 5, 1e-4


@dataclass(frozen=True, eq=False, slots=True)
class StripReading:
    """What a strip was cut into, and what that may be.

    Attributes:
        strip: The strip.
        writing: Its ink, on the scale on which it was cut.
        segments: What was looked at.
        lattice: All ways to read it; scores any text.
        hypotheses: The likeliest texts, digits only, best first.
    """

    strip: Strip
    writing: Writing
    segments: list[Segment]
    lattice: Lattice
    hypotheses: list[Hypothesis]

    def box_in_source(self, box: Sequence[float]) -> Box:
        """Return the box in the source around left, top, right, bottom on the writing's scale."""
        left, top, right, bottom = (float(side) / self.writing.scale for side in box)
        return self.strip.box_in_source(left, top, right, bottom)


class StripReader:
    """Reads Strips.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
    """

    def __init__(self, predict: Callable[[NDArray[np.float32]], list[Prediction]]) -> None:
        self._predict = predict

    def read(self, strips: Sequence[Strip]) -> list[Number | None]:
        """Read strips; None for one without a Number."""
        return [None if each is None else _number(each) for each in self.hypotheses(strips)]

    def hypotheses(self, strips: Sequence[Strip]) -> list[StripReading | None]:
        """Find what strips may hold, for others to weigh; None for one without ink."""
        read: list[StripReading | None] = []
        for first in range(0, len(strips), AT_ONCE):
            read += self._read_some(strips[first : first + AT_ONCE])
        return read

    def _read_some(self, strips: Sequence[Strip]) -> list[StripReading | None]:
        cut = [_cut(strip) for strip in strips]
        segments = [segment for each in cut if each for segment in each.segments]
        said = self._say(segments)
        read: list[StripReading | None] = []
        for strip, each in zip(strips, cut, strict=True):
            if each is None:
                read.append(None)
            else:
                read.append(_weigh(strip, each, [next(said) for _ in each.segments]))
        return read

    def _say(self, segments: list[Segment]) -> Iterator[Prediction]:
        """Ask the model of all that may be a digit at once."""
        images = [segment.image for segment in segments if segment.may_be_digit]
        said = iter(self._predict(np.array(images)) if images else [])
        for segment in segments:
            yield next(said) if segment.may_be_digit else Prediction.certainly_no_digit()


@dataclass(frozen=True, eq=False, slots=True)
class _CutStrip:
    writing: Writing
    segments: list[Segment]
    cuts: int


def _cut(strip: Strip) -> _CutStrip | None:
    writing = find_writing(strip.ink_map)
    if writing is None:
        return None
    cuts = find_cuts(writing)
    segments = find_segments(writing, cuts)
    return _CutStrip(writing, segments, len(cuts)) if segments else None


def _weigh(strip: Strip, cut: _CutStrip, said: list[Prediction]) -> StripReading:
    probabilities = np.array([prediction.probabilities for prediction in said])
    lattice = Lattice(
        np.array([segment.first for segment in cut.segments]),
        np.array([segment.last for segment in cut.segments]),
        score(cut.writing, cut.segments, probabilities),
        cut.cuts,
    )
    return StripReading(strip, cut.writing, cut.segments, lattice, lattice.hypotheses())


def _number(reading: StripReading) -> Number | None:
    """Make a Number of the best hypothesis, or None where it has no digit."""
    if not reading.hypotheses or not reading.hypotheses[0].digits:
        return None
    best, *others = reading.hypotheses
    text = _text(reading, best)
    digits = tuple(_digit(reading, index) for index, label in best.path if label != SIGN)
    alternatives = [
        Alternative(_text(reading, other), float(np.exp(other.log_probability)))
        for other in others[:ALTERNATIVES]
        if other.log_probability > np.log(LEAST_CHANCE)
    ]
    inner = [reading.segments[index].box for index, label in best.path if label != SIGN]
    corners = np.array(inner)
    box = (*corners[:, :2].min(axis=0), *corners[:, 2:].max(axis=0))
    return Number(
        text,
        confidence(best.log_probability),
        reading.box_in_source(box),
        digits,
        tuple(alternatives),
        reading.strip.row,
    )


def _digit(reading: StripReading, index: int) -> Digit:
    """A digit with its chances as the lattice sees them, where it is cut as it is."""
    segment = reading.segments[index]
    scores = reading.lattice.scores[index]
    chances = np.exp(scores - np.logaddexp.reduce(scores))
    return Digit(reading.box_in_source(segment.box), segment.image, Prediction(chances))


def _text(reading: StripReading, hypothesis: Hypothesis) -> str:
    """Put signs and blanks between the digits of a hypothesis."""
    parts = [
        (
            name_sign(reading.writing, reading.segments[index]) if label == SIGN else str(label),
            reading.segments[index].box,
        )
        for index, label in hypothesis.path
    ]
    parts = [part for part in parts if part[0]]
    gaps = [float(after[1][0] - before[1][2]) for before, after in pairwise(parts)]
    text = parts[0][0] if parts else ""
    for place, (before, after) in enumerate(pairwise(parts)):
        others = gaps[:place] + gaps[place + 1 :]
        between_digits = before[0].isdigit() and after[0].isdigit()
        if between_digits and is_blank(gaps[place], others, reading.writing.row_px):
            text += " "
        text += after[0]
    return text
