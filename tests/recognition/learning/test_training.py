from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning import training, training_run
from handwrite_gui.recognition.learning.learner import Learner
from handwrite_gui.recognition.learning.progress import Progress
from handwrite_gui.recognition.learning.recipes import RECIPES, Recipe
from handwrite_gui.recognition.learning.training import (
    STARTED_RATE_SHARE,
    Training,
    predict,
)
from handwrite_gui.recognition.learning.training_run import Limits, Trained

After = Callable[[int], Callable[[], bool]]
Draw = Callable[[int, int], Digits]


def share_right(model: keras.Model, digits: Digits) -> float:
    return float(np.mean(predict(model, digits.images).argmax(axis=1) == digits.labels))


def test_little_training_reads_most_digits(tiny: Recipe, digits: Digits, others: Digits) -> None:
    told: list[Progress] = []
    recipe = replace(tiny, batch=20)
    trained = Training(recipe, digits, Limits(epochs=3), validation=(others,)).run(told.append)
    assert trained is not None
    assert share_right(trained.model, others) > 0.8
    assert trained.validation == {"drawn": pytest.approx(share_right(trained.model, others))}
    assert trained.score == trained.validation["drawn"]
    assert [p.step for p in told] == [10, 20, 30]
    assert told[-1].loss < told[0].loss
    assert told[-1].accuracy > told[0].accuracy
    assert told[-1].validation.keys() == {"drawn"}


def test_progress_is_told_every_twentieth_step_and_every_epoch(
    tiny: Recipe, digits: Digits
) -> None:
    told: list[Progress] = []
    few = digits.where(np.arange(len(digits)) < 50)
    Training(replace(tiny, batch=2), few, Limits(epochs=2)).run(told.append)
    assert [p.step for p in told] == [20, 25, 40, 50]
    assert [p.epoch for p in told] == [0, 1, 1, 2]
    assert [p.whole_epoch for p in told] == [False, True, False, True]
    assert [p.done for p in told] == [0.4, 0.5, 0.8, 1.0]
    assert [p.seconds for p in told] == sorted(p.seconds for p in told)
    assert told[-1].seconds_left == 0
    for progress in told:
        assert progress.seconds_left >= 0
        assert progress.images_per_second > 0
        assert 0 <= progress.waiting <= 1
        assert 0 <= progress.accuracy <= 1
        assert progress.validation == {}
    assert told[0].as_json().keys() == set(Progress.__slots__)


