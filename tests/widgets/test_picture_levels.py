"""A picture's levels: the one is painted that suits the screen, and only what is seen of it."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.cut_excerpt import reduce_picture
from handwrite_gui.widgets.pictures.fitting import fit, thumbnail
from handwrite_gui.widgets.pictures.levels import LONGEST_PX, THUMBNAIL_PX, Levels

pytestmark = pytest.mark.usefixtures("qapp")
RED, BLUE = (255, 0, 0), (0, 0, 255)


def picture(width: int, height: int, colour: tuple[int, int, int] = (255, 255, 255)) -> Picture:
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = colour
    return Picture(pixels, "test.png")


def coded(width: int, height: int) -> Picture:
    """Red tells how far to the right a pixel lies, green how far down."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, :, 0] = np.linspace(0, 255, width)
    pixels[:, :, 1] = np.linspace(0, 255, height)[:, None]
    return reduce_picture(Picture(pixels, "test.png"))


def painted(levels: Levels, whole: QRect, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    levels.paint(painter, whole, whole & image.rect())
    painter.end()
    return image


@pytest.mark.parametrize("scale", [0.07, 0.3, 0.9, 1.0, 2.5, 7.0])
def test_every_scale_shows_the_same_place(scale: float) -> None:
    levels, size = Levels.of(coded(2000, 1200)), QSize(300, 200)
    whole = QRect(
        -round(700 * scale), -round(500 * scale), round(2000 * scale), round(1200 * scale)
    )
    image = painted(levels, whole, size)
    for x, y in ((20, 20), (150, 100), (280, 180)):
        if whole.contains(x, y):
            there = (
                (x + 0.5 - whole.left()) / whole.width(),
                (y + 0.5 - whole.top()) / whole.height(),
            )
            colour = image.pixelColor(x, y)
            assert colour.red() == pytest.approx(255 * there[0], abs=3)
            assert colour.green() == pytest.approx(255 * there[1], abs=3)
        else:
            assert image.pixelColor(x, y) == QColor("blue")


def test_a_part_is_made_once_while_a_person_looks_around_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    levels, size = Levels.of(coded(3000, 2000)), QSize(400, 300)
    made = []
    copy = QImage.copy
    monkeypatch.setattr(QImage, "copy", lambda *args: made.append(1) or copy(*args))
    for step in range(10):
        painted(levels, QRect(-1000 - 5 * step, -800, 3000, 2000), size)
    assert len(made) == 1
    painted(levels, QRect(-2000, -800, 3000, 2000), size)
    assert len(made) == 2


def test_what_is_kept_of_a_large_picture_is_small() -> None:
    levels = Levels.of(coded(5000, 3000))
    assert levels.is_whole
    kept = levels.small()
    assert not kept.is_whole
    assert kept.size_px == (5000, 3000)
    assert max(kept.thumbnail().width(), kept.thumbnail().height()) <= LONGEST_PX
    assert Levels.of(coded(LONGEST_PX, 10)).small().is_whole


def test_pixels_that_may_not_be_written_or_lie_apart_are_taken() -> None:
    pixels = np.repeat(picture(40, 20, RED).pixels, 2, axis=1)[:, ::2]
    pixels.flags.writeable = False
    image = painted(Levels.of(Picture(pixels, "x")), QRect(0, 0, 40, 20), QSize(40, 20))
    assert image.pixelColor(39, 19) == QColor(*RED)


def test_a_cut_shows_the_box_and_a_margin() -> None:
    levels = Levels.of(coded(1000, 800)).small()
    image = levels.cut((500.0, 400.0, 100.0, 50.0), 10.0)
    assert image.size() == QSize(120, 70)
    assert image.pixelColor(60, 35).red() == pytest.approx(255 * 0.55, abs=2)
    assert levels.cut((990.0, 790.0, 50.0, 50.0), 10.0).size() == QSize(20, 20)


def test_thumbnails_are_small_and_keep_the_aspect() -> None:
    small = thumbnail(Levels.of(coded(3000, 1500)).thumbnail())
    assert small.size() == QSize(THUMBNAIL_PX, THUMBNAIL_PX // 2)


def test_a_tiny_picture_is_enlarged_in_squares_of_one_size(qtbot: QtBot) -> None:
    tiny = picture(3, 2, RED)
    tiny.pixels[1, 1] = BLUE
    image = fit(Levels.of(tiny).thumbnail(), QSize(100, 100))
    assert image.size() == QSize(99, 66)
    blue = [(x, y) for y in range(66) for x in range(99) if image.pixelColor(x, y) == QColor(*BLUE)]
    assert (min(blue), max(blue), len(blue)) == ((33, 33), (65, 65), 33 * 33)


@pytest.mark.parametrize("size", [(800, 400), (200, 100), (100, 50)])
def test_any_other_picture_fills_the_room(size: tuple[int, int]) -> None:
    image = Levels.of(picture(*size)).thumbnail()
    assert fit(image, QSize(300, 300)).size() == QSize(300, 150)


def test_an_extreme_picture_keeps_a_pixel() -> None:
    levels = Levels.of(reduce_picture(picture(2000, 1)))
    assert fit(levels.thumbnail(), QSize(200, 200)).size() == QSize(200, 1)
    assert painted(levels, QRect(0, 5, 200, 1), QSize(200, 20)).pixelColor(9, 5) == QColor("white")
