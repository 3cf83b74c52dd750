"""What a recogniser is: anything that turns digit images into probabilities."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Recogniser(Protocol):
    """Turns digit images into probabilities."""

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities (n, 11) for digit images (n, 28, 28), 0.0 paper to 1.0 ink."""
        ...
