"""The heat map and the ink picture, as they are painted."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.reading.explaining.parts import HeatMap, Occlusion
from handwrite_gui.widgets.draw.why.heat_view import HeatScale, HeatView, heat_image
from handwrite_gui.widgets.draw.why.ink_picture import ENLARGED, InkPicture, rect_around
from handwrite_gui.widgets.theme import DARK, LIGHT, Colours, apply_theme


def heat(drop: np.ndarray, place: str = "", image: np.ndarray | None = None) -> HeatMap:
    blank = np.zeros((28, 28), np.float32) if image is None else image
    return HeatMap(Occlusion.PAPER, blank, drop, place)


def spots() -> np.ndarray:
    drop = np.zeros((28, 28))
    drop[5, 20], drop[20, 5] = 6.0, -6.0
    return drop


def grabbed(qtbot: QtBot, widget: QWidget) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    return widget.grab().toImage()


@pytest.mark.parametrize(("theme", "form"), [("light", LIGHT), ("dark", DARK)])
def test_less_and_more_sure_have_the_ends_of_the_scale(
    qapp: QApplication, theme: str, form: Colours
) -> None:
    apply_theme(qapp, theme)
    image = heat_image(heat(spots()))
    assert image.pixelColor(20, 5) == form.heat
    assert image.pixelColor(5, 20) == form.heat_against
    assert image.pixelColor(14, 14) == form.paper


def test_noise_is_pale() -> None:
    image = heat_image(heat(spots() / 100))
    assert image.pixelColor(20, 5).lightness() > LIGHT.paper.lightness() - 12


def test_ink_is_seen_through_the_colours() -> None:
    ink = np.zeros((28, 28), np.float32)
    ink[:, 13] = 1.0
    image = heat_image(heat(spots(), image=ink))
    assert image.pixelColor(13, 14).lightness() < image.pixelColor(10, 14).lightness() - 80


def test_ends_differ_for_every_colour_vision() -> None:
    """Also where one kind of cone is missing, by the matrices of Viénot, Brettel, Mollon 1999."""
    protan = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
    deutan = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])

    def linear(colour: QColor) -> np.ndarray:
        return np.array([colour.redF(), colour.greenF(), colour.blueF()]) ** 2.2

    for form in (LIGHT, DARK):
        ends = linear(form.heat), linear(form.heat_against)
        for matrix in (np.eye(3), protan, deutan):
            one, other, paper = (matrix @ end for end in (*ends, linear(form.paper)))
            assert np.abs(one - other).max() > 0.15
            assert np.abs(one - paper).max() > 0.3
            assert np.abs(other - paper).max() > 0.3


def test_place_that_matters_most_is_framed(qtbot: QtBot) -> None:
    view = HeatView("Ink taken off")
    plain = grabbed(qtbot, view)
    view.show_map(heat(np.where(spots() > 0, 6.0, 0.0), "at the top right"))
    marked = view.grab().toImage()
    inside = range(1 + 18 * ENLARGED, 1 + 23 * ENLARGED)
    rows = range(1 + 3 * ENLARGED, 1 + 8 * ENLARGED)
    framed = [(x, y) for x in inside for y in rows if marked.pixelColor(x, y) == LIGHT.ink]
    assert len(framed) > 30
    view.show_map(heat(np.where(spots() > 0, 0.1, 0.0)))
    unmarked = view.grab().toImage()
    assert not any(unmarked.pixelColor(x, y) == LIGHT.ink for x in inside for y in rows)
    view.show_map(None)
    assert view.grab().toImage() == plain


def test_scale_goes_from_less_to_more_sure(qtbot: QtBot) -> None:
    scale = HeatScale()
    scale.setFixedWidth(102)
    image = grabbed(qtbot, scale)
    middle = image.height() // 2
    for x, colour in ((2, LIGHT.heat), (51, LIGHT.paper), (99, LIGHT.heat_against)):
        assert abs(image.pixelColor(x, middle).lightness() - colour.lightness()) < 12


def dark_pixels(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 60
        for x in range(1, image.width() - 1)
        for y in range(1, image.height() - 1)
    )


def test_ink_is_shown_within_its_rectangle(qtbot: QtBot, seven: Ink) -> None:
    picture = InkPicture("The ink as drawn")
    assert dark_pixels(grabbed(qtbot, picture)) == 0
    picture.show_ink(seven, QRectF(0, 0, 600, 400))
    small = dark_pixels(picture.grab().toImage())
    picture.show_ink(seven, rect_around(seven))
    large = dark_pixels(picture.grab().toImage())
    assert 0 < small < large / 4


def test_mark_is_more_than_a_colour(qtbot: QtBot, seven: Ink) -> None:
    picture = InkPicture("A stroke left out")
    grabbed(qtbot, picture)
    picture.show_ink(seven, rect_around(seven))
    plain = picture.grab().toImage()
    picture.mark(seven.strokes[1], "2")
    marked = picture.grab().toImage()
    # The other stroke is grey, and along the marked one paper shows in dashes.
    left, top, width, height = rect_around(seven).getRect()
    scale = 84 / max(width, height)
    aside = 1 + (84 - width * scale) / 2

    def at(image: QImage, x: float, y: float) -> QColor:
        return image.pixelColor(round(aside + (x - left) * scale), round(1 + (y - top) * scale))

    assert at(plain, 130, 100).lightness() < 60
    assert at(marked, 130, 100).lightness() > 80
    along = [at(marked, x, 150 - (x - 115) / 10).lightness() for x in np.linspace(115, 155, 60)]
    assert min(along) < 80
    assert max(along) > 200
    picture.mark(None)
    assert picture.grab().toImage() == plain


def test_picture_follows_the_theme(qapp: QApplication, qtbot: QtBot, seven: Ink) -> None:
    picture = InkPicture("The ink as drawn")
    picture.show_ink(seven, QRectF(0, 0, 600, 400))
    assert grabbed(qtbot, picture).pixelColor(40, 70) == LIGHT.paper
    apply_theme(qapp, "dark")
    assert picture.grab().toImage().pixelColor(40, 70) == DARK.paper
