"""Where the focus goes in things that consist of several: at first, and then by Tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class PassesFocus(QWidget):
    """A widget that passes the focus on when it is given it.

    Not a focus proxy, for at a widget with one Tab goes to the proxy at once, and leaves out what
    lies before it (Qt 6.11).
    """

    _first: QWidget | None = None

    def pass_focus_to(self, first: QWidget) -> None:
        """Let another widget have the focus in this one's place."""
        self._first = first

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on."""
        if self._first is not None:
            self._first.setFocus(event.reason())


def let_tab_go_on_in(inserted: QWidget, after: QWidget) -> None:
    """Let Tab go from a widget to all that is in another, which was made after what follows it."""
    for widget in inserted.findChildren(QWidget):
        is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if is_reached and widget.window() is after.window():  # A list that opens has its own.
            QWidget.setTabOrder(after, widget)
            after = widget
