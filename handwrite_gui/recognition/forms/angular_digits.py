"""The digits that have straight strokes, 1 2 4 5 7, in all their forms."""

from __future__ import annotations

import numpy as np

from handwrite_gui.recognition.forms.skeleton import Stroke, curve, joined, line

Rng = np.random.Generator


def one(rng: Rng) -> list[Stroke]:
    """Bare, with a flag short or long, with a foot."""
    bow = rng.normal(0, 0.03)
    stem = curve((0.3, 0.0), (0.3 + bow, 0.5), (0.3, 1.0))
    form = rng.random()
    strokes = [stem]
    if form < 0.75:
        length = rng.uniform(0.12, 0.45) if form < 0.5 else rng.uniform(0.35, 0.75)
        # The longer the flag, the steeper: a flat one would be a 7's bar.
        flattest = np.interp(length, [0.4, 0.6, 0.75], [62, 56, 46])
        angle = np.radians(rng.uniform(15, flattest))
        tail = (0.3 - length * np.sin(angle), length * np.cos(angle))
        sag = rng.normal(0, 0.06) * length
        middle = (0.3 - length * np.sin(angle) / 2 + sag, length * np.cos(angle) / 2 + sag)
        flag = curve(tail, middle, (0.3, 0.0))
        strokes = [joined(flag, stem)] if rng.random() < 0.85 else [flag, stem]
    with_foot = 0.35 if 0.1 < form < 0.75 else 0.12
    if rng.random() < with_foot:
        left, right = rng.uniform(0.1, 0.4, 2)
        tilt = rng.normal(0, 0.03)
        foot = line((0.3 - left, 1.0 + tilt), (0.3 + right, 1.0 - tilt))
        if rng.random() < 0.2:
            strokes[-1] = joined(strokes[-1], foot)
        else:
            strokes.append(foot + np.array([0, rng.normal(0, 0.02)]))
    return strokes


def two(rng: Rng) -> list[Stroke]:
    """With a loop at the knee, with a sharp knee, round, or angular as Z."""
    wide = rng.uniform(0.45, 0.75)
    knee = (rng.uniform(-0.02, 0.12), rng.uniform(0.88, 1.0))
    shoulder = rng.uniform(0.18, 0.36)
    begin = (rng.uniform(0.0, 0.14), rng.uniform(0.1, 0.36))
    head = [begin, (wide * rng.uniform(0.35, 0.6), 0.0), (wide, shoulder)]
    form = rng.random()
    if form < 0.1:  # Angular, as Z.
        top = rng.uniform(0.0, 0.08)
        down = line((0.0, top), (wide, 0.0), knee)
        return [joined(down, line(knee, (wide, 1.0 + rng.normal(0, 0.03))))]
    if rng.random() < 0.2:  # Begun with a curl inwards.
        head.insert(0, (begin[0] + rng.uniform(0.05, 0.14), begin[1] + rng.uniform(0.02, 0.1)))
    waist = (wide * rng.uniform(0.5, 0.75), rng.uniform(0.55, 0.68))
    foot = (wide * rng.uniform(0.95, 1.25), rng.uniform(0.9, 1.04))
    if form < 0.5:  # A loop at the knee.
        size = rng.uniform(0.07, 0.24)
        peak = (knee[0] + size * rng.uniform(0.1, 0.5), knee[1] - size * rng.uniform(0.6, 1.1))
        # Down, round by the left, up, and over its own stem to the right.
        return [
            curve(
                *head,
                waist,
                (knee[0] + 0.8 * size, knee[1] - 0.05),
                (knee[0] - 0.3 * size, knee[1]),
                (knee[0] - 0.3 * size, knee[1] - 0.6 * size),
                peak,
                (knee[0] + size * 1.3, knee[1] - 0.3 * size),
                (wide * 0.75, rng.uniform(0.95, 1.04)),
                foot,
            )
        ]
    if form < 0.85:  # A sharp knee; the foot straight, or waved.
        wave = rng.normal(0, 0.05)
        return [
            joined(
                curve(*head, waist, knee),
                curve(knee, (wide * 0.35, knee[1] - wave), (wide * 0.7, knee[1] + wave), foot),
            )
        ]
    return [curve(*head, waist, knee, (wide * 0.45, 1.0), foot)]


