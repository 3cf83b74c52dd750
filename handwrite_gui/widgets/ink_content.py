"""Ink as the clipboard holds it: the answer, a picture, SVG and InkML at once; and out of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QByteArray, QMimeData

from handwrite_gui.domain.ink import PRESSURE, Ink
from handwrite_gui.widgets.draw.ink_painter import ink_as_image
from handwrite_gui.widgets.draw.stroke_curve import width_at
from handwrite_gui.widgets.picture_content import as_png

#: As W3C registered them.
INKML, SVG = "application/inkml+xml", "image/svg+xml"
#: Formats of ink that are taken, those that keep most first; the last is Inkscape's own.
FORMATS = (INKML, SVG, "image/x-inkscape-svg")
#: Text is ink if it begins as such a file does, comments and declarations aside. Possessive, so
#: that many comments are not divided in every way.
_BEGINS_AS_INK = re.compile(
    r"(?:\s|\ufeff|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*+<(?:[\w.-]+:)?(?:svg|ink)\b", re.DOTALL
)
#: A declaration of another encoding than the bytes that the text becomes would make it unreadable.
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
#: So much of a text is looked at.
_HEAD_CHARS = 4_000


def ink_content(data: QMimeData) -> bytes | None:
    """Return InkML or SVG as a file's content, or None where there is none."""
    for kind in FORMATS:
        if data.hasFormat(kind):
            return bytes(data.data(kind).data())
    text = data.text() if data.hasText() else ""
    if _BEGINS_AS_INK.match(text[:_HEAD_CHARS]):
        return _DECLARATION.sub("", text.lstrip("\ufeff")).encode()
    return None


def ink_mime(ink: Ink, pen_width: float, label: str) -> QMimeData:
    """Make what is put into the clipboard when ink is copied.

    Args:
        ink: At least one stroke.
        pen_width: In canvas units.
        label: What was read, or empty.
    """
    # Imported only here: the window is to be seen at once.
    from handwrite_gui.storage.inkml_writing import ink_as_inkml
    from handwrite_gui.storage.svg_writing import ink_as_svg

    data = QMimeData()
    if label:
        data.setText(label)
    image = ink_as_image(ink, pen_width)
    # Windows and macOS want pixels; the file is for programs that want it as it is.
    data.setImageData(image)
    data.setData("image/png", QByteArray(as_png(image)))
    data.setData(SVG, QByteArray(ink_as_svg(ink, line_widths(ink, pen_width), label)))
    data.setData(INKML, QByteArray(ink_as_inkml(ink, label)))
    return data


def line_widths(ink: Ink, pen_width: float) -> Sequence[float]:
    """Return the width of each stroke's line where it cannot change along it, in canvas units."""
    return [width_at(pen_width, float(np.median(s.points[:, PRESSURE]))) for s in ink.strokes]
