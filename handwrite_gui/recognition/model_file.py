"""Model files: `.keras` archives, checked by us before Keras sees them.

A `.keras` file is somebody's program. Our own is never run as one: its network is built anew from
our recipe and only numbers are taken from the file. Others go through Keras's safe mode, after
every layer was found on a list of those that only compute.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import tempfile
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
from numpy.typing import NDArray

from handwrite_gui import paths
from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.networks import INPUT_SHAPE, NETWORKS

MOST_BYTES = 32 * 1024 * 1024
MOST_CONFIG_BYTES = 1024 * 1024
#: Keras needs seconds for that many.
MOST_LAYERS = 200
#: Of a layer's answer to one digit: our own network's widest layer gives 25,000.
MOST_VALUES = 1_000_000
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
#: What layers are described with.
PLAIN_MODULES = frozenset(["keras.initializers", "keras.regularizers", "keras.constraints"])
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _RefusedError(Exception):
    """What is wrong with a model file, as the end of a sentence that begins with its name."""


def load_model(path: Path) -> keras.Model:
    """Load a model that takes digit images and gives ten or eleven probabilities.

    Raises:
        RecognitionError: The file is missing, damaged, too large, of another shape, or holds what
            is not allowed to run.
    """
    try:
        members = _read_members(path)
        config = json.loads(members[CONFIG])
        with h5py.File(io.BytesIO(members[WEIGHTS]), "r") as weights:
            _check_weights(weights)
            model = _rebuild(config, weights)
        return model or _load_foreign(config, members)
    except _RefusedError as error:
        raise _refusal(path, str(error)) from error
    except PermissionError as error:
        raise _refusal(path, "may not be read") from error
    except Exception as error:  # Whatever zipfile, HDF5 and Keras raise on a damaged file.
        raise _refusal(path, f"is damaged ({_first_sentence(error)})") from error


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
        raise _RefusedError("is not there")
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise _RefusedError("is no file of at most 32 MB")
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        if set(entries) != {CONFIG, WEIGHTS, METADATA} or len(archive.infolist()) != 3:
            raise _RefusedError("is no Keras model")
        if any(e.compress_type not in _COMPRESSIONS for e in entries.values()):
            raise _RefusedError("is compressed in a way that Keras does not use")
        if (
            sum(entry.file_size for entry in entries.values()) > MOST_BYTES
            or entries[CONFIG].file_size > MOST_CONFIG_BYTES
        ):
            raise _RefusedError("is larger than 32 MB when unpacked")
        return {name: _read_member(archive, entry) for name, entry in entries.items()}


def _read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as member:
        # Asked for all of it, zipfile would first unpack what is there, whatever was declared.
        return member.read(entry.file_size)


def _check_weights(file: h5py.File) -> None:
    """Refuse whatever leads out of the file, or unpacks to more than it takes."""

    def name_of_link(name: str, link: object) -> str | None:
        return None if isinstance(link, h5py.HardLink) else name

    def name_of_strange(name: str, found: h5py.Group | h5py.Dataset) -> str | None:
        plain = isinstance(found, h5py.Group) or (
            isinstance(found, h5py.Dataset)
            and not (found.external or found.is_virtual or found.chunks)
            and found.nbytes <= MOST_BYTES
            and found.dtype.kind in "fiu"
        )
        return None if plain else name

    # The first name that is returned ends the visit; links are not followed by it.
    if elsewhere := file.visititems_links(name_of_link):
        raise _RefusedError(f"has weights elsewhere ({elsewhere[:200]})")
    if strange := file.visititems(name_of_strange):
        raise _RefusedError(f"has weights that are stored in an unknown way ({strange[:200]})")


def _rebuild(config: dict[str, Any], weights: h5py.File) -> keras.Model | None:
    """Build one of our own networks and fill it; None where the file is not of one."""
    network = NETWORKS.get(config["config"].get("name", ""))
    if network is None:
        return None
    model = network()
    arrays = [_layer_arrays(weights, name, layer) for name, layer in _stored_names(model)]
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
        dataset = file.get(f"layers/{name}/vars/{index}")
        fits = (
            isinstance(dataset, h5py.Dataset)
            and dataset.shape == tuple(variable.shape)
            and dataset.dtype == "float32"
        )
        arrays.append(np.asarray(dataset) if fits else None)
    return arrays


def _load_foreign(config: dict[str, Any], members: dict[str, bytes]) -> keras.Model:
    """Load a network that is not ours, if all its parts are on the list and it is not too large."""
    # How it was compiled is not read: `compile=False`.
    config |= {"compile_config": None}
    parts = list(_parts(config))
    strange = sorted({str(part["class_name"]) for part in parts if not _is_allowed(part)})
    if strange:
        raise _RefusedError(f"holds parts that are not allowed ({', '.join(strange)[:200]})")
    if sum(part["class_name"] in ALLOWED_LAYERS for part in parts) > MOST_LAYERS:
        raise _RefusedError("is a network that is too large")
    _check_network(config, len(members[WEIGHTS]))
    # What was checked is what is loaded: the file may be another by now, or two formats in one.
    with tempfile.TemporaryDirectory(prefix="handwrite-") as folder:
        checked = Path(folder) / "model.keras"
        with zipfile.ZipFile(checked, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return keras.models.load_model(checked, compile=False, safe_mode=True)


def _parts(config: object) -> Iterator[dict[str, Any]]:
    """Everything in a model's configuration that Keras would make an object of."""
    if isinstance(config, dict):
        if "class_name" in config:
            yield config
        config = list(config.values())
    if isinstance(config, list):
        for value in config:
            yield from _parts(value)


