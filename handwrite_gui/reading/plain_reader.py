"""The plain reader: strips whose marks and whole say the same are read without cutting anything."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.consistency import consistent
from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Alternative, Digit, Number
from handwrite_gui.domain.strip import Strip
from handwrite_gui.reading.calibration import chance_of_right
from handwrite_gui.reading.one_digit import Predict
from handwrite_gui.reading.strips.plain_marks import PlainMark, find_plain_marks
from handwrite_gui.reading.strips.plain_parts import Part, find_parts, share_out
from handwrite_gui.reading.strips.signs import is_blank
from handwrite_gui.recognition.recogniser import StripRecogniser
from handwrite_gui.recognition.sequences.alphabet import DIGITS, decode
from handwrite_gui.recognition.sequences.decoding import (
    align,
    log_probabilities,
    merged,
    read_greedily,
)
from handwrite_gui.recognition.sequences.framing import step_edge

#: So likely must the network find a text at its first look where all marks are read surely, and
#: where some are not; or on the mean of three looks that all give this text. Chosen on pages of
#: the writers 19 to 24: of 700 Numbers none was lost that the cuts would have read.
WITH_MARKS, ALONE, AT_THREE_LOOKS = 0.65, 0.97, 0.85
#: The other two looks are so much narrower and wider.
SQUEEZES = (0.87, 1.13)
#: So likely must a text without signs be. Where it is, others with signs count for it if no mark is
#: in pieces, one of which could be a point: a sign is a mark of its own.
WITHOUT_SIGNS = 0.2
#: Logistic regression of "the text is right" on the log-odds of what the network says, where all
#: marks are read surely and where some are not, rounded. Of 2,525 Numbers of the writers 19 to 24
#: 69 % are then called sure (99 %), of which 99.5 % were right; of the others 97.7 %.
SLOPE, OFFSET, OFFSET_DOUBTFUL = 0.2, 4.5, 3.2
#: What is surer than this is never as sure as that.
SUREST = 1.0 - 1e-6
#: Alternatives that a Number gets at most, and the least chance of one.
ALTERNATIVES, LEAST_CHANCE = 5, 1e-4


class PlainReader:
    """Reads Strips by their marks and by the sequence network, where both agree.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
        sequences: As for `JoinedReader`.
    """

    def __init__(self, predict: Predict, sequences: Callable[[], StripRecogniser | None]) -> None:
        self._predict, self._sequences = predict, sequences

    def read(self, strips: Sequence[Strip]) -> list[Number | None]:
        """Read strips; None for one that must be looked at closer.

        It takes a twentieth of the time that the cuts take, less where strips are of one shape.
        """
        recogniser = self._sequences()
        if recogniser is None:
            return [None] * len(strips)
        rows = self._rows(strips)
        looks = recogniser.predict([strip.ink_map for strip in strips])
        texts = [_Text.of(row, logs) for row, logs in zip(rows, looks, strict=True)]
        doubtful = [n for n, text in enumerate(texts) if text is not None and not text.is_clear]
        ink_maps = [strips[n].ink_map for n in doubtful]
        again = [recogniser.predict(ink_maps, squeeze) for squeeze in SQUEEZES] if doubtful else []
        for n, *others in zip(doubtful, *again, strict=True):
            text = texts[n]
            texts[n] = text and text.seen_again(rows[n], others)
        return [
            None if text is None else _number(row, text)
            for row, text in zip(rows, texts, strict=True)
        ]

    def _rows(self, strips: Sequence[Strip]) -> list[_Row]:
        """Find the marks of strips, and ask the model of all of them at once."""
        found = [find_plain_marks(strip.ink_map) for strip in strips]
        images = [mark.image for marks in found for mark in marks]
        said = iter(self._predict(np.array(images)) if images else [])
        return [
            _Row(strip, find_parts(marks, [next(said) for _ in marks]))
            for strip, marks in zip(strips, found, strict=True)
        ]


@dataclass(frozen=True, eq=False, slots=True)
class _Row:
    strip: Strip
    parts: list[Part]

    def seen(self, logs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Count the network's signs as nothing, where none of the marks can be one."""
        if any(mark.pieces > 1 for part in self.parts for mark in part.marks):
            return logs
        return np.asarray(merged(logs, len(DIGITS)), np.float32)


