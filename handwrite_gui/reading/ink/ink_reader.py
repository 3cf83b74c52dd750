"""The reader of ink: strokes to Numbers, and only what has changed since is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.reading.ink.groups import Group, find_groups
from handwrite_gui.reading.ink.images import group_image, strokes_of
from handwrite_gui.reading.ink.numbers import numbers_of, read_run
from handwrite_gui.reading.ink.pieces import Shape, pieces_of, shape_of
from handwrite_gui.reading.ink.rows import Run, find_rows, find_runs

Predict = Callable[[NDArray[np.float32]], list[Prediction]]
#: Strokes by their identity, in the order in which they were written.
_Key = tuple[int, ...]
#: Images drawn and read at once: memory stays bounded whatever is written.
_AT_ONCE = 512


@dataclass(frozen=True, eq=False, slots=True)
class _Read:
    """What was read of a run."""

    numbers: list[Number]
    refused: list[Digit]


class InkReader:
    """Reads ink as Numbers, and remembers what it has read of the newest.

    A stroke never changes, so what was said of some is true for as long as they are there. What
    the newest ink no longer has is forgotten.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
    """

    def __init__(self, predict: Predict) -> None:
        self._predict = predict
        # Held, so that no other stroke can be taken for one of them.
        self._strokes: tuple[Stroke, ...] = ()
        self._pen_width: float | None = None
        self._shapes: dict[int, Shape] = {}
        self._said: dict[_Key, Prediction] = {}
        self._keys_of: dict[int, list[_Key]] = {}
        self._runs: dict[object, _Read] = {}

    def read(self, ink: Ink) -> tuple[tuple[Number, ...], tuple[Digit, ...]]:
        """Return the Numbers of some ink, and the marks that are none; at least one stroke."""
        if ink.pen_width != self._pen_width:
            self.forget()
        shapes = {
            id(stroke): self._shapes.get(id(stroke)) or shape_of(stroke) for stroke in ink.strokes
        }
        pieces = pieces_of(ink, [shapes[id(stroke)] for stroke in ink.strokes])
        rows = [find_runs(row) for row in find_rows(pieces)]
        keys = {id(run): self._run_key(ink, run) for row in rows for run in row}
        new = [run for row in rows for run in row if keys[id(run)] not in self._runs]
        runs = {key: self._runs[key] for key in keys.values() if key in self._runs}
        for run, read in zip(new, self._read_runs(ink, new), strict=True):
            runs[keys[id(run)]] = read
        self._runs, self._shapes, self._pen_width = runs, shapes, ink.pen_width
        self._forget_strokes(ink)
        numbers: list[Number] = []
        refused: list[Digit] = []
        row_nth = 0
        for row in rows:
            read_row = [runs[keys[id(run)]] for run in row]
            of_row = [number for read in read_row for number in read.numbers]
            refused.extend(mark for read in read_row for mark in read.refused)
            numbers.extend(
                number if number.row == row_nth else replace(number, row=row_nth)
                for number in of_row
            )
            row_nth += bool(of_row)
        return tuple(numbers), tuple(refused)

    def forget(self) -> None:
        """Remember nothing."""
        self._strokes = ()
        self._shapes, self._said, self._keys_of, self._runs = {}, {}, {}, {}

    def _forget_strokes(self, ink: Ink) -> None:
        """Forget what was said of strokes that are not there any more."""
        for gone in {id(stroke) for stroke in self._strokes} - self._shapes.keys():
            for key in self._keys_of.pop(gone, []):
                self._said.pop(key, None)
        self._strokes = ink.strokes

    @staticmethod
    def _run_key(ink: Ink, run: Run) -> object:
        return run.height, tuple(
            (piece.strokes, piece.said, *(id(ink.strokes[index]) for index in piece.strokes))
            for piece in run.pieces
        )

    def _read_runs(self, ink: Ink, runs: list[Run]) -> list[_Read]:
        """Read runs of which nothing is known yet, all their new groups at once."""
        groups = [find_groups(run) for run in runs]
        keys = [
            [self._key(ink, run, group) for group in of_run]
            for run, of_run in zip(runs, groups, strict=True)
        ]
        drawn = self._look_at(ink, runs, groups, keys)
        reads = []
        for run, of_run, of_keys in zip(runs, groups, keys, strict=True):
            text = read_run(run, of_run, [self._said[key] for key in of_keys])
            images = []
            for mark in text.marks:
                image = drawn.get(self._key(ink, run, mark.group))
                images.append(group_image(ink, run, mark.group.pieces) if image is None else image)
            reads.append(_Read(*numbers_of(run, text, images)))
        return reads

    def _look_at(
        self,
        ink: Ink,
        runs: list[Run],
        groups: list[list[Group]],
        keys: list[list[_Key]],
    ) -> dict[_Key, NDArray[np.float32]]:
        """Have the model say what it has not said yet, and return the images drawn for that."""
        wanted: dict[_Key, tuple[Run, tuple[int, ...]]] = {}
        for run, of_run, of_keys in zip(runs, groups, keys, strict=True):
            for group, key in zip(of_run, of_keys, strict=True):
                if key in self._said or key in wanted:
                    continue
                if len(group.pieces) == 1 and run.pieces[group.pieces[0]].is_dot:
                    self._keep(key, Prediction.certainly_no_digit())
                else:
                    wanted[key] = (run, group.pieces)
        drawn: dict[_Key, NDArray[np.float32]] = {}
        in_order = list(wanted.items())
        for first in range(0, len(in_order), _AT_ONCE):
            part = in_order[first : first + _AT_ONCE]
            images = np.array([group_image(ink, *where) for _, where in part])
            for (key, _), image, said in zip(part, images, self._predict(images), strict=True):
                self._keep(key, said)
                drawn[key] = image
        return drawn

    def _keep(self, key: _Key, said: Prediction) -> None:
        self._said[key] = said
        for stroke in key:
            self._keys_of.setdefault(stroke, []).append(key)

    @staticmethod
    def _key(ink: Ink, run: Run, group: Group) -> _Key:
        return tuple(id(ink.strokes[index]) for index in strokes_of(run, group.pieces))
