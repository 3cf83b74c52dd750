"""A learner: a network, its optimizer and the average of its weights, a step at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.recognition.learning.normalisation import fold, refresh_statistics, unfold
from handwrite_gui.recognition.learning.recipes import Recipe


class Learner:
    """Learns from batches by a recipe.

    The weights that are kept are an average over the last steps' (Polyak, Juditsky 1992), with
    normalisations measured for them and folded away.

    Args:
        recipe: What to train and how.
        seed: Of the first weights and of dropout.
        teachers: Models of as many classes. With any, what they say of each image, as it was
            varied, is learned beside its label (Hinton, Vinyals, Dean 2015, "Distilling
            the knowledge in a neural network"; Beyer et al. 2022, "A good teacher is patient and
            consistent").

    Attributes:
        steps: Steps done.
        classes: Labels that the network can tell from each other: 10, or 11 with "no digit".
    """

    def __init__(self, recipe: Recipe, seed: int, teachers: Sequence[keras.Model] = ()) -> None:
        keras.utils.set_random_seed(seed)
        self._recipe, self._teachers = recipe, teachers
        network = recipe.learner()
        self._model = keras.Model(network.inputs[0], network.get_layer("logits").output)
        self._optimizer = recipe.optimizer()
        self._optimizer.build(self._model.trainable_variables)
        self._averages = [tf.Variable(v) for v in self._model.trainable_variables]
        self.steps = 0
        self.classes = int(self._model.output_shape[1])
        # oneDNN's convolutions are faster on processors than what XLA compiles.
        self._traced = tf.function(
            self._step, autograph=False, jit_compile=False, reduce_retracing=True
        )

    def start_from(self, model: keras.Model, batches: Iterable[tf.Tensor]) -> None:
        """Take over what a network of the same recipe has learned, before the first step.

        Args:
            model: A network as `kept` makes it.
            batches: Images to measure its normalisations on, as in training.

        Raises:
            ValueError: It is of another recipe.
        """
        own = self._recipe.network()
        if [w.shape for w in own.weights] != [w.shape for w in model.weights]:
            raise ValueError("it belongs to another network")
        unfold(model, self._model, batches)
        for average, variable in zip(self._averages, self._model.trainable_variables, strict=True):
            average.assign(variable)

    def learn(self, images: tf.Tensor, labels: tf.Tensor, rate: float) -> tuple[float, float]:
        """Take one step.

        Args:
            images: (n, 28, 28, 1) float32.
            labels: (n,) integers.
            rate: Learning rate.

        Returns:
            The batch's mean loss, and the share of it that was read right.
        """
        # Over the last tenth of the steps, as long as there are few.
        window = min(self._recipe.averaged_steps, self.steps / 10)
        loss, right = self._traced(
            images, labels, tf.constant(rate), tf.constant(1 / max(window, 1.0))
        )
        self.steps += 1
        return float(loss), float(right)

    def _step(
        self, images: tf.Tensor, labels: tf.Tensor, rate: tf.Tensor, share: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            loss, right = self._loss(images, labels)
        variables = self._model.trainable_variables
        self._optimizer.learning_rate.assign(rate)
        self._optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        for average, variable in zip(self._averages, variables, strict=True):
            average.assign_add((variable - average) * share)
        return loss, right

    def _loss(self, images: tf.Tensor, labels: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The mean loss of a batch, and the share of it that is read right."""
        logits = self._model(images, training=True)
        truth = self._truth(images, labels)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(truth, logits))
        right = tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32))
        return loss, right

    def _truth(self, images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        """What to learn of each image: shape (n, classes), rows sum to 1."""
        if self._teachers:
            said = tf.add_n([teacher(images, training=False) for teacher in self._teachers])
            share = self._recipe.label_share
            said *= (1 - share) / len(self._teachers)
            return said + tf.one_hot(labels, self.classes) * share
        spread = self._recipe.label_smoothing / self.classes
        return tf.one_hot(labels, self.classes) * (1 - self._recipe.label_smoothing) + spread

    def kept(self, batches: Iterable[tf.Tensor]) -> keras.Model:
        """Make the network as it would be kept now.

        Args:
            batches: Images to measure its normalisations on, as in training.
        """
        # Dropout's seeds, too: what was measured on the way must not change what is learned.
        variables = self._model.variables
        learned = [variable.numpy() for variable in variables]
        for variable, average in zip(self._model.trainable_variables, self._averages, strict=True):
            variable.assign(average)
        refresh_statistics(self._model, batches)
        kept = self._recipe.network()
        fold(self._model, kept)
        for variable, value in zip(variables, learned, strict=True):
            variable.assign(value)
        return kept

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Everything that a learner needs to go on, by name."""
        return {
            "steps": np.array(self.steps),
            **{f"variable_{n}": np.asarray(v) for n, v in enumerate(self._variables())},
        }

    def restore(self, state: dict[str, NDArray[np.generic]]) -> None:
        """Go on from a state of the same recipe.

        Raises:
            ValueError: It is of another one.
        """
        for n, variable in enumerate(self._variables()):
            array = state.get(f"variable_{n}")
            if array is None or array.shape != tuple(variable.shape):
                raise ValueError("it belongs to another network")
            variable.assign(array)
        self.steps = int(state["steps"])

    def _variables(self) -> list[tf.Variable]:
        return [*self._model.variables, *self._optimizer.variables, *self._averages]
