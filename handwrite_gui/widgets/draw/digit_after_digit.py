"""Digit after digit: a pause moves what was read into a line, and clears the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.reading import Digit
from handwrite_gui.domain.undo import STEPS
from handwrite_gui.widgets.draw.digit_line import HINT
from handwrite_gui.widgets.draw.page import DrawPage

NO_DIGIT = "This was not moved, for it is no digit: write on, undo or clear it."
PARTLY_NO_DIGIT = "This was not moved, for a part of it is no digit: write on, undo or erase that."
FULL = "This was not moved, for the line is full: copy and empty it."


@dataclass(eq=False, slots=True)
class _Move:
    """A number's way into the line, which was a step of the canvas.

    Attributes:
        before: The step at which its ink was on the paper.
        start: Where it begins in the line.
        text: What it is there.
        digit: What was looked at as its last digit.
        ink: That digit's.
        is_off: Whether undo has taken it off the line.
    """

    before: int
    start: int
    text: str
    digit: Digit
    ink: Ink
    is_off: bool = False


class DigitAfterDigit(QObject):
    """Moves what was read of the canvas into the line, each time the pen has rested for a while.

    Only what a pen has drawn since is moved, as the answer to this very ink comes: what Undo, a
    file or the clipboard has brought stays until somebody draws on. Undoing the step takes the
    digit off the line again, unless a person has changed it there; redoing it puts it back.

    Args:
        page: Where it is drawn and read; its line is shown while this is switched on.
        parent: Owner of this object.

    Signals:
        corrected: The Digit that was looked at, what a person says it was, and its Ink.

    Thread:
        The window's.
    """

    corrected = Signal(object, int, object)

    def __init__(self, page: DrawPage, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._canvas, self._line = page, page.canvas, page.digit_line
        self._is_on = self._is_due = False
        # The pen may be quicker than this is built, and nothing else.
        self._has_drawn = not self._canvas.is_blank
        self._step, self._strokes = self._canvas.step, self._canvas.sheet.strokes
        self._text = self._line.text
        self._said_of_ink = ""  # What was said of the ink that is on the paper.
        self._moves: dict[int, _Move] = {}  # By the steps that they led to, oldest first.
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._on_paused)
        backspace = QKeySequence(Qt.Key.Key_Backspace)
        self._backspace = QShortcut(backspace, self._canvas, self._on_backspace)
        self._backspace.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._backspace.setEnabled(False)
        self._canvas.selection.changed.connect(self._on_selection_changed)
        self._canvas.stroke_started.connect(self._on_stroke_started)
        self._canvas.sheet.strokes_changed.connect(self._on_strokes_changed)
        self._canvas.stroke_finished.connect(self._on_stroke_finished)
        self._canvas.shown_changed.connect(self._on_shown)
        page.panels.closed.connect(self._on_shown)
        self._line.changed.connect(self._on_line_changed)
        page.answered.connect(self._on_answered)
        page.digit_typed.connect(self._on_digit_typed)

    def set_on(self, on: bool) -> None:
        """Move digits from now on, or no more; the line keeps what it has."""
        self._is_on = on
        self._line.setVisible(on)
        self._line.say("" if self._line.text else HINT)
        self._on_selection_changed()
        if not on:
            self._wait_for_pen()

    def set_pause(self, seconds: float) -> None:
        """Wait this long after the pen was lifted."""
        self._pause.setInterval(round(seconds * 1000))

    @property
    def _is_waiting(self) -> bool:
        """Whether something is to move once the pause is over, or the answer is there."""
        return self._is_due or self._pause.isActive()

    def _wait(self) -> None:
        """Begin the pause, or begin it anew."""
        self._is_due = False
        self._pause.start()

    def _wait_for_pen(self) -> None:
        self._pause.stop()
        self._is_due = False

    @Slot()
    def _on_stroke_started(self) -> None:
        self._has_drawn = True
        self._wait_for_pen()
        self._line.say("")

    @Slot()
    def _on_strokes_changed(self) -> None:
        """Wait for the pen where this is an undo, a redo, or ink from elsewhere."""
        if not self._is_waiting:
            return
        is_new_step = self._canvas.revision == self._canvas.step
        if not is_new_step or not set(self._canvas.sheet.strokes) <= set(self._strokes):
            self._wait_for_pen()

    @Slot()
    def _on_stroke_finished(self) -> None:
        self._line.unsay(self._said_of_ink)
        before, self._step = self._step, self._canvas.step
        self._strokes = self._canvas.sheet.strokes
        if self._is_on and (self._has_drawn or self._is_waiting) and self._strokes:
            self._wait()  # Anew, where what is to move was erased in part, or moved about.
        else:
            self._wait_for_pen()
        self._has_drawn = False
        undone, redone = self._moves.get(before), self._moves.get(self._step)
        if undone is not None and undone.before == self._step:
            self._on_undone(undone)
        elif redone is not None and redone.before == before:
            self._on_redone(redone)

    def _on_undone(self, move: _Move) -> None:
        if not move.is_off and self._line.replace_end(move.start, move.text, ""):
            move.is_off = True
            self._say_of_ink(f"{move.text} is on the paper again.")

    def _on_redone(self, move: _Move) -> None:
        if not move.is_off:
            return  # A person has changed it, and it is still there.
        start = len(self._line.text)
        if self._append(move.text):
            move.start, move.is_off = start, False
        else:
            self._canvas.undo()  # Or it would be nowhere: it is off the line, and stays off.

    @Slot(str)
    def _on_line_changed(self, text: str) -> None:
        """Find what was moved in its new place, where a person writes or deletes before it."""
        old, self._text = self._text, text
        if text.startswith(old) or old.startswith(text):
            return  # Nothing has changed before the end.
        for move in self._moves.values():
            if move.start < len(old) and text.endswith(old[move.start :]):
                move.start += len(text) - len(old)

    @Slot()
    def _on_shown(self) -> None:
        if self._is_due and not self._is_held:  # The answer may have come meanwhile.
            self._wait()

    @property
    def _is_held(self) -> bool:
        """Whether nothing is to move: the paper is not seen, or what is on it is spoken of."""
        return not self._canvas.isVisible() or self._page.panels.isVisible()

    @Slot()
    def _on_paused(self) -> None:
        if QApplication.activeModalWidget() is not None:
            self._wait()  # Such as until it is known where the ink is to be saved.
            return
        self._is_due = True
        if not (self._is_answered or self._page.reads_live or self._canvas.is_drawing):
            self._page.predict()
        self._on_answered()

    @Slot()
    def _on_answered(self) -> None:
        """Move what was read, if it has been waiting for that."""
        if self._is_due and self._canvas.is_drawing:
            self._wait()  # An eraser is down, or a selection is held.
        if not self._is_due or not self._is_answered or self._is_held:
            return
        self._is_due = False
        reading = self._page.reading
        is_whole = reading is not None and len(reading.refused) == len(reading.specks)
        if reading is None or not reading.numbers or not is_whole:
            # Nothing is moved in part: what is no digit would be gone and nobody told. A speck
            # may go: nobody meant it.
            self._say_of_ink(PARTLY_NO_DIGIT if reading and reading.numbers else NO_DIGIT)
            return
        text = " ".join(number.text for number in reading.numbers)
        last = reading.numbers[-1].digits[-1]
        ink = self._page.digits.ink_of(last)
        move = _Move(self._canvas.step, len(self._line.text), text, last, ink)
        # The line first, for then it is kept: nothing is on neither of them.
        if self._append(text):
            self._canvas.clear()
            self._moves[self._canvas.step] = move
            for forgotten in list(self._moves)[:-STEPS]:  # As the paper has forgotten them.
                del self._moves[forgotten]

    @property
    def _is_answered(self) -> bool:
        """Whether what was read is about just the ink that is on the paper."""
        return self._page.is_answered

    def _append(self, text: str) -> bool:
        """Add digits to the line; False where that is full."""
        has_room = self._line.append(text)
        self._line.announce(f"{text} moved: {self._line.text}" if has_room else FULL)
        return has_room

    def _say_of_ink(self, sentence: str) -> None:
        self._said_of_ink = sentence
        self._line.announce(sentence)

    @Slot()
    def _on_selection_changed(self) -> None:
        """Leave the key to what is selected, which it deletes."""
        self._backspace.setEnabled(self._is_on and not self._canvas.selection.strokes)

    @Slot()
    def _on_backspace(self) -> None:
        text = self._line.text
        if text and self._line.replace_end(len(text) - 1, text[-1], ""):
            self._line.announce(f"{text[-1]} taken off: {self._line.text or 'the line is empty'}")

    @Slot(int)
    def _on_digit_typed(self, digit: int) -> None:
        """Correct the digit that was moved last, while the paper is still as it left it."""
        step = self._canvas.step
        move = self._moves.get(step)
        if not self._is_on or move is None or not self._canvas.is_blank:
            return
        said = re.sub(r"\d(?=\D*$)", str(digit), move.text)
        if self._line.replace_end(move.start, move.text, said):
            move.text = said
            self._line.announce(f"Thank you: taken as a {digit}. {self._line.text}")
            self.corrected.emit(move.digit, digit, move.ink)
