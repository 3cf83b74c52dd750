"""The canvas: paper on which a mouse, a pen or a finger draws."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QInputEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.erasing import strokes_beyond
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.undo import InkHistory
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.draw.live_stroke import LiveStroke
from handwrite_gui.widgets.draw.painted_ink import PaintedInk
from handwrite_gui.widgets.draw.pen import Pen
from handwrite_gui.widgets.draw.view_control import ViewControl
from handwrite_gui.widgets.theme import colours

#: The eraser reaches at least this far, in pixels: a thin pen's ink must be easy to hit.
LEAST_REACH = 8.0


class Canvas(QWidget):
    """Paper that keeps ink as ink.

    What is drawn stays painted in a pixmap, so a move of the pen paints one segment and costs the
    same whatever else is on the paper. Ink is in canvas units, however large it is seen.

    Attributes:
        view_control: Moves and enlarges the paper.

    Signals:
        ink_changed: The ink is other than it was, also within a stroke.
        stroke_started: The pen was put down.
        stroke_finished: The pen was lifted, or strokes were erased, undone, redone or cleared.
        predict_requested: Enter was pressed.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Canvas"
    ink_changed = Signal()
    stroke_started = Signal()
    stroke_finished = Signal()
    predict_requested = Signal()

    def __init__(self, pen_width: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = InkHistory(pen_width)
        self._pen_width = pen_width
        self._live: LiveStroke | None = None
        self._stabiliser = 0.0
        self._pen = Pen(self)
        self._ring = HoverRing(self)
        self.view_control = ViewControl(self, self, self._pen)
        self.view_control.view_changed.connect(self._on_view_changed)
        self._view = self.view_control.view
        self._painted = PaintedInk(self._view)
        self._frame = QRect()
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

    def set_stabiliser(self, strength: float) -> None:
        """Calm the hand from the next stroke on; the longest lag, in canvas units."""
        self._stabiliser = strength

    def set_pen_only(self, on: bool) -> None:
        """Let fingers draw nothing, or as a mouse does."""
        self._pen.pen_only = on

    def set_draws_by_moving(self, on: bool) -> None:
        """Let a mouse draw from one click, or press of the space bar, to the next."""
        self._pen.set_draws_by_moving(on)

    def set_guides(self, guides: str) -> None:
        """Show other lines to write on, one of `GUIDES`."""
        self._painted.guides = guides
        self._repaint_all()

    def _show_other_ink(self) -> None:
        self._oldest_valid_revision = self._history.ink.revision
        self._repaint_all()
        self.stroke_finished.emit()  # First, for then it is kept.
        self.ink_changed.emit()

    # The pen

    def start_stroke(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Put the pen down."""
        self.finish_stroke()
        self.setFocus()  # A mouse's press does that by itself, a pen's does not.
        was_blank = self.is_blank
        # A hand shakes as much, however large the paper is seen.
        calm = self._stabiliser / self._view.scale
        self._live = LiveStroke(*self._view.on_paper(at), calm)
        self._painted.start(self._live.points(), self._pen_width)
        self.add_point(at, time_ms, pressure)
        self.stroke_started.emit()
        if was_blank:
            self.update()  # The hint goes.

    def add_point(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Move the pen that is down."""
        if self._live is None:
            return
        point = self._live.add(*self._view.on_paper(at), time_ms, pressure)
        self.update(self._painted.add(point, self._live.pen))
        self.ink_changed.emit()

    def finish_stroke(self) -> None:
        """Lift the pen."""
        if self._live is None:
            return
        point = self._live.end()
        if point is not None:
            self.update(self._painted.add(point, self._live.pen))
        stroke, self._live = self._live.stroke(), None
        self.update(self._painted.end())
        self._history.put((*self._history.ink.strokes, stroke), self._pen_width)
        self.stroke_finished.emit()  # First, for then it is kept.
        self.ink_changed.emit()

    def take_back_stroke(self) -> None:
        """Lift the pen and undo its stroke, or the newest; redo brings it back."""
        self.finish_stroke()
        self._history.undo()
        self._show_other_ink()

    def show_hover(self, at: QPointF, *, erases: bool) -> None:
        """Show where the pen in the air would land."""
        radius = self._reach() if erases else self._pen_width / 2
        self._ring.show_at(at, radius * self._view.scale, erases=erases)

    def hide_hover(self) -> None:
        """Show that no more."""
        self._ring.hide()

    def _reach(self) -> float:
        return max(self._pen_width, LEAST_REACH / self._view.scale)

    def erase_at(self, at: QPointF) -> None:
        """Erase the strokes that pass within the pen's width of a place."""
        strokes = self._history.ink.strokes
        kept = strokes_beyond(strokes, *self._view.to_paper(at), self._reach())
        if len(kept) < len(strokes):
            self.put(kept)

    def event(self, event: QEvent) -> bool:
        """Let the pen draw, and the view be changed; everything else goes the usual way."""
        if isinstance(event, QInputEvent) and self.isEnabled():
            # A pen draws at once, for its moves are many.
            if not isinstance(event, QTabletEvent) and self.view_control.handle(event):
                return True
            if self._pen.handle(event):
                return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the stroke that is being drawn: its release goes elsewhere."""
        self._pen.lift()
        self._ring.hide()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read at Enter; draw at the space bar, where that is switched on."""
        is_space = event.key() == Qt.Key.Key_Space
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.predict_requested.emit()
        elif is_space and (event.isAutoRepeat() or self._pen.toggle(event.timestamp())):
            event.accept()
        else:
            super().keyPressEvent(event)

    # Painting

    def sizeHint(self) -> QSize:
        """The page gives the canvas all the room there is."""
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what is painted; on blank paper, what to do."""
        if self._painted.device_pixel_ratio != self.devicePixelRatio():
            self._paint_ink()
        painter = QPainter(self)
        self._painted.paint(painter)
        if self.is_blank:
            painter.setPen(colours().paper_hint)
            painter.setBackground(colours().paper)  # Lines would cross it.
            painter.setBackgroundMode(Qt.BGMode.OpaqueMode)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Write a digit here")
        if not self._frame.contains(event.rect(), True) and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(colours().paper_hint)
            painter.drawRect(self._frame)
        self._ring.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less paper; ink keeps its size and place."""
        self._frame = self.rect().adjusted(0, 0, -1, -1)
        self.view_control.resize()
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
        self._pen.end_moving()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        self._pen.end_moving()

    @Slot(bool)
    def _on_view_changed(self, moves: bool) -> None:
        self._ring.hide()
        self._painted.follow_view(moves=moves)
        self.update()

    def _repaint_all(self) -> None:
        self._painted.forget()
        self.update()

    def _paint_ink(self) -> None:
        strokes = self._history.ink.strokes
        self._painted.repaint(self.size(), self.devicePixelRatio(), strokes, self._pen_width)
        if self._live is not None:
            self._painted.start(self._live.points(), self._pen_width)
