"""The program with a picture in which Numbers were read, and what a person types over them."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.reading.reader import Reader

Start = Callable[..., Any]
#: What is read of the picture, from left to right: text, confidence and row. A sign is no Number.
READ = (("007", 0.999, 0), ("13", 0.6, 0), ("=", 0.0, 0), ("-5", 0.2, 1))


def number(text: str, confidence: float, row: int, place: int) -> Number:
    box = (12.0 * place, 30.0 * row + 2.0, 10.0, 20.0)
    chances = Prediction(np.full(11, 1 / 11))
    image = np.full((28, 28), 0.1 * place + 0.1, np.float32)
    digits = tuple(Digit(box, image, chances) for letter in text if letter.isdigit())
    return Number(text, confidence, box, digits, row=row)


@pytest.fixture
def open_read(
    start: Start, save_digit: Callable[[str], Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Starts the program with a picture of which this was read: `open_read(("13", 0.6, 0))`."""

    def open_read(*read: tuple[str, float, int]) -> Any:
        numbers = tuple(number(*told, place) for place, told in enumerate(read) if told[0] != "=")

        def slices(*_: object) -> Generator[None, None, Reading]:
            """What the reader does of any picture."""
            yield
            return Reading(numbers)

        monkeypatch.setattr(Reader, "picture_slices", slices)
        program = start()
        program.window.activateWindow()
        with qtbot.waitSignal(program.recognition.picture_read):
            program.open_files([save_digit("page.png")])
        return program

    return open_read


@pytest.fixture
def program(open_read: Callable[..., Any]) -> Any:
    """The program with a picture in which three Numbers were read."""
    return open_read(*READ)


@pytest.fixture
def type_half(qtbot: QtBot) -> Callable[[str], None]:
    """Types where the focus is, and leaves it at that."""

    def type_half(text: str) -> None:
        for letter in text:
            qtbot.keyClicks(QApplication.focusWidget(), letter)

    return type_half


@pytest.fixture
def type_and_enter(
    program: Any, type_half: Callable[[str], None], qtbot: QtBot
) -> Callable[[str], None]:
    """Types where the focus is, confirms it, and waits until it is one of the Numbers."""

    def type_and_enter(text: str) -> None:
        type_half(text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(program.pictures.numbers.list.hasFocus)
        qtbot.waitUntil(lambda: text in program.pictures.current_text())

    return type_and_enter
