"""How a hand redraws given strokes: bent, leaning, not quite meeting, with a tremor."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Distance of the points along a redrawn stroke. This and all that follows, where no other unit is
#: named, is a part of the drawing's longer side.
STEP = 0.03
#: Waves in which the paper is bent, how many of them cross the drawing at most, and their height.
WAVES = 3
WAVES_ACROSS = 1.2
BEND = 0.03
#: Standard deviations of a stroke's place and of its size (natural logarithm).
STROKE_SHIFT = 0.015
STROKE_SCALE = 0.04
#: Standard deviation of the tremor, and the points over which it is smoothed.
TREMOR = 0.012
TREMOR_POINTS = 5
#: Standard deviations of the whole drawing's turn, slant, and width by height (logarithm).
TURN_RADIANS = 0.08
SLANT = 0.15
ASPECT = 0.12


def redraw(
    strokes: Sequence[NDArray[np.float64]], rng: np.random.Generator, freedom: float = 1.0
) -> list[NDArray[np.float64]]:
    """Draw strokes again as a hand might.

    Args:
        strokes: Positions of each stroke, shape (n, 2), n ≥ 1, in any unit.
        rng: Says how.
        freedom: By how much to multiply all variation, tremor excepted.

    Returns:
        As many strokes, the drawing's longer side about 1.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(float(np.max(high - low)), 1e-9)
    shakiness = TREMOR * rng.uniform(0.2, 1.4)
    drawn = [
        _vary_stroke(resample((stroke - low) / size, STEP), shakiness, freedom, rng)
        for stroke in strokes
    ]
    turn, slant, aspect = rng.normal(0.0, (TURN_RADIANS, SLANT, ASPECT)) * freedom
    cos, sin = np.cos(turn), np.sin(turn)
    proportions = np.diag(np.exp([aspect / 2, -aspect / 2]))
    matrix = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1.0, -slant], [0.0, 1.0]])
    bend = _Bend(freedom * BEND, rng)
    return [bend(stroke) @ (matrix @ proportions).T for stroke in drawn]


def resample(stroke: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Place points evenly along a stroke, about `step` apart; its ends stay."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    even = np.linspace(0.0, along[-1], int(np.ceil(along[-1] / step)) + 1)
    return np.stack([np.interp(even, along, stroke[:, i]) for i in (0, 1)], axis=1)


def round_off(stroke: NDArray[np.float64], times: int = 2) -> NDArray[np.float64]:
    """Make a curve of a polyline (Chaikin 1974, "An algorithm for high-speed curve generation")."""
    for _ in range(times):
        quarters = [0.75 * stroke[:-1] + 0.25 * stroke[1:], 0.25 * stroke[:-1] + 0.75 * stroke[1:]]
        inner = np.stack(quarters, axis=1).reshape(-1, 2)[1:-1]
        stroke = np.concatenate([stroke[:1], inner, stroke[-1:]])
    return stroke


def _vary_stroke(
    stroke: NDArray[np.float64], shakiness: float, freedom: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Make a stroke a little larger or smaller, move it, and let it tremble."""
    middle = stroke.mean(axis=0)
    scale = np.exp(freedom * rng.normal(0.0, STROKE_SCALE))
    noise = rng.normal(0.0, shakiness, (len(stroke) + TREMOR_POINTS - 1, 2))
    window = np.full(TREMOR_POINTS, TREMOR_POINTS**-0.5)
    tremor = np.stack([np.convolve(noise[:, i], window, "valid") for i in (0, 1)], axis=1)
    shift = freedom * rng.normal(0.0, STROKE_SHIFT, 2)
    varied: NDArray[np.float64] = middle + (stroke - middle) * scale + shift + tremor
    return varied


class _Bend:
    """Bends the paper on which all strokes of a drawing lie, by a few waves in any direction."""

    def __init__(self, height: float, rng: np.random.Generator) -> None:
        self._frequency = rng.uniform(-WAVES_ACROSS, WAVES_ACROSS, (2, WAVES)) * 2 * np.pi
        self._phase = rng.uniform(0.0, 2 * np.pi, WAVES)
        self._height = rng.normal(0.0, height, (WAVES, 2))

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        bent: NDArray[np.float64] = (
            points + np.sin(points @ self._frequency + self._phase) @ self._height
        )
        return bent
