"""Model files: `.keras` archives, of which only numbers and names of layers are used.

A `.keras` file is somebody's program, and is never run as one: its network is built anew from a
list of layers that only compute, and filled with the weights that are found in it.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.archive import (
    CONFIG,
    WEIGHTS,
    ModelRefusedError,
    read_members,
    read_model_file,
    refusal,
)
from handwrite_gui.recognition.model_files.card import card_path, check_card, write_card
from handwrite_gui.recognition.model_files.hdf5 import Hdf5Error, Hdf5File
from handwrite_gui.recognition.model_files.network import Network, build_network, places_of
from handwrite_gui.storage.atomic import sync_folder


def load_model(path: Path, on_warning: Callable[[str], None] = lambda _: None) -> keras.Model:
    """Load a model that takes digit images and gives ten or eleven probabilities.

    Args:
        path: The file, which is read once.
        on_warning: Told in one sentence where no card vouches for the file.

    Raises:
        RecognitionError: The file is missing, damaged, too large, of another shape, holds what is
            not allowed, or is not the one of its card.
    """
    try:
        content = read_model_file(path)
        if warning := check_card(path, content):
            on_warning(warning)
        members = read_members(content)
        network = build_network(json.loads(members[CONFIG]), len(members[WEIGHTS]))
        _fill(network, Hdf5File(members[WEIGHTS]))
    except RecognitionError:
        raise
    except (ModelRefusedError, Hdf5Error) as error:
        raise refusal(path, str(error)) from error
    except Exception as error:  # Whatever zipfile, JSON and Keras raise on a damaged file.
        raise refusal(path, f"is damaged ({_first_sentence(error)})") from error
    return network.model


def fill_from_file(
    model: keras.Model, path: Path, on_warning: Callable[[str], None] = lambda _: None
) -> None:
    """Fill a network of ours, built anew, with the weights of the same one in a model file.

    Args:
        model: A network without models inside it; its weights are replaced.
        path: The file, which is read once. What it says of its layers is not looked at.
        on_warning: Told in one sentence where no card vouches for the file.

    Raises:
        RecognitionError: The file is missing, damaged, of another network, or is not the one of
            its card.
    """
    try:
        content = read_model_file(path)
        if warning := check_card(path, content):
            on_warning(warning)
        _fill(Network(model, places_of(model)), Hdf5File(read_members(content)[WEIGHTS]))
    except RecognitionError:
        raise
    except (ModelRefusedError, Hdf5Error) as error:
        raise refusal(path, str(error)) from error
    except Exception as error:  # Whatever zipfile and zlib raise on a damaged file.
        raise refusal(path, f"is damaged ({_first_sentence(error)})") from error


def save_model(model: keras.Model, path: Path, card: dict[str, Any] | None = None) -> None:
    """Write a model without its optimizer, and its card, each whole or not at all.

    Whenever the power goes, no card is left beside another model than its own. Without a new card,
    an old one stays as it is.

    Raises:
        OSError: The place cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    bare = keras.Model(model.inputs, model.outputs, name=model.name)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".saving-") as folder:
        whole = Path(folder) / "model.keras"
        bare.save(whole)
        with whole.open("rb+") as file:
            os.fsync(file.fileno())
        if card is None:
            os.replace(whole, path)
        else:
            write_card(whole, card)
            _replace_both(whole, path)
    sync_folder(path.parent)


def _replace_both(new: Path, path: Path) -> None:
    """Put a model and its card in the place of others; an error leaves those."""
    old = new.with_name("old.json")
    with contextlib.suppress(FileNotFoundError):
        os.replace(card_path(path), old)
    try:
        os.replace(new, path)
    except OSError:  # On Windows, somebody has the old one open.
        with contextlib.suppress(FileNotFoundError):
            os.replace(old, card_path(path))
        raise
    os.replace(card_path(new), card_path(path))


def _fill(network: Network, weights: Hdf5File) -> None:
    """Put a file's weights into the layers that they are of."""
    for place, layer in network.places.items():
        layer.set_weights(
            [
                _weight(weights, f"{place}/vars/{index}", tuple(variable.shape))
                for index, variable in enumerate(layer.weights)
            ]
        )


def _weight(weights: Hdf5File, place: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    array = weights.array(place)
    if array is None or array.shape != shape:
        raise ModelRefusedError(f"has no weights that fit its layers ({place})")
    if not np.isfinite(array).all():
        raise ModelRefusedError(f"has weights that are no numbers ({place})")
    return array


def _first_sentence(error: BaseException) -> str:
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return line.partition(". ")[0].rstrip(".")
