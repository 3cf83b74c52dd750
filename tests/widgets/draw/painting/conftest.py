"""What is seen of the paper, pixel by pixel, and how it is enlarged and moved."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.view import View

NO_FRAME = 3
WITHOUT_BADGE = QWidget.RenderFlag.DrawWindowBackground


@pytest.fixture
def view(canvas: Canvas) -> View:
    return canvas.view_control.view


@pytest.fixture
def pixels_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., np.ndarray]:
    """What a screen of so many pixels to the widget's shows: (height, width, 3), red first."""

    def pixels_of(canvas: Canvas, ratio: float = 1.0) -> np.ndarray:
        monkeypatch.setattr(canvas, "devicePixelRatio", lambda: ratio)
        image = QImage(canvas.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        canvas.render(image, QPoint(), QRegion(), WITHOUT_BADGE)
        pixels = np.frombuffer(image.constBits(), np.uint8)
        return pixels.reshape(image.height(), image.width(), 4)[:, :, 2::-1].copy()

    return pixels_of


@pytest.fixture
def inside() -> Callable[[np.ndarray], np.ndarray]:
    """Pixels without the frame that shows the focus."""

    def inside(pixels: np.ndarray) -> np.ndarray:
        return pixels[NO_FRAME:-NO_FRAME, NO_FRAME:-NO_FRAME]

    return inside


@pytest.fixture
def ink_in(inside: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    """Where there is ink."""
    return lambda pixels: np.pad(inside(pixels)[:, :, 1] < 90, NO_FRAME)


@pytest.fixture
def show() -> Callable[..., None]:
    """Shows the paper from a place on."""

    def show(view: View, canvas: Canvas, scale: float, left: float, top: float) -> None:
        canvas.view_control.go_home()
        for zoomed in (1.0, scale):
            canvas.view_control.zoom_to(zoomed, QPointF())
        canvas.view_control.move_by(-left * scale, -top * scale)
        assert (view.scale, view.left, view.top) == pytest.approx((scale, left, top))

    return show