def four(rng: Rng) -> list[Stroke]:
    """Open or closed, in two strokes or in one."""
    bar = rng.uniform(0.5, 0.72)
    stem = rng.uniform(0.26, 0.62)
    right = stem + rng.uniform(0.02, 0.3)
    tilt = rng.normal(0, 0.04)
    form = rng.random()
    if form < 0.5:  # Open: an angle, or a bowl, and a stem beside it.
        left = (rng.uniform(0.02, min(0.22, stem - 0.16)), rng.uniform(0.0, 0.18))
        low = (rng.uniform(-0.02, 0.12), bar)
        if rng.random() < 0.6:
            angle = joined(line(left, low), line(low, (right, bar - tilt)))
        else:
            angle = curve(left, low, ((low[0] + stem) / 2, bar + 0.08), (right, bar - tilt))
        top = rng.uniform(-0.02, 0.35)
        upright = curve(
            (stem + rng.normal(0.02, 0.04), top), (stem, 0.6), (stem + rng.normal(-0.02, 0.05), 1.0)
        )
        if rng.random() < 0.12:  # In one stroke, as y and its tail.
            back = (stem, top)
            return [joined(angle[: -len(angle) // 4], line((stem, bar - tilt), back), upright)]
        return [angle, upright] if rng.random() < 0.93 else [upright, angle]
    apex = (stem + rng.uniform(-0.08, 0.06), 0.0)
    low = (rng.uniform(-0.05, 0.08), bar)
    if form < 0.85:  # Closed: down to the left, to the right, and a stem from the top.
        angle = joined(line(apex, low), line(low, (right, bar - tilt)))
        gap = rng.uniform(-0.05, 0.12)
        upright = line((stem + rng.normal(0, 0.03), gap), (stem + rng.normal(-0.02, 0.05), 1.0))
        return [angle, upright]
    # In one stroke: up from the bar's left, or back along the bar.
    foot = (stem + rng.normal(0, 0.04), 1.0)
    if rng.random() < 0.3:
        return [line((stem, bar + 0.02), low, apex, foot)]
    return [line(apex, low, (right, bar), (stem, bar), apex, foot)]


def five(rng: Rng) -> list[Stroke]:
    """In one stroke or two, angular, or round as S."""
    wide = rng.uniform(0.38, 0.62)
    neck = (rng.uniform(0.0, 0.1), rng.uniform(0.36, 0.5))
    top = (rng.uniform(0.02, 0.18), rng.uniform(0.0, 0.06))
    bowl = [
        neck,
        (wide * rng.uniform(0.45, 0.65), neck[1] - rng.uniform(0.0, 0.1)),
        (wide, rng.uniform(0.62, 0.74)),
        (wide * rng.uniform(0.35, 0.6), 1.0),
        (rng.uniform(-0.12, 0.08), rng.uniform(0.86, 1.0)),
    ]
    tip = (wide * rng.uniform(0.85, 1.35), rng.uniform(-0.08, 0.06))
    form = rng.random()
    if form < 0.15:  # Round, as S.
        return [curve(tip, ((tip[0] + top[0]) / 2, -0.02), (top[0], 0.14), neck, *bowl[1:])]
    body = joined(line(top, neck), curve(*bowl))
    sag = rng.normal(0, 0.02)
    bar = curve(top, ((top[0] + tip[0]) / 2, (top[1] + tip[1]) / 2 + sag), tip)
    if form < 0.5:  # In one stroke, from the right.
        return [joined(bar[::-1], body)]
    # The bar comes last and need not meet the neck.
    return [body, bar + rng.normal((0.02, 0.0), (0.05, 0.03))]


def seven(rng: Rng) -> list[Stroke]:
    """Crossed or not, begun with a tick or not."""
    wide = rng.uniform(0.4, 0.7)
    left = (0.0, rng.uniform(0.0, 0.12))
    corner = (wide, rng.uniform(-0.04, 0.05))
    foot = (wide * rng.uniform(0.05, 0.75), 1.0)
    wave = rng.normal(0, 0.03)
    bar = curve(left, (wide * 0.35, left[1] / 2 - wave), (wide * 0.7, wave), corner)
    if rng.random() < 0.3:  # Begun with a tick.
        tick = (left[0] + rng.normal(0, 0.03), left[1] + rng.uniform(0.06, 0.28))
        if rng.random() < 0.3:  # A curl.
            bar = joined(curve((tick[0] + rng.uniform(0.05, 0.12), tick[1]), tick, left), bar)
        else:
            bar = joined(line(tick, left), bar)
    bow = rng.normal(-0.02, 0.04)
    half = ((corner[0] + foot[0]) / 2 + bow, 0.5)
    stem = curve(corner, half, foot)
    if rng.random() < 0.12:  # Without a corner, as a question mark.
        bar, stem = (
            bar[: len(bar) * 2 // 3],
            curve(tuple(bar[len(bar) * 2 // 3]), corner, half, foot),
        )
    strokes = [joined(bar, stem)] if rng.random() < 0.93 else [bar, stem]
    if rng.random() < 0.42:  # Crossed.
        at = rng.uniform(0.38, 0.62) if rng.random() < 0.8 else rng.uniform(0.62, 0.78)
        x = half[0] + (0.5 - at) * (corner[0] - foot[0])
        reach, tilt = rng.uniform(0.1, 0.3, 2), rng.normal(0, 0.05)
        strokes.append(line((x - reach[0], at + tilt), (x + reach[1], at - tilt)))
    return strokes
