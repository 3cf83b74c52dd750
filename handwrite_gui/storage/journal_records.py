"""The journal's records: each says how the paper changed, and can tell whether it is whole.

A journal is a line that names the format, and records. A record is its payload's length (uint32),
a digest of 16 bytes (BLAKE2b of the digest before it, the length and the payload), and the payload:

- the pen's width (float64; NaN where it is unknown), then four uint32: the place `at` among the
  paper's strokes where they changed, how many were `removed` there, how many numbers were put
  there instead, how many strokes are new;
- each new stroke: its rows and columns (uint32), then its points (float64), each with its tilt in
  two more columns where there is one;
- the numbers (uint32) of the strokes put there. A journal's strokes are numbered as they come;
- where a person says what some strokes on the paper are, all that they say of it: each time the
  digit, how many strokes it has, and their numbers (uint32). Versions that know of no corrections
  read no further than before this.

So drawing writes a stroke once, and erasing, clearing, undoing and redoing write numbers. All is
little-endian. As each digest depends on all before it, nothing counts after the first damage.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path

import numpy as np

from handwrite_gui.domain.ink import Correction, Ink, Stroke

FIRST_LINE = b"Handwrite journal 1\n"
_LENGTH = struct.Struct("<I")
_CHANGE = struct.Struct("<dIIII")
_SHAPE = struct.Struct("<II")
_DIGEST_BYTES = 16


class Recorder:
    """Turns one Ink after the other into records.

    Attributes:
        paper_bytes: What the strokes on the paper take, however they came there.
    """

    def __init__(self) -> None:
        self._paper: tuple[Stroke, ...] = ()
        self._pen_width: float | None = None
        self._said: bytes = b""
        self._numbers: dict[Stroke, int] = {}
        self._digest = b""
        self.paper_bytes = 0

    def record(self, ink: Ink) -> list[bytes]:
        """Return the record that leads to this ink, in parts; none where nothing has changed."""
        before, after = self._paper, ink.strokes
        is_same = before == after and ink.pen_width == self._pen_width
        if is_same and not ink.corrections and not self._said:
            return []
        pairs = zip(before, after, strict=False)
        at = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], pairs))
        ends = zip(reversed(before[at:]), reversed(after[at:]), strict=False)
        same_end = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], ends))
        removed = before[at : len(before) - same_end]
        put = after[at : len(after) - same_end]
        new = [stroke for stroke in dict.fromkeys(put) if stroke not in self._numbers]
        for stroke in new:
            self._numbers[stroke] = len(self._numbers)
        said = self._corrections(ink)
        if is_same and said == self._said:
            return []
        self._paper, self._pen_width, self._said = after, ink.pen_width, said
        self.paper_bytes += sum(stroke.table.nbytes for stroke in put)
        self.paper_bytes -= sum(stroke.table.nbytes for stroke in removed)
        width = math.nan if ink.pen_width is None else ink.pen_width
        parts = [_CHANGE.pack(width, at, len(removed), len(put), len(new))]
        for stroke in new:
            table = stroke.table
            parts += _SHAPE.pack(*table.shape), table.astype("<f8").tobytes()
        parts += np.array([self._numbers[stroke] for stroke in put], "<u4").tobytes(), said
        length = _LENGTH.pack(sum(map(len, parts)))
        self._digest = _digest(self._digest, length, *parts)
        return [length, self._digest, *parts]

    def _corrections(self, ink: Ink) -> bytes:
        rows: list[int] = []
        for indices, digit in ink.standing_corrections.items():
            rows += digit, len(indices), *(self._numbers[ink.strokes[index]] for index in indices)
        return np.array(rows, "<u4").tobytes()


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """What a journal holds.

    Attributes:
        ink: What was on the paper last; blank where nothing can be read.
        is_whole: Whether every byte of the file was good.
    """

    ink: Ink
    is_whole: bool


def read_journal(path: Path) -> Kept:
    """Read a journal up to its end, or to what is torn or damaged.

    Raises:
        OSError: The file cannot be read.
    """
    content = memoryview(path.read_bytes())
    if content[: len(FIRST_LINE)] != FIRST_LINE:
        return Kept(Ink(), is_whole=FIRST_LINE.startswith(bytes(content)))
    ink, strokes, digest, place = Ink(), list[Stroke](), b"", len(FIRST_LINE)
    while place < len(content):
        length = content[place : place + _LENGTH.size]
        start = place + _LENGTH.size + _DIGEST_BYTES
        if len(content) < start:
            return Kept(ink, is_whole=False)
        place = start + _LENGTH.unpack(length)[0]
        expected, payload = content[start - _DIGEST_BYTES : start], content[start:place]
        digest = _digest(digest, length, payload)
        if place > len(content) or digest != expected:
            return Kept(ink, is_whole=False)
        try:
            ink = _change(ink, payload, strokes)
        except (
            ValueError,
            IndexError,
            OverflowError,
            struct.error,
        ):  # Whole, and yet not what we write.
            return Kept(ink, is_whole=False)
    return Kept(ink, is_whole=True)


def _change(ink: Ink, payload: memoryview, strokes: list[Stroke]) -> Ink:
    """Return the ink after a change; its new strokes are added to those that are numbered."""
    width, at, removed, put, new = _CHANGE.unpack_from(payload)
    place = _CHANGE.size
    for _ in range(new):
        rows, columns = _SHAPE.unpack_from(payload, place)
        place += _SHAPE.size
        numbers = np.frombuffer(payload, "<f8", rows * columns, place).astype(np.float64)
        place += numbers.nbytes
        strokes.append(Stroke.from_table(numbers.reshape(rows, columns)))
    placed = [strokes[number] for number in np.frombuffer(payload, "<u4", put, place).tolist()]
    said = _corrections(payload[place + 4 * put :], strokes)
    paper = (*ink.strokes[:at], *placed, *ink.strokes[at + removed :])
    return Ink(paper, pen_width=None if math.isnan(width) else width, corrections=said)


def _corrections(payload: memoryview, strokes: list[Stroke]) -> tuple[Correction, ...]:
    """Return what a person says, of strokes by their numbers."""
    numbers, said = np.frombuffer(payload, "<u4").tolist(), list[Correction]()
    while numbers:
        digit, count, *rest = numbers
        if digit > 9 or not 0 < count <= len(rest):
            raise ValueError("Not a correction.")
        said.append(Correction(tuple(strokes[number] for number in rest[:count]), digit))
        numbers = rest[count:]
    return tuple(said)


def _digest(*parts: bytes | memoryview) -> bytes:
    """BLAKE2b (RFC 7693): as quick as a checksum, and no damage passes by chance."""
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        digest.update(part)
    return digest.digest()
