"""The replay's paper: the ink of the moment, where it lies on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.widgets.draw.replay.frames import Frames
from handwrite_gui.widgets.theme import SPACING

HINT = "Replay: a click plays or pauses, Escape goes back to writing."


class Paper(QWidget):
    """Shows ink while it is written again; nothing can be drawn on it.

    Signals:
        clicked: It was clicked, or touched with a pen.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._time: InkTime | None = None
        self._frames: Frames | None = None
        self._ink_box = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Less than the canvas's, for there is a panel beneath; ink that is larger is fitted to it.
        self.setMinimumSize(200, 120)
        self.setAccessibleName("Replay of the ink")
        self.setAccessibleDescription(HINT)

    def load(self, time: InkTime, pen_width: float) -> None:
        """Show the beginning of another replay; `pen_width` in canvas units."""
        self._ink_box = QRectF(*time.ink.box)
        self._time = time
        self.set_pen_width(pen_width)

    def set_pen_width(self, pen_width: float) -> None:
        """Show the beginning with another pen, in canvas units."""
        if self._time is not None:
            self._frames = Frames(self._time, pen_width, HINT)
            self.update()

    def show_moment(self, moment_ms: float) -> None:
        """Show the ink as it was at a moment."""
        if self._frames is not None:
            self.update(self._frames.show(moment_ms))

    def unload(self) -> None:
        """Show nothing, and free what was painted."""
        self._time = self._frames = None

    def sizeHint(self) -> QSize:
        """As the canvas's."""
        return QSize(560, 560)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show what is painted."""
        if self._frames is None:
            return
        ratio = self.devicePixelRatio()
        if not self._frames.is_prepared or self._frames.device_pixel_ratio != ratio:
            self._frames.prepare(self.size(), ratio, place_whole(self._ink_box, self.size()))
        painter = QPainter(self)
        self._frames.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint more or less paper."""
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and font."""
        changes = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in changes:
            self._forget()
        super().changeEvent(event)

    def _forget(self) -> None:
        if self._frames is not None:
            self._frames.forget()
            self.update()


def place_whole(ink_box: QRectF, size: QSize) -> QTransform:
    """Leave ink at its place and size on the paper, as long as all of it is seen.

    Where the paper is smaller than the canvas was, ink is moved no further than it must, and made
    smaller only where it would not fit.

    Args:
        ink_box: Where the ink's points are, in canvas units.
        size: Of the paper, in the widget's pixels.

    Returns:
        From canvas units to the widget's pixels.
    """
    room = QRectF(0, 0, size.width(), size.height())
    if room.contains(ink_box):
        return QTransform()
    room.adjust(SPACING, SPACING, -SPACING, -SPACING)
    width, height = max(ink_box.width(), 1.0), max(ink_box.height(), 1.0)
    scale = min(1.0, room.width() / width, room.height() / height)
    moves = []
    for low, length, first, last in (
        (ink_box.left() * scale, ink_box.width() * scale, room.left(), room.right()),
        (ink_box.top() * scale, ink_box.height() * scale, room.top(), room.bottom()),
    ):
        moves.append(round(min(max(low, first), max(last - length, first)) - low))
    return QTransform(scale, 0, 0, scale, *moves)
