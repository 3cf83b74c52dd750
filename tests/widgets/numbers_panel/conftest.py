"""The list of Numbers as the page uses it, and four Numbers, two of them doubtful."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Alternative, Digit, Number, Reading
from handwrite_gui.domain.reading_history import ReadingHistory
from handwrite_gui.widgets.pictures.numbers_panel import NumbersPanel


def make_number(text: str, confidence: float, row: int = 0, *others: str) -> Number:
    probabilities = np.full(11, 0.05)
    probabilities[7] = 0.5
    digits = [
        Digit((0, 0, 1, 1), np.ones((28, 28), np.float32), Prediction(probabilities))
        for letter in text
        if letter.isdigit()
    ]
    alternatives = tuple(Alternative(other, 0.1 / n) for n, other in enumerate(others, start=1))
    box = (10.0 * len(text), 100.0 * row, 10.0, 10.0)
    return Number(text, confidence, box, tuple(digits), alternatives, row)


NUMBERS = (
    make_number("2047", 0.999),
    make_number("13", 0.6, 0, "18", "73"),
    make_number("007", 0.995, 1),
    make_number("5", 0.2, 2),
)


class Worked(NumbersPanel):
    """The panel as the page uses it, with what a person does to it and is told.

    What a person says is shown at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.history = ReadingHistory(Reading(NUMBERS))
        self.said: list[tuple[int, str]] = []
        self.confirmed.connect(self._on_confirmed)
        self.show_reading()

    def heard(self, row: int) -> str:
        return self.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    @property
    def count(self) -> str:
        """What is said above the list."""
        return self.findChild(QLabel).text()

    def type_keys(self, text: str) -> None:
        """Type where the focus is, which goes to the editor with the first letter."""
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget(), letter)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget(), key)

    def click(self, row: int) -> None:
        place = self.list.visualRect(self.list.model().index(row, 0)).center()
        QTest.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _on_confirmed(self, index: int, text: str) -> None:
        self.said.append((index, text))
        self.history.confirm(index, text)
        self.show_reading()

    def show_reading(self) -> None:
        self.show_numbers(self.history.reading.numbers, self.history.as_read)


@pytest.fixture
def number_of() -> Callable[..., Number]:
    """Makes a Number: `number_of("13", 0.6, 0, "18", "73")`, the last two its alternatives."""
    return make_number


@pytest.fixture
def numbers() -> tuple[Number, ...]:
    """The four that the panel shows."""
    return NUMBERS


@pytest.fixture
def panel(qtbot: QtBot) -> Worked:
    panel = Worked()
    qtbot.addWidget(panel)
    panel.resize(300, 500)
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus)
    return panel
