"""The replay's panel: play and pause, time and speed, the chart, and its meaning in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.domain.opinions import Opinion
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.widgets.draw.replay.chart import Chart
from handwrite_gui.widgets.draw.replay.opinion_list import OpinionList
from handwrite_gui.widgets.draw.replay.paper import HINT
from handwrite_gui.widgets.draw.replay.player import SPEEDS, Player
from handwrite_gui.widgets.draw.replay.time_slider import TimeSlider
from handwrite_gui.widgets.draw.replay.words import describe_opinions, seconds
from handwrite_gui.widgets.elided_label import ElidedLabel
from handwrite_gui.widgets.focus import PassesFocus
from handwrite_gui.widgets.icon_button import IconButton
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.theme import ICON_SIDE, SPACING, font

_FASTER, _SLOWER = ("+",), ("-", "−")
_EVEN = {
    "all": "This ink tells no times: it is written here at an even speed.",
    "some": "Some of these strokes tell no times: they are written here at an even speed.",
}


class ReplayPanel(PassesFocus):
    """What is beneath the paper while ink is replayed; where it is not seen, nothing plays.

    Args:
        player: What it works.
        parent: Owner of this widget.

    Signals:
        close_requested: The canvas is wanted back.
        opened: It is seen from now on.
        closed: It is not seen any more.
    """

    close_requested = Signal()
    opened = Signal()
    closed = Signal()

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._length = ""
        self._play = IconButton(ICON_SIDE)
        self._play.setAutoRaise(True)
        self._time = QLabel()
        self._time.setFont(font("body"))
        self._slider = TimeSlider()
        self._hint = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._hint.setProperty("muted", True)
        self._hint.show_text(HINT)
        self._speed = QComboBox()
        self._speed.addItems([f"{speed:g}×" for speed in SPEEDS])
        self._speed.setToolTip("Speed (+ and −)")
        self._speed.setAccessibleName("Speed")
        self._close = IconButton()
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip("Close the replay and go on writing (Esc)")
        self._close.setAccessibleName("Close the replay")
        self._chart = Chart()
        self._opinions = OpinionList()
        self._even = QLabel()
        self._even.setWordWrap(True)
        self._even.setProperty("muted", True)
        self._lay_out()
        self._connect()
        self.pass_focus_to(self._slider)
        self._on_playing_changed(False)
        self._on_speed_changed(player.speed)

    def load(self, time: InkTime, moments_ms: NDArray[np.float64]) -> None:
        """Show another replay, of which nothing is read yet."""
        self._length = seconds(time.duration_ms)
        self._measure()
        self._slider.load(moments_ms, time.stroke_ends_ms, time.duration_ms)
        self._chart.load(moments_ms, time.duration_ms)
        self._opinions.show_opinions(())
        lines = sum(len(stroke.points) > 1 for stroke in time.ink.strokes)
        self._even.setText(_EVEN["all" if time.untimed == lines else "some"])
        self._even.setVisible(time.untimed > 0)

    def show_series(
        self, said: Sequence[Prediction], opinions: Sequence[Opinion], note: str
    ) -> None:
        """Show what was said at the first moments, and in place of the rest why it is missing."""
        self._chart.show_series(said, opinions, note)
        self._opinions.show_opinions(opinions)
        self._opinions.show_moment(self._player.moment_ms)
        self._chart.setAccessibleDescription(note or describe_opinions(opinions))

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that there is somebody to work for."""
        super().showEvent(event)
        self.opened.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        self._player.pause()
        super().hideEvent(event)
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play or pause, or change the speed."""
        if event.key() == Qt.Key.Key_Space:
            self._player.toggle()
        elif event.text() in _FASTER:
            self._player.change_speed(1)
        elif event.text() in _SLOWER:
            self._player.change_speed(-1)
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        """Give the time the room that it needs at most: nothing beside it may move."""
        longest = f"{self._length} of {self._length}"
        self._time.setFixedWidth(self._time.fontMetrics().horizontalAdvance(longest) + SPACING)

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(SPACING)
        controls.addWidget(self._play)
        controls.addWidget(self._time)
        controls.addWidget(self._hint, 1)
        controls.addWidget(self._speed)
        controls.addWidget(self._close)
        # The slider's handle is above the chart's playhead.
        over_time = QVBoxLayout()
        over_time.setSpacing(0)
        over_time.addWidget(self._slider)
        over_time.addWidget(self._chart, 1)
        below = QHBoxLayout()
        below.setSpacing(SPACING)
        below.addLayout(over_time, 3)
        below.addWidget(self._opinions, 2)  # Where there is room, as wide as it wants to be.
        policy = QSizePolicy.Policy
        self._chart.setSizePolicy(policy.Expanding, policy.Preferred)
        self._opinions.setSizePolicy(policy.Maximum, policy.Ignored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(controls)
        layout.addLayout(below)
        layout.addWidget(self._even)

    def _connect(self) -> None:
        player = self._player
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing_changed)
        player.speed_changed.connect(self._on_speed_changed)
        self._play.clicked.connect(player.toggle)
        self._close.clicked.connect(self.close_requested)
        self._speed.activated.connect(self._on_speed_chosen)
        for widget in (self._slider, self._chart, self._opinions):
            # Who looks for a moment wants to stay there.
            widget.sought.connect(player.pause)
            widget.sought.connect(player.seek)

    @Slot(float)
    def _on_moved(self, moment_ms: float) -> None:
        told = f"{seconds(moment_ms)} of {self._length}"
        self._time.setText(told)
        if not self._player.is_playing:  # Nobody could listen to each of its moments.
            self._slider.setAccessibleDescription(told)
        self._slider.show_moment(moment_ms)
        self._chart.show_moment(moment_ms)
        self._opinions.show_moment(moment_ms)

    @Slot(bool)
    def _on_playing_changed(self, playing: bool) -> None:
        self._play.setAccessibleName("Pause" if playing else "Play")
        self._play.setIcon(icon("pause" if playing else "play"))
        self._play.setToolTip(f"{self._play.accessibleName()} (Space)")

    @Slot(float)
    def _on_speed_changed(self, speed: float) -> None:
        self._speed.setCurrentIndex(SPEEDS.index(speed))

    @Slot(int)
    def _on_speed_chosen(self, index: int) -> None:
        self._player.set_speed(SPEEDS[index])
