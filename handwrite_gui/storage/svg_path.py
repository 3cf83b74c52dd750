"""SVG path data: from the letters and numbers of a path to cubic Béziers (SVG 1.1, section 8.3)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.svg_arc import Arc
from handwrite_gui.storage.svg_limits import (
    LARGEST_NUMBER,
    MOST_CURVES,
    MOST_NUMBERS,
    MOST_STROKES,
    too_large,
)

#: Start, two control points and end, as complex numbers x + yi.
Curve = tuple[complex, complex, complex, complex]

_COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
# Atomic, as are all patterns here, so that no text makes them try its every division in turn.
_NUMBER = r"(?>[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
_GAP = r"[\s,]*+"
_PLAIN = re.compile(_NUMBER)
#: An arc's flags need no space after them: "a1 1 0 01 5 5".
_ARC = re.compile(_GAP.join([*[f"({_NUMBER})"] * 3, *["([01])"] * 2, *[f"({_NUMBER})"] * 2]) + _GAP)
_BETWEEN = " ,\t\r\n\f"
#: How many numbers each command takes at a time.
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


def scan(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Find a pattern again and again, with nothing between.

    Raises:
        StorageError: Something else is there. The message follows the file's name; so for
            everything here.
    """
    text, at = text.strip(_BETWEEN), 0
    while at < len(text):
        found = pattern.match(text, at)
        if found is None:
            raise misfit()
        yield found
        at = found.end()


def read_numbers(text: str) -> array[float]:
    """Read numbers with spaces or commas between them, or not even these before a sign."""
    if _PLAIN.sub("", text).strip(_BETWEEN):
        raise misfit()
    return _checked(found[0] for found in _PLAIN.finditer(text))


def read_path(data: str) -> list[NDArray[np.complex128]]:
    """Read path data.

    Returns:
        An array (k, 4) for each part that is drawn without lifting the pen: start, two control
        points and end of its k ≥ 1 curves. Lines are curves, too.
    """
    data = data.strip()
    if data == "none":
        return []
    if data and data[0] not in "Mm":
        raise misfit()
    pen = _PathPen()
    for found in _COMMAND.finditer(data):
        name, text, is_relative = found[1].upper(), found[2], found[1].islower()
        if name == "A":
            arcs = scan(_ARC, text)
            numbers = _checked(number for arc in arcs for number in arc.groups())
        else:
            numbers = read_numbers(text)
        if name == "Z" and not numbers:
            pen.close()
            continue
        takes = _TAKES.get(name, 0)
        if takes == 0 or not numbers or len(numbers) % takes:
            raise misfit()
        for first in range(0, len(numbers), takes):
            pen.draw(name, numbers[first : first + takes], is_relative)
            name = "L" if name == "M" else name  # What follows a move without a letter are lines.
    return pen.parts()


def read_points(points: str, *, is_closed: bool) -> list[NDArray[np.complex128]]:
    """Read the points of a polyline or polygon; returns as `read_path`."""
    numbers = read_numbers(points)
    pen = _PathPen()
    # Of an odd number the last is an error, up to which SVG wants the rest drawn.
    for first in range(0, len(numbers) - 1, 2):
        pen.draw("L" if first else "M", numbers[first : first + 2], is_relative=False)
    if is_closed and len(numbers) > 1:
        pen.close()
    return pen.parts()


def _checked(texts: Iterable[str]) -> array[float]:
    numbers = array("d", map(float, islice(texts, MOST_NUMBERS + 1)))
    if len(numbers) > MOST_NUMBERS:
        raise too_large()
    if numbers and not max(max(numbers), -min(numbers)) <= LARGEST_NUMBER:
        raise unwritable()
    return numbers


class _PathPen:
    """Where the pen is while it draws a path."""

    def __init__(self) -> None:
        self._at = self._start = 0j
        self._drawn = ""  # The last command; after another kind, S and T have nothing to mirror.
        self._control = 0j
        self._count = 0
        self._curves: list[Curve] = []
        self._parts: list[list[Curve]] = []

    def parts(self) -> list[NDArray[np.complex128]]:
        """Return all that was drawn."""
        self._lift()
        return [np.array(part) for part in self._parts]

    def close(self) -> None:
        """Draw a line back to where this part began."""
        # A part of no length shows as a dot, and so must be kept.
        if self._at != self._start or not self._curves:
            self._line(self._start)
        self._lift()  # What follows begins where this part began, and is one of its own.
        self._drawn = "Z"

    def draw(self, name: str, numbers: Sequence[float], is_relative: bool) -> None:
        """Draw one command's piece."""
        origin = self._at if is_relative else 0j
        if name == "H":
            self._line(complex(numbers[0] + origin.real, self._at.imag))
        elif name == "V":
            self._line(complex(self._at.real, numbers[0] + origin.imag))
        elif name == "A":
            radius_x, radius_y, turn_deg, large, sweep, x, y = numbers
            end = complex(x, y) + origin
            arc = Arc(radius_x, radius_y, turn_deg, is_large=large == 1, is_sweep=sweep == 1)
            for curve in arc.curves(self._at, end):
                self._curve(*curve)
        else:
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            self._draw_to(name, [complex(x, y) + origin for x, y in pairs])
        self._drawn = name

    def _draw_to(self, name: str, places: list[complex]) -> None:
        end = places[-1]
        if name == "M":
            self._lift()
            self._at = self._start = end
        elif name == "L":
            self._line(end)
        elif name in "CS":
            first = places[0] if name == "C" else self._mirrored("CS")
            self._control = places[-2]
            self._curve(first, self._control, end)
        else:
            self._control = places[0] if name == "Q" else self._mirrored("QT")
            first = self._at + (self._control - self._at) * 2 / 3
            self._curve(first, end + (self._control - end) * 2 / 3, end)

    def _mirrored(self, kind: str) -> complex:
        """Return the last control point mirrored, where the last piece had one of this kind."""
        return 2 * self._at - self._control if self._drawn and self._drawn in kind else self._at

    def _line(self, end: complex) -> None:
        third = (end - self._at) / 3
        self._curve(self._at + third, end - third, end)

    def _curve(self, first: complex, second: complex, end: complex) -> None:
        self._count += 1
        if self._count > MOST_CURVES:
            raise too_large()
        self._curves.append((self._at, first, second, end))
        self._at = end

    def _lift(self) -> None:
        if self._curves:
            self._parts.append(self._curves)
            self._curves = []
            if len(self._parts) > MOST_STROKES:
                raise too_large()


def misfit() -> StorageError:
    """Return the error for what breaks SVG's rules. Its message follows the file's name."""
    return StorageError(
        "holds a path or a transform that cannot be followed: save it again as SVG."
    )


def unwritable() -> StorageError:
    """Return the error for a place that is nowhere. Its message follows the file's name."""
    return StorageError("holds a number that no pen writes: save it again as SVG.")
