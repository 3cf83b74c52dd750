"""The Draw page: the canvas, what to do with it, and beside it the answer."""

from __future__ import annotations

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.domain.reading import Reading, Refusal
from handwrite_gui.widgets.action_button import ActionButton
from handwrite_gui.widgets.answer_panel import REFUSALS, AnswerPanel
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.digit_keys import DigitKeys
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.canvas_description import CanvasDescription
from handwrite_gui.widgets.draw.digit_line import DigitLine
from handwrite_gui.widgets.draw.offer import Offer
from handwrite_gui.widgets.draw.pace import Pace
from handwrite_gui.widgets.draw.panels import Panels
from handwrite_gui.widgets.focus import PassesFocus, let_tab_go_on_in
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.shown_stack import ShownStack
from handwrite_gui.widgets.theme import SPACING


class DrawPage(DigitKeys, PassesFocus):
    """Where digits are drawn and read.

    Signals:
        reading_requested: The canvas's ink is to be read now.
        answered: There is another answer, `reading`.
        corrected: What a person says the digit was.
        restore_requested: The drawing that is offered is wanted back.
    """

    reading_requested = Signal()
    answered = Signal()
    corrected = Signal(int)
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
        self._reading: Reading | None = None
        self._corrected_revision = -1
        self._said_early: int | None = None
        self._connections: list[QMetaObject.Connection] = []
        self._pace = Pace(self)
        self._pace.due.connect(self.reading_requested)
        self.offer = Offer()
        self.offer.taken.connect(self.restore_requested)
        self.panels = Panels()
        self._place = ShownStack()
        self._place.addWidget(self.canvas)
        self._answers = ShownStack()
        self._answers.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._answers.addWidget(AnswerScroll(self.answer))
        self._columns, self._paper_row = QHBoxLayout(), QHBoxLayout()
        self._tools, self._below = QHBoxLayout(), QHBoxLayout()
        self._gap = 0
        self._listen(live)
        self.canvas.stroke_finished.connect(self.offer.hide)
        self.canvas.predict_requested.connect(self.predict)
        self.answer.corrected.connect(self._on_corrected)
        self.digit_typed.connect(self._on_corrected)
        self.panels.closed.connect(self.canvas.setFocus)
        self.panels.made.connect(self._on_panel_made)
        CanvasDescription(self.canvas, self.answer)
        self.pass_focus_to(self.canvas)
        self._on_ink_changed()

    def lay_out(
        self, undo: QAction, redo: QAction, replay: QAction, clear: QAction, predict: QAction
    ) -> None:
        """Place everything; the actions are those of the menus."""
        tools = self._tools
        tools.setSpacing(SPACING)
        tools.addStretch()
        for action in (undo, redo):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            tools.addWidget(button)
        tools.addSpacing(SPACING)
        tools.addWidget(ActionButton(clear))
        self._gap = tools.count()
        tools.addStretch()
        main = ActionButton(predict)
        main.setProperty("accent", True)
        main.setIcon(icon("predict", on_accent=True))
        tools.addWidget(main)
        self._paper_row.setSpacing(SPACING)
        self._paper_row.addWidget(self._place, 1)
        left = QVBoxLayout()
        left.setSpacing(SPACING)
        left.addLayout(self._paper_row, 1)
        left.addWidget(self.panels)
        left.addWidget(self.offer)  # Below, for the paper must not move when it goes.
        left.addWidget(self.digit_line)
        left.addLayout(tools)
        play = QToolButton()
        play.setDefaultAction(replay)
        play.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        play.setAutoRaise(True)
        self._below.addWidget(self._live)
        self._below.addStretch()
        self._below.addWidget(play)
        left.addLayout(self._below)
        layout = self._columns
        self.setLayout(layout)
        layout.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        layout.setSpacing(3 * SPACING)
        layout.addLayout(left, 1)
        layout.addWidget(self._answers)
        self.set_left_handed(False)

    def add_tools(self, buttons: QWidget) -> None:
        """Place the tools' buttons by the paper; before `lay_out`, for Tab goes to them first."""
        self._paper_row.insertWidget(0, buttons)

    def set_left_handed(self, on: bool) -> None:
        """Lay the answer at the left and the tools at the right, clear of a left hand that writes.

        What is written from left to right stays so.
        """
        direction = QBoxLayout.Direction
        for row in (self._columns, self._paper_row, self._below):
            row.setDirection(direction.RightToLeft if on else direction.LeftToRight)
        self._tools.setStretch(0, int(on))
        self._tools.setStretch(self._gap, int(not on))

    @property
    def reads_live(self) -> bool:
        """Whether ink is read while it is drawn."""
        return self._live.isChecked()

    def set_live(self, live: bool) -> None:
        """Read ink while it is drawn, or only when asked."""
        self._live.setChecked(live)

    @property
    def reading(self) -> Reading | None:
        """What was read of the ink that is on the canvas, or None."""
        return self._reading

    @Slot()
    def predict(self) -> None:
        """Have the ink read now."""
        self._corrected_revision = -1
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
        # What a person has said stands until there is other ink.
        is_corrected = self._corrected_revision == canvas.revision and not canvas.is_drawing
        if canvas.is_blank or is_stale or is_corrected:
            return
        self._reading = reading
        self.answer.show_reading(reading)
        if not self.canvas.is_drawing:
            self.answer.announce()
        if self._said_early is not None:
            self._on_corrected(self._said_early)
        self.answered.emit()

    def show_ready(self) -> None:
        """The model can answer from now on."""
        self._waiting_for = None
        self._on_ink_changed()

    @Slot(str)
    def show_ink_failure(self, sentence: str) -> None:
        """Say in the answer's place why this ink has none."""
        if not self.canvas.is_blank:
            self._reading = None
            self.answer.show_message(sentence)

    def show_failure(self, sentence: str) -> None:
        """Say in the answer's place why there is none."""
        self._waiting_for = sentence
        self.answer.show_message(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back at Escape: from a panel, or to the paper from wherever the focus is."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
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
            self._reading = None
            self.answer.show_message(self._waiting_for or "")
            return
        if self.reads_live:
            if self._waiting_for is None:
                self._pace.ask(can_wait=self.canvas.is_drawing)
        elif self._waiting_for is None:
            self._reading = None
            self.answer.show_message("Press Predict to read this.")

    @Slot(bool)
    def _on_live_toggled(self, live: bool) -> None:
        self._pace.forget()
        self._listen(live)
        if live:  # Switched off, what is shown stays: it is about the ink that is there.
            self._on_ink_changed()

    @Slot(int)
    def _on_corrected(self, digit: int) -> None:
        reading, canvas = self._reading, self.canvas
        if reading is None or self._answers.currentIndex() > 0:
            return  # Nobody corrects what is not seen.
        if reading.revision != canvas.revision and not canvas.is_drawing:
            # It is of less ink than there is: what is said is about the answer on its way.
            self._said_early = digit
        elif reading.first_digit is not None:
            self._said_early = None
            self._corrected_revision = canvas.revision
            self.answer.show_correction(digit)
            self.corrected.emit(digit)
