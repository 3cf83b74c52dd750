import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.digit_view import ENLARGED, DigitView
from handwrite_gui.widgets.theme import LIGHT


@pytest.fixture
def view(qtbot: QtBot) -> DigitView:
    view = DigitView()
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    view.show()
    return view


def shown(view: DigitView) -> np.ndarray:
    """What is inside the frame, as grey levels."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(
        image.height(), image.bytesPerLine()
    )[:, : image.width()]
    return pixels[1:-1, 1:-1].copy()  # The image's memory ends with this call.


def test_every_pixel_is_a_square_without_blur(view: DigitView) -> None:
    image = np.random.default_rng(7).random((28, 28)).astype(np.float32)
    view.show_image(image)
    squares = np.kron(np.round(image * 255).astype(np.uint8), np.ones((ENLARGED, ENLARGED)))
    assert (shown(view) == squares).all()


def test_image_may_be_gone_when_it_is_painted(view: DigitView) -> None:
    image = np.zeros((28, 28), np.float32)
    view.show_image(image)
    image[:] = 1.0
    del image
    assert (shown(view) == 0).all()


def test_without_an_image_there_is_an_empty_place(view: DigitView) -> None:
    view.show_image(np.ones((28, 28), np.float32))
    view.show_image(None)
    assert view.grab().toImage().pixelColor(60, 60) == LIGHT.bar_track
    assert view.accessibleDescription() == "Nothing yet."


def test_it_is_as_large_as_asked_for(qtbot: QtBot) -> None:
    view = DigitView(2)
    qtbot.addWidget(view)
    view.show_image(np.eye(28, dtype=np.float32))
    view.resize(view.sizeHint())
    squares = np.kron(np.eye(28, dtype=np.uint8) * 255, np.ones((2, 2), np.uint8))
    assert (shown(view) == squares).all()
