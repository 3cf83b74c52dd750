"""SVG's elements, as an XML parser meets them one by one (SVG 1.1, chapters 5, 7, 8 and 9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.curves import count_pieces, points_on
from handwrite_gui.domain.ink import PRESSURE, STEP_MS, TIME_MS, Ink, Stroke, X, Y
from handwrite_gui.domain.placement import UNIT_MM
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.ink_file import GENERATOR
from handwrite_gui.storage.svg_limits import (
    MOST_CURVES,
    MOST_LEVELS,
    MOST_PARTS,
    MOST_POINTS,
    MOST_STROKES,
    not_svg,
    too_large,
)
from handwrite_gui.storage.svg_path import read_numbers, read_path, read_points, unwritable
from handwrite_gui.storage.svg_style import Matrix, Style, read_length

NAMESPACE = "http://www.w3.org/2000/svg"
#: What is inside these is drawn only where something refers to it, or not at all.
_NOT_DRAWN = {"clipPath", "defs", "linearGradient", "marker", "mask", "metadata", "pattern"} | {
    "radialGradient",
    "style",
    "symbol",
    "title",
}
#: Curves are cut so finely that none is off by more than this share of the whole drawing.
_TOLERANCE = 1 / 1000

Attributes = Mapping[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """What is drawn without lifting the pen: curves (k, 4, 2) in the drawing's user unit."""

    curves: NDArray[np.float64]
    style: Style


class SVGDocument:
    """Takes the events of an XML parser, as a target of ElementTree's XMLParser, and makes ink.

    Taken are lines along shapes, for a pen draws lines; where a file has none, or says it only in a
    style sheet, the outlines of all shapes.

    Attributes:
        is_ours: Whether the file says that Handwrite wrote it.
        unit_mm: Millimetres that one user unit is, or None where the file does not say.

    Raises:
        StorageError: Not SVG, or more than is read. The message follows the file's name; so for all
            methods.
    """

    def __init__(self) -> None:
        self.is_ours = False
        self.unit_mm: float | None = None
        self._count = self._curves = 0
        self._open: list[Style] = []
        self._parts: list[_Part] = []

    @property
    def has_begun(self) -> bool:
        """Whether an svg element has begun, so that the file is SVG of some kind."""
        return self._count > 0

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        namespace, _, name = tag.rpartition("}")
        is_known = namespace in ("", "{" + NAMESPACE)
        if not self.has_begun:
            if not (is_known and name == "svg"):
                raise not_svg()
            self.is_ours = attributes.get("data-generator") == GENERATOR
            self.unit_mm = _unit_mm(attributes)
        self._count += 1 + len(attributes)
        if self._count > MOST_PARTS or len(self._open) >= MOST_LEVELS:
            raise too_large()
        style = self._open[-1] if self._open else Style()
        if not is_known or name in _NOT_DRAWN:
            style = replace(style, is_drawn=False)
        elif style.is_drawn:
            style = style.inside(attributes)
        self._open.append(style)
        if is_known and name in _SHAPES and style.is_drawn and style.is_visible:
            self._add(_SHAPES[name](attributes), style)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._open.pop()

    def _add(self, parts: list[NDArray[np.complex128]], style: Style) -> None:
        self._curves += sum(map(len, parts))
        if self._curves > MOST_CURVES or len(self._parts) + len(parts) > MOST_STROKES:
            raise too_large()
        self._parts += [_Part(_transform(part, style.matrix), style) for part in parts]

    def ink(self) -> Ink:
        """Make ink, in user units; points are 10 ms apart and the pressure is 0.5."""
        inked = [part for part in self._parts if part.style.is_inked]
        parts = inked or self._parts
        if not parts:
            raise StorageError("holds no lines: choose a file in which something is drawn.")
        # A curve stays within the hull of its control points.
        low = np.min([part.curves.min(axis=(0, 1)) for part in parts], axis=0)
        high = np.max([part.curves.max(axis=(0, 1)) for part in parts], axis=0)
        tolerance = float((high - low).max()) * _TOLERANCE
        pieces = [count_pieces(part.curves, tolerance) for part in parts]
        if sum(int(counts.sum()) for counts in pieces) > MOST_POINTS:
            raise too_large()
        strokes, time_ms = [], 0.0
        for part, counts in zip(parts, pieces, strict=True):
            xy = points_on(part.curves, counts)
            points = np.empty((len(xy), 4))
            points[:, [X, Y]] = xy
            points[:, TIME_MS] = time_ms + np.arange(len(xy)) * STEP_MS
            points[:, PRESSURE] = 0.5
            strokes.append(Stroke(points))
            time_ms += len(xy) * STEP_MS
        width = max(part.style.drawn_width for part in inked) if inked else 0.0
        return Ink(tuple(strokes), pen_width=width if np.isfinite(width) and width > 0 else None)


def _transform(part: NDArray[np.complex128], matrix: Matrix) -> NDArray[np.float64]:
    a, b, c, d, e, f = matrix
    with np.errstate(over="ignore", invalid="ignore"):
        x, y = part.real, part.imag
        curves: NDArray[np.float64] = np.stack([a * x + c * y + e, b * x + d * y + f], axis=2)
    # So that whatever is computed from them stays a number.
    if not (np.abs(curves) <= 1e100).all():
        raise unwritable()
    return curves


def _unit_mm(attributes: Attributes) -> float | None:
    """Millimetres to a user unit of the whole drawing (SVG 1.1, section 7.7)."""
    box = read_numbers(attributes.get("viewBox", ""))
    sides = [read_length(attributes.get(name)) for name in ("width", "height")]
    if len(box) != 4:
        return UNIT_MM
    scales = [side / units for side, units in zip(sides, box[2:], strict=True) if side and units]
    return min(scales) * UNIT_MM if scales and min(scales) > 0.0 else None


# Shapes; what they return is as from `read_path`.


def _line(attributes: Attributes) -> list[NDArray[np.complex128]]:
    x1, y1, x2, y2 = _lengths(attributes, "x1", "y1", "x2", "y2")
    return read_path(f"M{x1!r} {y1!r}L{x2!r} {y2!r}")


def _ellipse(attributes: Attributes) -> list[NDArray[np.complex128]]:
    x, y, radius, rx, ry = _lengths(attributes, "cx", "cy", "r", "rx", "ry")
    rx, ry = rx or radius, ry or radius
    if rx <= 0.0 or ry <= 0.0:
        return []
    half = f"a{rx!r} {ry!r} 0 1 1 "
    return read_path(f"M{x - rx!r} {y!r}{half}{2 * rx!r} 0{half}{-2 * rx!r} 0Z")


def _lengths(attributes: Attributes, *names: str) -> list[float]:
    return [read_length(attributes.get(name)) or 0.0 for name in names]


_SHAPES: dict[str, Callable[[Attributes], list[NDArray[np.complex128]]]] = {
    "path": lambda attributes: read_path(attributes.get("d", "")),
    "polygon": lambda attributes: read_points(attributes.get("points", ""), is_closed=True),
    "polyline": lambda attributes: read_points(attributes.get("points", ""), is_closed=False),
    "line": _line,
    "circle": _ellipse,
    "ellipse": _ellipse,
}
