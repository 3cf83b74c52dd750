from collections.abc import Callable
from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.learning.learner import Learner
from handwrite_gui.recognition.learning.recipes import RECIPES, Recipe
from handwrite_gui.recognition.learning.training import predict

Draw = Callable[[int, int], Digits]
Arrays = dict[str, NDArray[np.generic]]


@pytest.fixture(scope="module")
def digits(draw_digits: Draw) -> Digits:
    return draw_digits(200, 1)


def batch(digits: Digits, nth: int = 0) -> tuple[tf.Tensor, tf.Tensor]:
    chosen = np.arange(nth * 50, nth * 50 + 50) % len(digits)
    images = digits.images[chosen][..., None].astype(np.float32) / 255
    return tf.constant(images), tf.constant(digits.labels[chosen])


def learn(learner: Learner, digits: Digits, steps: int) -> list[tuple[float, float]]:
    return [
        learner.learn(*batch(digits, learner.steps), rate=0.1 / (1 + learner.steps))
        for _ in range(steps)
    ]


def same(first: Arrays, second: Arrays) -> bool:
    assert first.keys() == second.keys()
    return all((first[name] == second[name]).all() for name in first)


def test_loss_falls_and_more_is_read_right(tiny: Recipe, digits: Digits) -> None:
    learner = Learner(tiny, seed=0)
    assert learner.classes == 11
    told = [learner.learn(*batch(digits, step), rate=0.1) for step in range(40)]
    assert learner.steps == 40
    assert np.mean(told[-4:], axis=0)[0] < told[0][0] / 2
    assert np.mean(told[-4:], axis=0)[1] > 0.8 > told[0][1]


def test_loss_is_cross_entropy_with_smoothed_labels(tiny: Recipe, digits: Digits) -> None:
    """Without dropout and with a rate of nothing it can be computed by hand."""

    def network() -> keras.Model:
        inputs = keras.Input((28, 28, 1))
        x = keras.layers.Dense(11, name="logits")(keras.layers.Flatten()(inputs))
        return keras.Model(inputs, keras.layers.Softmax(name="probabilities")(x))

    recipe = replace(tiny, network=network, learner=network, label_smoothing=0.2)
    learner = Learner(recipe, seed=0)
    images, labels = batch(digits)
    loss, right = learner.learn(images, labels, rate=0.0)
    probabilities = learner.kept([]).predict_on_batch(images.numpy()).astype(float)
    truth = np.eye(11)[labels.numpy()] * 0.8 + 0.2 / 11
    assert loss == pytest.approx(-(truth * np.log(probabilities)).sum(axis=1).mean(), rel=1e-4)
    assert right == pytest.approx((probabilities.argmax(axis=1) == labels.numpy()).mean())


def saying(shares: NDArray[np.float64]) -> keras.Model:
    """A model that says the same of every image."""
    inputs = keras.Input((28, 28, 1))
    logits = keras.layers.Dense(11, kernel_initializer="zeros", name="logits")
    model = keras.Model(inputs, keras.layers.Softmax()(logits(keras.layers.Flatten()(inputs))))
    logits.bias.assign(np.log(shares))
    return model


def test_teachers_are_believed_and_not_the_labels(tiny: Recipe, digits: Digits) -> None:
    """The mean of what they say, where labels have no share."""
    tiny = replace(tiny, label_share=0.0)
    sure = np.full(11, 0.01)
    sure[7] = 0.9
    unsure = np.full(11, 1 / 11)
    learner = Learner(tiny, 0, [saying(sure), saying(unsure)])
    told = [learner.learn(*batch(digits, step), rate=0.1) for step in range(40)]
    expected = (sure + unsure) / 2
    assert told[-1][0] == pytest.approx(-(expected * np.log(expected)).sum(), abs=0.1)
    assert told[-1][1] == pytest.approx(0.1, abs=0.05)
    answers = predict(learner.kept([batch(digits)[0]]), digits.images)
    assert answers.mean(axis=0) == pytest.approx(expected, abs=0.05)


def test_label_has_its_share_beside_a_teacher(tiny: Recipe, digits: Digits) -> None:
    teacher = np.full(11, 0.01)
    teacher[7] = 0.9
    learner = Learner(replace(tiny, label_share=0.3), 0, [saying(teacher)])
    images, labels = batch(digits)
    expected = 0.7 * teacher + 0.3 * np.eye(11)[labels.numpy()]
    assert learner._truth(images, labels).numpy() == pytest.approx(expected, abs=1e-5)


