"""The answer's text: one digit as large as it was ever shown, a long number in the same place."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from handwrite_gui.widgets.theme import SPACING, colours, font

#: Sizes of the text, as shares of a single digit's: few, so that a number that grows does not
#: shrink at each digit.
STEPS = (1.0, 0.7, 0.5, 0.35, 0.25)


class AnswerText(QLabel):
    """A text in the accent colour whose place and size never change with what it says.

    A text that is too long is shown smaller, by steps, then in several lines, and at last without
    its end; a screen reader is given the whole, and the tooltip shows it.

    Args:
        parent: Owner of this widget.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = 0
        self.setFont(font("answer"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName("Answer: none yet")
        self._measure()

    @property
    def shown(self) -> tuple[str, float]:
        """The text as it is seen, and how large, as a share of a single digit's size."""
        # Not by `setFont`: with another style sheet Qt would give the first font back.
        for step in STEPS:
            metrics = QFontMetricsF(_scaled(step))
            if metrics.horizontalAdvance(self.text()) <= self.width():
                return self.text(), step
        return "\n".join(self._lines(metrics)), STEPS[-1]

    @property
    def least_width(self) -> int:
        """What the widest digit needs, so that nothing beside it ever jumps, in pixels."""
        return ceil(QFontMetricsF(font("answer")).horizontalAdvance("0")) + 2 * SPACING

    def set_room(self, width: int) -> None:
        """Take this width, in pixels, or what a single digit needs."""
        self._room = width
        self._measure()

    def show_text(self, text: str) -> None:
        """Show a text, or nothing."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"Answer: {text or 'none yet'}")
            is_whole = self.shown[0].replace("\n", "") == text
            self.setToolTip("" if is_whole else text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        text, step = self.shown
        painter = QPainter(self)
        painter.setFont(_scaled(step))
        painter.setPen(colours().accent)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _lines(self, metrics: QFontMetricsF) -> list[str]:
        """Break the text anywhere, for in a number no place is better, into lines alike in length.

        What has no room is left out at the end.
        """
        text = self.text()
        most = int(self.height() / metrics.lineSpacing())
        for count in range(2, most + 1):
            length = ceil(len(text) / count)
            lines = [text[start : start + length] for start in range(0, len(text), length)]
            if all(metrics.horizontalAdvance(line) <= self.width() for line in lines):
                return lines
        lines, rest = [], text
        while len(lines) < most - 1:
            length = max(int(self.width() / metrics.horizontalAdvance("0")), 1)
            lines, rest = [*lines, rest[:length]], rest[length:]
        return [*lines, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width())]

    def _measure(self) -> None:
        height = ceil(QFontMetricsF(font("answer")).height())
        self.setFixedSize(max(self.least_width, self._room), height)


def _scaled(share: float) -> QFont:
    whole = font("answer")
    if whole.pointSizeF() > 0:
        whole.setPointSizeF(whole.pointSizeF() * share)
    else:
        whole.setPixelSize(max(1, round(whole.pixelSize() * share)))
    return whole
