"""The line of digits: what was written digit after digit, as text."""

from __future__ import annotations

import re

from PySide6.QtCore import QRegularExpression, Signal, Slot
from PySide6.QtGui import QGuiApplication, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.domain.confirming import DIGITS, SIGNS, SIGNS_IN_WORDS
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.theme import SPACING, font

#: Said below an empty line.
HINT = "Write a digit and pause: it moves into this line."
WHAT_IT_HOLDS = f"The line holds digits, blanks, and the signs {SIGNS_IN_WORDS}"
#: In any order: it may be half typed.
_HELD = QRegularExpression(f"[{DIGITS}{re.escape(SIGNS)}]*")


class DigitLine(QWidget):
    """A line of text that digits are added to, and that a person can correct, copy and clear.

    Signals:
        changed: The text is other than it was, whoever has changed it.

    Thread:
        The window's.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QLineEdit()
        self._edit.setFont(font("heading"))
        self._edit.setAccessibleName("Digits")
        self._edit.setAccessibleDescription("The digits written so far; they can be corrected.")
        self._edit.setValidator(QRegularExpressionValidator(_HELD, self._edit))
        self._edit.inputRejected.connect(self._on_input_rejected)
        self._edit.textChanged.connect(self.changed)
        self._copy = _tool("copy", "Copy line", "Copy all that is in the line")
        self._copy.clicked.connect(self.copy)
        clears = "Take everything off the line; Ctrl+Z in the line brings it back"
        self._clear = _tool("close", "Empty line", clears)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._note = QLabel()
        self._note.setProperty("muted", True)
        # A sentence must not widen the page, nor its absence move what is around it.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.changed.connect(self._on_changed)
        self._on_changed("")
        self.hide()

    @property
    def text(self) -> str:
        """All that is in the line."""
        return self._edit.text()

    def append(self, digits: str) -> bool:
        """Add digits at the end; False where the line is full, and stays as it is."""
        if len(self.text) + len(digits) > self._edit.maxLength():
            return False
        self._put_at_end(len(self.text), digits)
        return True

    def replace_end(self, start: int, digits: str, by: str) -> bool:
        """Put others in the place of digits at the end.

        Args:
            start: Where they begin, from 0, or before.
            digits: What is expected at the end.
            by: What comes there instead; nothing takes them off.

        Returns:
            False where something else stands there: a person has changed it, and it stays.
        """
        if not self.text.endswith(digits, start):
            return False
        self._put_at_end(len(self.text) - len(digits), by)
        return True

    def restore(self, text: str) -> None:
        """Show a line that was kept, if nothing was written since."""
        if not self.text:
            self._edit.setText(text)

    def say(self, sentence: str) -> None:
        """Say something of the line, below it."""
        self._note.setText(sentence)

    def unsay(self, sentence: str) -> None:
        """Say a sentence no more, if it still stands there."""
        if self._note.text() == sentence:
            self.say("")

    def announce(self, sentence: str) -> None:
        """Say something below the line, and let a screen reader say it."""
        self.say(sentence)
        announce(self._edit, sentence)

    @Slot()
    def copy(self) -> None:
        """Copy the whole line."""
        QGuiApplication.clipboard().setText(self.text)
        self.announce(f"Copied: {self.text}")

    def _put_at_end(self, start: int, digits: str) -> None:
        """Put digits in the place of all from there on; whoever edits the line keeps the place."""
        edit = self._edit
        anchor = cursor = edit.cursorPosition()
        if edit.hasSelectedText():
            anchor = edit.selectionStart() + edit.selectionEnd() - cursor
        edit.setSelection(start, len(self.text) - start)
        edit.insert(digits)  # Unlike `setText` it can be undone in the line.
        if edit.window().focusWidget() is edit:  # Also while another window has the focus.
            anchor, cursor = min(anchor, len(self.text)), min(cursor, len(self.text))
            edit.setSelection(anchor, cursor - anchor)

    def copy_if_seen(self) -> str:
        """Copy the line where it is seen and not empty; return what to say of it, or nothing."""
        if not self.isVisible() or not self.text:
            return ""
        self.copy()
        return f"Copied: {self.text}"

    def _lay_out(self) -> None:
        name = QLabel("Di&gits")
        name.setBuddy(self._edit)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(name)
        row.addWidget(self._edit, 1)
        row.addWidget(self._copy)
        row.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING // 2)
        layout.addLayout(row)
        layout.addWidget(self._note)

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._edit.clear()
        self._edit.setFocus()  # Where Ctrl+Z brings it back.
        self.announce("The line is empty; Ctrl+Z brings it back.")

    @Slot()
    def _on_input_rejected(self) -> None:
        self.announce(WHAT_IT_HOLDS)

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self.say("")  # It was about another text.
        for button in (self._copy, self._clear):
            button.setEnabled(bool(text))


def _tool(name: str, text: str, tip: str) -> QToolButton:
    """Make a button that is an icon alone: the line itself needs the room."""
    button = IconButton()
    button.setIcon(icon(name))
    button.setText(text)
    button.setToolTip(f"{text}: {tip[0].lower()}{tip[1:]}")
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    return button
