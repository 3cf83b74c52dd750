"""What an SVG element takes from those around it: its transform, its line, whether it is seen."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from handwrite_gui.storage.svg_limits import MOST_STYLE_CHARS
from handwrite_gui.storage.svg_path import misfit, read_numbers, scan, unwritable

#: a, b, c, d, e, f: x' = a·x + c·y + e and y' = b·x + d·y + f.
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

#: Units of length in CSS pixels, of which 96 are an inch (CSS 2.1, section 4.3.2).
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "in": 96.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 960 / 25.4,
    "q": 24 / 25.4,
}
_LENGTH = re.compile(r"([-+]?[0-9.]++(?:e[-+]?[0-9]++)?)([a-z]*+)", re.IGNORECASE)
_FUNCTION = re.compile(r"([A-Za-z]++)\s*+\(([^()]*+)\)[\s,]*+")


@dataclass(frozen=True, slots=True)
class Style:
    """What holds inside an element.

    Attributes:
        matrix: From its own places to those of the whole drawing.
        is_stroked: Whether lines are drawn along its shapes; by SVG's own default not.
        width: Of these lines, before `matrix`.
        is_drawn: Whether anything inside is drawn; if not, nothing inside can change that.
        is_visible: Whether it is visible; what is inside can say otherwise.
    """

    matrix: Matrix = IDENTITY
    is_stroked: bool = False
    width: float = 1.0
    is_drawn: bool = True
    is_visible: bool = True

    def inside(self, attributes: Mapping[str, str]) -> Style:
        """Return what holds inside an element with these attributes.

        Style sheets are not looked at.

        Raises:
            StorageError: The transform cannot be read. The message follows the file's name.
        """
        said = dict(attributes)
        for declaration in attributes.get("style", "")[:MOST_STYLE_CHARS].split(";"):
            name, _, value = declaration.partition(":")
            said[name.strip()] = value.partition("!")[0]
        matrix, is_stroked, width, is_visible = (
            *(self.matrix, self.is_stroked, self.width, self.is_visible),
        )
        if "transform" in attributes:
            matrix = multiply(matrix, read_transform(attributes["transform"]))
        stroke = said.get("stroke", "inherit").strip().lower()
        if stroke != "inherit":
            is_stroked = stroke not in ("none", "transparent")
        if (line := read_length(said.get("stroke-width"))) is not None:
            width = line
        visibility = said.get("visibility", "inherit").strip()
        if visibility != "inherit":
            is_visible = visibility == "visible"
        is_drawn = self.is_drawn and said.get("display", "").strip() != "none"
        return Style(matrix, is_stroked, width, is_drawn, is_visible)

    @property
    def is_inked(self) -> bool:
        """Whether its shapes are lines that can be seen."""
        return self.is_stroked and self.width > 0.0

    @property
    def drawn_width(self) -> float:
        """Width of its lines in the whole drawing."""
        a, b, c, d, *_ = self.matrix
        return self.width * math.sqrt(abs(a * d - b * c))


def read_length(text: str | None) -> float | None:
    """Return a length in CSS pixels; None where it is missing, relative or none."""
    found = _LENGTH.fullmatch((text or "").strip())
    unit = _PIXELS.get(found[2].lower()) if found else None
    if found is None or unit is None:
        return None
    try:
        length = float(found[1]) * unit
    except ValueError:
        return None
    return length if math.isfinite(length) else None


def read_transform(text: str) -> Matrix:
    """Read a transform attribute (SVG 1.1, section 7.6).

    Raises:
        StorageError: It is none. The message follows the file's name.
    """
    matrix = IDENTITY
    for found in scan(_FUNCTION, text):
        matrix = multiply(matrix, _function(found[1], list(read_numbers(found[2]))))
    return matrix


def multiply(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that first does what `inner` does.

    Raises:
        StorageError: It would move ink out of all bounds. The message follows the file's name.
    """
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    product = (
        *(a * g + c * h, b * g + d * h, a * i + c * j),
        *(b * i + d * j, a * k + c * m + e, b * k + d * m + f),
    )
    if not all(map(math.isfinite, product)):
        raise unwritable()
    return product


def _function(name: str, numbers: list[float]) -> Matrix:
    match name, numbers:
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "translate", [x, *rest] if len(rest) <= 1:
            return 1.0, 0.0, 0.0, 1.0, x, rest[0] if rest else 0.0
        case "scale", [x, *rest] if len(rest) <= 1:
            return x, 0.0, 0.0, rest[0] if rest else x, 0.0, 0.0
        case "rotate", [angle]:
            turned = math.radians(angle)
            cos, sin = math.cos(turned), math.sin(turned)
            return cos, sin, -sin, cos, 0.0, 0.0
        case "rotate", [angle, x, y]:
            there = multiply((1.0, 0.0, 0.0, 1.0, x, y), _function("rotate", [angle]))
            return multiply(there, (1.0, 0.0, 0.0, 1.0, -x, -y))
        case "skewX", [angle]:
            return 1.0, 0.0, math.tan(math.radians(angle)), 1.0, 0.0, 0.0
        case "skewY", [angle]:
            return 1.0, math.tan(math.radians(angle)), 0.0, 1.0, 0.0, 0.0
    raise misfit()
