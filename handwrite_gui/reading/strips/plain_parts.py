"""Plain parts: what is read surely of a row of marks, and what may be one digit or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.reading.strips.plain_marks import PlainMark

#: From this probability on a mark is read surely, if it is not lower than this part of the row.
#: These and the next were set by hand.
CLEAR, LOWEST = 0.8, 0.5
#: Marks that are narrower than this, in heights of the row, are one digit; wider ones may be two,
#: though the model sees one in them, and doubtful ones that are wider than that are at least two.
#: No more than so many digits stand on one height.
NARROW, BROAD, DENSEST = 0.9, 1.25, 3.0


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A mark that is read surely, or doubtful ones side by side.

    Attributes:
        marks: The marks.
        least, most: How many digits they may be.
        sure: What the model says of the one mark, or None.
    """

    marks: list[PlainMark]
    least: int
    most: int
    sure: Prediction | None = None

    def may_be(self, digits: str) -> bool:
        """Whether it may be these, as many as it can be."""
        return self.sure is None or len(digits) > 1 or digits == str(self.sure.digit)


def find_parts(marks: list[PlainMark], said: list[Prediction]) -> list[Part]:
    """Tell the sure marks of a row from the doubtful; no parts where one of them is no digit."""
    row_px = float(np.median([mark.height for mark in marks])) if marks else 1.0
    parts: list[Part] = []
    for mark, prediction in zip(marks, said, strict=True):
        width, digit = mark.width / row_px, prediction.digit
        several = max(2, int(DENSEST * width))
        if digit is not None and prediction.confidence >= CLEAR and mark.height >= LOWEST * row_px:
            parts.append(Part([mark], 1, several if width >= NARROW else 1, prediction))
            continue
        if digit is None and width < NARROW:
            return []
        doubtful = Part([mark], 2 if width >= BROAD else 1, several if width >= NARROW else 1)
        if parts and parts[-1].sure is None:
            before = parts.pop()
            least, most = before.least + doubtful.least, before.most + doubtful.most
            doubtful = Part([*before.marks, mark], least, most)
        parts.append(doubtful)
    return parts


def share_out(parts: Sequence[Part], digits: str) -> list[tuple[int, int]] | None:
    """Share digits out among the parts of a row; None where they do not go with them."""
    ways: dict[int, list[tuple[int, int]]] = {0: []}
    for part in parts:
        further: dict[int, list[tuple[int, int]]] = {}
        for first, spans in ways.items():
            for end in range(first + part.least, min(first + part.most, len(digits)) + 1):
                if end not in further and part.may_be(digits[first:end]):
                    further[end] = [*spans, (first, end)]
        ways = further
    return ways.get(len(digits)) if digits else None
