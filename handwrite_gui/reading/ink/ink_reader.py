"""The reader of ink: strokes to Numbers, and only what has changed since is looked at again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.reading.ink.eights import Rings, find_rings
from handwrite_gui.reading.ink.groups import Group, find_groups
from handwrite_gui.reading.ink.images import strokes_of
from handwrite_gui.reading.ink.looks import Looks, Predict
from handwrite_gui.reading.ink.numbers import numbers_of, read_run
from handwrite_gui.reading.ink.pieces import Piece, pieces_of
from handwrite_gui.reading.ink.rows import Run, find_rows, find_runs
from handwrite_gui.reading.ink.stacked import Stack, dissolved, find_stacks


@dataclass(eq=False, slots=True)
class _Read:
    """What was read of a run.

    Attributes:
        numbers: With the row that they stood in last.
        refused: Marks that are none.
    """

    numbers: list[Number]
    refused: list[Digit]

    def numbers_in(self, row: int) -> list[Number]:
        """Return the Numbers, now that they stand in a row."""
        if self.numbers and self.numbers[0].row != row:
            self.numbers = [replace(number, row=row) for number in self.numbers]
        return self.numbers


class InkReader:
    """Reads ink as Numbers, and remembers what it has read of the newest.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
    """

    def __init__(self, predict: Predict) -> None:
        self._looks = Looks(predict)
        # The newest ink is held, so that no other stroke can be taken for one of its own.
        self._ink = Ink()
        # By the identities of its strokes. A piece is the same one for as long as nothing about it
        # changes, and so is known what was found out about pieces.
        self._pieces: dict[int, Piece] = {}
        self._eights: dict[Rings, Piece] = {}
        self._rows: dict[tuple[Piece, ...], list[Run]] = {}
        self._reads: dict[Run, _Read] = {}

    def read(self, ink: Ink) -> tuple[tuple[Number, ...], tuple[Digit, ...]]:
        """Return the Numbers of some ink, and the marks that are none; at least one stroke."""
        known = self._pieces if ink.pen_width == self._ink.pen_width else {}
        pieces = pieces_of(ink, known)
        self._pieces = {id(ink.strokes[at]): piece for piece in pieces for at in piece.strokes}
        # What was held until now is let go only here: an old stroke's identity was not new.
        self._looks.turn_to(ink)
        self._ink = ink
        self._rows = self._runs_of(self._mended(find_rows(self._with_eights(pieces))))
        runs = [run for of_row in self._rows.values() for run in of_row]
        new = [run for run in runs if run not in self._reads]
        reads = dict(zip(new, self._read_runs(new), strict=True))
        self._reads = {run: reads.get(run) or self._reads[run] for run in runs}
        return _in_order([[self._reads[run] for run in row] for row in self._rows.values()])

    def _with_eights(self, pieces: list[Piece]) -> list[Piece]:
        """Make one piece of two rings that are an 8."""
        rings = find_rings(pieces)
        self._looks.look_at(each.strokes for each in rings)
        self._eights = {
            each: self._eights.get(each) or each.as_piece()
            for each in rings
            if each.is_eight(self._looks.said_of(each.strokes))
        }
        if not self._eights:
            return pieces
        firsts = {each.one: eight for each, eight in self._eights.items()}
        others = {each.other for each in self._eights}
        return [firsts.get(piece, piece) for piece in pieces if piece not in others]

    def _runs_of(self, rows: list[list[Piece]]) -> dict[tuple[Piece, ...], list[Run]]:
        """Part each row into runs; those of which nothing has changed are the same ones."""
        known = {run.key: run for of_row in self._rows.values() for run in of_row}
        return {
            row: self._rows.get(row) or [known.get(run.key, run) for run in find_runs(row)]
            for row in map(tuple, rows)
        }

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
        of_row = [number for read in row for number in read.numbers_in(nth)]
        numbers.extend(of_row)
        refused.extend(mark for read in row for mark in read.refused)
        nth += bool(of_row)
    return tuple(numbers), tuple(refused)
