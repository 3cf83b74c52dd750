"""Edges: ink is what steep edges enclose; the paper's grain and shadows have none."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

#: Edges this many times steeper than the picture's grain are taken for the edges of ink: first
#: the higher, and where nothing is so steep, the lower. No grain reaches 6 deviations by chance in
#: a million pixels (Rayleigh distribution: exp(-6²/2)).
GRAIN_FACTORS = (6.0, 4.0)
#: A picture with fewer pixels can be half edges, whose 15th percentile is then no grain.
FEW_PIXELS = 20_000
#: Pixels of which a level is estimated: one of so many is true to a hundredth of them.
SAMPLE = 10_000
#: Of so many values one is looked for near where it lies among so many of them.
MANY, TELLING = 2_000, 512


class Edge(NamedTuple):
    """Where ink begins: its threshold, and the steepness from which a pixel is an edge."""

    threshold: float
    steepness: float


def level(values: NDArray[np.float32], part: float) -> float:
    """Return what this part (0 to 1) of an image's pixels, not none, stays below.

    Of large images a sample is asked: every pixel tells of the same paper.
    """
    return levels(values, part)[0]


def levels(values: NDArray[np.float32], *parts: float) -> list[float]:
    """Return the `level` of each of some rising parts, each looked for above the one before."""
    some = _sample(values)
    last = len(some) - 1
    above, below = _near(some, round(parts[0] * last)) if len(parts) == 1 else (some, 0)
    found = []
    for place in (round(part * last) for part in parts):
        above = np.partition(above, place - below)[place - below :]
        found.append(float(above[0]))
        below = place
    return found


def _near(values: NDArray[np.float32], place: int) -> tuple[NDArray[np.float32], int]:
    """Leave out what, by a sample, is not near a place of the sorted values.

    R. Floyd, R. Rivest, "Expected time bounds for selection" (1975): it takes half the time.

    Returns:
        The values that are left, the one at the place among them, and how many were smaller.
    """
    if len(values) < MANY:
        return values, 0
    sample = np.sort(values[:: len(values) // TELLING])
    middle = place * len(sample) // len(values)
    away = 2 + round(2.0 * math.sqrt(middle * (1.0 - middle / len(sample))))
    low, high = sample[max(0, middle - away)], sample[min(len(sample) - 1, middle + away)]
    smaller = int(np.count_nonzero(values < low))
    near = values[(values >= low) & (values <= high)]
    return (near, smaller) if smaller <= place < smaller + len(near) else (values, 0)


def is_level_below(values: NDArray[np.float32], part: float, bound: float) -> bool:
    """Tell, at a small part of its cost, whether `level` is no higher than a bound."""
    some = _sample(values)
    return int(np.count_nonzero(some > bound)) < len(some) - round(part * (len(some) - 1))


def _sample(values: NDArray[np.float32]) -> NDArray[np.float32]:
    # Side by side, for they are compared more than once.
    return np.ascontiguousarray(values.ravel()[:: max(1, values.size // SAMPLE)])


def gradient(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Steepness of an image (height, width) per pixel (Scharr's operator)."""
    across = cv2.Scharr(image, cv2.CV_32F, 1, 0, scale=1 / 32)
    down = cv2.Scharr(image, cv2.CV_32F, 0, 1, scale=1 / 32)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def find_edge(
    values: NDArray[np.float32], steepness: NDArray[np.float32], least: float
) -> Edge | None:
    """Find the threshold that runs along the edges of what is in the picture.

    The threshold is the mean of the values, weighted by the square of their steepness, over the
    pixels that are steeper than grain (J. Kittler, J. Illingworth, J. Föglein, "Threshold selection
    based on a simple image statistic", 1985). Unlike a threshold from the histogram it works
    alike where ink covers a thousandth of the picture and where it covers half.

    Args:
        values: Pixels, any shape.
        steepness: Their gradient, same shape.
        least: Steepness below which nothing is an edge, per pixel.

    Returns:
        Threshold and steepness, or None where nothing has edges.
    """
    if values.size == 0:
        return None
    grain = level(steepness, 0.15) / 0.57  # of a Rayleigh distribution
    for factor in GRAIN_FACTORS:
        steep = max(factor * grain, least)
        if values.size < FEW_PIXELS and is_level_below(steepness, 0.995, steep / 0.35):
            steep = min(steep, max(0.35 * level(steepness, 0.995), least))
        edges = steepness > steep
        if np.count_nonzero(edges) >= 8:
            weights = steepness[edges] ** 2
            return Edge(float(weights @ values[edges]) / float(weights.sum()), steep)
    return None
