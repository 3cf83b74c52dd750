"""The replay: paper, panel and answer, which all show one moment of how ink was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.domain.opinions import Opinion, opinions_of
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.replay import digits_at, digits_of_strokes, moments_of
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.answer_scroll import AnswerScroll
from handwrite_gui.widgets.draw.replay.opinion_list import opinion_at
from handwrite_gui.widgets.draw.replay.panel import ReplayPanel
from handwrite_gui.widgets.draw.replay.paper import Paper
from handwrite_gui.widgets.draw.replay.player import Player
from handwrite_gui.widgets.draw.replay.words import describe_change
from handwrite_gui.widgets.draw.view import View

WAITING, WORKING = "Waiting for the model…", "Being worked out…"


class Replay(QObject):
    """Shows how ink was written, and what was read of it at each moment.

    Args:
        view: The canvas's, for the paper.
        parent: Owner of this object.

    Attributes:
        player: Where it is.
        paper: To be seen in the canvas's place.
        panel: To be seen beneath.
        answer: To be seen beside; it takes no corrections, for it is about unfinished ink.

    Thread:
        The window's.
    """

    def __init__(self, view: View, parent: QObject) -> None:
        super().__init__(parent)
        self.player = Player(self)
        self.paper = Paper(view)
        self.panel = ReplayPanel(self.player)
        self.paper.pass_focus_to(self.panel)
        self._answer = AnswerPanel(is_corrigible=False)
        self.answer = AnswerScroll(self._answer)
        self._moments: NDArray[np.float64] = np.zeros(0)
        #: Which digit is written at each of them.
        self._nths: list[int] = []
        self._signs: Mapping[int, str] = {}
        self._readings: list[Reading] = []
        self._said: list[Prediction] = []
        self._opinions: Sequence[Opinion] = ()
        self._note = WAITING
        self._opinion = -1
        self._shown: Reading | None = None
        self.paper.clicked.connect(self.player.toggle)
        self.player.moved.connect(self._on_moved)

    @property
    def unread_ms(self) -> NDArray[np.float64]:
        """The moments of which Readings are still wanted, in order."""
        return self._moments[len(self._readings) :]

    def load(
        self,
        time: InkTime,
        pen_width: float,
        guides: str,
        of_strokes: NDArray[np.int_] | None = None,
        signs: Mapping[int, str] | None = None,
    ) -> None:
        """Wait at the beginning of other ink.

        Args:
            time: When it is written.
            pen_width: As for `Paper.load`.
            guides: Likewise.
            of_strokes: As for `read_moments`.
            signs: As for `opinions_of`.
        """
        self._moments = moments_of(time)
        if of_strokes is None:
            of_strokes = digits_of_strokes(time, ())
        self._nths = digits_at(time, self._moments, of_strokes).tolist()
        self._signs = signs or {}
        self.paper.load(time, pen_width, guides)
        self.panel.load(time, self._moments)
        self.forget_readings()
        self.player.load(time.duration_ms)

    def unload(self) -> None:
        """Rest, and free what was painted."""
        self.player.pause()
        self.paper.unload()

    def forget_readings(self) -> None:
        """Wait for other Readings of the same moments."""
        self._readings, self._said = [], []
        self._show_series(WAITING)

    def add_readings(self, readings: Sequence[Reading]) -> None:
        """Show the Readings of the next moments."""
        self._readings.extend(readings)
        digits = [reading.first_digit for reading in readings]
        self._said.extend(digit.prediction for digit in digits if digit is not None)
        is_done = len(self._readings) == len(self._moments)
        self._show_series("" if is_done else WORKING)

    def say(self, sentence: str) -> None:
        """Say why there are no more Readings."""
        self._show_series(sentence)

    def _show_series(self, note: str) -> None:
        self._note = note
        self._opinions = opinions_of(self._moments, self._said, self._nths, self._signs)
        self.panel.show_series(self._said, self._opinions, note)
        self._show_answer(self.player.moment_ms)
        self._opinion = opinion_at(self._opinions, self.player.moment_ms)

    @Slot(float)
    def _on_moved(self, moment_ms: float) -> None:
        self.paper.show_moment(moment_ms)
        self._show_answer(moment_ms)
        before, self._opinion = self._opinion, opinion_at(self._opinions, moment_ms)
        if 0 <= before < self._opinion:
            said = describe_change(*self._opinions[self._opinion - 1 : self._opinion + 1])
            announce(self.panel, said)

    def _show_answer(self, moment_ms: float) -> None:
        index = max(int(np.searchsorted(self._moments, moment_ms, side="right")) - 1, 0)
        reading = self._readings[index] if index < len(self._readings) else None
        if reading is None:
            self._answer.show_message(self._note)
        elif reading is not self._shown:
            mark, sign = reading.first_digit, self._signs.get(self._nths[index])
            if mark is not None and sign is not None:
                self._answer.show_sign(mark, sign)
            else:
                self._answer.show_reading(reading)
        self._shown = reading
