"""The sequence recogniser: loaded safely, asked for strips of any size."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.model_file import save_model
from handwrite_gui.recognition.sequences.alphabet import CLASSES
from handwrite_gui.recognition.sequences.framing import STEP_PX, frame_strip
from handwrite_gui.recognition.sequences.networks import numbers
from handwrite_gui.recognition.sequences.sequence_recogniser import (
    SequenceRecogniser,
    load_sequence_recogniser,
    load_when_asked,
)


@pytest.fixture(scope="module")
def model() -> keras.Model:
    keras.utils.set_random_seed(1)
    return numbers()


@pytest.fixture
def saved(model: keras.Model, tmp_path: Path) -> Path:
    path = tmp_path / "numbers.keras"
    save_model(model, path, {"name": "numbers"})
    return path


def _strips() -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.random((height, width)) for height, width in ((53, 155), (20, 300), (53, 150))]


def test_answers_keep_the_order_of_the_strips(model: keras.Model) -> None:
    logs = SequenceRecogniser(model).predict(_strips())
    for strip, log in zip(_strips(), logs, strict=True):
        framed = frame_strip(strip)
        assert log.shape == (framed.shape[1] // STEP_PX, CLASSES)
        said = model.predict_on_batch(framed[None, ..., None].astype(np.float32) / 255)
        np.testing.assert_allclose(np.exp(log), np.asarray(said)[0, 0], atol=1e-4)


def test_no_strips_need_no_answer(model: keras.Model) -> None:
    assert SequenceRecogniser(model).predict([]) == []


def test_a_saved_model_answers_as_it_did(model: keras.Model, saved: Path) -> None:
    told: list[str] = []
    loaded = load_sequence_recogniser(saved, told.append)
    expected = SequenceRecogniser(model).predict(_strips())
    for log, wanted in zip(loaded.predict(_strips()), expected, strict=True):
        np.testing.assert_allclose(log, wanted, atol=1e-4)
    assert told == []


def test_a_model_without_a_card_is_told_of(saved: Path) -> None:
    saved.with_suffix(".json").unlink()
    told: list[str] = []
    load_sequence_recogniser(saved, told.append)
    assert len(told) == 1


@pytest.mark.parametrize("damage", ["missing", "cut", "another network"])
def test_a_model_that_cannot_be_used_is_refused_in_one_sentence(damage: str, saved: Path) -> None:
    if damage == "missing":
        saved.unlink()
    elif damage == "cut":
        saved.write_bytes(saved.read_bytes()[:-100])
    else:
        layers = [keras.Input((40, 40, 1)), keras.layers.Conv2D(4, 3)]
        save_model(keras.Sequential(layers), saved, {"name": "other"})
    with pytest.raises(RecognitionError, match=r"numbers\.keras") as refused:
        load_sequence_recogniser(saved)
    assert "\n" not in str(refused.value)


def test_a_network_is_loaded_once_and_only_when_asked(saved: Path) -> None:
    told: list[str] = []
    load = load_when_asked(saved, told.append)
    assert load() is load()
    saved.unlink()
    missing = load_when_asked(saved, told.append)
    assert told == []
    assert missing() is None
    assert missing() is None
    assert len(told) == 1
    assert "numbers.keras" in told[0]
