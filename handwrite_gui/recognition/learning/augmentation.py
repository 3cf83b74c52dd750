"""Augmentation: each digit image as other hands, pens and scanners would have made it.

Works on whole batches inside TensorFlow's graph, so that it runs beside the training step. The
warp is one resampling for turn, shear, scale, shift and elastic distortion together (Simard,
Steinkraus, Platt 2003, "Best practices for convolutional neural networks").
"""

from __future__ import annotations

import math

import numpy as np
import tensorflow as tf

from handwrite_gui.domain.framing import SIDE_PX

#: Standard deviations of most warps, chosen on the validation writers.
TURN_RADIANS = math.radians(7.0)
SHEAR = 0.15
LOG_SCALE = 0.08
SHIFT_PX = 0.8
ELASTIC_PX = 0.9
#: Some images are warped further, evenly up to these: what was framed badly is still read.
FAR_SHARE = 0.08
FAR_TURN_RADIANS = math.radians(18.0)
FAR_SHEAR = 0.3
FAR_LOG_SCALE = math.log(1.28)
FAR_SHIFT_PX = 3.3
#: The elastic field is drawn on this coarse grid and smoothed up to the image.
ELASTIC_GRID = 5
#: Shares of the images that are blurred, seen by a coarse scanner, and grained.
BLURRED_SHARE, COARSE_SHARE, GRAINED_SHARE = 1 / 14, 1 / 14, 1 / 4
BLUR_PX = 1.3
#: Each share passes a scanner of so many pixels; at 22 a digit is as high as on 16×16, filled.
COARSE_SIDES_PX = (15, 22)
LEAST_GRAIN, MOST_GRAIN = 0.1, 0.7


