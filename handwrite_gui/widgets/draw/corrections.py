"""Corrections: what a person says of digits on the canvas, and what is to be kept of that."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.reading import Digit
from handwrite_gui.widgets.draw.sheet import Sheet


@dataclass(eq=False, slots=True)
class _Known:
    digit: Digit
    said: int | None = None


class Corrections(QObject):
    """Puts corrections into the ink, so that they are undone as strokes are.

    Whoever keeps them for learning is told of each, and of each that is undone or redone; what is
    erased or cleared after it was corrected is still known to be what was said.

    Signals:
        told: A Digit, what a person says it is or None where they took that back, and its Ink.

    Thread:
        The window's.
    """

    told = Signal(object, object, object)

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._known: dict[tuple[Stroke, ...], _Known] = {}
        sheet.stroke_finished.connect(self._tell)

    def correct(self, digit: Digit, strokes: tuple[Stroke, ...], said: int) -> None:
        """Take what a person says a digit is, unless that is what they have said before.

        Args:
            digit: What was read.
            strokes: All its strokes, in the order of the sheet's.
            said: The digit, 0 to 9.
        """
        known = self._known.setdefault(strokes, _Known(digit))
        known.digit = digit
        if digit.said != said:
            self._sheet.correct(Correction(strokes, said))

    @Slot()
    def _tell(self) -> None:
        if not self._known:
            return
        sheet = self._sheet
        there = set(sheet.strokes)
        said = sheet.ink().standing_corrections
        standing = {tuple(sheet.strokes[i] for i in indices): said[indices] for indices in said}
        for strokes, known in self._known.items():
            now = standing.get(strokes)
            if now != known.said and there.issuperset(strokes):
                known.said = now
                self.told.emit(known.digit, now, Ink(strokes, pen_width=sheet.pen_width))
