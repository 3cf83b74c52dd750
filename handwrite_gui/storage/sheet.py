"""The last sheet: the canvas's ink as a small file, so that no end of the program loses it."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import numpy as np

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.storage.atomic import write_atomically


def save_sheet(path: Path, ink: Ink) -> None:
    """Write ink as .npz: `points` as in `Stroke.points`, `stroke_start` (k + 1,), `pen_width`.

    Raises:
        OSError: The place cannot be written to, or the disk is full.
    """
    lengths = [len(stroke.points) for stroke in ink.strokes]
    points = [stroke.points for stroke in ink.strokes]
    content = io.BytesIO()
    np.savez(
        content,
        points=np.concatenate(points) if points else np.empty((0, 4)),
        stroke_start=np.cumsum([0, *lengths]),
        pen_width=np.nan if ink.pen_width is None else ink.pen_width,
    )
    write_atomically(path, content.getvalue())


def load_sheet(path: Path) -> Ink | None:
    """Read ink back; None where there is no sheet, a blank one, or a damaged one."""
    try:
        with np.load(path, allow_pickle=False) as file:
            points = np.asarray(file["points"], np.float64)
            starts, pen_width = file["stroke_start"], float(file["pen_width"])
        strokes = tuple(Stroke(part) for part in np.split(points, starts[1:-1]) if len(part))
    except Exception:  # Whatever NumPy and zipfile raise on a damaged file; they do not say.
        return None
    known_width = np.isfinite(pen_width) and pen_width > 0
    return Ink(strokes, pen_width=pen_width if known_width else None) if strokes else None


def take_last_sheet(path: Path) -> Ink | None:
    """Set the sheet of the last run aside, and read what lies there.

    A blank sheet leaves an older one in its place, so that one touch and its undoing lose nothing.

    Args:
        path: Of the sheet; the one set aside lies beside it.
    """
    last = path.with_stem(f"{path.stem}-last")
    if load_sheet(path) is not None:
        with contextlib.suppress(OSError):  # Then it stays where it is until ink replaces it.
            path.replace(last)
    return load_sheet(last) or load_sheet(path)
