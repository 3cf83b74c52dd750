"""Painting ink: the one way in which strokes are seen, on the screen and in a saved picture."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from handwrite_gui.domain.ink import Bounds, Ink
from handwrite_gui.widgets.draw.stroke_curve import Piece, Spot, StrokeCurve, width_at

#: Blank paper around the ink in a saved picture, in canvas units.
MARGIN = 24.0
#: A saved picture has this many pixels for each canvas unit: 192 dpi.
SAVED_SCALE = 2.0
#: A picture of this side is 256 MB in memory.
MOST_SIDE_PX = 8_000
#: A line changes its width in steps of this many canvas units, which cannot be seen.
_WIDTH_STEP, _MOST_STEPS = 0.7, 24
#: A piece is painted as a line, which is quicker, where its control point lies this near to it;
#: the curve lies half as near.
_BEND = 0.2
#: A line of no length would not be painted; this one is shorter than can be seen.
_DOT = 0.01


def paint_stroke(
    painter: QPainter, points: NDArray[np.float64], pen_width: float, colour: QColor
) -> QRectF:
    """Paint one stroke.

    Args:
        painter: Paints in canvas units.
        points: Array (n, 4) as in `Stroke.points`; a single point gives a dot.
        pen_width: In canvas units.
        colour: Of the ink.

    Returns:
        The rectangle that was touched, in canvas units.
    """
    pieces = stroke_pieces(points, pen_width)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_pieces(painter, pieces, ink_pen(colour))
    touched = rect_of(pieces[0])
    for piece in pieces[1:]:
        touched |= rect_of(piece)
    return touched


def ink_reach(pen_width: float) -> float:
    """How far from its points ink may be seen, in canvas units."""
    return width_at(pen_width, 1.0) / 2 + 1


def stroke_pieces(points: NDArray[np.float64], pen_width: float) -> list[Piece]:
    """The pieces of a stroke's curve, its tail included; arguments as for `paint_stroke`."""
    curve = StrokeCurve(pen_width)
    pieces = [piece for point in points.tolist() for piece in curve.add(*point)]
    return [*pieces, curve.tail]


def ink_pen(colour: QColor) -> QPen:
    """A pen for `paint_pieces`; making one costs as much as painting with it."""
    pen = QPen(colour)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def paint_pieces(
    painter: QPainter, pieces: Iterable[Piece], pen: QPen, coarse: float = 1.0
) -> None:
    """Paint pieces of a stroke's curve, each with round ends, so that there is no gap between.

    Args:
        painter: Paints in the pieces' unit, smoothing edges.
        pieces: What is painted.
        pen: From `ink_pen`; its width is changed.
        coarse: How many times as far as otherwise lines may be off, for what is soon painted anew.
    """
    bend, width_step = (_BEND * coarse) ** 2, _WIDTH_STEP * coarse
    # Taken apart at once: this runs twice for each move of the pen.
    for (x1, y1, width1), (x2, y2, width2), (x3, y3, width3) in pieces:
        change = width3 - width1
        bend_x, bend_y = x2 - (x1 + x3) / 2, y2 - (y1 + y3) / 2
        is_straight = bend_x * bend_x + bend_y * bend_y < bend
        if -width_step < change < width_step:
            pen.setWidthF((width1 + width3) / 2)
            painter.setPen(pen)
            if is_straight:
                painter.drawLine(QPointF(x1, y1), QPointF(x3 + _DOT, y3))
            else:
                path = QPainterPath(QPointF(x1, y1))
                path.quadTo(x2, y2, x3 + _DOT, y3)
                painter.drawPath(path)
            continue
        steps = min(math.ceil(abs(change) / width_step), _MOST_STEPS)
        if not is_straight:
            ends = Spot(x1, y1, width1), Spot(x2, y2, width2), Spot(x3, y3, width3)
            paint_pieces(painter, _parts(ends, steps), pen, coarse)
            continue
        here = QPointF(x1, y1)
        for step in range(1, steps + 1):
            share = step / steps
            there = QPointF(x1 + share * (x3 - x1) + _DOT, y1 + share * (y3 - y1))
            pen.setWidthF(width1 + (share - 0.5 / steps) * change)
            painter.setPen(pen)
            painter.drawLine(here, there)
            here = there


