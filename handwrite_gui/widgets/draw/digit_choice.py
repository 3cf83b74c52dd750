"""Choosing a digit on the canvas, by its label or by keys, and what it is, from a list."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.reading import Digit
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.answer_words import SIGN_NAMES
from handwrite_gui.widgets.draw.alternatives import Alternatives
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow


class DigitChoice(QObject):
    """What goes between the actions that choose a digit, the labels and the list of alternatives.

    Thread:
        The window's.
    """

    def __init__(self, window: MainWindow, page: DrawPage) -> None:
        super().__init__(window)
        self._window = window
        self._page, self._digits, self._labels = page, page.digits, page.labels
        self._made: Alternatives | None = None
        self._asked: tuple[Stroke, ...] = ()
        self._actions = window.actions_
        self._actions.next_digit.triggered.connect(self._on_next)
        self._actions.previous_digit.triggered.connect(self._on_previous)
        self._actions.alternatives.triggered.connect(self._open)
        self._labels.tapped.connect(self._on_tapped)
        self._digits.changed.connect(self._update)
        window.page_shown.connect(self._update)
        page.canvas.shown_changed.connect(self._update)
        self._update()

    @Slot()
    def _update(self) -> None:
        """Enable what would do something here; a page of pictures has digits of its own."""
        actions, has_digits = self._actions, self._is_seen and bool(self._digits.all)
        if self._window.page != "pictures":
            for action in (actions.next_digit, actions.previous_digit, actions.alternatives):
                action.setEnabled(has_digits)

    @property
    def _is_seen(self) -> bool:
        return self._window.page == "draw" and not self._page.canvas.isHidden()

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    def _step(self, direction: int) -> None:
        if not self._is_seen:
            return
        self._digits.select_next(direction)
        self._page.canvas.setFocus()
        self._say()

    @Slot(object)
    def _on_tapped(self, digit: Digit) -> None:
        if digit in self._digits.all:
            self._digits.select(digit)
            self._open()

    @Slot()
    def _open(self) -> None:
        digit = self._digits.in_question
        if digit is None or not self._is_seen or self._page.canvas.is_drawing:
            return
        self._digits.select(digit)
        self._asked = self._digits.strokes_of(digit)
        if self._made is None:
            self._made = Alternatives(self._page.canvas)
            self._made.chosen.connect(self._on_chosen)
        canvas = self._page.canvas
        corner = self._labels.rect_of(digit).bottomLeft()
        self._made.open_for(digit, self._digits.letter_of(digit), canvas.mapToGlobal(corner))

    @Slot(int)
    def _on_chosen(self, said: int) -> None:
        digit = self._digits.in_question
        if digit is not None and self._digits.strokes_of(digit) == self._asked:
            self._page.correct(said)

    def _say(self) -> None:
        """Let a screen reader say which digit is selected."""
        digit, digits = self._digits.selected, self._digits.all
        if digit is not None:
            letter = self._digits.letter_of(digit) or "no digit"
            what = SIGN_NAMES.get(letter, letter)
            place = f"{digits.index(digit) + 1} of {len(digits)}"
            number = self._digits.number_in_question
            within = f" in {number.text}" if number is not None and len(number.text) > 1 else ""
            announce(self._page.canvas, f"{what}, {place}{within}")
