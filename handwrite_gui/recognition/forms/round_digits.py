"""The digits that are mostly round, 0 3 6 8 9, in all their forms."""

from __future__ import annotations

import numpy as np

from handwrite_gui.recognition.forms.skeleton import Stroke, arc, curve, joined, line

Rng = np.random.Generator


def zero(rng: Rng) -> list[Stroke]:
    """Closed or nearly, slashed within or beyond, begun with a curl."""
    wide = rng.uniform(0.2, 0.5)
    start = rng.uniform(-140, -40)
    turn = rng.choice([-1, 1], p=[0.85, 0.15])
    closed = rng.normal(368, 14)
    oval = arc((wide, 0.5), (wide, 0.5), start, start + turn * closed)
    # It need not end where it began: the hand drifts inwards or outwards.
    oval += np.linspace(0, 1, len(oval))[:, None] ** 3 * rng.normal(0, 0.05, 2)
    strokes = [oval]
    form = rng.random()
    if form < 0.22:  # Slashed, within or beyond the oval.
        reach = rng.uniform(0.55, 1.25)
        tip = np.array([wide, -0.5 * rng.uniform(0.6, 1.05)]) * reach
        slash = line(tuple(np.array([wide, 0.5]) + tip), tuple(np.array([wide, 0.5]) - tip))
        strokes.append(slash if rng.random() < 0.5 else slash[::-1])
    elif form < 0.32:  # Begun with a curl, from without or from within.
        where = [(0.02, 0.22), (-0.2, 0.1)] if form < 0.28 else [(-0.15, 0.1), (0.1, 0.35)]
        curl = oval[0] + np.array([rng.uniform(*along) for along in where])
        strokes = [joined(curve(tuple(curl), tuple(oval[0]), tuple(oval[3])), oval[4:])]
    return strokes


def three(rng: Rng) -> list[Stroke]:
    """With a flat top, a small loop in the middle, a sharp notch, or hardly any."""
    wide, low = rng.uniform(0.38, 0.6), rng.uniform(0.85, 1.2)
    # The notch may be deep or all but gone.
    middle = (wide * rng.uniform(0.3, 0.72), rng.uniform(0.38, 0.52))
    end = (rng.uniform(-0.12, 0.1), rng.uniform(0.78, 1.0))
    bowl = [
        (wide * low, rng.uniform(0.66, 0.78)),
        (wide * rng.uniform(0.4, 0.65), 1.0),
        end,
    ]
    top_form = rng.random()
    if top_form < 0.1:  # Flat as a 7's, and below it hardly a notch and half a bowl.
        middle = (wide * rng.uniform(0.5, 0.8), rng.uniform(0.32, 0.46))
        bowl = [
            (wide * rng.uniform(0.8, 1.0), rng.uniform(0.56, 0.7)),
            (wide * rng.uniform(0.5, 0.7), rng.uniform(0.86, 0.94)),
            (wide * rng.uniform(-0.1, 0.35), 1.0),
        ]
    if top_form < 0.3:  # A flat top.
        corner = (wide * rng.uniform(0.85, 1.1), rng.uniform(-0.03, 0.05))
        top = joined(line((rng.uniform(-0.03, 0.1), 0.02), corner), line(corner, middle))
        return [joined(top, curve(middle, *bowl))]
    head = [
        (rng.uniform(0.0, 0.12), rng.uniform(0.06, 0.26)),
        (wide * rng.uniform(0.4, 0.6), 0.0),
        (wide * rng.uniform(0.85, 1.0), rng.uniform(0.15, 0.28)),
    ]
    form = rng.random()
    if form < 0.2:  # A small loop at the middle.
        size = rng.uniform(0.03, 0.1)
        x, y = middle
        loop = [
            (x, y + size / 2),
            (x - size, y),
            (x - size / 3, y - size / 2),
            (x + size, y + 0.01),
        ]
        return [curve(*head, *loop, *bowl)]
    if form < 0.7:  # A sharp middle.
        return [joined(curve(*head, middle), curve(middle, *bowl))]
    return [curve(*head, (middle[0] + 0.08, middle[1]), *bowl)]


