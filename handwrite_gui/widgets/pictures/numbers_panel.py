"""The Numbers panel: the list of a picture's Numbers, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from handwrite_gui.domain.confirming import is_number_text
from handwrite_gui.domain.prediction import percent
from handwrite_gui.domain.reading import Alternative, Number
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.action_button import ActionButton
from handwrite_gui.widgets.answer_panel import OF_NUMBER
from handwrite_gui.widgets.pictures.entry import in_short
from handwrite_gui.widgets.pictures.numbers_list import NumbersList
from handwrite_gui.widgets.theme import SPACING

#: What is said of a text that can be no Number, as that is left.
NO_NUMBER = "“{}” is no number yet: go back there and press F2 to put it right."
#: So many alternatives are offered, each by a digit's key.
_MOST = 5
#: What is less would be written as 0.0 %, for per cent are rounded down.
_LEAST_SHOWN = 0.001


class NumbersPanel(QWidget):
    """Lists Numbers and lets a person confirm and correct them.

    Signals:
        confirmed: The index of a Number and what a person says that it reads.
        current_changed: As the list tells it.
        last_entered: A person entered a Number, and no other is to be looked at any more.
    """

    confirmed = Signal(int, str)
    current_changed = Signal(int, int)
    last_entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = NumbersList()
        self._numbers: tuple[Number, ...] = ()
        #: What each Number was read as, whatever a person says.
        self._as_read: Sequence[Number] = ()
        #: Where they stand, if there may be others elsewhere.
        self._place = ""
        #: Whether what was typed last can be a Number.
        self._is_taken = True
        self._count = QLabel()
        self._count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._count.setWordWrap(True)
        self._others = QPushButton()
        self._others.clicked.connect(self.offer_alternatives)
        self._others.setToolTip(OF_NUMBER)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(SPACING)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._count)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._others)
        layout.addLayout(self._buttons)
        self.list.typed.connect(self._on_typed)
        self.list.entered.connect(self._on_entered)
        self.list.menu_requested.connect(self._on_menu_requested)
        self.list.current_changed.connect(self._on_current_changed)
        self._on_current_changed(-1, 0)

    def add_button(self, action: QAction, text: str) -> None:
        """Give a button to what can be done with the Numbers."""
        place, button = self._buttons.count(), ActionButton(action)
        button.setText(text)
        self._buttons.addWidget(button, place // 2, place % 2)

    def show_numbers(self, numbers: tuple[Number, ...], as_read: Sequence[Number]) -> None:
        """Show Numbers.

        Args:
            numbers: As a person says that they read.
            as_read: As the program did.
        """
        if numbers is not self._numbers:  # Or what was said of them would be gone at once.
            self._count.setText(in_short(numbers, self._place))
        self._numbers, self._as_read = numbers, as_read
        self.list.show_numbers(numbers)
        self._show_others()

    def show_place(self, place: str) -> None:
        """Say with the count where the Numbers stand, or with no place that there are no others."""
        if place != self._place:
            self._place = place
            self._count.setText(in_short(self._numbers, place))

    def go_to_next_doubtful(self) -> bool:
        """Go to the next Number of this picture that is to be looked at.

        Returns:
            False where there is none but the current one, and a person may go on elsewhere.
        """
        self._is_taken = True
        self.list.setFocus()  # What is typed ends, and may be refused: that is the news then.
        return self.list.select_next_doubtful() or not self._is_taken

    def say(self, sentence: str) -> None:
        """Say something in the place of the count, until that is shown again."""
        self._count.setText(sentence)
        announce(self, sentence)

    @Slot()
    def offer_alternatives(self) -> None:
        """Let a person choose among what else the current Number might be."""
        self._on_menu_requested(self.list.below_current)

    @property
    def wanted_height(self) -> int:
        """The height at which all Numbers are seen, in pixels."""
        around = self.sizeHint().height() - self.list.sizeHint().height()
        return around + self.list.height_of(max(2, len(self._numbers)))

    @property
    def current_text(self) -> str:
        """What the current Number reads; empty where there is none."""
        return self._numbers[self.list.current].text if self.list.current >= 0 else ""

    def alternatives(self) -> list[Alternative]:
        """What else the current Number might be, what was read among it, likeliest first."""
        if self.list.current < 0:
            return []
        read, now = self._as_read[self.list.current], self.current_text
        every = [Alternative(read.text, read.confidence), *read.alternatives]
        chances = {each.text: each for each in reversed(every) if is_number_text(each.text)}
        chances.pop(now, None)
        return sorted(chances.values(), key=lambda each: -each.probability)[:_MOST]

    @Slot(int, str)
    def _on_typed(self, index: int, text: str) -> None:
        self._is_taken = is_number_text(text)
        if self._is_taken:
            self.confirmed.emit(index, text)
        else:
            self.say(NO_NUMBER.format(text))

    @Slot(int)
    def _on_entered(self, index: int) -> None:
        """Go on to the next Number to be looked at, or where there is none, to the next."""
        if self._is_taken and not self.list.select_next_doubtful():
            self.list.select(min(index + 1, len(self._numbers) - 1))
            self.last_entered.emit()

    @Slot(object)
    def _on_menu_requested(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for nth, other in enumerate(self.alternatives(), start=1):
            choice = menu.addAction(f"&{nth}   {other.text}\t{self._about(other)}")
            choice.setData(other.text)
        if not menu.actions():
            menu.addAction("There are no alternatives").setEnabled(False)
        menu.triggered.connect(self._on_chosen)
        menu.popup(place)

    @Slot(QAction)
    def _on_chosen(self, choice: QAction) -> None:
        self._on_typed(self.list.current, choice.data())
        self._on_entered(self.list.current)

    @Slot(int, int)
    def _on_current_changed(self, index: int, place: int) -> None:
        self._show_others()
        self.current_changed.emit(index, place)

    def _show_others(self) -> None:
        others = self.alternatives()
        self._others.setEnabled(bool(others))
        best = f"Or {others[0].text} ({self._about(others[0])})…" if others else ""
        self._others.setText(best or "No alternatives")

    def _about(self, other: Alternative) -> str:
        # What a person has put right has a chance no more, beside that of what they said.
        is_read = other.text == self._as_read[self.list.current].text
        return "as it was read" if is_read else _chance(other.probability)


def _chance(probability: float) -> str:
    """Write a probability from 0 to 1 of something that is offered: never none at all."""
    return percent(probability) if probability >= _LEAST_SHOWN else "under 0.1 %"
