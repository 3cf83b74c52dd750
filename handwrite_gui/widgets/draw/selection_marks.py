"""Selection marks: what tells selected strokes from others, and where they are taken hold of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from handwrite_gui.domain.geometry import simplify
from handwrite_gui.domain.ink import Bounds, Stroke
from handwrite_gui.domain.transform import Transform
from handwrite_gui.widgets.draw.ink_painter import ink_reach
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import SPACING, colours

#: A side or corner of the frame: -1 left, 1 right, 0 neither; and likewise up and down.
Side = tuple[int, int]

#: Side of a handle, and how far from its middle it is hit, in px.
HANDLE, HIT = 1.0 * SPACING, 1.5 * SPACING
#: A frame around little ink is this large all the same, so that there is room between its handles.
LEAST_FRAME = 5.0 * SPACING
_GAP = 4.0
#: A side that is shorter has no handle of its own.
_LEAST_SIDE = 8.0 * SPACING
_LINE, _HALO = 1.5, 3.5
#: How wide the light line along a selected stroke is, in px, and at most as a share of the pen.
_CORE, _CORE_SHARE = 2.0, 0.3
#: What bends less than this is drawn straight, in canvas units.
_TOLERANCE = 0.5


class SelectionMarks:
    """A frame with handles around selected strokes, and a light line along each.

    Places are pixels of the widget.

    Args:
        strokes: What is selected, at least one.
        bounds: The box around them, in canvas units.
        pen_width: In canvas units.
    """

    def __init__(self, strokes: Sequence[Stroke], bounds: Bounds, pen_width: float) -> None:
        self._bounds, self._pen_width = bounds, pen_width
        self._cores = _cores(strokes)

    def frame(self, view: View, change: Transform) -> QRectF:
        """Where the frame is once the strokes are moved and scaled so."""
        left, top, right, bottom = change.of_box(self._bounds)
        box = view.to_widget.mapRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
        gap = ink_reach(self._pen_width) * view.scale + _GAP
        wide, high = (max(gap, (LEAST_FRAME - side) / 2) for side in (box.width(), box.height()))
        return box.adjusted(-wide, -high, wide, high)

    def rect(self, view: View, change: Transform) -> QRect:
        """The rectangle that all is painted in."""
        reach = HANDLE / 2 + _HALO
        return self.frame(view, change).adjusted(-reach, -reach, reach, reach).toAlignedRect()

    def side_at(self, at: QPointF, view: View) -> Side | None:
        """Which side or corner is taken hold of at a place, or None."""
        for side, middle in _handles(self.frame(view, Transform())).items():
            way = at - middle
            if max(abs(way.x()), abs(way.y())) <= HIT:
                return side
        return None

    def paint_cores(self, painter: QPainter, view: View, change: Transform) -> None:
        """Paint the light lines along the strokes."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        core = QPen(colours().paper, min(_CORE, _CORE_SHARE * self._pen_width * view.scale))
        core.setCapStyle(Qt.PenCapStyle.RoundCap)
        core.setCosmetic(True)
        painter.setPen(core)
        painter.setTransform(view.to_widget, True)
        painter.translate(*change.shift)
        painter.scale(*change.scale)
        painter.drawPath(self._cores)
        painter.restore()

    def paint_frame(self, painter: QPainter, view: View, change: Transform) -> None:
        """Paint frame and handles in the ink's colour, with a rim of paper to be seen on ink."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame, line = self.frame(view, change), QPen(colours().ink, _LINE)
        line.setDashPattern([4.0, 3.0])
        for pen in (QPen(colours().paper, _HALO), line):
            painter.setPen(pen)
            painter.drawRect(frame)
        painter.setPen(QPen(colours().ink, _LINE))
        painter.setBrush(colours().paper)
        for middle in _handles(frame).values():
            painter.drawRect(_square(middle))


def _cores(strokes: Sequence[Stroke]) -> QPainterPath:
    """The strokes' middle lines, without the points that cannot be seen to bend them."""
    lengths = np.array([len(stroke.points) for stroke in strokes])
    xy = np.concatenate([stroke.xy for stroke in strokes])
    kept = np.split(simplify(xy, lengths, _TOLERANCE), np.cumsum(lengths)[:-1])
    path = QPainterPath()
    for stroke, keeps in zip(strokes, kept, strict=True):
        places = stroke.xy[keeps].tolist()
        # A dot is a line of no length, which is not painted: this one is shorter than is seen.
        places.append([places[-1][0] + 0.01, places[-1][1]])
        path.addPolygon(QPolygonF([QPointF(*place) for place in places]))
    return path


def _handles(frame: QRectF) -> dict[Side, QPointF]:
    """Middles of the handles, corners first."""
    middle = frame.center()
    xs = {-1: frame.left(), 0: middle.x(), 1: frame.right()}
    ys = {-1: frame.top(), 0: middle.y(), 1: frame.bottom()}
    sides: list[Side] = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    if frame.width() >= _LEAST_SIDE:
        sides += [(0, -1), (0, 1)]
    if frame.height() >= _LEAST_SIDE:
        sides += [(-1, 0), (1, 0)]
    return {(x, y): QPointF(xs[x], ys[y]) for x, y in sides}


def _square(middle: QPointF) -> QRectF:
    corner = QPointF(HANDLE / 2, HANDLE / 2)
    return QRectF(middle - corner, middle + corner)
