"""The canvas: paper on which a mouse, a pen or a finger draws, erases and selects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QInputEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink import Correction, Stroke
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.draw.draw_tool import DrawTool
from handwrite_gui.widgets.draw.eraser_tool import EraserTool
from handwrite_gui.widgets.draw.hover_ring import HoverRing
from handwrite_gui.widgets.draw.pen import Pen
from handwrite_gui.widgets.draw.selection import Selection
from handwrite_gui.widgets.draw.sheet_view import SheetView
from handwrite_gui.widgets.draw.tool import Tool, ToolName
from handwrite_gui.widgets.draw.view_control import ViewControl

if TYPE_CHECKING:
    from handwrite_gui.widgets.draw.select_tool import SelectTool


class Over(Protocol):
    """What lies over the ink, and can be clicked there. Places are the canvas's pixels."""

    def tool_at(self, at: QPointF, tool: Tool) -> Tool | None:
        """Return what takes a press there in a tool's place, or None where there is nothing."""

    def is_at(self, at: QPointF) -> bool:
        """Tell whether there is something."""


class Canvas(SheetView):
    """Paper that keeps ink as ink, in canvas units however large it is seen.

    Signals:
        predict_requested: Enter was pressed.
        tool_chosen: The name of the tool that is in use now.
        shown_changed: It is seen now, or no more.
        resized: It is larger or smaller now.

    Attributes:
        selection: What is selected.
        view_control: Moves and enlarges the paper.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Canvas"
    predict_requested = Signal()
    tool_chosen = Signal(str)
    shown_changed = Signal()
    resized = Signal()

    def __init__(self, pen_width: float, parent: QWidget | None = None) -> None:
        super().__init__(pen_width, parent)
        self.selection = Selection(self.sheet, self)
        self.selection.transformed.connect(self.mend)
        self._draws, self._erases = DrawTool(self), EraserTool(self)
        self._selects: SelectTool | None = None
        self._tool_name: ToolName = "pen"
        self._over: Over | None = None
        self._points_over = False
        self._pen = Pen(self)
        self.view_control = ViewControl(self, self.view, self, self._pen)
        self.view_control.view_changed.connect(self._on_view_changed)
        self.view_control.paper_left.connect(self._show_cursor)
        self._ring = HoverRing(self)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        # Moves without a press tell of a release that went elsewhere.
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show_cursor()
        self.setAccessibleName("Canvas")

    # Ink

    @property
    def is_drawing(self) -> bool:
        """Whether a pen is down, whatever it does."""
        return self._pen.is_down

    def undo(self) -> None:
        """Take the last step back: what a pen, an eraser or a hand did, or a clearing."""
        self.finish_stroke()
        self.sheet.undo()

    def redo(self) -> None:
        """Take the step forward again that was last taken back."""
        self.finish_stroke()
        self.sheet.redo()

    def clear(self) -> None:
        """Take a blank sheet; this can be undone."""
        self.finish_stroke()
        if not self.is_blank:
            self.put(())

    def put(
        self, strokes: tuple[Stroke, ...], corrections: tuple[Correction, ...] | None = None
    ) -> None:
        """Show other strokes, as a step that can be undone; arguments as of `Sheet.put`."""
        self.finish_stroke()
        self.sheet.put(strokes, corrections)

    # The tools

    def choose_tool(self, name: ToolName) -> None:
        """Let mouse, pen and fingers do this from now on; what is selected is so no more."""
        self.finish_stroke()
        if name == "select" and self._selects is None:
            # Imported only here, as below: the window is to be seen at once.
            from handwrite_gui.widgets.draw.select_tool import SelectTool

            self._selects = SelectTool(self)
        self._tool_name = name
        self._show_cursor()
        if name != "select":
            self.selection.clear()
        self.tool_chosen.emit(name)

    def delete_selection(self) -> None:
        """Delete what is selected, as a step that can be undone."""
        self.finish_stroke()
        self.selection.delete()

    def set_erases_parts(self, on: bool) -> None:
        """Let erasers take only what they pass, or whole strokes."""
        self._erases.parts = on

    def set_pen_width(self, pen_width: float) -> None:
        """Show ink, and draw, with another pen, in canvas units."""
        super().set_pen_width(pen_width)
        if self._selects is not None:
            self._selects.forget_marks()
        self._show_cursor()

    def set_stabiliser(self, strength: float) -> None:
        """Calm the hand from the next stroke on; the longest lag, in canvas units."""
        self._draws.stabiliser = strength

    def set_pen_only(self, on: bool) -> None:
        """Let fingers draw nothing, or as a mouse does."""
        self._pen.pen_only = on

    def set_draws_by_moving(self, on: bool) -> None:
        """Let a mouse draw from one click, or press of the space bar, to the next."""
        self._pen.set_draws_by_moving(on)

    def finish_stroke(self) -> None:
        """End what a pen is doing, as if it were lifted."""
        self._pen.lift()

    def tool(self, at: QPointF, *, erases: bool) -> Tool:
        """The tool that a pen is now, or its other end, where it is put down."""
        if erases or self._tool_name == "eraser":
            return self._erases
        selects = self._selects if self._tool_name == "select" else None
        tool = selects or self._draws
        over = None if self._over is None else self._over.tool_at(at, tool)
        return over or tool

    def set_over(self, over: Over) -> None:
        """Let what lies over the ink take a press of the pen or of the select tool."""
        self._over = over

    def point_at(self, at: QPointF) -> None:
        """Show what a press there would take hold of."""
        is_over = self._over is not None and self._over.is_at(at)
        if is_over != self._points_over and self._tool_name != "eraser":
            self._points_over = is_over
            if is_over:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self._show_cursor()
        if is_over:
            return
        if self._selects is not None and self._tool_name == "select":
            shape = self._selects.cursor_at(at)
            if self.cursor().shape() != shape:
                self.setCursor(shape)

    def show_hover(self, at: QPointF, *, erases: bool) -> None:
        """Show where the pen in the air would land."""
        self.point_at(at)
        erases = erases or self._tool_name == "eraser"
        radius = self._erases.reach if erases else self.sheet.pen_width / 2
        if self._tool_name == "select" and not erases:
            radius = 0.0
        self._ring.show_at(at, radius * self.view.scale, erases=erases)

    def hide_hover(self) -> None:
        """Show that no more."""
        self._ring.hide()

    # The widget

    def event(self, event: QEvent) -> bool:
        """Let the pen draw, and the view be changed; everything else goes the usual way."""
        if isinstance(event, QTabletEvent):
            # A pen draws at once, for its moves are many.
            if self.isEnabled() and self._pen.handle(event):
                return True
        elif (
            isinstance(event, QInputEvent)
            and self.isEnabled()
            and (self.view_control.handle(event) or self._pen.handle(event))
        ):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read at Enter; draw at the space bar, where that is switched on; move a selection."""
        is_space = event.key() == Qt.Key.Key_Space
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.predict_requested.emit()
        elif (is_space and (event.isAutoRepeat() or self._pen.toggle(event.timestamp()))) or (
            self._selects is not None
            and self._selects.handle_key(event, is_in_use=self._tool_name == "select")
        ):
            event.accept()
        else:
            super().keyPressEvent(event)

    def shown_strokes(self) -> tuple[Stroke, ...]:
        """The finished strokes that are not dragged just now."""
        strokes = self.sheet.strokes
        return strokes if self._selects is None else self._selects.resting(strokes)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what is selected, and where a pen in the air would land."""
        if self._selects is not None:
            self._selects.paint(painter)
        self._ring.paint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less paper; ink keeps its size and place."""
        self.view_control.resize()
        super().resizeEvent(event)
        self.resized.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the stroke that is being drawn: its release goes elsewhere."""
        self.finish_stroke()
        self._ring.hide()
        super().hideEvent(event)
        self.shown_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it is seen again."""
        super().showEvent(event)
        self.shown_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self._pen.end_moving()
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        self._pen.end_moving()

    @Slot(bool)
    def _on_view_changed(self, moves: bool) -> None:
        self._ring.hide()
        if not self.view_control.holds_paper:
            self._show_cursor()
        self.painted.follow_view(moves=moves)
        self.update()

    @Slot()
    def _show_cursor(self) -> None:
        """Let the pointer show the tool, the eraser's how far it reaches."""
        if self._tool_name == "eraser":
            from handwrite_gui.widgets.draw.tool_cursor import eraser_cursor

            radius = self._erases.reach * self.view.scale
            self.setCursor(eraser_cursor(radius, self.devicePixelRatio()))
        else:
            draws = self._tool_name == "pen"
            self.setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)
