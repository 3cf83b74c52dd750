"""Writing ink as SVG: each stroke a path of cubic Béziers with round ends (SVG 1.1, chapter 8)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.curves import curves_through
from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.ink_file import GENERATOR

#: Blank paper around the ink, in canvas units.
MARGIN = 1.0


def ink_as_svg(ink: Ink, widths: Sequence[float], label: str | None = None) -> bytes:
    """Return ink as an SVG file's content.

    The curves pass through every point, to 0.01 canvas units. A user unit is a canvas unit, and
    the ink is where it is on the canvas. SVG knows no pressure and no time.

    Args:
        ink: In canvas units; at least one stroke.
        widths: Of each stroke's line, in canvas units.
        label: What was written, if that is known.
    """
    strokes = [(stroke.xy, curves_through(stroke.xy)) for stroke in ink.strokes]
    # A curve stays within the hull of its control points.
    around = np.concatenate([np.concatenate([xy, curves.reshape(-1, 2)]) for xy, curves in strokes])
    reach = max(widths) / 2 + MARGIN
    left, top = np.floor(around.min(axis=0) - reach)
    width, height = np.ceil(around.max(axis=0) + reach) - (left, top)
    title = f"<title>{escape(label)}</title>\n" if label else ""
    paths = "".join(
        f'<path d="{_path(xy, curves)}" stroke-width="{line:.2f}"/>\n'
        for (xy, curves), line in zip(strokes, widths, strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" data-generator="{GENERATOR}"'
        f' width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}">\n'
        f'{title}<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">\n'
        f"{paths}</g>\n</svg>\n"
    ).encode()


def _path(xy: NDArray[np.float64], curves: NDArray[np.float64]) -> str:
    start = f"M{xy[0, 0]:.2f} {xy[0, 1]:.2f}"
    if len(curves) == 0:
        return start + "h.01"  # Some programs do not paint a line of no length.
    rows = curves[:, 1:].reshape(-1, 6).tolist()
    return start + "".join(
        [f"C{a:.2f} {b:.2f} {c:.2f} {d:.2f} {e:.2f} {f:.2f}" for a, b, c, d, e, f in rows]
    )
