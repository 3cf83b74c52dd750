"""Ink that is written in a known time, and what is said of it."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.domain.opinions import opinions_of
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal
from handwrite_gui.widgets.draw.replay import frames as frames_module
from handwrite_gui.widgets.draw.replay.frames import Frames
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


@pytest.fixture
def image_of() -> Callable[..., QImage]:
    """Paints frames on white, at so many pixels to a canvas unit: `image_of(frames, ratio)`."""

    def image_of(frames: Frames, ratio: float = 1.0) -> QImage:
        image = QImage(QSize(320, 300) * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        frames.paint(painter)
        painter.end()
        return image

    return image_of


class Counted:
    """Counts the pieces of curves that are painted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces = 0
        paint = frames_module.paint_pieces

        def count(painter: QPainter, pieces: list[object], *rest: object) -> None:
            self.pieces += len(pieces)
            paint(painter, pieces, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(frames_module, "paint_pieces", count)

    def of(self, frames: Frames, moment_ms: float) -> int:
        self.pieces = 0
        frames.show(moment_ms)
        while frames.go_on():
            pass
        return self.pieces


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


@pytest.fixture
def spiral() -> Callable[[int, int], InkTime]:
    """Makes much ink: so many points, in so many strokes."""

    def spiral(points: int, strokes: int) -> InkTime:
        t = np.arange(points)
        x, y = 150 + 140 * np.cos(t / 40) * t / points, 150 + 140 * np.sin(t / 40) * t / points
        rows = np.stack([x, y, 4.0 * t, 0 * t + 0.5], axis=1)
        return time_of(Ink(tuple(Stroke(part) for part in np.split(rows, strokes)), pen_width=12.0))

    return spiral
