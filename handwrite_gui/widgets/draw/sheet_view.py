"""The sheet's view: ink on paper, painted as it changes, and nothing that changes it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink import Bounds, Ink, Stroke
from handwrite_gui.widgets.draw.ink_painter import ink_reach
from handwrite_gui.widgets.draw.painted_ink import PaintedInk
from handwrite_gui.widgets.draw.sheet import Sheet
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours


class SheetView(QWidget):
    """Shows a sheet.

    What is drawn stays painted in a pixmap, so a move of the pen paints one segment and costs the
    same whatever else is on the paper.

    Signals:
        ink_changed: As the sheet's.
        stroke_started: As the sheet's.
        stroke_finished: As the sheet's.

    Attributes:
        sheet: What is written.
        view: Which part of it is seen, and how large.
        painted: What is written, as it is seen.
    """

    def __init__(self, pen_width: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet(pen_width, self)
        self.ink_changed = self.sheet.ink_changed
        self.stroke_started = self.sheet.stroke_started
        self.stroke_finished = self.sheet.stroke_finished
        self.sheet.strokes_changed.connect(self.repaint_ink)
        self.view = View()
        self.painted = PaintedInk(self.view)
        self._frame = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(200, 200)

    def ink(self) -> Ink:
        """The ink as it is now, a stroke under the pen included."""
        return self.sheet.ink()

    @property
    def revision(self) -> int:
        """The revision of the newest finished ink."""
        return self.sheet.revision

    @property
    def step(self) -> int:
        """A number of the finished ink that an undo and a redo leave it."""
        return self.sheet.step

    def is_current(self, revision: int) -> bool:
        """Whether an answer to this revision is about ink that is still here, if less of it."""
        return self.sheet.is_current(revision)

    @property
    def is_blank(self) -> bool:
        """Whether there is no ink at all."""
        return self.sheet.is_blank

    @property
    def can_undo(self) -> bool:
        """Whether undo would change anything."""
        return self.sheet.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether redo would change anything."""
        return self.sheet.can_redo

    def set_pen_width(self, pen_width: float) -> None:
        """Show ink, and draw, with another pen, in canvas units."""
        self.sheet.pen_width = pen_width
        self.repaint_ink()

    def set_guides(self, guides: str) -> None:
        """Show other lines to write on, one of `GUIDES`."""
        self.painted.guides = guides
        self.repaint_ink()

    @Slot()
    def repaint_ink(self) -> None:
        """Have everything painted anew, once a frame however often that is said."""
        self.painted.forget()
        self.update()

    def mend(self, bounds: Bounds, strokes: Iterable[Stroke] | None = None) -> None:
        """Paint a part of the paper anew, while no stroke is under the pen.

        Args:
            bounds: Around the points of what is seen there no more, or has come there.
            strokes: Those that reach there, if that is known, and whatever else.
        """
        reach = ink_reach(self.sheet.pen_width)
        left, top, right, bottom = bounds
        box = QRectF(QPointF(left, top), QPointF(right, bottom))
        if strokes is None:
            # Imported only here: the window is to be seen at once.
            from handwrite_gui.domain.selection import strokes_meeting

            near = left - 2 * reach, top - 2 * reach, right + 2 * reach, bottom + 2 * reach
            strokes = strokes_meeting(self.shown_strokes(), near)
        box.adjust(-reach, -reach, reach, reach)
        self.update(self.painted.mend(box, strokes, self.sheet.pen_width))
        if self.sheet.is_blank:
            self.update()  # Blank paper says what to do.

    def shown_strokes(self) -> tuple[Stroke, ...]:
        """The finished strokes that are to be painted."""
        return self.sheet.strokes

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the ink; nothing here."""

    def sizeHint(self) -> QSize:
        """The page gives the paper all the room there is."""
        return QSize(560, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what is painted; on blank paper, what to do."""
        if self.painted.device_pixel_ratio != self.devicePixelRatio():
            self._paint_ink()
        if self.painted.go_on():
            self.update()
        painter = QPainter(self)
        self.painted.paint(painter)
        if self.sheet.is_blank:
            painter.setPen(colours().paper_hint)
            painter.setBackground(colours().paper)  # Lines would cross it.
            painter.setBackgroundMode(Qt.BGMode.OpaqueMode)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Write digits here")
        self.paint_over(painter)
        if self.hasFocus() and not self._frame.contains(event.rect(), True):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(colours().paper_hint)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._frame)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less paper; ink keeps its size and place."""
        self._frame = self.rect().adjusted(0, 0, -1, -1)
        self.repaint_ink()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.repaint_ink()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the focus is elsewhere."""
        self.update()

    def _paint_ink(self) -> None:
        sheet, ratio = self.sheet, self.devicePixelRatio()
        self.painted.repaint(self.size(), ratio, self.shown_strokes(), sheet.pen_width)
        if sheet.live is not None:
            self.painted.start(sheet.live.points(), sheet.pen_width)
