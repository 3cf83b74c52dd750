"""Corrections: what a person said a digit was, kept for whoever wants to learn from them."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit


def append_correction(path: Path, digit: Digit, said: int | None, ink: Ink | None = None) -> None:
    """Add one JSON object as a line, and have it on the disk when this returns.

    A later line about the same image and strokes is a person's last word on them, and counts in
    the place of the earlier ones. A line's keys: `time` (UTC, ISO 8601), `label` (what the person
    said; null where they took it back), `probabilities` (11), `image` (28×28 bytes in base64, ink
    255 on 0), `strokes` (lists of x, y, ms, pressure; null for a picture).

    Raises:
        OSError: The place cannot be written to, or the disk is full.
    """
    strokes = None if ink is None else [stroke.points.round(3).tolist() for stroke in ink.strokes]
    line = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "label": said,
        "probabilities": [round(float(p), 6) for p in digit.prediction.probabilities],
        "image": b64encode(np.round(digit.image * 255).astype(np.uint8).tobytes()).decode(),
        "strokes": strokes,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if file.tell() > 0:
            file.seek(-1, os.SEEK_END)
            # A line that a full disk cut short must not spoil this one.
            if file.read() != b"\n":
                file.write(b"\n")
        file.write(json.dumps(line).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def delete_corrections(path: Path) -> None:
    """Delete all corrections, if there are any.

    Raises:
        OSError: The file cannot be deleted.
    """
    path.unlink(missing_ok=True)
