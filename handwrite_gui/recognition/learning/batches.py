"""Batches: what each training step sees, a function of the seed and the step's number alone.

A training that goes on from a checkpoint therefore sees what it would have seen.
"""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from handwrite_gui.recognition.data.digits import Digits

#: Varies a batch of images (n, 28, 28, 1) by a seed of two integers, shape (2,).
Variation = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def batches(
    digits: Digits, size: int, *, first: int, seed: int, vary: Variation | None
) -> tf.data.Dataset:
    """Endless batches of varied digit images, prepared beside the training.

    Args:
        digits: What to learn from. Each comes once in every epoch, in an order of its own.
        size: Digits in a batch; what does not fill the last batch of an epoch is left out of it.
        first: Number of the first step.
        seed: Of order and variations.
        vary: How each batch is augmented, or None.

    Returns:
        Pairs of images (size, 28, 28, 1) float32, 0.0 paper to 1.0 ink, and labels (size,) int64.
    """
    size = min(size, len(digits))
    steps_per_epoch = len(digits) // size
    images, labels = tf.constant(digits.images), tf.constant(digits.labels)

    def prepare(step: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        epoch, nth = step // steps_per_epoch, step % steps_per_epoch
        key = tf.stack([tf.constant(seed, tf.int64), epoch])
        places = nth * size + tf.range(size, dtype=tf.int64)
        chosen = tf.random.experimental.index_shuffle(places, key, len(digits) - 1)
        batch = tf.cast(tf.gather(images, chosen)[..., None], tf.float32) / 255.0
        if vary is not None:
            batch = vary(batch, tf.stack([tf.constant(seed, tf.int64), step]))
        return batch, tf.gather(labels, chosen)

    numbers = tf.data.Dataset.range(first, tf.int64.max)
    return numbers.map(prepare, num_parallel_calls=2, deterministic=True).prefetch(8)
