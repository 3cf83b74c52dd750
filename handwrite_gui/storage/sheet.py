"""The sheet: how versions before the journal kept the canvas's ink."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from handwrite_gui.domain.ink import Ink, Stroke


def load_sheet(path: Path) -> Ink | None:
    """Read ink back; None where there is no sheet, a blank one, or a damaged one.

    Args:
        path: An .npz of `points` as in `Stroke.points`, `stroke_start` (k + 1,) and `pen_width`.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            points = np.asarray(file["points"], np.float64)
            starts, pen_width = file["stroke_start"], float(file["pen_width"])
        strokes = tuple(Stroke(part) for part in np.split(points, starts[1:-1]) if len(part))
    except Exception:  # Whatever NumPy and zipfile raise on a damaged file; they do not say.
        return None
    known_width = np.isfinite(pen_width) and pen_width > 0
    return Ink(strokes, pen_width=pen_width if known_width else None) if strokes else None
