"""Trainings that were stopped or killed, and go on from their checkpoint."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning import training_run
from handwrite_gui.recognition.learning.progress import Progress
from handwrite_gui.recognition.learning.recipes import RECIPES, Recipe
from handwrite_gui.recognition.learning.training import Training
from handwrite_gui.recognition.learning.training_run import Limits, Trained

After = Callable[[int], Callable[[], bool]]


def same(first: Trained | None, second: Trained | None) -> bool:
    """To the rounding of sums that threads share: nothing else may differ."""
    assert first is not None
    assert second is not None
    weights = zip(first.model.get_weights(), second.model.get_weights(), strict=True)
    return (first.step, first.epoch) == (second.step, second.epoch) and all(
        np.allclose(a, b, rtol=0, atol=1e-5) for a, b in weights
    )


@pytest.fixture(scope="module")
def whole(tiny: Recipe, digits: Digits) -> Trained | None:
    """Two epochs that nothing interrupted."""
    return Training(tiny, digits, Limits(epochs=2), seed=3).run()


@pytest.fixture(scope="module")
def stopped(
    after: After, tiny: Recipe, digits: Digits, tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    """The checkpoint of a training that was stopped after its first step."""
    path = tmp_path_factory.mktemp("stopped") / "checkpoint"
    Training(tiny, digits, Limits(epochs=1), checkpoint=path).run(stops=after(1))
    return path.read_bytes()


def test_stopped_and_resumed_is_as_never_interrupted(
    after: After, tiny: Recipe, digits: Digits, whole: Trained | None, checkpoint: Path
) -> None:
    """Stopped in the middle of an epoch."""
    for steps, resumes in ((3, False), (100, True)):
        part = Training(tiny, digits, Limits(epochs=2), seed=3, checkpoint=checkpoint)
        assert part.resume() is resumes
        trained = part.run(stops=after(steps))
    assert part.steps == 8
    assert same(whole, trained)
    assert list(checkpoint.parent.iterdir()) == [checkpoint]


def test_killed_and_resumed_is_as_never_interrupted(
    tiny: Recipe,
    digits: Digits,
    whole: Trained | None,
    checkpoint: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training_run, "CHECKPOINT_SECONDS", 0.0)

    def die(_: Progress) -> None:
        raise KeyboardInterrupt

    killed = Training(tiny, digits, Limits(epochs=2), seed=3, checkpoint=checkpoint)
    with pytest.raises(KeyboardInterrupt):
        killed.run(die)
    assert killed.steps == 4
    resumed = Training(tiny, digits, Limits(epochs=2), seed=3, checkpoint=checkpoint)
    assert resumed.resume()
    assert resumed.steps == 3
    assert same(whole, resumed.run())


def test_resumed_after_its_end_gives_the_same(
    tiny: Recipe, digits: Digits, others: Digits, checkpoint: Path
) -> None:
    """As after a kill between the last step and the writing of the model."""

    def some(epochs: int) -> Training:
        return Training(tiny, digits, Limits(epochs), validation=(others,), checkpoint=checkpoint)

    first, again, longer = some(1), some(1), some(2)
    trained = first.run()
    assert again.resume()
    assert again.seconds == first.seconds > 0
    assert same(trained, again.run())
    # With more epochs it goes on, and the time before counts.
    assert longer.resume()
    longer.run()
    assert longer.steps == 8
    assert longer.seconds > first.seconds


@pytest.mark.parametrize("other", ["seed", "recipe", "data", "labels", "fewer"])
def test_checkpoint_of_another_training_is_refused(
    tiny: Recipe, digits: Digits, others: Digits, stopped: bytes, checkpoint: Path, other: str
) -> None:
    checkpoint.write_bytes(stopped)
    images = digits.images.copy()
    images[7, 14, 14] ^= 1
    changed = Training(
        replace(tiny, name="other") if other == "recipe" else tiny,
        {
            "data": replace(digits, images=images),
            "labels": replace(digits, labels=(digits.labels + 1) % 10),
            "fewer": others,
        }.get(other, digits),
        Limits(epochs=1),
        seed=1 if other == "seed" else 0,
        checkpoint=checkpoint,
    )
    with pytest.raises(RecognitionError) as caught:
        changed.resume()
    assert str(caught.value) == (
        f"The checkpoint {checkpoint} does not fit this training (it is of another recipe, seed or"
        " data); delete it, or train without --resume."
    )
    assert checkpoint.read_bytes() == stopped


def test_checkpoint_of_another_network_is_refused(
    tiny: Recipe, digits: Digits, stopped: bytes, checkpoint: Path
) -> None:
    """As after an update that changed the recipe."""
    checkpoint.write_bytes(stopped)
    changed = replace(RECIPES["mlp"], name="tiny")
    with pytest.raises(RecognitionError, match=r"does not fit .*another network.*\.$"):
        Training(changed, digits, Limits(epochs=1), checkpoint=checkpoint).resume()


def test_checkpoint_that_lacks_something_is_refused(
    tiny: Recipe, digits: Digits, stopped: bytes, checkpoint: Path
) -> None:
    some = Training(tiny, digits, Limits(epochs=1), checkpoint=checkpoint)
    damages: tuple[Callable[..., object], ...] = (
        lambda _, details: details.pop("of"),
        lambda _, details: details.pop("seconds"),
        lambda _, details: details.update(seconds="long"),
        lambda _, details: details.update(best={"step": 1}),
        lambda _, details: details.update(best=[]),
        lambda arrays, _: arrays.pop("steps"),
        lambda arrays, _: arrays.pop("variable_3"),
        lambda arrays, _: arrays.pop("best_1"),
        lambda arrays, _: arrays.update(best_1=np.zeros(3)),
    )
    for damage in damages:
        checkpoint.write_bytes(stopped)
        arrays, details = training_run.load_checkpoint(checkpoint) or ({}, {})
        damage(arrays, details)
        training_run.save_checkpoint(checkpoint, arrays, details)
        with pytest.raises(RecognitionError, match=r"does not fit this training .*\.$"):
            some.resume()


@pytest.mark.parametrize("role", ["teachers", "start"])
def test_checkpoint_of_other_models_is_refused(
    tiny: Recipe, digits: Digits, stopped: bytes, checkpoint: Path, role: str
) -> None:
    checkpoint.write_bytes(stopped)
    model = tiny.network()
    roles: dict[str, Any] = {"teachers": {"teachers": [model]}, "start": {"start": model}}
    with pytest.raises(RecognitionError, match=r"another recipe, seed or data.*\.$"):
        Training(tiny, digits, Limits(epochs=1), checkpoint=checkpoint, **roles[role]).resume()


def test_without_a_checkpoint_there_is_nothing_to_resume(
    tiny: Recipe, digits: Digits, checkpoint: Path
) -> None:
    assert not Training(tiny, digits, Limits(epochs=1)).resume()
    assert not Training(tiny, digits, Limits(epochs=1), checkpoint=checkpoint).resume()
