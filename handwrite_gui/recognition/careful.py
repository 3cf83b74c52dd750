"""Careful reading: several networks look at each digit from several angles and agree.

What one network takes for a 4 from where it stands, others may not. The mean of what they say errs
less often than any of them (Cireşan, Meier, Schmidhuber 2012, "Multi-column deep neural networks").
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES
from handwrite_gui.recognition.recogniser import Recogniser
from handwrite_gui.recognition.turning import turning_matrix

#: How far each view is turned, in degrees: as it is, and less leaning. Chosen on the training parts
#: of USPS, of which nothing was learned, and of MNIST.
VIEWS_DEGREES = (0.0, -6.0)
#: Digits whose views are made at once: memory stays bounded whatever is asked.
SLICE = 512
#: What is likelier than this for nobody is as good as impossible; its logarithm stays a number.
LEAST_PROBABILITY = 1e-9


class CarefulRecogniser:
    """Makes one recogniser out of several.

    Args:
        recognisers: At least one; each is asked for every view at once. One that never says "no
            digit" keeps the others from saying it.
    """

    def __init__(self, recognisers: Sequence[Recogniser]) -> None:
        self._recognisers = recognisers
        self._views = np.hstack([turning_matrix(degrees) for degrees in VIEWS_DEGREES])

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities (n, 11) for digit images (n, 28, 28), 0.0 paper to 1.0 ink.

        They are the geometric mean over all recognisers and views, scaled to sum to 1.
        """
        parts = [self._agree(images[at : at + SLICE]) for at in range(0, len(images), SLICE)]
        return np.concatenate(parts) if parts else np.zeros((0, CLASSES), np.float32)

    def _agree(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        seen = images.reshape(len(images), SIDE_PX**2) @ self._views
        seen = seen.reshape(-1, SIDE_PX, SIDE_PX)
        said = [np.log(each.predict(seen) + LEAST_PROBABILITY) for each in self._recognisers]
        logs = np.mean(said, axis=0).reshape(len(images), len(VIEWS_DEGREES), CLASSES).mean(axis=1)
        agreed = np.exp(logs - logs.max(axis=1, keepdims=True))
        return np.asarray(agreed / agreed.sum(axis=1, keepdims=True), np.float32)
