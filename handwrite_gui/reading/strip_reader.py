"""The strip reader: from lines of writing to Numbers, cut in every way that makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.consistency import consistent
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Alternative, Box, Digit, Number
from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.strips.calibration import confidence
from handwrite_gui.reading.strips.cuts import Cut, find_cuts
from handwrite_gui.reading.strips.lattice import Hypothesis, Lattice
from handwrite_gui.reading.strips.scoring import SIGN, score
from handwrite_gui.reading.strips.segments import Segment, find_segments
from handwrite_gui.reading.strips.signs import is_blank, name_sign
from handwrite_gui.reading.strips.writing import Writing, find_writing

#: From this probability on, marks are not cut as well, if none is wider than so many row heights.
CLEAR, WIDE = 0.98, 1.0
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

    def hypotheses(
        self, strips: Sequence[Strip], *, sparing: bool = False
    ) -> list[StripReading | None]:
        """Find what strips may hold, for others to weigh; None for one without ink.

        They are read by their marks first, and only those are cut of which that leaves doubt.

        Args:
            strips: The strips.
            sparing: Do not cut the sure marks of a doubtful strip either.
        """
        rows = [_row(strip) for strip in strips]
        read = self._weigh([row and row.uncut for row in rows])
        doubtful = [
            row if row is not None and not (each and _is_clear(each)) else None
            for row, each in zip(rows, read, strict=True)
        ]
        if sparing:
            doubtful = [
                row and (row.sparing(_sure_marks(row, each)) if each else row)
                for row, each in zip(doubtful, read, strict=True)
            ]
        again = self._weigh(doubtful)
        return [cut or uncut for cut, uncut in zip(again, read, strict=True)]

    def _weigh(self, rows: Sequence[_Row | None]) -> list[StripReading | None]:
        """Weigh all ways to read some rows."""
        found = [[] if row is None else find_segments(row.writing, row.cuts) for row in rows]
        said = self._say([segment for segments in found for segment in segments])
        read: list[StripReading | None] = []
        for row, segments in zip(rows, found, strict=True):
            if row is None or not segments:
                read.append(None)
            else:
                read.append(_weigh(row, segments, [next(said) for _ in segments]))
        return read

    def _say(self, segments: list[Segment]) -> Iterator[Prediction]:
        """Ask the model of all that may be a digit at once."""
        images = [segment.image for segment in segments if segment.may_be_digit]
        said = iter(self._predict(np.array(images)) if images else [])
        for segment in segments:
            yield next(said) if segment.may_be_digit else Prediction.certainly_no_digit()


@dataclass(frozen=True, eq=False, slots=True)
class _Row:
    """A strip's ink and where it may be cut."""

    strip: Strip
    writing: Writing
    cuts: list[Cut]

    @property
    def uncut(self) -> _Row:
        """The same, with cuts between marks only."""
        return replace(self, cuts=[cut for cut in self.cuts if cut.strokes == 0])

    def sparing(self, marks: NDArray[np.bool_]) -> _Row:
        """The same, without the cuts that part no others than these marks, (labels,)."""
        labels, count = self.writing.labels, self.writing.count
        areas = np.bincount(labels.ravel(), minlength=count)

        def parts_others(cut: Cut) -> bool:
            on_left = np.bincount(labels[cut.left], minlength=count)
            return bool(((on_left > 0) & (on_left < areas) & ~marks).any())

        kept = [cut for cut in self.cuts if cut.strokes == 0 or parts_others(cut)]
        return replace(self, cuts=kept)


def _row(strip: Strip) -> _Row | None:
    writing = find_writing(strip.ink_map)
    return None if writing is None else _Row(strip, writing, find_cuts(writing))


def _weigh(row: _Row, segments: list[Segment], said: list[Prediction]) -> StripReading:
    probabilities = np.array([prediction.probabilities for prediction in said])
    lattice = Lattice(
        np.array([segment.first for segment in segments]),
        np.array([segment.last for segment in segments]),
        score(row.writing, segments, probabilities),
        len(row.cuts),
    )
    return StripReading(row.strip, row.writing, segments, lattice, lattice.hypotheses())


def _is_clear(reading: StripReading) -> bool:
    """Whether marks alone give one text surely, and none of them is as wide as two digits."""
    if not reading.hypotheses or reading.hypotheses[0].log_probability < np.log(CLEAR):
        return False
    boxes = [reading.segments[index].box for index, label in reading.hypotheses[0].path]
    row = reading.writing.row_px
    return all(right - left < WIDE * row for left, _, right, _ in boxes)


def _sure_marks(row: _Row, uncut: StripReading) -> NDArray[np.bool_]:
    """Which marks are read surely as they are and are no wider than one digit, (labels,)."""
    sure = np.zeros(row.writing.count, np.bool_)
    cuts = row.uncut.cuts
    for index, label in uncut.hypotheses[0].path if uncut.hypotheses else ():
        segment, scores = uncut.segments[index], uncut.lattice.scores[index]
        is_sure = label != SIGN and scores[label] - np.logaddexp.reduce(scores) >= np.log(CLEAR)
        if is_sure and segment.box[2] - segment.box[0] < WIDE * row.writing.row_px:
            there = cuts[segment.last].left & ~cuts[segment.first].left
            sure[np.unique(row.writing.labels[there])] = True
    sure[0] = False
    return sure


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
    number = Number(
        text,
        confidence(best.log_probability),
        reading.box_in_source(box),
        digits,
        tuple(alternatives),
        reading.strip.row,
    )
    return consistent(number)


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
