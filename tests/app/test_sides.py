"""A page that lies on its side, in the whole program: one line offers to turn it."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.reading.reader import Reader
from handwrite_gui.widgets.pictures.entry import ON_ITS_SIDE


def read(*texts: str, sure: float) -> Reading:
    chances = Prediction(np.full(11, 1 / 11))
    image = np.ones((28, 28), np.float32)
    numbers = []
    for row, text in enumerate(texts):
        box = (2.0, 10.0 * row, 20.0, 8.0)
        digits = tuple(Digit(box, image, chances) for _ in text)
        numbers.append(Number(text, sure, box, digits, row=row))
    return Reading(tuple(numbers))


def slices(_: Reader, picture: Picture, *__: object) -> Generator[None, None, Reading]:
    """Reads a page well where its upper left corner is dark."""
    yield None
    is_upright = picture.pixels[0, 0, 0] < 128
    return read("20471", "31", sure=0.999) if is_upright else read("0", "00", "7", sure=0.5)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that is upright when it is turned to the right."""
    pixels = np.full((60, 80, 3), 255, np.uint8)
    pixels[-1, 0] = 0
    Image.fromarray(pixels).save(tmp_path / "page.png")
    return tmp_path / "page.png"


def seen(program: Any, text: str) -> bool:
    shown = program.window.page_if_made("pictures").shown
    buttons = shown.findChildren(QPushButton)
    return any(button.isVisible() and button.text() == text for button in buttons)


def test_page_on_its_side_is_offered_to_be_turned(
    start: Callable[..., Any], page: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "picture_slices", slices)
    program = start(page)
    program.window.activateWindow()
    qtbot.waitUntil(lambda: seen(program, "Turn right"))
    assert not seen(program, "Turn left")
    shown = program.window.page_if_made("pictures").shown
    labels = [label.text() for label in shown.findChildren(QLabel)]
    assert f"80 × 60 pixels. {ON_ITS_SIDE}" in labels
    button = next(b for b in shown.findChildren(QPushButton) if b.text() == "Turn right")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    pictures = program.window.page_if_made("pictures")
    qtbot.waitUntil(lambda: pictures.current_text() == "20471\n31")
    assert not seen(program, "Turn right")
    assert shown.view.hasFocus()
    program.window.actions_.uncrop.trigger()
    assert seen(program, "Turn right")


def test_page_that_is_read_well_is_left_alone(
    start: Callable[..., Any], page: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "picture_slices", slices)
    Image.open(page).rotate(-90, expand=True).save(page)
    program = start(page)
    pictures = program.show_page("pictures")
    qtbot.waitUntil(lambda: pictures.current_text() == "20471\n31")
    qtbot.wait(50)
    assert not any(seen(program, text) for text in ("Turn left", "Turn right"))
