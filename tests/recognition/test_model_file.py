"""Model files: ours and others', and those that somebody made to do harm."""

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from keras import layers
from numpy.typing import NDArray

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_file import (
    CONFIG,
    METADATA,
    MOST_BYTES,
    WEIGHTS,
    load_model,
    save_model,
)
from handwrite_gui.recognition.networks import NETWORKS, handwrite

Members = dict[str, bytes]
Edit = Callable[[Members], None]


def answers(model: keras.Model) -> NDArray[np.float32]:
    images = np.random.default_rng(1).uniform(0, 1, (3, 28, 28, 1)).astype(np.float32)
    result: NDArray[np.float32] = model(images, training=False).numpy()
    return result


def foreign(*inner: keras.Layer, classes: int = 10, side: int = 28) -> keras.Model:
    ends = [layers.Flatten(), layers.Dense(classes, activation="softmax")]
    return keras.Sequential([keras.Input((side, side, 1)), *inner, *ends], name="foreign")


@pytest.fixture(scope="module")
def our_members(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """What is in a file of our own network."""
    path = tmp_path_factory.mktemp("ours") / "ours.keras"
    keras.utils.set_random_seed(1)
    save_model(handwrite(), path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def foreign_members(tmp_path_factory: pytest.TempPathFactory) -> Members:
    path = tmp_path_factory.mktemp("foreign") / "foreign.keras"
    foreign(layers.Dense(4)).save(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.keras"


def write(path: Path, members: Members, **options: Any) -> Path:
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path, says: str = "") -> None:
    """Check that a file is refused with one sentence, soon."""
    start = time.process_time()
    with pytest.raises(RecognitionError) as caught:
        load_model(path)
    assert time.process_time() - start < 15
    message = str(caught.value)
    assert message.startswith(f"The model {path} ")
    assert message.endswith("name another model with --model.")
    assert message.count(". ") == 0
    assert message.isprintable()
    assert says in message


@pytest.mark.parametrize("name", NETWORKS)
def test_our_networks_are_rebuilt(path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    keras.utils.set_random_seed(7)
    model = NETWORKS[name]()
    for layer in model.layers:
        layer.set_weights([weight + 0.01 for weight in layer.get_weights()])
    save_model(model, path)

    def run(*_: object, **__: object) -> None:
        pytest.fail("a file of ours is not run as a program")

    monkeypatch.setattr(keras.models, "load_model", run)
    monkeypatch.setattr(keras.saving, "deserialize_keras_object", run)
    loaded = load_model(path)
    assert loaded.name == name
    assert answers(loaded) == pytest.approx(answers(model), abs=1e-6)
    assert list(path.parent.iterdir()) == [path]


def test_saving_replaces_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", fail)
        with pytest.raises(OSError, match="No space"):
            save_model(foreign(), path)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
    save_model(foreign(), path.parent / "new" / "deep.keras")
    assert zipfile.is_zipfile(path.parent / "new" / "deep.keras")


@pytest.mark.parametrize("classes", [10, 11])
@pytest.mark.parametrize("suffix", [".keras", ".h5", ""])
def test_foreign_network_is_loaded(path: Path, classes: int, suffix: str) -> None:
    model = foreign(
        layers.Rescaling(2.0),
        layers.Conv2D(4, 3, activation="relu", kernel_regularizer="l2"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(),
        layers.Dropout(0.2),
        classes=classes,
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.save(path)
    path = path.rename(path.with_suffix(suffix))
    loaded = load_model(path)
    assert loaded.output_shape == (None, classes)
    assert answers(loaded) == pytest.approx(answers(model), abs=1e-6)


def test_foreign_network_may_branch_and_nest(path: Path) -> None:
    inputs = keras.Input((28, 28, 1))
    left, right = layers.Conv2D(2, 3)(inputs), layers.Conv2D(2, 3)(inputs)
    inner = keras.Sequential([layers.Flatten(), layers.Dense(10, activation="softmax")])
    model = keras.Model(inputs, inner(layers.Concatenate()([left, right])))
    model.save(path)
    assert answers(load_model(path)) == pytest.approx(answers(model), abs=1e-6)


def test_another_network_may_have_our_name(path: Path) -> None:
    model = foreign()
    keras.Model(model.inputs, model.outputs, name="paper").save(path)
    assert answers(load_model(path)) == pytest.approx(answers(model), abs=1e-6)


def test_missing_empty_folder_and_text(path: Path) -> None:
    refusal(path, "is not there")
    refusal(path.parent, "is no file")
    path.write_bytes(b"")
    refusal(path, "is damaged")
    path.write_text("I am a model, honestly.\n" * 1000)
    refusal(path, "is damaged")


def test_huge_file_is_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    refusal(path, "32 MB")


@pytest.mark.parametrize("share", np.linspace(0.0001, 0.9999, 20))
def test_truncated_file(path: Path, our_members: Members, share: float) -> None:
    write(path, our_members)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refusal(path, "is damaged")


def test_changed_bytes_are_found(path: Path, our_members: Members) -> None:
    write(path, our_members)
    content = np.frombuffer(path.read_bytes(), np.uint8)
    rng = np.random.default_rng(3)
    # Most of the file is weights; names and sizes stand at the ends.
    places = [*rng.integers(len(content), size=15), *(len(content) - rng.integers(1, 300, 45))]
    refused = 0
    for place in places:
        changed = content.copy()
        changed[place] ^= rng.integers(1, 256, dtype=np.uint8)
        path.write_bytes(changed.tobytes())
        try:
            load_model(path)
        except RecognitionError:
            refused += 1
    assert refused > 40


@pytest.mark.parametrize(
    "name", ["../evil.py", "/etc/evil", "assets/vocabulary.txt", CONFIG, "model.weights.npz"]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_further_member(path: Path, our_members: Members, name: str) -> None:
    write(path, our_members)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"{}")
    refusal(path, "is no Keras model")


@pytest.mark.parametrize("name", [CONFIG, WEIGHTS, METADATA])
def test_member_missing(path: Path, our_members: Members, name: str) -> None:
    write(path, {key: value for key, value in our_members.items() if key != name})
    refusal(path, "is no Keras model")


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_packed_members(path: Path, our_members: Members, compression: int) -> None:
    write(path, our_members, compression=compression)
    if compression == zipfile.ZIP_DEFLATED:
        assert load_model(path).name == "handwrite"
    else:
        refusal(path, "compressed in a way that Keras does not use")


def test_bomb_that_says_how_large_it_is(path: Path, our_members: Members) -> None:
    zeros = bytes(MOST_BYTES)
    write(path, our_members | {METADATA: zeros}, compression=zipfile.ZIP_DEFLATED)
    refusal(path, "larger than 32 MB")


def test_bomb_that_lies_about_its_size(path: Path, our_members: Members) -> None:
    size = 150_000_000
    write(path, our_members | {METADATA: bytes(size)}, compression=zipfile.ZIP_DEFLATED)
    content = path.read_bytes()
    assert content.count(size.to_bytes(4, "little")) == 2
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    tracemalloc.start()
    try:
        refusal(path, "is damaged")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


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


def test_lambda_is_not_run(path: Path) -> None:
    trace = path.with_name("run")
    model = foreign(layers.Lambda(touch(trace)))
    model.save(path)
    trace.unlink()
    refusal(path, "not allowed (Lambda, ")
    assert not trace.exists()


def test_registered_class_is_not_run(path: Path, foreign_members: Members) -> None:
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
    path: Path, foreign_members: Members, class_name: str, module: str | None
) -> None:
    part = {"class_name": class_name, "module": module, "config": {}, "registered_name": None}

    def smuggle(config: dict[str, Any]) -> None:
        config["config"]["layers"][2]["config"]["kernel_initializer"] = {"deep": [part]}

    members = dict(foreign_members)
    edited_config(smuggle)(members)
    refusal(write(path, members), f"not allowed ({class_name})")


def test_how_it_was_compiled_is_not_read(path: Path, foreign_members: Members) -> None:
    def smuggle(config: dict[str, Any]) -> None:
        config["compile_config"] = {"loss": {"class_name": "function", "module": "os"}}

    members = dict(foreign_members)
    edited_config(smuggle)(members)
    assert load_model(write(path, members)).output_shape == (None, 10)


def test_two_formats_in_one_file(path: Path, foreign_members: Members) -> None:
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
        lambda: foreign(side=32),
        lambda: foreign(classes=12),
        lambda: foreign(classes=1),
        lambda: keras.Sequential([keras.Input((28, 28, 1)), layers.Dense(10)]),
        lambda: keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)]),
        lambda: keras.Sequential([keras.Input((784,)), layers.Dense(10)]),
    ],
)
def test_wrong_shape(path: Path, model: Callable[[], keras.Model]) -> None:
    model().save(path)
    refusal(path, "has the wrong shape")


