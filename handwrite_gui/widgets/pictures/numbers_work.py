"""The work on a picture's Numbers: list, picture and answer speak of the same, and of a person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.confirming import is_spread
from handwrite_gui.domain.reading import Reading
from handwrite_gui.domain.reading_history import ReadingHistory
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel
from handwrite_gui.widgets.pictures.picture_view import PictureView


class NumbersWork(QObject):
    """Shows the Numbers of the current picture wherever they are seen, and takes corrections.

    Args:
        panel: Their list, which is hidden where there is no more than a digit.
        view: The picture on which they are marked.
        answer: Where one of their digits is told of.

    Signals:
        corrected: A picture's key, one of its Numbers as a person says that it reads, or as it was
            read where they took that back, and the same one until then.
        words_changed: A picture's key and all that a person says of it now.
        changed: The current picture reads otherwise, or it is another one.

    Thread:
        The window's.
    """

    corrected = Signal(int, object, object)
    words_changed = Signal(int, object)
    changed = Signal()

    def __init__(self, panel: NumbersPanel, view: PictureView, answer: AnswerPanel) -> None:
        super().__init__(panel)
        self._panel, self._view, self._answer = panel, view, answer
        self._list = panel.list
        self._entry: Entry | None = None
        view.number_clicked.connect(self._on_number_clicked)
        answer.corrected.connect(self._on_digit_chosen)
        panel.confirmed.connect(self._on_confirmed)
        panel.current_changed.connect(self._on_number_changed)

    @property
    def can_undo(self) -> bool:
        """Whether a person said something of this picture that can be taken back."""
        return self._history is not None and self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something that was taken back can be said again."""
        return self._history is not None and self._history.can_redo

    def show(self, entry: Entry | None, waiting: str) -> None:
        """Show what was read in a picture, or how far it has come.

        Args:
            entry: The current picture, if there is one.
            waiting: What is said of a picture that is opened and not read yet.
        """
        if entry is not self._entry:
            self.finish_typing()  # It is of the picture that is left.
            self._panel.show_numbers((), ())
        self._entry = entry
        if entry is not None and entry.is_opened:
            self._list.show_ink_of(entry.cut)
        self._show_numbers()
        if entry is None or entry.history is None:
            is_waiting = entry is not None and entry.is_opened
            self._answer.show_message(entry.status(waiting) if entry and is_waiting else "")

    @Slot()
    def finish_typing(self) -> None:
        """Take what is half typed as what a person says, for nothing that they type is lost."""
        self._list.finish_typing()

    @Slot(int)
    def take_digit(self, digit: int) -> None:
        """Begin to type over the current Number; a single digit is corrected at once."""
        if self._panel.isHidden():
            self._on_digit_chosen(digit)
        else:
            self._list.type_digit(digit)

    def undo(self) -> None:
        """Take back what a person said last of this picture."""
        if self.can_undo:
            self._go_to(self._step(ReadingHistory.undo))

    def redo(self) -> None:
        """Say again what was taken back."""
        if self.can_redo:
            self._go_to(self._step(ReadingHistory.redo))

    @property
    def _history(self) -> ReadingHistory | None:
        return self._entry.history if self._entry else None

    def _show_numbers(self) -> None:
        entry = self._entry
        if entry is not None and entry.is_opened:
            self._view.show_numbers(entry.numbers, entry.refused)
        if entry is not None and entry.history is not None:
            self._panel.show_numbers(entry.numbers, entry.history.as_read)
        is_listed = entry is not None and not entry.is_one_digit
        if not is_listed and self._panel.isAncestorOf(self._panel.window().focusWidget()):
            self._view.setFocus()  # Qt would go anywhere.
        self._panel.setVisible(is_listed)
        # Whoever looks at another part of the picture meanwhile goes on looking there.
        self._show_number(self._list.current, self._list.place, brings=False)
        self.changed.emit()

    def _step(self, step: Callable[[ReadingHistory], object]) -> list[int]:
        """Let a person say something of the picture, or take it back; return what has changed."""
        entry, history = self._entry, self._history
        if entry is None or history is None:
            return []
        changed = []
        before = entry.numbers
        step(history)
        for index, read in enumerate(history.as_read):
            now, until_then = (
                numbers[index] if index < len(numbers) else read
                for numbers in (entry.numbers, before)
            )
            if now is not until_then:
                changed.append(index)
                self.corrected.emit(entry.key, now, until_then)
        self.words_changed.emit(entry.key, history.words)
        self._show_numbers()  # Only now: whatever goes wrong there, it is kept.
        return changed

    def _go_to(self, changed: list[int]) -> None:
        """Let a person see what an undo has changed."""
        for index in changed[:1]:
            if self._entry is not None and index < len(self._entry.numbers):
                self._list.select(index)

    @Slot(int, str)
    def _on_confirmed(self, index: int, text: str) -> None:
        self._step(lambda history: history.confirm(index, text))

    @Slot(int)
    def _on_digit_chosen(self, digit: int) -> None:
        """Put the digit right that the bars are about, or the sign that is one."""
        entry = self._entry
        if entry is None or entry.reading is None or entry.reading.first_digit is None:
            return
        if not entry.numbers:
            self._on_confirmed(0, str(digit))
            return
        index, place = max(self._list.current, 0), self._list.place
        self._step(lambda history: history.put_right(index, place, digit))

    @Slot(int, int)
    def _on_number_clicked(self, index: int, place: int) -> None:
        self._list.select(index, place)
        self._list.setFocus()

    @Slot(int, int)
    def _on_number_changed(self, index: int, place: int) -> None:
        """Bring a Number into view, mark it on the picture, and tell of one of its letters."""
        self._show_number(index, place, brings=True)

    def _show_number(self, index: int, place: int, *, brings: bool) -> None:
        entry = self._entry
        if entry is None or entry.reading is None:
            return
        if entry.is_one_digit or not 0 <= index < len(entry.numbers):
            number = next(iter(entry.numbers), None)
            if number is not None and is_spread(number):
                self._answer.show_unread(number)
            else:
                self._answer.show_reading(entry.reading)
            return
        self._view.select_number(index, place, brings=brings)
        number = entry.numbers[index]
        digit = dict(zip(number.places, number.digits, strict=True)).get(place)
        if is_spread(number):
            self._answer.show_unread(number)
        elif digit is None or not digit.image.any():
            self._answer.show_unread(number, place)
        else:
            self._answer.show_reading(Reading((number,)), digit, is_typed_over=True)
