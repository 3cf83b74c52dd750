"""The strip reader: from strips to Numbers, each mark a digit."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import frame
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.domain.strip import Strip
from handwrite_gui.imaging.strokes import widen_hairs
from handwrite_gui.reading.one_digit import Predict


class StripReader:
    """Reads strips with what says of digit images (n, 28, 28) what they are."""

    def __init__(self, predict: Predict) -> None:
        self._predict = predict

    def read(self, strips: Sequence[Strip]) -> list[Number | None]:
        """Read strips; None where one is no Number."""
        cut = [_marks(strip) for strip in strips]
        images = [frame(widen_hairs(ink)) for marks in cut for _, ink in marks]
        if not images:
            return [None] * len(strips)
        said = iter(self._predict(np.stack(images)))
        frames = iter(images)
        numbers: list[Number | None] = []
        for strip, marks in zip(strips, cut, strict=True):
            digits = [
                Digit(strip.box_in_source(*box), next(frames), next(said)) for box, _ in marks
            ]
            digits = [digit for digit in digits if digit.digit is not None]
            if not digits:
                numbers.append(None)
                continue
            low = np.min([digit.box[:2] for digit in digits], axis=0)
            high = np.max([np.add(digit.box[:2], digit.box[2:]) for digit in digits], axis=0)
            box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
            confidence = float(np.prod([digit.prediction.confidence for digit in digits]))
            text = "".join(str(digit.digit) for digit in digits)
            numbers.append(Number(text, confidence, box, tuple(digits), row=strip.row))
        return numbers


def _marks(strip: Strip) -> list[tuple[tuple[int, int, int, int], NDArray[np.float32]]]:
    ink = strip.ink_map
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(
        (ink > 0.35).astype(np.uint8), connectivity=8
    )
    tallest = boxes[1:, 3].max(initial=0)
    groups: list[list[int]] = []
    for label in sorted(range(1, count), key=lambda label: boxes[label, 0]):
        x, _, w, _, _ = boxes[label]
        for group in groups:
            left = min(boxes[m, 0] for m in group)
            right = max(boxes[m, 0] + boxes[m, 2] for m in group)
            if min(right, x + w) - max(left, x) > 0.5 * min(w, right - left):
                group.append(label)
                break
        else:
            groups.append([label])
    found = []
    for group in groups:
        left = min(boxes[m, 0] for m in group)
        top = min(boxes[m, 1] for m in group)
        right = max(boxes[m, 0] + boxes[m, 2] for m in group)
        bottom = max(boxes[m, 1] + boxes[m, 3] for m in group)
        if bottom - top < 0.25 * tallest:
            continue
        near = cv2.dilate(np.isin(labels, group).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        near &= (labels == 0) | np.isin(labels, group)
        digit = np.where(near, ink, 0.0)[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2]
        found.append(((left, top, right, bottom), digit.astype(np.float32)))
    return found
