"""The reader of ink: strokes to Numbers, and only what has changed since is looked at again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.reading.ink.groups import Group, find_groups
from handwrite_gui.reading.ink.images import strokes_of
from handwrite_gui.reading.ink.looks import Looks, Predict
from handwrite_gui.reading.ink.numbers import numbers_of, read_run
from handwrite_gui.reading.ink.pieces import Piece, Shape, pieces_of, shape_of
from handwrite_gui.reading.ink.rows import Run, find_rows, find_runs
from handwrite_gui.reading.ink.stacked import Stack, dissolved, find_stacks


@dataclass(frozen=True, eq=False, slots=True)
class _Read:
    """What was read of a run."""

    numbers: list[Number]
    refused: list[Digit]


class InkReader:
    """Reads ink as Numbers, and remembers what it has read of the newest.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
    """

    def __init__(self, predict: Predict) -> None:
        self._looks = Looks(predict)
        self._ink = Ink()
        self._shapes: dict[int, Shape] = {}
        self._runs: dict[object, _Read] = {}

    def read(self, ink: Ink) -> tuple[tuple[Number, ...], tuple[Digit, ...]]:
        """Return the Numbers of some ink, and the marks that are none; at least one stroke."""
        if ink.pen_width != self._ink.pen_width:
            self._runs = {}
        known = self._shapes
        self._shapes = {
            id(stroke): known.get(id(stroke)) or shape_of(stroke) for stroke in ink.strokes
        }
        # What was held until now is let go only here: an old stroke's identity was not new.
        self._looks.turn_to(ink)
        self._ink = ink
        # Should the model fail, nothing stays under the identities of strokes that are let go.
        runs_before, self._runs = self._runs, {}
        pieces = pieces_of(ink, [self._shapes[id(stroke)] for stroke in ink.strokes])
        rows = [find_runs(row) for row in self._mended(find_rows(pieces))]
        keys = {id(run): self._key(run) for row in rows for run in row}
        new = [run for row in rows for run in row if keys[id(run)] not in runs_before]
        runs = {key: runs_before[key] for key in keys.values() if key in runs_before}
        for run, read in zip(new, self._read_runs(new), strict=True):
            runs[keys[id(run)]] = read
        self._runs = runs
        return _in_order([[runs[keys[id(run)]] for run in row] for row in rows])

    def _key(self, run: Run) -> object:
        """What a run's reading depends on."""
        return run.height, tuple(
            (piece.strokes, piece.said, *(id(self._ink.strokes[at]) for at in piece.strokes))
            for piece in run.pieces
        )

    def _mended(self, rows: list[list[Piece]]) -> list[list[Piece]]:
        """Put the upper strokes of digits into the rows of the lower ones."""
        stacks = find_stacks(rows)
        if not stacks:
            return rows
        pieces = {piece.strokes: piece for stack in stacks for piece in stack.pieces}
        dots = [strokes for strokes, piece in pieces.items() if piece.is_dot]
        self._looks.look_at([*pieces, *(stack.strokes for stack in stacks)], dots)

        def is_one(stack: Stack) -> bool:
            one, other = (self._looks.said_of(piece.strokes) for piece in stack.pieces)
            return stack.is_one_digit(one, other, self._looks.said_of(stack.strokes))

        return dissolved(rows, [stack for stack in stacks if is_one(stack)])

    def _read_runs(self, runs: list[Run]) -> list[_Read]:
        """Read runs of which nothing is known yet, all their new groups at once."""
        groups = [find_groups(run) for run in runs]
        looks = [
            [strokes_of(run, group.pieces) for group in of_run]
            for run, of_run in zip(runs, groups, strict=True)
        ]
        dots = [piece.strokes for run in runs for piece in run.pieces if piece.is_dot]
        self._looks.look_at([strokes for of_run in looks for strokes in of_run], dots)
        return [self._read_run(*each) for each in zip(runs, groups, looks, strict=True)]

    def _read_run(self, run: Run, groups: list[Group], looks: list[tuple[int, ...]]) -> _Read:
        text = read_run(run, groups, [self._looks.said_of(strokes) for strokes in looks])
        marks = [strokes_of(run, mark.group.pieces) for mark in text.marks]
        return _Read(*numbers_of(run, text, [self._looks.image_of(strokes) for strokes in marks]))


def _in_order(rows: list[list[_Read]]) -> tuple[tuple[Number, ...], tuple[Digit, ...]]:
    """All Numbers, each with the row that it stands in, and the marks that are none."""
    numbers: list[Number] = []
    refused: list[Digit] = []
    nth = 0
    for row in rows:
        of_row = [number for read in row for number in read.numbers]
        numbers.extend(
            number if number.row == nth else replace(number, row=nth) for number in of_row
        )
        refused.extend(mark for read in row for mark in read.refused)
        nth += bool(of_row)
    return tuple(numbers), tuple(refused)
