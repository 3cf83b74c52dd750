"""The offer, beneath the canvas, of a drawing that was kept."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from handwrite_gui.widgets.accessibility import announce


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
        self._words = QLabel()
        self._bring = QPushButton("Bring it back")
        self._bring.clicked.connect(self._on_taken)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._words)
        line.addWidget(self._bring)
        line.addStretch()
        self.hide()

    def set_action(self, restore: QAction) -> None:
        """Let an action take the offer, too, as long as that is seen."""
        self._action = restore
        restore.setEnabled(self.isVisible())
        restore.triggered.connect(self._on_taken)

    def make(self, *, is_first: bool) -> None:
        """Offer the last drawing, or another."""
        kept = "Your last drawing was kept." if is_first else "Another drawing was kept, too."
        self._words.setText(kept)
        self.show()
        announce(self, kept)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the action be used, and the button name its key."""
        if self._action is not None:
            self._action.setEnabled(True)
            self._bring.setToolTip(self._action.toolTip())
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the action be used no more."""
        if self._action is not None:
            self._action.setEnabled(False)
        super().hideEvent(event)

    @Slot()
    def _on_taken(self) -> None:
        self.hide()
        self.taken.emit()
