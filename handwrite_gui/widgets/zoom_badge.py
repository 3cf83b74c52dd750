"""The zoom badge: how large a sheet or a picture is seen, said for a moment as that changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QToolButton, QWidget

from handwrite_gui.widgets.theme import SPACING, colours

#: How long the zoom is said once it rests.
SHOWN_MS = 2000


class ZoomBadge(QToolButton):
    """A small button in an upper corner that says the zoom, and leads back.

    It is seen for a moment where something is enlarged or made smaller, longer while a pointer is
    on it: at any other time it would only lie on what is shown.

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
        self._scale: float | None = None
        self._moment = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._moment.timeout.connect(self._on_passed)
        self.setMouseTracking(True)
        self.setToolTip(f"Back to {back_to}")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Who writes, writes on; there is a key.
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.hide()

    def show_scale(self, scale: float, *, is_home: bool) -> None:
        """Say how large it is seen if that has changed.

        Args:
            scale: 1.0 is the actual size.
            is_home: Whether it is seen as at first: then nothing is said.
        """
        is_other = self._scale not in (None, scale)
        self._scale = scale
        if is_home:
            self.hide()
            return
        text = f"{round(100 * scale)} %"
        self.setText(text)
        self.setAccessibleName(f"Zoom {text}, back to {self._back_to}")
        self.adjustSize()
        self.move(self._canvas.width() - self.width() - SPACING, SPACING)
        if is_other:
            self.show()
            self._moment.start()

    @Slot()
    def _on_passed(self) -> None:
        if self.underMouse():
            self._moment.start()
        else:
            self.hide()

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
