"""What moves and enlarges the paper, and where it may lie."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.reading import Box
from handwrite_gui.widgets.draw.pen import Pen
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.pan_zoom import PanZoom
from handwrite_gui.widgets.zoom_badge import ZoomBadge

#: A view that has not changed for so long rests.
REST_MS = 120
#: So far from the canvas's sides is put what was not seen, for the pen's width and a label.
AROUND_PX = 32


class Writing(Protocol):
    """What is written, and whether somebody writes."""

    def ink(self) -> Ink:
        """All ink."""

    @property
    def is_drawing(self) -> bool:
        """Whether a pen is down."""


class ViewControl(PanZoom):
    """Changes the view of a canvas as a person wants.

    While a pen is down the paper lies still: what is drawn would be distorted.

    Args:
        canvas: The widget.
        view: What is seen in it.
        writing: The ink on it.
        pen: Draws with the first finger, until there is a second.

    Signals:
        view_changed: Another part of the paper is to be seen (True), and has been for a while
            (False).

    Thread:
        The window's.
    """

    view_changed = Signal(bool)

    def __init__(self, canvas: QWidget, view: View, writing: Writing, pen: Pen) -> None:
        super().__init__(canvas, view)
        self._canvas, self._writing, self._pen = canvas, writing, pen
        self.view = view
        self._badge = ZoomBadge(canvas, lambda: writing.is_drawing)
        self._badge.clicked.connect(self.go_home)
        self._told = 1.0, 0.0, 0.0
        self._measured: tuple[Stroke, ...] | None = None
        self._rect = QRectF()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)

    @property
    def is_still(self) -> bool:
        """Whether a pen is down: what is drawn would be distorted."""
        return self._writing.is_drawing

    def take_fingers(self) -> bool:
        """Take over two fingers from the pen, unless it draws already."""
        return self._pen.leave_touch()

    def resize(self) -> None:
        """Take another size of the canvas."""
        self.view.resize(self._canvas.width(), self._canvas.height())
        self._show_zoom()

    @Slot()
    def go_home(self) -> None:
        """Show the paper as at first, in its actual size."""
        if not self._writing.is_drawing and not self.view.is_home:
            self.view.go_home()
            self._tell()

    def show_ink(self) -> None:
        """Move the paper no further than it takes to see what is written, or where it begins."""
        if self._writing.ink().strokes:
            self._show(self._ink_rect())

    def show_box(self, box: Box) -> None:
        """Move the paper no further than it takes to see a box in canvas units."""
        self._show(QRectF(*box))

    def _show(self, rect: QRectF) -> None:
        seen, scale = self.view.seen, self.view.scale
        if not seen.contains(rect):
            around = AROUND_PX / scale
            rect = rect.adjusted(-around, -around, around, around)
        x = _way(rect.left(), rect.right(), seen.left(), seen.right())
        y = _way(rect.top(), rect.bottom(), seen.top(), seen.bottom())
        self.move_by(-x * scale, -y * scale)

    def zoom_to(self, scale: float, about: QPointF) -> None:
        """Show the paper at a scale; what is at a place of the canvas stays there if it can."""
        if not self._writing.is_drawing:
            self.view.zoom_to(scale, about, self._ink_rect())
            self._tell()

    def move_by(self, x: float, y: float) -> None:
        """Move the paper right and down by pixels of the canvas, as far as it may go."""
        if not self._writing.is_drawing:
            self.view.move_by(x, y, self._ink_rect())
            self._tell()

    def _show_zoom(self) -> None:
        self._badge.show_scale(self.view.scale, is_home=self.view.is_home)

    def _ink_rect(self) -> QRectF:
        ink = self._writing.ink()
        if ink.strokes is not self._measured:  # An hour's ink takes longer than a wheel's turn.
            self._measured = ink.strokes
            # A little larger, for Qt takes the rectangle of a dot for none.
            self._rect = QRectF(*ink.box).adjusted(-1.0, -1.0, 1.0, 1.0)
        return self._rect

    def _tell(self) -> None:
        now = self.view.scale, self.view.left, self.view.top
        if now != self._told:
            self._told = now
            self._show_zoom()
            self._rest.start()
            self.view_changed.emit(True)

    @Slot()
    def _on_rested(self) -> None:
        self.view_changed.emit(False)


def _way(first: float, last: float, seen_first: float, seen_last: float) -> float:
    """How far what is seen is moved so that something lies in it, along one axis."""
    before, after = first - seen_first, last - seen_last
    return before if before < 0.0 else max(0.0, min(before, after))
