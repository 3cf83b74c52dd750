"""Datasets: digits from files, with their labels and, where known, their writers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import SIDE_PX, frame
from handwrite_gui.domain.raster import STROKE_WIDTH_PX, digit_image
from handwrite_gui.recognition.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError

Part = Literal["train", "test"]
#: Writers of the UCI pen digits that no model may see, so that every figure on them is honest.
HELD_OUT_PEN_WRITERS = range(25, 31)
#: Writers of the UCI pen digits that recipes are chosen on.
VALIDATION_PEN_WRITERS = range(19, 25)


def load_digits(
    path: Path, part: Part, widths_px: tuple[float, ...] = (STROKE_WIDTH_PX,)
) -> Digits:
    """Load digits from an .npz file.

    Two kinds are known: images with the keys of Keras's own `mnist.npz` (`x_train`, `y_train`,
    `x_test`, `y_test`; uint8, ink light on dark; framed here where they are not 28×28), and pen
    strokes (`points`, `stroke_start`, `sample_start`, `label`, `writer`), which have no parts.

    Args:
        path: The file.
        part: Which part of a file of images.
        widths_px: Each sample of pen strokes is drawn once with every one of these widths.

    Raises:
        RecognitionError: The file is not there, or holds neither kind.
    """
    try:
        arrays = _load_arrays(path)
    except FileNotFoundError as error:
        raise RecognitionError(f"{path} does not exist: check where it lies.") from error
    except Exception as error:  # Whatever NumPy and zipfile raise on a damaged file.
        raise RecognitionError(
            f"{path} could not be read as .npz data ({error}); name a file such as mnist.npz."
        ) from error
    try:
        if "points" in arrays:
            return _draw_strokes(path.stem, arrays, widths_px)
        return _framed_images(path.stem, arrays, part)
    except (KeyError, ValueError, TypeError) as error:
        raise RecognitionError(
            f"{path} holds no digits that Handwrite knows ({error}); "
            "it needs the arrays of mnist.npz or of pen strokes."
        ) from error


def download_mnist(part: Part) -> Digits:
    """Take MNIST through Keras, which keeps it in its own folder after the first time.

    Raises:
        RecognitionError: It could not be downloaded.
    """
    import keras

    try:
        train, test = keras.datasets.mnist.load_data()
    except Exception as error:  # Keras raises a bare Exception for a failed download.
        raise RecognitionError(
            f"MNIST could not be downloaded ({str(error).partition('. ')[0]}); "
            "pass a local copy with --data mnist.npz."
        ) from error
    images, labels = train if part == "train" else test
    return Digits("mnist", images, labels.astype(np.int64))


def load_writers(path: Path) -> NDArray[np.int64]:
    """Load who wrote each digit of MNIST's training part (`train_writer`, made from QMNIST).

    Raises:
        RecognitionError: The file is not there, or has no such array.
    """
    try:
        return _whole_numbers(_load_arrays(path)["train_writer"])
    except Exception as error:  # Whatever NumPy and zipfile raise on a damaged file.
        raise RecognitionError(
            f"{path} does not say who wrote MNIST's digits ({error}); it needs `train_writer`."
        ) from error


def _load_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    with path.open("rb") as file:
        # NumPy takes anything else for a pickle, and advises to trust it.
        if file.read(4) != b"PK\x03\x04":
            raise ValueError("it is no archive of arrays")
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            return {key: arrays[key] for key in arrays.files}


def _framed_images(name: str, arrays: Mapping[str, NDArray[np.generic]], part: Part) -> Digits:
    images = np.asarray(arrays[f"x_{part}"])
    labels = _labels(arrays[f"y_{part}"], len(images))
    if images.ndim != 3 or images.dtype != np.uint8:
        raise ValueError(f"images must be uint8 (n, h, w), received {images.dtype} {images.shape}")
    if images.shape[1:] != (SIDE_PX, SIDE_PX):
        framed = [np.round(frame(image / np.float32(255)) * 255) for image in images]
        images = np.array(framed, np.uint8)
    return Digits(name, images, labels)


def _draw_strokes(
    name: str, arrays: Mapping[str, NDArray[np.generic]], widths_px: tuple[float, ...]
) -> Digits:
    points = np.asarray(arrays["points"], np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise ValueError(f"points must be finite and (n, 2), received {points.shape}")
    stroke_start = _starts(arrays["stroke_start"], len(points))
    strokes = np.split(points, stroke_start[1:-1])
    starts = _starts(arrays["sample_start"], len(strokes))
    images = [
        np.round(digit_image(strokes[first:end], width_px) * 255)
        for width_px in widths_px
        for first, end in pairwise(starts)
    ]
    labels, writers = _labels(arrays["label"], len(starts) - 1), _whole_numbers(arrays["writer"])
    if writers.shape != labels.shape:
        raise ValueError(f"writers must be {labels.shape}, received {writers.shape}")
    times = len(widths_px)
    return Digits(name, np.array(images, np.uint8), np.tile(labels, times), np.tile(writers, times))


def _starts(array: NDArray[np.generic], end: int) -> NDArray[np.int64]:
    """Check that parts begin at 0, hold something each, and end at `end`."""
    starts = _whole_numbers(array)
    if len(starts) < 2 or starts[0] != 0 or starts[-1] != end or (np.diff(starts) < 1).any():
        raise ValueError(f"starts must grow from 0 to {end}")
    return starts


def _labels(array: NDArray[np.generic], count: int) -> NDArray[np.int64]:
    labels = _whole_numbers(array)
    if len(labels) != count or count == 0 or labels.min() < 0 or labels.max() > 9:
        raise ValueError(f"{count} labels of 0 to 9 are needed, received {len(labels)}")
    return labels


def _whole_numbers(array: NDArray[np.generic]) -> NDArray[np.int64]:
    numbers = np.asarray(array)
    if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
        raise ValueError(f"expected whole numbers (n,), received {numbers.dtype} {numbers.shape}")
    return numbers.astype(np.int64)
