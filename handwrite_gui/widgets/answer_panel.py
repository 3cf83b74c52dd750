"""The answer panel: what was read, how sure that is, what else it might be, what the model saw."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from handwrite_gui.domain.prediction import NO_DIGIT, percent
from handwrite_gui.domain.reading import (
    CONFIRMED,
    DOUBTFUL,
    VERY_SURE,
    Digit,
    Number,
    Reading,
    Refusal,
)
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.action_button import ActionButton
from handwrite_gui.widgets.answer_text import AnswerText
from handwrite_gui.widgets.answer_words import (
    breakable,
    hint_for,
    second_guess,
    sign_in_words,
    sign_named,
    unbroken,
)
from handwrite_gui.widgets.bars import OF_DIGIT, Bars
from handwrite_gui.widgets.digit_view import DigitView
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.theme import SPACING, font

REFUSALS = {
    Refusal.BLANK: "There is no ink to read.",
    Refusal.DOT: "This is only a dot; a digit is larger.",
    Refusal.NO_DIGIT: "This looks like none of the digits 0 to 9.",
}
#: What the per cent of a Number are of; those of the bars are `OF_DIGIT`.
OF_NUMBER = "Per cent of the whole number"
#: Of what a person says a Number to be; the bars are about the digits that were read.
OTHER_DIGITS = "It has more or fewer digits than were read, so there are no bars."


class AnswerPanel(QWidget):
    """Shows one Reading, and lets a person put it right.

    Args:
        parent: Owner of this widget.
        is_corrigible: Whether it can be put right.

    Signals:
        corrected: The digit that a person says it was.
        changed: Something else is shown.
    """

    corrected = Signal(int)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_corrigible: bool = True) -> None:
        super().__init__(parent)
        self._is_corrigible = is_corrigible
        self._most: int | None = None
        self._answer = AnswerText()
        self._words = QLabel()
        self._words.setFont(font("heading"))
        self._percent = QLabel()
        self._percent.setFont(font("body"))
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)  # It may hold a file's name.
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._others = ElidedLabel()
        self._others.setProperty("muted", True)
        self._bars = Bars(is_corrigible=is_corrigible)
        self._bars.chosen.connect(self.corrected)
        self._view = DigitView()
        self._offers = QVBoxLayout()
        self._hint = QLabel("Wrong? Click the right digit's bar, or press its key.")
        self._hint.setWordWrap(True)
        self._hint.setProperty("muted", True)
        self._measure()
        self._lay_out()
        self._text = ""
        #: The sentence in an answer's place, or None where there is an answer.
        self._message: str | None = None
        self.show_message("")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def limit(self, most: int) -> None:
        """Leave the answer no more room than a panel of so many pixels has."""
        if most != self._most:
            self._most = most
            self._measure()

    @property
    def least_width(self) -> int:
        """How narrow it can be, in pixels."""
        least = self._answer.least_width + self._beside_answer
        return max(self._bars.minimumSizeHint().width(), least)

    @property
    def _beside_answer(self) -> int:
        measure = QFontMetricsF(self._words.font()).horizontalAdvance
        return ceil(max(map(measure, (VERY_SURE, DOUBTFUL, CONFIRMED)))) + 2 * SPACING

    def _measure(self) -> None:
        # Beside the answer the longest words have their place, and it has all the other room.
        width = self._bars.sizeHint().width()
        if self._most is not None:
            width = min(width, self._most)
        self._answer.set_room(width - self._beside_answer)
        self._note.setMinimumHeight(2 * self._note.fontMetrics().lineSpacing())

    def show_reading(
        self, reading: Reading, chosen: Digit | None = None, *, is_typed_over: bool = False
    ) -> None:
        """Show what was read, or why nothing was.

        Args:
            reading: What was read.
            chosen: The digit, or the sign, that the bars are about; its Number is the answer. By
                default the first digit.
            is_typed_over: Whether a digit's key begins the whole Number anew.
        """
        digit = chosen or reading.first_digit
        number = next((n for n in reading.numbers if digit in (*n.digits, *n.signs)), None)
        others = [each.text for each in reading.numbers if each is not number]
        self._others.show_text(f"Also here: {', '.join(others)}" if others else "")
        self._view.show_image(digit.image if digit else None)
        if digit is None:
            self._bars.show_prediction(None)
        elif number is None:
            self._bars.show_prediction(digit.prediction, digit.said)
        elif digit in number.signs:
            self._bars.show_prediction(digit.prediction, NO_DIGIT)
        else:
            figure = number.figures[number.digits.index(digit)]
            self._bars.show_prediction(digit.prediction, figure)
        if number is not None and digit is not None:
            self._show_number(number, second_guess(number, digit))
        else:
            refusal = reading.refusal or Refusal.NO_DIGIT
            self._show_answer("–", "no digit", "", REFUSALS[refusal])
        self._hint.setText(hint_for(number, digit, is_typed_over=is_typed_over))
        self._hint.setVisible(digit is not None and self._is_corrigible)

    def show_sign(self, mark: Digit, letter: str) -> None:
        """Show a mark that is a sign, and what it looks like as a digit."""
        self._view.show_image(mark.image)
        self._others.show_text("")
        self._bars.show_prediction(mark.prediction, NO_DIGIT)
        self._show_answer(letter, sign_named(letter), "", sign_in_words(letter))
        self._hint.hide()

    def show_unread(self, number: Number, place: int | None = None) -> None:
        """Show a Number, and that no digit was read in a place of it.

        Args:
            number: As a person says that it reads, perhaps.
            place: Of a letter in its text, which the bars can put right; None where a person says
                other digits, and nobody knows which ink is which of them.
        """
        self._view.show_image(None)
        self._others.show_text("")
        self._hint.setVisible(place is not None and self._is_corrigible)
        if place is None:
            self._bars.show_prediction(None)
            self._show_number(number, OTHER_DIGITS)
            return
        letter, said, ask = number.text[place], None, "Is it a digit?"
        note = sign_in_words(letter)
        if place in number.places:
            said, note, ask = int(letter), f"You said {letter}; a sign was read.", "Wrong?"
        self._hint.setText(f"{ask} Click the right bar, or type the whole number.")
        self._bars.show_unread(said)
        self._show_number(number, note)

    def _show_number(self, number: Number, note: str) -> None:
        self._percent.setToolTip(OF_NUMBER if len(number.digits) > 1 else OF_DIGIT)
        chance = "" if number.is_confirmed else percent(number.confidence)
        self._show_answer(number.text, number.certainty, chance, note, is_read=True)

    def show_message(self, text: str) -> None:
        """Show no answer, and a sentence in its place."""
        if text == self._message:
            return  # It may be said again at every move of the pen.
        self._bars.show_prediction(None)
        self._view.show_image(None)
        self._others.show_text("")
        self._show_answer("", "", "", text)
        self._hint.hide()
        self._message = text

    def offer(self, action: QAction) -> None:
        """Give a button to what can be done about the answer."""
        self._offers.addWidget(ActionButton(action), alignment=Qt.AlignmentFlag.AlignLeft)

    def announce(self) -> None:
        """Let a screen reader say the answer."""
        announce(self, self.spoken)

    @property
    def text(self) -> str:
        """The answer as text, the Number in question; empty where there is none."""
        return self._text

    @property
    def words(self) -> str:
        """How sure the answer is, or why there is none, in a word or two; empty before both."""
        return self._words.text()

    @property
    def note(self) -> str:
        """The sentence beneath the answer or in its place; may be empty."""
        return unbroken(self._note.text())

    @property
    def others(self) -> str:
        """The other Numbers, in a few words; empty where there are none."""
        return self._others.accessibleName()

    @property
    def spoken(self) -> str:
        """The answer in a sentence or two, for the ear."""
        answer = ", ".join(filter(None, (self.text, self.words, self._percent.text())))
        others = f"{self.others}." if self.others else ""
        return " ".join(filter(None, (f"{answer}." if answer else "", self.note, others)))

    @property
    def all_spoken(self) -> str:
        """The answer, then what else it might be, the most likely first."""
        in_order = self._bars.in_order
        return " ".join(filter(None, (self.spoken, f"In order: {in_order}." if in_order else "")))

    def _show_answer(
        self, shown: str, words: str, chance: str, note: str, *, is_read: bool = False
    ) -> None:
        self._message = None
        self._text = shown if is_read else ""
        self._answer.show_text(shown)
        self._words.setText(words)
        self._percent.setText(chance)
        self._note.setText(breakable(note))
        self.changed.emit()

    def _lay_out(self) -> None:
        sure = QVBoxLayout()
        sure.setSpacing(0)
        sure.addStretch()
        sure.addWidget(self._words)
        sure.addWidget(self._percent)
        sure.addStretch()
        answer = QHBoxLayout()
        answer.setSpacing(2 * SPACING)
        answer.addWidget(self._answer)
        answer.addLayout(sure, 1)
        caption = QLabel("What the model sees")
        caption.setProperty("muted", True)
        caption.setWordWrap(True)
        seen = QHBoxLayout()
        seen.setSpacing(2 * SPACING)
        seen.addWidget(self._view)
        self._offers.addWidget(caption)
        seen.addLayout(self._offers, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(answer)
        layout.addWidget(self._note)
        layout.addWidget(self._others)
        layout.addWidget(self._bars)
        layout.addWidget(self._hint)
        layout.addStretch()
        layout.addLayout(seen)
        kept = self._hint.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._hint.setSizePolicy(kept)
