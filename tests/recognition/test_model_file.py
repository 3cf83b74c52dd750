"""Model files: ours, others', and damaged ones."""

import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers
from numpy.typing import NDArray

from handwrite_gui import paths
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_file import (
    CONFIG,
    METADATA,
    MOST_BYTES,
    WEIGHTS,
    load_model,
    save_model,
)
from handwrite_gui.recognition.networks import NETWORKS

Members = dict[str, bytes]
Foreign = Callable[..., keras.Model]
Write = Callable[..., Path]
Refusal = Callable[..., None]


def answers(model: keras.Model) -> NDArray[np.float32]:
    images = np.random.default_rng(1).uniform(0, 1, (3, 28, 28, 1)).astype(np.float32)
    result: NDArray[np.float32] = model(images, training=False).numpy()
    return result


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


def test_saving_replaces_whole_or_not_at_all(
    path: Path, monkeypatch: pytest.MonkeyPatch, foreign: Foreign
) -> None:
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
def test_foreign_network_is_loaded(path: Path, classes: int, suffix: str, foreign: Foreign) -> None:
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


def test_another_network_may_have_our_name(path: Path, foreign: Foreign) -> None:
    model = foreign()
    keras.Model(model.inputs, model.outputs, name="paper").save(path)
    assert answers(load_model(path)) == pytest.approx(answers(model), abs=1e-6)


def test_missing_empty_folder_and_text(path: Path, refusal: Refusal) -> None:
    refusal(path, "is not there")
    refusal(path.parent, "is no file")
    path.write_bytes(b"")
    refusal(path, "is damaged")
    path.write_text("I am a model, honestly.\n" * 1000)
    refusal(path, "is damaged")


def test_only_the_model_that_was_brought_along_is_to_be_installed_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "default_model", lambda: path)
    monkeypatch.chdir(path.parent)
    for same in (path, Path(path.name)):
        with pytest.raises(RecognitionError, match=r"; install Handwrite again, or name another"):
            load_model(same)


def test_huge_file_is_not_read(path: Path, refusal: Refusal) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    refusal(path, "32 MB")


@pytest.mark.parametrize("share", np.linspace(0.0001, 0.9999, 20))
def test_truncated_file(
    path: Path, our_members: Members, share: float, write: Write, refusal: Refusal
) -> None:
    write(path, our_members)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refusal(path, "is damaged")


def test_changed_bytes_are_found(path: Path, our_members: Members, write: Write) -> None:
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
def test_further_member(
    path: Path, our_members: Members, name: str, write: Write, refusal: Refusal
) -> None:
    write(path, our_members)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"{}")
    refusal(path, "is no Keras model")


@pytest.mark.parametrize("name", [CONFIG, WEIGHTS, METADATA])
def test_member_missing(
    path: Path, our_members: Members, name: str, write: Write, refusal: Refusal
) -> None:
    write(path, {key: value for key, value in our_members.items() if key != name})
    refusal(path, "is no Keras model")


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_packed_members(
    path: Path, our_members: Members, compression: int, write: Write, refusal: Refusal
) -> None:
    write(path, our_members, compression=compression)
    if compression == zipfile.ZIP_DEFLATED:
        assert load_model(path).name == "handwrite"
    else:
        refusal(path, "compressed in a way that Keras does not use")


def test_bomb_that_says_how_large_it_is(
    path: Path, our_members: Members, write: Write, refusal: Refusal
) -> None:
    zeros = bytes(MOST_BYTES)
    write(path, our_members | {METADATA: zeros}, compression=zipfile.ZIP_DEFLATED)
    refusal(path, "larger than 32 MB")


def test_bomb_that_lies_about_its_size(
    path: Path, our_members: Members, write: Write, refusal: Refusal
) -> None:
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


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"config": 3}', b"[" * 10**5])
def test_description_that_is_none(
    path: Path, our_members: Members, content: bytes, write: Write, refusal: Refusal
) -> None:
    refusal(write(path, our_members | {CONFIG: content}), "is damaged")


def test_description_that_is_too_long(
    path: Path, our_members: Members, write: Write, refusal: Refusal
) -> None:
    refusal(write(path, our_members | {CONFIG: our_members[CONFIG] + b" " * 2**20}), "larger than")
