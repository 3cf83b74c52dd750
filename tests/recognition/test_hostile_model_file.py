"""Model files that somebody made to do harm: to run code, to read other files, to fill memory."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from handwrite_gui.recognition.model_file import CONFIG, WEIGHTS, load_model

Members = dict[str, bytes]
Foreign = Callable[..., keras.Model]
Write = Callable[..., Path]
Refusal = Callable[..., None]
Edit = Callable[[Members], None]


def edited_config(change: Callable[[dict[str, Any]], None]) -> Edit:
    def edit(members: Members) -> None:
        config = json.loads(members[CONFIG])
        change(config)
        members[CONFIG] = json.dumps(config).encode()

    return edit


def touch(trace: Path) -> Callable[[Any], Any]:
    def call(inputs: Any) -> Any:
        trace.touch()
        return inputs

    return call


def test_lambda_is_not_run(path: Path, foreign: Foreign, refusal: Refusal) -> None:
    trace = path.with_name("run")
    model = foreign(layers.Lambda(touch(trace)))
    model.save(path)
    trace.unlink()
    refusal(path, "not allowed (Lambda, ")
    assert not trace.exists()


def test_registered_class_is_not_run(
    path: Path, foreign_members: Members, foreign: Foreign, write: Write, refusal: Refusal
) -> None:
    trace = path.with_name("run")

    @keras.saving.register_keras_serializable("tests")
    class Noisy(keras.layers.ReLU):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            trace.touch()
            super().__init__(**options)

    foreign(Noisy()).save(path)
    trace.unlink()
    refusal(path, "not allowed (Noisy)")

    def disguise(config: dict[str, Any]) -> None:
        config["config"]["layers"][1]["registered_name"] = "tests>Noisy"

    members = dict(foreign_members)
    edited_config(disguise)(members)
    refusal(write(path, members), "not allowed")
    assert not trace.exists()


@pytest.mark.parametrize(
    ("class_name", "module"),
    [
        ("TFSMLayer", "keras.layers"),
        ("Dense", "somebody.elses"),
        ("Dense", None),
        ("function", "builtins"),
        ("__lambda__", "keras.initializers"),
        ("__typespec__", "keras.constraints"),
        ("DTypePolicy", "os"),
        ("get_file", "keras.utils"),
    ],
)
def test_part_that_is_not_on_the_list(
    path: Path,
    foreign_members: Members,
    class_name: str,
    module: str | None,
    write: Write,
    refusal: Refusal,
) -> None:
    part = {"class_name": class_name, "module": module, "config": {}, "registered_name": None}

    def smuggle(config: dict[str, Any]) -> None:
        config["config"]["layers"][2]["config"]["kernel_initializer"] = {"deep": [part]}

    members = dict(foreign_members)
    edited_config(smuggle)(members)
    refusal(write(path, members), f"not allowed ({class_name})")


def test_names_in_the_file_cannot_forge_the_sentence(
    path: Path, foreign_members: Members, write: Write, refusal: Refusal
) -> None:
    def rename(config: dict[str, Any]) -> None:
        config["config"]["layers"][1]["class_name"] = "A\n\x1b[31mB" + "x" * 10_000

    members = dict(foreign_members)
    edited_config(rename)(members)
    refusal(write(path, members), "not allowed (A??[31mBxxx")


def test_how_it_was_compiled_is_not_read(
    path: Path, foreign_members: Members, write: Write
) -> None:
    def smuggle(config: dict[str, Any]) -> None:
        config["compile_config"] = {"loss": {"class_name": "function", "module": "os"}}

    members = dict(foreign_members)
    edited_config(smuggle)(members)
    assert load_model(write(path, members)).output_shape == (None, 10)


def test_two_formats_in_one_file(path: Path, foreign_members: Members, foreign: Foreign) -> None:
    """A file called .h5 that is one, with an archive at its end: only what was checked counts."""
    trace = path.with_name("run")
    old = path.with_suffix(".h5")
    foreign(layers.Lambda(touch(trace))).save(old)
    trace.unlink()
    with zipfile.ZipFile(old, "a") as archive:
        for name, content in foreign_members.items():
            archive.writestr(name, content)
    assert [type(layer).__name__ for layer in load_model(old).layers] == [
        "Dense",
        "Flatten",
        "Dense",
    ]
    assert not trace.exists()


@pytest.mark.parametrize(
    "model",
    [
        lambda foreign: foreign(side=32),
        lambda foreign: foreign(classes=12),
        lambda foreign: foreign(classes=1),
        lambda _: keras.Sequential([keras.Input((28, 28, 1)), layers.Dense(10)]),
        lambda _: keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)]),
        lambda _: keras.Sequential([keras.Input((784,)), layers.Dense(10)]),
    ],
)
def test_wrong_shape(
    path: Path, model: Callable[[Foreign], keras.Model], foreign: Foreign, refusal: Refusal
) -> None:
    model(foreign).save(path)
    refusal(path, "has the wrong shape")


def test_several_inputs_or_outputs(path: Path, refusal: Refusal) -> None:
    one, two = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    out = layers.Dense(10)(layers.Flatten()(layers.Add()([one, two])))
    for inputs, outputs in (([one, two], out), ({"a": one, "b": two}, [out, out])):
        keras.Model(inputs, outputs).save(path)
        refusal(path)


@pytest.mark.filterwarnings("ignore:You are saving a model that has not yet been built")
def test_network_without_an_input(path: Path, refusal: Refusal) -> None:
    keras.Sequential([layers.Flatten(), layers.Dense(10)]).save(path)
    refusal(path)


def test_our_name_with_weights_of_other_shapes(
    path: Path, our_members: Members, write: Write, refusal: Refusal
) -> None:
    members = dict(our_members)
    file = io.BytesIO(members[WEIGHTS])
    with h5py.File(file, "a") as weights:
        del weights["layers/dense/vars/0"]
        weights["layers/dense/vars/0"] = np.zeros((5, 11), np.float32)
    members[WEIGHTS] = file.getvalue()
    refusal(write(path, members), "is damaged")


def without_built_shapes(config: Any) -> Any:
    if isinstance(config, dict):
        return {k: without_built_shapes(v) for k, v in config.items() if k != "build_config"}
    return [without_built_shapes(v) for v in config] if isinstance(config, list) else config


@pytest.mark.parametrize("units", [100_000, 10**9, 10**15])
def test_network_that_would_fill_the_memory(
    path: Path, foreign_members: Members, units: int, write: Write, refusal: Refusal
) -> None:
    def blow_up(config: dict[str, Any]) -> None:
        config["config"] = without_built_shapes(config["config"])
        config["config"]["layers"][1]["config"]["units"] = units

    members = dict(foreign_members)
    edited_config(blow_up)(members)
    refusal(write(path, members), "is a network that is too large")


def test_network_with_huge_answers_inside(path: Path, foreign: Foreign, refusal: Refusal) -> None:
    foreign(layers.ZeroPadding2D(600), layers.GlobalAveragePooling2D()).save(path)
    refusal(path, "is a network that is too large")


def test_network_of_endless_layers(
    path: Path, foreign_members: Members, write: Write, refusal: Refusal
) -> None:
    def lengthen(config: dict[str, Any]) -> None:
        relu = {"class_name": "ReLU", "module": "keras.layers", "config": {}}
        config["config"]["layers"][1:1] = [relu] * 3000

    members = dict(foreign_members)
    edited_config(lengthen)(members)
    refusal(write(path, members), "is a network that is too large")


def place_elsewhere(kind: str, other: Path) -> Edit:
    """Move weights out of the file, or store them in a way that unpacks without end."""

    def edit(members: Members) -> None:
        file = io.BytesIO(members[WEIGHTS])
        with h5py.File(file, "a") as weights:
            name = "layers/dense/vars/0"
            array = weights[name][()]
            with h5py.File(other, "w") as outside:
                weights.copy("layers", outside)
            if kind == "group elsewhere":
                del weights["layers"]
                weights["layers"] = h5py.ExternalLink(str(other), "/layers")
            else:
                del weights[name]
            if kind == "array elsewhere":
                weights[name] = h5py.ExternalLink(str(other), name)
            elif kind == "soft link":
                weights["kept"] = array
                weights[name] = h5py.SoftLink("/kept")
            elif kind == "virtual":
                layout = h5py.VirtualLayout(array.shape, "float32")
                layout[...] = h5py.VirtualSource(str(other), name, array.shape)
                weights.create_virtual_dataset(name, layout)
            elif kind == "external storage":
                other.write_bytes(array.tobytes())
                storage = [(str(other), 0, array.nbytes)]
                weights.create_dataset(name, array.shape, "float32", external=storage)
            elif kind == "packed":
                weights.create_dataset(name, data=array, compression="gzip")
            elif kind == "endless":
                weights[name] = array
                weights.create_dataset("more", (2**40,), "float32")
            elif kind == "text":
                weights[name] = "text"
        members[WEIGHTS] = file.getvalue()

    return edit


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize(
    "kind",
    [
        "group elsewhere",
        "array elsewhere",
        "soft link",
        "virtual",
        "external storage",
        "packed",
        "endless",
        "text",
    ],
)
def test_weights_that_are_elsewhere_or_without_end(
    path: Path,
    our_members: Members,
    foreign_members: Members,
    kind: str,
    ours: bool,
    write: Write,
    refusal: Refusal,
) -> None:
    members = dict(our_members if ours else foreign_members)
    assert load_model(write(path, members)) is not None
    place_elsewhere(kind, path.with_name("other.h5"))(members)
    refusal(write(path, members), "has weights")
