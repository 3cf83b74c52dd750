"""Networks that somebody described to fill memory and time, or that no digit image fits."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import pytest
from keras import layers

from handwrite_gui.recognition.model_files.archive import ModelRefusedError
from handwrite_gui.recognition.model_files.network import build_network

Members = dict[str, bytes]
Foreign = Callable[..., keras.Model]
Write = Callable[..., Path]
Redescribed = Callable[..., Members]
Refusal = Callable[..., None]
TOO_LARGE = "is a network that is too large"


@pytest.mark.parametrize(
    "model",
    [
        lambda foreign: foreign(side=32),
        lambda foreign: foreign(classes=12),
        lambda foreign: foreign(classes=1),
        lambda _: keras.Sequential([keras.Input((28, 28, 1)), layers.Dense(10)]),
        lambda _: keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)]),
        lambda _: keras.Sequential([keras.Input((784,)), layers.Dense(10)]),
        lambda _: keras.Sequential([keras.Input((None, None, 1)), layers.GlobalMaxPooling2D()]),
    ],
)
def test_wrong_shape(
    path: Path, model: Callable[[Foreign], keras.Model], foreign: Foreign, refusal: Refusal
) -> None:
    model(foreign).save(path)
    refusal(path, "has the wrong shape")


def test_several_inputs_or_outputs(path: Path, refusal: Refusal) -> None:
    one, two = keras.Input((28, 28, 1), name="a"), keras.Input((28, 28, 1), name="b")
    out = layers.Dense(10)(layers.Flatten()(layers.Add()([one, two])))
    for inputs in ([one, two], {"a": one, "b": two}):
        keras.Model(inputs, out).save(path)
        refusal(path, "has 2 inputs where 1 is needed")
    out = layers.Dense(10)(layers.Flatten()(one))
    for outputs in ([out, out], {"a": out}):
        keras.Model(one, outputs).save(path)
        refusal(path)


def test_several_inputs_of_a_model_inside(path: Path, refusal: Refusal) -> None:
    one, two = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    inner = keras.Model([one, two], layers.Add()([one, two]))
    image = keras.Input((28, 28, 1))
    out = layers.Dense(10)(layers.Flatten()(inner([image, image])))
    keras.Model(image, out).save(path)
    refusal(path)


@pytest.mark.filterwarnings("ignore:You are saving a model that has not yet been built")
def test_network_without_an_input(path: Path, refusal: Refusal) -> None:
    keras.Sequential([layers.Flatten(), layers.Dense(10)]).save(path)
    refusal(path, "has 0 inputs where 1 is needed")


@pytest.mark.parametrize("units", [100_000, 10**9, 10**15, 10**30])
def test_more_weights_than_there_is_room(
    path: Path,
    foreign_members: Members,
    units: int,
    redescribed: Redescribed,
    write: Write,
    refusal: Refusal,
) -> None:
    def blow_up(description: dict[str, Any]) -> None:
        description["config"]["layers"][1]["config"]["units"] = units

    refusal(write(path, redescribed(foreign_members, blow_up)), TOO_LARGE if units < 10**16 else "")


def test_huge_answers_inside(path: Path, foreign: Foreign, refusal: Refusal) -> None:
    foreign(layers.ZeroPadding2D(600), layers.GlobalAveragePooling2D()).save(path)
    refusal(path, TOO_LARGE)


def test_huge_answers_inside_a_model_inside(path: Path, foreign: Foreign, refusal: Refusal) -> None:
    """Which says itself that it takes little, or does not say how much."""
    inner = [layers.ZeroPadding2D(600), layers.GlobalAveragePooling2D()]
    foreign(keras.Sequential([keras.Input((None, None, 1)), *inner])).save(path)
    refusal(path, TOO_LARGE)


def test_endless_layers(
    path: Path,
    foreign_members: Members,
    redescribed: Redescribed,
    write: Write,
    refusal: Refusal,
) -> None:
    def lengthen(description: dict[str, Any]) -> None:
        relu = {"class_name": "ReLU", "module": "keras.layers", "config": {}}
        description["config"]["layers"][1:1] = [relu] * 3000

    refusal(write(path, redescribed(foreign_members, lengthen)), TOO_LARGE)


@pytest.mark.parametrize(
    "work",
    [
        [layers.ZeroPadding2D(480), layers.Conv2D(1, 60, padding="same")],
        [layers.ZeroPadding2D(480), layers.MaxPooling2D(400, 1, padding="same")],
        [layers.ZeroPadding2D(480), layers.AveragePooling2D(400, 1, padding="same")],
        [layers.ZeroPadding2D(100), layers.Dense(20), layers.Dense(2000), layers.Dense(20)],
    ],
)
def test_work_without_end(foreign: Foreign, work: list[keras.Layer]) -> None:
    """Few weights, bearable answers, and minutes for one digit."""
    description = json.loads(foreign(*work, layers.GlobalMaxPooling2D()).to_json())
    with pytest.raises(ModelRefusedError, match=TOO_LARGE):
        build_network(description, 10**9)
