"""The dialog that asks for the number of a page, or of a picture in the list."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSpinBox, QVBoxLayout, QWidget

#: Longer numbers are typed by nobody who means one.
_MOST_DIGITS = 9
#: So many letters of text fit into a line.
_LETTERS = 45


class GoTo(QDialog):
    """Asks to which page or picture a person wants to go.

    Args:
        parent: Over which it is asked.
        what: "page" or "picture".
        now: The number of the one that is shown, counted from 1.
        most: The number of the last.

    Signals:
        chosen: The number that a person typed, which may be beyond the last.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget, what: str, now: int, most: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Go to {what}")
        label = QLabel(f"&Number of the {what}, 1 to {most}:")
        self._number = _NumberBox()
        self._number.setRange(1, most)
        self._number.setValue(now)
        self._number.selectAll()
        label.setBuddy(self._number)
        # Wide enough for the title.
        self._number.setMinimumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.button(standard.Ok).setText("Go")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (label, self._number, buttons):
            layout.addWidget(widget)
        self.accepted.connect(self._on_accepted)
        self.finished.connect(self.deleteLater)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self._number.typed)


class _NumberBox(QSpinBox):
    """Takes any number that is typed: Qt's own refuses the last digit, and thus goes elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self.lineEdit().textEdited.connect(self._on_edited)

    @property
    def typed(self) -> int:
        """The number that was typed, though it may be beyond the last, or chosen by the arrows."""
        return int(self._typed) if self._typed else self.value()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let any digits stand there."""
        if not text:
            state = QValidator.State.Intermediate
        elif text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
            state = QValidator.State.Acceptable
        else:
            state = QValidator.State.Invalid
        return state, text, place

    def valueFromText(self, text: str) -> int:
        """What the arrows go on from."""
        return min(int(text), self.maximum())

    def stepBy(self, steps: int) -> None:
        """Choose another number."""
        super().stepBy(steps)
        self._typed = ""

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._typed = text

    def textFromValue(self, value: int) -> str:
        """Write it without what parts thousands, which could not be typed."""
        return str(value)
