"""A column of the panel: a picture, its title, and two lines about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.widgets.theme import SPACING

#: The longest line fixes the columns' width, so that nothing beside it ever jumps.
_LONGEST = "no digit (99 %)"


class Column(QVBoxLayout):
    """One picture with its title and what is said about it."""

    def __init__(self, picture: QWidget, title: QWidget) -> None:
        super().__init__()
        self._picture = picture
        self._words = _Words(picture.sizeHint().width())
        self.setSpacing(SPACING // 2)
        for widget in (picture, title, self._words):
            self.addWidget(widget)
        self.addStretch()

    def say(self, words: str, description: str = "", *, is_strong: bool = False) -> None:
        """Say something beneath the picture.

        Args:
            words: At most two lines.
            description: Of the picture, for those who do not see it; by default the words.
            is_strong: Whether it is what counts.
        """
        self._words.setText(words)
        if self._words.property("muted") is is_strong:
            self._words.setProperty("muted", not is_strong)
            self._words.style().polish(self._words)  # A style sheet does not follow a property.
        self._picture.setAccessibleDescription(description or words.replace("\n", " "))


class _Words(QLabel):
    """Room for two lines, at least as wide as the picture above."""

    def __init__(self, least_width: int) -> None:
        super().__init__()
        self._least_width = least_width
        self.setWordWrap(True)
        self.setProperty("muted", True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(_LONGEST), self._least_width)
        self.setFixedSize(wide + 4, 2 * metrics.lineSpacing())


def short(prediction: Prediction) -> str:
    """Return an answer in few letters, as "7 (93 %)" or "no digit (60 %)"."""
    digit = "no digit" if prediction.digit is None else prediction.digit
    # As `percent` does, never a certainty that nobody has.
    return f"{digit} ({min(round(100 * prediction.confidence), 99)} %)"
