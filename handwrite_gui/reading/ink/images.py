"""The digit images of groups of strokes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.reading.ink.rows import Run


def strokes_of(run: Run, pieces: tuple[int, ...]) -> tuple[int, ...]:
    """Return the indices of some pieces' strokes, in the order in which they were written."""
    return tuple(sorted(stroke for at in pieces for stroke in run.pieces[at].strokes))


def group_image(ink: Ink, strokes: tuple[int, ...]) -> NDArray[np.float32]:
    """Return the image of some strokes as one digit, (28, 28) float32, 0.0 paper to 1.0 ink."""
    return ink_image(Ink(tuple(ink.strokes[at] for at in strokes), pen_width=ink.pen_width))
