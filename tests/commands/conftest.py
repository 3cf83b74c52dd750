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
