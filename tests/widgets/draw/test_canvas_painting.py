from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import Stroke
from handwrite_gui.widgets.draw.canvas import Canvas
from handwrite_gui.widgets.theme import DARK, LIGHT, apply_theme

LEFT = Qt.MouseButton.LeftButton
#: The end of a stroke that is painted point by point is smoothed twice.
FEW_PIXELS = 8
Draw = Callable[..., None]
StrokesOf = Callable[[Canvas], list[list[list[float]]]]


def picture_of(canvas: Canvas) -> QImage:
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def is_ink(canvas: Canvas, x: int, y: int) -> bool:
    return picture_of(canvas).pixelColor(x, y) == LIGHT.ink


def ink_mask(canvas: Canvas) -> np.ndarray:
    image = picture_of(canvas)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    inside = pixels[2:-2, 2:-2, 1]  # Without the frame that shows the focus.
    return np.pad(inside < 128, 2)


def test_what_is_drawn_is_seen_and_what_is_undone_is_not(canvas: Canvas, draw: Draw) -> None:
    draw(canvas, (50, 60))
    draw(canvas, (100, 100), (200, 100))
    assert is_ink(canvas, 50, 60)
    assert is_ink(canvas, 150, 100)
    canvas.undo()
    assert is_ink(canvas, 50, 60)
    assert not is_ink(canvas, 150, 100)
    canvas.clear()
    assert not ink_mask(canvas)[:100, :100].any()


def test_pixels_drawn_one_by_one_are_those_painted_at_once(canvas: Canvas, draw: Draw) -> None:
    curve = [(200 + round(150 * np.cos(t)), 150 + round(100 * np.sin(t))) for t in np.arange(6)]
    draw(canvas, *curve)
    drawn = ink_mask(canvas)
    assert drawn.sum() > 2000
    canvas.put(canvas.ink().strokes)
    assert (ink_mask(canvas) != drawn).sum() <= FEW_PIXELS


def test_window_that_grows_shows_more_paper(
    canvas: Canvas, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (50, 50), (300, 200))
    before, drawn = strokes_of(canvas), ink_mask(canvas)
    canvas.resize(600, 500)
    assert strokes_of(canvas) == before
    grown = ink_mask(canvas)
    assert grown.shape == (500, 600)
    assert abs(int(grown.sum()) - int(drawn.sum())) <= FEW_PIXELS
    assert (grown[:300, :400] != drawn).sum() <= FEW_PIXELS


def test_ink_beyond_a_smaller_window_is_kept(
    canvas: Canvas, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (50, 50), (390, 290))
    canvas.resize(200, 200)
    canvas.resize(400, 300)
    assert strokes_of(canvas) == [[[50, 50], [390, 290]]]
    assert is_ink(canvas, 380, 282)


def test_window_that_is_resized_in_mid_stroke_keeps_the_stroke(
    canvas: Canvas, draw: Draw, strokes_of: StrokesOf
) -> None:
    draw(canvas, (50, 50), (150, 50), lift=False)
    canvas.resize(500, 500)
    assert is_ink(canvas, 100, 50)
    QTest.mouseMove(canvas, QPoint(150, 450))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(150, 450))
    assert strokes_of(canvas) == [[[50, 50], [150, 50], [150, 450]]]
    assert is_ink(canvas, 150, 300)


def test_pen_width_changes_what_is_seen_only(canvas: Canvas, strokes_of: StrokesOf) -> None:
    # Without times, for a mouse's speed widens the line, too.
    canvas.put((Stroke.from_xy(np.array([[50.0, 100.0], [350.0, 100.0]])),))
    before = strokes_of(canvas)
    rows = [int(ink_mask(canvas)[20:280, 200].sum())]
    for width in (4.0, 30.0):
        canvas.set_pen_width(width)
        rows.append(int(ink_mask(canvas)[20:280, 200].sum()))
    assert rows == pytest.approx([12, 4, 30], abs=1)
    assert strokes_of(canvas) == before


def test_paper_and_ink_follow_the_theme(canvas: Canvas, qapp: QApplication, draw: Draw) -> None:
    draw(canvas, (50, 100), (350, 100))
    apply_theme(qapp, "dark")
    QApplication.processEvents()
    shown = picture_of(canvas)
    assert shown.pixelColor(200, 100) == DARK.ink
    assert shown.pixelColor(200, 250) == DARK.paper


def test_blank_paper_says_what_to_do(canvas: Canvas, draw: Draw) -> None:
    def colours_in_the_middle() -> set[str]:
        shown = picture_of(canvas)
        return {QColor(shown.pixel(x, y)).name() for x in range(140, 260) for y in range(130, 170)}

    assert len(colours_in_the_middle()) > 1
    draw(canvas, (20, 20), (30, 20))
    assert colours_in_the_middle() == {LIGHT.paper.name()}


def test_ink_reaches_the_pen_at_once(canvas: Canvas, draw: Draw) -> None:
    canvas.set_stabiliser(10.0)
    draw(canvas, (50, 50), (150, 50), (300, 50), lift=False)
    assert is_ink(canvas, 299, 50)
    assert canvas.ink().xy[-1].tolist() == pytest.approx([290, 50], abs=0.1)
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(300, 50))
    assert is_ink(canvas, 299, 50)
    assert canvas.ink().xy[-1].tolist() == [300, 50]
    assert canvas.ink().xy[0].tolist() == [50, 50]


def test_ink_drawn_move_by_move_has_no_gaps_and_is_what_is_painted_at_once(
    canvas: Canvas, draw: Draw
) -> None:
    t = np.linspace(0, 6 * np.pi, 90)
    spiral = np.stack([200 + 7 * t * np.cos(t), 150 + 7 * t * np.sin(t)], axis=1).round()
    draw(canvas, *spiral.astype(int).tolist())
    drawn = ink_mask(canvas)
    assert all(drawn[round(y), round(x)] for x, y in spiral)
    canvas.put(canvas.ink().strokes)
    assert (ink_mask(canvas) != drawn).sum() < 0.01 * drawn.sum()


def test_much_ink_is_painted_little_by_little_while_drawing_goes_on(
    canvas: Canvas, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(
        Stroke.from_xy(np.array([[20.0 * x, 20.0 * y], [20.0 * x + 9, 20.0 * y + 9]]))
        for x in range(1, 18)
        for y in range(1, 12)
    )
    canvas.put(many)
    QApplication.processEvents()
    assert canvas.painted.is_whole  # So few at once.
    at_once = ink_mask(canvas)

    monkeypatch.setattr("handwrite_gui.widgets.draw.painted_ink.FIRST_SLICE_S", 0.0)
    monkeypatch.setattr("handwrite_gui.widgets.draw.painted_ink.SLICE_S", 0.0)
    canvas.put(many)
    canvas.repaint()
    assert not canvas.painted.is_whole
    draw(canvas, (10, 280), (390, 280))
    assert is_ink(canvas, 200, 280)
    while not canvas.painted.is_whole:
        QApplication.processEvents()
    assert is_ink(canvas, 200, 280)
    canvas.undo()
    while not canvas.painted.is_whole:
        QApplication.processEvents()
    assert (ink_mask(canvas) == at_once).all()

    canvas.put(many)
    canvas.repaint()
    assert not canvas.painted.is_whole
    canvas.mend((100.0, 100.0, 200.0, 200.0))  # As an eraser does in the midst of it.
    assert canvas.painted.is_whole
    assert (ink_mask(canvas) == at_once).all()
