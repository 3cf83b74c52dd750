"""Ink on enlarged and moved paper, at 1 to 2 pixels to a canvas unit."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.draw.painted_ink import PaintedInk
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import LIGHT, colours

Draw = Callable[..., None]
PixelsOf = Callable[..., np.ndarray]
InkIn = Callable[[np.ndarray], np.ndarray]
Inside = Callable[[np.ndarray], np.ndarray]
Show = Callable[..., None]
Stylus = Callable[..., None]
RATIOS = pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])


@RATIOS
@pytest.mark.parametrize("scale", [0.5, 2.0, 4.0])
def test_ink_is_painted_as_large_as_the_paper_is_seen(
    canvas: Canvas,
    view: View,
    pixels_of: PixelsOf,
    scale: float,
    ratio: float,
    ink_in: InkIn,
    show: Show,
) -> None:
    canvas.put((Stroke.from_xy(np.array([[60.0, 50.0], [90.0, 50.0]])),))
    show(view, canvas, scale, 10.0, 20.0)
    ink = ink_in(pixels_of(canvas, ratio))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    px = scale * ratio
    assert (rows[0], rows[-1] + 1) == pytest.approx(((50 - 6 - 20) * px, (50 + 6 - 20) * px), abs=1)
    assert columns[0] == pytest.approx((60 - 6 - 10) * px, abs=1)
    assert columns[-1] + 1 == pytest.approx((90 + 6 - 10) * px, abs=1)


@RATIOS
def test_edges_are_as_sharp_at_any_zoom(
    canvas: Canvas, view: View, pixels_of: PixelsOf, ratio: float, inside: Inside, show: Show
) -> None:
    canvas.put((Stroke.from_xy(np.array([[60.0, 20.0], [60.0, 30.0]])),))
    for scale in (0.5, 1.0, 2.0, 4.0):
        show(view, canvas, scale, 20.0, 0.0)
        row = inside(pixels_of(canvas, ratio))[round(25 * scale * ratio), :, 1]
        between = (row > colours().ink.green() + 5) & (row < colours().paper.green() - 5)
        assert between.sum() <= 4  # Smoothed over one pixel, at two edges.
        assert (row <= colours().ink.green() + 5).sum() == pytest.approx(12 * scale * ratio, abs=2)


@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0, 8.0])
def test_what_is_drawn_move_by_move_is_what_is_painted_at_once(
    canvas: Canvas,
    view: View,
    stylus: Stylus,
    pixels_of: PixelsOf,
    scale: float,
    ink_in: InkIn,
    show: Show,
) -> None:
    show(view, canvas, scale, 30.0, 20.0)
    t = np.linspace(0, 4 * np.pi, 120)
    spiral = np.stack([200 + 10 * t * np.cos(t), 150 + 10 * t * np.sin(t)], axis=1)
    for kind, (x, y) in zip(("press", *["move"] * 119), spiral.tolist(), strict=True):
        stylus(kind, x, y, pressure=0.5 + 0.4 * float(np.sin(x / 30)))
        canvas.grab()
    stylus("release", *spiral[-1].tolist())
    drawn = ink_in(pixels_of(canvas))
    canvas.put(canvas.ink().strokes)
    at_once = ink_in(pixels_of(canvas))
    assert at_once.sum() > 2000
    # Not enlarged, what is painted of a stroke that goes on shows a little beyond its curve.
    most = 0.0 if scale > 1.0 else 0.02
    assert (drawn != at_once).mean() <= most * at_once.mean()


@pytest.mark.parametrize(("scale", "most"), [(1.0, (40, 30)), (2.0, (70, 50))])
def test_move_of_the_pen_repaints_its_own_rectangle_only(
    canvas: Canvas,
    view: View,
    draw: Draw,
    monkeypatch: pytest.MonkeyPatch,
    show: Show,
    scale: float,
    most: tuple[int, int],
) -> None:
    show(view, canvas, scale, 30.0, 20.0)
    draw(canvas, *((x, 150 + x % 7) for x in range(20, 200, 3)), lift=False)
    QApplication.processEvents()
    areas = []
    paint = canvas.paintEvent
    monkeypatch.setattr(canvas, "paintEvent", lambda e: (areas.append(e.rect()), paint(e)))
    QTest.mouseMove(canvas, QPoint(205, 150))
    QApplication.processEvents()
    (area,) = areas
    assert area.contains(QPoint(205, 150))
    assert area.width() < most[0]
    assert area.height() < most[1]
    assert canvas.grab().toImage().pixelColor(204, 150) == LIGHT.ink


@pytest.mark.parametrize("scale", [0.25, 2.0])
def test_nothing_of_the_tail_is_left_behind(
    canvas: Canvas,
    view: View,
    stylus: Stylus,
    scale: float,
    monkeypatch: pytest.MonkeyPatch,
    show: Show,
) -> None:
    """What is painted bit by bit, by rectangles, is what is painted as a whole."""
    canvas.set_stabiliser(8.0)
    show(view, canvas, scale, 0.0, 0.0)
    shown, whole = (QImage(canvas.size(), QImage.Format.Format_RGB32) for _ in range(2))
    areas = [canvas.rect()]
    everything = canvas.rect()
    monkeypatch.setattr(canvas, "update", lambda *area: areas.append(QRect(*area) or everything))
    for kind, x, y in (
        ("press", 60, 60),
        *(("move", 60 + t, 60 + t % 5) for t in range(2, 150, 2)),
    ):
        stylus(kind, x, y)
        for area in areas:
            canvas.render(shown, area.topLeft(), area)
        areas.clear()
    canvas.render(whole)
    assert shown == whole


def test_many_changes_of_the_view_are_painted_once(
    canvas: Canvas, view: View, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(canvas)
    QApplication.processEvents()
    painted = []
    paint = PaintedInk.repaint
    monkeypatch.setattr(PaintedInk, "repaint", lambda *a: (painted.append(1), paint(*a)))
    for _ in range(10):
        canvas.view_control.move_by(3, 2)
    QApplication.processEvents()
    assert painted == [1]
    assert view.left == -30


def test_much_ink_is_painted_anew_when_the_view_rests(
    canvas: Canvas,
    view: View,
    pixels_of: PixelsOf,
    stylus: Stylus,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    ink_in: InkIn,
    show: Show,
) -> None:
    canvas.put((Stroke.from_xy(np.array([[60.0, 50.0], [90.0, 80.0]])),))
    canvas.grab()
    monkeypatch.setattr("handwrite_gui.widgets.draw.painted_ink.QUICK_S", 0.0)
    painted = []
    paint = PaintedInk.repaint
    monkeypatch.setattr(PaintedInk, "repaint", lambda *a: (painted.append(1), paint(*a)))
    show(view, canvas, 3.0, 20.0, 10.0)
    meanwhile = ink_in(pixels_of(canvas))
    assert painted == []
    qtbot.waitUntil(lambda: painted == [1])
    rested = ink_in(pixels_of(canvas))
    assert rested.sum() > 2000
    assert (meanwhile != rested).sum() < 0.1 * rested.sum()
    show(view, canvas, 1.0, 20.0, 10.0)
    canvas.grab()
    assert painted == [1]
    stylus("press", 300, 200)  # A pen is not kept waiting.
    stylus("move", 330, 200)
    canvas.grab()
    assert painted == [1, 1]
    assert ink_in(pixels_of(canvas))[200, 315]
    qtbot.wait(200)
    assert painted == [1, 1]
