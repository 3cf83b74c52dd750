"""The player: where a replay is, and how fast it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

#: How many times as fast as it was written.
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
#: Between two pictures, in ms: a screen shows sixty a second.
FRAME_MS = 16


class Player(QObject):
    """Goes through a replay. Its timer runs only while it plays.

    Args:
        parent: Owner of this object.
        clock: Tells the time in seconds.

    Signals:
        moved: The moment that is shown, in ms of the replay.
        playing_changed: Whether it plays.
        speed_changed: The speed, one of `SPEEDS`.

    Thread:
        The window's.
    """

    moved = Signal(float)
    playing_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seen_at = 0.0
        self._moment_ms = self._duration_ms = 0.0
        self._speed = 1.0
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)

    @property
    def moment_ms(self) -> float:
        """The moment that is shown."""
        return self._moment_ms

    @property
    def speed(self) -> float:
        """One of `SPEEDS`."""
        return self._speed

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def load(self, duration_ms: float) -> None:
        """Take another replay, and wait at its beginning."""
        self.pause()
        self._duration_ms = duration_ms
        self.seek(0.0)

    @Slot()
    def play(self) -> None:
        """Go on; from the beginning where the end is reached."""
        if self._moment_ms >= self._duration_ms:
            self.seek(0.0)
        if self._duration_ms > 0.0 and not self.is_playing:
            self._seen_at = self._clock()
            self._timer.start()
            self.playing_changed.emit(True)

    @Slot()
    def pause(self) -> None:
        """Stay where it is."""
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    @Slot()
    def toggle(self) -> None:
        """Play, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    @Slot(float)
    def seek(self, moment_ms: float) -> None:
        """Show another moment; what plays goes on from there."""
        self._seen_at = self._clock()
        self._moment_ms = min(max(moment_ms, 0.0), self._duration_ms)
        self.moved.emit(self._moment_ms)

    @Slot(float)
    def set_speed(self, speed: float) -> None:
        """Play at one of `SPEEDS`."""
        if speed != self._speed:
            self._speed = speed
            self.speed_changed.emit(speed)

    def change_speed(self, steps: int) -> None:
        """Play at a speed so many steps faster or, below 0, slower, as far as there are."""
        at = SPEEDS.index(self._speed) + steps
        self.set_speed(SPEEDS[min(max(at, 0), len(SPEEDS) - 1)])

    @Slot()
    def _on_frame(self) -> None:
        now = self._clock()
        passed_ms = 1000.0 * (now - self._seen_at) * self._speed
        self.seek(self._moment_ms + passed_ms)
        if self._moment_ms >= self._duration_ms:
            self.pause()
