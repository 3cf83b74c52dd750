"""The model that is shipped, held to what its card and the README promise."""

from pathlib import Path

import pytest

from handwrite_gui import paths
from handwrite_gui.recognition.data.datasets import HELD_OUT_PEN_WRITERS, load_digits
from handwrite_gui.recognition.keras_recogniser import KerasRecogniser, load_recogniser
from handwrite_gui.recognition.measurement.evaluation import evaluate
from handwrite_gui.recognition.model_files.card import read_card, sha256_of


@pytest.fixture(scope="module")
def recogniser() -> KerasRecogniser:
    return load_recogniser(paths.default_model())


@pytest.mark.parametrize("model", paths.careful_models(), ids=lambda model: model.name)
def test_models_are_those_of_their_cards(model: Path) -> None:
    card = read_card(model)
    assert card is not None
    assert card["name"] == model.stem
    assert card["sha256"] == sha256_of(model)
    assert {"date", "data", "seed", "limits"} <= card.keys()


def test_models_are_small() -> None:
    sizes = [model.stat().st_size for model in paths.careful_models()]
    assert sizes[0] <= 2e6
    assert sum(sizes) <= 8e6


def test_card_tells_how_well_they_read() -> None:
    card = read_card(paths.default_model())
    assert card is not None
    assert card["metrics"]["mnist, test part"]["accuracy"] >= 0.995
    carefully = card["metrics"]["mnist, test part, read carefully"]["accuracy"]
    assert carefully > card["metrics"]["mnist, test part"]["accuracy"]


def test_mnist_test_part_is_read_as_the_card_says(
    recogniser: KerasRecogniser, data_dir: Path
) -> None:
    evaluation = evaluate(recogniser, load_digits(data_dir / "mnist.npz", "test"))
    assert evaluation.n == 10_000
    assert evaluation.accuracy >= 0.995


def test_pen_strokes_of_writers_that_no_model_saw_are_read(
    recogniser: KerasRecogniser, data_dir: Path
) -> None:
    digits = load_digits(data_dir / "pendigits_train.npz", "train")
    assert digits.writers is not None
    held_out = digits.where(digits.writers >= HELD_OUT_PEN_WRITERS.start)
    assert len(held_out) == 1_498
    assert evaluate(recogniser, held_out).accuracy >= 0.95
