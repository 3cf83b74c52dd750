"""The keys that do something to a selection while the canvas has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from handwrite_gui.domain.transform import moving, scaling_about_middle
from handwrite_gui.widgets.draw.selection import Selection
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.pan_zoom import ARROWS, KEYPAD

#: How far an arrow key moves what is selected, and with Shift, in canvas units.
NUDGE, LARGE_NUDGE = 1.0, 8.0
#: How much + makes it larger.
GROWTH = 1.1
_GROWTHS: dict[int, float] = {Qt.Key.Key_Plus: GROWTH, Qt.Key.Key_Minus: 1 / GROWTH}
_STEPS: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class SelectionKeys:
    """Chooses, moves and scales what is selected, a step for each press of a key.

    A key that is held makes one step, however far it goes.
    """

    def __init__(self, selection: Selection, view: View) -> None:
        self._selection, self._view = selection, view

    def handle(self, event: QKeyEvent, *, steps: bool) -> bool:
        """Do what a key says; return whether it was about the selection.

        Args:
            event: The key.
            steps: Whether keys may go from stroke to stroke.
        """
        if event.modifiers() & ~(_SHIFT | KEYPAD):
            return False
        key, shift = event.key(), bool(event.modifiers() & _SHIFT)
        if key in _STEPS and steps:
            self._selection.select_next(_STEPS[key], adds=shift)
            return True
        if not self._selection.strokes:
            return False
        there, paper = self._selection.bounds, self._view.bounds
        if key == Qt.Key.Key_Escape:
            self._selection.clear()
        elif key in ARROWS:
            way = LARGE_NUDGE if shift else NUDGE
            x, y = ARROWS[key]
            change = moving(there, (way * x, way * y), paper)
            self._selection.transform(change, same_step=event.isAutoRepeat())
        elif key in _GROWTHS:
            change = scaling_about_middle(there, _GROWTHS[key], paper)
            self._selection.transform(change, same_step=event.isAutoRepeat())
        else:
            return False
        return True
