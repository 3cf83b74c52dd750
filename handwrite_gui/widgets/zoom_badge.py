"""The zoom badge: how large a sheet or a picture is seen, where that is not as at first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QToolButton, QWidget

from handwrite_gui.widgets.theme import SPACING, colours


class ZoomBadge(QToolButton):
    """A small button in an upper corner that says the zoom, and leads back.

    It is seen only while what it lies on is not seen as at first.

    Args:
        canvas: Where it is seen.
        is_drawing: Tells whether something is being drawn, which may go on beneath.
        back_to: What it leads back to.

    Thread:
        The window's.
    """

    def __init__(
        self, canvas: QWidget, is_drawing: Callable[[], bool], back_to: str = "the actual size"
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._is_drawing, self._back_to = canvas, is_drawing, back_to
        self.setMouseTracking(True)
        self.setToolTip(f"Back to {back_to}")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Who writes, writes on; there is a key.
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.hide()

    def show_scale(self, scale: float | None) -> None:
        """Say how large it is seen, 1 being the actual size, or nothing where it is as at first."""
        if scale is None:
            self.hide()
            return
        text = f"{round(100 * scale)} %"
        self.setText(text)
        self.setAccessibleName(f"Zoom {text}, back to {self._back_to}")
        self.adjustSize()
        self.move(self._canvas.width() - self.width() - SPACING, SPACING)
        self.show()

    def event(self, event: QEvent) -> bool:
        """Take a pen's or a finger's touch as a click: the paper beneath would draw it."""
        if isinstance(event, QMouseEvent) and self._is_drawing():
            event.ignore()  # Drawn without a button held, a stroke gets it only so.
            return False
        if not isinstance(event, (QTabletEvent, QTouchEvent)):
            return super().event(event)
        # The ring of a pen in the air goes on beneath.
        event.setAccepted(event.type() != QEvent.Type.TabletMove)
        is_end = event.type() in (QEvent.Type.TabletRelease, QEvent.Type.TouchEnd)
        if is_end and self.rect().contains(event.points()[0].position().toPoint()):
            self.click()
        return event.isAccepted()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a slip of paper: in the dark theme a button would be a hole in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours().paper)
        painter.setPen(colours().ink if self.underMouse() else colours().paper_hint)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, SPACING / 2, SPACING / 2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
