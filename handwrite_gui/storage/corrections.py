"""Corrections: what a person said a digit was, kept for whoever wants to learn from them."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit
from handwrite_gui.storage.atomic import write_atomically


def append_correction(path: Path, digit: Digit, said: int, ink: Ink | None = None) -> None:
    """Add one JSON object as a line at the end, in the place of one about the same image.

    So the last word on an image is the only one: a slip is put right by saying the right digit.
    The file is replaced whole, and the corrections in it outlast a full disk and a loss of power.

    A line's keys: `time` (UTC, ISO 8601), `label` (what the person said), `probabilities` (11),
    `image` (28×28 bytes in base64, ink 255 on 0), `strokes` (lists of x, y, ms, pressure; null for
    a picture).

    Raises:
        OSError: The place cannot be written to, or the disk is full.
    """
    image = b64encode(np.round(digit.image * 255).astype(np.uint8).tobytes())
    strokes = None if ink is None else [stroke.points.round(3).tolist() for stroke in ink.strokes]
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "label": said,
        "probabilities": [round(float(p), 6) for p in digit.prediction.probabilities],
        "image": image.decode(),
        "strokes": strokes,
    }
    lines = [other for other in _read_lines(path) if image not in other]
    write_atomically(path, b"\n".join([*lines, json.dumps(line).encode(), b""]))


def _read_lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines()
    except FileNotFoundError:
        return []


def delete_corrections(path: Path) -> None:
    """Delete all corrections, if there are any.

    Raises:
        OSError: The file cannot be deleted.
    """
    path.unlink(missing_ok=True)
