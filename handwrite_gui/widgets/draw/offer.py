"""The offer, beneath the canvas, of a drawing that was kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class Offer(QWidget):
    """One line that is hidden until there is something to offer.

    Signals:
        taken: The drawing is wanted back.
    """

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        bring = QPushButton("Bring it back")
        bring.clicked.connect(self.taken)
        bring.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._words)
        line.addWidget(bring)
        line.addStretch()
        self.hide()

    def make(self, *, is_first: bool) -> None:
        """Offer the last drawing, or another."""
        kept = "Your last drawing was kept." if is_first else "Another drawing was kept, too."
        self._words.setText(kept)
        self.show()
