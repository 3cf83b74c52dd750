"""A tap on a label: it selects the digit and draws nothing; a stroke may begin there, too."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from handwrite_gui.domain.reading import Digit
from handwrite_gui.widgets.draw.live_stroke import Tilt
from handwrite_gui.widgets.draw.tool import Tool

#: A hand that moves less than this clicks, in pixels.
CLICK = 4.0


class LabelTool(QObject):
    """Takes a press on a label, and hands it to the tool in use as soon as it is no click.

    Signals:
        tapped: The Digit whose label was clicked.

    Thread:
        The window's.
    """

    tapped = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._digit: Digit | None = None
        self._tool: Tool | None = None
        self._is_handed_over = False
        self._waiting: list[tuple[QPointF, float, float, Tilt | None]] = []
        self._keys = Qt.KeyboardModifier.NoModifier

    def take(self, digit: Digit, tool: Tool) -> Tool:
        """Take the next gesture, which begins on a digit's label, or hand it to this tool."""
        self._digit, self._tool, self._is_handed_over = digit, tool, False
        return self

    def press(
        self,
        at: QPointF,
        time_ms: float,
        pressure: float,
        keys: Qt.KeyboardModifier,
        tilt: Tilt | None = None,
    ) -> None:
        """Wait for what comes."""
        self._waiting, self._keys = [(QPointF(at), time_ms, pressure, tilt)], keys

    def move(self, at: QPointF, time_ms: float, pressure: float, tilt: Tilt | None = None) -> None:
        """Go on waiting, or let the tool do what was done since the press."""
        if self._tool is None:
            return
        if self._is_handed_over:
            self._tool.move(at, time_ms, pressure, tilt)
            return
        self._waiting.append((QPointF(at), time_ms, pressure, tilt))
        way = at - self._waiting[0][0]
        if max(abs(way.x()), abs(way.y())) >= CLICK:
            self._is_handed_over = True
            (first, *rest), self._waiting = self._waiting, []
            place, pressed_ms, force, lean = first
            self._tool.press(place, pressed_ms, force, self._keys, lean)
            for each in rest:
                self._tool.move(*each)

    def lift(self) -> None:
        """Select the digit, or lift the tool."""
        digit, self._digit = self._digit, None
        if self._is_handed_over and self._tool is not None:
            self._tool.lift()
        elif digit is not None:
            self.tapped.emit(digit)

    def take_back(self) -> None:
        """Undo what the tool did; a tap did nothing."""
        self._digit = None
        if self._is_handed_over and self._tool is not None:
            self._tool.take_back()
