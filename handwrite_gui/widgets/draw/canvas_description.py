"""The canvas's description: what a person hears who cannot see it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.draw.canvas import Canvas

BLANK = "Blank. Write digits here with the mouse, a pen or a finger."


class CanvasDescription(QObject):
    """Keeps the description true to what is on the canvas and what was read of it.

    While the pen is down it waits: a screen reader would never come to an end.

    Thread:
        The window's.
    """

    def __init__(self, canvas: Canvas, answer: AnswerPanel) -> None:
        super().__init__(canvas)
        self._canvas, self._answer = canvas, answer
        canvas.stroke_finished.connect(self._describe)
        answer.changed.connect(self._describe)
        self._describe()

    @Slot()
    def _describe(self) -> None:
        if self._canvas.is_drawing:
            return
        text = self._text()
        if text != self._canvas.accessibleDescription():
            self._canvas.setAccessibleDescription(text)

    def _text(self) -> str:
        if self._canvas.is_blank:
            return BLANK
        count = len(self._canvas.ink().strokes)
        strokes = "1 stroke" if count == 1 else f"{count} strokes"
        text = self._answer.text
        if text:
            others = f" {self._answer.others}." if self._answer.others else ""
            return f"{strokes}; read as {text}, {self._answer.words}.{others}"
        return f"{strokes}. {self._answer.note}".strip()
