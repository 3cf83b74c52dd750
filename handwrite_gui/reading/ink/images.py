"""The digit images of groups of strokes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.raster import digit_images, strokes_to_draw
from handwrite_gui.reading.ink.rows import Run


def strokes_of(run: Run, pieces: tuple[int, ...]) -> tuple[int, ...]:
    """Return the indices of some pieces' strokes, in the order in which they were written."""
    if len(pieces) == 1:
        return run.pieces[pieces[0]].strokes
    return tuple(sorted(stroke for at in pieces for stroke in run.pieces[at].strokes))


def group_image(ink: Ink, strokes: tuple[int, ...]) -> NDArray[np.float32]:
    """Return the image of some strokes as one digit, (28, 28) float32, 0.0 paper to 1.0 ink."""
    return group_images(ink, [strokes])[0]


def group_images(ink: Ink, groups: Sequence[tuple[int, ...]]) -> list[NDArray[np.float32]]:
    """Return the image of each of some groups of strokes, as `group_image`."""
    drawn = [Ink(tuple(ink.strokes[at] for at in group), 0, ink.pen_width) for group in groups]
    return digit_images([strokes_to_draw(each) for each in drawn])
