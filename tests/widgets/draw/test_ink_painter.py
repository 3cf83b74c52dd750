import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from handwrite_gui.domain.geometry import distance_to_segments
from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.widgets.draw.ink_painter import MOST_SIDE_PX, ink_as_image, paint_stroke
from handwrite_gui.widgets.draw.stroke_curve import width_at

BLACK = QColor(Qt.GlobalColor.black)


def darkness(image: QImage) -> np.ndarray:
    """Ink map of a picture, 0.0 white to 1.0 black."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return 1 - rows[:, : grey.width()] / 255


def stroke_of(*points: tuple[float, float, float]) -> Stroke:
    """A stroke of x, y and pressure."""
    return Stroke(np.array([(x, y, 0.0, pressure) for x, y, pressure in points]))


def painted(points: np.ndarray, pen_width: float) -> tuple[np.ndarray, tuple[float, ...]]:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    touched = paint_stroke(painter, points, pen_width, BLACK)
    painter.end()
    return darkness(image), touched.getCoords()


def test_width_grows_with_pressure_and_is_the_pens_own_in_the_middle() -> None:
    assert width_at(12.0, 0.5) == pytest.approx(12.0)
    assert 0 < width_at(12.0, 0.0) < width_at(12.0, 0.3) < width_at(12.0, 1.0) < 24.0


@pytest.mark.parametrize("pressure", [0.0, 0.5, 1.0])
def test_line_is_as_wide_as_the_pressure_says(qapp: QGuiApplication, pressure: float) -> None:
    points = stroke_of((20, 50, pressure), (180, 50, pressure)).points
    ink, _ = painted(points, 12.0)
    assert ink[:, 100].sum() == pytest.approx(width_at(12.0, pressure), abs=0.3)


def test_single_point_is_a_round_dot(qapp: QGuiApplication) -> None:
    ink, _ = painted(stroke_of((100, 50, 0.5)).points, 20.0)
    assert ink.sum() == pytest.approx(np.pi * 10**2, rel=0.05)
    assert ink[50, 91] > 0.5
    assert ink[41, 100] > 0.5
    assert ink[42, 92] < 0.5  # The corner of a square.


@pytest.mark.parametrize("end", [(120.0, 80.0), (60.0, 80.0), (150.0, 20.0), (30.0, 30.0)])
def test_line_is_solid_up_to_its_round_end(qapp: QGuiApplication, end: tuple[float, float]) -> None:
    start = (90.0, 50.0)
    ink, _ = painted(stroke_of((*start, 0.25), (*end, 0.25)).points, 24.0)
    centres = np.stack(np.meshgrid(np.arange(200), np.arange(100)), axis=-1) + 0.5
    distance = distance_to_segments(centres, np.array(start), np.array(end))
    assert ink[distance < width_at(24.0, 0.25) / 2 - 1].min() > 0.99


def test_pen_that_rests_leaves_a_dot(qapp: QGuiApplication) -> None:
    ink, _ = painted(stroke_of((100, 50, 0.5), (100, 50, 0.5)).points, 20.0)
    assert ink.sum() == pytest.approx(np.pi * 10**2, rel=0.05)


def test_all_ink_lies_in_the_rectangle_that_is_told(qapp: QGuiApplication) -> None:
    points = stroke_of((60, 30, 0.2), (120, 70, 1.0), (140, 40, 0.1)).points
    ink, (left, top, right, bottom) = painted(points, 12.0)
    rows, columns = np.nonzero(ink)
    assert left <= columns.min()
    assert columns.max() + 1 <= right
    assert top <= rows.min()
    assert rows.max() + 1 <= bottom
    assert right - left < 110


def test_saved_picture_is_the_ink_with_a_margin(qapp: QGuiApplication) -> None:
    stroke = stroke_of((300, 200, 0.5), (400, 200, 0.5))
    image = ink_as_image(Ink((stroke,)), 12.0)
    assert (image.width(), image.height()) == (296, 96)  # 192 dpi: two pixels for a canvas unit
    assert image.dotsPerMeterX() == round(192 / 0.0254)
    ink = darkness(image)
    rows, columns = np.nonzero(ink > 0.5)
    assert (columns.min(), columns.max() + 1) == pytest.approx((36, 260), abs=1)
    assert (rows.min(), rows.max() + 1) == pytest.approx((36, 60), abs=1)
    assert ink[0].max() == 0.0


@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_picture_is_saved_at_any_scale(qapp: QGuiApplication, scale: float) -> None:
    image = ink_as_image(Ink((stroke_of((300, 200, 0.5), (400, 200, 0.5)),)), 12.0, scale)
    assert (image.width(), image.height()) == (148 * scale, 48 * scale)
    assert image.dotsPerMeterX() == round(96 * scale / 0.0254)
    assert darkness(image).sum() == pytest.approx((100 * 12 + np.pi * 6**2) * scale**2, rel=0.02)


def test_picture_of_vast_ink_is_no_larger_than_can_be_painted(qapp: QGuiApplication) -> None:
    image = ink_as_image(Ink((stroke_of((0, 0, 0.5), (1e6, 100, 0.5)),)), 12.0)
    assert image.width() == MOST_SIDE_PX
    assert image.height() >= 1


def test_broad_pen_is_not_cut_off(qapp: QGuiApplication) -> None:
    stroke = stroke_of((300, 200, 1.0), (400, 200, 1.0))
    ink = darkness(ink_as_image(Ink((stroke,)), 40.0))
    frame = np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]])
    assert frame.max() == 0.0


def test_ink_is_the_same_at_each_scale(qapp: QGuiApplication) -> None:
    t = np.linspace(0, 5, 60)
    points = np.stack([100 + 60 * np.cos(t), 50 + 35 * np.sin(2 * t), 8 * t, 0.5 + t / 10], axis=1)

    def at_scale(scale: float) -> np.ndarray:
        image = QImage(round(200 * scale), round(100 * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_stroke(painter, points, 8.0, BLACK)
        painter.end()
        image.setDevicePixelRatio(1.0)
        # Means of the same squares, of which each is a whole number of pixels at each scale.
        ink, side = darkness(image), round(4 * scale)
        return ink.reshape(25, side, 50, side).mean(axis=(1, 3))

    once = at_scale(1.0)
    assert once.sum() > 50
    for scale in (1.5, 2.0):
        assert np.abs(at_scale(scale) - once).max() < 0.08
