"""Networks: each recipe's layers, as Keras models from digit images to probabilities.

Every network takes (N, 28, 28, 1) float32, 0.0 paper to 1.0 ink, and gives probabilities (N, 11)
or, for the textbook's, (N, 10).
"""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import layers

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES

INPUT_SHAPE = (SIDE_PX, SIDE_PX, 1)


def handwrite(width: int = 32) -> keras.Model:
    """Residual CNN (He et al. 2015, "Deep residual learning") with pre-computed small maps.

    The first convolution alone sees all 28×28; every later one works on 14×14 or 7×7, where a
    multiplication reaches furthest. Global average pooling keeps the weights in the convolutions.
    """
    inputs = keras.Input(INPUT_SHAPE, name="digit_image")
    x = _convolve(inputs, width, kernel=3)
    x = _convolve(x, width * 3 // 2, stride=2)
    x = _residual(x)
    x = _convolve(x, width * 3, stride=2)
    x = _residual(x)
    x = _residual(x)
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
            layers.Dense(10, activation="softmax"),
        ],
        name="paper",
    )


#: Networks by name. A model file names its own, and is loaded by building it anew.
NETWORKS: dict[str, Callable[[], keras.Model]] = {"handwrite": handwrite, "paper": paper}


def _convolve(
    x: keras.KerasTensor, filters: int, *, kernel: int = 3, stride: int = 1, relu: bool = True
) -> keras.KerasTensor:
    x = layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if relu else x


def _residual(x: keras.KerasTensor) -> keras.KerasTensor:
    filters = x.shape[-1]
    inner = _convolve(_convolve(x, filters), filters, relu=False)
    return layers.ReLU()(layers.Add()([x, inner]))
