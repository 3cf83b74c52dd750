"""The picture view with a white picture, and what a person does to it and sees there."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Box, Number
from handwrite_gui.imaging.cut_excerpt import reduce_picture
from handwrite_gui.widgets.pictures.levels import Levels
from handwrite_gui.widgets.pictures.picture_view import PictureView

LEFT = Qt.MouseButton.LeftButton
WHITE = (255, 255, 255)


class Driven(PictureView):
    """The view, with what a person does to it and sees there."""

    def spot(self, x: float, y: float) -> QPoint:
        """Where a place of the picture is in the widget."""
        return self.control.viewport.to_widget((x, y, 0.0, 0.0)).topLeft().toPoint()

    def drag(self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
        QTest.mousePress(self, button, pos=start)
        QTest.mouseMove(self, (start + end) / 2)
        QTest.mouseMove(self, end)
        QTest.mouseRelease(self, button, pos=end)

    @property
    def image(self) -> QImage:
        return self.grab().toImage()

    @property
    def seen(self) -> tuple[float, float, float]:
        """The scale, and the place of the picture that is in the view's upper left corner."""
        viewport = self.control.viewport
        return viewport.scale, viewport.left, viewport.top


def make_levels(
    width: int = 1000, height: int = 1000, colour: tuple[int, int, int] = WHITE
) -> Levels:
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = colour
    return Levels.of(reduce_picture(Picture(pixels, "a.png")))


@pytest.fixture
def levels() -> Callable[..., Levels]:
    """Makes a picture of one colour: `levels(500, 700, (255, 0, 0))`."""
    return make_levels


@pytest.fixture
def number() -> Callable[..., Number]:
    """Makes a Number: `number("34", (750.0, 250.0, 60.0, 40.0), 0.8, confirmed=True)`."""

    def number(
        text: str, box: Box, confidence: float = 0.999, *, confirmed: bool = False
    ) -> Number:
        return Number(text, confidence, box, (), is_confirmed=confirmed)

    return number


@pytest.fixture
def view(qtbot: QtBot) -> Driven:
    """A white picture of 1000 by 1000 pixels, fitted."""
    view = Driven()
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    view.show_picture(make_levels(), "a.png", 1)
    return view


@pytest.fixture
def pixels_of() -> Callable[[QImage, QColor], list[tuple[int, int]]]:
    """Lists the places of an image that have a colour."""

    def pixels_of(image: QImage, colour: QColor) -> list[tuple[int, int]]:
        plain = image.convertToFormat(QImage.Format.Format_RGB32)
        values = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())
        return [(int(x), int(y)) for y, x in np.argwhere(values == colour.rgb())]

    return pixels_of
