"""The offer, beneath the canvas, of a drawing that was kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QCursor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.theme import SPACING


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
        self._later = QLabel("It stays under File, Kept drawings.")
        self._later.setProperty("muted", True)
        self._later.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bring.clicked.connect(self._on_taken)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._words)
        line.addWidget(self._bring)
        line.addWidget(self._later, 1)
        line.addStretch()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say where it stays only where there is room for that."""
        super().resizeEvent(event)
        parts = self._words, self._bring, self._later
        needed = sum(part.sizeHint().width() + SPACING for part in parts)
        self._later.setVisible(needed <= self.width())

    def leaveEvent(self, event: QEvent) -> None:
        """Go, where something was drawn meanwhile."""
        super().leaveEvent(event)
        if self._is_withdrawn:
            self.hide()

    @Slot()
    def _on_taken(self) -> None:
        self.hide()
        self.taken.emit()
