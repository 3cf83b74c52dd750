"""Calibration: making a model as sure as it is right."""

from __future__ import annotations

import math

import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT

#: How much of what is shown to the program is no digit, as far as it assumes.
NO_DIGIT_PRIOR = 0.01


def fit_temperature(probabilities: NDArray[np.floating], labels: NDArray[np.integer]) -> float:
    """Find the temperature under which probabilities (n, 11) are most likely for labels (n,).

    (Guo et al. 2017, "On calibration of modern neural networks".) Above 1.0 softens.
    """
    logits = np.log(np.clip(probabilities.astype(np.float64), 1e-12, None))

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        right = scaled[np.arange(len(labels)), labels]
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - right))

    return float(min(np.geomspace(0.2, 5.0, 200), key=loss))


def apply_temperature(model: keras.Model, temperature: float) -> None:
    """Calibrate a model in place: the last layer's weights are divided, so nothing is added."""
    logits = model.get_layer("logits")
    logits.set_weights([weight / temperature for weight in logits.get_weights()])


def apply_prior(model: keras.Model, trained: float, meant: float) -> None:
    """Tell a model how often something is no digit where it will be used.

    Training shows far more of it than people draw. (Saerens, Latinne, Decaestecker 2002,
    "Adjusting the outputs of a classifier to new a priori probabilities".)

    Args:
        model: A model of eleven classes, calibrated for its training data; changed in place.
        trained: Share of its training data that is no digit, between 0 and 1.
        meant: The same where it will be used.
    """
    logits = model.get_layer("logits")
    kernel, bias = logits.get_weights()
    bias[NO_DIGIT] += math.log(meant / (1 - meant)) - math.log(trained / (1 - trained))
    logits.set_weights([kernel, bias])
