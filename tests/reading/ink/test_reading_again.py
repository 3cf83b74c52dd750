"""Ink that is read again after a change: as if for the first time, but only what has changed."""

from collections.abc import Iterator

import numpy as np
import pytest

from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.reading import Digit, Reading
from handwrite_gui.reading.ink.ink_reader import InkReader
from handwrite_gui.reading.reader import Reader

PEN = 6.0


class Seeing:
    """Says of each image something that depends on that image alone."""

    def __init__(self) -> None:
        self.asked = 0
        self._weights = np.random.default_rng(0).normal(0, 0.3, (11, 28 * 28))

    def predict(self, images: np.ndarray) -> np.ndarray:
        self.asked += len(images)
        chances = np.exp([self._weights @ image.ravel() for image in images])
        said: np.ndarray = (chances / chances.sum(axis=1, keepdims=True)).astype(np.float32)
        return said


def bow(x: float, y: float, rng: np.random.Generator) -> Stroke:
    """Some curve, about as high as a digit."""
    line = np.cumsum(rng.normal(0, 12, (9, 2)), axis=0)
    return Stroke.from_xy((line - line.min(axis=0)) / np.ptp(line, axis=0) * (35, 60) + (x, y))


def page(rows: int, columns: int, seed: int = 0) -> list[list[Stroke]]:
    """Rows of curves side by side, each one Number."""
    rng = np.random.default_rng(seed)
    return [[bow(45.0 * x, 150.0 * y, rng) for x in range(columns)] for y in range(rows)]


def ink_of(rows: list[list[Stroke]], revision: int = 1) -> Ink:
    return Ink(tuple(stroke for row in rows for stroke in row), revision, PEN)


def told(reading: Reading) -> tuple[object, ...]:
    """All that a Reading tells, to be compared."""
    numbers = [
        (n.text, n.confidence, n.box, n.row, n.alternatives, [_told(each) for each in n.digits])
        for n in reading.numbers
    ]
    return numbers, [_told(mark) for mark in reading.refused], reading.refusal, reading.revision


def _told(digit: Digit) -> tuple[object, ...]:
    chances = digit.prediction.probabilities.tolist()
    return digit.box, digit.image.tolist(), chances, digit.strokes, digit.said


def test_numbers_in_which_nothing_changed_are_the_same_ones() -> None:
    reader, rows = Reader(Seeing()), page(4, 5)
    before = reader.read_ink(ink_of(rows)).numbers
    rows[-1].append(bow(45.0 * 5, 450.0, np.random.default_rng(9)))
    after = reader.read_ink(ink_of(rows)).numbers
    same = {id(number) for number in before} & {id(number) for number in after}
    unchanged = [number for number in before if number.row < 3]
    assert unchanged
    assert same == {id(number) for number in unchanged}


def test_rows_and_runs_in_which_nothing_changed_are_the_same_ones() -> None:
    reader, rows = InkReader(Reader(Seeing()).predict), page(3, 5)
    rows[2] += [bow(1000.0, 300.0, np.random.default_rng(1))]
    reader.read(ink_of(rows))
    before = [run for of_row in reader._rows.values() for run in of_row]
    rows[2].append(bow(1045.0, 300.0, np.random.default_rng(2)))
    reader.read(ink_of(rows))
    after = [run for of_row in reader._rows.values() for run in of_row]
    assert len(before) == len(after) == 4
    assert [one is other for one, other in zip(before, after, strict=True)] == [True] * 3 + [False]


def test_nothing_is_kept_of_what_is_gone() -> None:
    reader, rows = InkReader(Reader(Seeing()).predict), page(3, 5)
    reader.read(ink_of(rows))
    reader.read(ink_of(rows[:1]))
    assert len(reader._pieces) == 5
    assert len(reader._rows) == len(reader._reads) == 1


def test_stroke_erased_in_one_row_does_not_leave_a_stale_one_in_another() -> None:
    reader, rows = Reader(Seeing()), page(3, 5)
    reader.read_ink(ink_of(rows))
    left = ink_of([rows[0][1:], *rows[1:]])
    again = reader.read_ink(left)
    assert told(again) == told(Reader(Seeing()).read_ink(left))
    taken = [at for n in again.numbers for digit in n.digits for at in digit.strokes]
    taken += [at for mark in again.refused for at in mark.strokes]
    assert sorted(taken) == list(range(14))


def test_row_that_goes_up_by_one_is_told_as_that() -> None:
    reader, rows = Reader(Seeing()), page(3, 5)
    last = reader.read_ink(ink_of(rows)).numbers[-1].row
    again = reader.read_ink(ink_of(rows[1:]))
    assert again.numbers[-1].row == last - 1
    assert told(again) == told(Reader(Seeing()).read_ink(ink_of(rows[1:])))


def test_nothing_is_looked_at_again_after_an_undo() -> None:
    recogniser = Seeing()
    reader, rows = Reader(recogniser), page(3, 5)
    reader.read_ink(ink_of(rows))
    reader.read_ink(ink_of([*rows, [bow(0.0, 450.0, np.random.default_rng(4))]]))
    recogniser.asked = 0
    reader.read_ink(ink_of(rows))
    assert recogniser.asked == 0


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_done_ink_reads_as_for_the_first_time(seed: int) -> None:
    reader = Reader(Seeing())
    for ink in _changes(np.random.default_rng(seed)):
        assert told(reader.read_ink(ink)) == told(Reader(Seeing()).read_ink(ink))


def _changes(rng: np.random.Generator) -> Iterator[Ink]:
    """Ink that is written, erased, moved, undone, said to be something, and of another pen."""
    strokes = ink_of(page(2, 4, int(rng.integers(100)))).strokes
    corrections: tuple[Correction, ...] = ()
    pen, past = PEN, []
    for revision in range(25):
        past.append((strokes, corrections, pen))
        at = int(rng.integers(len(strokes)))
        match rng.choice(["write", "write", "erase", "move", "undo", "say", "pen", "place"]):
            case "write":
                x, y = rng.integers(8) * 45.0, rng.integers(4) * 75.0
                strokes = (*strokes, bow(x, y, rng))
            case "erase" if len(strokes) > 1:
                strokes = (*strokes[:at], *strokes[at + 1 :])
            case "move":
                moved = Stroke.from_xy(strokes[at].xy + rng.normal(0, 40, 2))
                strokes = (*strokes[:at], moved, *strokes[at + 1 :])
            case "undo":
                strokes, corrections, pen = past[int(rng.integers(len(past)))]
            case "say":
                said = Correction(strokes[at : at + 2], int(rng.integers(10)))
                corrections = (*corrections[-2:], said)
            case "pen":
                # For such a pen a digit is a dot.
                pen = float(rng.choice([PEN, 150.0]))
            case "place":
                strokes = (*strokes[at:], *strokes[:at])
        yield Ink(strokes, revision, pen, corrections)
