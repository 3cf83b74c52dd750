"""Trainings that are stopped, softly or by a kill, and go on."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.commands import command_line
from handwrite_gui.commands.soft_stop import SoftStop
from handwrite_gui.commands.train_progress import JsonLines
from handwrite_gui.recognition.runtime import start_tensorflow

Run = Callable[..., tuple[int, str, str]]
Events = Callable[[str], list[dict[str, Any]]]
Start = Callable[..., "subprocess.Popen[str]"]
#: Runs the command with a checkpoint after every step.
CAUTIOUS = """
import sys
from handwrite_gui.recognition.runtime import start_tensorflow
start_tensorflow()
from handwrite_gui.recognition.learning import training_run
training_run.CHECKPOINT_SECONDS = 0.0
from handwrite_gui.commands import command_line
sys.exit(command_line.run(sys.argv[1:]))
"""


@pytest.fixture
def while_training(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Lets something be done at every report on the training, as JSON."""

    def while_training(do: Callable[[], object]) -> None:
        show = JsonLines.show

        def shown(self: JsonLines, progress: Any) -> None:
            show(self, progress)
            do()

        monkeypatch.setattr(JsonLines, "show", shown)

    return while_training


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def weights(model: Path) -> list[np.ndarray]:
    start_tensorflow()
    from handwrite_gui.recognition.model_files.model_file import load_model

    arrays: list[np.ndarray] = load_model(model).get_weights()
    return arrays


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a program of its own, with Python's words first; its input is at its end."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: object) -> "subprocess.Popen[str]":
        program = subprocess.Popen(
            [sys.executable, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(program)
        return program

    yield start
    for program in started:
        program.kill()
        program.communicate()


def lines_until_learned(program: "subprocess.Popen[str]", step: int) -> str:
    """What a program said until it had learned so many steps."""
    assert program.stdout is not None
    said = ""
    for line in program.stdout:
        said += line
        if json.loads(line).get("step", 0) >= step:
            return said
    raise AssertionError(f"it ended too soon: {program.communicate()[1]}")


def test_killed_and_resumed_is_as_never_interrupted(
    events: Events,
    run_train: Run,
    start: Start,
    training_data: Path,
    new_model: Path,
    tmp_path: Path,
) -> None:
    words = ["--data", training_data, "--recipe", "mlp", "--seed", 5, "--progress", "json"]
    program = start("-c", CAUTIOUS, "train", *words, "--out", new_model, "--epochs", 10**6)
    lines_until_learned(program, 4)
    program.kill()  # SIGKILL, where there are signals.
    assert program.wait(60) != 0
    from handwrite_gui.recognition.learning.checkpoint import checkpoint_path, load_checkpoint

    found = load_checkpoint(checkpoint_path(new_model))
    assert found is not None
    step = int(found[0]["steps"])
    assert step >= 3
    assert not new_model.exists()

    options = ["--seed", 5, "--epochs", step + 3, "--progress", "json"]
    code, said, _ = run_train(*options, "--resume")
    assert code == 0
    _, resumed, *reports, _ = events(said)
    assert resumed == {"event": "resumed", "step": step}
    assert [report["step"] for report in reports] == [step + 1, step + 2, step + 3]
    assert files(new_model.parent) == {"new.keras", "new.json"}

    whole = tmp_path / "whole.keras"
    assert run_train(*options, "--out", whole)[0] == 0
    for resumed_weight, weight in zip(weights(new_model), weights(whole), strict=True):
        # To the rounding of sums that two threads share.
        assert resumed_weight == pytest.approx(weight, abs=1e-5)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
def test_ctrl_c_writes_the_best_so_far(
    events: Events,
    start: Start,
    training_data: Path,
    new_model: Path,
) -> None:
    words = ["--data", training_data, "--recipe", "mlp", "--progress", "json", "--epochs", 10**6]
    program = start("-m", "handwrite_gui", "train", *words, "--out", new_model)
    said = lines_until_learned(program, 2)
    program.send_signal(signal.SIGINT)
    rest, told = program.communicate(timeout=120)
    assert (program.returncode, told) == (0, "")
    *_, stopped, saved = events(said + rest)
    assert (stopped["event"], saved["event"]) == ("stopped", "saved")
    assert files(new_model.parent) == {"new.keras", "new.json", "new.keras.checkpoint"}
    assert all(np.isfinite(weight).all() for weight in weights(new_model))


def test_stop_line_stops_and_resume_goes_on(
    events: Events,
    run_train: Run,
    new_model: Path,
    while_training: Callable[[Callable[[], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin, os.fdopen(writing, "wb", buffering=0) as typed:
        monkeypatch.setattr(sys, "stdin", stdin)
        while_training(lambda: typed.write(b"stop\n"))
        code, said, told = run_train("--epochs", 10**6, "--progress", "json")
    assert (code, told) == (0, "")
    *_, last, _, saved = events(said)
    assert saved["epoch"] == last["epoch"]
    assert files(new_model.parent) == {"new.keras", "new.json", "new.keras.checkpoint"}

    asked = iter([False, False, True])
    monkeypatch.setattr(SoftStop, "__call__", lambda _: next(asked, True))
    code, said, told = run_train("--resume")
    assert (code, said) == (0, "")
    _, resumed, *_, stopped, _ = told.splitlines()
    step = last["step"]
    assert resumed == f"Going on after step {step}."
    goes_on = "the same command with --resume goes on."
    assert stopped == f"Stopped after step {step + 2}; {goes_on}"


def test_second_ctrl_c_leaves(
    events: Events,
    run_train: Run,
    new_model: Path,
    while_training: Callable[[Callable[[], object]], None],
) -> None:
    new_model.parent.mkdir()
    new_model.write_bytes(b"old")

    def twice() -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    while_training(twice)
    code, said, told = run_train("--progress", "json")
    assert (code, told) == (command_line.INTERRUPTED, "")
    assert [event["event"] for event in events(said)] == ["gathered", "epoch"]
    assert new_model.read_bytes() == b"old"
    assert files(new_model.parent) == {"new.keras"}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_stop_before_anything_was_learned_writes_nothing(
    events: Events, run_train: Run, new_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_model.parent.mkdir()
    new_model.write_bytes(b"old")
    monkeypatch.setattr(SoftStop, "__call__", lambda _: True)
    code, said, told = run_train("--progress", "json")
    assert (code, told) == (command_line.INTERRUPTED, "")
    assert [event["event"] for event in events(said)] == ["gathered", "stopped"]
    assert new_model.read_bytes() == b"old"
    assert files(new_model.parent) == {"new.keras"}


def test_ctrl_c_while_data_is_gathered_leaves(
    run_train: Run, new_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_tensorflow()
    from handwrite_gui.recognition.data import material

    monkeypatch.setattr(material, "load_digits", lambda *_: signal.raise_signal(signal.SIGINT))
    assert run_train() == (command_line.INTERRUPTED, "", "")
    assert files(new_model.parent) == set()


@pytest.mark.usefixtures("untrained")
@pytest.mark.parametrize("content", [b"", b"damaged", None])
def test_checkpoint_that_cannot_be_used_is_one_sentence(
    run_train: Run, new_model: Path, content: bytes | None
) -> None:
    from handwrite_gui.recognition.learning.checkpoint import checkpoint_path, save_checkpoint

    checkpoint = checkpoint_path(new_model)
    new_model.parent.mkdir()
    if content is None:
        save_checkpoint(checkpoint, {}, {"of": ["mlp", 1, 30, "another"]})
    else:
        checkpoint.write_bytes(content)
    before = checkpoint.read_bytes()
    code, said, told = run_train("--resume")
    assert (code, said) == (1, "")
    learning, sentence = told.splitlines()
    assert learning.startswith("Learning from ")
    assert sentence.startswith(f"The checkpoint {checkpoint} ")
    assert sentence.endswith("; delete it, or train without --resume.")
    assert checkpoint.read_bytes() == before
