"""`handwrite-gui train`: what is learned, from what, and what is told of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.commands import train

Run = Callable[..., tuple[int, str, str]]
Events = Callable[[str], list[dict[str, Any]]]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("recipe", [name for name in train.RECIPE_NAMES if name != "numbers"])
def test_every_recipe_makes_a_model_that_reads(
    run_train: Run, new_model: Path, recipe: str
) -> None:
    options = ["--forms", 4] if recipe == "wide" else []
    code, said, told = run_train(
        "--epochs", 1, "--recipe", recipe, "--seed", 3, "--resume", *options
    )
    assert (code, said) == (0, ""), told
    learned, resumed, epoch, wrote = told.splitlines()
    assert learned.startswith("Learning from 30 of some")
    assert resumed == "No checkpoint: from step 0."
    assert epoch.startswith("epoch 1  loss ")
    assert wrote == f"Wrote {new_model} and its card."
    assert files(new_model.parent) == {"new.keras", "new.json"}

    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.model_files.card import read_card, sha256_of

    answers = load_recogniser(new_model).predict(np.zeros((1, 28, 28), np.float32))
    assert answers.sum() == pytest.approx(1, abs=1e-4)
    ours, refuses = recipe not in ("paper", "mlp"), recipe in ("handwrite", "wide", "clean")
    assert (answers[0, 10] > 0) == ours
    card = read_card(new_model)
    assert card is not None
    assert card["sha256"] == sha256_of(new_model)
    assert (card["recipe"], card["epochs"], card["seed"]) == (recipe, 1, 3)
    assert (card["temperature"], card["validation"]) == (1.0, {})
    assert card["output"].startswith(f"(N, {11 if ours else 10}) ")
    assert ("Refuses nothing" in card["limits"][-1]) == (not refuses)
    assert card["data"][0] == {
        "name": "some",
        "digits": 30,
        "terms": "not known to Handwrite",
    }
    drawn = {source["name"]: source["digits"] for source in card["data"][1:]}
    assert drawn == ({"written forms": 4 if options else 7, "no digit": 6} if refuses else {})


def test_writers_are_left_out_and_measured(
    events: Events, run_train: Run, new_model: Path, tmp_path: Path
) -> None:
    code, said, _ = run_train(
        "--writers", tmp_path / "writers.npz", "--epochs", 2, "--progress", "json"
    )
    assert code == 0
    gathered, *epochs, saved = events(said)
    assert gathered == {"event": "gathered", "digits": {"some": 27}}
    assert [(event["event"], event["epoch"]) for event in epochs] == [("epoch", 1), ("epoch", 2)]
    assert all(event["validation"].keys() == {"some"} for event in epochs)
    best = max(epochs, key=lambda event: (event["validation"]["some"], event["epoch"]))
    assert saved == {
        "event": "saved",
        "model": str(new_model),
        "epoch": best["epoch"],
        "validation": best["validation"],
    }
    card = json.loads(new_model.with_suffix(".json").read_text("utf-8"))
    assert card["validation"] == best["validation"]
    assert 0.2 <= card["temperature"] <= 5


def test_json_says_what_progress_holds_and_nothing_else(
    events: Events, run_train: Run, training_data: Path
) -> None:
    from handwrite_gui.recognition.learning.progress import Progress

    code, said, told = run_train("--data", training_data, "--epochs", 2, "--progress", "json")
    assert (code, told) == (0, "")
    gathered, *reports, saved = events(said)
    # Two files of one name are told apart.
    assert gathered == {"event": "gathered", "digits": {"some": 30, "some (2)": 30}}
    assert saved["event"] == "saved"
    assert [report["step"] for report in reports] == [1, 2]
    for report in reports:
        assert report.keys() == {"event", *Progress.__slots__}


def test_training_is_done_in_time(events: Events, run_train: Run, new_model: Path) -> None:
    code, said, _ = run_train("--minutes", 0.01, "--epochs", 10**7, "--progress", "json")
    assert code == 0
    last = [event for event in events(said) if event["event"] == "epoch"][-1]
    assert last["done"] == 1
    assert last["seconds_left"] == 0
    assert last["seconds"] >= 0.6
    assert files(new_model.parent) == {"new.keras", "new.json"}


def test_teacher_and_temperature_are_used(run_train: Run, new_model: Path, tmp_path: Path) -> None:
    teacher = tmp_path / "teacher.keras"
    assert run_train("--epochs", 1, "--out", teacher)[0] == 0
    options = ["--teacher", teacher, "--teacher", teacher, "--temperature", 1e9]
    code, said, told = run_train("--epochs", 1, *options)
    assert (code, said) == (0, ""), told
    from handwrite_gui.recognition.model_files.model_file import load_model

    image = np.random.default_rng(0).uniform(0, 1, (1, 28, 28, 1)).astype(np.float32)
    assert load_model(new_model)(image).numpy() == pytest.approx(1 / 10, abs=1e-6)
    card = json.loads(new_model.with_suffix(".json").read_text("utf-8"))
    assert card["teachers"] == ["teacher", "teacher"]
    assert card["no_digit_prior"] == 0

    code, said, told = run_train("--recipe", "handwrite", "--teacher", teacher)
    assert (code, said) == (1, "")
    assert told == (
        "The teacher mlp knows 10 answers, and the recipe handwrite 11; choose another teacher.\n"
    )
    missing = tmp_path / "missing.keras"
    code, said, told = run_train("--teacher", missing)
    assert (code, said, told.count("\n")) == (1, "", 1)
    assert told.startswith(f"The model {missing} ")


def test_how_rare_no_digit_is_can_be_told(run_train: Run, new_model: Path, tmp_path: Path) -> None:
    """Beside a teacher, too, and nothing else changes by it."""
    from handwrite_gui.recognition.model_files.model_file import load_model

    def bias(*words: object) -> np.ndarray:
        assert run_train("--epochs", 1, "--recipe", "handwrite", *words)[0] == 0
        card = json.loads(new_model.with_suffix(".json").read_text("utf-8"))
        priors.append(card["no_digit_prior"])
        return np.asarray(load_model(new_model).get_layer("logits").get_weights()[1])

    priors: list[float] = []
    usual, rarer = bias(), bias("--no-digit-prior", 0.001)
    new_model.rename(teacher := tmp_path / "teacher.keras")
    new_model.with_suffix(".json").unlink()
    taught, rarely = (bias("--teacher", teacher, "--no-digit-prior", p) for p in (0.01, 0.001))
    assert priors == [0.01, 0.001, 0.01, 0.001]
    shift = np.log(0.001 / 0.999) - np.log(0.01 / 0.99)
    for before, after in ((usual, rarer), (taught, rarely)):
        assert after[:10] == pytest.approx(before[:10], abs=1e-3)
        assert after[10] - before[10] == pytest.approx(shift, abs=1e-3)


def test_training_goes_on_from_a_model(run_train: Run, new_model: Path, tmp_path: Path) -> None:
    start = tmp_path / "start.keras"
    assert run_train("--epochs", 1, "--recipe", "quick", "--out", start)[0] == 0
    code, said, told = run_train("--epochs", 1, "--recipe", "quick", "--start", start)
    assert (code, said) == (0, ""), told
    card = json.loads(new_model.with_suffix(".json").read_text("utf-8"))
    assert card["start"] == "start"

    code, said, told = run_train("--recipe", "wide", "--start", start)
    assert (code, said) == (1, "")
    assert told.splitlines()[-1] == (
        "The model handwrite to start from does not fit the recipe wide (it belongs to another "
        "network); choose another model or recipe."
    )
    missing = tmp_path / "missing.keras"
    code, said, told = run_train("--start", missing)
    assert (code, said, told.count("\n")) == (1, "", 1)
    assert told.startswith(f"The model {missing} ")
