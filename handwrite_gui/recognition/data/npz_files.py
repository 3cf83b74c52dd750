"""NumPy's .npz files: images with the keys of Keras's own mnist.npz, and pen strokes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.data.labelled_images import (
    MOST_BYTES,
    Part,
    check_labels,
    to_bytes,
    to_digits,
    whole_numbers,
)
from handwrite_gui.recognition.errors import RecognitionError

#: Every archive begins so.
MAGIC = b"PK\x03\x04"


def load_npz(path: Path, part: Part, widths_px: tuple[float, ...]) -> Digits:
    """Load images or pen strokes.

    Args:
        path: A file with the arrays `x_train`, `y_train`, `x_test`, `y_test` (uint8, ink light on
            dark), or `points`, `stroke_start`, `sample_start`, `label`, `writer`, which have no
            parts.
        part: Which part of a file of images.
        widths_px: Each sample of pen strokes is drawn once with every one of these widths.

    Raises:
        RecognitionError: The file is damaged, or holds neither kind.
    """
    try:
        arrays = load_arrays(path)
    except Exception as error:  # Whatever NumPy and zipfile raise on a damaged file.
        raise RecognitionError(
            f"{path} could not be read as .npz data ({error}); name a file such as mnist.npz."
        ) from error
    try:
        if "points" in arrays:
            return _draw_strokes(path.stem, arrays, widths_px)
        return to_digits(path.stem, arrays[f"x_{part}"], arrays[f"y_{part}"])
    except (KeyError, ValueError, TypeError) as error:
        raise RecognitionError(
            f"{path} holds no digits that Handwrite knows ({error}); "
            "it needs the arrays of mnist.npz or of pen strokes."
        ) from error


def load_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Load every array of a file; nothing in it is run.

    Raises:
        Exception: Whatever NumPy and zipfile raise on a damaged file.
    """
    with path.open("rb") as file:
        # NumPy takes anything else for a pickle, and advises to trust it.
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError("it is no archive of arrays")
        with zipfile.ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise ValueError(f"it unpacks to more than {MOST_BYTES // 2**20} MB")
        file.seek(0)
        try:
            with np.load(file, allow_pickle=False) as arrays:
                return {key: np.asarray(arrays[key]) for key in arrays.files}
        except MemoryError as error:
            raise ValueError("it says that it holds more than fits into memory") from error


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
        to_bytes(digit_image(strokes[first:end], width_px))
        for width_px in widths_px
        for first, end in pairwise(starts)
    ]
    labels, writers = (
        check_labels(arrays["label"], len(starts) - 1),
        whole_numbers(arrays["writer"]),
    )
    if writers.shape != labels.shape:
        raise ValueError(f"writers must be {labels.shape}, received {writers.shape}")
    times = len(widths_px)
    return Digits(name, np.array(images), np.tile(labels, times), np.tile(writers, times))


def _starts(array: NDArray[np.generic], end: int) -> NDArray[np.int64]:
    """Check that parts begin at 0, hold something each, and end at `end`."""
    starts = whole_numbers(array)
    if len(starts) < 2 or starts[0] != 0 or starts[-1] != end or (np.diff(starts) < 1).any():
        raise ValueError(f"starts must grow from 0 to {end}")
    return starts