def test_full_disk_is_said_once_and_the_training_goes_on(
    tiny: Recipe, digits: Digits, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    monkeypatch.setattr(training_run, "CHECKPOINT_SECONDS", 0.0)
    told: list[str] = []
    some = Training(tiny, digits, Limits(epochs=2), checkpoint=checkpoint)
    trained = some.run(on_unsaved=told.append)
    assert trained is not None
    assert trained.epoch == 2
    assert told == [
        f"The checkpoint {checkpoint} could not be written (No space left on device); make room "
        "there or allow writing, or what is learned from here on is lost if the training is "
        "stopped or killed."
    ]
    assert checkpoint.read_bytes() == b"old"
    assert list(checkpoint.parent.iterdir()) == [checkpoint]


def test_stop_before_anything_was_learned(tiny: Recipe, digits: Digits, checkpoint: Path) -> None:
    some = Training(tiny, digits, Limits(epochs=1), checkpoint=checkpoint)
    assert some.run(stops=lambda: True) is None
    assert not checkpoint.exists()


def test_soft_stop_keeps_what_was_learned(after: After, tiny: Recipe, digits: Digits) -> None:
    """Early, while an average over many steps would be mostly what it began with."""
    trained = Training(tiny, digits, Limits(epochs=50)).run(stops=after(13))
    assert trained is not None
    assert (trained.step, trained.epoch) == (13, 3)
    assert share_right(trained.model, digits) > 0.4


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Shares read right, one for each time that a network is measured."""
    shares: list[float] = []

    def answer(_: keras.Model, images: np.ndarray) -> np.ndarray:
        right = round(shares.pop(0) * len(images))
        return np.eye(11)[np.where(np.arange(len(images)) < right, np.arange(len(images)) % 10, 10)]

    monkeypatch.setattr(training, "predict", answer)
    yield shares
    assert shares == []


def test_best_epoch_is_kept_even_after_a_stop(
    after: After,
    tiny: Recipe,
    digits: Digits,
    others: Digits,
    answers: list[float],
    checkpoint: Path,
) -> None:
    """Of equally good ones the last."""

    def some() -> Training:
        return Training(tiny, digits, Limits(4), validation=(others,), checkpoint=checkpoint)

    answers += [0.5, 0.9, 0.9, 0.7]
    told: list[Progress] = []
    some().run(told.append, stops=after(12))
    resumed = some()
    resumed.resume()
    trained = resumed.run(told.append)
    assert trained is not None
    assert (trained.epoch, trained.step, trained.validation) == (3, 12, {"drawn": 0.9})
    assert [p.validation["drawn"] for p in told] == [0.5, 0.9, 0.9, 0.7]


def test_every_validation_set_counts_the_same(tiny: Recipe) -> None:
    model = tiny.network()
    assert Trained(model, 1, 1, {"many": 0.5, "few": 0.6}).score == pytest.approx(0.55)
    assert Trained(model, 1, 1, {}).score == 0


def test_training_is_done_in_time_with_its_schedule_at_the_end(
    tiny: Recipe, digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that a step takes a second of."""
    now = 0.0

    rates: list[float] = []
    told: list[Progress] = []

    def rate(done: float) -> float:
        nonlocal now
        now += 1.0
        rates.append(tiny.rate(done))
        return rates[-1]

    monkeypatch.setattr(training_run, "time", SimpleNamespace(monotonic=lambda: now))
    some = Training(replace(tiny, rate=rate), digits, Limits(epochs=1000, minutes=1.0))
    assert some.run(told.append) is not None
    assert some.steps == 60
    assert some.seconds == 60
    assert max(rates) > 0.95 * 0.1
    assert rates[-1] < 0.01 * max(rates)
    assert told[-1].done == 1.0
    assert told[0].seconds_left == pytest.approx(60 - told[0].seconds)
    assert told[-1].seconds_left == 0


def test_a_step_that_takes_too_long_leaves_no_time(
    tiny: Recipe, digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([0.0, 0.0])
    monkeypatch.setattr(training_run, "time", SimpleNamespace(monotonic=lambda: next(times, 500.0)))
    told: list[Progress] = []
    few = digits.where(np.arange(len(digits)) < 50)
    some = Training(tiny, few, Limits(epochs=9, minutes=1.0))
    assert some.run(told.append) is not None
    assert [(p.step, p.done, p.seconds_left) for p in told] == [(1, 1.0, 0.0)]


def test_fewer_digits_than_a_batch(tiny: Recipe, draw_digits: Draw) -> None:
    told: list[Progress] = []
    Training(tiny, draw_digits(7, 1), Limits(epochs=2)).run(told.append)
    assert [p.step for p in told] == [1, 2]


def test_what_is_no_digit_is_refused_where_a_recipe_knows_ten(
    after: After, tiny: Recipe, digits: Digits
) -> None:
    labels = digits.labels.copy()
    labels[-1] = NO_DIGIT
    with_none = replace(digits, labels=labels)
    for learned, measured in ((with_none, ()), (digits, (with_none,))):
        with pytest.raises(RecognitionError) as caught:
            Training(RECIPES["mlp"], learned, Limits(epochs=1), validation=measured)
        assert str(caught.value) == (
            "Some of the data is no digit, and the recipe mlp knows only the ten digits; leave it "
            "out, or choose another recipe."
        )
    assert Training(tiny, with_none, Limits(epochs=1)).run(stops=after(1)) is not None


def test_teacher_of_other_answers_is_refused(tiny: Recipe, digits: Digits) -> None:
    teacher = RECIPES["mlp"].network()
    with pytest.raises(RecognitionError) as caught:
        Training(tiny, digits, Limits(epochs=1), teachers=[tiny.network(), teacher])
    assert str(caught.value) == (
        "The teacher mlp knows 10 answers, and the recipe tiny 11; choose another teacher."
    )


def test_started_training_goes_on_more_gently(
    tiny: Recipe, digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned = Training(tiny, digits, Limits(epochs=8)).run()
    assert learned is not None
    before = share_right(learned.model, digits)
    told: list[Progress] = []
    rates: list[float] = []
    learn = Learner.learn

    def watched(*step: Any) -> tuple[float, float]:
        rates.append(step[-1])
        return learn(*step)

    monkeypatch.setattr(Learner, "learn", watched)
    some = Training(tiny, digits, Limits(epochs=3), start=learned.model, seed=3)
    trained = some.run(told.append)
    assert trained is not None
    assert share_right(trained.model, digits) >= before > 0.8
    assert told[0].loss < 1.0
    assert 0.8 * 0.1 * STARTED_RATE_SHARE < max(rates) <= 0.1 * STARTED_RATE_SHARE


def test_start_of_another_recipe_is_refused(tiny: Recipe, digits: Digits) -> None:
    with pytest.raises(RecognitionError) as caught:
        Training(tiny, digits, Limits(epochs=1), start=RECIPES["mlp"].network())
    assert str(caught.value) == (
        "The model mlp to start from does not fit the recipe tiny (it belongs to another network); "
        "choose another model or recipe."
    )


def test_loss_that_is_no_number_ends_it(tiny: Recipe, digits: Digits, checkpoint: Path) -> None:
    """What was learned until then stays where it can be gone on from, and no model comes of it."""
    wild = replace(tiny, rate=lambda _: float("nan"))
    with pytest.raises(RecognitionError, match=r"astray at step 2, .* another --seed\.$"):
        Training(wild, digits, Limits(epochs=3), checkpoint=checkpoint).run()
    assert not checkpoint.exists()


def test_prediction_goes_in_parts(tiny: Recipe, digits: Digits) -> None:
    model = tiny.network()
    images = np.tile(digits.images, (6, 1, 1))
    probabilities = predict(model, images)
    assert probabilities.shape == (1200, 11)
    assert probabilities[1000:] == pytest.approx(probabilities[:200], abs=1e-5)
