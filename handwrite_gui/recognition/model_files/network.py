"""Builds the network that a model file describes, once it is known to be of a bearable size."""

from __future__ import annotations

import math
import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

import keras

from handwrite_gui.domain.framing import SIDE_PX
from handwrite_gui.domain.prediction import CLASSES, NO_DIGIT
from handwrite_gui.recognition.model_files.archive import ModelRefusedError
from handwrite_gui.recognition.model_files.layers import (
    MODELS,
    MOST_LAYERS,
    check_parts,
    make_layer,
)

#: Of a layer's answer to one digit: the textbook's networks give 37,000.
MOST_VALUES = 1_000_000
#: Multiplications, about, for one digit: the textbook's network needs 12 million.
MOST_OPERATIONS = 2_000_000_000

INPUT_SHAPE = (None, SIDE_PX, SIDE_PX, 1)
OUTPUT_SHAPES = ((None, CLASSES), (None, NO_DIGIT))
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")


@dataclass(frozen=True, eq=False, slots=True)
class Network:
    """A network, and where in a model file each layer's weights are.

    Attributes:
        model: From digit images to probabilities, with weights that mean nothing yet.
        places: The layers by the path of their weights, such as `layers/dense_1`.
    """

    model: keras.Model
    places: dict[str, keras.Layer]


def build_network(description: dict[str, Any], weights_bytes: int) -> Network:
    """Build a network from a model file's description.

    Args:
        description: What the file's `config.json` holds.
        weights_bytes: How large the file's weights are; those of the network cannot be larger.

    Raises:
        ModelRefusedError: It has parts that are not allowed, another shape, or is too large.
        Exception: Whatever Python and Keras raise on a description that makes no sense.
    """
    # How it was compiled stands beside these, and is not read.
    kept = ("class_name", "module", "registered_name", "config")
    description = {key: description[key] for key in kept}
    check_parts(description)
    _try_without_weights(description, weights_bytes)
    return _build(description)


def places_of(model: keras.Model) -> dict[str, keras.Layer]:
    """Return where in its model file each layer's weights are, for a model without inner ones."""
    seen: Counter[str] = Counter()
    return {f"layers/{_number(type(layer).__name__, seen)}": layer for layer in model.layers}


def _try_without_weights(description: dict[str, Any], weights_bytes: int) -> None:
    """Build a network without room for its weights, and refuse one that is too large."""
    caught: list[Exception] = []

    def build() -> None:
        try:
            with keras.StatelessScope(initialize_variables=False):
                _check_size(_build(description), weights_bytes)
        except Exception as error:  # The caller's, not the thread's.
            caught.append(error)

    # In a thread of its own, for Keras keeps a list for each thread of what it has to fill later.
    thread = threading.Thread(target=build, name="trying a network")
    thread.start()
    thread.join()
    if caught:
        raise caught[0]


def _check_size(network: Network, weights_bytes: int) -> None:
    layers = network.places.values()
    values = max(math.prod(layer.output.shape[1:]) for layer in layers)
    operations = sum(_count_operations(layer) for layer in layers)
    is_larger_than_its_weights = 4 * network.model.count_params() > weights_bytes
    if is_larger_than_its_weights or values > MOST_VALUES or operations > MOST_OPERATIONS:
        raise ModelRefusedError("is a network that is too large, or larger than its weights")


def _count_operations(layer: keras.Layer) -> int:
    """About how many multiplications a layer needs for one digit."""
    *places, last = layer.output.shape[1:]
    if hasattr(layer, "use_bias"):  # It multiplies with all its weights at every place.
        each = sum(math.prod(weight.shape) for weight in layer.weights)
    else:
        each = last * math.prod(getattr(layer, "pool_size", ()))
    operations: int = math.prod(places) * each
    return operations


