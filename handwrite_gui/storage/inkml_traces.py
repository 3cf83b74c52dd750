"""Traces: from the text of InkML's trace elements to numbers (InkML 2011, section 3.2.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml_format import TraceFormat
from handwrite_gui.storage.inkml_limits import BLOCK_CHARS, LARGEST_NUMBER

#: What text of explicit numbers alone is made of.
_PLAIN = b"0123456789+-.eE, \t\r\n"
_BETWEEN = b", \t\r\n"
_LINES = str.maketrans(",\r\n", "\n  ")
#: What is no plain number: difference orders, wildcards, hexadecimal numbers and booleans.
_MARKS = "!'\"*?#TF"
_ORDERS = {"!": 0, "'": 1, '"': 2}
_VALUE = re.compile(
    r"""([!'"]?)\ ?(?:
            ([-+]?)\ ?(?:\#([0-9A-Fa-f]+)|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?))
            |([TF*?]))
        |(\S)""",
    re.VERBOSE,
)


class TraceDecoder:
    """Decodes one trace, fed piece by piece.

    A channel's numbers are values, first or second differences: what the last prefix of that
    channel said. A "*" repeats the channel's last number in that sense, "?" says nothing.

    Args:
        trace_format: What each point consists of.

    Attributes:
        format: The same.
        chars: How many characters of text wait to be decoded.
        points: How many points were decoded.

    Raises:
        StorageError: The text is no trace. The message follows the file's name; so for all methods.
    """

    def __init__(self, trace_format: TraceFormat) -> None:
        self.format = trace_format
        self.chars = self.points = 0
        self._text: list[str] = []
        self._blocks: list[NDArray[np.float64]] = []
        self._width = len(trace_format.regular)
        channels = trace_format.width
        self._order = [0] * channels
        self._number = [np.nan] * channels
        # Infinite, so that a difference to no point shows in the result.
        self._value = [np.inf] * channels
        self._velocity = [0.0] * channels

    def feed(self, text: str) -> None:
        """Take the next piece of the text."""
        self._text.append(text)
        self.chars += len(text)
        if self.chars > BLOCK_CHARS:
            ready, comma, rest = "".join(self._text).rpartition(",")
            if not comma:
                raise _misfit()
            self._decode(ready)
            self._text, self.chars = [rest], len(rest)

    def take_text(self) -> str:
        """Take back what waits to be decoded, without the space and comma that may end it."""
        text = "".join(self._text).strip().removesuffix(",")
        self._text, self.chars = [], 0
        return text

    def close(self) -> NDArray[np.float64]:
        """Decode what is left.

        Returns:
            Shape (n, 4), n ≥ 0: x, y, time and force of each point; NaN where nothing was said.
            Shape (n, 6) where the format tells the tilt, too.
        """
        rest = self.take_text()
        if rest:
            self._decode(rest)
        return np.concatenate(self._blocks or [np.empty((0, 4))])

    def _decode(self, text: str) -> None:
        """Decode some whole points."""
        last_mark = max(text.rfind(mark) for mark in _MARKS)
        comma = text.find(",", last_mark) if last_mark >= 0 else -1
        marked = "" if last_mark < 0 else text if comma < 0 else text[:comma]
        if marked:
            self._keep(self._decode_marked(marked))
        if len(marked) < len(text):
            plain = text[comma + 1 :]
            numbers = _plain_numbers(plain, self.format)
            if numbers is None:
                self._keep(self._decode_marked(plain))
            else:
                self._keep(self._integrate(numbers))

    def _keep(self, values: NDArray[np.float64]) -> None:
        self._blocks.append(_pick(values, self.format))
        self.points += len(values)

    def _integrate(self, numbers: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn numbers (n, width) in the current orders into values, in place."""
        for channel, column in enumerate(numbers.T):
            self._number[channel] = float(column[-1])
            before = self._value[channel]
            with np.errstate(over="ignore", invalid="ignore"):  # What is too large is told later.
                if self._order[channel] == 2:
                    np.cumsum(column, out=column)
                    column += self._velocity[channel]
                if self._order[channel] > 0:
                    np.cumsum(column, out=column)
                    column += before
            self._value[channel] = float(column[-1])
            self._velocity[channel] = self._value[channel] - float([before, *column[-2:-1]][-1])
        return numbers

    def _decode_marked(self, text: str) -> NDArray[np.float64]:
        """Decode points of any kind, one number after the other."""
        points, channels = text.split(","), len(self._order)
        values = np.full((len(points), channels), np.nan)
        for row, point in enumerate(points):
            # Single spaces spare the pattern from trying every way to share many of them.
            found = _VALUE.findall(" ".join(point.split()))
            if not self._width <= len(found) <= channels:
                raise _misfit()
            for channel, parts in enumerate(found):
                values[row, channel] = self._next(channel, *parts)
        return values

    def _next(
        self, channel: int, order: str, sign: str, digits: str, number: str, word: str, bad: str
    ) -> float:
        """Return the channel's next value."""
        if bad:
            raise _misfit()
        if word in ("T", "F"):
            self._number[channel] = float(word == "T")
        elif digits or number:
            size = float(number) if number else _hexadecimal(digits)
            self._number[channel] = -size if sign == "-" else size
        if word == "?":
            return np.nan
        if order:
            self._order[channel] = _ORDERS[order]
        before, value = self._value[channel], self._number[channel]
        if self._order[channel] == 2:
            value += self._velocity[channel]
        if self._order[channel] > 0:
            value += before
        self._value[channel], self._velocity[channel] = value, value - before
        return value


def decode_together(
    decoders: Sequence[TraceDecoder],
) -> tuple[NDArray[np.float64], list[int]]:
    """Decode traces of one format, all at once where they are plain.

    Returns:
        All their points as from `TraceDecoder.close`, and how many each trace has.
    """
    if not any(decoder.points for decoder in decoders):
        texts = [decoder.take_text() for decoder in decoders]
        numbers = _plain_numbers(",".join(texts), decoders[0].format)
        if numbers is not None:
            return _pick(numbers, decoders[0].format), [text.count(",") + 1 for text in texts]
        for decoder, text in zip(decoders, texts, strict=True):
            decoder.feed(text + ",")  # The one that was taken: no other may be missed.
    parts = [decoder.close() for decoder in decoders]
    said = [part for part in parts if len(part) > 0]
    return np.concatenate(said or parts), [len(part) for part in parts]


def _plain_numbers(text: str, trace_format: TraceFormat) -> NDArray[np.float64] | None:
    """Read points of explicit numbers alone.

    Returns:
        Shape (n, width), or None where the text is something else, if only in one place.
    """
    if trace_format.intermittent:  # Points need not be of one width.
        return None
    try:
        plain = text.encode("ascii")
    except UnicodeEncodeError:
        return None
    if plain.translate(None, _PLAIN) or not plain.strip(_BETWEEN):
        return None
    # A point becomes a line, and so no other line may end in one.
    lines = text.translate(_LINES) if b"\n" in plain or b"\r" in plain else text.replace(",", "\n")
    if b"e" not in plain and b"E" not in plain:
        lines = lines.replace("-", " -")  # A sign needs no space before it.
    try:
        # Quicker than `float` for each, and strict: each line is to hold as many numbers.
        numbers = np.loadtxt(StringIO(lines), comments=None, ndmin=2)
    except ValueError:
        return None
    # A point of no number at all would be no line.
    points = plain.count(b",") + 1
    return numbers if numbers.shape == (points, len(trace_format.regular)) else None


def _pick(values: NDArray[np.float64], trace_format: TraceFormat) -> NDArray[np.float64]:
    """Pick the wanted channels, (n, 4) or (n, 6); NaN for those that are not there."""
    if (np.abs(values) > LARGEST_NUMBER).any():
        raise StorageError("holds a number that no pen writes: save it again as InkML.")
    wanted = trace_format.wanted
    picked = np.full((len(values), len(wanted)), np.nan)
    for column, channel in enumerate(wanted):
        if channel is not None:
            picked[:, column] = values[:, channel]
    return picked


def _hexadecimal(digits: str) -> float:
    try:
        return float(int(digits, 16))
    except OverflowError:
        return np.inf


def _misfit() -> StorageError:
    return StorageError(
        "holds a trace whose points have not one number for each channel: save it again as InkML."
    )
