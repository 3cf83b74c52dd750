"""Room cuts: digits cut out of a strip by where a network saw them, each without its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

#: Fainter is paper, where a digit is cut out of a strip by its place alone.
FAINTEST_INK = 0.5
#: A connected piece of ink with this share of it in one room is whole in there: rooms end midway
#: between digits, and some digits reach further. Others touch, and are cut where the rooms end.
#: Of 199 digits on cheques that no cut gives the model reads 135 so, 130 cut by rooms alone.
SHARE = 0.65


def cut_rooms(
    ink_map: NDArray[np.float32], rooms: Sequence[tuple[float, float]]
) -> list[NDArray[np.float32]]:
    """Part the ink of a strip among the rooms of its signs.

    Args:
        ink_map: Shape (height, width), 0.0 paper to 1.0 ink.
        rooms: Left and right end of each in pixels, from left to right, without gaps.

    Returns:
        For each room its ink, shaped as the ink map, 0.0 elsewhere. A room whose ink went to others
        has what stands in it.
    """
    ink = np.where(ink_map > FAINTEST_INK, ink_map, 0.0).astype(np.float32)
    width = ink.shape[1]
    spans = [
        (min(round(left), width - 1), max(round(right), round(left) + 1)) for left, right in rooms
    ]
    parts = np.zeros((len(rooms), *ink.shape), np.float32)
    count, labels = cv2.connectedComponents((ink > 0).astype(np.uint8), connectivity=8)
    for piece in range(1, count):
        of_piece = np.where(labels == piece, ink, 0.0)
        shares = np.array([of_piece[:, left:right].sum() for left, right in spans])
        fullest = int(shares.argmax())
        if shares[fullest] >= SHARE * of_piece.sum():
            parts[fullest] += of_piece
            continue
        for part, (left, right) in zip(parts, spans, strict=True):
            part[:, left:right] += of_piece[:, left:right]
    for part, (left, right) in zip(parts, spans, strict=True):
        if not part.any():
            part[:, left:right] = ink[:, left:right]
    return list(parts)
