"""The mode on a Draw page, and somebody who writes digit after digit there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.reading import Reading
from handwrite_gui.widgets.draw.digit_after_digit import DigitAfterDigit
from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]
ReadingOf = Callable[[DrawPage, int], Reading]


@pytest.fixture
def mode(ready_page: DrawPage) -> DigitAfterDigit:
    mode = DigitAfterDigit(ready_page, ready_page)
    mode.set_pause(0.05)
    mode.set_on(True)
    return mode


class Writer(QObject):
    """Writes on the page; the model says what is wanted, at once."""

    def __init__(self, page: DrawPage, draw: Draw, reading_of: ReadingOf, qtbot: QtBot) -> None:
        super().__init__(page)
        self.page, self.reading_of, self._draw, self._qtbot = page, reading_of, draw, qtbot
        self.digit: int | None = None
        page.reading_requested.connect(self.answer)

    def answer(self) -> None:
        if self.digit is not None:
            self.page.show_reading(self.reading_of(self.page, self.digit))

    def write(self, digit: int) -> None:
        """Write a digit, and wait until it is in the line."""
        self.digit, before = digit, len(self.line.text())
        self._draw(self.page.canvas)
        self._qtbot.waitUntil(lambda: len(self.line.text()) > before)

    @property
    def line(self) -> QLineEdit:
        return self.page.digit_line.findChild(QLineEdit)

    def click(self, text: str) -> None:
        buttons = self.page.findChildren(QAbstractButton)
        self._qtbot.mouseClick(
            next(button for button in buttons if button.text() == text), Qt.MouseButton.LeftButton
        )

    @property
    def said(self) -> list[str]:
        return [label.text() for label in self.page.digit_line.findChildren(QLabel)]


@pytest.fixture
def writer(
    mode: DigitAfterDigit, ready_page: DrawPage, draw: Draw, reading_of: ReadingOf, qtbot: QtBot
) -> Writer:
    return Writer(ready_page, draw, reading_of, qtbot)
