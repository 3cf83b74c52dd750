"""Model files: ours, others', and damaged ones."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers
from numpy.typing import NDArray

from handwrite_gui import paths
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.recipes import RECIPES
from handwrite_gui.recognition.model_files import card as model_card
from handwrite_gui.recognition.model_files.archive import CONFIG
from handwrite_gui.recognition.model_files.card import read_card, write_card
from handwrite_gui.recognition.model_files.model_file import load_model, save_model

Members = dict[str, bytes]
Foreign = Callable[..., keras.Model]
Write = Callable[..., Path]
Refusal = Callable[..., None]


def answers(model: keras.Model) -> NDArray[np.float32]:
    images = np.random.default_rng(1).uniform(0, 1, (3, 28, 28, 1)).astype(np.float32)
    result: NDArray[np.float32] = model(images, training=False).numpy()
    return result


@pytest.mark.parametrize("name", RECIPES)
def test_our_networks_are_rebuilt(path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    keras.utils.set_random_seed(7)
    model = RECIPES[name].network()
    for layer in model.layers:
        layer.set_weights([weight + 0.01 for weight in layer.get_weights()])
    save_model(model, path)

    def run(*_: object, **__: object) -> None:
        pytest.fail("a file of ours is not run as a program")

    monkeypatch.setattr(keras.models, "load_model", run)
    monkeypatch.setattr(keras.saving, "deserialize_keras_object", run)
    loaded = load_model(path)
    assert loaded.name == model.name
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
def test_foreign_network_is_loaded(path: Path, classes: int, foreign: Foreign) -> None:
    model = foreign(layers.Conv2D(4, 3, activation="relu"), layers.MaxPooling2D(), classes=classes)
    model.save(path)
    loaded = load_model(path)
    assert loaded.output_shape == (None, classes)
    assert answers(loaded) == pytest.approx(answers(model), abs=1e-6)


def test_loaded_model_can_be_saved_again(path: Path, foreign: Foreign) -> None:
    model = foreign(layers.Conv2D(4, 3), layers.BatchNormalization())
    save_model(model, path)
    save_model(load_model(path), path)
    assert answers(load_model(path)) == pytest.approx(answers(model), abs=1e-6)


def test_missing_empty_folder_and_text(path: Path, refusal: Refusal) -> None:
    refusal(path, "is not there")
    refusal(path.parent, "is a folder, where one .keras file is needed")
    path.write_bytes(b"")
    refusal(path, "is damaged")
    path.write_text("I am a model, honestly.\n" * 1000)
    refusal(path, "is damaged")


@pytest.mark.parametrize("suffix", [".h5", ".pkl", ".keras.zip", ""])
def test_only_keras_files(path: Path, suffix: str, foreign: Foreign, refusal: Refusal) -> None:
    foreign().save(path)
    refusal(path.rename(path.with_suffix(suffix)), "is no .keras file")


def test_only_the_model_that_was_brought_along_is_to_be_installed_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "careful_models", lambda: (path,))
    monkeypatch.chdir(path.parent)
    for same in (path, Path(path.name)):
        with pytest.raises(RecognitionError, match=r"; install Handwrite again, or name another"):
            load_model(same)


# The card


def test_model_and_its_card_are_written_together(path: Path, foreign: Foreign) -> None:
    save_model(foreign(), path, {"name": "first"})
    save_model(foreign(), path, {"name": "second"})
    warnings: list[str] = []
    assert load_model(path, warnings.append) is not None
    assert warnings == []
    assert (read_card(path) or {})["name"] == "second"
    assert {file.name for file in path.parent.iterdir()} == {"some.keras", "some.json"}


def test_model_that_somebody_has_open_keeps_its_card(
    path: Path, foreign: Foreign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows has it."""
    save_model(foreign(), path, {"name": "old"})
    replace = os.replace

    def in_use(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr("os.replace", in_use)
    with pytest.raises(PermissionError):
        save_model(foreign(), path, {"name": "new"})
    assert (read_card(path) or {})["name"] == "old"
    warnings: list[str] = []
    load_model(path, warnings.append)
    assert warnings == []


@pytest.mark.parametrize("survived", [0, 1, 2, 3])
def test_power_cut_while_both_are_put_in_place(
    path: Path, foreign: Foreign, monkeypatch: pytest.MonkeyPatch, survived: int
) -> None:
    """Whatever is left can be loaded, and no card speaks of another model.

    Renamed are the new card's own file, the old card, the model and the new card.
    """
    save_model(foreign(), path, {"name": "old"})
    replaced: list[object] = []
    replace = os.replace

    def cut(*names: Any) -> None:
        if len(replaced) == survived:
            raise KeyboardInterrupt
        replaced.append(names)
        replace(*names)

    monkeypatch.setattr("os.replace", cut)
    with pytest.raises(KeyboardInterrupt):
        save_model(foreign(), path, {"name": "new"})
    warnings: list[str] = []
    assert load_model(path, warnings.append) is not None
    assert ["has no card" in warning for warning in warnings] == [True] * (survived > 1)


def test_model_of_its_card_is_loaded_without_a_word(path: Path, foreign: Foreign) -> None:
    foreign().save(path)
    write_card(path, {"name": "some"})
    warnings: list[str] = []
    assert load_model(path, warnings.append) is not None
    assert warnings == []


def test_model_without_a_card_is_loaded_after_a_warning(path: Path, foreign: Foreign) -> None:
    foreign().save(path)
    warnings: list[str] = []
    assert load_model(path, warnings.append) is not None
    (warning,) = warnings
    assert warning.startswith(f"The model {path} has no card: ")


def test_model_of_another_card_is_refused(path: Path, foreign: Foreign) -> None:
    foreign().save(path)
    write_card(path, {"name": "some"})
    foreign(layers.Dense(3)).save(path)
    with pytest.raises(RecognitionError, match=r"is another than the one of its card some\.json: "):
        load_model(path)


def test_what_was_checked_is_what_is_loaded(
    path: Path, foreign: Foreign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the file is exchanged as soon as it was read."""
    foreign().save(path)
    write_card(path, {"name": "some"})
    read_card = model_card.read_card

    def exchange(model: Path) -> dict[str, Any] | None:
        model.write_bytes(b"another")
        return read_card(model)

    monkeypatch.setattr(model_card, "read_card", exchange)
    assert load_model(path, pytest.fail).output_shape == (None, 10)


# Damage


@pytest.mark.parametrize("share", np.linspace(0.0001, 0.9999, 20))
def test_truncated_file(
    path: Path, our_members: Members, share: float, write: Write, refusal: Refusal
) -> None:
    write(path, our_members)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refusal(path, "is damaged")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b'{"config": 3}', b"[" * 10**5])
def test_description_that_is_none(
    path: Path, our_members: Members, content: bytes, write: Write, refusal: Refusal
) -> None:
    refusal(write(path, our_members | {CONFIG: content}), "is damaged")
