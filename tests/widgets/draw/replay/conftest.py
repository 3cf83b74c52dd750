"""Ink that is written in a known time, and what is said of it."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.domain.opinions import opinions_of
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal
from handwrite_gui.widgets.draw.replay.panel import ReplayPanel
from handwrite_gui.widgets.draw.replay.player import Player

ReadingSaying = Callable[..., Reading]

MOMENTS = np.array([0.0, 100.0, 200.0, 400.0, 600.0, 800.0, 1000.0])
#: What is said at these moments; 10 is "no digit".
SAID = (10, 1, 1, 1, 7, 4, 4)


@pytest.fixture
def four() -> InkTime:
    """Two strokes: 0 to 400 ms downwards, 600 to 1000 ms to the right."""
    t = np.linspace(0, 400, 51)
    down = np.stack([0 * t + 200, 60 + t / 2, t, 0 * t + 0.7], axis=1)
    right = np.stack([100 + t / 2, 0 * t + 180, t + 600, 0 * t + 0.3], axis=1)
    return time_of(Ink((Stroke(down), Stroke(right)), pen_width=12.0))


@pytest.fixture
def saying() -> ReadingSaying:
    """Makes a Reading that says a digit, or 10 for none, with a confidence."""

    def saying(which: int, confidence: float = 0.9) -> Reading:
        probabilities = np.full(11, (1 - confidence) / 10)
        probabilities[which] = confidence
        box = (0.0, 0.0, 10.0, 10.0)
        digit = Digit(box, np.zeros((28, 28), np.float32), Prediction(probabilities))
        if which == 10:
            return Reading(refusal=Refusal.NO_DIGIT, refused=(digit,))
        return Reading((Number(str(which), confidence, box, (digit,)),))

    return saying


@pytest.fixture
def player(qapp: QApplication) -> Iterator[Player]:
    player = Player(qapp, lambda: 0.0)  # Time stands still.
    yield player
    player.pause()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def panel(qtbot: QtBot, window: QWidget, player: Player, four: InkTime) -> ReplayPanel:
    panel = ReplayPanel(player)
    QVBoxLayout(window).addWidget(panel)
    panel.load(four, MOMENTS)
    player.load(four.duration_ms)
    window.resize(700, 200)
    window.show()
    qtbot.waitExposed(window)
    panel.setFocus()
    return panel


@pytest.fixture
def told(panel: ReplayPanel, saying: ReadingSaying) -> ReplayPanel:
    """All is read."""
    said = [reading.first_digit.prediction for reading in map(saying, SAID) if reading.first_digit]
    panel.show_series(said, opinions_of(MOMENTS, said), "")
    return panel
