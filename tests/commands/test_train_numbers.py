"""`train --recipe numbers`: what it needs, what it writes, how it goes on."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.commands.soft_stop import SoftStop
from handwrite_gui.recognition.runtime import start_tensorflow

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Strips that are there at once."""
    start_tensorflow()
    from handwrite_gui.recognition.sequences import material, training
    from handwrite_gui.recognition.sequences.hands import drawn_hands
    from handwrite_gui.recognition.sequences.strips import Batch, to_batch

    image = np.zeros((40, 64), np.uint8)
    image[10:30, 20:24] = 255

    @contextlib.contextmanager
    def endless(*_: object) -> Iterator[Iterator[Batch]]:
        yield iter(lambda: to_batch([(image, "1")] * 4), None)

    hands = material.Hands([], [], drawn_hands(1, np.random.default_rng(0)))
    monkeypatch.setattr(training, "batches_beside", endless)
    monkeypatch.setattr(training, "load_hands", lambda *_, **__: hands)
    monkeypatch.setattr(training, "MEASURED_STRIPS", 2)


@pytest.mark.usefixtures("quick")
def test_it_writes_a_model_that_reads_strips_and_its_card(
    run_train: Run, training_data: Path, new_model: Path
) -> None:
    writers = training_data.with_name("writers.npz")
    options = ("--recipe", "numbers", "--writers", writers, "--minutes", 1e-6)
    code, said, told = run_train(*options, "--resume")
    assert (code, said) == (0, ""), told
    learned, resumed, wrote = told.splitlines()
    assert learned == "Learning from the hands of 9 of some, 800 of written forms."
    assert resumed == "No checkpoint: from step 0."
    assert wrote == f"Wrote {new_model} and its card."
    assert {path.name for path in new_model.parent.iterdir()} == {"new.keras", "new.json"}

    from handwrite_gui.recognition.sequences.sequence_recogniser import load_sequence_recogniser

    (logs,) = load_sequence_recogniser(new_model).predict([np.zeros((20, 50))])
    np.testing.assert_allclose(np.exp(logs).sum(axis=1), 1, atol=1e-3)
    card = json.loads(new_model.with_suffix(".json").read_text(encoding="utf-8"))
    assert (card["recipe"], card["steps"], card["seed"]) == ("numbers", 1, 0)
    assert card["data"][0] == {"name": "some", "hands": 9, "terms": "not known to Handwrite"}


@pytest.mark.parametrize("options", [(), ("--teacher", "x.keras"), ("--forms", 3)])
def test_what_does_not_suit_it_is_said_before_anything_is_loaded(
    run_train: Run, training_data: Path, options: tuple[object, ...]
) -> None:
    writers = ("--writers", training_data.with_name("writers.npz")) if options else ()
    code, _, told = run_train("--recipe", "numbers", *writers, *options)
    assert code == 1
    assert told.count("\n") == 1
    assert "The recipe numbers" in told


def test_an_unfinished_training_is_not_overwritten(
    run_train: Run, training_data: Path, new_model: Path
) -> None:
    new_model.parent.mkdir()
    new_model.with_name("new.keras.checkpoint").write_bytes(b"hours of work")
    writers = training_data.with_name("writers.npz")
    code, _, told = run_train("--recipe", "numbers", "--writers", writers)
    assert code == 1
    assert "--resume" in told


@pytest.mark.usefixtures("quick")
def test_stopped_and_not_saved_does_not_promise_to_go_on(
    run_train: Run, training_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("handwrite_gui.recognition.learning.training_run.save_checkpoint", full)
    asked = iter([False])
    monkeypatch.setattr(SoftStop, "__call__", lambda _: next(asked, True))
    writers = training_data.with_name("writers.npz")
    code, _, told = run_train("--recipe", "numbers", "--writers", writers)
    assert code == 0, told
    *_, unsaved, stopped, _ = told.splitlines()
    assert "could not be written" in unsaved
    assert stopped == (
        "Stopped after step 1; it cannot go on from there, for its checkpoint could not be written."
    )
