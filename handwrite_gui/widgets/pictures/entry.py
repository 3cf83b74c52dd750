"""An entry: one picture on the page, how far it has come, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from handwrite_gui.domain.prediction import confidence_in_words, percent
from handwrite_gui.domain.reading import Box, Number, Reading, Refusal

OPENING = "Opening…"

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
    """One picture on the page.

    Attributes:
        key: What the program calls it.
        name: What a person calls it.
        image: The picture, reduced; null until it is opened.
        size_px: Width and height of the picture itself.
        reading: What was read, or None until then.
        error: Why it could not be opened or read, in one sentence, or None.
        said: The digit that the person says it was, or None.
    """

    key: int
    name: str
    image: QImage = field(default_factory=QImage)
    size_px: tuple[int, int] = (0, 0)
    reading: Reading | None = None
    error: str | None = None
    said: int | None = None

    @property
    def is_opened(self) -> bool:
        """Whether there is a picture to show."""
        return not self.image.isNull()

    @property
    def text(self) -> str:
        """What the picture says, the person's word before the model's; empty for nothing."""
        if self.said is not None:
            return str(self.said)
        return self.reading.text if self.reading else ""

    def status(self, waiting: str) -> str:
        """Say in a few words how far it has come.

        Args:
            waiting: What is said of a picture that is opened and not read yet.
        """
        if self.error is not None:
            return self.error
        if not self.is_opened:
            return OPENING
        if self.reading is None:
            return waiting
        if self.said is not None:
            return f"You said {self.said}"
        if not self.reading.numbers:
            return _FOUND[self.reading.refusal or Refusal.BLANK]
        confidence = min(number.confidence for number in self.reading.numbers)
        text = self.reading.text.replace("\n", ", ")
        return f"{text} · {confidence_in_words(confidence)}, {percent(confidence)}"

    def caption(self) -> str:
        """Say how large the picture is, and what can be done where nothing was read."""
        if not self.is_opened:
            return ""
        size = f"{self.size_px[0]} × {self.size_px[1]} pixels"
        if self.reading is None or self.reading.refusal is None or self.said is not None:
            return size
        return f"{size}. {_ADVICE[self.reading.refusal]}"

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The Numbers, as a person put them right."""
        if self.reading is None:
            return ()
        first = self.reading.first_digit
        if self.said is not None and first is not None:
            return (Number(str(self.said), 1.0, first.box, (first,), is_confirmed=True),)
        return self.reading.numbers

    @property
    def refused(self) -> tuple[Box, ...]:
        """Where something was looked at and is no digit."""
        if self.reading is None or self.said is not None:
            return ()
        return tuple(digit.box for digit in self.reading.refused)
