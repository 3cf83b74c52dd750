"""A page on which 204 is written and read, and what is seen of each digit's reading."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.prediction import NO_DIGIT, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading
from handwrite_gui.widgets.draw.page import DrawPage

Draw = Callable[..., None]
#: Where each digit of "204" is drawn; the 4 in two strokes.
STROKES = ((60, 100), (60, 160)), ((120, 100), (120, 160)), ((180, 100), (180, 160))
FOURTH = (200, 100), (200, 160)


def make_digit(ink: Ink, strokes: tuple[int, ...], value: int | None, sure: float = 0.995) -> Digit:
    probabilities = np.full(11, (1.0 - sure) / 10)
    probabilities[NO_DIGIT if value is None else value] = sure
    box = Ink(tuple(ink.strokes[index] for index in strokes)).box
    return Digit(box, np.zeros((28, 28), np.float32), Prediction(probabilities), strokes)


def make_number(*digits: Digit, row: int = 0) -> Number:
    text = "".join(str(digit.digit) for digit in digits)
    sure = min((digit.prediction.confidence for digit in digits), default=1.0)
    return Number(text, sure, digits[0].box, digits, row=row)


def read_204(page: DrawPage, third: int | None = 4, sure: float = 0.995) -> None:
    ink = page.take_ink()
    digits = [
        make_digit(ink, (0,), 2),
        make_digit(ink, (1,), 0),
        make_digit(ink, (2, 3), third, sure),
    ]
    refused = tuple(digit for digit in digits if digit.digit is None)
    found = [digit for digit in digits if digit.digit is not None]
    page.show_reading(Reading((make_number(*found),), refused=refused, revision=ink.revision))


def labels_of(page: DrawPage) -> list[QWidget]:
    """The readings under the ink, from left to right."""
    children = page.canvas.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    found = [w for w in children if type(w).__name__ == "DigitLabel" and w.isVisible()]
    return sorted(found, key=lambda w: w.x())


@pytest.fixture
def written(ready_page: DrawPage, draw: Draw) -> DrawPage:
    """A page on which 204 is written and read, all of it one Number."""
    for places in (*STROKES, FOURTH):
        draw(ready_page.canvas, *places)
    read_204(ready_page)
    return ready_page


@pytest.fixture
def read() -> Callable[..., None]:
    """Reads a page's 204 anew: `read(written, third=None)`, where the 4 is no digit."""
    return read_204


@pytest.fixture
def digit_of() -> Callable[..., Digit]:
    """Makes what strokes of some ink are read as: `digit_of(ink, (2, 3), 4, 0.97)`."""
    return make_digit


@pytest.fixture
def number_of() -> Callable[..., Number]:
    """Makes a Number of digits: `number_of(first, second, row=1)`."""
    return make_number


@pytest.fixture
def labels() -> Callable[[DrawPage], list[QWidget]]:
    """Lists the readings under a page's ink."""
    return labels_of


@pytest.fixture
def said() -> Callable[[DrawPage], list[tuple[str, str, bool]]]:
    """Lists what they say: the text, the mark beside it, and whether it is selected."""
    return lambda page: [label._said for label in labels_of(page)]  # type: ignore[attr-defined]


@pytest.fixture
def bar() -> Callable[[DrawPage, int], QAbstractButton]:
    """Finds the bar of a digit in a page's answer."""

    def bar(page: DrawPage, digit: int) -> QAbstractButton:
        buttons = page.answer.findChildren(QAbstractButton)
        return next(each for each in buttons if each.toolTip().startswith(f"It was a {digit}"))

    return bar
