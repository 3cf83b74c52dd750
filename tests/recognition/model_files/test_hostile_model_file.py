"""Model files that somebody made to do harm: to run code, to read other files, to fill memory."""

import contextlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.archive import CONFIG, WEIGHTS
from handwrite_gui.recognition.model_files.model_file import load_model

Members = dict[str, bytes]
Foreign = Callable[..., keras.Model]
Write = Callable[..., Path]
Refusal = Callable[..., None]
Redescribed = Callable[..., Members]


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
    path: Path,
    foreign_members: Members,
    foreign: Foreign,
    redescribed: Redescribed,
    write: Write,
    refusal: Refusal,
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

    members = redescribed(foreign_members, disguise)
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
    redescribed: Redescribed,
    write: Write,
    refusal: Refusal,
) -> None:
    part = {"class_name": class_name, "module": module, "config": {}, "registered_name": None}

    def smuggle(config: dict[str, Any]) -> None:
        config["config"]["layers"][2]["config"]["kernel_initializer"] = {"deep": [part]}

    members = redescribed(foreign_members, smuggle)
    refusal(write(path, members), f"not allowed ({class_name})")


def test_names_in_the_file_cannot_forge_the_sentence(
    path: Path, foreign_members: Members, redescribed: Redescribed, write: Write, refusal: Refusal
) -> None:
    def rename(config: dict[str, Any]) -> None:
        config["config"]["layers"][1]["class_name"] = "A\n\x1b[31mB" + "x" * 10_000

    members = redescribed(foreign_members, rename)
    refusal(write(path, members), "not allowed (A??[31mBxxx")


def test_how_it_was_compiled_is_not_read(
    path: Path, foreign_members: Members, redescribed: Redescribed, write: Write
) -> None:
    def smuggle(config: dict[str, Any]) -> None:
        config["compile_config"] = {"loss": {"class_name": "function", "module": "os"}}

    members = redescribed(foreign_members, smuggle)
    assert load_model(write(path, members)).output_shape == (None, 10)


def test_two_formats_in_one_file(
    path: Path, foreign_members: Members, foreign: Foreign, refusal: Refusal
) -> None:
    """An old model that Keras would run, with an archive at its end."""
    trace = path.with_name("run")
    old = path.with_suffix(".h5")
    foreign(layers.Lambda(touch(trace))).save(old)
    trace.unlink()
    with zipfile.ZipFile(old, "a") as archive:
        for name, content in foreign_members.items():
            archive.writestr(name, content)
    refusal(old, "is no .keras file")
    refusal(old.rename(path), "is damaged")
    assert not trace.exists()


def reweighted(members: Members, change: Callable[[h5py.File], object]) -> Members:
    """Members of which the weights are changed by a function."""
    file = io.BytesIO(members[WEIGHTS])
    with h5py.File(file, "a") as weights:
        change(weights)
    return members | {WEIGHTS: file.getvalue()}


ARRAY = "layers/dense/vars/0"


def link_softly(weights: h5py.File) -> None:
    weights.move(ARRAY, "kept")
    weights[ARRAY] = h5py.SoftLink("/kept")


def link_out_of_the_file(weights: h5py.File) -> None:
    del weights[ARRAY]
    weights[ARRAY] = h5py.ExternalLink("/etc/other.h5", ARRAY)


def pack(weights: h5py.File) -> None:
    array = weights[ARRAY][()]
    del weights[ARRAY]
    weights.create_dataset(ARRAY, data=array, compression="gzip")


def write_text(weights: h5py.File) -> None:
    del weights[ARRAY]
    weights[ARRAY] = "text"


def remove(weights: h5py.File) -> None:
    del weights["layers/dense"]


