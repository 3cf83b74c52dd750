"""The steps from ink to digit image, each of which can be left out to see what it is good for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.framing import BOX_PX, centre, lay
from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.raster import STROKE_WIDTH_PX, draw, fit, strokes_to_draw
from handwrite_gui.domain.reading import Box

#: A box that is narrower than this share of its length is a line's, and is not stretched.
_STRAIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Steps:
    """Which steps are taken; with all of them the image is that of `ink_image`.

    Attributes:
        box: The ink's bounding box is scaled to 20 px; otherwise the whole paper is.
        proportion: Width and height are scaled alike; otherwise each to 20 px.
        line: Lines are drawn with the width that the model reads best; otherwise with the pen's,
            scaled as the ink is. A pen of unknown width is taken for the model's.
        centred: The centre of mass is moved to the field's centre; otherwise what was scaled
            stays in the field's upper left corner.
    """

    box: bool = True
    proportion: bool = True
    line: bool = True
    centred: bool = True


ALL_STEPS = Steps()


def every_choice() -> list[Steps]:
    """Return all sixteen ways to take the steps or to leave them out, all taken first."""
    return [Steps(*choice) for choice in product((True, False), repeat=4)]


def step_image(ink: Ink, paper: Box, steps: Steps = ALL_STEPS) -> NDArray[np.float32]:
    """Return the image that ink would give with these steps only.

    Args:
        ink: At least one stroke.
        paper: The paper that is seen, in canvas units.
        steps: Those that are taken.

    Returns:
        Digit image, (28, 28) float32, 0.0 paper to 1.0 ink.
    """
    strokes: Sequence[NDArray[np.float64]] = strokes_to_draw(ink)
    shown = len(strokes)
    if not steps.box:
        # Fitted together with the ink, the paper's corners hold its place and size.
        x, y, width, height = paper
        strokes = [*strokes, np.array([(x, y), (x + width, y + height)])]
    width_px = STROKE_WIDTH_PX if steps.line else _scaled_pen(strokes, ink.pen_width)
    if not steps.proportion:
        strokes = _stretched(strokes)
    ink_map = draw(fit(strokes, BOX_PX - width_px)[:shown], width_px)
    return centre(ink_map) if steps.centred else lay(ink_map, 0, 0)


def _scaled_pen(strokes: Sequence[NDArray[np.float64]], pen_width: float | None) -> float:
    """Width in pixels of a pen's line after box and line together were scaled to the box."""
    if not pen_width:
        return STROKE_WIDTH_PX
    # Halved, as `fit` does, because the difference of the largest numbers is none.
    longer, half_width = float(_half_extent(strokes).max()), pen_width / 2
    return BOX_PX * (half_width / (longer + half_width))


def _stretched(strokes: Sequence[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """Make the box around strokes square; a straight line along an axis stays what it is."""
    extent = _half_extent(strokes)
    longer = extent.max()
    if extent.min() <= _STRAIGHT * longer:
        return list(strokes)
    # The longer side is made as short, for the largest numbers cannot grow.
    factors = extent.min() / extent
    return [stroke * factors for stroke in strokes]


def _half_extent(strokes: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Half the width and height of the box around strokes."""
    points = np.concatenate(strokes) / 2
    extent: NDArray[np.float64] = points.max(axis=0) - points.min(axis=0)
    return extent