def _build(description: dict[str, Any]) -> Network:
    _check_input(description["config"]["layers"])
    places: dict[str, keras.Layer] = {}
    inputs = keras.Input(batch_shape=INPUT_SHAPE)
    outputs = _lay(description, inputs, "", places)
    if outputs.shape not in OUTPUT_SHAPES:
        raise ModelRefusedError(
            f"has the wrong shape: it gives {outputs.shape} where {OUTPUT_SHAPES[0]} is needed"
        )
    name = str(description["config"].get("name"))
    model = keras.Model(inputs, outputs, name=name if _NAME.fullmatch(name) else None)
    if len(model.layers) != len(places) + 1:
        raise ModelRefusedError("has layers that lead nowhere")
    return Network(model, places)


def _check_input(layers: list[dict[str, Any]]) -> None:
    """Check what the network says that it takes: it is laid behind an input of ours."""
    inputs = [layer["config"] for layer in layers if layer["class_name"] == "InputLayer"]
    if len(inputs) != 1:
        raise ModelRefusedError(f"has {len(inputs)} inputs where 1 is needed")
    shape, dtype = tuple(inputs[0]["batch_shape"]), str(inputs[0].get("dtype"))
    if shape != INPUT_SHAPE or "int" in dtype:
        raise ModelRefusedError(
            f"has the wrong shape: it takes {shape} of {dtype} where {INPUT_SHAPE} of float32 "
            "is needed"
        )


def _lay(
    part: dict[str, Any], x: keras.KerasTensor, path: str, places: dict[str, keras.Layer]
) -> keras.KerasTensor:
    """Lay the layers of a model, which may hold further models, one behind the other.

    Args:
        part: The model's description.
        x: What it takes.
        path: Where the model is among the weights; empty for the outermost.
        places: Receives each layer under its own path.

    Returns:
        What the model gives.
    """
    is_chain = part["class_name"] == "Sequential"
    seen: Counter[str] = Counter()
    given: dict[str, keras.KerasTensor] = {}
    for described in part["config"]["layers"]:
        kind, settings = described["class_name"], described["config"]
        name, place = settings["name"], f"{path}layers/{_number(kind, seen)}"
        if kind == "InputLayer" and not given:
            given[name] = x
            continue
        taken = x if is_chain else _taken(described["inbound_nodes"], given)
        if kind in MODELS and not isinstance(taken, list):
            x = _lay(described, taken, f"{place}/", places)
        else:
            keeps_name = not path and _NAME.fullmatch(name)
            layer = make_layer(kind, settings, name if keeps_name else place.replace("/", "."))
            x, places[place] = layer(taken), layer
        given[name] = x
    return x if is_chain else given[_output_name(part["config"]["output_layers"])]


def _number(kind: str, seen: Counter[str]) -> str:
    """Name a layer among its model's as Keras's file does: by its class, numbered in order."""
    words = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", kind)
    name = re.sub("([a-z])([A-Z])", r"\1_\2", words).lower()
    seen[name] += 1
    return f"{name}_{seen[name] - 1}" if seen[name] > 1 else name


def _taken(
    nodes: list[dict[str, Any]], given: dict[str, keras.KerasTensor]
) -> keras.KerasTensor | list[keras.KerasTensor]:
    """What a layer is called with: other layers' answers, by the description of its one call."""
    if len(nodes) != 1:
        raise ModelRefusedError("uses a layer more than once, or not at all")
    (arguments,), options = nodes[0]["args"], nodes[0]["kwargs"]
    if any(options.values()):
        raise ModelRefusedError(f"calls a layer in an unknown way ({', '.join(options)})")
    if not isinstance(arguments, list):
        return given[arguments["config"]["keras_history"][0]]
    if len(arguments) > MOST_LAYERS:
        raise ModelRefusedError("is a network that is too large")
    return [given[tensor["config"]["keras_history"][0]] for tensor in arguments]


def _output_name(outputs: list[Any]) -> str:
    """The layer that gives a model's one answer, of which Keras writes `name, node, tensor`."""
    (only,) = outputs if isinstance(outputs[0], list) else [outputs]
    return str(only[0])
