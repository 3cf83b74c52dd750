"""Picture: pixels opened from a file, the clipboard or a scanner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """An opened picture, upright and flattened to plain RGB.

    Attributes:
        pixels: Uint8 array of shape (height, width, 3): red, green, blue.
        name: What a person calls it: the file's name, or "Pasted picture".
        page: Which page of the file it is, counted from 0.
        page_count: How many pages the file has.
        reduced: The same pixels at half the size, a quarter, and so on, to be shown small; empty
            where it is not to be shown.
    """

    pixels: NDArray[np.uint8]
    name: str
    page: int = 0
    page_count: int = 1
    reduced: tuple[NDArray[np.uint8], ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]
