"""Mapped ink: strokes painted as a view shows them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPainter

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.ink_painter import ink_pen, paint_pieces, stroke_pieces
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours


def paint_strokes(
    painter: QPainter, strokes: Iterable[Stroke], pen_width: float, view: View
) -> None:
    """Paint strokes as a view shows them.

    Args:
        painter: Paints in pixels of the widget.
        strokes: What is painted.
        pen_width: In canvas units.
        view: What is seen in the widget.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = ink_pen(colours().ink)
    for stroke in strokes:
        pieces = stroke_pieces(stroke.points, pen_width)
        paint_pieces(painter, pieces if view.is_home else map_pieces(pieces, view), pen)


def map_pieces(pieces: list[Piece], view: View) -> list[Piece]:
    """Map pieces to pixels of the widget.

    Mapped by the painter, wide lines took Qt ten times as long at a scale of 8 (measured), and
    what cannot be seen of a curve would be left out by the wrong measure.
    """
    scale, left, top = view.scale, view.left, view.top
    return [
        (
            Spot((x1 - left) * scale, (y1 - top) * scale, width1 * scale),
            Spot((x2 - left) * scale, (y2 - top) * scale, width2 * scale),
            Spot((x3 - left) * scale, (y3 - top) * scale, width3 * scale),
        )
        for (x1, y1, width1), (x2, y2, width2), (x3, y3, width3) in pieces
    ]
