"""Guides are crisp and quiet, lie where they should, and are never ink."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.guides import (
    BOX_SIDE,
    DIGIT_HEIGHT,
    FIRST_BASELINE,
    GUIDES,
    LINE_PITCH,
    SQUARE,
)
from handwrite_gui.widgets.draw.ink_painter import ink_as_image
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import DARK, LIGHT, apply_theme

PixelsOf = Callable[..., np.ndarray]
InkIn = Callable[[np.ndarray], np.ndarray]
Show = Callable[..., None]
Stylus = Callable[..., None]
RATIOS = pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
LINED = [guides for guides in GUIDES if guides != "none"]


def rgb(colour: QColor) -> list[int]:
    return list(colour.getRgb()[:3])


@pytest.mark.parametrize("form", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("guides", LINED)
@RATIOS
@pytest.mark.parametrize("scale", [0.25, 0.7, 1.0, 3.0])
def test_guides_are_crisp_and_quiet(
    canvas: Canvas,
    view: View,
    qapp: QApplication,
    pixels_of: PixelsOf,
    form: type,
    guides: str,
    ratio: float,
    scale: float,
    show: Show,
) -> None:
    apply_theme(qapp, "dark" if form is DARK else "light")
    canvas.put((Stroke.from_xy(np.array([[1e4, 1e4], [1e4, 1e4 + 9]])),))  # No hint, no ink seen.
    canvas.set_guides(guides)
    show(view, canvas, scale, 11.3, 7.7)
    canvas.clearFocus()
    shown = pixels_of(canvas, ratio)
    is_guide = (shown == rgb(form.guide)).all(axis=2)
    # Of two colours only: no edge lies between pixels.
    assert (is_guide | (shown == rgb(form.paper)).all(axis=2)).all()
    assert 0.001 < is_guide.mean() < 0.2


@RATIOS
def test_guides_lie_where_they_are_said_to(
    canvas: Canvas, view: View, pixels_of: PixelsOf, ratio: float, show: Show
) -> None:
    canvas.put((Stroke.from_xy(np.array([[1e4, 1e4], [1e4, 1e4 + 9]])),))
    canvas.clearFocus()
    show(view, canvas, 1.0, 0.0, 0.0)

    def lines(guides: str, axis: int) -> list[int]:
        """First pixels of the lines that cross the middle of the paper."""
        canvas.set_guides(guides)
        shown = (pixels_of(canvas, ratio) == rgb(LIGHT.guide)).all(axis=2)
        across = shown[:, round(200 * ratio)] if axis == 0 else shown[round(140 * ratio)]
        return np.flatnonzero(np.diff(across, prepend=False) & across).tolist()

    assert lines("grid", 0) == [round(y * ratio) for y in range(0, 300, SQUARE)]
    assert lines("grid", 1) == [round(x * ratio) for x in range(0, 400, SQUARE)]
    baselines = range(FIRST_BASELINE, 400, LINE_PITCH)
    assert lines("lines", 0) == sorted(
        round(y * ratio) for base in baselines for y in (base, base - DIGIT_HEIGHT) if 0 <= y < 300
    )
    left = np.diff(lines("boxes", 1))
    assert round(BOX_SIDE * ratio) - max(1, int(ratio)) in left


@pytest.mark.parametrize("guides", LINED)
def test_guides_are_never_ink(
    canvas: Canvas, stylus: Stylus, pixels_of: PixelsOf, guides: str
) -> None:
    plain = pixels_of(canvas)
    canvas.set_guides(guides)
    assert canvas.is_blank
    assert canvas.ink().strokes == ()
    assert (pixels_of(canvas) != plain).any()
    for kind, x, y in (("press", 60, 50), ("move", 120, 70), ("move", 80, 200)):
        stylus(kind, x, y)
    stylus("release", 80, 200)
    image, saved = ink_image(canvas.ink()), ink_as_image(canvas.ink(), 12.0)
    strokes = canvas.ink().strokes
    canvas.set_guides("none")
    assert canvas.ink().strokes == strokes
    assert (ink_image(canvas.ink()) == image).all()
    assert ink_as_image(canvas.ink(), 12.0) == saved
    assert {saved.pixelColor(x, 2).name() for x in range(saved.width())} == {"#ffffff"}


@pytest.mark.parametrize("guides", LINED)
def test_ink_covers_guides(
    canvas: Canvas, stylus: Stylus, pixels_of: PixelsOf, guides: str, ink_in: InkIn
) -> None:
    stylus("press", 30, 144)
    stylus("move", 350, 144)
    stylus("release", 350, 144)
    plain = ink_in(pixels_of(canvas))
    canvas.set_guides(guides)
    assert (ink_in(pixels_of(canvas)) == plain).all()
    assert plain.sum() > 2000


def test_guides_follow_the_theme(canvas: Canvas, qapp: QApplication, pixels_of: PixelsOf) -> None:
    canvas.set_guides("grid")
    apply_theme(qapp, "dark")
    QApplication.processEvents()
    assert (pixels_of(canvas) == rgb(DARK.guide)).all(axis=2).any()
