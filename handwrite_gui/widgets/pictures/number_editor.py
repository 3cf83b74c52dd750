"""The number editor: the line in which a Number is typed over; it says what one can hold."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from handwrite_gui.domain.confirming import DIGITS, SIGNS, SIGNS_IN_WORDS, is_number_text
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.theme import SPACING, font

#: No Number that anybody writes is longer.
LONGEST = 60
WHAT_IT_HOLDS = f"A number holds digits, at least one, blanks, and the signs {SIGNS_IN_WORDS}"


class NumberEditor(QLineEdit):
    """Takes whatever is typed, and says beneath it where that can be no Number.

    Args:
        parent: The list's viewport, in which the sentence lies, too.

    Thread:
        The window's.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = parent
        self.setFont(font("strong"))
        self.setMaxLength(LONGEST)
        self.setAccessibleName("What this number reads")
        self.setAccessibleDescription("Enter confirms it, Escape leaves it as it was.")
        self._hint = QLabel(WHAT_IT_HOLDS, parent)
        self._hint.setWordWrap(True)
        self._hint.setFrameShape(QFrame.Shape.Box)
        self._hint.setMargin(SPACING // 2)
        self._hint.setAutoFillBackground(True)
        self._hint.hide()
        self.textChanged.connect(self._on_text_changed)
        self.destroyed.connect(self._hint.deleteLater)

    @property
    def can_be_taken(self) -> bool:
        """Whether a Number can read so; nothing leaves it as it was."""
        text = self.text().strip()
        return not text or is_number_text(text)

    def refuse(self) -> None:
        """Say what a Number can hold."""
        self._place()
        self._hint.show()
        self._hint.raise_()
        announce(self, WHAT_IT_HOLDS)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the sentence along."""
        super().moveEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the sentence along."""
        super().resizeEvent(event)
        self._place()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if set(text) <= set(DIGITS + SIGNS):
            self._hint.hide()  # A digit may be still to come.
        elif not self._hint.isVisible():
            self.refuse()

    def _place(self) -> None:
        """Lay the sentence below, or above where there is no room."""
        room = self._list.rect()
        width = room.width() - 2 * SPACING
        height = self._hint.heightForWidth(width)
        below = self.geometry().bottom() + SPACING // 2
        fits = below + height <= room.bottom()
        top = below if fits else self.geometry().top() - SPACING // 2 - height
        self._hint.setGeometry(SPACING, max(top, 0), width, height)
