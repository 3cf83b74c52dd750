"""A stack of widgets that takes no more room than the one that is shown needs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget


class ShownStack(QStackedWidget):
    """A stacked widget that may be as small as what it shows; Qt's is as large as the largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_changed)

    def show_or_first(self, widget: QWidget | None) -> None:
        """Show a widget, which is added if it is new, or the first again."""
        if widget is not None and self.indexOf(widget) < 0:
            self.addWidget(widget)
        self.setCurrentIndex(0 if widget is None else self.indexOf(widget))

    def minimumSizeHint(self) -> QSize:
        """That of what is shown."""
        shown = self.currentWidget()
        if shown is None:
            return QSize()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())

    @Slot()
    def _on_changed(self) -> None:
        self.updateGeometry()
