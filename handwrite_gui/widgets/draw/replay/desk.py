"""The replay desk: the way from the canvas's ink to a replay of it and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from handwrite_gui.domain.reading import Reading
from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.settings import Settings
from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.draw.page import DrawPage

if TYPE_CHECKING:
    from handwrite_gui.domain.ink_time import InkTime
    from handwrite_gui.widgets.draw.replay.replay import Replay

#: The recognition's questions and their answers bear this key.
KEY = "replay"
#: Settings that the paper depends on.
_OF_PAPER = ("pen_width", "guides")


class ReplayDesk(QObject):
    """Shows the replay in the canvas's place as long as its action is checked.

    Of several digits it replays the one that is chosen, or else all ink, digit by digit: at each
    moment the one that is being written is read.

    Whatever changes the ink or wants it read (undo, clear, paste, a file, Predict) ends the replay,
    so that its outcome is seen. The canvas, its ink and its answer are never touched. While another
    page is seen nothing is read.

    Thread:
        The window's.
    """

    def __init__(
        self,
        actions: Actions,
        page: DrawPage,
        recognition: RecognitionService,
        settings: Settings,
    ) -> None:
        super().__init__(page)
        self._action, self._page = actions.replay, page
        self._recognition, self._settings = recognition, settings
        self._made: Replay | None = None
        self._time: InkTime | None = None
        self._of_strokes: NDArray[np.int_] = np.zeros(0, int)
        self._failure = ""
        page.panels.add(self._action, self._make_panel, is_instead=True)
        self._action.toggled.connect(self._on_toggled)
        actions.predict.triggered.connect(self._close)
        recognition.part_told.connect(self._on_part_told)
        recognition.question_failed.connect(self._on_question_failed)
        recognition.failed.connect(self._on_model_failed)
        recognition.care_changed.connect(self._ask_anew)
        settings.changed.connect(self._on_setting_changed)

    def _replay(self) -> Replay:
        if self._made is None:
            # Imported only here: the window is to be seen at once.
            from handwrite_gui.widgets.draw.replay.replay import Replay

            control = self._page.canvas.view_control
            self._made = Replay(control.view, self)
            control.view_changed.connect(self._made.paper.follow_view)
            self._made.panel.close_requested.connect(self._close)
            self._made.panel.opened.connect(self._ask)
            self._made.panel.closed.connect(self._rest)
        return self._made

    def _make_panel(self) -> QWidget:
        return self._replay().panel

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        if wanted:
            self._open()
        elif self._time is not None:
            self._time = None
            self._page.canvas.ink_changed.disconnect(self._close)
            self._rest()
            self._page.show_instead(None)
            self._replay().unload()

    def _open(self) -> None:
        from handwrite_gui.domain.ink_time import time_of
        from handwrite_gui.reading.replay import digits_of_strokes

        canvas, digits, replay = self._page.canvas, self._page.digits, self._replay()
        canvas.finish_stroke()
        marks = digits.all if digits.is_current else ()
        # On blank paper the action is disabled.
        if digits.selected is None and len(marks) > 1:
            self._time = time_of(canvas.ink())
            of_marks = [mark.strokes for mark in marks]
        else:
            self._time, of_marks = time_of(self._page.ink_in_question), []
        self._of_strokes = digits_of_strokes(self._time, of_marks)
        nths = dict(zip(self._time.ink.strokes, self._of_strokes.tolist(), strict=True))
        letters = {nths.get(digits.key(mark), -1): digits.letter_of(mark) for mark in marks}
        # What the model of digits says of these is no answer.
        signs = {nth: letter for nth, letter in letters.items() if letter and not letter.isdigit()}
        pen_width, guides = map(self._settings.value, _OF_PAPER)
        replay.load(self._time, pen_width, guides, self._of_strokes, signs)
        self._page.show_instead(replay.paper, replay.answer)
        # Only now, for at any other time a move of the pen is to cost nothing more.
        canvas.ink_changed.connect(self._close)
        replay.player.play()

    @Slot()
    def _close(self) -> None:
        if self._time is not None:
            self._page.panels.close_panel()

    @Slot()
    def _ask_anew(self) -> None:
        """Have the ink read at all moments, from the first on."""
        if self._time is not None:
            self._replay().forget_readings()
            self._ask()

    @Slot()
    def _ask(self) -> None:
        """Have the ink read at the moments that are still wanted, if the panel is seen."""
        if self._time is None:
            return
        from handwrite_gui.reading.replay import read_moments

        replay = self._replay()
        wanted = replay.unread_ms
        if self._failure:
            replay.say(self._failure)
        elif len(wanted) > 0 and replay.panel.isVisible():
            ask = partial(read_moments, self._time, wanted, of_strokes=self._of_strokes)
            self._recognition.ask(KEY, ask)

    @Slot()
    def _rest(self) -> None:
        self._recognition.forget_question(KEY)

    @Slot(str, object)
    def _on_part_told(self, key: str, readings: tuple[Reading, ...]) -> None:
        if key == KEY:
            self._replay().add_readings(readings)

    @Slot(str, str)
    def _on_question_failed(self, key: str, sentence: str) -> None:
        if key == KEY:
            self._replay().say(sentence)

    @Slot(str)
    def _on_model_failed(self, sentence: str) -> None:
        self._failure = sentence
        if self._time is not None:
            self._replay().say(sentence)

    @Slot(str)
    def _on_setting_changed(self, key: str) -> None:
        if key in _OF_PAPER and self._time is not None:
            replay = self._replay()
            replay.paper.load(self._time, *map(self._settings.value, _OF_PAPER))
            replay.paper.show_moment(replay.player.moment_ms)
