"""The slider of a page that is scrolled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider


class Slider(QSlider):
    """A level slider that leaves the wheel to the page, which may only be passing under it.

    Thread:
        The window's.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what the slider lies on be scrolled."""
        event.ignore()
