"""The desk of the panel "Why?": asks for explanations, and hands the panel what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QRectF, QTimer, Slot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.undo import STEPS
from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.widgets.answer_words import sign_in_words
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow

if TYPE_CHECKING:
    from handwrite_gui.reading.explaining.explanation import Part
    from handwrite_gui.widgets.draw.why.panel import WhyPanel

_KEY = "why"


class WhyDesk(QObject):
    """Keeps the panel about the digit in question while it is seen, and rests while it is not.

    Thread:
        The window's.
    """

    def __init__(
        self, window: MainWindow, draw_page: DrawPage, recognition: RecognitionService
    ) -> None:
        super().__init__(window)
        self._page, self._recognition = draw_page, recognition
        self._canvas = draw_page.canvas
        self._explained: tuple[Stroke, ...] = ()
        self._panel: WhyPanel | None = None
        self._failure: str | None = None
        self._paper: QRectF | None = None
        self._strokes: tuple[Stroke, ...] = ()
        self._papers: dict[int, QRectF | None] = {}  # By the steps that an undo may go to.
        self._was_home, self._is_beside = True, False
        draw_page.panels.add(window.actions_.why, self._make)
        self._canvas.resized.connect(self._keep_ink_seen)
        self._canvas.stroke_started.connect(self._on_stroke_started)
        self._canvas.sheet.strokes_changed.connect(self._on_other_strokes)
        self._canvas.stroke_finished.connect(self._on_stroke_finished)
        draw_page.digits.changed.connect(self._on_digits_changed)
        recognition.failed.connect(self._on_failed)
        recognition.care_changed.connect(self._ask)
        recognition.part_told.connect(self._on_part_told)
        recognition.question_ended.connect(self._on_ended)
        recognition.question_failed.connect(self._on_question_failed)

    def _make(self) -> WhyPanel:
        # Imported only here, as below: the window is to be seen at once.
        from handwrite_gui.widgets.draw.why.panel import WhyPanel

        self._panel = WhyPanel()
        self._panel.opened.connect(self._on_opened)
        self._panel.closed.connect(self._on_closed)
        return self._panel

    @Slot()
    def _on_opened(self) -> None:
        self._ask()
        self._was_home = self._canvas.view_control.view.is_home
        self._is_beside = True
        self._keep_ink_seen()

    @Slot()
    def _on_closed(self) -> None:
        self._is_beside = False
        self._rest()
        view = self._canvas.view_control.view
        if self._was_home and view.scale == 1.0:
            self._canvas.view_control.go_home()

    @Slot()
    def _keep_ink_seen(self) -> None:
        """Move the paper as the panel takes its place from it, until a pen is on it."""
        if self._is_beside:
            QTimer.singleShot(0, self._show_ink)

    @Slot()
    def _show_ink(self) -> None:
        control, ink = self._canvas.view_control, self._page.ink_in_question
        control.show_ink()
        if ink.strokes:  # Where all ink is too large, at least that which is explained.
            control.show_box(ink.box)

    @Slot()
    def _on_stroke_started(self) -> None:
        self._rest()
        self._explained = ()
        self._is_beside = False  # Who writes wants the paper to lie still.
        # The panel makes the paper smaller: what counts is how large it was when it was drawn on.
        self._paper = self._canvas.view_control.view.seen

    @Slot()
    def _on_other_strokes(self) -> None:
        # Ink that no pen drew just now is judged by the paper that is seen; what an undo brings
        # back and what a deletion leaves, by that on which it was drawn.
        strokes = self._canvas.sheet.strokes
        is_left = bool(strokes) and set(strokes) <= set(self._strokes)
        self._paper = self._papers.get(self._canvas.step, self._paper if is_left else None)

    @Slot()
    def _on_stroke_finished(self) -> None:
        self._strokes = self._canvas.sheet.strokes
        self._papers[self._canvas.step] = self._paper
        for forgotten in list(self._papers)[:-STEPS]:  # As the sheet has forgotten them.
            del self._papers[forgotten]
        digits = self._page.digits
        # Which of several digits this is about is known once they are read.
        is_known = not self._page.reads_live or digits.is_current or self._canvas.is_blank
        if is_known and self._page.ink_in_question.strokes != self._explained:
            self._ask()

    @Slot()
    def _on_digits_changed(self) -> None:
        if self._page.digits.is_current and self._page.ink_in_question.strokes != self._explained:
            self._ask()

    @Slot()
    def _ask(self) -> None:
        """Have the digit in question explained."""
        panel = self._panel
        if panel is None or not panel.isVisible() or self._canvas.is_drawing:
            return  # A pen that is down will be lifted.
        from handwrite_gui.reading.explaining.explanation import explanation
        from handwrite_gui.widgets.draw.why.panel import BLANK

        ink, sign = self._page.ink_in_question, self._sign
        self._explained = ink.strokes
        if self._failure is not None:
            panel.show_message(self._failure)
        elif sign:
            self._rest()
            # A person may say that it is a digit, of the same strokes.
            self._explained = ()
            panel.show_message(f"{sign_in_words(sign)} Choose a digit to see why it is read so.")
        elif not ink.strokes:
            self._rest()
            panel.show_message(BLANK)
        else:
            paper = self._paper or self._canvas.view_control.view.seen
            panel.start(ink, paper)
            box = paper.x(), paper.y(), paper.width(), paper.height()
            self._recognition.ask(_KEY, explanation(ink, box))

    @property
    def _sign(self) -> str:
        """What the ink in question is read as, if a sign: the model says nothing of these."""
        digits = self._page.digits
        about = digits.in_question if digits.is_current else None
        letter = "" if about is None else digits.letter_of(about) or ""
        return "" if letter.isdigit() else letter

    @Slot()
    def _rest(self) -> None:
        self._recognition.forget_question(_KEY)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence
        self._ask()

    @Slot(str, object)
    def _on_part_told(self, key: str, part: object) -> None:
        if key == _KEY and self._panel is not None:
            self._panel.show_part(cast("Part", part))

    @Slot(str)
    def _on_ended(self, key: str) -> None:
        if key == _KEY and self._panel is not None:
            self._panel.end()

    @Slot(str, str)
    def _on_question_failed(self, key: str, sentence: str) -> None:
        if key == _KEY and self._panel is not None:
            self._panel.show_message(sentence)
