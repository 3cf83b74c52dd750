"""Undo and redo of what a person says of a picture, as a history of its Readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handwrite_gui.domain.confirming import (
    Word,
    as_said,
    confirmed,
    place_words,
    put_right,
    word_of,
    words_of,
)
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
            number if word is None else as_said(number, word) for number, word in placed
        )
        said = {number.box for number in numbers if number.said_places}
        refused = tuple(mark for mark in read.refused if mark.box not in said)
        refusal = None if numbers else read.refusal
        first = replace(read, numbers=numbers, refused=refused, refusal=refusal)
        super().__init__(first, STEPS)
        self._forgotten: frozenset[Number] = frozenset()
        #: What was said in each step but the first.
        self._said: list[Word] = []

    @property
    def reading(self) -> Reading:
        """The Reading that is shown."""
        return self.shown

    @property
    def words(self) -> tuple[Word, ...]:
        """All that a person says of the picture now, but for what was to be forgotten."""
        kept = tuple(number for number in self.reading.numbers if number not in self._forgotten)
        return words_of(replace(self.reading, numbers=kept))

    def read_on(self, read: Reading, words: Sequence[Word] = ()) -> ReadingHistory:
        """Return the history of another Reading of the same picture, such as of more of it.

        What a person said so far is said of that as well, and can be undone there, too.

        Args:
            read: What was read.
            words: What they said before that, as when this was made.
        """
        oldest = words_of(self._steps[0])
        places = {number.box for number in read.numbers} | {word.box for word in words}
        said, undone = self._said[: self._shown], self._said[self._shown :]
        lost = [word for word in said if word.box not in places]
        now = ReadingHistory(read, (*words, *oldest, *lost))
        at = {number.box: index for index, number in enumerate(now.as_read)}
        for word in (*said, *undone):
            if word.box in at:
                now._take(at[word.box], as_said(now.as_read[at[word.box]], word))
        for _ in range(sum(word.box in at for word in undone)):
            now.undo()
        gone = {(number.box, number.text) for number in self._forgotten}
        now._forgotten = frozenset(
            number
            for step in now._steps
            for number in step.numbers
            if (number.box, number.text) in gone and number.said_places
        )
        return now

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
        return self._take(index, confirmed(self.as_read[index], text))

    def put_right(self, index: int, place: int, said: int) -> Number:
        """Let one digit of a Number be what a person says; what was undone is forgotten.

        Args:
            index: Of the Number, which is there.
            place: Of the digit in the text, or of a sign that is misread.
            said: The digit.

        Returns:
            The Number as it is shown now.
        """
        return self._take(index, put_right(self.reading.numbers[index], place, said))

    def _take(self, index: int, number: Number) -> Number:
        shown, refused = self.reading, self.reading.refused
        if not shown.numbers:
            refused = refused[1:]
        numbers = (*shown.numbers[:index], number, *shown.numbers[index + 1 :])
        self._said = [*self._said[: self._shown], word_of(number)]
        self.add(replace(shown, numbers=numbers, refused=refused, refusal=None))
        self._said = self._said[len(self._said) + 1 - len(self._steps) :]
        return number
