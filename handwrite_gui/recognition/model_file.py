"""Model files: `.keras` archives, checked by us before Keras sees them.

A `.keras` file is somebody's program. Our own is never run as one: its network is built anew from
our recipe and only numbers are taken from the file. Others go through Keras's safe mode, after
every layer was found on a list of those that only compute.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.networks import INPUT_SHAPE, NETWORKS

MOST_BYTES = 32 * 1024 * 1024
CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"
#: Layers that compute and do nothing else.
ALLOWED_LAYERS = frozenset(
    """Activation Add Average AveragePooling2D BatchNormalization Concatenate Conv2D Dense
    DepthwiseConv2D Dropout ELU Flatten Functional GaussianNoise GlobalAveragePooling2D
    GlobalMaxPooling2D GroupNormalization InputLayer LayerNormalization LeakyReLU MaxPooling2D
    Maximum Multiply PReLU Permute ReLU Rescaling Reshape SeparableConv2D Sequential Softmax
    SpatialDropout2D Subtract ZeroPadding2D""".split()  # noqa: SIM905
)
LAYER_MODULES = frozenset(
    ["keras.layers", "keras", "keras.src.models.functional", "keras.src.models.sequential"]
)
#: What layers are described with, by module or by class.
PLAIN_MODULES = frozenset(["keras.initializers", "keras.regularizers", "keras.constraints"])
PLAIN_CLASSES = frozenset(["DTypePolicy", "__keras_tensor__"])


def load_model(path: Path) -> keras.Model:
    """Load a model that takes digit images and gives ten or eleven probabilities.

    Raises:
        RecognitionError: The file is missing, damaged, too large, of another shape, or holds what
            is not allowed to run.
    """
    members = _read_members(path)
    try:
        config = json.loads(members[CONFIG])
        model = _rebuild(config, members[WEIGHTS]) or _load_foreign(path, config)
    except RecognitionError:
        raise
    except Exception as error:  # Whatever Keras and HDF5 raise on a damaged or hostile file.
        raise _refusal(path, f"is damaged ({_first_line(error)})") from error
    shapes = model.input_shape, model.output_shape
    if shapes[0] != (None, *INPUT_SHAPE) or shapes[1] not in [(None, CLASSES), (None, NO_DIGIT)]:
        raise _refusal(
            path,
            f"has the wrong shape: it takes {shapes[0]} and gives {shapes[1]}, "
            f"where {(None, *INPUT_SHAPE)} and {(None, CLASSES)} are needed",
        )
    return model


def save_model(model: keras.Model, path: Path) -> None:
    """Write a model without its optimizer, whole or not at all.

    Raises:
        OSError: The place cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    bare = keras.Model(model.inputs, model.outputs, name=model.name)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".saving-") as folder:
        whole = Path(folder) / "model.keras"
        bare.save(whole)
        os.replace(whole, path)


def _read_members(path: Path) -> dict[str, bytes]:
    """Read the archive's three members, having checked names and sizes first."""
    if not path.exists():
        raise _refusal(path, "is not there")
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise _refusal(path, "is no file of at most 32 MB")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if set(entries) != {CONFIG, WEIGHTS, METADATA} or len(archive.infolist()) != 3:
                raise _refusal(path, "is no Keras model")
            if sum(entry.file_size for entry in entries.values()) > MOST_BYTES:
                raise _refusal(path, "is larger than 32 MB when unpacked")
            # ZipFile stops at the size that the entry declares, and checks its CRC.
            return {name: archive.read(entry) for name, entry in entries.items()}
    except PermissionError as error:
        raise _refusal(path, "may not be read") from error
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise _refusal(path, f"is damaged ({_first_line(error)})") from error


def _rebuild(config: dict[str, Any], weights: bytes) -> keras.Model | None:
    """Build one of our own networks and fill it; None where the file is not of one."""
    network = NETWORKS.get(config["config"].get("name", ""))
    if network is None:
        return None
    model = network()
    with h5py.File(io.BytesIO(weights), "r") as file:
        arrays = [_layer_arrays(file, name, layer) for name, layer in _stored_names(model)]
    if any(array is None for layer_arrays in arrays for array in layer_arrays):
        return None
    for (_, layer), layer_arrays in zip(_stored_names(model), arrays, strict=True):
        layer.set_weights(layer_arrays)
    return model


def _stored_names(model: keras.Model) -> list[tuple[str, keras.Layer]]:
    """Name each layer as Keras's file does: by its class, numbered in order."""
    seen: Counter[str] = Counter()
    named = []
    for layer in model.layers:
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(layer).__name__).lower()
        named.append((f"{name}_{seen[name]}" if seen[name] else name, layer))
        seen[name] += 1
    return named


def _layer_arrays(
    file: h5py.File, name: str, layer: keras.Layer
) -> list[NDArray[np.float32] | None]:
    """Read a layer's weights; None in the place of any that is missing or of another shape."""
    arrays: list[NDArray[np.float32] | None] = []
    for index, variable in enumerate(layer.weights):
        place = f"layers/{name}/vars/{index}"
        link = file.get(place, getlink=True)
        dataset = file.get(place) if isinstance(link, h5py.HardLink) else None
        fits = (
            isinstance(dataset, h5py.Dataset)
            and not dataset.external
            and dataset.shape == tuple(variable.shape)
            and dataset.dtype == "float32"
        )
        arrays.append(np.asarray(dataset) if fits else None)
    return arrays


def _load_foreign(path: Path, config: dict[str, Any]) -> keras.Model:
    """Load a network that is not ours, if all its parts are on the list."""
    # How it was compiled is not read: `compile=False`.
    strange = sorted(_strange_parts(config | {"compile_config": None}))
    if strange:
        raise _refusal(path, f"holds parts that are not allowed ({', '.join(strange)[:200]})")
    return keras.models.load_model(path, compile=False, safe_mode=True)


def _strange_parts(config: object) -> set[str]:
    """Names of everything in a model's configuration that might do more than compute."""
    if isinstance(config, list):
        return set().union(*map(_strange_parts, config))
    if not isinstance(config, dict):
        return set()
    strange = _strange_parts(list(config.values()))
    if "class_name" in config:
        name, module = str(config["class_name"]), str(config.get("module"))
        layer = name in ALLOWED_LAYERS and module in LAYER_MODULES
        if not (layer or name in PLAIN_CLASSES or module in PLAIN_MODULES):
            strange.add(name)
    return strange


def _refusal(path: Path, what: str) -> RecognitionError:
    return RecognitionError(
        f"The model {path} {what}; install Handwrite again, or name another model with --model."
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
