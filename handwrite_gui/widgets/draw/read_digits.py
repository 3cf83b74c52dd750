"""The digits that were read on the canvas, and the one that the window speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.correcting import corrected, strokes_of
from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.draw.sheet import Sheet


class ReadDigits(QObject):
    """A Reading of the sheet's ink, corrected as the sheet says, and the digit in question.

    That is the digit a person has selected, or else the one last written; a speck is only so where
    it is alone. A sign can be selected as a digit can, for it may be one that is misread.

    Signals:
        changed: Something else was read, said or selected.

    Thread:
        The window's.
    """

    changed = Signal()

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._read: _Read | None = None
        self._selected: Stroke | None = None

    @property
    def reading(self) -> Reading | None:
        """What was read, or None."""
        return None if self._read is None else self._read.reading

    @property
    def is_current(self) -> bool:
        """Whether just the strokes that are on the sheet were read."""
        sheet, read = self._sheet, self._read
        is_whole = read is not None and read.is_all and read.ink.strokes == sheet.strokes
        return is_whole and sheet.live is None

    @property
    def all(self) -> tuple[Digit, ...]:
        """All marks that were looked at: those of the Numbers in their order, then the refused."""
        return () if self._read is None else tuple(self._read.letters)

    @property
    def selected(self) -> Digit | None:
        """The digit that a person has selected, or None."""
        if self._selected is None:
            return None
        return next((digit for digit in self.all if self.key(digit) is self._selected), None)

    @property
    def in_question(self) -> Digit | None:
        """The digit selected, or else the one with the newest stroke, or None where none is.

        A speck beside Numbers, such as a dot, is not what is written last, and neither is a sign.
        """
        read, selected = self._read, self.selected
        if selected is not None or read is None or not read.letters:
            return selected
        if len(read.letters) == 1:
            return self.all[0]
        return max(read.meant, key=lambda digit: max(digit.strokes, default=-1))

    @property
    def stroke_in_question(self) -> Stroke | None:
        """A stroke of the digit in question, or the newest where that is not read yet."""
        digit, read, strokes = self.in_question, self._read, self._sheet.strokes
        is_newest_read = not strokes or (read is not None and strokes[-1] in read.ink.strokes)
        if self.selected is None and not is_newest_read:
            return strokes[-1]
        return None if digit is None else self.key(digit)

    @property
    def number_in_question(self) -> Number | None:
        """The Number that the digit in question stands in, or None."""
        digit, reading = self.in_question, self.reading
        numbers = () if reading is None else reading.numbers
        return next(
            (number for number in numbers if digit in (*number.digits, *number.signs)), None
        )

    @property
    def doubtful(self) -> frozenset[Digit]:
        """The digits that are to be looked at."""
        return frozenset() if self._read is None else self._read.doubtful

    def letter_of(self, digit: Digit) -> str | None:
        """What a digit or sign is in its Number's text; None where it is neither."""
        return None if self._read is None else self._read.letters[digit]

    def strokes_of(self, digit: Digit) -> tuple[Stroke, ...]:
        """A digit's strokes, oldest first; of one under the pen, as it was when it was read."""
        return () if self._read is None else strokes_of(digit, self._read.ink)

    def ink_of(self, digit: Digit) -> Ink:
        """A digit's strokes as ink of their own."""
        return Ink(self.strokes_of(digit), self._sheet.revision, self._sheet.pen_width)

    def key(self, digit: Digit) -> Stroke:
        """The stroke that a digit began with: it stays the same however often it is read."""
        return self.strokes_of(digit)[0]

    def show(self, reading: Reading, ink: Ink) -> None:
        """Take what was read of ink.

        Args:
            reading: What was read.
            ink: The ink in which it was read, or newer ink that has more strokes.
        """
        self._read = _Read(reading, ink, ink.revision == reading.revision, reading)
        self._follow()
        self.changed.emit()

    @Slot()
    def forget(self) -> None:
        """Nothing is read of what is on the sheet."""
        if self._read is not None:
            self._read = self._selected = None
            self.changed.emit()

    def follow_ink(self) -> None:
        """Take what a person says of the same strokes now: they have corrected it, or undone that.

        What was read of other strokes stays until there is more.
        """
        if self.is_current and self._follow():
            self.changed.emit()

    def select(self, digit: Digit | None) -> None:
        """Select a digit, or none."""
        selected = None if digit is None else self.key(digit)
        if selected is not self._selected:
            self._selected = selected
            self.changed.emit()

    def select_next(self, direction: int) -> None:
        """Select the digit after (1) or before (-1) the one in question; round at the end."""
        digits, now = self.all, self.in_question
        if now is None:
            return
        if self.selected is not None or len(digits) == 1:
            now = digits[(digits.index(now) + direction) % len(digits)]
        self.select(now)

    def _follow(self) -> bool:
        """Correct what was read; return whether that has changed it."""
        read, sheet = self._read, self._sheet
        assert read is not None
        reading = read.reading
        if read.corrections != sheet.corrections:
            # Of what was read, for a sign that was said to be a digit is one again after an undo.
            reading = corrected(read.as_read, read.ink, sheet.corrections)
        if self.is_current and reading.revision != sheet.revision:
            # It is about this ink, whatever was said of it since.
            reading = replace(reading, revision=sheet.revision)
        has_changed = reading is not read.reading
        self._read = replace(read, reading=reading, corrections=sheet.corrections)
        return has_changed


@dataclass(frozen=True, eq=False)
class _Read:
    """What was read of some ink.

    Attributes:
        as_read: Whatever was said of it since.
        ink: The ink in which it was read.
        is_all: Whether that is all that was read.
        reading: With what was said of it.
        corrections: All that was said.
    """

    as_read: Reading
    ink: Ink
    is_all: bool
    reading: Reading
    corrections: tuple[Correction, ...] | None = None

    @cached_property
    def letters(self) -> dict[Digit, str | None]:
        """What each mark is in its Number's text."""
        found = {
            mark: number.text[place]
            for number in self.reading.numbers
            for place, mark in number.marks.items()
        }
        return {**found, **dict.fromkeys(self.reading.refused)}

    @cached_property
    def meant(self) -> tuple[Digit, ...]:
        """All digits but for specks, and no signs."""
        specks = set(self.reading.specks)
        digits = (digit for number in self.reading.numbers for digit in number.digits)
        return (*digits, *(mark for mark in self.reading.refused if mark not in specks))

    @cached_property
    def doubtful(self) -> frozenset[Digit]:
        numbers = self.reading.numbers
        return frozenset(digit for number in numbers for digit in number.doubtful_digits)
