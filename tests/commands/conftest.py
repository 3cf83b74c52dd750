"""The command line, in this process and in one of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.commands import command_line
from handwrite_gui.recognition.runtime import start_tensorflow

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command with its words; returns its exit code, output and complaints."""

    def run_command(*words: object) -> tuple[int, str, str]:
        code = command_line.run([*map(str, words)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def run_program(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command with its words as a program of its own."""

    def run_program(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "handwrite_gui", *map(str, words)],
            env={**os.environ, "HANDWRITE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    return run_program


@pytest.fixture
def training_data(tmp_path: Path) -> Path:
    """Thirty images, by ten writers of three each."""
    images = np.random.default_rng(0).integers(0, 256, (30, 28, 28), np.uint8)
    labels = (np.arange(30) % 10).astype(np.uint8)
    np.savez(tmp_path / "some.npz", x_train=images, y_train=labels)
    np.savez(tmp_path / "writers.npz", train_writer=np.arange(30) // 3)
    return tmp_path / "some.npz"


@pytest.fixture
def new_model(tmp_path: Path) -> Path:
    return tmp_path / "models" / "new.keras"


@pytest.fixture
def run_train(run_command: Run, training_data: Path, new_model: Path) -> Run:
    """Trains on the data; `mlp`, which is the quickest, unless told otherwise."""
    return partial(
        run_command, "train", "--data", training_data, "--out", new_model, "--recipe", "mlp"
    )


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails if anything is learned."""
    start_tensorflow()
    from handwrite_gui.recognition.learning import training

    def learn(*_: object, **__: object) -> None:
        raise AssertionError("a training began")

    monkeypatch.setattr(training.Training, "run", learn)


@pytest.fixture
def events() -> Callable[[str], list[dict[str, Any]]]:
    """Reads standard output, of which every line must be an object of JSON with its event."""

    def refuse(constant: str) -> float:
        raise AssertionError(f"JSON knows no {constant}")

    def events(said: str) -> list[dict[str, Any]]:
        told = [json.loads(line, parse_constant=refuse) for line in said.splitlines()]
        assert all(isinstance(event, dict) and "event" in event for event in told)
        return told

    return events


class FakeRecogniser:
    """Answers every image alike, in float32 as a model does."""

    def __init__(self, best: int) -> None:
        self._probabilities = np.full(11, 0.005 / 10, np.float32)
        self._probabilities[best] = 0.995

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.tile(self._probabilities, (len(images), 1))


@pytest.fixture
def fake_recogniser() -> type[FakeRecogniser]:
    """Makes one of what it answers: a digit, or 10 for none."""
    return FakeRecogniser


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The models that were loaded; each of them sees sevens."""
    loaded: list[Path] = []

    def load(model: Path, **_: object) -> FakeRecogniser:
        loaded.append(model)
        return FakeRecogniser(10 if "refusing" in model.name else 7)

    monkeypatch.setattr("handwrite_gui.recognition.keras_recogniser.load_recogniser", load)
    return loaded


@pytest.fixture
def read(
    run_command: Callable[..., tuple[int, str, str]],
) -> Callable[..., tuple[int, list[str]]]:
    """Runs `read` with its words, of which nothing is complained; returns its code and lines."""

    def read(*words: str | Path) -> tuple[int, list[str]]:
        code, said, told = run_command("read", *words)
        assert told == ""
        return code, said.splitlines()

    return read
