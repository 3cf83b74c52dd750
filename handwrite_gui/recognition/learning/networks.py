"""Networks: each recipe's layers, as Keras models from digit images to probabilities.

Every network takes (N, 28, 28, 1) float32, 0.0 paper to 1.0 ink, and gives probabilities (N, 11)
or, for the textbook's, (N, 10).
"""

from __future__ import annotations

from functools import partial

import keras
from keras import layers

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.learning.normalisation import FusedBatchNormalization

INPUT_SHAPE = (SIDE_PX, SIDE_PX, 1)


def handwrite(*, learns: bool = False, dtype: str = "float32") -> keras.Model:
    """The network that is shipped: small enough to answer while a person draws.

    Args:
        learns: Whether each convolution is normalised, as training needs it.
        dtype: Of what the hidden layers compute, `mixed_bfloat16` or `float32`.
    """
    return _residual_network("handwrite", (16, 32, 96), (1, 2), learns=learns, dtype=dtype)


def wide(*, learns: bool = False, dtype: str = "float32") -> keras.Model:
    """The same with more of everything: three times as slow, to teach the other one.

    Args:
        learns: As for `handwrite`.
        dtype: As for `handwrite`.
    """
    return _residual_network("wide", (32, 64, 128), (2, 2), learns=learns, dtype=dtype)


def _residual_network(
    name: str, widths: tuple[int, int, int], blocks: tuple[int, int], *, learns: bool, dtype: str
) -> keras.Model:
    """Residual CNN (He et al. 2015, "Deep residual learning") with pre-computed small maps.

    The first convolution alone sees all 28×28; every later one works on 14×14 or 7×7, where a
    multiplication reaches furthest. Global average pooling keeps the weights in the convolutions.

    Args:
        name: What a model file calls it.
        widths: Filters on 28×28, 14×14 and 7×7.
        blocks: Residual blocks on 14×14 and 7×7.
        learns: As for `handwrite`.
        dtype: As for `handwrite`.
    """
    inputs = keras.Input(INPUT_SHAPE, name="digit_image")

    def convolve(
        x: keras.KerasTensor, filters: int, *, stride: int = 1, relu: bool = True
    ) -> keras.KerasTensor:
        conv = partial(layers.Conv2D, filters, 3, stride, padding="same", dtype=dtype)
        if not learns:
            return conv(activation="relu" if relu else None)(x)
        x = FusedBatchNormalization(dtype=dtype)(conv(use_bias=False)(x))
        return layers.ReLU(dtype=dtype)(x) if relu else x

    x = convolve(inputs, widths[0])
    for filters, count in zip(widths[1:], blocks, strict=True):
        x = convolve(x, filters, stride=2)
        for _ in range(count):
            inner = convolve(convolve(x, filters), filters, relu=False)
            x = layers.ReLU(dtype=dtype)(layers.Add(dtype=dtype)([x, inner]))
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.1)(x)
    x = layers.Dense(CLASSES, name="logits")(x)
    return keras.Model(inputs, layers.Softmax(name="probabilities")(x), name=name)


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
