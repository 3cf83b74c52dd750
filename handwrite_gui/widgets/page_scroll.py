"""The pages' place in the window: what the screen has no room for is scrolled to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class PageScroll(QScrollArea):
    """Shows a stack of pages, and wants no more room than the screen has.

    A window grows until what is in it has the room that it needs, and on a small screen, with large
    text, beyond its edges, where nobody can follow.

    Args:
        stack: The pages.
        room: How large they can be in a window that fills the screen, in pixels.
        parent: Owner of this widget.
    """

    def __init__(
        self, stack: QStackedWidget, room: Callable[[], QSize], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stack, self._room = stack, room
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(stack)

    def sizeHint(self) -> QSize:
        """That of the pages."""
        return self._stack.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the page that is shown needs, or all that the screen has."""
        wanted, room = self._stack.minimumSizeHint(), self._room()
        if wanted.height() > room.height():
            wanted.setWidth(wanted.width() + self.verticalScrollBar().sizeHint().width())
        return wanted.boundedTo(room)

    def event(self, event: QEvent) -> bool:
        """Tell the window where another page is shown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the window where a page needs other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
