"""A notice: a sentence that is said for a while, in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from handwrite_gui.widgets.accessibility import announce

#: As long as the status bar's.
SHOWN_MS = 8_000


class Notice(QLabel):
    """Room for a sentence, which goes after a while by itself or when `clear` is called.

    Thread:
        The window's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)  # It may hold a file's name.
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._measure()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._clear_later = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._clear_later.timeout.connect(self.clear)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        # Nothing around it may jump, least of all a button that is about to be clicked.
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say something in the place of what was said before."""
        self.setText(sentence)
        announce(self, sentence)
        self._clear_later.start()
