"""The forms of the signs that are written beside digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handwrite_gui.recognition.forms.glyphs import glyph_form
from handwrite_gui.recognition.forms.letters import GLYPHS
from handwrite_gui.recognition.forms.skeleton import Stroke, arc, curve, line
from handwrite_gui.recognition.sequences.alphabet import OTHER

Rng = np.random.Generator
#: Letters that no digit of some hand looks like: a 9 may be a P, a 4 an h.
_LETTERS = {name: glyph for name, glyph in GLYPHS.items() if name not in "Pphdnt"}


def sign_form(sign: str, rng: Rng) -> list[Stroke]:
    """Draw the skeleton of a sign where it stands beside digits from 0 (top) to 1 (foot)."""
    return _FORMS[sign](rng)


def _point(rng: Rng) -> list[Stroke]:
    y = rng.uniform(0.85, 1.05) if rng.random() < 0.8 else rng.uniform(0.45, 0.85)
    length = rng.uniform(0.0, 0.08) if rng.random() < 0.8 else rng.uniform(0.08, 0.16)
    angle = rng.uniform(-0.6, 2.2)
    return [line((0.0, y), (length * np.cos(angle), y + length * np.sin(angle)))]


def _comma(rng: Rng) -> list[Stroke]:
    y, length, lean = rng.uniform(0.8, 1.05), rng.uniform(0.14, 0.4), rng.uniform(0.0, 0.2)
    return [curve((lean, y), (lean + rng.uniform(-0.02, 0.05), y + length / 2), (0.0, y + length))]


def _dash(rng: Rng) -> list[Stroke]:
    y, length = rng.uniform(0.25, 0.9), rng.uniform(0.18, 0.95)
    if rng.random() < 0.15:  # It fills what is left of the line.
        length = rng.uniform(0.9, 2.4)
    tilt, sag = rng.normal(-0.03, 0.1) * min(length, 0.8) * 2, rng.normal(0, 0.04)
    if rng.random() < 0.2:  # It rises, flat still against a 1.
        tilt = -rng.uniform(0.3, 0.75) * min(length, 0.6)
    return [curve((0.0, y), (length / 2, y + tilt / 2 + sag), (length, y + tilt))]


def _equals(rng: Rng) -> list[Stroke]:
    y, length = rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.7)
    apart = rng.uniform(0.12, 0.3)
    ends = rng.normal(0, 0.05, 4)
    return [
        line((ends[0], y), (length, y + ends[1])),
        line((ends[2], y + apart), (length + ends[3], y + apart + ends[1])),
    ]


def _slash(rng: Rng) -> list[Stroke]:
    top, foot = rng.uniform(-0.35, 0.0), rng.uniform(1.0, 1.35)
    width = rng.uniform(0.45, 0.95)  # Upright, it would be a 1.
    return [curve((width, top), (width / 2 + rng.normal(0, 0.03), 0.5), (0.0, foot))]


def _asterisk(rng: Rng) -> list[Stroke]:
    y, radius = rng.uniform(0.25, 0.6), rng.uniform(0.15, 0.3)
    first = rng.uniform(0, np.pi / 3)
    strokes = []
    for angle in first + np.arange(3) * np.pi / 3:
        tip = radius * np.array([np.cos(angle), np.sin(angle)])
        strokes.append(line((radius - tip[0], y - tip[1]), (radius + tip[0], y + tip[1])))
    return strokes


def _hash(rng: Rng) -> list[Stroke]:
    if rng.random() < 0.35:
        return _struck_dash(rng)
    top, foot, lean = rng.uniform(-0.1, 0.15), rng.uniform(0.85, 1.1), rng.uniform(0.0, 0.2)
    a, b = rng.uniform(0.15, 0.25), rng.uniform(0.4, 0.55)
    high, low = rng.uniform(0.3, 0.42), rng.uniform(0.58, 0.72)
    return [
        line((a + lean, top), (a, foot)),
        line((b + lean, top), (b, foot)),
        line((0.0, high), (0.75, high + rng.normal(0, 0.03))),
        line((0.0, low), (0.75, low + rng.normal(0, 0.03))),
    ]


def _struck_dash(rng: Rng) -> list[Stroke]:
    """A long dash with two short strokes through it."""
    y, length, tilt = rng.uniform(0.2, 0.7), rng.uniform(0.6, 1.4), rng.normal(-0.08, 0.08)
    first, apart, lean = rng.uniform(0.2, 0.5), rng.uniform(0.08, 0.2), rng.uniform(0.0, 0.15)
    strokes = [line((0.0, y), (length, y + tilt))]
    for n in range(2):
        x, rise = first * length + n * apart, rng.uniform(0.12, 0.3)
        strokes.append(line((x + lean, y - rise), (x - lean, y + rise)))
    return strokes


def _dollar(rng: Rng) -> list[Stroke]:
    wide = rng.uniform(0.35, 0.55)
    s = curve(
        (wide, rng.uniform(0.12, 0.25)),
        (wide * 0.5, 0.05),
        (0.02, 0.27),
        (wide * 0.5, 0.5),
        (wide, 0.74),
        (wide * 0.5, 0.96),
        (0.0, rng.uniform(0.75, 0.9)),
    )
    strokes = [s]
    bars = 1 if rng.random() < 0.65 else 2
    for n in range(bars):
        x = wide * (0.5 if bars == 1 else 0.4 + 0.2 * n) + rng.normal(0, 0.03)
        lean = rng.normal(0.03, 0.04)
        strokes.append(line((x + lean, rng.uniform(-0.2, 0.0)), (x - lean, rng.uniform(1.0, 1.2))))
    return strokes


def _euro(rng: Rng) -> list[Stroke]:
    wide = rng.uniform(0.28, 0.4)
    bow = arc((0.12 + wide, 0.5), (wide, 0.5), -50, -310)
    y = rng.uniform(0.36, 0.46)
    return [bow, *(line((0.0, y + n * 0.16), (0.12 + wide, y + n * 0.16)) for n in range(2))]


def _pound(rng: Rng) -> list[Stroke]:
    bow = curve((0.6, 0.15), (0.42, 0.0), (0.25, 0.2), (0.28, 0.6), (0.05, 0.98))
    wave = rng.normal(0, 0.03)
    return [
        bow,
        curve((0.05, 0.98), (0.3, 0.94 + wave), (0.65, 1.0)),
        line((0.05, 0.52), (0.5, 0.52)),
    ]


def _opening(rng: Rng) -> list[Stroke]:
    deep = rng.uniform(0.12, 0.28)
    return [curve((deep, rng.uniform(-0.2, 0.0)), (0.0, 0.5), (deep, rng.uniform(1.0, 1.2)))]


def _closing(rng: Rng) -> list[Stroke]:
    return [stroke * np.array([-1, 1]) for stroke in _opening(rng)]


def _plus(rng: Rng) -> list[Stroke]:
    y, reach, rise = rng.uniform(0.4, 0.65), rng.uniform(0.15, 0.3), rng.uniform(0.15, 0.3)
    return [line((0.0, y), (2 * reach, y)), line((reach, y - rise), (reach, y + rise))]


def _letter(rng: Rng) -> list[Stroke]:
    return glyph_form(_LETTERS, rng)


_FORMS: dict[str, Callable[[Rng], list[Stroke]]] = {
    ".": _point,
    ",": _comma,
    "-": _dash,
    "/": _slash,
    "=": _equals,
    "*": _asterisk,
    "#": _hash,
    "$": _dollar,
    "€": _euro,
    "£": _pound,
    "(": _opening,
    ")": _closing,
    "+": _plus,
    OTHER: _letter,
}
