from collections.abc import Callable

import keras
import numpy as np
import pytest

from handwrite_gui.recognition import training
from handwrite_gui.recognition.digits import Digits
from handwrite_gui.recognition.networks import NETWORKS, handwrite
from handwrite_gui.recognition.training import Progress, apply_temperature, fit_temperature, train

Draw = Callable[[int, int], Digits]


def tiny() -> keras.Model:
    layers = [keras.layers.Flatten(), keras.layers.Dense(11, activation="softmax")]
    return keras.Sequential([keras.Input((28, 28, 1)), *layers])


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Smaller networks, and less to go through after the training."""
    monkeypatch.setitem(NETWORKS, "narrow", lambda: handwrite(8))
    monkeypatch.setitem(NETWORKS, "tiny", tiny)
    monkeypatch.setattr(training, "REFRESHING_BATCHES", 10)


def share_right(model: keras.Model, digits: Digits) -> float:
    likeliest = training.predict(model, digits.images).argmax(axis=1)
    return float(np.mean(likeliest == digits.labels))


def test_little_training_reads_most_digits(draw_digits: Draw) -> None:
    told: list[Progress] = []
    others = draw_digits(300, 2)
    model = train(
        draw_digits(1500, 1),
        3,
        network="narrow",
        validation=(others,),
        on_progress=told.append,
    )
    assert share_right(model, others) > 0.5
    assert model.output_shape == (None, 11)
    steps = 1500 // training.BATCH * 3
    assert [progress.step for progress in told] == [11, 20, 22, 33]
    assert {progress.steps for progress in told} == {steps}
    assert [bool(progress.validation) for progress in told] == [True] * 4
    assert told[-1].validation.keys() == {"drawn"}
    assert told[-1].loss < told[0].loss
    assert told[-1].accuracy > told[0].accuracy
    assert all(progress.images_per_second > 0 for progress in told)


def test_every_epoch_is_told_once_and_measured(
    draw_digits: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where an epoch ends with a step that would be told anyway."""
    monkeypatch.setattr(training, "BATCH", 4)
    told: list[Progress] = []
    digits = draw_digits(80, 1)
    train(digits, 2, network="tiny", validation=(digits,), on_progress=told.append)
    assert [(progress.step, bool(progress.validation)) for progress in told] == [
        (20, True),
        (40, True),
    ]


@pytest.mark.parametrize("steps", [33, 220])
def test_soft_stop_keeps_what_was_learned(draw_digits: Draw, steps: int) -> None:
    """Early, while the average is mostly what it began with, and later."""
    digits = draw_digits(1500, 1)
    seen: list[int] = []

    def stop(progress: Progress) -> None:
        seen.append(progress.step)
        if progress.step >= steps:
            raise KeyboardInterrupt

    model = train(digits, 50, network="tiny", on_progress=stop)
    assert max(seen) == steps
    assert share_right(model, digits) > 0.5


def test_stop_before_anything_was_learned(
    draw_digits: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keras.Model, "fit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        train(draw_digits(20, 1), 1, network="tiny")


def test_fewer_digits_than_a_batch(draw_digits: Draw) -> None:
    told: list[Progress] = []
    train(draw_digits(7, 1), 2, network="tiny", on_progress=told.append)
    assert [progress.step for progress in told] == [1, 2]


@pytest.mark.parametrize("known", [0.5, 1.0, 2.0])
def test_known_temperature_is_found(known: float) -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, (20_000, 11))
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    noise = rng.gumbel(size=logits.shape)
    labels = (logits / known + noise).argmax(axis=1)
    assert fit_temperature(probabilities, labels) == pytest.approx(known, rel=0.05)


def test_probability_of_zero_does_not_disturb_the_temperature() -> None:
    probabilities = np.eye(11, dtype=np.float32)[np.arange(200) % 11]
    labels = np.arange(200) % 11
    labels[:20] += 1
    assert np.isfinite(fit_temperature(probabilities, labels % 11))


def test_applied_temperature_softens(draw_digits: Draw) -> None:
    keras.utils.set_random_seed(1)
    model = handwrite(8)
    images = draw_digits(30, 5).images
    # The weights of a new network give nearly equal chances.
    apply_temperature(model, 0.05)
    before = training.predict(model, images).astype(float)
    apply_temperature(model, 2.0)
    after = training.predict(model, images)
    expected = np.sqrt(before) / np.sqrt(before).sum(axis=1, keepdims=True)
    assert after == pytest.approx(expected, abs=1e-4)
    assert np.abs(after - before).max() > 0.01


def test_prediction_goes_in_parts(draw_digits: Draw) -> None:
    model = handwrite(8)
    images = np.tile(draw_digits(250, 3).images, (5, 1, 1))
    probabilities = training.predict(model, images)
    assert probabilities.shape == (1250, 11)
    assert probabilities[1000:] == pytest.approx(probabilities[:250], abs=1e-5)