def test_several_inputs_or_outputs(path: Path) -> None:
    one, two = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    out = layers.Dense(10)(layers.Flatten()(layers.Add()([one, two])))
    for inputs, outputs in (([one, two], out), ({"a": one, "b": two}, [out, out])):
        keras.Model(inputs, outputs).save(path)
        refusal(path)


@pytest.mark.filterwarnings("ignore:You are saving a model that has not yet been built")
def test_network_without_an_input(path: Path) -> None:
    keras.Sequential([layers.Flatten(), layers.Dense(10)]).save(path)
    refusal(path)


def test_our_name_with_weights_of_other_shapes(path: Path, our_members: Members) -> None:
    members = dict(our_members)
    file = io.BytesIO(members[WEIGHTS])
    with h5py.File(file, "a") as weights:
        del weights["layers/dense/vars/0"]
        weights["layers/dense/vars/0"] = np.zeros((5, 11), np.float32)
    members[WEIGHTS] = file.getvalue()
    refusal(write(path, members), "is damaged")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"config": 3}', b"[" * 10**5])
def test_description_that_is_none(path: Path, our_members: Members, content: bytes) -> None:
    refusal(write(path, our_members | {CONFIG: content}), "is damaged")


def test_description_that_is_too_long(path: Path, our_members: Members) -> None:
    refusal(write(path, our_members | {CONFIG: our_members[CONFIG] + b" " * 2**20}), "larger than")


