"""Lifted ink: selected strokes while they are dragged, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from handwrite_gui.domain.ink import Bounds, Stroke
from handwrite_gui.domain.transform import Transform
from handwrite_gui.widgets.draw.ink_painter import ink_reach
from handwrite_gui.widgets.draw.painted_ink import paint_strokes
from handwrite_gui.widgets.draw.selection_marks import SelectionMarks
from handwrite_gui.widgets.draw.view import View

#: Strokes of so many points at most are painted anew as they are scaled. More are shown as a
#: picture that is scaled, their lines with it, until they are put down.
MOST_POINTS = 2_000
#: The picture has at most so many pixels a side; what is larger is seen coarse.
MOST_SIDE_PX = 4_096.0


class LiftedInk:
    """Shows selected strokes where they would come to lie, while the view stays as it is.

    Args:
        strokes: At least one.
        bounds: The box around them, in canvas units.
        pen_width: In canvas units.
        marks: Of the strokes.
        view: What is seen in the widget.
    """

    def __init__(
        self,
        strokes: Sequence[Stroke],
        bounds: Bounds,
        pen_width: float,
        marks: SelectionMarks,
        view: View,
    ) -> None:
        self._strokes, self._pen_width, self._marks, self._view = strokes, pen_width, marks, view
        self._is_much = sum(len(stroke.points) for stroke in strokes) > MOST_POINTS
        left, top, right, bottom = bounds
        reach = ink_reach(pen_width)
        box = QRectF(QPointF(left, top), QPointF(right, bottom))
        rect = view.to_widget.mapRect(box.adjusted(-reach, -reach, reach, reach))
        # Of whole pixels: moved by such, the picture is as sharp as the ink that it shows.
        self._rect = rect.toAlignedRect()
        self._picture: QPixmap | None = None

    def paint(self, painter: QPainter, change: Transform) -> None:
        """Paint it.

        Args:
            painter: Of the widget, in its pixels.
            change: How the strokes are moved and scaled.
        """
        if change.scale == (1.0, 1.0) or self._is_much:
            if self._picture is None:
                self._picture = self._make_picture(painter.device().devicePixelRatio())
            whole = QRectF(self._picture.rect())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self._place(change), self._picture, whole)
        else:
            self._paint_anew(painter, change)

    def _place(self, change: Transform) -> QRectF:
        """Where the picture lies in the widget."""
        rect = QRectF(self._rect)
        left, top = self._view.to_paper(rect.topLeft())
        right, bottom = self._view.to_paper(rect.bottomRight())
        left, top, right, bottom = change.of_box((left, top, right, bottom))
        return self._view.to_widget.mapRect(QRectF(QPointF(left, top), QPointF(right, bottom)))

    def _make_picture(self, ratio: float) -> QPixmap:
        ratio = min(ratio, MOST_SIDE_PX / max(self._rect.width(), self._rect.height()))
        picture = QPixmap(self._rect.size() * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.scale(ratio, ratio)
        painter.translate(-self._rect.topLeft())
        self._paint_anew(painter, Transform())
        painter.end()
        return picture

    def _paint_anew(self, painter: QPainter, change: Transform) -> None:
        paint_strokes(painter, change.of_strokes(self._strokes), self._pen_width, self._view)
        self._marks.paint_cores(painter, self._view, change)
