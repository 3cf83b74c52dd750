"""An entry: one picture on the page, how far it has come, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from handwrite_gui.domain.confirming import Word
from handwrite_gui.domain.excerpt import WHOLE, Excerpt
from handwrite_gui.domain.prediction import percent
from handwrite_gui.domain.reading import Box, Number, Progress, Reading, Refusal
from handwrite_gui.domain.reading_history import ReadingHistory
from handwrite_gui.widgets.pictures.levels import Levels

#: Of a Number's height, shown around it in the list.
_MARGIN = 0.15
OPENING = "Opening…"
READING = "Reading…"

#: Beside it is what turns the page.
ON_ITS_SIDE = "Is this page on its side?"

_FOUND = {
    Refusal.BLANK: "Nothing found",
    Refusal.DOT: "Only a dot",
    Refusal.NO_DIGIT: "No digit",
}
_ADVICE = {
    Refusal.BLANK: "No ink was found. Take the picture from nearer, or in better light.",
    Refusal.DOT: "Only a dot was found. Take the picture from nearer.",
    Refusal.NO_DIGIT: "What was found does not look like a digit. Crop the picture to one digit.",
}


@dataclass(eq=False, slots=True)
class Entry:
    """One picture on the page: a page of a file, as it is or turned and cropped.

    Attributes:
        key: What the program calls it.
        name: What a person calls it.
        excerpt: What it is of its file.
        levels: The picture, reduced where it is large; without pixels until it is opened, and while
            those are let go.
        words: What a person said of it before it was opened this time.
        history: What was read and what the person says of it, or None until then.
        progress: How far the reading is, or was when it stopped; None before that is known, and
            when all is read.
        is_stopped: Whether the reading stopped before its end, and can be gone on with.
        error: Why it could not be opened or read, in one sentence, or None.
        lost: Why its pixels could not be had again, in one sentence, or None.
        quarters: By how many quarters it is perhaps to be turned to the right, 1 or -1, or 0.
        is_one_of_many: Whether its file has other pages.
    """

    key: int
    name: str
    excerpt: Excerpt = WHOLE
    levels: Levels = field(default_factory=lambda: Levels((0, 0)))
    words: tuple[Word, ...] = ()
    history: ReadingHistory | None = None
    progress: Progress | None = None
    is_stopped: bool = False
    error: str | None = None
    lost: str | None = None
    quarters: int = 0
    is_one_of_many: bool = False

    @property
    def is_opened(self) -> bool:
        """Whether it is known what it shows, though its pixels may be let go for now."""
        return self.levels.size_px != (0, 0)

    @property
    def has_pixels(self) -> bool:
        """Whether there is a picture to show."""
        return not self.levels.is_empty

    @property
    def is_read(self) -> bool:
        """Whether all of it is read."""
        return self.history is not None and self.progress is None

    @property
    def is_settled(self) -> bool:
        """Whether it is read, failed or stopped: nothing comes of it by itself any more."""
        return self.is_read or self.is_stopped or self.error is not None

    @property
    def reading(self) -> Reading | None:
        """What was read, the person's word before the model's, or None until then."""
        return self.history.reading if self.history else None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The Numbers, as a person put them right."""
        return self.reading.numbers if self.reading else ()

    @property
    def refused(self) -> tuple[Box, ...]:
        """Where something was looked at and is no digit."""
        return tuple(digit.box for digit in self.reading.refused) if self.reading else ()

    @property
    def is_one_digit(self) -> bool:
        """Whether there is at most a single digit, without a sign, which needs no list."""
        return sum(len(number.inked_places) for number in self.numbers) < 2

    @property
    def place(self) -> str:
        """Where its Numbers stand, as is said of them; empty where they are all of the file."""
        if self.excerpt.within is not None:
            return "in the box"
        return "on this page" if self.is_one_of_many else ""

    @property
    def text(self) -> str:
        """What the picture says; empty for nothing."""
        return self.reading.text if self.reading else ""

    def cut(self, box: Box) -> QImage:
        """Return what the picture shows in a box, a little paper around it; null without pixels."""
        return self.levels.cut(box, _MARGIN * box[3]) if self.has_pixels else QImage()

    def open(self, levels: Levels) -> None:
        """Hold the picture's pixels."""
        self.levels, self.lost = levels, None

    def let_go(self) -> None:
        """Hold no pixels, and all that was read and said; they can be had again from the file."""
        self.levels = Levels(self.levels.size_px)

    def take(self, reading: Reading) -> None:
        """Hold all that was read, and what the person said of it all the same."""
        self._hold(reading)
        self.progress, self.is_stopped, self.error = None, False, None

    def go_on(self, progress: Progress, *, is_shown: bool) -> None:
        """Hold how far the reading is, and what was read where that is to be shown."""
        self.progress = progress
        if is_shown:
            self._hold_more(progress.reading)

    def stop(self) -> None:
        """Be read no further, and hold all that was read."""
        self.is_stopped = True
        if self.progress is not None:
            self._hold_more(self.progress.all_read)

    def fail(self, sentence: str) -> bool:
        """Hold why it could not be opened or read; return False where it was, to the end."""
        if self.is_read:
            return False
        self.error = sentence
        if self.progress is not None:
            self.stop()
        return True

    def begin_again(self) -> None:
        """Be read once more, for the first time that was stopped."""
        self.is_stopped, self.error = False, None
        if self.progress is not None:
            self.progress = Progress(0, self.progress.total)

    def remember(self, words: tuple[Word, ...]) -> None:
        """Hold what a person said of it before, under what they have said since."""
        self.words = words
        if self.history is not None:
            self._hold(self.history.read)

    def forget_words(self) -> None:
        """Count what a person said until now no more as what is to be kept."""
        self.words = ()
        if self.history is not None:
            self.history.forget()

    def status(self, waiting: str) -> str:
        """Say in a few words how far it has come.

        Args:
            waiting: What is said of a picture that is opened and not read yet.
        """
        if self.error is not None:
            return self.error
        if not self.is_opened:
            return OPENING
        if self.is_stopped:
            return "Stopped" if self.progress is None else f"Stopped after {_of(self.progress)}"
        if self.progress is not None:
            return f"{READING} {_of(self.progress)}"
        if self.reading is None:
            return waiting
        if not self.numbers:
            return _FOUND[self.reading.refusal or Refusal.BLANK]
        if len(self.numbers) > 1:
            return in_short(self.numbers, self.place)
        (number,) = self.numbers
        if number.is_confirmed:
            return f"You said {number.text}"
        return f"{number.text} · {number.certainty}, {percent(number.confidence)}"

    def _hold_more(self, reading: Reading) -> None:
        """Hold a Reading that has all Numbers there are and others: it may be the second time."""
        known = {number.box for number in self.history.read.numbers} if self.history else set()
        if known < {number.box for number in reading.numbers}:
            self._hold(reading)

    def _hold(self, reading: Reading) -> None:
        if self.history is None:
            self.history = ReadingHistory(reading, self.words)
        else:
            self.history = self.history.read_on(reading, self.words)

    @property
    def is_being_read(self) -> bool:
        """Whether it is read now, or as soon as its turn comes."""
        is_waiting = self.history is None or self.progress is not None
        return self.is_opened and is_waiting and not self.is_stopped and self.error is None

    def caption(self) -> str:
        """Say how large the picture is, and what can be done where nothing was read."""
        if not self.is_opened:
            return ""
        size = f"{self.levels.size_px[0]} × {self.levels.size_px[1]} pixels"
        if self.excerpt.within is not None:
            size += ", only the box is read"
        if self.is_stopped or self.progress is not None:
            return f"{size}. {self.status('')}"
        if self.quarters:
            return f"{size}. {ON_ITS_SIDE}"
        if self.reading is None or self.reading.refusal is None:
            return size
        return f"{size}. {_ADVICE[self.reading.refusal]}"


def _of(progress: Progress) -> str:
    return f"{progress.done} of {progress.total}"


def in_short(numbers: tuple[Number, ...], place: str = "") -> str:
    """Say how many Numbers there are, and how many of them are to be looked at.

    Args:
        numbers: These.
        place: Where, if there may be more of them elsewhere.
    """
    doubtful = sum(not number.is_sure for number in numbers)
    many = "1 number" if len(numbers) == 1 else f"{len(numbers)} numbers"
    return f"{many}, {doubtful or 'none'} doubtful {place}".rstrip()
