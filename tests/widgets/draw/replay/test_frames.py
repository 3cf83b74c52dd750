"""Each moment is painted as the canvas paints, and costs what is new in it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.ink_time import InkTime, time_of
from handwrite_gui.widgets.draw.painted_ink import PaintedInk
from handwrite_gui.widgets.draw.replay import frames as frames_module
from handwrite_gui.widgets.draw.replay.frames import KEPT_EVERY, Frames
from handwrite_gui.widgets.draw.view import View

ImageOf = Callable[..., QImage]
Spiral = Callable[[int, int], InkTime]
SIZE = QSize(320, 300)


def pixels(image: QImage) -> np.ndarray:
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return flat[..., :3].astype(int)


def prepared(time: InkTime, ratio: float = 1.0) -> Frames:
    frames = Frames(time, 12.0)
    frames.prepare(SIZE, ratio, View())
    finish(frames)
    return frames


def finish(frames: Frames) -> None:
    while frames.go_on():
        pass


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_at_the_end_it_is_the_canvas_s_picture(
    qapp: QApplication, four: InkTime, ratio: float, image_of: ImageOf
) -> None:
    frames = prepared(four, ratio)
    frames.show(four.duration_ms)
    view = View()
    view.resize(SIZE.width(), SIZE.height())
    painted = PaintedInk(view)
    painted.repaint(SIZE, ratio, four.ink.strokes, 12.0)
    image = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painted.paint(painter)
    painter.end()
    # Where an edge is smoothed, what is beneath shows through.
    assert np.abs(pixels(image) - pixels(image_of(frames, ratio))).max() <= 12


def test_what_is_not_written_yet_is_faint(
    qapp: QApplication, four: InkTime, image_of: ImageOf
) -> None:
    frames = prepared(four)
    frames.show(200.0)  # The pen is at (200, 160).
    image = image_of(frames)
    written, paper = image.pixelColor(200, 100), image.pixelColor(20, 20)
    to_come = image.pixelColor(200, 220)
    assert written.lightness() < 50
    assert paper.lightness() - 60 < to_come.lightness() < paper.lightness() - 20
    assert image.pixelColor(200, 155).lightness() < 50
    assert image.pixelColor(200, 170) == to_come


@pytest.mark.parametrize("moments", [(150, 155, 160, 700), (1000, 150), (900, 0, 650, 210)])
def test_moment_looks_the_same_from_wherever_it_is_reached(
    qapp: QApplication, four: InkTime, moments: tuple[float, ...], image_of: ImageOf
) -> None:
    frames = prepared(four)
    for moment in moments:
        frames.show(moment)
    fresh = prepared(four)
    fresh.show(moments[-1])
    assert image_of(frames) == image_of(fresh)


def test_only_what_changes_is_repainted_on_the_screen(
    qapp: QApplication, four: InkTime, image_of: ImageOf
) -> None:
    frames = prepared(four)
    frames.show(200.0)
    for moment in range(216, 1000, 16):
        before = image_of(frames)
        touched = frames.show(float(moment))
        after = image_of(frames)
        assert touched.width() * touched.height() < 60 * 60
        changed = np.argwhere((pixels(before) != pixels(after)).any(axis=2))
        if len(changed):
            (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
            assert touched.contains(QRect(left, top, right - left + 1, bottom - top + 1))


@pytest.mark.parametrize("strokes", [1, 200])
def test_much_ink_costs_no_more_than_what_is_new(
    qapp: QApplication, strokes: int, counted: Any, spiral: Spiral
) -> None:
    time = spiral(10_000, strokes)
    frames = prepared(time)
    frame_ms = 16.0
    played = [counted.of(frames, at) for at in np.arange(0, time.duration_ms, frame_ms)]
    assert max(played) <= 10  # 4 ms a point: 4 pieces, a stroke's end, and the tail.
    back = [counted.of(frames, at) for at in np.linspace(time.duration_ms, 0, 50)]
    assert max(back) <= KEPT_EVERY + 10
    # There and back again it goes by the pictures kept, too.
    assert counted.of(frames, 0.0) <= 10
    assert counted.of(frames, time.duration_ms) <= KEPT_EVERY + 10


def test_pictures_kept_take_little_memory(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, counted: Any
) -> None:
    t = np.arange(24_000.0)  # So far apart that every point gives a piece.
    rows = np.stack([10 + 7 * t % 300, 10 + 7 * (t % 40), 4 * t, 0 * t + 0.5], axis=1)
    time = time_of(Ink((Stroke(rows),), pen_width=12.0))
    for bytes_, spacing in ((frames_module.MOST_KEPT_BYTES, 2_000), (4 * 320 * 300 * 4, 6_000)):
        monkeypatch.setattr(frames_module, "MOST_KEPT_BYTES", bytes_)
        frames = prepared(time)
        frames.show(time.duration_ms)
        finish(frames)
        back = [counted.of(frames, at) for at in np.linspace(time.duration_ms, 0, 60)]
        assert 0.8 * spacing < max(back) < 1.1 * spacing  # A long way gives two pieces.


def test_dot_is_there_from_the_beginning(qapp: QApplication, image_of: ImageOf) -> None:
    frames = prepared(time_of(Ink((Stroke.from_xy(np.array([[50.0, 60.0]])),))))
    assert image_of(frames).pixelColor(50, 60).lightness() < 50