def vary(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Vary a batch of digit images at random.

    Args:
        images: (N, 28, 28, 1) float32, 0.0 paper to 1.0 ink.
        seed: Two integers, shape (2,); the same seed gives the same images.

    Returns:
        As many images of the same shape and range.
    """
    seeds = tf.unstack(tf.random.split(seed, 6))
    images = _warp(images, seeds[0], seeds[1], FAR_SHARE)
    images = _vary_thickness(images, seeds[2])
    images = _vary_contrast(images, seeds[3])
    images = _soften(images, seeds[4])
    return _add_grain(images, seeds[5])


def vary_a_little(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Vary a batch as hands and pens vary, without bad frames, blur and grain: learned sooner.

    Args:
        images: As for `vary`.
        seed: As for `vary`.
    """
    seeds = tf.unstack(tf.random.split(seed, 3))
    return _vary_thickness(_warp(images, seeds[0], seeds[1], 0.0), seeds[2])


def _warp(
    images: tf.Tensor, affine_seed: tf.Tensor, elastic_seed: tf.Tensor, far_share: float
) -> tf.Tensor:
    count = tf.shape(images)[0]
    seeds = tf.unstack(tf.random.split(affine_seed, 3))
    near = tf.random.stateless_normal((count, 6), seeds[0]) * _NEAR
    far = tf.random.stateless_uniform((count, 6), seeds[1], -1.0, 1.0) * _FAR
    drawn = tf.where(_chosen(count, far_share, seeds[2])[:, :, 0, 0], far, near)
    turn, shear = drawn[:, 0], drawn[:, 1]
    scale_x, scale_y = tf.exp(drawn[:, 2] + drawn[:, 3]), tf.exp(drawn[:, 2] - drawn[:, 3])
    cos, sin = tf.cos(turn), tf.sin(turn)
    matrix = tf.stack(
        [
            tf.stack([cos * scale_x, (shear * cos - sin) * scale_y], axis=1),
            tf.stack([sin * scale_x, (shear * sin + cos) * scale_y], axis=1),
        ],
        axis=1,
    )
    middle = (SIDE_PX - 1) / 2
    steps = tf.range(SIDE_PX, dtype=tf.float32) - middle
    x, y = tf.meshgrid(steps, steps)
    grid = tf.reshape(tf.stack([x, y], axis=-1), (1, -1, 2))
    source = tf.matmul(tf.tile(grid, (count, 1, 1)), matrix, transpose_b=True)
    source += middle + drawn[:, None, 4:6]
    coarse = tf.random.stateless_normal((count, ELASTIC_GRID, ELASTIC_GRID, 2), elastic_seed)
    elastic = tf.image.resize(coarse * ELASTIC_PX, (SIDE_PX, SIDE_PX), "bicubic")
    return _sample(images, source + tf.reshape(elastic, (count, -1, 2)))


def _sample(images: tf.Tensor, positions: tf.Tensor) -> tf.Tensor:
    """Bilinear values of images (N, 28, 28, 1) at positions (N, 784, 2) as x, y; paper outside."""
    padded = tf.reshape(tf.pad(images, [[0, 0], [1, 1], [1, 1], [0, 0]]), (tf.shape(images)[0], -1))
    side = SIDE_PX + 2
    positions = tf.clip_by_value(positions + 1.0, 0.0, side - 1.001)
    corner = tf.floor(positions)
    x_part, y_part = tf.unstack(positions - corner, axis=-1)
    column, row = tf.unstack(tf.cast(corner, tf.int32), axis=-1)
    index = row * side + column

    def values(offset: int) -> tf.Tensor:
        return tf.gather(padded, index + offset, batch_dims=1)

    above = values(0) * (1 - x_part) + values(1) * x_part
    below = values(side) * (1 - x_part) + values(side + 1) * x_part
    return tf.reshape(above * (1 - y_part) + below * y_part, tf.shape(images))


def _vary_thickness(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Blend every other image with its dilation or its erosion: a wider or a finer pen."""
    which, strength = tf.unstack(tf.random.split(seed, 2))
    count = tf.shape(images)[0]
    chosen = tf.cast(_chosen(count, 1 / 2, which), tf.float32)
    amount = tf.random.stateless_uniform((count, 1, 1, 1), strength, -0.6, 0.9) * chosen
    dilated = tf.nn.max_pool2d(images, 3, 1, "SAME")
    eroded = -tf.nn.max_pool2d(-images, 3, 1, "SAME")
    wider = images + tf.maximum(amount, 0.0) * (dilated - images)
    return wider + tf.maximum(-amount, 0.0) * (eroded - images)


def _vary_contrast(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    gamma = tf.exp(tf.random.stateless_normal((tf.shape(images)[0], 1, 1, 1), seed) * 0.2)
    return tf.pow(tf.maximum(images, 1e-6), gamma)


def _soften(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Blur some images, and let others pass through a coarse scanner."""
    which, strength, *coarsely = tf.unstack(tf.random.split(seed, 2 + len(COARSE_SIDES_PX)))
    count = tf.shape(images)[0]
    chosen = tf.cast(_chosen(count, BLURRED_SHARE, which), tf.float32)
    amount = tf.random.stateless_uniform((count, 1, 1, 1), strength, 0.2, 1.0) * chosen
    across = tf.nn.conv2d(images, _BLUR[None, :, None, None], 1, "SAME")
    blurred = tf.nn.conv2d(across, _BLUR[:, None, None, None], 1, "SAME")
    images += amount * (blurred - images)
    for side, chance in zip(COARSE_SIDES_PX, coarsely, strict=True):
        coarse = tf.image.resize(images, (side, side), antialias=True)
        coarse = tf.image.resize(coarse, (SIDE_PX, SIDE_PX))
        images = tf.where(_chosen(count, COARSE_SHARE, chance), coarse, images)
    return images


def _add_grain(images: tf.Tensor, seed: tf.Tensor) -> tf.Tensor:
    """Give some images white noise of a standard deviation of `LEAST_GRAIN` to `MOST_GRAIN`."""
    which, strength, noise = tf.unstack(tf.random.split(seed, 3))
    count = tf.shape(images)[0]
    sigma = tf.random.stateless_uniform((count, 1, 1, 1), strength, LEAST_GRAIN, MOST_GRAIN)
    noisy = images + sigma * tf.random.stateless_normal(tf.shape(images), noise)
    images = tf.where(_chosen(count, GRAINED_SHARE, which), noisy, images)
    return tf.clip_by_value(images, 0.0, 1.0)


def _chosen(count: tf.Tensor, share: float, seed: tf.Tensor) -> tf.Tensor:
    """Choose a share of the images; booleans (count, 1, 1, 1)."""
    return tf.random.stateless_uniform((count, 1, 1, 1), seed) < share


_BLUR = np.exp(-(np.arange(-3, 4) ** 2) / (2 * BLUR_PX**2)).astype(np.float32)
_BLUR /= _BLUR.sum()
#: Turn, shear, the scale's size and aspect, and two shifts.
_NEAR = (TURN_RADIANS, SHEAR, LOG_SCALE * 0.7, LOG_SCALE * 0.7, SHIFT_PX, SHIFT_PX)
_FAR = (FAR_TURN_RADIANS, FAR_SHEAR, FAR_LOG_SCALE, LOG_SCALE, FAR_SHIFT_PX, FAR_SHIFT_PX)