def _is_allowed(part: dict[str, Any]) -> bool:
    name, module = str(part["class_name"]), str(part.get("module"))
    if name == "__keras_tensor__":
        return True
    # A registered name would be looked up first.
    if name.startswith("__") or part.get("registered_name") not in (None, name):
        return False
    layer = name in ALLOWED_LAYERS and module in LAYER_MODULES
    return layer or module in PLAIN_MODULES or (module, name) == ("keras", "DTypePolicy")


def _check_network(config: dict[str, Any], weights_bytes: int) -> None:
    """Build a network without its weights, and refuse one of another shape or too large a one."""
    built: list[keras.Model | Exception] = []

    def build() -> None:
        try:
            with keras.StatelessScope(initialize_variables=False):
                built.append(keras.saving.deserialize_keras_object(config, safe_mode=True))
        except Exception as error:  # The caller's, not the thread's.
            built.append(error)

    # In a thread of its own, for Keras keeps a list for each thread of what it has to fill later.
    thread = threading.Thread(target=build, name="checking a model")
    thread.start()
    thread.join()
    (model,) = built
    if isinstance(model, Exception):
        raise model
    shapes = model.input_shape, model.output_shape
    if shapes[0] != (None, *INPUT_SHAPE) or shapes[1] not in [(None, CLASSES), (None, NO_DIGIT)]:
        raise _RefusedError(
            f"has the wrong shape: it takes {shapes[0]} and gives {shapes[1]}, "
            f"where {(None, *INPUT_SHAPE)} and {(None, CLASSES)} are needed"
        )
    most = max(math.prod(layer.output.shape[1:]) for layer in model.layers)
    if model.count_params() > weights_bytes or most > MOST_VALUES:
        raise _RefusedError("is a network that is too large")


def _refusal(path: Path, what: str) -> RecognitionError:
    # What the file says of itself may hold line breaks, or colours for the terminal.
    shown = "".join(letter if letter.isprintable() else "?" for letter in what)
    if path.absolute() == paths.default_model():
        advice = "install Handwrite again, or name another model with --model"
    else:
        advice = "name another model with --model, or leave --model out"
    return RecognitionError(f"The model {path} {shown}; {advice}.")


def _first_sentence(error: BaseException) -> str:
    line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return line.partition(". ")[0].rstrip(".")[:200]
