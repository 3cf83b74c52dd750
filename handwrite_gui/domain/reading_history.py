"""Undo and redo of what a person says of a picture, as a history of its Readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handwrite_gui.domain.confirming import Word, confirmed, place_words, words_of
from handwrite_gui.domain.reading import Number, Reading
from handwrite_gui.domain.undo import History

#: Steps kept. Readings share their Numbers, so a step costs a tuple.
STEPS = 200


class ReadingHistory(History[Reading]):
    """The Readings of one picture as a person puts it right.

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
        first = replace(read, numbers=numbers, refused=refused, refusal=refusal)
        super().__init__(first, STEPS)
        self._forgotten: frozenset[Number] = frozenset()

    @property
    def reading(self) -> Reading:
        """The Reading that is shown."""
        return self.shown

    @property
    def words(self) -> tuple[Word, ...]:
        """All that a person says of the picture now, but for what was to be forgotten."""
        kept = tuple(number for number in self.reading.numbers if number not in self._forgotten)
        return words_of(replace(self.reading, numbers=kept))

    def forget(self) -> None:
        """Let nothing that was said until now be among `words`, though it is shown as before."""
        self._forgotten |= {number for step in self._steps for number in step.numbers}

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
        self.add(replace(shown, numbers=numbers, refused=refused, refusal=None))
        return number
