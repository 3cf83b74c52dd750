"""The offer, beneath the canvas, of a drawing that was kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.elided_label import ElidedLabel


class Offer(QWidget):
    """One line that is hidden until there is something to offer.

    Signals:
        taken: The drawing is wanted back.

    Thread:
        The window's.
    """

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        #: Whether it is to go when the pointer has left.
        self._is_withdrawn = False
        self._words = QLabel()
        self._bring = QPushButton("Bring it back")
        later = ElidedLabel()
        later.setProperty("muted", True)
        later.show_text("It stays under File, Kept drawings.")
        self._bring.clicked.connect(self._on_taken)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._words)
        line.addWidget(self._bring)
        line.addWidget(later, 1)
        self.hide()

    def set_action(self, restore: QAction) -> None:
        """Let the button name the key of an action that takes the offer, too."""
        self._action = restore

    @Slot()
    def take(self) -> None:
        """Want the drawing back."""
        self._on_taken()

    @Slot()
    def withdraw(self) -> None:
        """Offer no more; what a pointer rests on is paper only once it has left."""
        is_there = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self._is_withdrawn = self.isVisible() and (is_there or self.underMouse())
        self.setVisible(self._is_withdrawn)

    def make(self, *, is_first: bool) -> None:
        """Offer the last drawing, or another."""
        kept = "Your last drawing was kept." if is_first else "Another drawing was kept, too."
        self._is_withdrawn = False
        self._words.setText(kept)
        self.show()
        announce(self, kept)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the button name its key."""
        if self._action is not None:
            self._bring.setToolTip(self._action.toolTip())
        super().showEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go, where something was drawn meanwhile."""
        super().leaveEvent(event)
        if self._is_withdrawn:
            self.hide()

    @Slot()
    def _on_taken(self) -> None:
        self.hide()
        self.taken.emit()
