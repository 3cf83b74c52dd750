"""The layers that a model file may name: those that only compute, with the settings of each.

Keras would make an object of whatever a description names. Here each layer is made by us of its
plain settings: nothing in a file is run, and a setting that is not on the list is refused. What
only training needs is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import keras

from handwrite_gui.recognition.model_files.archive import ModelRefusedError

#: Keras needs seconds for that many.
MOST_LAYERS = 200
MODELS = frozenset(["Functional", "Sequential"])
_CONVOLUTION = "kernel_size strides padding dilation_rate activation use_bias"
#: Layers that compute and do nothing else, with the settings that change what they compute.
LAYERS = {
    name: frozenset(settings.split())
    for name, settings in {
        "Activation": "activation",
        "Add": "",
        "Average": "",
        "AveragePooling2D": "pool_size strides padding",
        "BatchNormalization": "axis momentum epsilon center scale",
        "Concatenate": "axis",
        "Conv2D": f"filters groups {_CONVOLUTION}",
        "Dense": "units activation use_bias",
        "DepthwiseConv2D": f"depth_multiplier {_CONVOLUTION}",
        "Dropout": "rate",
        "ELU": "alpha",
        "Flatten": "",
        "GaussianNoise": "stddev",
        "GlobalAveragePooling2D": "keepdims",
        "GlobalMaxPooling2D": "keepdims",
        "GroupNormalization": "groups axis epsilon center scale",
        "LayerNormalization": "axis epsilon center scale",
        "LeakyReLU": "negative_slope",
        "MaxPooling2D": "pool_size strides padding",
        "Maximum": "",
        "Multiply": "",
        "PReLU": "shared_axes",
        "Permute": "dims",
        "ReLU": "max_value negative_slope threshold",
        "Rescaling": "scale offset",
        "Reshape": "target_shape",
        "SeparableConv2D": f"filters depth_multiplier {_CONVOLUTION}",
        "Softmax": "axis",
        "SpatialDropout2D": "rate",
        "Subtract": "",
        "ZeroPadding2D": "padding",
    }.items()
}
#: Settings that name a layer, or that matter while it learns.
_OTHER_SETTINGS = re.compile(
    "name|trainable|dtype|seed|noise_shape|synchronized|renorm_momentum"
    "|.*_(initializer|regularizer|constraint)"
)
_ACTIVATIONS = frozenset(
    """elu exponential gelu hard_sigmoid hard_silu leaky_relu linear mish relu relu6 selu sigmoid
    silu softmax softplus softsign swish tanh""".split()  # noqa: SIM905
)
_LAYER_MODULES = frozenset(
    ["keras.layers", "keras", "keras.src.models.functional", "keras.src.models.sequential"]
)
#: What layers are described with, and what is not looked at here.
_PLAIN_MODULES = frozenset(["keras.initializers", "keras.regularizers", "keras.constraints"])


def check_parts(description: dict[str, Any]) -> None:
    """Look at everything in a description that Keras would make an object of.

    Raises:
        ModelRefusedError: Some of it is not on the list, or there is too much of it.
    """
    parts = list(_parts(description))
    strange = sorted({_name(part) for part in parts if not _is_allowed(part)})
    if strange:
        raise ModelRefusedError(f"holds parts that are not allowed ({', '.join(strange)})")
    if sum(_name(part) in LAYERS for part in parts) > MOST_LAYERS:
        raise ModelRefusedError("is a network that is too large")


def _parts(described: object) -> Iterator[dict[str, Any]]:
    """Everything in a description that Keras would make an object of."""
    waiting = [described]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "class_name" in value:
                yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _name(part: dict[str, Any]) -> str:
    # Not whatever stands there in words: it may hold all other parts, each of which does so again.
    return part["class_name"] if isinstance(part["class_name"], str) else "?"


def _is_allowed(part: dict[str, Any]) -> bool:
    name, module = _name(part), part.get("module")
    if name == "__keras_tensor__":
        return True
    # Under a registered name it is somebody's own, however it is called.
    if name.startswith("__") or part.get("registered_name") not in (None, name):
        return False
    is_layer = name in (*LAYERS, *MODELS, "InputLayer") and module in _LAYER_MODULES
    return is_layer or module in _PLAIN_MODULES or (module, name) == ("keras", "DTypePolicy")


def make_layer(kind: str, settings: dict[str, Any], name: str) -> keras.Layer:
    """Make a layer with those of its settings that are on the list.

    Raises:
        ModelRefusedError: A setting is not on the list, or of a kind that no layer takes.
        Exception: Whatever Keras raises on one that makes no sense.
    """
    options = {key: value for key, value in settings.items() if key in LAYERS[kind]}
    for key, value in settings.items():
        is_off = value is None or value is False
        is_usual = is_off or (key, value) == ("data_format", "channels_last")
        if not (key in options or is_usual or _OTHER_SETTINGS.fullmatch(key)):
            raise ModelRefusedError(f"has a setting that is not allowed ({kind}.{key})")
    is_known = options.get("activation") in (None, *_ACTIVATIONS)
    if not is_known or not all(map(_is_plain, options.values())):
        raise ModelRefusedError(f"has a setting that is not allowed ({kind})")
    return getattr(keras.layers, kind)(**options, name=name)


def _is_plain(value: object, depth: int = 2) -> bool:
    """Tell whether a setting is a number, a word, or a short list of such."""
    if isinstance(value, list):
        return depth > 0 and len(value) <= 4 and all(_is_plain(one, depth - 1) for one in value)
    return value is None or isinstance(value, bool | int | float | str)
