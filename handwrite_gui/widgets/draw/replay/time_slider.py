"""The time slider: scrubs through a replay, by keys from moment to moment and by strokes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

_LATER = (Qt.Key.Key_Right, Qt.Key.Key_Up)
_EARLIER = (Qt.Key.Key_Left, Qt.Key.Key_Down)


class TimeSlider(QSlider):
    """A slider over the ms of a replay.

    Signals:
        sought: The moment that a person goes to, in ms.
    """

    sought = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._moment_ms = self._duration_ms = 0.0
        self._moments = self._ends = np.zeros(1)
        self.setAccessibleName("Time")
        self.setToolTip("Arrows go from moment to moment, Page keys from stroke to stroke")
        self.actionTriggered.connect(self._on_action)

    def load(
        self, moments_ms: NDArray[np.float64], ends_ms: NDArray[np.float64], duration_ms: float
    ) -> None:
        """Take another replay.

        Args:
            moments_ms: Where the arrow keys go.
            ends_ms: Where the strokes end, to which the Page keys go.
            duration_ms: How long it is.
        """
        self._moments, self._duration_ms = moments_ms, duration_ms
        self._ends = np.concatenate([[0.0], ends_ms])
        self.setRange(0, round(duration_ms))
        self.setPageStep(max(round(duration_ms / 10), 1))

    def show_moment(self, moment_ms: float) -> None:
        """Go with the replay."""
        self._moment_ms = moment_ms
        self.setValue(round(moment_ms))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step; other keys are the panel's."""
        targets = {
            **dict.fromkeys(_LATER, (self._moments, 1)),
            **dict.fromkeys(_EARLIER, (self._moments, -1)),
            Qt.Key.Key_PageUp: (self._ends, 1),
            Qt.Key.Key_PageDown: (self._ends, -1),
        }
        key = Qt.Key(event.key())
        if key in targets:
            self.sought.emit(self._next(*targets[key]))
        elif key == Qt.Key.Key_Home:
            self.sought.emit(0.0)
        elif key == Qt.Key.Key_End:
            self.sought.emit(self._duration_ms)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the groove is clicked, and drag from there."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = QStyle.sliderValueFromPosition(
                self.minimum(), self.maximum(), round(event.position().x()), self.width()
            )
            self.setSliderPosition(place)
            self.sought.emit(float(place))
        super().mousePressEvent(event)

    def _next(self, stops: NDArray[np.float64], step: int) -> float:
        """The nearest stop after the moment that is shown, or before it; else the last there is."""
        beyond = stops[(stops - self._moment_ms) * step > 0.0]
        if len(beyond) == 0:
            return self._duration_ms if step > 0 else 0.0
        return float(beyond.min() if step > 0 else beyond.max())

    @Slot(int)
    def _on_action(self) -> None:
        """After the wheel or the mouse."""
        self.sought.emit(float(self.sliderPosition()))
