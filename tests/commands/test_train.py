import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.commands import command_line

Run = Callable[..., tuple[int, str, str]]
RunProgram = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(run_command: Run) -> Run:
    return partial(run_command, "train")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Thirty images, by ten writers of three each."""
    images = np.random.default_rng(0).integers(0, 256, (30, 28, 28), np.uint8)
    labels = (np.arange(30) % 10).astype(np.uint8)
    np.savez(tmp_path / "some.npz", x_train=images, y_train=labels)
    np.savez(tmp_path / "writers.npz", train_writer=np.arange(30) // 3)
    return tmp_path / "some.npz"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "models" / "new.keras"


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was asked of the training, in the place of which a new network is returned."""
    from handwrite_gui.recognition.runtime import start_tensorflow

    start_tensorflow()
    from handwrite_gui.recognition import training
    from handwrite_gui.recognition.networks import handwrite

    asked: list[dict[str, Any]] = []

    def train(digits: object, epochs: int, **options: Any) -> object:
        asked.append({"digits": digits, "epochs": epochs, **options})
        options["on_progress"](training.Progress(5, 5, 0.5, 0.9, 1000.0, {"some": 0.75}))
        return handwrite()

    monkeypatch.setattr(training, "train", train)
    return asked


def test_model_and_card_are_written(
    run_program: RunProgram, data: Path, out: Path, tmp_path: Path
) -> None:
    """The whole command as a program of its own, with the real training."""
    writers = tmp_path / "writers.npz"
    options = ["--data", data, "--writers", writers, "--out", out, "--epochs", "2", "--seed", "3"]
    done = run_program("train", *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"Wrote {out} and its card.\n"
    first, second = done.stderr.splitlines()
    assert first.startswith("epoch 1/2  loss ")
    assert second.startswith("epoch 2/2  loss ")
    assert "  some " in second
    assert "  no digit " in second
    assert {path.name for path in out.parent.iterdir()} == {"new.keras", "new.json"}

    from handwrite_gui.recognition.keras_recogniser import load_recogniser
    from handwrite_gui.recognition.model_card import read_card, sha256_of

    answers = load_recogniser(out).predict(np.zeros((1, 28, 28), np.float32))
    assert answers.sum() == pytest.approx(1, abs=1e-4)
    card = read_card(out)
    assert card is not None
    assert card["sha256"] == sha256_of(out)
    assert (card["epochs"], card["steps"], card["seed"]) == (2, 2, 3)
    assert [source["name"] for source in card["data"]] == ["some", "no digit"]
    assert card["data"][0]["digits"] == 27
    assert card["validation"].keys() == {"some", "no digit"}
    assert 0.2 <= card["temperature"] <= 5


def test_options_reach_the_training(
    run: Run, data: Path, out: Path, trained: list[dict[str, Any]]
) -> None:
    code, said, told = run("--data", data, "--data", data, "--out", out, "--epochs", 5)
    assert (code, said) == (0, f"Wrote {out} and its card.\n")
    (asked,) = trained
    assert (asked["epochs"], asked["seed"], asked["validation"]) == (5, 0, ())
    assert len(asked["digits"]) == 66
    assert told.splitlines() == [
        "epoch 5/5  loss 0.5000  accuracy 90.00%  1000 images/s  some 75.00%"
    ]
    assert json.loads(out.with_suffix(".json").read_text("utf-8"))["temperature"] == 1.0


def test_temperature_is_applied(
    run: Run, data: Path, out: Path, trained: list[dict[str, Any]]
) -> None:
    assert run("--data", data, "--out", out, "--temperature", 1e9)[0] == 0
    from handwrite_gui.recognition.keras_recogniser import load_recogniser

    image = np.random.default_rng(0).uniform(0, 1, (1, 28, 28)).astype(np.float32)
    assert load_recogniser(out).predict(image) == pytest.approx(1 / 11, abs=1e-6)


def test_failed_writing_leaves_the_old_model(
    run: Run,
    data: Path,
    out: Path,
    trained: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out.parent.mkdir()
    out.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    code, said, told = run("--data", data, "--out", out)
    assert (code, said) == (1, "")
    assert told.splitlines()[-1] == (
        f"{out} could not be written (No space left on device); choose another place."
    )
    assert list(out.parent.iterdir()) == [out]
    assert out.read_bytes() == b"old"


def test_place_is_tried_before_the_training(
    run: Run, data: Path, tmp_path: Path, trained: list[dict[str, Any]]
) -> None:
    code, said, told = run("--data", data, "--out", data / "new.keras")
    assert (code, said) == (1, "")
    assert told.count("\n") == 1
    assert told.endswith("; choose another place.\n")
    assert trained == []


def test_name_that_is_no_model(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.keras").mkdir()
    for name in ("model.h5", "model", "folder.keras"):
        code, said, told = run("--data", data, "--out", tmp_path / name)
        assert (code, said) == (1, "")
        assert told == f"{tmp_path / name} must be a file that ends in .keras; choose another.\n"


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_bad_data_is_one_sentence(
    run: Run, data: Path, out: Path, trained: list[dict[str, Any]], content: bytes
) -> None:
    data.write_bytes(content)
    code, said, told = run("--data", data, "--out", out)
    assert (code, said) == (1, "")
    assert told.startswith(f"{data} could not be read as .npz data (")
    assert told.endswith("; name a file such as mnist.npz.\n")
    assert told.count("\n") == 1
    assert not out.parent.exists()
    assert trained == []


def test_stop_before_anything_was_learned_writes_nothing(
    run: Run,
    data: Path,
    out: Path,
    trained: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from handwrite_gui.recognition import training

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "train", stop)
    code, said, told = run("--data", data, "--out", out)
    assert (code, said, told) == (command_line.INTERRUPTED, "", "")
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--out", "x.keras", "--epochs", "0"],
        ["--out", "x.keras", "--epochs", "many"],
        ["--out", "x.keras", "--temperature", "0"],
        ["--out", "x.keras", "--temperature", "nan"],
        ["--out", "x.keras", "--temperature", "warm"],
        ["--out", "x.keras", "--temperature", "-2"],
        ["--out", "x.keras", "extra"],
    ],
)
def test_wrong_use(run: Run, words: list[str]) -> None:
    code, said, told = run(*words)
    assert (code, said) == (2, "")
    assert told.startswith("handwrite-gui train: ")
    assert told.endswith("; handwrite-gui train --help shows what it takes.\n")
    assert "_" not in told  # A function's name says nothing to a person.
