"""The eraser: it takes the strokes that it meets, or what it passes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from handwrite_gui.domain.ink import Bounds
from handwrite_gui.widgets.draw.ink_painter import ink_reach
from handwrite_gui.widgets.draw.live_stroke import Tilt
from handwrite_gui.widgets.draw.tool import LEAST_REACH

if TYPE_CHECKING:
    from handwrite_gui.domain.erasing import Erasure
    from handwrite_gui.widgets.draw.canvas import Canvas


class EraserTool:
    """Erases strokes on a canvas. From press to lift it is one step that can be undone.

    Attributes:
        parts: Whether it takes only what it passes, and not whole strokes.

    Thread:
        The window's.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.parts = False
        self._canvas, self._sheet, self._view = canvas, canvas.sheet, canvas.view
        self._erasure: Erasure | None = None
        self._has_erased = False
        self._last: tuple[float, float] | None = None

    @property
    def reach(self) -> float:
        """How far it reaches, in canvas units."""
        return max(self._sheet.pen_width, LEAST_REACH / self._view.scale)

    def press(
        self,
        at: QPointF,
        time_ms: float,
        pressure: float,
        keys: Qt.KeyboardModifier,
        tilt: Tilt | None = None,
    ) -> None:
        """Erase what is there."""
        # Imported only here: the window is to be seen at once.
        from handwrite_gui.domain.erasing import Erasure

        # What is left ends in half a round: cut so far away, it is seen to end at the eraser.
        reach = self.reach + (self._sheet.pen_width / 2 if self.parts else 0.0)
        self._erasure = Erasure(self._sheet.strokes, reach, parts=self.parts)
        self._has_erased = False
        self._last = None
        self.move(at, time_ms, pressure)

    def move(self, at: QPointF, time_ms: float, pressure: float, tilt: Tilt | None = None) -> None:
        """Erase what is on the way there; nothing beyond the edge, where nobody sees it go."""
        if self._erasure is None:
            return
        place = self._view.on_paper(at)
        is_beyond = place != self._view.to_paper(at)
        if is_beyond and self._last is None:
            return
        box = self._erasure.sweep(self._last or place, place)
        self._last = None if is_beyond else place
        if box is not None:
            self._sheet.change(self._erasure.strokes)
            self._mend(self._erasure, box)

    def lift(self) -> None:
        """End the step, if anything was erased."""
        erasure, self._erasure = self._erasure, None
        if erasure is None or erasure.touched is None:
            return
        # Where a stroke was cut, its curve and width differ a little along what is left of it.
        self._mend(erasure, erasure.touched)
        self._has_erased = True
        self._sheet.end_change()

    def take_back(self) -> None:
        """End the step and undo it, if anything was erased."""
        self.lift()
        if self._has_erased:
            self._has_erased = False
            self._sheet.undo()

    def _mend(self, erasure: Erasure, box: Bounds) -> None:
        near = erasure.near(box, 2 * ink_reach(self._sheet.pen_width))
        self._canvas.mend(box, near)