def test_started_learner_knows_what_the_model_knows(tiny: Recipe, digits: Digits) -> None:
    """Its average too, and it learns more."""
    first = Learner(tiny, seed=0)
    learn(first, digits, 30)
    model = first.kept([batch(digits)[0]])
    learner = Learner(tiny, seed=5)
    learner.start_from(model, [batch(digits, nth)[0] for nth in range(4)])
    assert learner.steps == 0
    kept = learner.kept(batch(digits, nth)[0] for nth in range(4))
    expected = predict(model, digits.images)
    assert predict(kept, digits.images) == pytest.approx(expected, abs=1e-3)
    told = learn(learner, digits, 30)
    assert told[-1][0] < told[0][0] < 1.0


def test_model_of_another_recipe_is_no_start(tiny: Recipe, digits: Digits) -> None:
    with pytest.raises(ValueError, match="another network"):
        Learner(tiny, seed=0).start_from(RECIPES["mlp"].network(), [batch(digits)[0]])


def test_rate_of_nothing_learns_nothing(tiny: Recipe, digits: Digits) -> None:
    before, learner = Learner(tiny, seed=0).state(), Learner(tiny, seed=0)
    learner.learn(*batch(digits), rate=0.0)
    after = learner.state()
    weights = [f"variable_{n}" for n in range(len(learner._model.trainable_variables))]
    assert len(weights) == 5
    assert all((before[name] == after[name]).all() for name in weights)


def test_seed_decides_the_first_weights(tiny: Recipe) -> None:
    assert same(Learner(tiny, seed=3).state(), Learner(tiny, seed=3).state())
    assert not same(Learner(tiny, seed=3).state(), Learner(tiny, seed=4).state())


@pytest.mark.parametrize("averaged_steps", [2, 1000])
def test_weights_kept_are_an_average(tiny: Recipe, digits: Digits, averaged_steps: int) -> None:
    """Over the last tenth of the steps, or over so many, whichever is less."""
    learner = Learner(replace(tiny, averaged_steps=averaged_steps), seed=0)
    expected = learner._model.get_layer("logits").bias.numpy()
    for step in range(30):
        learn(learner, digits, 1)
        window = max(1.0, min(averaged_steps, step / 10))
        expected += (learner._model.get_layer("logits").bias.numpy() - expected) / window
    kept = learner.kept([batch(digits)[0]]).get_layer("logits").bias.numpy()
    assert kept == pytest.approx(expected, abs=1e-6)
    assert np.abs(kept - learner._model.get_layer("logits").bias.numpy()).max() > 1e-4


def test_kept_network_is_that_which_learned(tiny: Recipe, digits: Digits) -> None:
    """With its normalisations measured and folded away, and its dropout off."""
    learner = Learner(replace(tiny, averaged_steps=1), seed=0)
    for step in range(60):
        learner.learn(*batch(digits, step), rate=0.1)
    kept = learner.kept(batch(digits, nth)[0] for nth in range(4))
    assert [layer.name.split("_")[0] for layer in kept.layers if layer.weights] == [
        "conv2d",
        "logits",
    ]
    assert kept.output_shape == (None, 11)
    assert np.mean(predict(kept, digits.images).argmax(axis=1) == digits.labels) > 0.9


def test_keeping_changes_nothing_of_what_is_learned(tiny: Recipe, digits: Digits) -> None:
    """Neither the weights nor dropout's seeds."""
    learner = Learner(tiny, seed=0)
    learn(learner, digits, 3)
    before = learner.state()
    learner.kept([batch(digits)[0]])
    assert same(before, learner.state())


def test_restored_learner_goes_on_exactly(tiny: Recipe, digits: Digits) -> None:
    """Optimizer, average and dropout's seeds included."""
    tiny = replace(tiny, optimizer=RECIPES["handwrite"].optimizer)
    whole = Learner(tiny, seed=0)
    learn(whole, digits, 5)
    state = {name: array.copy() for name, array in whole.state().items()}
    other = Learner(tiny, seed=9)
    other.restore(state)
    assert same(state, other.state())
    assert other.steps == 5
    told, told_again = learn(whole, digits, 4), learn(other, digits, 4)
    assert np.array(told) == pytest.approx(np.array(told_again), abs=1e-6)
    for name, array in whole.state().items():
        assert array == pytest.approx(other.state()[name], abs=1e-6)


def test_state_of_another_network_is_refused(tiny: Recipe) -> None:
    learner = Learner(tiny, seed=0)
    with pytest.raises(ValueError, match="another network"):
        learner.restore(Learner(RECIPES["mlp"], seed=0).state())
    state = learner.state()
    for name in ("variable_0", "variable_5", "steps"):
        with pytest.raises((ValueError, KeyError)):
            learner.restore({key: array for key, array in state.items() if key != name})
