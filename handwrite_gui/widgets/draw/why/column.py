"""A column of the panel: a picture, its title, and two lines about it; and rows of such columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.widgets.theme import SPACING

#: The longest line fixes the columns' width, so that nothing beside it ever jumps.
_LONGEST = "no digit (99 %)"


class Column(QWidget):
    """One picture with its title and what is said about it."""

    def __init__(self, picture: QWidget, title: QWidget) -> None:
        super().__init__()
        self._picture = picture
        self._words = _Words(picture.sizeHint().width())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 2)
        for widget in (picture, title, self._words):
            layout.addWidget(widget)
        layout.addStretch()

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


class ColumnRows(QGridLayout):
    """Columns in one row, or in as many as they need.

    Args:
        columns: At least one, from left to right.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = columns
        self._count = 0
        self.setSpacing(SPACING)
        self.wrap(len(columns))

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self._columns)

    def width_of(self, count: int) -> int:
        """How wide they are with so many in a row, in pixels."""
        widths = [column.sizeHint().width() for column in self._columns]
        return sum(max(widths[at::count]) for at in range(count)) + (count - 1) * SPACING

    def most_in(self, room: int) -> int:
        """How many in a row fit into so many pixels, at least 1."""
        counts = range(len(self._columns), 1, -1)
        return next((count for count in counts if self.width_of(count) <= room), 1)

    def wrap(self, count: int) -> None:
        """Lay out so many in a row."""
        if count == self._count:
            return
        self._count = count
        for column in self._columns:
            self.removeWidget(column)
        for nth, column in enumerate(self._columns):
            self.addWidget(column, *divmod(nth, count))


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