@dataclass(frozen=True, eq=False, slots=True)
class _Text:
    """What the network says of a row, where it goes with the marks.

    Attributes:
        digits: The text.
        labels: The same as the network's classes.
        spans: The first of its digits of each part and the one behind the last.
        logs: Logarithms of the chances at every step, the last class of which is none.
        log_probability: Of the text, signs counted as far as they can be there.
        log_without_signs: Of the text without signs. It tells better how sure the network is: a
            sign that it sees where none is shows that the writing is strange to it.
        is_plain: Whether all marks are read surely.
        is_clear: Whether it need not be looked at again.
    """

    digits: str
    labels: tuple[int, ...]
    spans: list[tuple[int, int]]
    logs: NDArray[np.float32]
    log_probability: float
    log_without_signs: float
    is_plain: bool
    is_clear: bool

    @staticmethod
    def of(row: _Row, logs: NDArray[np.float32]) -> _Text | None:
        """Read a row; None where the network sees signs, or other digits than the marks."""
        seen = row.seen(logs)
        labels = read_greedily(seen)
        digits = decode(labels)
        spans = share_out(row.parts, digits)
        if spans is None or not set(digits) <= set(DIGITS) or len(digits) != len(labels):
            return None
        without_signs = _log_probability(logs, labels)
        if without_signs < math.log(WITHOUT_SIGNS):
            return None
        # A lone digit has no neighbours to vouch for it.
        is_plain = len(digits) > 1 and all(
            part.sure is not None and end - first == 1
            for part, (first, end) in zip(row.parts, spans, strict=True)
        )
        log = _log_probability(seen, labels)
        is_clear = log >= math.log(WITH_MARKS if is_plain else ALONE)
        return _Text(digits, labels, spans, seen, log, without_signs, is_plain, is_clear)

    def seen_again(self, row: _Row, others: Sequence[NDArray[np.float32]]) -> _Text | None:
        """Return the text as it is at all looks together; None where they leave doubt."""
        seen = [row.seen(logs) for logs in others]
        if any(read_greedily(logs) != self.labels for logs in seen):
            return None
        mean, without_signs = (
            float(np.mean([first, *(_log_probability(logs, self.labels) for logs in looks)]))
            for first, looks in ((self.log_probability, seen), (self.log_without_signs, others))
        )
        if mean < math.log(AT_THREE_LOOKS):
            return None
        return replace(self, log_probability=mean, log_without_signs=without_signs, is_clear=True)


def _number(row: _Row, text: _Text) -> Number:
    digits: list[Digit] = []
    boxes: list[tuple[int, int, int, int]] = []
    steps = [] if text.is_plain else align(text.logs, text.labels)
    for part, (first, end) in zip(row.parts, text.spans, strict=True):
        if len(part.marks) == 1 and end - first == 1:
            marks = part.marks
        else:
            marks = _parted(row.strip, part, steps, first, end)
        for n, mark in enumerate(marks, start=first):
            prediction = part.sure if end - first == 1 else None
            prediction = prediction or _of_network(text.logs, steps[n], text.labels[n])
            digits.append(Digit(row.strip.box_in_source(*mark.box), mark.image, prediction))
            boxes.append(mark.box)
    left, top, right, bottom = np.array(boxes, float).T
    around = row.strip.box_in_source(left.min(), top.min(), right.max(), bottom.max())
    said, sure = _with_blanks(text.digits, boxes), _confidence(text)
    others = _alternatives(said, digits, sure)
    return consistent(Number(said, sure, around, tuple(digits), others, row.strip.row))


def _confidence(text: _Text) -> float:
    """The chance that a text is right on which marks and network agree."""
    probability = min(math.exp(text.log_without_signs), SUREST)
    odds = math.log(probability / (1.0 - probability))
    offset = OFFSET if text.is_plain else OFFSET_DOUBTFUL
    return chance_of_right(odds, SLOPE, offset)


def _parted(
    strip: Strip, part: Part, steps: list[tuple[int, int]], first: int, end: int
) -> list[PlainMark]:
    """Part doubtful marks into digits, midway between where the network sees them."""
    boxes = np.array([mark.box for mark in part.marks])
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    shape = strip.ink_map.shape
    middles = [step_edge(sum(steps[n]) / 2, shape) for n in range(first, end)]
    inner = [int(np.clip((a + b) / 2, left + 1, right - 1)) for a, b in pairwise(middles)]
    edges = np.maximum.accumulate([int(left), *inner, int(right)])
    parts = []
    for start, stop in pairwise(edges):
        stop = max(stop, start + 1)
        ink = strip.ink_map[top:bottom, start:stop]
        parts.append(PlainMark((int(start), int(top), int(stop), int(bottom)), frame(ink)))
    return parts


def _of_network(logs: NDArray[np.float32], span: tuple[int, int], label: int) -> Prediction:
    """What the network says of one digit, at the step at which it is surest of it."""
    step = span[0] + int(logs[span[0] : span[1], label].argmax())
    chances = np.append(np.exp(logs[step, :NO_DIGIT].astype(np.float64)), 0.0)
    return Prediction(chances / chances.sum())


def _log_probability(logs: NDArray[np.float32], labels: tuple[int, ...]) -> float:
    return float(log_probabilities(logs, [labels])[0])


def _with_blanks(digits: str, boxes: list[tuple[int, int, int, int]]) -> str:
    """Put blanks where digits stand far apart."""
    gaps = [float(after[0] - before[2]) for before, after in pairwise(boxes)]
    row_px = float(max(bottom - top for _, top, _, bottom in boxes))
    text = digits[0]
    for n, (gap, digit) in enumerate(zip(gaps, digits[1:], strict=True)):
        if is_blank(gap, gaps[:n] + gaps[n + 1 :], row_px):
            text += " "
        text += digit
    return text


def _alternatives(text: str, digits: list[Digit], sure: float) -> tuple[Alternative, ...]:
    """What else the text may be if one of its digits is another."""
    found = []
    places = [place for place, sign in enumerate(text) if sign in DIGITS]
    for place, digit in zip(places, digits, strict=True):
        chances = digit.prediction.probabilities[:NO_DIGIT]
        here = int(text[place])
        for other in np.flatnonzero(chances > LEAST_CHANCE):
            if other != here:
                chance = min(sure * float(chances[other] / chances[here]), 1.0 - sure)
                found.append(Alternative(text[:place] + str(other) + text[place + 1 :], chance))
    found.sort(key=lambda each: -each.probability)
    return tuple(each for each in found[:ALTERNATIVES] if each.probability > LEAST_CHANCE)