def paint_lead(painter: QPainter, piece: Piece, lead: Spot, pen: QPen, path: QPainterPath) -> None:
    """Paint a piece and on, straight, to where it leads, in one go where the width hardly changes.

    Args:
        painter: As for `paint_pieces`.
        piece: What is painted.
        lead: Where the lead ends.
        pen: As for `paint_pieces`.
        path: Any; it is changed. Making one costs more than filling it anew.
    """
    (x1, y1, width1), (x2, y2, _), (x3, y3, width3) = piece
    if not -_WIDTH_STEP < width3 - width1 < _WIDTH_STEP:
        paint_pieces(painter, [piece, (piece[2], piece[2], lead)], pen)
        return
    x4, y4, _ = lead
    pen.setWidthF((width1 + width3) / 2)
    painter.setPen(pen)
    path.clear()
    path.moveTo(x1, y1)
    path.quadTo(x2, y2, x3, y3)
    path.lineTo(x4, y4)
    painter.drawPath(path)


def _parts(piece: Piece, count: int) -> list[Piece]:
    """Cut a piece, by its blossom as de Casteljau does, into parts of one width each."""
    (x1, y1, width1), (x2, y2, _), (x3, y3, width3) = piece
    parts, here_x, here_y = [], x1, y1
    for part in range(count):
        s, t = part / count, (part + 1) / count
        width = width1 + (s + t) / 2 * (width3 - width1)
        first, second, third = (1 - s) * (1 - t), s * (1 - t) + t * (1 - s), s * t
        between = Spot(
            first * x1 + second * x2 + third * x3, first * y1 + second * y2 + third * y3, width
        )
        first, second, third = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
        there = Spot(
            first * x1 + second * x2 + third * x3, first * y1 + second * y2 + third * y3, width
        )
        parts.append((Spot(here_x, here_y, width), between, there))
        here_x, here_y, _ = there
    return parts


def bounds_of(piece: Piece) -> Bounds:
    """The rectangle that a piece is painted in, in its unit."""
    (x1, y1, width1), (x2, y2, width2), (x3, y3, width3) = piece
    # Each move of the pen is here, and `min` and `max` take twice as long.
    left, right = (x1, x3) if x1 < x3 else (x3, x1)
    top, bottom = (y1, y3) if y1 < y3 else (y3, y1)
    width = width1 if width1 > width3 else width3
    reach = (width2 if width2 > width else width) / 2 + 1
    return (
        (x2 if x2 < left else left) - reach,
        (y2 if y2 < top else top) - reach,
        (x2 if x2 > right else right) + reach,
        (y2 if y2 > bottom else bottom) + reach,
    )


def rect_of(piece: Piece) -> QRectF:
    """As `bounds_of`, for Qt."""
    left, top, right, bottom = bounds_of(piece)
    return QRectF(left, top, right - left, bottom - top)


def ink_as_image(ink: Ink, pen_width: float, scale: float = SAVED_SCALE) -> QImage:
    """Return ink as a picture, black on white with a margin, that this program also reads.

    Args:
        ink: At least one stroke.
        pen_width: In canvas units.
        scale: Pixels to a canvas unit; less where the picture would be larger than Qt paints.
    """
    left, top, width, height = ink.box
    margin = max(MARGIN, ink_reach(pen_width))
    scale = min(scale, MOST_SIDE_PX / (max(width, height) + 2 * margin))
    size = QSize(
        math.ceil((width + 2 * margin) * scale),
        math.ceil((height + 2 * margin) * scale),
    )
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    dots_per_metre = round(96 * scale / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(margin - left, margin - top)
    for stroke in ink.strokes:
        paint_stroke(painter, stroke.points, pen_width, QColor(Qt.GlobalColor.black))
    painter.end()
    return image
