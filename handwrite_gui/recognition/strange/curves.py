"""Scribbles of several sorts, and single strokes that are no 1: lying, bent or with corners."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Drawing = list[NDArray[np.float64]]


def scribble(rng: np.random.Generator) -> Drawing:
    """Draw a scribble; returns its strokes, shape (n, 2) each, y downwards."""
    return _SCRIBBLES[rng.integers(len(_SCRIBBLES))](rng)


def single_stroke(rng: np.random.Generator) -> Drawing:
    """Draw one stroke that no careful person reads as a 1, or as any other digit."""
    return [_SINGLE_STROKES[rng.integers(len(_SINGLE_STROKES))](rng)]


def _tangle(rng: np.random.Generator) -> Drawing:
    """A pen that wanders, each way back to where it has been before."""
    t = np.linspace(0.0, 1.0, 200)
    frequency = rng.uniform(3.0, 8.0, (6, 2))
    phase, height = rng.uniform(0.0, 2 * np.pi, (6, 2)), rng.normal(0.0, 1.0, (6, 2))
    waves = height * np.sin(2 * np.pi * frequency * t[:, None, None] + phase)
    stroke = waves.sum(axis=1)
    # As wide as high, more or less: pressed flat, a tangle could pass for a thick line.
    return [stroke / np.ptp(stroke, axis=0) * [rng.uniform(0.7, 1.4), 1.0]]


def _hatching(rng: np.random.Generator) -> Drawing:
    """To and fro beside itself, in any direction, as one hides a word."""
    turns = int(rng.integers(7, 16))
    across = np.linspace(0.0, rng.uniform(0.8, 1.6), turns) + rng.normal(0.0, 0.03, turns)
    along = np.where(np.arange(turns) % 2, 0.5, -0.5) + rng.normal(0.0, 0.1, turns)
    return [np.stack([across, along], axis=1) @ _turned(rng.uniform(0.0, np.pi)).T]


def _coil(rng: np.random.Generator) -> Drawing:
    """Loops in a row, like a spring or many an e."""
    loops = rng.uniform(3.5, 7.0)
    t = np.linspace(0.0, 2 * np.pi * loops, int(24 * loops))
    x = 0.5 * np.cos(t) * rng.uniform(0.6, 1.4) + t / (2 * np.pi) * rng.uniform(0.4, 0.9)
    return [np.stack([x, np.sin(t)], axis=1) @ _turned(rng.normal(0.0, 0.3)).T]


def _ball(rng: np.random.Generator) -> Drawing:
    """Slim loops around one place, each turned a little further, like a ball of wool."""
    loops = rng.uniform(4.0, 8.0)
    t = np.linspace(0.0, 2 * np.pi * loops, int(24 * loops))
    tilt = t * rng.uniform(0.08, 0.3)
    x, y = rng.uniform(0.05, 0.2) * np.cos(t), np.sin(t)
    return [np.stack([x * np.cos(tilt) - y * np.sin(tilt), x * np.sin(tilt) + y * np.cos(tilt)], 1)]


def _angles(rng: np.random.Generator) -> Drawing:
    """Straight from place to place."""
    return [rng.uniform(0.0, 1.0, (int(rng.integers(14, 25)), 2))]


def _pieces(rng: np.random.Generator) -> Drawing:
    """Short strokes strewn about."""
    pieces = []
    for _ in range(int(rng.integers(8, 15))):
        reach = _turned(rng.uniform(0.0, np.pi)) @ [rng.uniform(0.05, 0.3), 0.0]
        middle = rng.uniform(0.0, 1.0, 2)
        pieces.append(np.array([middle - reach, middle + reach]))
    return pieces


def _dash(rng: np.random.Generator) -> NDArray[np.float64]:
    """A lying line. Rising lines stop at 25°, for a 1 may lean far to the right."""
    return np.array([[0.0, 0.0], _turned(rng.uniform(-0.45, 0.6)) @ [1.0, 0.0]])


def _wave(rng: np.random.Generator) -> NDArray[np.float64]:
    """A lying wave of one to four crests."""
    t = np.linspace(0.0, 2 * np.pi * rng.uniform(1.0, 4.0), 60)
    wave = np.stack([t, np.sin(t + rng.uniform(0.0, 2 * np.pi)) * rng.uniform(0.5, 2.0)], axis=1)
    return wave @ _turned(rng.normal(0.0, 0.15)).T


def _zigzag(rng: np.random.Generator) -> NDArray[np.float64]:
    """A lying zigzag of four to eight lines."""
    corners = int(rng.integers(5, 10))
    height = np.where(np.arange(corners) % 2, 1.0, -1.0) * rng.uniform(0.6, 1.5)
    zigzag = np.stack([np.arange(corners), height], axis=1) + rng.normal(0.0, 0.12, (corners, 2))
    return zigzag @ _turned(rng.normal(0.0, 0.15)).T


def _tick(rng: np.random.Generator) -> NDArray[np.float64]:
    """A tick or a V: down, and up again to the right for longer."""
    left = [-rng.uniform(0.4, 0.8), -rng.uniform(0.4, 1.0)]
    return np.array([left, [0.0, 0.0], [rng.uniform(0.7, 1.1), -rng.uniform(0.9, 1.4)]])


def _corner(rng: np.random.Generator) -> NDArray[np.float64]:
    """An L or its mirror image. The corner is below, for above it would make a 7 or a flagged 1."""
    lying, standing = rng.uniform(0.7, 1.4), rng.uniform(0.7, 1.2)
    side = rng.choice([-1.0, 1.0])
    return np.array([[0.0, -standing], [0.0, 0.0], [side * lying, rng.normal(0.0, 0.08)]])


def _arch(rng: np.random.Generator) -> NDArray[np.float64]:
    """An arch open below or a bowl open above, at least as wide as high."""
    half = rng.uniform(0.7, 1.7)
    t = np.linspace(-half, half, 30)
    height = rng.uniform(0.5, 1.0) * rng.choice([-1.0, 1.0])
    return np.stack([np.sin(t), height * np.cos(t)], axis=1) @ _turned(rng.normal(0.0, 0.15)).T


def _hook(rng: np.random.Generator) -> NDArray[np.float64]:
    """A lying line, its left end bent round, or its right end bent upwards: downwards it is a 7."""
    t = np.linspace(0.0, rng.uniform(0.7, 1.1) * np.pi, 20)
    radius = rng.uniform(0.15, 0.35)
    bend = np.stack([1.0 + radius * np.sin(t), radius * (np.cos(t) - 1.0)], axis=1)
    hook = np.concatenate([[[-rng.uniform(0.0, 0.6), 0.0]], bend])
    mirrored = ([1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0])
    return hook * mirrored[rng.integers(3)]


def _turned(radians: float) -> NDArray[np.float64]:
    cos, sin = np.cos(radians), np.sin(radians)
    return np.array([[cos, -sin], [sin, cos]])


_SCRIBBLES: tuple[Callable[[np.random.Generator], Drawing], ...] = (
    _tangle,
    _hatching,
    _coil,
    _ball,
    _angles,
    _pieces,
)
_SINGLE_STROKES: tuple[Callable[[np.random.Generator], NDArray[np.float64]], ...] = (
    _dash,
    _wave,
    _zigzag,
    _tick,
    _corner,
    _arch,
    _hook,
)
