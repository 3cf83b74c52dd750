"""Material: the hands that strips are written by, those to learn from and those to measure on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.data.datasets import HELD_OUT_PEN_WRITERS, VALIDATION_PEN_WRITERS
from handwrite_gui.recognition.data.npz_files import load_arrays
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.sequences.hands import (
    Hand,
    drawn_hands,
    pen_hands,
    picture_hands,
)

#: Hands that each process draws for training, and for measuring.
DRAWN, DRAWN_TO_MEASURE = 800, 40
DRAWN_NAME = "written forms"
#: Every tenth of MNIST's writers is held back.
HELD_TENTH = 0


@dataclass(frozen=True, slots=True)
class Files:
    """Where the hands come from.

    Attributes:
        data: `.npz` files of digit images, or of pen strokes.
        writers: Who wrote each digit of MNIST's training part.
    """

    data: tuple[Path, ...]
    writers: Path


@dataclass(frozen=True, eq=False, slots=True)
class Hands:
    """Hands by where they come from; any of them may be none.

    Attributes:
        pictures: Of digit images.
        pens: Of pen strokes.
        drawn: Drawn by us.
    """

    pictures: list[Hand]
    pens: list[Hand]
    drawn: list[Hand]


def load_hands(files: Files, seed: int | list[int], *, to_measure: bool) -> Hands:
    """Load and draw hands.

    Args:
        files: What to load.
        seed: One number or some, of the hands that are drawn.
        to_measure: Every tenth of MNIST's writers and 19 to 24 of the pen strokes', who are held
            back, instead of all others. Writers 25 to 30 are never loaded.

    Raises:
        RecognitionError: A file cannot be used.
    """
    pictures: list[Hand] = []
    pens: list[Hand] = []
    for path in files.data:
        try:
            arrays = load_arrays(path)
            wrote = _writers(arrays, files)
            chosen = np.isin(wrote, _chosen_writers(arrays, wrote, to_measure=to_measure))
            if "points" in arrays:
                pens += pen_hands(arrays, np.unique(wrote[chosen]).tolist())
            else:
                images = np.asarray(arrays["x_train"], np.uint8)[chosen]
                labels = np.asarray(arrays["y_train"], np.int64)[chosen]
                pictures += picture_hands(images, labels, wrote[chosen])
        except Exception as error:  # Whatever NumPy and zipfile raise on a damaged file.
            raise _unusable(path, error) from error
    rng = np.random.default_rng([*np.atleast_1d(seed), int(to_measure)])
    drawn = drawn_hands(DRAWN_TO_MEASURE if to_measure else DRAWN, rng)
    return Hands(pictures, pens, drawn)


def count_hands(files: Files) -> dict[str, int]:
    """Count the writers that are learned from, by file, and the hands that are drawn.

    Raises:
        RecognitionError: A file cannot be used.
    """
    counts: dict[str, int] = {}
    for path in files.data:
        try:
            arrays = load_arrays(path)
            chosen = _chosen_writers(arrays, _writers(arrays, files), to_measure=False)
        except Exception as error:  # As above.
            raise _unusable(path, error) from error
        counts[path.stem] = len(chosen)
    return counts | {DRAWN_NAME: DRAWN}


def _writers(arrays: Mapping[str, NDArray[np.generic]], files: Files) -> NDArray[np.int64]:
    """Who wrote each digit of a file."""
    if "points" in arrays:
        return np.asarray(arrays["writer"], np.int64)
    wrote = np.asarray(load_arrays(files.writers)["train_writer"], np.int64)
    if len(wrote) != len(arrays["x_train"]):
        raise ValueError(f"{files.writers} names the writers of {len(wrote)} other digits")
    return wrote


def _chosen_writers(
    arrays: Mapping[str, NDArray[np.generic]], wrote: NDArray[np.int64], *, to_measure: bool
) -> NDArray[np.int64]:
    writers = np.unique(wrote)
    if "points" in arrays:
        writers = writers[~np.isin(writers, HELD_OUT_PEN_WRITERS)]
        held = np.isin(writers, VALIDATION_PEN_WRITERS)
    else:
        held = writers % 10 == HELD_TENTH
    return np.asarray(writers[held == to_measure])


def _unusable(path: Path, error: Exception) -> RecognitionError:
    return RecognitionError(
        f"{path} could not be read for whole numbers ({error}); name mnist.npz, with --writers, "
        "and files of pen strokes."
    )
