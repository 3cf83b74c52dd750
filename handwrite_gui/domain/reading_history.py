"""Undo and redo of what a person says: a list of Readings, and where in it the person stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handwrite_gui.domain.confirming import Word, confirmed, place_words, words_of
from handwrite_gui.domain.reading import Number, Reading

#: Steps kept. Readings share their Numbers, so a step costs a tuple.
STEPS = 200


class ReadingHistory:
    """The Readings of one picture as a person puts it right, oldest first, and the one shown.

    Args:
        read: What was read.
        words: What a person said of this picture before; no undo takes that back.
    """

    def __init__(self, read: Reading, words: Sequence[Word] = ()) -> None:
        self.read = read
        placed = place_words(read, words)
        #: The Numbers as they were read, for what a person says may have other digits. Where
        #: nothing but marks was found, the first of them as a Number that reads nothing.
        self.as_read = [number for number, _ in placed]
        if not placed and read.refused:
            mark = read.refused[0]
            self.as_read = [Number("", 0.0, mark.box, (mark,))]
        numbers = tuple(
            number if text is None else confirmed(number, text) for number, text in placed
        )
        said = {number.box for number in numbers if number.is_confirmed}
        refused = tuple(mark for mark in read.refused if mark.box not in said)
        refusal = None if numbers else read.refusal
        self._readings = [replace(read, numbers=numbers, refused=refused, refusal=refusal)]
        self._shown = 0

    @property
    def reading(self) -> Reading:
        """The Reading that is shown."""
        return self._readings[self._shown]

    @property
    def words(self) -> tuple[Word, ...]:
        """All that a person says of the picture now."""
        return words_of(self.reading)

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier Reading."""
        return self._shown > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a later Reading, undone before."""
        return self._shown < len(self._readings) - 1

    def confirm(self, index: int, text: str) -> Number:
        """Let a Number read as a person says; what was undone is forgotten.

        Args:
            index: Of the Number. Where nothing but marks was found, 0 is the first of them, which
                becomes a Number.
            text: As `confirming.is_number_text` allows.

        Returns:
            The Number as it is shown now.
        """
        number = confirmed(self.as_read[index], text)
        shown, refused = self.reading, self.reading.refused
        if not shown.numbers:
            refused = refused[1:]
        numbers = (*shown.numbers[:index], number, *shown.numbers[index + 1 :])
        reading = replace(shown, numbers=numbers, refused=refused, refusal=None)
        self._readings = [*self._readings[: self._shown + 1], reading][-STEPS:]
        self._shown = len(self._readings) - 1
        return number

    def undo(self) -> Reading:
        """Go one step back, if there is one, and return the Reading shown then."""
        return self._show(self._shown - 1)

    def redo(self) -> Reading:
        """Go one step forward, if there is one, and return the Reading shown then."""
        return self._show(self._shown + 1)

    def _show(self, step: int) -> Reading:
        self._shown = min(max(step, 0), len(self._readings) - 1)
        return self.reading
