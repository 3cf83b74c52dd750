"""Ink is in canvas units: at a zoom it is written and erased where it is seen."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.hover_ring import HoverRing

Stylus = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]
SEVEN = ((100, 60), (180, 62), (150, 120), (128, 200))
Wheel = Callable[..., None]
Zoom = Callable[..., None]


@pytest.mark.parametrize("scale", [0.25, 0.5, 2.0, 8.0])
def test_same_movement_of_the_hand_gives_the_same_digit_at_any_zoom(
    canvas: Canvas, stylus: Stylus, scale: float, zoom: Zoom
) -> None:
    canvas.set_stabiliser(4.0)

    def write() -> tuple[np.ndarray, np.ndarray]:
        canvas.clear()
        stylus("press", *SEVEN[0])
        for (x1, y1), (x2, y2) in pairwise(SEVEN):
            for share in np.linspace(0, 1, 30):
                stylus("move", x1 + share * (x2 - x1) + share**2, y1 + share * (y2 - y1))
        stylus("release", *SEVEN[-1])
        return canvas.ink().xy, ink_image(canvas.ink())

    xy, image = write()
    zoom(scale)
    scale = canvas.view.scale  # A wheel's notches are whole numbers.
    zoomed_xy, zoomed_image = write()
    np.testing.assert_allclose(np.ptp(zoomed_xy, axis=0), np.ptp(xy, axis=0) / scale)
    np.testing.assert_allclose(zoomed_image, image, atol=1e-6)
    assert image.max() == 1.0


def test_pen_at_a_zoom_draws_where_it_is_seen(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf, wheel: Wheel, zoom: Zoom
) -> None:
    zoom(2.0, at=QPoint())
    wheel(-1)
    stylus("press", 100, 60)
    stylus("move", 140.5, 80)
    stylus("release", 140.5, 80)
    assert strokes_of(canvas) == [[[50, 54], [70.25, 64]]]


def test_ink_ends_where_the_paper_that_is_seen_ends(
    canvas: Canvas, stylus: Stylus, strokes_of: StrokesOf, zoom: Zoom
) -> None:
    zoom(2.0, at=QPoint())
    stylus("press", 100, 60)
    stylus("move", 500, -80)
    stylus("release", 500, -80)
    assert strokes_of(canvas) == [[[50, 30], [200, 0]]]


def test_eraser_erases_what_lies_under_it_at_a_zoom(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice, zoom: Zoom
) -> None:
    for x in (30.0, 60.0):
        canvas.put((*canvas.ink().strokes, Stroke.from_xy(np.array([[x, 10.0], [x, 90.0]]))))
    zoom(4.0, at=QPoint())
    stylus("press", 4 * 60 - 4 * 14, 200, device=pen_eraser)
    stylus("release", 4 * 60 - 4 * 14, 200, device=pen_eraser)
    assert len(canvas.ink().strokes) == 2
    stylus("press", 4 * 60 - 4 * 11, 200, device=pen_eraser)
    stylus("release", 4 * 60 - 4 * 11, 200, device=pen_eraser)
    assert [stroke.xy[0, 0] for stroke in canvas.ink().strokes] == [30]


def test_eraser_of_a_thin_pen_reaches_as_far_on_the_screen_at_any_zoom(
    canvas: Canvas, stylus: Stylus, pen_eraser: QPointingDevice, zoom: Zoom
) -> None:
    canvas.set_pen_width(2.0)
    canvas.put((Stroke.from_xy(np.array([[400.0, 100.0], [400.0, 900.0]])),))
    zoom(0.25, at=QPoint())
    stylus("press", 109, 100, device=pen_eraser)
    stylus("release", 109, 100, device=pen_eraser)
    assert not canvas.is_blank
    stylus("press", 107, 100, device=pen_eraser)
    stylus("release", 107, 100, device=pen_eraser)
    assert canvas.is_blank


@pytest.mark.parametrize(("scale", "width"), [(1.0, 30), (2.0, 60), (0.5, 15)])
def test_ring_is_as_wide_as_the_pen_at_any_zoom(
    canvas: Canvas, stylus: Stylus, scale: float, width: float, zoom: Zoom
) -> None:
    canvas.set_pen_width(30.0)
    zoom(scale)
    stylus("move", 100, 80, touches=False)
    ring = canvas.findChild(HoverRing).rect
    assert ring.width() == pytest.approx(width + 8, abs=2)
    assert ring.center().toTuple() == pytest.approx((100, 80), abs=1)
