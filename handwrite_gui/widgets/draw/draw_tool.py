"""The pen as a tool: it leaves a stroke where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from handwrite_gui.widgets.draw.live_stroke import LiveStroke, Tilt

if TYPE_CHECKING:
    from handwrite_gui.widgets.draw.canvas import Canvas


class DrawTool:
    """Draws on a canvas.

    A move paints one segment and costs the same whatever else is on the paper.

    Attributes:
        stabiliser: How much the next stroke is calmed: the longest lag, in canvas units.

    Thread:
        The window's.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.stabiliser = 0.0
        self._canvas, self._sheet = canvas, canvas.sheet
        self._view, self._painted = canvas.view, canvas.painted
        self._live: LiveStroke | None = None

    def press(
        self,
        at: QPointF,
        time_ms: float,
        pressure: float,
        keys: Qt.KeyboardModifier,
        tilt: Tilt | None = None,
    ) -> None:
        """Begin a stroke."""
        sheet, view, was_blank = self._sheet, self._view, self._sheet.is_blank
        # A hand shakes as much, however large the paper is seen.
        self._live = sheet.live = LiveStroke(*view.on_paper(at), self.stabiliser / view.scale)
        self._painted.start(self._live.points(), sheet.pen_width)
        self.move(at, time_ms, pressure, tilt)
        sheet.stroke_started.emit()
        if was_blank:
            self._canvas.update()  # The hint goes.

    def move(self, at: QPointF, time_ms: float, pressure: float, tilt: Tilt | None = None) -> None:
        """Add a point."""
        live = self._live
        if live is None:
            return
        point = live.add(*self._view.on_paper(at), time_ms, pressure, tilt)
        self._canvas.update(*self._painted.add(point, live.pen))
        self._sheet.ink_changed.emit()

    def lift(self) -> None:
        """Finish the stroke."""
        if self._live is None:
            return
        live, self._live = self._live, None
        point = live.end()
        if point is not None:
            self._canvas.update(*self._painted.add(point, live.pen))
        self._canvas.update(*self._painted.end())
        self._sheet.finish_stroke(live)

    def take_back(self) -> None:
        """Finish the stroke and undo it, or the newest; redo brings it back."""
        self.lift()
        self._sheet.undo()
