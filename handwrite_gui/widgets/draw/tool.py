"""A tool: what a mouse, a pen or a finger does to the paper."""

from __future__ import annotations

from typing import Literal, Protocol

from PySide6.QtCore import QPointF, Qt

from handwrite_gui.widgets.draw.live_stroke import Tilt

ToolName = Literal["pen", "eraser", "select"]
#: What takes hold of ink reaches at least this far, in pixels: a thin pen's must be easy to hit.
LEAST_REACH = 8.0


class Tool(Protocol):
    """Takes part in one gesture at a time, from press to lift. Places are the canvas's pixels."""

    def press(
        self,
        at: QPointF,
        time_ms: float,
        pressure: float,
        keys: Qt.KeyboardModifier,
        tilt: Tilt | None = None,
    ) -> None:
        """Put it down."""

    def move(self, at: QPointF, time_ms: float, pressure: float, tilt: Tilt | None = None) -> None:
        """Move it while it is down."""

    def lift(self) -> None:
        """Lift it; nothing happens where it is up."""

    def take_back(self) -> None:
        """Lift it, and undo what its last gesture did."""
