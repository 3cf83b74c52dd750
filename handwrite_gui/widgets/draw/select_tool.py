"""The select tool: a lasso, and a hand that moves and scales what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.selection import stroke_at, strokes_within
from handwrite_gui.domain.transform import Transform, moving, scaling
from handwrite_gui.widgets.draw.lasso import Lasso
from handwrite_gui.widgets.draw.lifted_ink import LiftedInk
from handwrite_gui.widgets.draw.live_stroke import Tilt
from handwrite_gui.widgets.draw.selection_keys import SelectionKeys
from handwrite_gui.widgets.draw.selection_marks import SelectionMarks, Side
from handwrite_gui.widgets.draw.tool import LEAST_REACH

if TYPE_CHECKING:
    from handwrite_gui.widgets.draw.canvas import Canvas

#: A hand that moves less than this clicks, in pixels.
CLICK = 4.0
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_STAYS = Transform()


class SelectTool:
    """Selects strokes on a canvas, and drags what is selected.

    While something is dragged only the screen shows it elsewhere: the ink is as it was until the
    tool is lifted, and each drag is then one step.

    Thread:
        The window's.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._sheet, self._view = canvas, canvas.sheet, canvas.view
        self._selection = canvas.selection
        self._selection.changed.connect(self.forget_marks)
        self._keys = SelectionKeys(canvas.selection, canvas.view)
        self._marks: SelectionMarks | None = None
        self._lasso: Lasso | None = None
        self._lifted: LiftedInk | None = None
        self._change = _STAYS
        self._held_at: QPointF | None = None
        self._side: Side | None = None
        self._hit: Stroke | None = None
        self._adds = False
        self._before: tuple[Stroke, ...] = ()
        self._has_changed = False

    def press(
        self,
        at: QPointF,
        time_ms: float,
        pressure: float,
        keys: Qt.KeyboardModifier,
        tilt: Tilt | None = None,
    ) -> None:
        """Take hold of a handle, of a stroke or of what is selected, or begin a lasso."""
        selection = self._selection
        self._before, self._has_changed = selection.strokes, False
        self._adds = bool(keys & _SHIFT)
        self._side = self._side_at(at)
        self._hit = None
        if self._side is None:
            hit = self._stroke_at(at)
            if hit is not None and hit not in selection:
                selection.select((*selection.strokes, hit) if self._adds else (hit,))
            elif hit is not None:
                self._hit = hit  # What a click on it means is settled as it ends.
            elif not self._is_inside(at):
                if not self._adds:
                    selection.clear()
                self._lasso = Lasso(at)
                return
        self._held_at = at

    def move(self, at: QPointF, time_ms: float, pressure: float, tilt: Tilt | None = None) -> None:
        """Draw the lasso on, or show what is dragged elsewhere."""
        if self._lasso is not None:
            before = self._lasso.rect
            self._lasso.add(at)
            self._canvas.update(before | self._lasso.rect)
        elif self._held_at is not None:
            way = at - self._held_at
            if self._lifted is None and max(abs(way.x()), abs(way.y())) < CLICK:
                return
            before = self._marks_rect()
            if self._lifted is None:
                self._lift_ink()
            self._change = self._change_by(way)
            self._canvas.update(before | self._marks_rect())

    def lift(self) -> None:
        """Select what the lasso is around, or put down what is dragged."""
        lasso, self._lasso = self._lasso, None
        held_at, self._held_at = self._held_at, None
        if lasso is not None:
            self._canvas.update(lasso.rect)
            self._select_within(lasso)
        elif self._lifted is not None:
            change = self._end_drag()
            self._has_changed = not change.is_nothing
            if self._has_changed:
                self._selection.transform(change)
            else:
                self._canvas.mend(self._selection.bounds)
        elif held_at is not None and self._side is None:
            self._click(held_at)

    def take_back(self) -> None:
        """Undo what was changed, and select what was selected before."""
        self.lift()
        if self._has_changed:
            self._has_changed = False
            self._sheet.undo()
        self._selection.select(self._before)

    def handle_key(self, event: QKeyEvent, *, is_in_use: bool) -> bool:
        """Do what a key says of the selection; return whether it was about that.

        Args:
            event: The key.
            is_in_use: Whether this is the canvas's tool.
        """
        if self._lasso is None and self._held_at is None:
            if self._canvas.is_drawing:  # Another tool is in the middle of its step.
                return False
            return self._keys.handle(event, steps=is_in_use)
        if event.key() == Qt.Key.Key_Escape:  # In mid-drag no other key does anything.
            self.cancel()
        return True

    def cancel(self) -> None:
        """Leave the strokes as they were before the press, whatever was dragged."""
        if self._lasso is not None:
            self._canvas.update(self._lasso.rect)
        if self._lifted is not None:
            self._end_drag()
            self._canvas.mend(self._selection.bounds)
            self._canvas.update(self._marks_rect())
        self._lasso = self._held_at = None

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        """The pointer that says what a press would take hold of."""
        side = self._side_at(at)
        if side is not None:
            return _cursor_of(side)
        if self._is_inside(at):
            return Qt.CursorShape.SizeAllCursor
        hits = self._stroke_at(at) is not None
        return Qt.CursorShape.PointingHandCursor if hits else Qt.CursorShape.ArrowCursor

    def forget_marks(self) -> None:
        """Have the marks made anew: something else is selected, or the pen is another."""
        self._marks = None
        self._canvas.update()

    def resting(self, strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
        """Of some strokes those that are not dragged just now."""
        if self._lifted is None:
            return strokes
        lifted = set(self._selection.strokes)
        return tuple(stroke for stroke in strokes if stroke not in lifted)

    def paint(self, painter: QPainter) -> None:
        """Paint the lasso, what is dragged, and the marks of what is selected."""
        if self._lasso is not None:
            self._lasso.paint(painter)
        if not self._selection.strokes:
            return
        marks = self._shown_marks()
        if self._lifted is not None:
            self._lifted.paint(painter, self._change)
        else:
            marks.paint_cores(painter, self._view, _STAYS)
        marks.paint_frame(painter, self._view, self._change)

    # What is where

    def _stroke_at(self, at: QPointF) -> Stroke | None:
        """The stroke there; of several that are there, one that is selected."""
        reach = max(self._sheet.pen_width / 2, LEAST_REACH / self._view.scale)
        place = self._view.to_paper(at)
        hit = stroke_at(self._selection.strokes, *place, reach)
        return hit if hit is not None else stroke_at(self._sheet.strokes, *place, reach)

    def _side_at(self, at: QPointF) -> Side | None:
        if not self._selection.strokes:
            return None
        return self._shown_marks().side_at(at, self._view)

    def _is_inside(self, at: QPointF) -> bool:
        if not self._selection.strokes:
            return False
        return self._shown_marks().frame(self._view, _STAYS).contains(at)

    def _shown_marks(self) -> SelectionMarks:
        if self._marks is None:
            selection, pen_width = self._selection, self._sheet.pen_width
            self._marks = SelectionMarks(selection.strokes, selection.bounds, pen_width)
        return self._marks

    def _marks_rect(self) -> QRect:
        return self._shown_marks().rect(self._view, self._change)

    # What is done

    def _select_within(self, lasso: Lasso) -> None:
        corners = lasso.corners() / self._view.scale + (self._view.left, self._view.top)
        found = strokes_within(self._sheet.strokes, corners)
        self._selection.select((*self._selection.strokes, *found) if self._adds else found)

    def _click(self, at: QPointF) -> None:
        """A click on one of the selected strokes means it alone; beside them, nothing."""
        selection = self._selection
        if self._hit is not None and self._adds:
            selection.select(stroke for stroke in selection.strokes if stroke is not self._hit)
        elif self._hit is not None:
            selection.select((self._hit,))
        elif self._is_inside(at) and self._stroke_at(at) is None and not self._adds:
            selection.clear()

    def _change_by(self, way: QPointF) -> Transform:
        scale, paper = self._view.scale, self._view.bounds
        there, moved = self._selection.bounds, (way.x() / scale, way.y() / scale)
        if self._side is None:
            return moving(there, moved, paper)
        return scaling(there, self._side, moved, paper, keeps_aspect=not self._adds)

    def _lift_ink(self) -> None:
        selection, pen_width = self._selection, self._sheet.pen_width
        self._lifted = LiftedInk(
            selection.strokes, selection.bounds, pen_width, self._shown_marks(), self._view
        )
        self._canvas.mend(selection.bounds)

    def _end_drag(self) -> Transform:
        """Show nothing elsewhere any more; return where it was shown."""
        self._canvas.update(self._marks_rect())
        change, self._lifted, self._change = self._change, None, _STAYS
        return change


def _cursor_of(side: Side) -> Qt.CursorShape:
    if 0 in side:
        return Qt.CursorShape.SizeHorCursor if side[0] else Qt.CursorShape.SizeVerCursor
    is_falling = side[0] == side[1]
    return Qt.CursorShape.SizeFDiagCursor if is_falling else Qt.CursorShape.SizeBDiagCursor
