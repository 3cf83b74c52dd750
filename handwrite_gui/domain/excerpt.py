"""Excerpt: which part of a picture's file is shown and read, and which way up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handwrite_gui.domain.reading import Box


@dataclass(frozen=True, slots=True)
class Turn:
    """A picture is turned.

    Attributes:
        quarters: Quarter turns to the right, 1 to 3.
    """

    quarters: int


@dataclass(frozen=True, slots=True)
class Crop:
    """All but a box of a picture is cut off.

    Attributes:
        box: x, y, width and height in whole pixels of the picture until then.
    """

    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A page of a file, turned and cropped, and where it is read.

    Attributes:
        page: Which page, counted from 0.
        edits: What was done to it, in this order.
        within: The box that alone is read, in pixels of the picture that the edits leave; None for
            all of it.
    """

    page: int = 0
    edits: tuple[Turn | Crop, ...] = ()
    within: Box | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole page as it lies in the file, all of it read."""
        return not self.edits and self.within is None

    def turned(self, quarters: int) -> Excerpt:
        """Turn it by quarters to the right, or to the left where they are negative."""
        last = self.edits[-1] if self.edits else None
        before = self.edits
        if isinstance(last, Turn):  # Four turns are none.
            quarters, before = quarters + last.quarters, self.edits[:-1]
        quarters %= 4
        edits = (*before, Turn(quarters)) if quarters else before
        return replace(self, edits=edits, within=None)

    def cropped(self, box: Box, size: tuple[int, int]) -> Excerpt:
        """Cut off all but a box.

        Args:
            box: In the picture's pixels; what is beyond the picture is cut off it.
            size: Width and height of the picture now, in pixels.
        """
        return replace(self, edits=(*self.edits, Crop(_whole_pixels(box, size))), within=None)

    def reading_only(self, box: Box, size: tuple[int, int]) -> Excerpt:
        """Read a box of it only; arguments as `cropped`."""
        x, y, width, height = _whole_pixels(box, size)
        return replace(self, within=(float(x), float(y), float(width), float(height)))


WHOLE = Excerpt()


def _whole_pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The nearest box of whole pixels inside a picture, at least one pixel large."""
    left, right = _whole_range(box[0], box[0] + box[2], size[0])
    top, bottom = _whole_range(box[1], box[1] + box[3], size[1])
    return left, top, right - left, bottom - top


def _whole_range(start: float, end: float, length: int) -> tuple[int, int]:
    first = min(max(round(start), 0), length - 1)
    return first, max(first + 1, min(round(end), length))
