"""Edges: ink is what steep edges enclose; the paper's grain and shadows have none."""

from __future__ import annotations

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


class Edge(NamedTuple):
    """Where ink begins: its threshold, and the steepness from which a pixel is an edge."""

    threshold: float
    steepness: float


def level(values: NDArray[np.float32], part: float) -> float:
    """Return what this part (0 to 1) of an image's pixels, not none, stays below.

    Of large images a sample is asked: every pixel tells of the same paper.
    """
    some = values.ravel()[:: max(1, values.size // SAMPLE)]
    place = round(part * (len(some) - 1))
    return float(np.partition(some, place)[place])


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
        if values.size < FEW_PIXELS:
            steep = min(steep, max(0.35 * level(steepness, 0.995), least))
        edges = steepness > steep
        if np.count_nonzero(edges) >= 8:
            weights = steepness[edges] ** 2
            return Edge(float((weights * values[edges]).sum() / weights.sum()), steep)
    return None
