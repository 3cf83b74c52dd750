"""The replay's paper: the ink of the moment, where it lies on the canvas."""

from __future__ import annotations

from copy import copy

from PySide6.QtCore import QEvent, QMarginsF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.widgets.draw.replay.frames import Frames
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.focus import PassesFocus
from handwrite_gui.widgets.theme import SPACING

HINT = "A click on the paper plays or pauses, Escape goes back to writing."


class Paper(PassesFocus):
    """Shows ink while it is written again; nothing can be drawn on it.

    Args:
        view: Which part of the paper the canvas shows, and how large; this follows it.
        parent: Owner of this widget.

    Signals:
        clicked: It was clicked, or touched with a pen.
    """

    clicked = Signal()

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._frames: Frames | None = None
        self._ink_box = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Less than the canvas's, for there is a panel beneath; ink that is larger is fitted to it.
        self.setMinimumSize(200, 120)
        self.setAccessibleName("Replay of the ink")
        self.setAccessibleDescription(HINT)

    def load(self, time: InkTime, pen_width: float, guides: str) -> None:
        """Show the beginning of another replay.

        Args:
            time: When its ink is written.
            pen_width: In canvas units.
            guides: What is painted beneath, one of `GUIDES`.
        """
        self._ink_box = QRectF(*time.ink.box)
        self._frames = Frames(time, pen_width, guides)
        self.update()

    @Slot()
    def follow_view(self) -> None:
        """Show the part of the paper that the canvas's view is now of."""
        self._forget(stands_in=True)

    def show_moment(self, moment_ms: float) -> None:
        """Show the ink as it was at a moment."""
        if self._frames is not None:
            self.update(self._frames.show(moment_ms))

    def unload(self) -> None:
        """Show nothing, and free what was painted."""
        self._frames = None

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
        if self._frames.device_pixel_ratio != ratio:
            view = view_of_all(self._ink_box, self.size(), self._view)
            self._frames.prepare(self.size(), ratio, view)
        if self._frames.go_on():
            self.update()
        painter = QPainter(self)
        self._frames.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint more or less paper."""
        self._forget(stands_in=True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and font."""
        changes = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange)
        if event.type() in changes:
            # What was painted has the colours of the theme before.
            self._forget(stands_in=event.type() == QEvent.Type.FontChange)
        super().changeEvent(event)

    def _forget(self, *, stands_in: bool) -> None:
        if self._frames is not None:
            self._frames.forget(stands_in=stands_in)
            self.update()


def view_of_all(ink_box: QRectF, size: QSize, view: View) -> View:
    """Show ink in the place and size that a view shows it in, as long as all of it is seen.

    Where the paper is smaller than the canvas was, ink is moved no further than it must, and made
    smaller only where it would not fit.

    Args:
        ink_box: Where the ink's points are, in canvas units.
        size: Of the paper, in the widget's pixels.
        view: The canvas's.
    """
    shown = copy(view)
    shown.resize(size.width(), size.height())
    if shown.seen.contains(ink_box):
        return shown
    room = QSizeF(size).shrunkBy(QMarginsF(SPACING, SPACING, SPACING, SPACING))
    width, height = max(ink_box.width(), 1.0), max(ink_box.height(), 1.0)
    scale = min(view.scale, room.width() / width, room.height() / height)
    margin = SPACING / scale
    left, right = ink_box.left() - margin, ink_box.right() + margin
    top, bottom = ink_box.top() - margin, ink_box.bottom() + margin
    shown.scale = scale
    shown.left = min(max(view.left, right - size.width() / scale), left)
    shown.top = min(max(view.top, bottom - size.height() / scale), top)
    shown.resize(size.width(), size.height())
    return shown
