"""The picture view: a picture that a person moves, enlarges, points at and draws a box on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QInputEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from handwrite_gui.domain.confirming import box_at
from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.pan_zoom import ARROWS, KEY_PX, KEYPAD
from handwrite_gui.widgets.pictures.box_tool import BoxTool
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.picture_surface import PictureSurface

_LEFT = Qt.MouseButton.LeftButton
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)


class PictureView(PictureSurface):
    """Shows one picture with what was read marked on it, or a sentence in its place.

    Signals:
        number_clicked: The index of a Number, among those shown, that a person clicked on, and
            which of its digits is nearest.
        box_changed: The box that a person has drawn, in the picture's pixels, or None.
        entered: Enter was pressed; `box` says whether a box is meant.
        box_left: A person wants to draw no box any more.
        page_wanted: How many pages further a person wants to see, 1 or -1.

    Thread:
        The window's.
    """

    number_clicked = Signal(int, int)
    box_changed = Signal(object)
    entered = Signal()
    box_left = Signal()
    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = BoxTool(self.control.viewport)
        #: Where the left button or a finger went down, and how far it has moved the picture.
        self._pressed_at: QPointF | None = None
        self._moved_from = QPointF()
        self._has_space = False
        self.control.paper_left.connect(self._show_cursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)  # What a pointer rests on says what it reads.

    def show_picture(self, levels: Levels, name: str, key: object = None) -> None:
        """Show a picture; arguments as `PictureSurface.show_picture`. Another one has no box."""
        if key != self._key:
            self._set_box(None)
        super().show_picture(levels, name, key)

    def show_message(self, text: str, key: object = None) -> None:
        """Show a sentence and no picture; arguments as `PictureSurface.show_message`."""
        self._set_box(None)
        super().show_message(text, key)

    def set_draws_box(self, on: bool) -> None:
        """Let a pointer draw a box, or move the picture."""
        self._box.is_on = on
        if not on:
            self._set_box(None)
        self._show_cursor()

    def clear_box(self) -> None:
        """Have no box any more."""
        self._set_box(None)

    @property
    def box(self) -> Box | None:
        """The box that a person has drawn, in the picture's pixels, or None."""
        return self._box.box

    def paint_over(self, painter: QPainter) -> None:
        """Paint the box that is drawn."""
        if self._box.box is not None:
            self._box.paint(painter, self.size())

    def paint_under(self, painter: QPainter) -> None:
        """Dim what is not read, while no box is drawn, which dims as well."""
        if self._box.box is None:
            super().paint_under(painter)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self._has_space = False
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let the picture be moved and enlarged; everything else goes the usual way."""
        if not self.levels.is_empty:
            if isinstance(event, QInputEvent) and self.control.handle(event):
                if isinstance(event, QTouchEvent):
                    self._pressed_at = None  # A second finger has come.
                return True
            if isinstance(event, QTouchEvent) and self._handle_finger(event):
                return True
            if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
                return self._show_tip(event)
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the picture, or begin a box."""
        if event.button() == _LEFT and not self.levels.is_empty:
            self._press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, or show the label of what is pointed at."""
        if event.buttons() & _LEFT:
            self._move(event.position())
        elif not event.buttons() and not self.levels.is_empty:
            self._point_at(self.marks.mark_at(event.position(), self.control.viewport))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a press that went nowhere is a click."""
        if event.button() == _LEFT:
            self._release(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move, turn pages, and draw a box; Enter ends that."""
        key, way = event.key(), ARROWS.get(event.key())
        if key == Qt.Key.Key_Space and self._box.is_on:
            self._has_space = True
            self._show_cursor()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.control.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.control.zoom_out()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.page_wanted.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Escape and self._box.is_on:
            if self._box.box is None:
                self.box_left.emit()
            self._set_box(None)
        elif self._box.is_on and self._box.handle_key(event):
            self._set_box(self._box.box)
            self._say_box()
        elif way is not None and not event.modifiers() & ~KEYPAD:
            self.control.move_by(-way[0] * KEY_PX, -way[1] * KEY_PX)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the pointer draw boxes again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._has_space = False
            self._show_cursor()
        super().keyReleaseEvent(event)

    def _press(self, at: QPointF) -> None:
        self._pressed_at = self._moved_from = at
        if self._box.is_on and not self._has_space:
            self._box.press(at)

    def _move(self, at: QPointF) -> None:
        if self._pressed_at is None:
            return
        if self._box.is_drawing:
            self._box.move(at)
            self.update()
            return
        far = QApplication.startDragDistance()
        if self._moved_from == self._pressed_at:
            if (at - self._pressed_at).manhattanLength() < far:
                return
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        way = at - self._moved_from
        self.control.move_by(way.x(), way.y())
        self._moved_from = at

    def _release(self, at: QPointF) -> None:
        is_click = self._pressed_at is not None and self._moved_from == self._pressed_at
        self._pressed_at = None
        if self._box.is_drawing:
            self._box.release()
            self._set_box(self._box.box)
            self._say_box()
        elif is_click:
            index = self.marks.mark_at(at, self.control.viewport)
            if index is not None and index < len(self.numbers):
                x = self.control.viewport.to_picture(at).x()
                self.number_clicked.emit(index, _nearest_place(self.numbers[index], x))
        self._show_cursor()

    def _handle_finger(self, event: QTouchEvent) -> bool:
        """One finger does what the left button does; a second one zooms."""
        points, kind = event.points(), event.type()
        if kind not in _TOUCHES or len(points) != 1:
            return kind in _TOUCHES
        at = points[0].position()
        if kind == QEvent.Type.TouchBegin:
            self._press(at)
        elif kind == QEvent.Type.TouchUpdate:
            self._move(at)
        else:
            self._release(at)
        event.accept()
        return True

    def _point_at(self, index: int | None) -> None:
        if self.marks.point_at(index):
            self.update()

    def _show_tip(self, event: QHelpEvent) -> bool:
        index = self.marks.mark_at(QPointF(event.pos()), self.control.viewport)
        if index is None:
            QToolTip.hideText()
            event.ignore()
        else:
            QToolTip.showText(event.globalPos(), self.marks.marks[index].words, self)
        return True

    def _set_box(self, box: Box | None) -> None:
        if box is None:
            self._box.clear()
        self.box_changed.emit(box)
        self.update()

    def _say_box(self) -> None:
        if self._box.box is not None:
            x, y, width, height = (round(each) for each in self._box.box)
            announce(
                self,
                f"Box of {width} × {height} pixels, {x} from the left, {y} from the top."
                " Enter reads it.",
            )

    @Slot()
    def _show_cursor(self) -> None:
        draws = self._box.is_on and not self._has_space
        self.setCursor(Qt.CursorShape.CrossCursor if draws else Qt.CursorShape.ArrowCursor)


def _nearest_place(number: Number, x: float) -> int:
    """Which letter of a Number, a digit or a sign, lies nearest to a place across the picture."""

    def beside(place: int) -> float:
        left, _, width, _ = box_at(number, place)
        return max(left - x, x - left - width, 0.0)

    return min(number.inked_places, key=beside, default=0)
