"""What recognisers are: anything that turns digit images, or strips, into probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Recogniser(Protocol):
    """Turns digit images into probabilities."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities (n, 11) for digit images (n, 28, 28), 0.0 paper to 1.0 ink."""
        ...


class StripRecogniser(Protocol):
    """Turns strips of writing into the chances of every sign at every step."""

    def predict(
        self, ink_maps: Sequence[NDArray[np.floating]], squeeze: float = 1.0
    ) -> list[NDArray[np.float32]]:
        """Return logarithms of probabilities, as `SequenceRecogniser.predict`."""
        ...