@pytest.mark.parametrize("change", [link_softly, link_out_of_the_file, pack, write_text, remove])
def test_weights_elsewhere_packed_or_none(
    path: Path,
    foreign_members: Members,
    change: Callable[[h5py.File], None],
    write: Write,
    refusal: Refusal,
) -> None:
    members = reweighted(foreign_members, change)
    refusal(write(path, members), "has no weights that" if change is remove else "has weights ")


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9, 0.99])
def test_weights_that_end_too_early(
    path: Path, foreign_members: Members, share: float, write: Write, refusal: Refusal
) -> None:
    """In an archive that is whole."""
    weights = foreign_members[WEIGHTS]
    cut = weights[: int(len(weights) * share)]
    refusal(write(path, foreign_members | {WEIGHTS: cut}), "weights")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_weights_that_are_no_numbers(
    path: Path, foreign_members: Members, value: float, write: Write, refusal: Refusal
) -> None:
    def spoil(weights: h5py.File) -> None:
        weights[ARRAY][0, 3] = value

    members = reweighted(foreign_members, spoil)
    refusal(write(path, members), f"has weights that are no numbers ({ARRAY})")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        '{"a":' * 100_000,
        "[" * 900 + "]" * 900,
        '{"class_name": ' + "9" * 10_000 + "}",
        '{"class_name": 1e999, "module": NaN, "registered_name": null, "config": {}}',
        '{"class_name": [1], "module": {}, "registered_name": null, "config": []}',
        '"\\ud800"',
    ],
)
def test_description_that_is_a_bomb(
    path: Path, foreign_members: Members, text: str, write: Write, refusal: Refusal
) -> None:
    refusal(write(path, foreign_members | {CONFIG: text.encode()}))


@pytest.mark.parametrize("key", ["class_name", "module", "config", "registered_name"])
def test_parts_that_hold_each_other(
    path: Path, foreign_members: Members, key: str, write: Write, refusal: Refusal
) -> None:
    """A megabyte that would be written out hundreds of times."""
    deep = f'{{"class_name": "x", "{key}": ' * 450 + f'"{"x" * 900_000}"' + "}" * 450
    around = '{"class_name": "Sequential", "module": "keras", "registered_name": null, "config": '
    refusal(write(path, foreign_members | {CONFIG: f"{around}{deep}}}".encode()}))


def test_models_in_models_without_end(
    path: Path, foreign_members: Members, redescribed: Redescribed, write: Write, refusal: Refusal
) -> None:
    def wrap(config: dict[str, Any]) -> None:
        for number in range(100):
            inner = {**config, "config": {**config["config"], "name": str(number)}}
            outer = config["config"]["layers"][:1]
            config["config"] = {"name": "outer", "layers": [*outer, inner]}

    members = redescribed(foreign_members, wrap)
    refusal(write(path, members), "has no weights that fit its layers")


def values_in(config: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a description."""
    yield way
    inner = config.items() if isinstance(config, dict) else ()
    for key, value in enumerate(config) if isinstance(config, list) else inner:
        yield from values_in(value, (*way, key))


@pytest.mark.parametrize("seed", range(10))
def test_changed_descriptions(
    path: Path, foreign_members: Members, write: Write, seed: int
) -> None:
    """Load, or are refused with one sentence."""
    rng = np.random.default_rng(seed)
    strange = [None, -1, 0, 3, 10**9, 1e300, "", "relu", "../x", [], [None, 28, 28, 1], {}, True]
    for _ in range(20):
        config = json.loads(foreign_members[CONFIG])
        ways = [way for way in values_in(config) if way]
        for number in rng.integers(len(ways), size=rng.integers(1, 3)):
            *first, last = ways[number]
            place = config
            with contextlib.suppress(KeyError, IndexError, TypeError):  # It went with another.
                for key in first:
                    place = place[key]
                place[last] = strange[rng.integers(len(strange))]
        write(path, foreign_members | {CONFIG: json.dumps(config).encode()})
        said = ""
        try:
            load_model(path)
        except RecognitionError as error:
            said = str(error)
        assert said.isprintable()
        assert said.count(". ") == 0
