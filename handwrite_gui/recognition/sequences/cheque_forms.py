"""Forms of digits that running hands write in amounts, and that `forms` does not have."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handwrite_gui.recognition.forms.digits import digit_form
from handwrite_gui.recognition.forms.skeleton import Stroke, arc, curve, joined, line
from handwrite_gui.recognition.sequences.looped_forms import LOOPED

Rng = np.random.Generator
#: Share of the digits of hands that we draw which are looped, where there is such a form, and of
#: the others that run.
_LOOPED, _RUN = 0.3, 0.72


def running_form(digit: int, rng: Rng) -> list[Stroke]:
    """Draw the skeleton of a digit as a running hand writes it, or in one of its usual forms."""
    if digit in LOOPED and rng.random() < _LOOPED:
        return LOOPED[digit](rng)
    form = _RUNNING.get(digit)
    return form(rng) if form is not None and rng.random() < _RUN else digit_form(digit, rng)


def _zero(rng: Rng) -> list[Stroke]:
    """Begun and ended at the top, where a link leads on; round or flat."""
    wide = rng.uniform(0.35, 0.8)
    start = rng.uniform(-130, -50)
    oval = arc((wide, 0.5), (wide, 0.5), start, start - rng.uniform(330, 400))
    if rng.random() < 0.4:
        tip = oval[-1] + np.array([rng.uniform(0.1, 0.45), rng.uniform(-0.15, 0.15)])
        oval = joined(oval, line(tuple(oval[-1]), tuple(tip)))
    return [oval]


def _one(rng: Rng) -> list[Stroke]:
    """A long up-stroke, nearly as long as the stem; or a narrow loop at the top, as l."""
    if rng.random() < 0.18:
        reach, lean = rng.uniform(0.2, 0.5), rng.uniform(0.05, 0.2)
        return [
            curve(
                (0.0, rng.uniform(0.5, 0.95)),
                (reach * 0.8, rng.uniform(0.2, 0.35)),
                (reach, rng.uniform(0.0, 0.06)),
                (reach - 0.5 * lean, rng.uniform(0.0, 0.08)),
                (reach - lean, 0.5),
                (reach - lean - rng.normal(0.03, 0.05), 1.0),
            )
        ]
    rise, reach = rng.uniform(0.35, 1.0), rng.uniform(0.15, 0.65)
    lean = rng.normal(0.0, 0.05)
    up = curve(
        (0.0, rise), (reach * 0.5 + rng.normal(0, 0.03), rise * 0.5), (reach, rng.normal(0, 0.03))
    )
    return [joined(up, line((reach, 0.0), (reach + lean, 1.0)))]


def _two(rng: Rng) -> list[Stroke]:
    """Begun with a curl, its foot waved or looped."""
    wide = rng.uniform(0.4, 0.75)
    curl = rng.uniform(0.08, 0.42)
    head = [
        (curl, rng.uniform(0.25, 0.52)),
        (rng.uniform(0.0, 0.06), rng.uniform(0.22, 0.36)),
        (rng.uniform(0.02, 0.12), rng.uniform(0.08, 0.16)),
        (wide * rng.uniform(0.45, 0.6), 0.0),
        (wide, rng.uniform(0.18, 0.34)),
        (wide * rng.uniform(0.5, 0.75), rng.uniform(0.55, 0.68)),
    ]
    knee = (rng.uniform(-0.1, 0.1), rng.uniform(0.88, 1.0))
    foot = (wide * rng.uniform(0.9, 1.5), rng.uniform(0.85, 1.05))
    if rng.random() < 0.5:
        loop = rng.uniform(0.06, 0.2)
        return [
            curve(
                *head,
                (knee[0] + 0.8 * loop, knee[1] - 0.04),
                (knee[0] - 0.2 * loop, knee[1]),
                (knee[0] + 0.2 * loop, knee[1] - 0.9 * loop),
                (knee[0] + 1.6 * loop, knee[1] - 0.3 * loop),
                ((knee[0] + foot[0]) / 2 + 0.05, rng.uniform(0.95, 1.03)),
                foot,
            )
        ]
    wave = rng.normal(0.02, 0.05)
    tail = curve(knee, (wide * 0.35, knee[1] - wave), (wide * 0.7, knee[1] + wave), foot)
    return [joined(curve(*head, knee), tail)]


def _four(rng: Rng) -> list[Stroke]:
    """Open as y, u or h; the stem is short and may begin at the bar."""
    bar, right = rng.uniform(0.45, 0.75), rng.uniform(0.35, 0.65)
    left = rng.uniform(0.0, 0.2)
    if rng.random() < 0.5:
        bowl = curve(
            (left, rng.uniform(0.0, 0.15)),
            (rng.uniform(-0.02, 0.08), bar * 0.8),
            (right * 0.4, bar),
            (right, bar * rng.uniform(0.6, 0.95)),
        )
    else:
        low = (rng.uniform(-0.05, 0.08), bar)
        bowl = joined(
            line((left, rng.uniform(0.0, 0.1)), low), line(low, (right * 1.3, bar - 0.05))
        )
    stem = curve(
        (right + rng.normal(0.03, 0.04), rng.uniform(0.0, 0.58)),
        (right, 0.65),
        (right - rng.uniform(-0.05, 0.2), rng.uniform(0.9, 1.1)),
    )
    return [bowl, stem]


def _five(rng: Rng) -> list[Stroke]:
    """As S, its bar long and its bowl small or open."""
    if rng.random() < 0.45:  # As a root's sign: hardly a bowl, a stem, a bar.
        lean, reach = rng.uniform(0.0, 0.4), rng.uniform(0.3, 0.9)
        hook = (rng.uniform(-0.4, -0.08), rng.uniform(0.45, 0.95))
        foot = (rng.uniform(-0.12, 0.02), rng.uniform(0.96, 1.0))
        if rng.random() < 0.5:  # Sharp at its foot, and hardly bowed.
            tip = (lean + reach, rng.uniform(-0.12, 0.12))
            top = (lean, rng.uniform(-0.02, 0.1))
            return [joined(line(tip, top), line(top, foot), line(foot, hook))]
        knee = (lean + rng.uniform(0.0, 0.12), rng.uniform(0.35, 0.55))
        top = (lean, rng.uniform(0.02, 0.12))
        tip = (lean + reach, rng.uniform(-0.12, 0.1))
        return [joined(line(tip, top), curve(top, knee, foot, hook))]
    wide = rng.uniform(0.4, 0.8)
    tip = (wide * rng.uniform(0.9, 1.4), rng.uniform(-0.08, 0.08))
    top = (rng.uniform(0.05, 0.2), rng.uniform(0.0, 0.12))
    return [
        curve(
            tip,
            ((tip[0] + top[0]) / 2, top[1] - 0.03),
            top,
            (rng.uniform(0.0, 0.12), rng.uniform(0.25, 0.42)),
            (wide * 0.5, rng.uniform(0.38, 0.52)),
            (wide, rng.uniform(0.62, 0.78)),
            (wide * rng.uniform(0.3, 0.6), 1.0),
            (rng.uniform(-0.35, 0.0), rng.uniform(0.85, 1.0)),
        )
    ]


def _seven(rng: Rng) -> list[Stroke]:
    """A tick, a waved bar, and a bar through the stem; or narrow and crossed, as f or t."""
    wide = rng.uniform(0.35, 0.65) if rng.random() < 0.5 else rng.uniform(0.08, 0.35)
    bar = curve(
        (0.0, rng.uniform(0.08, 0.3)),
        (rng.uniform(0.0, 0.08), rng.uniform(0.0, 0.06)),
        (wide * 0.5, rng.uniform(0.0, 0.12)),
        (wide, rng.uniform(-0.06, 0.05)),
    )
    foot = (wide * rng.uniform(-0.1, 0.6), 1.0)
    half = ((wide + foot[0]) / 2 + rng.normal(0.0, 0.05), rng.uniform(0.45, 0.55))
    reach = rng.uniform(0.1, 0.38, 2)
    tilt = rng.normal(-0.03, 0.06)
    cross = line((half[0] - reach[0], half[1] - tilt), (half[0] + reach[1], half[1] + tilt))
    return [joined(bar, curve(tuple(bar[-1]), half, foot)), cross]


def _eight(rng: Rng) -> list[Stroke]:
    """Begun and ended at the upper right, open there or overshooting."""
    wide, waist = rng.uniform(0.2, 0.5), rng.uniform(0.38, 0.55)
    low = wide * rng.uniform(0.8, 1.2)
    x = max(wide, low)
    begin = (x + wide * rng.uniform(0.5, 1.2), rng.uniform(0.0, 0.22))
    end = (x + wide * rng.uniform(0.3, 1.5), rng.uniform(-0.1, 0.3))
    return [
        curve(
            begin,
            (x, 0.0),
            (x - wide, waist * 0.45),
            (x, waist),
            (x + low, waist + (1 - waist) * 0.5),
            (x, 1.0),
            (x - low, waist + (1 - waist) * 0.6),
            (x, waist),
            end,
        )
    ]


def _nine(rng: Rng) -> list[Stroke]:
    """A balloon on a stick (as P or ϙ), or a round begun at the left whose leg falls as g's."""
    wide, high = rng.uniform(0.16, 0.36), rng.uniform(0.14, 0.3)
    middle = (wide, high)
    if rng.random() < 0.8:  # The round ends where it began, low, and the stick falls from there.
        start = rng.uniform(70, 160)
        turned = rng.uniform(290, 400)
        loop = arc(middle, (wide, high), start, start + turned)
        foot = (wide + rng.uniform(-0.35, 0.25), 1.0)
        leg = curve(
            tuple(loop[-1]),
            ((loop[-1][0] + foot[0]) / 2 + rng.normal(0.04, 0.05), (1 + 2 * high) / 2),
            foot,
        )
        return [joined(loop, leg)]
    # A tail at the left, over the top, in to the middle, and down: as a 2 that turned away.
    tail = (rng.uniform(-0.1, 0.1), rng.uniform(high * 1.2, high * 2.6))
    bow = curve(
        tail,
        (rng.uniform(0.0, 0.08), high * 0.7),
        (wide, 0.0),
        (2 * wide, high),
        (wide * rng.uniform(0.9, 1.3), 2 * high),
        (wide * rng.uniform(0.4, 0.8), high * rng.uniform(1.3, 1.8)),
        (2 * wide * rng.uniform(0.85, 1.0), high * rng.uniform(1.2, 1.7)),
        (2 * wide * rng.uniform(0.8, 1.1), rng.uniform(0.65, 0.8)),
        (wide * rng.uniform(0.2, 1.8), 1.0),
    )
    return [bow]


_RUNNING: dict[int, Callable[[Rng], list[Stroke]]] = {
    0: _zero,
    1: _one,
    2: _two,
    4: _four,
    5: _five,
    7: _seven,
    8: _eight,
    9: _nine,
}
