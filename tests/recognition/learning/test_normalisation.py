import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers
from numpy.typing import NDArray

from handwrite_gui.recognition.learning.networks import handwrite
from handwrite_gui.recognition.learning.normalisation import (
    FILTER_RMS,
    FusedBatchNormalization,
    fold,
    refresh_statistics,
    unfold,
)


def maps(count: int, seed: int = 0) -> NDArray[np.float32]:
    """Maps (count, 5, 5, 3), each channel with a mean and a spread of its own."""
    rng = np.random.default_rng(seed)
    return (rng.normal(0, 1, (count, 5, 5, 3)) * (0.1, 1, 4) + (2, 0, -5)).astype(np.float32)


def normalising(kind: type[keras.layers.BatchNormalization]) -> keras.Model:
    inputs = keras.Input((5, 5, 3))
    model = keras.Model(inputs, kind()(inputs))
    weights = [[1, 2, 0.5], [0, -1, 3], [1, 0, -2], [0.5, 1, 9]]
    model.layers[1].set_weights(list(np.array(weights, np.float32)))
    return model


def disturbed(model: keras.Model) -> keras.Model:
    """Gives each normalisation numbers as training would."""
    rng = np.random.default_rng(1)
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            count = len(layer.get_weights()[0])
            gamma, variance = rng.uniform(0.5, 1.5, (2, count))
            beta, mean = rng.normal(0, 0.3, (2, count))
            layer.set_weights([gamma, beta, mean, variance])
    return model


@pytest.mark.parametrize("training", [True, False])
def test_normalises_like_keras(training: bool) -> None:
    answers, slopes = [], []
    for kind in (FusedBatchNormalization, layers.BatchNormalization):
        model = normalising(kind)
        images = tf.constant(maps(8))
        with tf.GradientTape() as tape:
            tape.watch(images)
            answer = model(images, training=training)
            loss = tf.reduce_sum(tf.sin(answer))
        answers.append(answer.numpy())
        slopes.append([s.numpy() for s in tape.gradient(loss, [images, *model.trainable_weights])])
    assert answers[0] == pytest.approx(answers[1], abs=1e-5)
    for ours, keras_own in zip(*slopes, strict=True):
        assert ours == pytest.approx(keras_own, abs=2e-3)  # Sums of 200 terms.
    assert np.abs(answers[0] - maps(8)).max() > 0.5


def test_training_leaves_the_statistics_alone() -> None:
    model = normalising(FusedBatchNormalization)
    before = model.get_weights()
    model(maps(8), training=True)
    for weight, same in zip(before, model.get_weights(), strict=True):
        assert (weight == same).all()


def test_statistics_are_those_of_all_batches() -> None:
    model = normalising(FusedBatchNormalization)
    some = [maps(16, seed) for seed in range(5)]
    model.layers[1].moving_mean.assign([99, 99, 99])
    refresh_statistics(model, some)
    _, _, mean, variance = model.get_weights()
    assert mean == pytest.approx(np.concatenate(some).mean(axis=(0, 1, 2)), abs=1e-5)
    # TensorFlow's is the unbiased variance, n / (n - 1) of what each batch has.
    each = np.mean([batch.var(axis=(0, 1, 2), ddof=1) for batch in some], axis=0)
    assert variance == pytest.approx(each, rel=1e-4)


def test_statistics_are_measured_anew_each_time() -> None:
    model = normalising(FusedBatchNormalization)
    refresh_statistics(model, [maps(8, 1), maps(8, 2)])
    refresh_statistics(model, [maps(8, 3)])
    once = normalising(FusedBatchNormalization)
    refresh_statistics(once, [maps(8, 3)])
    for weight, same in zip(model.get_weights(), once.get_weights(), strict=True):
        assert weight == pytest.approx(same, abs=1e-6)
    model(maps(8, 4), training=True)
    assert model.get_weights()[2] == pytest.approx(once.get_weights()[2], abs=1e-6)


def test_deep_statistics_are_those_of_what_the_layers_before_pass_on() -> None:
    keras.utils.set_random_seed(0)
    model = disturbed(handwrite(learns=True))
    images = np.random.default_rng(0).uniform(0, 1, (16, 28, 28, 1)).astype(np.float32)
    refresh_statistics(model, [images])
    # Normalising one batch by itself and by its statistics is the same, but for n / (n - 1).
    before_dropout = keras.Model(model.input, model.layers[-4].output)
    assert before_dropout(images, training=False).numpy() == pytest.approx(
        before_dropout(images, training=True).numpy(), abs=0.03
    )


def test_folded_network_answers_as_the_normalised_one() -> None:
    keras.utils.set_random_seed(0)
    model, folded = disturbed(handwrite(learns=True)), handwrite()
    fold(model, folded)
    images = np.random.default_rng(0).uniform(0, 1, (32, 28, 28, 1)).astype(np.float32)
    expected = model(images, training=False).numpy()
    assert folded(images).numpy() == pytest.approx(expected, abs=1e-4)
    assert expected.max() - expected.min() > 0.01
    assert not any(isinstance(layer, layers.BatchNormalization) for layer in folded.layers)


def test_network_without_normalisation_is_copied() -> None:
    keras.utils.set_random_seed(0)
    model, copy = handwrite(), handwrite()
    fold(model, copy)
    for weight, same in zip(model.get_weights(), copy.get_weights(), strict=True):
        assert (weight == same).all()


def test_unfolded_network_answers_as_the_folded_one() -> None:
    """A filter that has died, and those of any size, included."""
    keras.utils.set_random_seed(0)
    folded, model = handwrite(), handwrite(learns=True)
    rng = np.random.default_rng(0)
    for layer in folded.layers[1:]:
        layer.set_weights([w * rng.uniform(0.01, 3, w.shape[-1]) for w in layer.get_weights()])
    first = folded.layers[1]
    kernel, bias = first.get_weights()
    kernel[..., 3], bias[3] = 0, -1
    first.set_weights([kernel, bias])
    images = rng.uniform(0, 1, (64, 28, 28, 1)).astype(np.float32)
    unfold(folded, model, [images[:32], images[32:]])
    expected = folded(images).numpy()
    assert model(images, training=False).numpy() == pytest.approx(expected, abs=1e-4)
    assert expected.max() - expected.min() > 0.01
    again = handwrite()
    fold(model, again)
    assert again(images).numpy() == pytest.approx(expected, abs=1e-4)


def test_unfolded_filters_are_of_a_size_that_learns() -> None:
    keras.utils.set_random_seed(0)
    folded, model = handwrite(), handwrite(learns=True)
    for layer in folded.layers[1:]:
        layer.set_weights([w * 1e-3 for w in layer.get_weights()])
    unfold(folded, model, [np.random.default_rng(0).uniform(0, 1, (16, 28, 28, 1))])
    for layer in model.layers:
        if isinstance(layer, layers.Conv2D):
            size = np.sqrt((layer.get_weights()[0] ** 2).mean(axis=(0, 1, 2)))
            assert size == pytest.approx(FILTER_RMS, rel=1e-3)
