"""Training: from digits to a model file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from handwrite_gui.domain.prediction import CLASSES
from handwrite_gui.recognition.augmentation import augment
from handwrite_gui.recognition.digits import Digits
from handwrite_gui.recognition.networks import NETWORKS

BATCH = 128
LEARNING_RATE = 2e-3
WEIGHT_DECAY = 0.02
LABEL_SMOOTHING = 0.05
#: The weights that are kept are an average over about this many of the last steps' weights.
AVERAGED_STEPS = 1000
REFRESHING_BATCHES = 100


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training is.

    Attributes:
        step: Steps done.
        steps: Steps in all.
        loss: Mean loss of this epoch so far.
        accuracy: Share of this epoch's varied training images read right so far, 0 to 1.
        images_per_second: Mean since the start.
        validation: Share of the validation digits read right after the last whole epoch, 0 to 1,
            by the name of their data; empty without any.
    """

    step: int
    steps: int
    loss: float
    accuracy: float
    images_per_second: float
    validation: dict[str, float]


def train(
    digits: Digits,
    epochs: int,
    *,
    network: str = "handwrite",
    validation: tuple[Digits, ...] = (),
    seed: int = 0,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> keras.Model:
    """Train a network from nothing.

    AdamW under a cosine schedule (Loshchilov, Hutter 2017 and 2019), smoothed labels (Szegedy et
    al. 2016) and averaged weights (Polyak, Juditsky 1992). Ctrl+C after the first step stops it
    softly.

    Args:
        digits: What to learn from; label 10 is "no digit".
        epochs: How often to go through it.
        network: A name in `NETWORKS`.
        validation: Digits that are only measured.
        seed: Of the weights, the order and the variations.
        on_progress: Called after every twentieth step and every epoch, in this thread.

    Returns:
        The model with its averaged weights.

    Raises:
        KeyboardInterrupt: Ctrl+C before anything was learned.
    """
    keras.utils.set_random_seed(seed)
    model = NETWORKS[network]()
    steps_per_epoch = max(1, len(digits) // BATCH)
    steps = epochs * steps_per_epoch
    averaged_steps = min(AVERAGED_STEPS, max(2, steps // 10))
    schedule = keras.optimizers.schedules.CosineDecay(
        LEARNING_RATE / 20, steps, warmup_target=LEARNING_RATE, warmup_steps=max(1, steps // 30)
    )
    optimizer = keras.optimizers.AdamW(
        schedule,
        weight_decay=WEIGHT_DECAY,
        clipnorm=1.0,
        use_ema=True,
        ema_momentum=1 - 1 / averaged_steps,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # oneDNN's convolutions are faster on processors than what XLA compiles.
    model.compile(
        optimizer,
        keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING),
        metrics=["accuracy"],
        jit_compile=False,
    )
    report = _Report(optimizer, steps, validation, on_progress)
    try:
        model.fit(
            _batches(digits, seed),
            epochs=epochs,
            steps_per_epoch=steps_per_epoch,
            shuffle=False,
            verbose=0,
            callbacks=[report],
        )
    except KeyboardInterrupt:  # A soft stop: what was learned so far is kept.
        if report.step == 0:
            raise
    # After fewer steps the average is still close to where it began.
    if report.step >= 3 * averaged_steps:
        optimizer.finalize_variable_values(model.trainable_variables)
    refreshing = min(REFRESHING_BATCHES, report.step)
    _refresh_statistics(model, _batches(digits, seed + 1).take(refreshing))
    return model


def _refresh_statistics(model: keras.Model, batches: tf.data.Dataset) -> None:
    """Measure the normalisations' means and variances anew, for the averaged weights.

    (Izmailov et al. 2018, "Averaging weights leads to wider optima", section 3.2.) Those gathered
    in training belong to the weights of each step, which were others.
    """
    kind = keras.layers.BatchNormalization
    layers = [layer for layer in model.layers if isinstance(layer, kind)]
    usual = [layer.momentum for layer in layers]
    for number, (images, _) in enumerate(batches):
        for layer in layers:
            layer.momentum = number / (number + 1)  # The mean over all batches so far.
        model(images, training=True)
    for layer, momentum in zip(layers, usual, strict=True):
        layer.momentum = momentum


def fit_temperature(probabilities: NDArray[np.floating], labels: NDArray[np.integer]) -> float:
    """Find the temperature under which probabilities (n, 11) are most likely for labels (n,).

    (Guo et al. 2017, "On calibration of modern neural networks".) Above 1.0 softens.
    """
    logits = np.log(np.clip(probabilities.astype(np.float64), 1e-12, None))

    def loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled -= scaled.max(axis=1, keepdims=True)
        right = scaled[np.arange(len(labels)), labels]
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - right))

    return float(min(np.geomspace(0.2, 5.0, 200), key=loss))


def apply_temperature(model: keras.Model, temperature: float) -> None:
    """Calibrate a model in place: the last layer's weights are divided, so nothing is added."""
    logits = model.get_layer("logits")
    logits.set_weights([weight / temperature for weight in logits.get_weights()])


def _batches(digits: Digits, seed: int) -> tf.data.Dataset:
    """Endless batches, shuffled anew each time round, every one varied by a seed of its own."""

    def prepare(number: tf.Tensor, batch: tuple[tf.Tensor, ...]) -> tuple[tf.Tensor, tf.Tensor]:
        images, labels = batch
        images = tf.cast(images[..., None], tf.float32) / 255.0
        varied = augment(images, tf.stack([seed, tf.cast(number, tf.int32)]))
        return varied, tf.one_hot(labels, CLASSES)

    singles = tf.data.Dataset.from_tensor_slices((digits.images, digits.labels))
    batches = singles.shuffle(len(digits), seed=seed).repeat().batch(BATCH)
    return batches.enumerate().map(prepare, num_parallel_calls=tf.data.AUTOTUNE).prefetch(4)


class _Report(keras.callbacks.Callback):  # type: ignore[misc]
    """Tells how far the training is; measures validation digits with the averaged weights."""

    def __init__(
        self,
        optimizer: keras.optimizers.Optimizer,
        steps: int,
        validation: tuple[Digits, ...],
        on_progress: Callable[[Progress], None],
    ) -> None:
        super().__init__()
        self._optimizer, self._steps, self._on_progress = optimizer, steps, on_progress
        self._validation = validation
        self._accuracy: dict[str, float] = {}
        self.step, self._start = 0, time.monotonic()

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        self.step += 1
        # The epoch's last step is told once it is measured.
        if self.step % 20 == 0 and batch + 1 < self.params["steps"]:
            self._tell(logs or {})

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        if self._validation:
            learned = [variable.numpy() for variable in self.model.trainable_variables]
            self._optimizer.finalize_variable_values(self.model.trainable_variables)
            for digits in self._validation:
                likeliest = predict(self.model, digits.images).argmax(axis=1)
                self._accuracy[digits.name] = float(np.mean(likeliest == digits.labels))
            for variable, value in zip(self.model.trainable_variables, learned, strict=True):
                variable.assign(value)
        self._tell(logs or {})

    def _tell(self, logs: dict[str, float]) -> None:
        speed = self.step * BATCH / (time.monotonic() - self._start)
        loss, accuracy = float(logs["loss"]), float(logs["accuracy"])
        self._on_progress(
            Progress(self.step, self._steps, loss, accuracy, speed, dict(self._accuracy))
        )


def predict(model: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return a model's probabilities for digit images (n, 28, 28) uint8, a thousand at a time."""
    batches = [
        model.predict_on_batch(images[first : first + 1000, ..., None].astype(np.float32) / 255)
        for first in range(0, len(images), 1000)
    ]
    return np.concatenate(batches)
