"""Labelled images as arrays, whichever file they came from: checked and framed."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX, frame
from handwrite_gui.recognition.data.digits import Digits

Part = Literal["train", "test"]
#: Files that unpack to more are refused. The largest part of EMNIST takes half of it.
MOST_BYTES = 2**30


def to_digits(name: str, images: NDArray[np.generic], labels: NDArray[np.generic]) -> Digits:
    """Make digits of arrays; images that are not 28×28 are framed.

    Args:
        name: What the data is called.
        images: Shape (n, height, width), uint8, ink light on dark.
        labels: Shape (n,), whole numbers from 0 to 9.

    Raises:
        ValueError: The arrays are not as above.
    """
    checked = check_labels(labels, len(images))
    if images.ndim != 3 or images.dtype != np.uint8 or 0 in images.shape:
        raise ValueError(f"images must be uint8 (n, h, w), received {images.dtype} {images.shape}")
    pixels = np.asarray(images, np.uint8)
    if pixels.shape[1:] != (SIDE_PX, SIDE_PX):
        pixels = np.array([to_bytes(frame(image / np.float32(255))) for image in pixels])
    return Digits(name, pixels, checked)


def to_bytes(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Turn a digit image, 0.0 paper to 1.0 ink, into what `Digits` keeps: ink 255 on 0."""
    return np.round(image * 255).astype(np.uint8)


def check_labels(array: NDArray[np.generic], count: int) -> NDArray[np.int64]:
    """Check that there are `count` labels, at least one, from 0 to 9.

    Raises:
        ValueError: There are not.
    """
    labels = whole_numbers(array)
    if len(labels) != count or count == 0 or labels.min() < 0 or labels.max() > 9:
        raise ValueError(f"{count} labels of 0 to 9 are needed, received {len(labels)}")
    return labels


def whole_numbers(array: NDArray[np.generic]) -> NDArray[np.int64]:
    """Check that an array is a row of whole numbers.

    Raises:
        ValueError: It is not.
    """
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise ValueError(f"expected whole numbers (n,), received {array.dtype} {array.shape}")
    return array.astype(np.int64)
