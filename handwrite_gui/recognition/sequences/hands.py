"""Hands: whose digits stand in a strip. All digits of one strip are of one writer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import bounding_box
from handwrite_gui.recognition.forms.hand import written
from handwrite_gui.recognition.forms.skeleton import Stroke, curve, lengths_along, resampled
from handwrite_gui.recognition.sequences.cheque_forms import running_form
from handwrite_gui.recognition.sequences.signs import sign_form

Rng = np.random.Generator
#: Points on a stroke as long as a digit is high.
_DENSITY = 26
#: Digits that are wider than so many heights stay lower than the others.
_WIDEST = 1.7


@dataclass(frozen=True, eq=False, slots=True)
class Glyph:
    """One digit or sign, its top at 0 and its foot at 1, its left side at 0.

    Attributes:
        strokes: Positions, (n, 2) each, in heights of a digit; empty for a picture.
        image: Pixels (height, width) uint8, ink 255 on 0, or None for strokes.
        width: In heights of a digit.
        height: As a rule 1.
        outline: Points that the ink reaches, (n, 2).
    """

    strokes: tuple[Stroke, ...]
    image: NDArray[np.uint8] | None
    width: float
    height: float
    outline: Stroke


#: What a writer wrote of each digit.
Hand = Mapping[int, Sequence[Glyph]]


def pen_hands(arrays: Mapping[str, NDArray[np.generic]], writers: Sequence[int]) -> list[Hand]:
    """Sort pen strokes, in the arrays of `npz_files`, by the hands of these writers."""
    points = np.asarray(arrays["points"], np.float64)
    strokes = np.split(points, np.asarray(arrays["stroke_start"], np.int64)[1:-1])
    hands: dict[int, dict[int, list[Glyph]]] = {one: defaultdict(list) for one in writers}
    for writer, label, (first, end) in zip(
        arrays["writer"].tolist(),
        arrays["label"].tolist(),
        pairwise(np.asarray(arrays["sample_start"], np.int64)),
        strict=True,
    ):
        if writer in hands:
            smooth = [_smooth(stroke) for stroke in strokes[first:end]]
            hands[writer][label].append(_glyph(smooth))
    return [hand for hand in hands.values() if len(hand) == 10]


def picture_hands(
    images: NDArray[np.uint8], labels: NDArray[np.integer], writers: NDArray[np.integer]
) -> list[Hand]:
    """Sort digit images (n, 28, 28), ink 255 on 0, by who wrote them; those of all ten digits."""
    hands: dict[int, dict[int, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for image, label, writer in zip(images, labels.tolist(), writers.tolist(), strict=True):
        box = bounding_box(image / np.float32(255))
        if box is None:
            continue
        x, y, width, height = box
        scale = 1 / max(height, width / _WIDEST)
        cut = np.ascontiguousarray(image[y : y + height, x : x + width])
        outline = _outline(cut) * scale
        hands[writer][label].append(Glyph((), cut, width * scale, height * scale, outline))
    return [hand for hand in hands.values() if len(hand) == 10]


def drawn_hands(count: int, rng: Rng) -> list[Hand]:
    """Draw hands whose forms are ours: each keeps to one or two forms of a digit."""
    hands: list[Hand] = []
    for _ in range(count):
        hand: dict[int, list[Glyph]] = {}
        for digit in range(10):
            forms = [running_form(digit, rng) for _ in range(1 if rng.random() < 0.7 else 2)]
            hand[digit] = [
                _glyph(written(forms[n % len(forms)], rng, leans=False)) for n in range(3)
            ]
        hands.append(hand)
    return hands


def sign_glyph(sign: str, rng: Rng) -> Glyph:
    """Draw a sign; it stands where it does beside digits from 0 to 1."""
    strokes = written(sign_form(sign, rng), rng, leans=False)
    if sign in ".,":  # Too short to be bent.
        strokes = sign_form(sign, rng)
    left = min(float(stroke[:, 0].min()) for stroke in strokes)
    strokes = [stroke - np.array([left, 0.0]) for stroke in strokes]
    width = max(float(stroke[:, 0].max()) for stroke in strokes)
    return Glyph(tuple(strokes), None, width, 1.0, np.concatenate(strokes))


def _smooth(stroke: Stroke) -> Stroke:
    """Draw a curve through what a slow tablet sampled."""
    moved = np.hypot(*np.diff(stroke, axis=0).T) > 0
    stroke = stroke[np.concatenate([[True], moved])]
    return stroke if len(stroke) < 3 else curve(*map(tuple, stroke))


def _glyph(strokes: Sequence[Stroke]) -> Glyph:
    """Move strokes to the origin and scale them to the height of a digit."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = np.maximum(high - low, 1e-6)
    scale = 1 / max(height, width / _WIDEST)
    placed = [(stroke - low) * scale for stroke in strokes]
    dense = tuple(
        resampled(stroke, max(2, int(lengths_along(stroke)[-1] * _DENSITY))) for stroke in placed
    )
    outline = np.concatenate(dense)
    return Glyph(dense, None, float(width * scale), float(height * scale), outline)


def _outline(image: NDArray[np.uint8]) -> Stroke:
    """The first and the last inked pixel of every row, (n, 2)."""
    ink = image > 100
    rows = np.flatnonzero(ink.any(axis=1))
    first = ink.argmax(axis=1)[rows]
    last = image.shape[1] - 1 - ink[:, ::-1].argmax(axis=1)[rows]
    points = np.stack([np.concatenate([first, last]), np.concatenate([rows, rows])], axis=1)
    return points + 0.5