def six(rng: Rng) -> list[Stroke]:
    """With a straight stem or a round one."""
    wide, high = rng.uniform(0.17, 0.32), rng.uniform(0.16, 0.3)
    middle = (wide, 1.0 - high)
    begin = (wide * rng.uniform(0.7, 2.4), 0.0)
    turned = rng.uniform(300, 420)
    has_bar = rng.random() < 0.06  # Begun with a little bar, as a 5 ends.
    loop = arc(middle, (wide, high), 180, 180 - turned)
    if rng.random() < 0.4:  # A straight stem.
        stem = curve(begin, (begin[0] / 2 + 0.02, 0.42), tuple(loop[0]))
    else:
        stem = curve(
            begin, (begin[0] * 0.35, 0.22), (rng.uniform(-0.02, 0.06), 0.5), tuple(loop[0])
        )
    shrinking = np.linspace(1, rng.uniform(0.7, 1.1), len(loop))[:, None]
    if has_bar:
        stem = joined(line((begin[0] + rng.uniform(0.1, 0.25), rng.normal(0, 0.03)), begin), stem)
    return [joined(stem, np.asarray(middle) + (loop - middle) * shrinking)]


def eight(rng: Rng) -> list[Stroke]:
    """In one stroke, or of two rounds."""
    top, low = rng.uniform(0.14, 0.27), rng.uniform(0.19, 0.32)
    waist = rng.uniform(0.38, 0.54)
    middle = max(top, low)
    if rng.random() < 0.22:  # Two rounds, one upon the other.
        first, second = rng.uniform(-150, -30), rng.uniform(-150, -30)
        over = rng.normal(365, 14, 2)
        lap = rng.normal(0, 0.02)
        shift = rng.normal(0, 0.04)
        return [
            arc((middle + shift, waist / 2), (top, waist / 2 + lap), first, first - over[0]),
            arc((middle, (1 + waist) / 2), (low, (1 - waist) / 2), second, second - over[1]),
        ]
    # One stroke: over the left of the upper half, over the right of the lower one, and back.
    x = middle
    begin = (x + top * rng.uniform(0.3, 1.0), rng.uniform(0.03, 0.2))
    end = (x + top * rng.uniform(0.2, 1.05), rng.uniform(0.0, 0.26))
    around = [
        begin,
        (x, 0.0),
        (x - top, waist * 0.5),
        (x, waist),
        (x + low, waist + (1 - waist) * 0.55),
        (x, 1.0),
        (x - low, waist + (1 - waist) * 0.55),
        (x, waist),
        (x + top, waist * 0.55),
        end,
    ]
    if rng.random() < 0.25:  # Begun at the waist or the other way round.
        around = [(2 * x - px, py) for px, py in around]
    return [curve(*around)]


def nine(rng: Rng) -> list[Stroke]:
    """With a straight leg, a curved one, or a hook as g has."""
    wide, high = rng.uniform(0.12, 0.32), rng.uniform(0.11, 0.28)
    middle = (wide, high)
    start = rng.uniform(-80, 0)
    turned = rng.uniform(240, 300) if rng.random() < 0.12 else rng.uniform(300, 370)
    loop = arc(middle, (wide, high), start, start - turned)
    right = (2 * wide * rng.uniform(0.92, 1.06), rng.uniform(0.02, 0.2))
    form = rng.random()
    if form < 0.4:  # A straight leg.
        foot = (2 * wide * rng.uniform(0.6, 1.05), 1.0)
        leg = curve(right, ((right[0] + foot[0]) / 2 + rng.normal(0, 0.02), 0.55), foot)
    elif form < 0.75:  # A curved one.
        foot = (rng.uniform(-0.05, 0.2), 1.0)
        leg = curve(right, (2 * wide * rng.uniform(0.95, 1.1), 0.5), (wide * 1.3, 0.86), foot)
    else:  # A hook, as g has.
        foot = (rng.uniform(-0.3, 0.1), rng.uniform(0.74, 0.98))
        low = (wide + foot[0] * 0.5, 1.0)
        leg = curve(right, (2 * wide * rng.uniform(0.95, 1.1), 0.7), low, foot)
    return [joined(loop, leg)] if rng.random() < 0.9 else [loop, leg]
