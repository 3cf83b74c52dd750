"""The eraser: it takes the strokes that it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from handwrite_gui.domain.erasing import strokes_beyond

if TYPE_CHECKING:
    from handwrite_gui.widgets.draw.canvas import Canvas

#: It reaches at least this far, in canvas units: a thin pen's ink must be easy to hit.
LEAST_REACH = 8.0


class EraserTool:
    """Erases strokes that pass within the pen's width of it.

    Thread:
        The window's.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._sheet = canvas, canvas.sheet

    @property
    def reach(self) -> float:
        """How far it reaches, in canvas units."""
        return max(self._sheet.pen_width, LEAST_REACH)

    def press(
        self, at: QPointF, time_ms: float, pressure: float, keys: Qt.KeyboardModifier
    ) -> None:
        """Erase what is there."""
        self.move(at, time_ms, pressure)

    def move(self, at: QPointF, time_ms: float, pressure: float) -> None:
        """Erase what is there."""
        strokes = self._sheet.strokes
        kept = strokes_beyond(strokes, *self._canvas.on_paper(at), self.reach)
        if len(kept) < len(strokes):
            self._sheet.put(kept)

    def lift(self) -> None:
        """What is erased is erased already."""

    def take_back(self) -> None:
        """The eraser belongs to a pen; no palm has it."""
