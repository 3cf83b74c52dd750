from collections.abc import Callable

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import NO_DIGIT
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.learning.calibration import (
    apply_prior,
    apply_temperature,
    fit_temperature,
)
from handwrite_gui.recognition.learning.networks import handwrite
from handwrite_gui.recognition.learning.training import predict


@pytest.fixture
def model() -> keras.Model:
    """A network that is surer than a new one, whose chances are nearly equal."""
    keras.utils.set_random_seed(1)
    model = handwrite()
    apply_temperature(model, 0.05)
    return model


@pytest.fixture(scope="module")
def images(draw_digits: Callable[[int, int], Digits]) -> NDArray[np.uint8]:
    return draw_digits(30, 5).images


@pytest.mark.parametrize(("known", "classes"), [(0.5, 11), (1.0, 10), (2.0, 11)])
def test_known_temperature_is_found(known: float, classes: int) -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, (8_000, classes))
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    noise = rng.gumbel(size=logits.shape)
    labels = (logits / known + noise).argmax(axis=1)
    assert fit_temperature(probabilities, labels) == pytest.approx(known, rel=0.08)


def test_probability_of_zero_does_not_disturb_the_temperature() -> None:
    probabilities = np.eye(11, dtype=np.float32)[np.arange(200) % 11]
    labels = np.arange(200) % 11
    labels[:20] += 1
    assert 0.2 <= fit_temperature(probabilities, labels % 11) <= 5


def test_applied_temperature_softens(model: keras.Model, images: NDArray[np.uint8]) -> None:
    before = predict(model, images).astype(float)
    apply_temperature(model, 2.0)
    after = predict(model, images)
    expected = np.sqrt(before) / np.sqrt(before).sum(axis=1, keepdims=True)
    assert after == pytest.approx(expected, abs=1e-4)
    assert np.abs(after - before).max() > 0.01


def test_prior_moves_the_odds_of_no_digit_alone(
    model: keras.Model, images: NDArray[np.uint8]
) -> None:
    before = predict(model, images).astype(float)
    apply_prior(model, trained=0.25, meant=0.05)
    after = predict(model, images).astype(float)
    none_before, none_after = before[:, NO_DIGIT], after[:, NO_DIGIT]
    odds = none_before / (1 - none_before) * (0.05 / 0.95) / (0.25 / 0.75)
    assert none_after / (1 - none_after) == pytest.approx(odds, rel=1e-3)
    among_digits = before[:, :NO_DIGIT] / (1 - none_before)[:, None]
    assert after[:, :NO_DIGIT] / (1 - none_after)[:, None] == pytest.approx(among_digits, abs=1e-4)


def test_prior_as_in_training_changes_nothing(
    model: keras.Model, images: NDArray[np.uint8]
) -> None:
    before = predict(model, images)
    apply_prior(model, trained=0.2, meant=0.2)
    assert predict(model, images) == pytest.approx(before, abs=1e-6)
