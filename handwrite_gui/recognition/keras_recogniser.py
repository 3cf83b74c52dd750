"""The recogniser: turns digit images into probabilities with a Keras model."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.runtime import start_tensorflow, trace

if TYPE_CHECKING:
    import keras

_log = logging.getLogger(__name__)

#: Images that go through the model at once, or fewer where a layer's answers to so many would be
#: more than so many values: memory stays bounded whatever is asked of whatever model.
BATCH = 512
MOST_VALUES = 32_000_000


class KerasRecogniser:
    """Digit images to probabilities, with one loaded model.

    Called from one thread at a time. The model is traced once into a TensorFlow graph: one digit
    then takes about 1 ms, where `keras.Model.predict` takes 50.
    """

    def __init__(self, model: keras.Model) -> None:
        self._compute = trace(model, (None, SIDE_PX, SIDE_PX, 1))
        widest = max(math.prod(layer.output.shape[1:]) for layer in model.layers)
        self._batch = max(1, min(BATCH, MOST_VALUES // widest))
        self.predict(np.zeros((1, SIDE_PX, SIDE_PX), np.float32))  # The first call is the slow one.

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities (n, 11) for digit images (n, 28, 28), 0.0 paper to 1.0 ink.

        A model of ten classes never says "no digit": its eleventh probability is 0.
        """
        probabilities = np.zeros((len(images), CLASSES), np.float32)
        for first in range(0, len(images), self._batch):
            some = slice(first, first + self._batch)
            answer = self._compute(images[some, ..., None])
            probabilities[some, : answer.shape[1]] = answer
        return probabilities


def load_recogniser(
    path: Path, *, one_thread: bool = False, on_warning: Callable[[str], None] = _log.warning
) -> KerasRecogniser:
    """Start TensorFlow, load a model file and warm it up.

    Args:
        path: The model file.
        one_thread: Compute on the calling thread alone: faster for one digit at a time.
        on_warning: Told in one sentence where no card vouches for the model.

    Raises:
        RecognitionError: The file cannot be used, or TensorFlow cannot run here.
    """
    start_tensorflow(one_thread=one_thread)
    from handwrite_gui.recognition.model_files.model_file import load_model

    model = load_model(path, on_warning)
    try:
        recogniser = KerasRecogniser(model)
    except Exception as error:  # Whatever TensorFlow raises for what it can build but not compute.
        raise RecognitionError(
            f"The model {path} cannot be computed on this machine; name another with --model."
        ) from error
    blank_and_full = np.repeat(np.array([0, 1], np.float32), SIDE_PX**2)
    answers = recogniser.predict(blank_and_full.reshape(2, SIDE_PX, SIDE_PX))
    if not ((answers >= 0).all() and np.allclose(answers.sum(axis=1), 1, atol=1e-3)):
        raise RecognitionError(
            f"The model {path} gives no probabilities; end it with a softmax, or name another "
            "with --model."
        )
    return recogniser
