"""The answer panel's place at the right of a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from handwrite_gui.widgets.answer_panel import AnswerPanel


class AnswerScroll(QScrollArea):
    """Keeps the panel as wide as it wants to be, or may be, and scrolls it where it is too tall.

    At 200 % text it is taller than a small screen; without scrolling it would be cut off.
    """

    def __init__(self, answer: AnswerPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidget(answer)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._answer = answer
        self._most: int | None = None
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as wide as the text is now: a hidden panel does not learn all that has changed."""
        super().showEvent(event)
        QTimer.singleShot(0, self._fit)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text's size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            QTimer.singleShot(0, self._fit)  # What the panel holds has its new size only then.

    def sizeHint(self) -> QSize:
        """As wide as it is: Qt's remembers how wide the panel was at first."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def limit(self, most: int) -> None:
        """Be no wider than so many pixels, as long as the answer can be as narrow."""
        if most != self._most:
            self._most = most
            self._fit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        width = self._answer.sizeHint().width()
        if self._most is not None:
            self._answer.limit(self._most - bar)
            width = min(width, max(self._most - bar, self._answer.least_width))
        self.setFixedWidth(width + bar)
