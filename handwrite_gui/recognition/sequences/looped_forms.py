"""Digits of hasty hands in amounts: closed by loops, or with what is usual left out.

Each is easily taken for another digit: a 2 for a 9, a 1 for a 9 or a 6, a 5 for a 1, an 8 for a 6.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handwrite_gui.recognition.forms.skeleton import Stroke, arc, curve, joined, line

Rng = np.random.Generator


def _one(rng: Rng) -> list[Stroke]:
    """As the letter l: up from the foot of the line, a loop at the top, and down."""
    wide, lean = rng.uniform(0.08, 0.3), rng.uniform(0.0, 0.25)
    low = rng.uniform(0.45, 1.0)
    loop = [
        (lean - rng.uniform(0.05, 0.45), low),
        (lean, rng.uniform(0.35, 0.5)),
        (lean + wide, rng.uniform(0.12, 0.22)),
        (lean + wide * 0.6, 0.0),
        (lean, rng.uniform(0.1, 0.2)),
        (lean * 0.6, 0.55),
    ]
    end = [(lean * 0.4 + rng.normal(0, 0.03), 1.0)]
    if rng.random() < 0.3:  # Its foot bends to the right.
        end = [(lean * 0.4, 0.92), (lean * 0.4 + rng.uniform(0.08, 0.25), 0.98)]
    return [curve(*loop, *end)]


def _two(rng: Rng) -> list[Stroke]:
    """A head that is closed, or nearly, upon a short foot, as Q."""
    wide = rng.uniform(0.35, 0.75)
    neck = rng.uniform(0.55, 0.8)
    begin = (wide * rng.uniform(0.25, 0.8), neck * rng.uniform(0.55, 1.0))
    knee = (wide * rng.uniform(-0.2, 0.35), rng.uniform(0.86, 1.0))
    head = curve(
        begin,
        (wide * rng.uniform(0.1, 0.3), neck * rng.uniform(0.8, 1.0)),
        (0.0, neck * rng.uniform(0.4, 0.6)),
        (wide * 0.5, 0.0),
        (wide, neck * rng.uniform(0.3, 0.5)),
        (wide * rng.uniform(0.45, 0.75), neck),
        knee,
    )
    reach = wide * rng.uniform(0.8, 1.5)
    foot = (knee[0] + reach, rng.uniform(0.85, 1.05))
    if rng.random() < 0.4:
        loop = rng.uniform(0.05, 0.16)
        turn = curve(
            knee,
            (knee[0] - loop, knee[1] - 0.5 * loop),
            (knee[0] + 0.3 * loop, knee[1] - loop),
            (knee[0] + reach * 0.5, rng.uniform(0.92, 1.02)),
            foot,
        )
        return [joined(head, turn)]
    return [joined(head, curve(knee, (knee[0] + reach / 2, rng.uniform(0.88, 1.02)), foot))]


def _five(rng: Rng) -> list[Stroke]:
    """A hook, a sharp foot, a long stem up and a bar, as a root's sign; or the bar left apart."""
    reach, lean = rng.uniform(0.25, 0.9), rng.uniform(0.15, 0.5)
    hook = (-rng.uniform(0.1, 0.35), rng.uniform(0.45, 0.85))
    foot, top = (0.0, 1.0), (lean, rng.uniform(0.0, 0.1))
    tip = (lean + reach, rng.uniform(-0.1, 0.12))
    stem = joined(line(hook, foot), line(foot, top))
    if rng.random() < 0.25:
        gap = rng.uniform(0.02, 0.15)
        return [stem, line((top[0] + gap, top[1] - 0.02), tip)]
    return [joined(stem, line(top, tip))]


def _seven(rng: Rng) -> list[Stroke]:
    """A stem with a bar through it and hardly a head, as t; or with a loop for a head."""
    lean = rng.uniform(0.0, 0.3)
    half = (lean * 0.5, rng.uniform(0.38, 0.58))
    reach, tilt = rng.uniform(0.15, 0.45, 2), rng.normal(-0.03, 0.05)
    bar = line((half[0] - reach[0], half[1] - tilt), (half[0] + reach[1], half[1] + tilt))
    if rng.random() < 0.5:
        head = (lean - rng.uniform(0.05, 0.2), rng.uniform(0.05, 0.18))
        return [joined(line(head, (lean, 0.0)), line((lean, 0.0), half, (0.0, 1.0))), bar]
    wide = rng.uniform(0.15, 0.35)
    stem = curve(
        (lean - 1.2 * wide, rng.uniform(0.15, 0.4)),
        (lean - wide, rng.uniform(0.0, 0.1)),
        (lean - 0.5 * wide, rng.uniform(0.15, 0.3)),
        (lean, rng.uniform(0.05, 0.15)),
        (lean, 0.0),
        half,
        (0.0, 1.0),
    )
    return [stem, bar] if rng.random() < 0.8 else [stem]


def _eight(rng: Rng) -> list[Stroke]:
    """As B, its left side a stem; or open at the top, as S that was closed below."""
    wide, waist = rng.uniform(0.3, 0.6), rng.uniform(0.4, 0.55)
    if rng.random() < 0.5:
        stem = line((rng.normal(0, 0.03), rng.uniform(0.0, 0.1)), (rng.normal(0, 0.03), 1.0))
        bows = curve(
            (0.0, rng.uniform(0.0, 0.1)),
            (wide * 0.6, 0.0),
            (wide * rng.uniform(0.75, 0.95), waist * 0.5),
            (wide * rng.uniform(0.1, 0.4), waist),
            (wide, (1 + waist) / 2),
            (wide * 0.5, 1.0),
            (rng.normal(0, 0.04), rng.uniform(0.9, 1.0)),
        )
        return [stem, bows]
    begin = (wide * rng.uniform(0.8, 1.3), rng.uniform(0.05, 0.2))
    low = arc((wide / 2, (1 + waist) / 2), (wide / 2, (1 - waist) / 2), -60, rng.uniform(240, 320))
    top = curve(
        begin,
        (wide * 0.5, 0.0),
        (rng.uniform(0.0, 0.12), waist * 0.5),
        (wide * 0.45, waist * 0.95),
        tuple(low[0]),
    )
    return [joined(top, low)]


LOOPED: dict[int, Callable[[Rng], list[Stroke]]] = {
    1: _one,
    2: _two,
    5: _five,
    7: _seven,
    8: _eight,
}
