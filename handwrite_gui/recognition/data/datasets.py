"""Datasets: digits from files, with their labels and, where known, their writers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.raster import STROKE_WIDTH_PX
from handwrite_gui.recognition.data import idx_files, npz_files
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.data.label_folders import load_label_folders
from handwrite_gui.recognition.data.labelled_images import Part, whole_numbers
from handwrite_gui.recognition.errors import RecognitionError

#: Writers of the UCI pen digits that no model may see, so that every figure on them is honest.
HELD_OUT_PEN_WRITERS = range(25, 31)
#: Writers of the UCI pen digits that recipes are chosen on.
VALIDATION_PEN_WRITERS = range(19, 25)

_log = logging.getLogger(__name__)


def load_digits(
    path: Path,
    part: Part,
    widths_px: tuple[float, ...] = (STROKE_WIDTH_PX,),
    on_skipped: Callable[[str], None] = _log.warning,
) -> Digits:
    """Load digits from a file or a folder; its kind is told by what is in it.

    Known are .npz files of images or of pen strokes, IDX files of images, folders of IDX files,
    and folders of pictures or InkML by label: see `npz_files`, `idx_files` and `label_folders`.

    Args:
        path: The file or folder.
        part: Which part, where the data has parts; a named IDX file is one itself.
        widths_px: Pen strokes and ink are drawn once with every one of these widths.
        on_skipped: Is given one sentence if files of a folder by label were skipped.

    Raises:
        RecognitionError: There is no such file or folder, or it holds no data of these kinds.
    """
    try:
        if path.is_dir():
            images = idx_files.find_images(path, part)
            if images is None:
                return load_label_folders(path, part, widths_px, on_skipped)
            return idx_files.load_idx(images)
        start = _first_bytes(path)
    except FileNotFoundError as error:
        raise RecognitionError(f"{path} does not exist: check where it lies.") from error
    except OSError as error:
        raise RecognitionError(
            f"{path} could not be read ({error.strerror or error}); choose another."
        ) from error
    if start.startswith(idx_files.MAGICS):
        return idx_files.load_idx(path)
    if start == npz_files.MAGIC or path.suffix == ".npz":
        return npz_files.load_npz(path, part, widths_px)
    raise RecognitionError(
        f"{path} is no data that Handwrite knows: name a file such as mnist.npz or "
        "train-images-idx3-ubyte.gz, or a folder of pictures or InkML by label."
    )


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
        return whole_numbers(npz_files.load_arrays(path)["train_writer"])
    except Exception as error:  # Whatever NumPy and zipfile raise on a damaged file.
        raise RecognitionError(
            f"{path} does not say who wrote MNIST's digits ({error}); it needs `train_writer`."
        ) from error


def _first_bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise OSError("it is no ordinary file")  # A pipe could keep the program waiting for ever.
    with path.open("rb") as file:
        return file.read(len(npz_files.MAGIC))
