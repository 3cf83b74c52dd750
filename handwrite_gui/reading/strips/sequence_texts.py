"""Sequence texts: what the network that reads whole strips takes a strip for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.strip import Strip
from handwrite_gui.recognition.recogniser import StripRecogniser
from handwrite_gui.recognition.sequences.alphabet import ALPHABET, DIGITS, decode, encode
from handwrite_gui.recognition.sequences.decoding import (
    align,
    log_probabilities,
    merged,
    read_greedily,
    search,
)
from handwrite_gui.recognition.sequences.framing import step_edge

#: Texts that are followed at each look.
BEAM = 10
#: A text that is likelier than this at the first look is not looked at again.
CLEAR = 0.998
#: Signs that are rarer in numbers than they were in training, where a leaning 1 looks like them,
#: by the logarithm of how much rarer.
RARER = {"/": -5.0, "(": -5.0, ")": -5.0}
#: Doubtful strips are looked at again: so much narrower and wider, with so much cut off and laid
#: on above and below, as part of their height, and turned clockwise by so much, for most hands
#: rise. In each of five folds of cheque amounts, of which nothing was learned, these were among the
#: best of fifteen looks.
SQUEEZES, CUT_OFF, LAID_ON, TURN_DEGREES = (0.76, 1.3), 0.13, 0.12, 3.0
_BIAS = np.array([RARER.get(sign, 0.0) for sign in ALPHABET] + [0.0], np.float32)


@dataclass(frozen=True, eq=False)
class SequenceReading:
    """What a strip may hold.

    Attributes:
        strip: The strip.
        logs: Logarithms of the chances at every step of the first look, (steps, CLASSES).
        looks: The same of every look, (steps, 11), all that is no digit counted together.
    """

    strip: Strip
    logs: NDArray[np.float32]
    looks: tuple[NDArray[np.float64], ...]

    @cached_property
    def texts(self) -> list[str]:
        """The likeliest texts, digits only, of any look."""
        if len(self.looks) == 1:
            return [_digits(read_greedily(self.looks[0]))]
        followed = (_digits(labels) for logs in self.looks for labels, _ in search(logs, BEAM))
        return list(dict.fromkeys(followed))

    def log_probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Log-probabilities of texts' digits, whatever signs stand between them; (looks, texts)."""
        labels = [encode(text) for text in texts]
        return np.array([log_probabilities(logs, labels) for logs in self.looks])

    def places(self, digits: str) -> list[tuple[str, float, float]]:
        """Where each sign of the likeliest text with these digits stands in the strip.

        Returns:
            Each sign, and the left and right ends of its room in pixels of the strip.
        """
        labels = self._with_signs.get(digits, tuple(encode(digits)))
        try:
            spans = align(self.logs, labels)
        except ValueError:  # More digits than steps: whoever thought of them did not see them.
            spans = [(n, n + 1) for n in range(len(labels))]
        middles = [(first + last) / 2 for first, last in spans]
        edges = [0.0, *((a + b) / 2 for a, b in pairwise(middles))]
        edges.append(float(len(self.logs)))
        px = [step_edge(edge, self.strip.ink_map.shape) for edge in edges]
        signs = [ALPHABET[label] for label in labels]
        return list(zip(signs, px[:-1], px[1:], strict=True))

    @cached_property
    def _with_signs(self) -> dict[str, tuple[int, ...]]:
        """The likeliest labels at the first look, signs included, of each text's digits."""
        best: dict[str, tuple[int, ...]] = {}
        for labels, _ in search(self.logs, BEAM):
            best.setdefault(_digits(labels), labels)
        return best


def read_sequences(recogniser: StripRecogniser, strips: Sequence[Strip]) -> list[SequenceReading]:
    """Read strips as wholes."""
    first = [logs + _BIAS for logs in recogniser.predict([strip.ink_map for strip in strips])]
    looks = [[merged(logs, len(DIGITS))] for logs in first]
    doubtful = [n for n, (logs,) in enumerate(looks) if not _is_clear(logs)]
    for others in _look_again(recogniser, [strips[n].ink_map for n in doubtful]):
        for n, logs in zip(doubtful, others, strict=True):
            looks[n].append(merged(logs + _BIAS, len(DIGITS)))
    return [
        SequenceReading(strip, logs, tuple(seen))
        for strip, logs, seen in zip(strips, first, looks, strict=True)
    ]


def _look_again(
    recogniser: StripRecogniser, ink_maps: Sequence[NDArray[np.float32]]
) -> list[list[NDArray[np.float32]]]:
    """What is seen at each further look."""
    if not ink_maps:
        return []
    return [
        *(recogniser.predict(ink_maps, squeeze) for squeeze in SQUEEZES),
        recogniser.predict([_lower(each) for each in ink_maps]),
        recogniser.predict([_higher(each) for each in ink_maps]),
        recogniser.predict([_turned(each) for each in ink_maps]),
    ]


def _lower(ink_map: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = round(CUT_OFF * len(ink_map))
    return ink_map[rows : len(ink_map) - rows]


def _higher(ink_map: NDArray[np.float32]) -> NDArray[np.float32]:
    rows = round(LAID_ON * len(ink_map))
    paper = float(np.median(ink_map))
    return np.pad(ink_map, ((rows, rows), (0, 0)), constant_values=paper)


def _turned(ink_map: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = ink_map.shape
    there = cv2.getRotationMatrix2D((width / 2, height / 2), -TURN_DEGREES, 1.0)
    paper = float(np.median(ink_map))
    turned = cv2.warpAffine(ink_map, there, (width, height), borderValue=paper)
    return np.asarray(turned, np.float32)


def _is_clear(logs: NDArray[np.float64]) -> bool:
    """Whether a strip's first look leaves no doubt."""
    (log,) = log_probabilities(logs, [read_greedily(logs)])
    return bool(log >= np.log(CLEAR))


def _digits(labels: tuple[int, ...]) -> str:
    return "".join(sign for sign in decode(labels) if sign in DIGITS)
