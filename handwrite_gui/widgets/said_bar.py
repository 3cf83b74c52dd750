"""The status bar: how the model is, and sentences that are said for a while."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from handwrite_gui.widgets.accessibility import announce

#: How long a sentence stands there, in milliseconds.
SHOWN_MS = 8_000


class SaidBar(QStatusBar):
    """Says something at its left for a while, and at its right how the model is.

    Thread:
        The window's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QLabel()
        #: What stands there only until something else is done.
        self._now = ""
        self.addPermanentWidget(self._model)
        self.messageChanged.connect(self.setToolTip)  # Whole, where the bar cuts it.

    def show_model(self, text: str) -> None:
        """Say how the model is."""
        self._model.setText(text)

    def say(self, sentence: str) -> None:
        """Say something for a while, to screen readers as well."""
        self._now = ""
        self.showMessage(sentence, SHOWN_MS)
        if sentence:
            announce(self.window(), sentence)

    def say_now(self, sentence: str) -> None:
        """Say something that may not be true any more once anything else is done or shown."""
        self.say(sentence)
        self._now = sentence

    def unsay(self, sentence: str) -> None:
        """Say a sentence no more, if it still stands there."""
        if sentence and self.currentMessage() == sentence:
            self.clearMessage()

    @Slot()
    def end_now(self) -> None:
        """Something else is done or shown: say no more what was true until then."""
        self.unsay(self._now)
        self._now = ""
