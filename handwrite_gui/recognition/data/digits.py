"""Digits: labelled digit images, and who wrote them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, slots=True)
class Digits:
    """Labelled digit images.

    Attributes:
        name: What the data is called.
        images: Uint8 array (n, 28, 28), framed, ink 255 on 0.
        labels: Integer array (n,), 0 to 9, or 10 for "no digit".
        writers: Integer array (n,) of who wrote each, or None where nobody knows.
    """

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    writers: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        """How many digits these are."""
        return len(self.labels)

    def where(self, chosen: NDArray[np.bool_]) -> Digits:
        """Return the digits for which `chosen` (n,) is true."""
        writers = None if self.writers is None else self.writers[chosen]
        return Digits(self.name, self.images[chosen], self.labels[chosen], writers)


def join(parts: list[Digits]) -> Digits:
    """Put several sets of digits into one; who wrote them is dropped."""
    return Digits(
        " + ".join(part.name for part in parts),
        np.concatenate([part.images for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )
