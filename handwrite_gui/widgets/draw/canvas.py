"""The canvas: paper on which a mouse, a pen or a finger draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.undo import InkHistory
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.draw.ink_painter import paint_stroke
from handwrite_gui.widgets.draw.live_stroke import LiveStroke
from handwrite_gui.widgets.draw.pen import Pen
from handwrite_gui.widgets.theme import colours

#: The eraser reaches at least this far, in canvas units: a thin pen's ink must be easy to hit.
LEAST_REACH = 8.0


class Canvas(QWidget):
    """Paper that keeps ink as ink.

    What is drawn stays painted in a pixmap, so a move of the pen paints one segment and costs the
    same whatever else is on the paper.

    Signals:
        ink_changed: The ink is other than it was, also within a stroke.
        stroke_started: The pen was put down.
        stroke_finished: The pen was lifted, or strokes were erased, undone, redone or cleared.
        predict_requested: Enter was pressed.
    """

    ink_changed = Signal()
    stroke_started = Signal()
    stroke_finished = Signal()
    predict_requested = Signal()

    def __init__(self, pen_width: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = InkHistory(pen_width)
        self._pen_width = pen_width
        self._live: LiveStroke | None = None
        self._pen = Pen(self)
        self._ring = HoverRing(self)
        self._painted = QPixmap()
        self._oldest_valid_revision = 0
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        # Moves without a press tell of a release that went elsewhere.
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(200, 200)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "Write one digit here with the mouse, a pen or a finger. "
            "Enter reads it; a digit's key says what it was."
        )

    # Ink

    def ink(self) -> Ink:
        """The ink as it is now, a stroke under the pen included."""
        ink = self._history.ink
        if self._live is None:
            return ink
        strokes = (*ink.strokes, self._live.stroke())
        return Ink(strokes, self._history.next_revision(), self._pen_width)

    @property
    def revision(self) -> int:
        """The revision of the newest finished ink."""
        return self._history.ink.revision

    def is_current(self, revision: int) -> bool:
        """Whether an answer to this revision is about ink that is still here, if less of it."""
        return revision >= self._oldest_valid_revision

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return self._live is None and not self._history.ink.strokes

    @property
    def is_drawing(self) -> bool:
        """Whether a pen is down."""
        return self._live is not None

    @property
    def can_undo(self) -> bool:
        """Whether undo would change anything."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether redo would change anything."""
        return self._history.can_redo

    def undo(self) -> None:
        """Take the last step back: a stroke, an erasure or a clearing."""
        self._pen.lift()
        self._history.undo()
        self._show_other_ink()

    def redo(self) -> None:
        """Take the step forward again that was last taken back."""
        self._pen.lift()
        self._history.redo()
        self._show_other_ink()

    def clear(self) -> None:
        """Take a blank sheet; this can be undone."""
        self._pen.lift()
        if not self.is_blank:
            self.put(())

    def put(self, strokes: tuple[Stroke, ...]) -> None:
        """Show other strokes, as a step that can be undone."""
        self._history.put(strokes, self._pen_width)
        self._show_other_ink()

    def set_pen_width(self, pen_width: float) -> None:
        """Draw with another pen, in canvas units."""
        self._pen_width = pen_width
        self._repaint_all()

    def _show_other_ink(self) -> None:
        self._oldest_valid_revision = self._history.ink.revision
        self._repaint_all()
        self.ink_changed.emit()
        self.stroke_finished.emit()

    # The pen

    def start_stroke(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Put the pen down."""
        self.finish_stroke()
        self.setFocus()  # A mouse's press does that by itself, a pen's does not.
        was_blank = self.is_blank
        self._live = LiveStroke()
        self.add_point(at, time_ms, pressure)
        self.stroke_started.emit()
        if was_blank:
            self.update()  # The hint goes.

    def add_point(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Move the pen that is down."""
        if self._live is None:
            return
        # Ink ends where the paper ends: nothing is read that cannot be seen.
        x = min(max(at.x(), 0.0), float(self.width()))
        y = min(max(at.y(), 0.0), float(self.height()))
        self._paint_newest(self._live.add(x, y, time_ms, pressure))
        self.ink_changed.emit()

    def finish_stroke(self) -> None:
        """Lift the pen."""
        if self._live is None:
            return
        stroke, self._live = self._live.stroke(), None
        self._history.put((*self._history.ink.strokes, stroke), self._pen_width)
        self.ink_changed.emit()
        self.stroke_finished.emit()

    def take_back_stroke(self) -> None:
        """Lift the pen and undo its stroke, or the newest; redo brings it back."""
        self.finish_stroke()
        self._history.undo()
        self._show_other_ink()

    def show_hover(self, at: QPointF, *, erases: bool) -> None:
        """Show where the pen in the air would land."""
        radius = self._reach() if erases else self._pen_width / 2
        self._ring.show_at(at, radius, erases=erases)

    def hide_hover(self) -> None:
        """Show that no more."""
        self._ring.hide()

    def _reach(self) -> float:
        return max(self._pen_width, LEAST_REACH)

    def erase_at(self, at: QPointF) -> None:
        """Erase the strokes that pass within the pen's width of a place."""
        place, reach = np.array([at.x(), at.y()]), self._reach()
        strokes = self._history.ink.strokes
        kept = tuple(
            stroke
            for stroke in strokes
            if distance_to_segments(place, stroke.xy[:-1], stroke.xy[1:]).min(
                initial=float(np.hypot(*(stroke.xy[0] - place)))
            )
            > reach
        )
        if len(kept) < len(strokes):
            self.put(kept)

    def event(self, event: QEvent) -> bool:
        """Let the pen draw; everything else goes the usual way."""
        return (self.isEnabled() and self._pen.handle(event)) or super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the stroke that is being drawn: its release goes elsewhere."""
        self._pen.lift()
        self._ring.hide()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.predict_requested.emit()
        else:
            super().keyPressEvent(event)

    # Painting

    def sizeHint(self) -> QSize:
        """The page gives the canvas all the room there is."""
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what is painted; on blank paper, what to do."""
        if self._painted.devicePixelRatio() != self.devicePixelRatio():
            self._repaint_all()
        painter = QPainter(self)
        ratio, dirty = self.devicePixelRatio(), QRectF(event.rect())
        source = QRectF(dirty.topLeft() * ratio, dirty.size() * ratio)
        painter.drawPixmap(dirty, self._painted, source)
        if self.is_blank:
            painter.setPen(colours().paper_hint)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Write a digit here")
        if self.hasFocus():
            painter.setPen(colours().paper_hint)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._ring.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less paper; ink keeps its size and place."""
        self._repaint_all()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._repaint_all()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self.update()

    def _paint_newest(self, points: NDArray[np.float64]) -> None:
        painter = QPainter(self._painted)
        touched = paint_stroke(painter, points, self._pen_width, colours().ink)
        painter.end()
        self.update(touched.toAlignedRect())

    def _repaint_all(self) -> None:
        ratio = self.devicePixelRatio()
        self._painted = QPixmap(self.size() * ratio)
        self._painted.setDevicePixelRatio(ratio)
        self._painted.fill(colours().paper)
        painter = QPainter(self._painted)
        for stroke in self.ink().strokes:
            paint_stroke(painter, stroke.points, self._pen_width, colours().ink)
        painter.end()
        self.update()