def without_built_shapes(config: Any) -> Any:
    if isinstance(config, dict):
        return {k: without_built_shapes(v) for k, v in config.items() if k != "build_config"}
    return [without_built_shapes(v) for v in config] if isinstance(config, list) else config


@pytest.mark.parametrize("units", [100_000, 10**9, 10**15])
def test_network_that_would_fill_the_memory(
    path: Path, foreign_members: Members, units: int
) -> None:
    def blow_up(config: dict[str, Any]) -> None:
        config["config"] = without_built_shapes(config["config"])
        config["config"]["layers"][1]["config"]["units"] = units

    members = dict(foreign_members)
    edited_config(blow_up)(members)
    refusal(write(path, members), "is a network that is too large")


def test_network_with_huge_answers_inside(path: Path) -> None:
    foreign(layers.ZeroPadding2D(600), layers.GlobalAveragePooling2D()).save(path)
    refusal(path, "is a network that is too large")


def test_network_of_endless_layers(path: Path, foreign_members: Members) -> None:
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
    path: Path, our_members: Members, foreign_members: Members, kind: str, ours: bool
) -> None:
    members = dict(our_members if ours else foreign_members)
    assert load_model(write(path, members)) is not None
    place_elsewhere(kind, path.with_name("other.h5"))(members)
    refusal(write(path, members), "has weights")
