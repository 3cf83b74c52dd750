"""The model that is shipped, held to what its card and the README promise."""

from pathlib import Path

import numpy as np
import pytest

from handwrite_gui import paths
from handwrite_gui.recognition.data.datasets import HELD_OUT_PEN_WRITERS, load_digits
from handwrite_gui.recognition.keras_recogniser import KerasRecogniser, load_recogniser
from handwrite_gui.recognition.measurement.evaluation import evaluate
from handwrite_gui.recognition.model_files.card import read_card, sha256_of
from handwrite_gui.recognition.model_files.model_file import fill_from_file
from handwrite_gui.recognition.sequences.material import Files, load_hands
from handwrite_gui.recognition.sequences.networks import numbers
from handwrite_gui.recognition.sequences.papers import Papers
from handwrite_gui.recognition.sequences.strips import draw_strip, to_batch
from handwrite_gui.recognition.sequences.training import measure


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


def test_the_model_of_whole_numbers_is_that_of_its_card_and_small() -> None:
    model = paths.numbers_model()
    card = read_card(model)
    assert card is not None
    assert card["sha256"] == sha256_of(model)
    assert {"date", "data", "seed", "limits", "steps"} <= card.keys()
    assert {source["name"] for source in card["data"]} == {
        "mnist",
        "pendigits_train",
        "written forms",
    }
    assert card["weights"] <= 1_000_000
    assert model.stat().st_size <= 4e6


def test_whole_numbers_of_hands_it_never_saw_are_read(data_dir: Path) -> None:
    """Strips as it learned from, of other writers; a quarter of them is hardly legible."""
    files = Files(
        (data_dir / "mnist.npz", data_dir / "pendigits_train.npz"),
        data_dir / "mnist_writers.npz",
    )
    hands = load_hands(files, 0, to_measure=True)
    rng = np.random.default_rng(1)
    papers = Papers(rng)
    network = numbers()
    fill_from_file(network, paths.numbers_model())
    batches = []
    for _ in range(60):
        image, text = draw_strip(hands, papers, rng)
        batches.append(to_batch([(image, text)]))
    assert measure(network, batches)["strips"] > 0.5
