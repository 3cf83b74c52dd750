"""Checkpoints: a training as it stands, in a file, so that a killed one can go on."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.data.npz_files import load_arrays
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.storage.atomic import clear_unfinished, write_atomically

_DETAILS = "details"


def checkpoint_path(model: Path) -> Path:
    """Where a training keeps its checkpoint: beside the model that it will write."""
    return model.with_name(model.name + ".checkpoint")


def save_checkpoint(
    path: Path, arrays: dict[str, NDArray[np.generic]], details: dict[str, Any]
) -> None:
    """Write a checkpoint, whole or not at all.

    Args:
        path: The file.
        arrays: What the training has learned, by name.
        details: How far it is and what it is of; plain values for JSON.

    Raises:
        OSError: The place cannot be written to.
    """
    clear_unfinished(path)
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{_DETAILS: np.array(json.dumps(details)), **arrays})
    write_atomically(path, file.getvalue())


def load_checkpoint(path: Path) -> tuple[dict[str, NDArray[np.generic]], dict[str, Any]] | None:
    """Read a checkpoint's arrays and details; None where there is none.

    Raises:
        RecognitionError: It is damaged.
    """
    try:
        arrays = load_arrays(path)
        details = json.loads(str(arrays.pop(_DETAILS)))
    except FileNotFoundError:
        return None
    except Exception as error:  # Whatever NumPy and zipfile raise on a damaged file.
        raise RecognitionError(
            f"The checkpoint {path} is damaged ({error}); delete it, or train without --resume."
        ) from error
    if not isinstance(details, dict):
        raise RecognitionError(f"The checkpoint {path} is none of Handwrite's; delete it.")
    return arrays, details


def identity(recipe: str, digits: Digits, models: Sequence[keras.Model], seed: int) -> list[object]:
    """What a checkpoint has to be of; the limits may change, to train longer.

    Args:
        recipe: Its name.
        digits: What is learned from.
        models: Those that teach, and that it began with.
        seed: Of the training.
    """
    known = hashlib.sha256(digits.images.tobytes())
    known.update(digits.labels.tobytes())
    for model in models:
        for weights in model.get_weights():
            known.update(weights.tobytes())
    return [recipe, seed, len(digits), known.hexdigest()]
