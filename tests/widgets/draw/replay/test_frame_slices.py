"""What takes long to paint is painted in slices, and looks as if painted in one go."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from handwrite_gui.domain.ink_time import InkTime
from handwrite_gui.widgets.draw.ink_painter import paint_stroke
from handwrite_gui.widgets.draw.replay import frames as frames_module
from handwrite_gui.widgets.draw.replay.frames import Frames
from handwrite_gui.widgets.draw.view import View
from handwrite_gui.widgets.theme import colours

ImageOf = Callable[..., QImage]
SIZE = QSize(320, 300)

#: What a piece takes by the clock of the tests.
PIECE_S = 1e-4
#: A point gives two pieces and a stroke's end one, before the clock is looked at again.
MORE = 3 * 100


class Sliced:
    """Frames painted by a clock that goes on with each piece, so that slices are always alike."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, counted: Any, time: InkTime) -> None:
        self.counted = counted
        monkeypatch.setattr(frames_module, "perf_counter", lambda: self.counted.pieces * PIECE_S)
        self.frames = Frames(time, 12.0, "grid")
        self.firsts: list[int] = []
        self.slices: list[int] = []

    def prepare(self, size: QSize = SIZE) -> None:
        self.firsts.append(self._pieces_of(lambda: self.frames.prepare(size, 1.0, View())))

    def show(self, moment_ms: float) -> None:
        self.firsts.append(self._pieces_of(lambda: self.frames.show(moment_ms)))

    def finish(self) -> int:
        """Go on to the end; return in how many slices."""
        before = len(self.slices)
        while not self.frames.is_whole:
            self.slices.append(self._pieces_of(self.frames.go_on))
        assert not self.frames.go_on()
        return len(self.slices) - before

    def _pieces_of(self, paints: Callable[[], object]) -> int:
        before = self.counted.pieces
        paints()
        return self.counted.pieces - before


SlicedSpiral = Callable[[int, int], tuple[InkTime, Sliced]]


@pytest.fixture
def sliced_spiral(
    monkeypatch: pytest.MonkeyPatch, counted: Any, spiral: Callable[[int, int], InkTime]
) -> SlicedSpiral:
    """Makes much ink, of so many points and strokes, and its frames."""

    def sliced_spiral(points: int, strokes: int) -> tuple[InkTime, Sliced]:
        time = spiral(points, strokes)
        return time, Sliced(monkeypatch, counted, time)

    return sliced_spiral


def in_one_go(monkeypatch: pytest.MonkeyPatch, time: InkTime, moment_ms: float) -> Frames:
    with monkeypatch.context() as patch:
        patch.setattr(frames_module, "FIRST_SLICE_S", np.inf)
        frames = Frames(time, 12.0, "grid")
        frames.prepare(SIZE, 1.0, View())
        frames.show(moment_ms)
        assert frames.is_whole
    return frames


@pytest.mark.parametrize("strokes", [1, 200])
def test_no_call_paints_longer_than_a_slice_and_the_end_is_the_same(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    strokes: int,
    image_of: ImageOf,
    sliced_spiral: SlicedSpiral,
) -> None:
    time, sliced = sliced_spiral(20_000, strokes)
    sliced.prepare()
    assert sliced.finish() > 10
    assert image_of(sliced.frames) == image_of(in_one_go(monkeypatch, time, 0.0))
    for share, slices in ((1.0, 10), (0.3, 0), (0.81234, 0)):
        sliced.show(share * time.duration_ms)
        assert sliced.finish() >= slices
        expected = image_of(in_one_go(monkeypatch, time, share * time.duration_ms))
        assert image_of(sliced.frames) == expected
    assert max(sliced.firsts) <= frames_module.FIRST_SLICE_S / PIECE_S + MORE
    assert max(sliced.slices) <= frames_module.SLICE_S / PIECE_S + MORE


@pytest.mark.parametrize("strokes", [1, 200])
def test_what_is_painted_in_slices_is_each_stroke_faint_and_then_dark(
    qapp: QApplication, strokes: int, image_of: ImageOf, sliced_spiral: SlicedSpiral
) -> None:
    time, sliced = sliced_spiral(10_000, strokes)
    sliced.frames = Frames(time, 12.0)
    sliced.prepare()
    sliced.finish()
    x, y, _, _ = time.points[-1].astype(int).tolist()
    faint = image_of(sliced.frames).pixelColor(x, y)
    sliced.show(time.duration_ms)
    sliced.finish()
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(colours().paper)
    painter = QPainter(image)
    for colour in (faint, colours().ink):
        for stroke in time.ink.strokes:
            paint_stroke(painter, stroke.points, 12.0, colour)
    painter.end()
    assert image_of(sliced.frames) == image


def test_newer_moment_supersedes_what_is_not_painted_yet(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    image_of: ImageOf,
    sliced_spiral: SlicedSpiral,
) -> None:
    time, sliced = sliced_spiral(20_000, 1)
    sliced.prepare()
    sliced.show(time.duration_ms)  # While all is still painted faintly.
    sliced.show(0.0)
    sliced.finish()
    assert image_of(sliced.frames) == image_of(in_one_go(monkeypatch, time, 0.0))
    sliced.show(time.duration_ms)
    assert not sliced.frames.is_whole
    before = sliced.counted.pieces
    for share in (0.9, 0.02, 0.6, 0.1):
        sliced.show(share * time.duration_ms)
    sliced.finish()
    assert sliced.counted.pieces - before < 2_000
    assert image_of(sliced.frames) == image_of(in_one_go(monkeypatch, time, 0.1 * time.duration_ms))


def test_what_was_painted_stands_in_until_all_is_painted_anew(
    qapp: QApplication, image_of: ImageOf, sliced_spiral: SlicedSpiral
) -> None:
    time, sliced = sliced_spiral(20_000, 1)
    frames = sliced.frames
    sliced.prepare()
    sliced.finish()
    moment = 0.654321 * time.duration_ms
    sliced.show(moment)
    sliced.finish()
    before = image_of(frames)
    for size in (QSize(400, 350), QSize(380, 340), SIZE):  # The window is dragged larger and back.
        frames.forget(stands_in=True)
        sliced.prepare(size)
        assert not frames.is_whole
        assert image_of(frames) == before
    slices = 0
    while not frames.is_whole:
        assert image_of(frames) == before
        frames.go_on()
        slices += 1
    assert slices > 10
    assert image_of(frames) == before
    frames.forget(stands_in=False)  # In another theme it would have the wrong colours.
    sliced.prepare()
    assert image_of(frames) != before
    sliced.finish()
    assert image_of(frames) == before
