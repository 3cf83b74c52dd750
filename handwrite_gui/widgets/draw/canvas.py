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

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.widgets.draw.draw_tool import DrawTool
from handwrite_gui.widgets.draw.eraser_tool import EraserTool
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.draw.painted_ink import PaintedInk
from handwrite_gui.widgets.draw.pen import Pen
from handwrite_gui.widgets.draw.sheet import Sheet
from handwrite_gui.widgets.draw.tool import Tool
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.draw.view_control import ViewControl
from handwrite_gui.widgets.theme import colours


class Canvas(QWidget):
    """Paper that keeps ink as ink, in canvas units however large it is seen.

    Signals:
        ink_changed: As the sheet's.
        stroke_started: As the sheet's.
        stroke_finished: As the sheet's.
        predict_requested: Enter was pressed.

    Attributes:
        sheet: What is written.
        view: What is seen of it.
        view_control: Moves and enlarges the paper.
        painted: What is written, as it is seen.
    """

    predict_requested = Signal()

    def __init__(self, pen_width: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet(pen_width, self)
        self.ink_changed = self.sheet.ink_changed
        self.stroke_started = self.sheet.stroke_started
        self.stroke_finished = self.sheet.stroke_finished
        self.sheet.replaced.connect(self._repaint_all)
        self.view = View()
        self.painted = PaintedInk(self.view)
        self._draws, self._erases = DrawTool(self), EraserTool(self)
        self._pen = Pen(self)
        self.view_control = ViewControl(self, self.view, self, self._pen)
        self.view_control.view_changed.connect(self._on_view_changed)
        self._ring = HoverRing(self)
        self._frame = QRect()
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
        return self.sheet.ink()

    @property
    def revision(self) -> int:
        """The revision of the newest finished ink."""
        return self.sheet.revision

    def is_current(self, revision: int) -> bool:
        """Whether an answer to this revision is about ink that is still here, if less of it."""
        return self.sheet.is_current(revision)

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return self.sheet.is_blank

    @property
    def is_drawing(self) -> bool:
        """Whether a pen is down and changes the ink."""
        return self.sheet.is_drawing

    @property
    def can_undo(self) -> bool:
        """Whether undo would change anything."""
        return self.sheet.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether redo would change anything."""
        return self.sheet.can_redo

    def undo(self) -> None:
        """Take the last step back: a stroke, an erasure or a clearing."""
        self.lift()
        self.sheet.undo()

    def redo(self) -> None:
        """Take the step forward again that was last taken back."""
        self.lift()
        self.sheet.redo()

    def clear(self) -> None:
        """Take a blank sheet; this can be undone."""
        self.lift()
        if not self.is_blank:
            self.put(())

    def put(self, strokes: tuple[Stroke, ...]) -> None:
        """Show other strokes, as a step that can be undone."""
        self.lift()
        self.sheet.put(strokes)

    # The pen

    def set_pen_width(self, pen_width: float) -> None:
        """Draw with another pen, in canvas units."""
        self.sheet.pen_width = pen_width
        self._repaint_all()

    def set_stabiliser(self, strength: float) -> None:
        """Calm the hand from the next stroke on; the longest lag, in canvas units."""
        self._draws.stabiliser = strength

    def set_pen_only(self, on: bool) -> None:
        """Let fingers draw nothing, or as a mouse does."""
        self._pen.pen_only = on

    def set_draws_by_moving(self, on: bool) -> None:
        """Let a mouse draw from one click, or press of the space bar, to the next."""
        self._pen.set_draws_by_moving(on)

    def set_guides(self, guides: str) -> None:
        """Show other lines to write on, one of `GUIDES`."""
        self.painted.guides = guides
        self._repaint_all()

    def lift(self) -> None:
        """End what a pen is doing, as if it were lifted."""
        self._pen.lift()

    def tool(self, *, erases: bool) -> Tool:
        """The tool that a pen is now, or its other end."""
        return self._erases if erases else self._draws

    def show_hover(self, at: QPointF, *, erases: bool) -> None:
        """Show where the pen in the air would land."""
        radius = self._erases.reach if erases else self.sheet.pen_width / 2
        self._ring.show_at(at, radius * self.view.scale, erases=erases)

    def hide_hover(self) -> None:
        """Show that no more."""
        self._ring.hide()

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
        self.lift()
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
        if self.painted.device_pixel_ratio != self.devicePixelRatio():
            self._paint_ink()
        painter = QPainter(self)
        self.painted.paint(painter)
        if self.is_blank:
            painter.setPen(colours().paper_hint)
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

    @Slot()
    def _on_view_changed(self) -> None:
        self._ring.hide()
        self._repaint_all()

    @Slot()
    def _repaint_all(self) -> None:
        self.painted.forget()
        self.update()

    def _paint_ink(self) -> None:
        sheet, ratio = self.sheet, self.devicePixelRatio()
        self.painted.repaint(self.size(), ratio, sheet.strokes, sheet.pen_width)
        if sheet.live is not None:
            self.painted.start(sheet.live.points(), sheet.pen_width)
