"""Guides: quiet lines on the paper to write on, beneath the ink, and never read or saved."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

#: What there is, by the setting's value, and what a person calls it.
GUIDES = {"none": "Plain", "grid": "Grid", "lines": "Lines", "boxes": "Boxes"}
#: All in canvas units. Squares of the grid; where the paper is small, several make one.
SQUARE, LEAST_SQUARE_PX = 24, 16
#: A digit stands on a baseline and reaches to the line above it, as in a first exercise book.
FIRST_BASELINE, LINE_PITCH, DIGIT_HEIGHT = 88, 96, 64
#: Boxes as on forms: their pitch, and their side.
BOX_PITCH, BOX_SIDE = 128, 112
#: Width of a line, and of a baseline, in pixels of the widget at any zoom.
LINE_PX, BASELINE_PX = 1, 2


def paint_guides(painter: QPainter, guides: str, view: View, ratio: float) -> None:
    """Paint guides on what is seen of the paper, each edge on the edge of a pixel.

    Args:
        painter: Paints in pixels of the widget; is left as it was.
        guides: One of `GUIDES`.
        view: Which part of the paper is seen.
        ratio: The screen's pixels to the widget's.
    """
    if guides == "none":
        return
    painter.save()
    painter.scale(1.0 / ratio, 1.0 / ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours().guide)
    sheet = _Pixels(view, ratio)
    painter.drawRects(list({"grid": _grid, "lines": _lines, "boxes": _boxes}[guides](sheet)))
    painter.restore()


class _Pixels:
    """The screen's pixels on which lines of the paper fall."""

    def __init__(self, view: View, ratio: float) -> None:
        self._view, self._ratio, self.scale = view, ratio, view.scale
        self.width, self.height = self.column(view.right), self.row(view.bottom)

    def column(self, x: float) -> int:
        """The pixel that begins at a place on the paper."""
        return round((x - self._view.left) * self.scale * self._ratio)

    def row(self, y: float) -> int:
        """As `column`, downwards."""
        return round((y - self._view.top) * self.scale * self._ratio)

    def thickness(self, line_px: int) -> int:
        """Pixels of the screen to a line's width."""
        return max(1, floor(line_px * self._ratio))

    def columns(self, pitch: int) -> range:
        """Places on the paper, so far apart, that are seen or lie just beside it."""
        return _multiples(self._view.left, self._view.right, pitch)

    def rows(self, pitch: int) -> range:
        """As `columns`, downwards."""
        return _multiples(self._view.top, self._view.bottom, pitch)


def _multiples(low: float, high: float, pitch: int) -> range:
    return range((floor(low / pitch) - 1) * pitch, (ceil(high / pitch) + 1) * pitch, pitch)


def _grid(sheet: _Pixels) -> Iterator[QRect]:
    pitch, thickness = SQUARE, sheet.thickness(LINE_PX)
    while pitch * sheet.scale < LEAST_SQUARE_PX:
        pitch *= 2
    for x in sheet.columns(pitch):
        yield QRect(sheet.column(x), 0, thickness, sheet.height)
    for y in sheet.rows(pitch):
        yield QRect(0, sheet.row(y), sheet.width, thickness)


def _lines(sheet: _Pixels) -> Iterator[QRect]:
    for y in sheet.rows(LINE_PITCH):
        baseline = sheet.row(y + FIRST_BASELINE)
        above = sheet.row(y + FIRST_BASELINE - DIGIT_HEIGHT)
        yield QRect(0, baseline, sheet.width, sheet.thickness(BASELINE_PX))
        yield QRect(0, above, sheet.width, sheet.thickness(LINE_PX))


def _boxes(sheet: _Pixels) -> Iterator[QRect]:
    thickness, gap = sheet.thickness(LINE_PX), (BOX_PITCH - BOX_SIDE) // 2
    for y in sheet.rows(BOX_PITCH):
        top, bottom = sheet.row(y + gap), sheet.row(y + gap + BOX_SIDE)
        for x in sheet.columns(BOX_PITCH):
            left, right = sheet.column(x + gap), sheet.column(x + gap + BOX_SIDE)
            yield QRect(left, top, right - left, thickness)
            yield QRect(left, bottom - thickness, right - left, thickness)
            yield QRect(left, top, thickness, bottom - top)
            yield QRect(right - thickness, top, thickness, bottom - top)
