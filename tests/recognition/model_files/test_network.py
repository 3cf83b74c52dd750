"""Networks out of a file's description: the same as Keras makes of it, or none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers
from numpy.typing import NDArray

from handwrite_gui.recognition.model_files.archive import ModelRefusedError
from handwrite_gui.recognition.model_files.layers import LAYERS
from handwrite_gui.recognition.model_files.model_file import load_model
from handwrite_gui.recognition.model_files.network import build_network

Foreign = Callable[..., keras.Model]
#: At least one of each, with settings that are not the usual ones.
CHAINS = {
    "convolutions": [
        layers.Rescaling(0.5, offset=0.1),
        layers.ZeroPadding2D(((1, 2), (3, 0))),
        layers.Conv2D(6, (3, 2), strides=2, padding="same", activation="relu"),
        layers.DepthwiseConv2D(3, depth_multiplier=2, activation="gelu"),
        layers.Conv2D(8, 3, groups=2, dilation_rate=2, padding="same", use_bias=False),
        layers.SeparableConv2D(4, 3, depth_multiplier=2, padding="same", activation="elu"),
        layers.MaxPooling2D(3, strides=1, padding="same"),
        layers.AveragePooling2D((2, 1)),
    ],
    "normalisations": [
        layers.BatchNormalization(epsilon=0.1, scale=False),
        layers.BatchNormalization(axis=2, center=False),
        layers.Conv2D(4, 5, strides=3),
        layers.GroupNormalization(2, epsilon=0.2),
        layers.LayerNormalization(axis=[1, 2], epsilon=0.3, center=False),
    ],
    "activations": [
        layers.Conv2D(4, 3, strides=3),
        layers.LeakyReLU(negative_slope=0.4),
        layers.Activation("tanh"),
        layers.PReLU(alpha_initializer=keras.initializers.Constant(0.3), shared_axes=[1, 2]),
        layers.ELU(alpha=0.7),
        layers.ReLU(max_value=0.4, negative_slope=0.2, threshold=0.1),
        layers.Softmax(axis=2),
    ],
    "forms": [
        layers.Dropout(0.4, seed=3),
        layers.SpatialDropout2D(0.4),
        layers.GaussianNoise(0.3),
        layers.Permute((2, 1, 3)),
        layers.Reshape((14, 14, 4)),
        layers.Dense(5, activation="sigmoid", kernel_regularizer="l2", bias_constraint="max_norm"),
        layers.GlobalMaxPooling2D(keepdims=True),
    ],
    "means": [layers.Dense(7, use_bias=False), layers.GlobalAveragePooling2D()],
}


def answers(model: keras.Model) -> NDArray[np.float32]:
    images = np.random.default_rng(1).uniform(0, 1, (3, 28, 28, 1)).astype(np.float32)
    result: NDArray[np.float32] = model(images, training=False).numpy()
    return result


def vary(model: keras.Model) -> keras.Model:
    """Give every weight a value of its own, means and variances included."""
    rng = np.random.default_rng(2)
    model.set_weights(
        [
            rng.normal(0, 0.1, weight.shape)
            if weight.ndim > 1
            else rng.uniform(0.1, 0.5, len(weight))
            for weight in model.get_weights()
        ]
    )
    return model


def is_read_as_keras_does(model: keras.Model, path: Path) -> bool:
    model.save(path)
    loaded = answers(load_model(path))
    assert np.ptp(loaded, axis=0).max() > 1e-6
    return bool(np.allclose(loaded, answers(model), atol=1e-6))


def branches() -> keras.Model:
    inputs = keras.Input((28, 28, 1))
    left, right = layers.Conv2D(2, 3)(inputs), layers.Conv2D(2, 3)(inputs)
    x = layers.Add()([left, layers.Multiply()([left, right])])
    x = layers.Maximum()([x, layers.Average()([left, right, x])])
    x = layers.Concatenate(axis=2)([layers.Subtract()([x, right]), left])
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(layers.Flatten()(x)))


def nests() -> keras.Model:
    """Two levels deep, by both kinds of models, with layers of the same names in each."""
    inputs = keras.Input((28, 28, 1))
    inner_input = keras.Input((9, 9, 3))
    inner = keras.Sequential(
        [keras.Input((9, 9, 3)), layers.Conv2D(3, 3, name="same"), layers.ReLU()]
    )
    middle = keras.Model(
        inner_input, layers.Dense(4, name="twice")(inner(layers.Dense(3)(inner_input)))
    )
    x = layers.Conv2D(3, 3, strides=3, name="same")(inputs)
    head = keras.Sequential([layers.Flatten(), layers.Dense(11, activation="softmax", name="last")])
    return keras.Model(inputs, head(layers.Dense(4, name="twice")(middle(x))))


def test_every_layer_that_is_allowed_is_tried_here() -> None:
    tried = {type(layer).__name__ for chain in CHAINS.values() for layer in chain}
    tried |= {type(layer).__name__ for layer in branches().layers}
    assert tried - {"InputLayer"} == LAYERS.keys()


@pytest.mark.parametrize("name", CHAINS)
def test_chain(path: Path, name: str, foreign: Foreign) -> None:
    assert is_read_as_keras_does(vary(foreign(*CHAINS[name])), path)


@pytest.mark.parametrize("make", [branches, nests])
def test_graph(path: Path, make: Callable[[], keras.Model]) -> None:
    assert is_read_as_keras_does(vary(make()), path)


def test_chain_built_late_or_compiled(path: Path) -> None:
    model = keras.Sequential([layers.Flatten(), layers.Dense(10, activation="softmax")])
    model.build((None, 28, 28, 1))
    assert is_read_as_keras_does(vary(model), path)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.optimizer.build(model.trainable_variables)
    assert is_read_as_keras_does(model, path)


def test_names_are_kept(path: Path) -> None:
    nests().save(path)
    names = [layer.name for layer in load_model(path).layers]
    assert {"same", "twice"} <= set(names)
    assert len(set(names)) == len(names)


def test_computing_in_half_the_bits_is_not(path: Path) -> None:
    dense = layers.Dense(10, activation="softmax", dtype="mixed_bfloat16")
    model = vary(keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), dense]))
    model.save(path)
    loaded = load_model(path)
    assert loaded.output.dtype == "float32"
    assert answers(loaded) == pytest.approx(answers(model), abs=0.02)


# What is refused


@pytest.fixture(scope="module")
def described(foreign: Foreign) -> str:
    """A description of Conv2D, Flatten and Dense."""
    return str(foreign(layers.Conv2D(3, 3)).to_json())


@pytest.fixture
def refused(described: str) -> Callable[..., None]:
    """Checks that a description is refused once it is changed."""

    def check(change: Callable[[dict[str, Any]], object], says: str | None = None) -> None:
        description = json.loads(described)
        change(description)
        with pytest.raises(Exception, match=says) as caught:
            build_network(description, 10**6)
        assert not says or isinstance(caught.value, ModelRefusedError)

    return check


def layer(description: dict[str, Any], number: int = 1) -> Any:
    return description["config"]["layers"][number]["config"]


def test_description_is_good_before_it_is_changed(described: str) -> None:
    network = build_network(json.loads(described), 10**6)
    assert list(network.places) == ["layers/conv2d", "layers/flatten", "layers/dense"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("lora_rank", 4),
        ("quantization_config", {"mode": "int8"}),
        ("data_format", "channels_first"),
        ("unheard_of", 1),
        ("x" * 1000, "y"),
    ],
)
def test_setting_that_is_not_known(refused: Callable[..., None], key: str, value: object) -> None:
    refused(lambda all_: layer(all_).update({key: value}), r"not allowed \(Conv2D\.")


@pytest.mark.parametrize(
    "value", ["os.system", "lambda x: x", {"a": 1}, ["relu"], 3, "unheard of", "my>relu"]
)
def test_activation_that_is_not_on_the_list(refused: Callable[..., None], value: object) -> None:
    refused(lambda all_: layer(all_).update(activation=value))


@pytest.mark.parametrize("value", [{"a": 1}, [1] * 5, [[[3]]], "many", -1, 0, 1.5, 10**30, None])
def test_setting_of_a_wrong_kind(refused: Callable[..., None], value: object) -> None:
    refused(lambda all_: layer(all_).update(kernel_size=value))


def test_layer_that_is_called_twice(refused: Callable[..., None]) -> None:
    description = json.loads(branches().to_json())
    nodes = description["config"]["layers"][1]["inbound_nodes"]
    nodes.append(nodes[0])
    refused(lambda all_: all_.update(description), "uses a layer more than once")
    nodes.clear()
    refused(lambda all_: all_.update(description), "uses a layer more than once, or not at all")


def test_layer_that_leads_nowhere(refused: Callable[..., None]) -> None:
    """Keras would build it, and give it whatever room it wants."""
    description = json.loads(branches().to_json())
    first = description["config"]["layers"][1]
    dead = {**first, "config": {**first["config"], "name": "dead", "filters": 10**9}}
    description["config"]["layers"].insert(2, {**dead, "name": "dead"})
    refused(lambda all_: all_.update(description), "has layers that lead nowhere")


def test_call_with_more_than_is_known(refused: Callable[..., None]) -> None:
    description = json.loads(branches().to_json())
    description["config"]["layers"][1]["inbound_nodes"][0]["kwargs"] = {"training": True}
    refused(lambda all_: all_.update(description), r"in an unknown way \(training\)")


@pytest.mark.parametrize("source", ["unheard of", "dense", None, 3])
def test_layer_that_follows_none_before_it(refused: Callable[..., None], source: object) -> None:
    description = json.loads(branches().to_json())
    (tensor,) = description["config"]["layers"][1]["inbound_nodes"][0]["args"]
    tensor["config"]["keras_history"][0] = source
    refused(lambda all_: all_.update(description))


def test_input_of_other_numbers(refused: Callable[..., None]) -> None:
    refused(lambda all_: layer(all_, 0).update(dtype="uint8"), "it takes .* of uint8 where")
    refused(lambda all_: layer(all_, 0).update(batch_shape=[1, 28, 28, 1]), r"takes \(1, 28")
    refused(lambda all_: all_["config"]["layers"].pop(0), "has 0 inputs where 1 is needed")
