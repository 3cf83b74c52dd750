"""The hand: how a skeleton comes out when somebody writes it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handwrite_gui.recognition.forms.skeleton import Stroke, lengths_along, resampled

Rng = np.random.Generator
#: Points on a stroke that is 1 long, before it is sampled as a tablet would.
_DENSITY = 60


def written(strokes: list[Stroke], rng: Rng, *, leans: bool = True) -> list[Stroke]:
    """Write a form: slant, proportion, curvature, tremor, speed, joins, and how it was sampled.

    Args:
        strokes: A form about 1 high.
        rng: What the hand is drawn with.
        leans: Whether the form is slanted, turned and widened, too.

    Returns:
        Its strokes as written; about as large, and not moved to any place.
    """
    strokes = [_begun_and_ended(_dense(stroke), rng) for stroke in strokes]
    if len(strokes) > 1:
        strokes = [stroke + rng.normal(0, 0.02, 2) for stroke in strokes]
        if rng.random() < 0.06:  # The pen is not lifted.
            strokes = [_dense(np.concatenate(strokes))]
    bend, turn = _bend(rng), _turn(rng)
    speed = rng.uniform(0.0, 0.045)
    tremor = abs(rng.normal(0, 0.006)) if rng.random() < 0.85 else rng.uniform(0.006, 0.02)
    strokes = [_trembled(_hurried(bend(stroke), speed), tremor, rng) for stroke in strokes]
    if leans:
        strokes = [turn(stroke) for stroke in strokes]
    if rng.random() < 0.35:  # A slow tablet.
        density = rng.uniform(5, 14)
        strokes = [
            resampled(stroke, max(3, int(lengths_along(stroke)[-1] * density)))
            for stroke in strokes
        ]
    return strokes


def _dense(stroke: Stroke) -> Stroke:
    return resampled(stroke, max(6, int(lengths_along(stroke)[-1] * _DENSITY)))


def _begun_and_ended(stroke: Stroke, rng: Rng) -> Stroke:
    """Start late or early, stop short or overshoot, and sometimes with a hook."""
    cut = [int(abs(rng.normal(0, 1.2))) for _ in range(2)]
    if len(stroke) > 20:
        stroke = stroke[cut[0] : len(stroke) - cut[1]]
    for _ in range(2):
        if rng.random() < 0.12:
            ahead = stroke[-1] - stroke[-4]
            ahead /= max(float(np.hypot(*ahead)), 1e-9)
            aside = np.array([-ahead[1], ahead[0]]) * rng.choice([-1, 1])
            length = rng.uniform(0.02, 0.09)
            corner = rng.uniform(-0.8, 1.0)
            tip = stroke[-1] + length * (corner * ahead + (1 - abs(corner)) * aside)
            stroke = np.concatenate([stroke, np.linspace(stroke[-1], tip, 5)[1:]])
        stroke = stroke[::-1]
    return stroke


def _bend(rng: Rng) -> Callable[[Stroke], Stroke]:
    """A smooth bending of the plane: waves of half to one and a half periods over the form."""
    waves = 3
    towards = rng.normal(0, 1.0, (waves, 2))
    frequency = rng.normal(0, 3.5, (waves, 2))
    phase = rng.uniform(0, 2 * np.pi, waves)
    strength = abs(rng.normal(0, 0.028))
    bow = rng.normal(0, 0.06)

    def bend(stroke: Stroke) -> Stroke:
        shift = strength * np.sin(stroke @ frequency.T + phase) @ towards
        bowed = shift + np.stack([bow * (stroke[:, 1] - 0.5) ** 2 * 2, 0 * shift[:, 0]], axis=1)
        return stroke + bowed

    return bend


def _turn(rng: Rng) -> Callable[[Stroke], Stroke]:
    """Slant, proportion and turn."""
    angle = np.radians(rng.normal(0, 5))
    slant = np.clip(rng.normal(0.08, 0.24), -0.6, 0.75)
    wide = np.exp(np.clip(rng.normal(0, 0.2), -0.5, 0.5))
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.array([[cos, -sin], [sin, cos]]) @ np.array([[wide, -slant], [0, 1]])
    return lambda stroke: stroke @ matrix.T


def _hurried(stroke: Stroke, speed: float) -> Stroke:
    """Round the corners: each point goes to the mean of those within a distance of `speed`."""
    radius = int(speed * _DENSITY)
    if radius == 0 or len(stroke) < 2 * radius + 3:
        return stroke
    padded = np.concatenate(
        [np.repeat(stroke[:1], radius, 0), stroke, np.repeat(stroke[-1:], radius, 0)]
    )
    sums = np.cumsum(np.concatenate([np.zeros((1, 2)), padded]), axis=0)
    window = 2 * radius + 1
    means: Stroke = (sums[window:] - sums[:-window]) / window
    return means


def _trembled(stroke: Stroke, strength: float, rng: Rng) -> Stroke:
    """Let the hand tremble: noise that is smooth over a few points."""
    noise = rng.normal(0, strength, (len(stroke) + 4, 2))
    smooth = np.sum([noise[n : n + len(stroke)] for n in range(5)], axis=0) / np.sqrt(5)
    trembled: Stroke = stroke + smooth
    return trembled
