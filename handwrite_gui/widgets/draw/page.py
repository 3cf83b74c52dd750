"""The Draw page: the canvas, what to do with it, and beside it the answer."""

from __future__ import annotations

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.widgets.answer_panel import REFUSALS, AnswerPanel
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.digit_keys import DigitKeys
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.canvas_description import CanvasDescription
from handwrite_gui.widgets.draw.corrections import Corrections
from handwrite_gui.widgets.draw.digit_labels import DigitLabels
from handwrite_gui.widgets.draw.digit_line import DigitLine
from handwrite_gui.widgets.draw.offer import Offer
from handwrite_gui.widgets.draw.pace import Pace
from handwrite_gui.widgets.draw.page_layout import PageLayout
from handwrite_gui.widgets.draw.panels import Panels
from handwrite_gui.widgets.draw.read_digits import ReadDigits
from handwrite_gui.widgets.focus import PassesFocus, let_tab_go_on_in
from handwrite_gui.widgets.shown_stack import ShownStack


class DrawPage(DigitKeys, PassesFocus):
    """Where digits are drawn and read.

    Signals:
        reading_requested: The canvas's ink is to be read now.
        answered: There is another answer, `reading`.
        corrected: A Digit, what a person says it was or None where they took that back, and its
            Ink.
        restore_requested: The drawing that is offered is wanted back.
    """

    reading_requested = Signal()
    answered = Signal()
    corrected = Signal(object, object, object)
    restore_requested = Signal()

    def __init__(self, pen_width: float, *, live: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(pen_width)
        self.answer = AnswerPanel()
        self._live = QCheckBox("Predict while drawing")
        self._live.setChecked(live)
        self._live.setToolTip("The bars follow the pen; without it, press Predict")
        self.live_toggled = self._live.toggled
        self.digit_line = DigitLine()
        self._live.toggled.connect(self._on_live_toggled)
        self._waiting_for: str | None = "The model is being loaded; draw meanwhile."
        self.digits = ReadDigits(self.canvas.sheet, self)
        self.labels = DigitLabels(self.canvas, self.digits)
        self._corrections = Corrections(self.canvas.sheet, self)
        self._asked: Ink | None = None
        self._said_early: tuple[int, Stroke | None] | None = None
        self._connections: list[QMetaObject.Connection] = []
        self._pace = Pace(self)
        self._pace.due.connect(self.reading_requested)
        self.offer = Offer()
        self.offer.taken.connect(self.restore_requested)
        self.offer.taken.connect(self.canvas.setFocus)
        self.panels = Panels()
        self._place = ShownStack()
        self._place.addWidget(self.canvas)
        self._answers = ShownStack()
        self._answers.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._answers.addWidget(AnswerScroll(self.answer))
        self._layout = PageLayout()
        self.add_tools = self._layout.add_tools
        self.set_left_handed = self._layout.set_left_handed
        self._listen(live)
        self.canvas.stroke_finished.connect(self.offer.withdraw)
        self.canvas.stroke_finished.connect(self.digits.follow_ink)
        self.canvas.stroke_started.connect(self._on_stroke_started)
        self.digits.changed.connect(self._on_digits_changed)
        self._corrections.told.connect(self.corrected)
        self.canvas.predict_requested.connect(self.predict)
        self.answer.corrected.connect(self.correct)
        self.digit_typed.connect(self.correct)
        self.panels.closed.connect(self.canvas.setFocus)
        self.panels.made.connect(self._on_panel_made)
        CanvasDescription(self.canvas, self.answer)
        self.pass_focus_to(self.canvas)
        self._on_ink_changed()

    def lay_out(
        self, undo: QAction, redo: QAction, replay: QAction, clear: QAction, predict: QAction
    ) -> None:
        """Place everything; the actions are those of the menus."""
        self._layout.add_actions(undo, redo, replay, clear, predict)
        # Before its button is disabled, which would give the focus to the one that follows.
        clear.triggered.connect(self.canvas.setFocus)
        # The offer below, for the paper must not move when it goes.
        beneath = self.panels, self.offer, self.digit_line
        self._layout.place(self, self._place, beneath, self._live, self._answers)

    @property
    def reads_live(self) -> bool:
        """Whether ink is read while it is drawn."""
        return self._live.isChecked()

    def set_live(self, live: bool) -> None:
        """Read ink while it is drawn, or only when asked."""
        self._live.setChecked(live)

    @property
    def reading(self) -> Reading | None:
        """What was read of the ink that is on the canvas, corrected as a person says, or None."""
        return self.digits.reading

    @property
    def is_answered(self) -> bool:
        """Whether what was read is about just the ink that is on the canvas."""
        reading = self.reading
        return reading is not None and reading.revision == self.canvas.revision

    @property
    def ink_in_question(self) -> Ink:
        """The ink of the digit that the bars are about; all ink where none is read, or just one."""
        digit, ink = self.digits.in_question, self.canvas.ink()
        if digit is None or not self.digits.is_current or len(self.digits.all) == 1:
            return ink
        return self.digits.ink_of(digit)

    def take_ink(self) -> Ink:
        """Return the ink that is to be read now, and remember it until it is."""
        self._asked = self.canvas.ink()
        return self._asked

    @Slot()
    def predict(self) -> None:
        """Have the ink read now."""
        if self.canvas.is_blank:
            self.answer.show_message(REFUSALS[Refusal.BLANK])
            return
        if self._waiting_for is not None:
            self.answer.show_message(self._waiting_for)
        self.reading_requested.emit()

    def show_reading(self, reading: Reading) -> None:
        """Show an answer, unless the ink that it is about is gone."""
        self._pace.rest()
        canvas = self.canvas
        ink_has_grown = reading.revision != canvas.revision
        is_stale = not canvas.is_current(reading.revision) or (
            ink_has_grown and not self.reads_live
        )
        if canvas.is_blank or is_stale:
            return
        asked = self._asked
        was_asked = asked is not None and asked.revision == reading.revision
        self.digits.show(reading, asked if asked is not None and was_asked else canvas.ink())
        if not self.canvas.is_drawing:
            self.answer.announce()
        if self._said_early is not None and self.digits.is_current:
            said, meant = self._said_early
            self._said_early = None
            digit = self.digits.in_question
            if digit is not None and meant in self.digits.strokes_of(digit):
                self.correct(said)
        self.answered.emit()

    def show_ready(self) -> None:
        """The model can answer from now on."""
        self._waiting_for = None
        self._on_ink_changed()

    @Slot(str)
    def show_ink_failure(self, sentence: str) -> None:
        """Say in the answer's place why this ink has none."""
        if not self.canvas.is_blank:
            self.digits.forget()
            self.answer.show_message(sentence)

    def show_failure(self, sentence: str) -> None:
        """Say in the answer's place why there is none."""
        self._waiting_for = sentence
        self.answer.show_message(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back at Escape: from a digit, from a panel, or to the paper from elsewhere."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.digits.selected is not None:
            self.digits.select(None)
        elif self.panels.isVisible():
            self.panels.close_panel()
        else:
            self.canvas.setFocus()

    def offer_kept_ink(self, *, is_first: bool) -> None:
        """Offer to bring back what was on the canvas when a program ended: the last, or another."""
        self.offer.make(is_first=is_first)

    def show_instead(self, widget: QWidget | None, answer: QWidget | None = None) -> None:
        """Show something in the canvas's place, or the canvas again.

        Args:
            widget: What is shown there, or None for the canvas.
            answer: What is shown in the answer's place meanwhile, which then cannot be corrected;
                by default the answer.
        """
        self._place.show_or_first(widget)
        self._answers.show_or_first(answer)
        self.pass_focus_to(widget or self.canvas)

    @Slot(QWidget)
    def _on_panel_made(self, panel: QWidget) -> None:
        let_tab_go_on_in(panel, self.canvas)

    def _listen(self, live: bool) -> None:
        """Hear of each move of the pen only where it is read, for others are to cost less."""
        canvas = self.canvas
        for connection in self._connections:
            QObject.disconnect(connection)
        signals = [canvas.ink_changed] if live else [canvas.stroke_started, canvas.stroke_finished]
        self._connections = [signal.connect(self._on_ink_changed) for signal in signals]

    @Slot()
    def _on_ink_changed(self) -> None:
        self._said_early = None
        if self.canvas.is_blank:
            self.digits.forget()
            self.answer.show_message(self._waiting_for or "")
            return
        if self.reads_live:
            if self._waiting_for is None:
                self._pace.ask(can_wait=self.canvas.is_drawing)
        elif self._waiting_for is None and not self.digits.is_current:
            self.digits.forget()
            self.answer.show_message("Press Predict to read this.")

    @Slot()
    def _on_stroke_started(self) -> None:
        self.digits.select(None)  # Who writes on wants to see what they write.

    @Slot()
    def _on_digits_changed(self) -> None:
        if self.digits.reading is not None:
            self.answer.show_reading(self.digits.reading, self.digits.in_question)

    @Slot(bool)
    def _on_live_toggled(self, live: bool) -> None:
        self._pace.forget()
        self._listen(live)
        if live:  # Switched off, what is shown stays: it is about the ink that is there.
            self._on_ink_changed()

    @Slot(int)
    def correct(self, said: int) -> None:
        """Take what a person says the digit in question is."""
        digit, canvas = self.digits.in_question, self.canvas
        if digit is None or self._answers.currentIndex() > 0:
            return  # Nobody corrects what is not seen.
        if canvas.is_drawing:
            canvas.finish_stroke()  # What is said is about what is there.
        if not self.digits.is_current:
            # It is of other ink than there is: what is said is about the answer on its way.
            self._said_early = said, self.digits.stroke_in_question
        else:
            self._said_early = None
            self._corrections.correct(digit, self.digits.strokes_of(digit), said)
