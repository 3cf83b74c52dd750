"""Networks: each recipe's layers, as Keras models from digit images to probabilities.

Every network takes (N, 28, 28, 1) float32, 0.0 paper to 1.0 ink, and gives probabilities (N, 11)
or, for the textbook's, (N, 10).
"""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import layers

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.normalisation import FusedBatchNormalization

INPUT_SHAPE = (SIDE_PX, SIDE_PX, 1)


def handwrite(*, learns: bool = False, dtype: str = "float32") -> keras.Model:
    """Residual CNN (He et al. 2015, "Deep residual learning") with pre-computed small maps.

    The first convolution alone sees all 28×28; every later one works on 14×14 or 7×7, where a
    multiplication reaches furthest. Global average pooling keeps the weights in the convolutions.

    Args:
        learns: Whether each convolution is normalised, as training needs it.
        dtype: Of what the hidden layers compute, `mixed_bfloat16` or `float32`.
    """
    inputs = keras.Input(INPUT_SHAPE, name="digit_image")

    def convolve(
        x: keras.KerasTensor, filters: int, *, stride: int = 1, relu: bool = True
    ) -> keras.KerasTensor:
        if not learns:
            activation = "relu" if relu else None
            return layers.Conv2D(filters, 3, stride, padding="same", activation=activation)(x)
        x = layers.Conv2D(filters, 3, stride, padding="same", use_bias=False, dtype=dtype)(x)
        x = FusedBatchNormalization(dtype=dtype)(x)
        return layers.ReLU(dtype=dtype)(x) if relu else x

    def residual(x: keras.KerasTensor) -> keras.KerasTensor:
        filters = x.shape[-1]
        inner = convolve(convolve(x, filters), filters, relu=False)
        return layers.ReLU(dtype=dtype)(layers.Add(dtype=dtype)([x, inner]))

    x = convolve(inputs, 16)
    x = convolve(x, 32, stride=2)
    x = residual(x)
    x = convolve(x, 96, stride=2)
    x = residual(x)
    x = residual(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.3)(x)
    x = layers.Dense(CLASSES, name="logits")(x)
    return keras.Model(inputs, layers.Softmax(name="probabilities")(x), name="handwrite")


def paper() -> keras.Model:
    """The textbook's CNN of two convolutions (Keras examples, `mnist_cnn`), for comparison."""
    return keras.Sequential(
        [
            keras.Input(INPUT_SHAPE),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(NO_DIGIT, name="logits"),
            layers.Softmax(name="probabilities"),
        ],
        name="paper",
    )


def mlp() -> keras.Model:
    """Two hidden layers (Keras examples, `mnist_mlp`): a network that knows nothing of pictures."""
    return keras.Sequential(
        [
            keras.Input(INPUT_SHAPE),
            layers.Flatten(),
            layers.Dense(512, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(512, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(NO_DIGIT, name="logits"),
            layers.Softmax(name="probabilities"),
        ],
        name="mlp",
    )


#: Networks by name. A model file names its own, and is loaded by building it anew.
NETWORKS: dict[str, Callable[[], keras.Model]] = {
    "handwrite": handwrite,
    "paper": paper,
    "mlp": mlp,
}
