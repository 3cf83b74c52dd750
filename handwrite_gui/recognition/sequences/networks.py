"""The network that reads strips: convolutions down to one row of time steps, and CTC's classes."""

from __future__ import annotations

from functools import partial

import keras
from keras import layers

from handwrite_gui.recognition.learning.normalisation import FusedBatchNormalization
from handwrite_gui.recognition.sequences.alphabet import CLASSES
from handwrite_gui.recognition.sequences.framing import HEIGHT_PX

#: Filters on 20, 10 and 5 rows, and on the one row of time steps.
WIDTHS = (32, 64, 96, 160)


def numbers(*, learns: bool = False, dtype: str = "float32") -> keras.Model:
    """A residual CNN (He et al. 2015) for CTC (Graves et al. 2006), without recurrence.

    It takes (N, HEIGHT_PX, W, 1) float32, 0.0 paper to 1.0 ink, W a multiple of four, and gives
    probabilities (N, 1, W / 4, CLASSES), the last class being CTC's blank.

    Args:
        learns: Whether each convolution is normalised, as training needs it.
        dtype: Of what the hidden layers compute, `mixed_bfloat16` or `float32`.
    """
    inputs = keras.Input((HEIGHT_PX, None, 1), name="strip")

    def convolve(
        x: keras.KerasTensor,
        filters: int,
        kernel: int | tuple[int, int] = 3,
        *,
        stride: int | tuple[int, int] = 1,
        padding: str = "same",
        relu: bool = True,
    ) -> keras.KerasTensor:
        conv = partial(
            layers.Conv2D,
            filters,
            kernel,
            stride,
            padding=padding,
            dtype=dtype,
        )
        if not learns:
            return conv(activation="relu" if relu else None)(x)
        x = FusedBatchNormalization(dtype=dtype)(conv(use_bias=False)(x))
        return layers.ReLU(dtype=dtype)(x) if relu else x

    def block(x: keras.KerasTensor, kernel: int | tuple[int, int] = 3) -> keras.KerasTensor:
        filters = x.shape[-1]
        inner = convolve(x, filters, kernel)
        inner = convolve(inner, filters, kernel, relu=False)
        return layers.ReLU(dtype=dtype)(layers.Add(dtype=dtype)([x, inner]))

    x = convolve(inputs, WIDTHS[0], 5, stride=2)
    x = block(convolve(x, WIDTHS[1], stride=2))
    x = block(convolve(x, WIDTHS[2], stride=(2, 1)))
    x = convolve(x, WIDTHS[3], (x.shape[1], 1), padding="valid")
    # The neighbours tell a 1 from a slash, and a hand's 9 from its 4.
    x = block(x, (1, 5))
    x = block(x, (1, 5))
    x = layers.Dropout(0.1)(x)
    x = layers.Conv2D(CLASSES, 1, name="logits")(x)
    return keras.Model(inputs, layers.Softmax(name="probabilities")(x), name="numbers")
